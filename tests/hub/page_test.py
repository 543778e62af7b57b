#!/usr/bin/env python3
"""The applicant's page in a real browser: the steps of the case, no name, no theme, no script; and the rating."""
import os
import re
import shutil
import subprocess
import sys
import tempfile
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../support"))
from hub import Department, Hub, Window, digest, new_id

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
TOKEN = "abcdefghijklmnopqrstuvwx23"
SECRETS = ["演示", "便利店", "食品", "营业执照", "110105194912310021", "13800000000", "市场", "税务", "granted", "许可"]


def browse(url, *more):
    profile = tempfile.mkdtemp(prefix="yichuang-chromium-")
    try:
        return subprocess.run(
            [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync",
             "--user-data-dir=" + profile, *more, url], capture_output=True, text=True, timeout=120).stdout
    finally:
        shutil.rmtree(profile, ignore_errors=True)


def text_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", re.sub(r"<style>.*?</style>", "", html, flags=re.S)))


with Hub("--demo") as hub:
    window, market, tax = Window(hub), Department(hub), Department(hub, "D-TAX", "税务部门")
    case, number = new_id(), window.number()
    window.send(window.fact("store_created"), window.fact("taken_in", case, body={"number": number}))
    first = window.bundle(number=number, case_id=case, token_digest=digest(TOKEN))
    second = window.bundle("D-TAX", number=number, case_id=case, token_digest=digest(TOKEN), items=[
        {"item": 2, "name": "税务信息确认", "service": "S-TAX", "due": "2026-03-12"},
        {"item": 3, "name": "发票领用", "service": "S-INVOICE", "due": "<script>"}])
    for bundle in (first, second):
        assert window.put_bundle(bundle).status == 201
    for department, bundle, kind, item, more in (
            (market, first, "received", -1, {}), (market, first, "accepted", 0, {}),
            (market, first, "decided", 0, {"outcome": "granted"}), (market, first, "correction", 1, {"sentences": ["补身份证"]}),
            (tax, second, "received", 2, {}), (tax, second, "accepted", 2, {})):
        assert department.act(bundle["id"], kind, item, **more).status == 201
    assert window.send(window.fact("result_in", case, 0, happened="2026-03-04T03:00:00.000Z")).status == 200

    answer = hub.call("GET", "/t/" + TOKEN)
    assert answer.status == 200 and answer.headers["Content-Type"] == "text/html; charset=utf-8"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script" not in policy and "frame-ancestors 'none'" in policy
    assert answer.headers["X-Robots-Tag"].startswith("noindex") and answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store" and answer.headers["X-Content-Type-Options"] == "nosniff"
    html = answer.body.decode()
    assert "<script" not in html and "http://" not in html and "https://" not in html and "src=" not in html

    for page in [html] + ([browse(f"{hub.url}/t/{TOKEN}", "--dump-dom")] if CHROMIUM else []):
        assert '<html lang="zh-CN">' in page and 'name="viewport"' in page
        words = text_of(page)
        for secret in SECRETS:
            assert secret not in words, secret
        for step in ("办件进度", number, "第 1 项", "结果已到窗口，可以领取", "需要您补正材料", "已受理，正在办理",
                     "等待签收", "最迟办结日期 2026-03-12", "共 4 项，部门已办结 1 项"):
            assert step in words, (step, words)
        assert page.count('aria-current="step"') == 4 and "grade" not in words
    if os.environ.get("SCREENSHOT") and CHROMIUM:
        browse(f"{hub.url}/t/{TOKEN}", "--screenshot=" + os.environ["SCREENSHOT"], "--window-size=420,1500")

    # Unknown tokens say so, and tell nothing.
    for unknown in ("x", "A" * 26, "%3Cscript%3E", "a" * 201):
        answer = hub.call("GET", "/t/" + unknown)
        assert answer.status == 404 and "script" not in answer.body.decode(), unknown
    assert hub.call("POST", "/t/unknown/rating", {"grade": 5}).status == 404

    # When everything has ended: the form, without a grade chosen; once.
    assert market.act(first["id"], "refused", 1, reason="r").status == 409
    assert window.message(first["id"], "withdrawal", 1).status == 201
    assert tax.act(second["id"], "refused", 3, reason="不属于本部门").status == 409
    assert tax.act(second["id"], "received", 3).status == 201
    assert tax.act(second["id"], "refused", 3, reason="不属于本部门").status == 201
    assert tax.act(second["id"], "decided", 2, outcome="denied", reason="r").status == 201
    window.send(window.fact("delivered", case, 0))
    html = hub.call("GET", "/t/" + TOKEN).body.decode()
    assert html.count('name="grade"') == 5 and "checked" not in html and "已领取或送达" in html and "denied" not in html
    if os.environ.get("SCREENSHOT") and CHROMIUM:
        browse(f"{hub.url}/t/{TOKEN}", "--screenshot=" + os.environ["SCREENSHOT"] + ".rating.png", "--window-size=420,2000")
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    path = f"/t/{TOKEN}/rating"
    for bad in (b"", b"grade=6", b"grade=x", b"comment=good"):
        answer = hub.call("POST", path, bad, **form)
        assert answer.status == 422 and "<h1>" in answer.body.decode(), bad
    for bad in ({}, {"grade": 0}, {"grade": "5"}, {"grade": 5, "comment": "x" * 3000}):
        assert hub.call("POST", path, bad).status == 422, bad
    answer = hub.call("POST", path, "grade=4&comment=%E5%A5%BD%3Cscript%3E".encode(), **form)
    assert answer.status == 201 and "谢谢" in answer.body.decode() and "script" not in answer.body.decode()
    assert hub.call("POST", path, {"grade": 1}).json["code"] == "exists"
    assert hub.call("POST", path, b"grade=1", **form).status == 409
    assert "您已经评价过了" in hub.call("GET", "/t/" + TOKEN).body.decode()
