#!/usr/bin/env python3
"""`yichuang-agent review`: a department's reviewer walks a bundle from received to its result against a real hub."""
import json
import os
import subprocess
import sys
root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
sys.path.insert(0, os.path.join(root, "tests/support"))
from hub import BUILD, Department, Hub, Window, new_id

AGENT = os.environ.get("AGENT", os.path.join(BUILD, "yichuang-agent"))

with Hub("--demo") as hub:
    window, market = Window(hub), Department(hub)
    bundle = window.bundle(items=[{"item": n, "name": name, "service": "S", "due": "2026-03-10"}
                                  for n, name in ((0, "营业执照"), (2, "食品经营\u202e许可"), (4, "烟草专卖零售许可"))])
    assert window.put_bundle(bundle).status == 201
    home = os.path.join(hub.folder, "reviewer")
    os.mkdir(home, 0o700)
    token = os.path.join(hub.folder, "token")
    with open(os.open(token, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as file:
        file.write(market.token + "\n")

    def review(*words, code=0, given=None):
        done = subprocess.run([AGENT, "--home", home, "review", *words], capture_output=True, text=True, input=given)
        assert done.returncode == code, (words, done)
        assert code == 0 or (done.stderr.strip() and not done.stdout), (words, done)
        return done.stdout if code == 0 else done.stderr

    there = ["--hub", hub.url, "--token-file", token, "--department", "D-MARKET"]
    listed = json.loads(review("list", *there, "--json"))
    assert [row["id"] for row in listed["bundles"]] == [bundle["id"]]
    shown = review("list", *there)
    assert bundle["id"] in shown and "营业执照" in shown and "\u202e" not in shown and "\ufffd" in shown

    # A secret that others can read is refused, wherever it lies.
    os.chmod(token, 0o644)
    assert "令牌文件别人也能读。请先运行 chmod 600，再试一次。" in review("list", *there, code=1)
    os.chmod(token, 0o600)
    several = os.path.join(hub.folder, "departments.ini")
    with open(os.open(several, os.O_WRONLY | os.O_CREAT, 0o640), "w", encoding="utf-8") as file:
        file.write(f"[D-MARKET]\ntoken = {market.token}\n")
    os.chmod(several, 0o640)
    shared = os.path.join(hub.folder, "shared")
    os.mkdir(shared, 0o700)
    with open(os.open(os.path.join(shared, "config.ini"), os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as file:
        file.write(f"[review]\nurl = {hub.url}/\ntokens = {several}\n")
    assert "令牌文件别人也能读" in review("list", "--home", shared, code=1)
    os.chmod(several, 0o600)
    assert json.loads(review("list", "--json", "--home", shared))["bundles"]

    # The same from the home's config.
    config = os.path.join(home, "config.ini")
    with open(os.open(config, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as file:
        file.write(f"[review]\nurl = {hub.url}/\ntoken = {market.token}\ndepartment = D-MARKET\n")
    assert json.loads(review("list", "--json", "--home", home)) == listed

    ident = new_id()
    act = ["act", bundle["id"]]
    first = json.loads(review(*act, "received", "--id", ident, "--at", "2026-03-03T00:00:00Z", "--json"))
    assert [item["state"] for item in first["items"]] == ["received"] * 3
    assert json.loads(review(*act, "received", "--id", ident, "--at", "2026-03-03T00:00:00Z", "--json")) == first
    assert "签收" in review(*act, "received", code=1)
    for item in ("0", "2", "4"):
        review(*act, "accepted", "--item", item, "--number", "A" + item, "--by", "审批一")
    decisions = os.path.join(root, "data/demo/decisions/retail.json")
    for item in ("0", "2"):
        review(*act, "decided", decisions, "--item", item)
        review(*act, "result", decisions, "--item", item)
    review(*act, "decided", "--item", "4", "--outcome", "denied", code=1)
    review(*act, "decided", "--item", "4", "--outcome", "denied", "--reason", "不符合布局", "--remedies", "可以申请行政复议")
    review(*act, "result", "-", "--item", "4", given='{"title":"不予许可决定书","number":"D-4"}')
    state = json.loads(review("show", bundle["id"], "--json"))
    assert state["state"] == "closed"
    results = [update["result"]["title"] for update in state["updates"] if update["kind"] == "result"]
    assert results == ["营业执照", "食品经营许可证", "不予许可决定书"]
    assert all("result" not in update for update in state["updates"] if update["kind"] == "decided")
    corrected = window.bundle()
    window.put_bundle(corrected)
    review("act", corrected["id"], "received")
    review("act", corrected["id"], "correction", "--item", "0", "--sentence", "补一份", "--sentence", "再补一份")
    assert json.loads(review("show", corrected["id"], "--json"))["updates"][1]["sentences"] == ["补一份", "再补一份"]

    assert "写法" in review("dance", code=2) and "写法" in review("act", "x", code=2) and "写法" in review("list", "--odd", code=2)
    assert "事项 9" in review(*act, "decided", decisions, "--item", "9", code=1)
    review(*act, "decided", "/nonexistent", "--item", "0", code=1)
    review("show", new_id(), code=1)
    assert "令牌" in review("list", "--token-file", config, code=1)
    hub.stop()
    assert review("list", code=1)
    os.remove(config)
    assert "--hub" in review("list", code=2)
