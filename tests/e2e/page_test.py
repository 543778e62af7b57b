#!/usr/bin/python3
"""The printed receipt of a real case: its QR code opens the applicant's page in a real browser, with the steps and no name."""
import json
import os
import re
import shutil
import subprocess
import sys
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from house import House  # noqa: E402

NOW = "2026-11-20T14:32:00+08:00"
DEMO = "data/demo/retail.json"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def codes(pdf, folder):
    """Every bar code of every page, as a scanner reads the paper."""
    subprocess.run(["pdftoppm", "-r", "200", "-png", pdf, os.path.join(folder, "page")], check=True)
    found = []
    for name in sorted(os.listdir(folder)):
        if name.startswith("page") and name.endswith(".png"):
            read = subprocess.run(["zbarimg", "--quiet", os.path.join(folder, name)], capture_output=True, text=True, check=False)
            found += read.stdout.split()
    return found


def browse(url, folder):
    if CHROMIUM is None:
        return subprocess.run(["curl", "-fsS", url], capture_output=True, text=True, check=True).stdout
    return subprocess.run(
        [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--user-data-dir=" + os.path.join(folder, "browser"), "--dump-dom", url],
        capture_output=True, text=True, timeout=120, check=True).stdout


def words_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", re.sub(r"<style>.*?</style>", "", html, flags=re.S)))


def main():
    with open(DEMO, encoding="utf-8") as text:
        document = json.load(text)
    party = document["parties"][0]
    secrets = [party["name"], party["number"], party["number"][-4:], party["phone"], document["fields"]["shop.name"],
               "便利店", "烟草", "营业执照", document["fields"]["premises.address"]]
    with House() as house:
        house.start_hub()
        house.run("sync", "--once")
        case = house.json("--now", NOW, "intake", DEMO)
        house.run("sync", "--once")
        house.run("print", "--once")
        receipt = [name for name in os.listdir(os.path.join(house.home, "printed")) if name.startswith("receipt-")]
        assert len(receipt) == 1, receipt
        read = codes(os.path.join(house.home, "printed", receipt[0]), house.folder)
        print("   ", read)
        assert "CODE-128:" + case["number"] in read, read
        address = [code.removeprefix("QR-Code:") for code in read if code.startswith("QR-Code:")]
        assert len(address) == 1, read
        assert address[0].startswith(house.url + "/t/"), (address, house.url)
        token = urllib.parse.urlsplit(address[0]).path.removeprefix("/t/")
        bundle = [row for row in case["bundles"] if row["department"] == "D-MARKET"][0]["id"]
        house.update(bundle, "D-MARKET", "received")
        house.update(bundle, "D-MARKET", "accepted", 0, number="演示受理0")
        page = browse(address[0], house.folder)
        words = words_of(page)
        for step in ("办件进度", case["number"], "已受理，正在办理", "等待签收"):
            assert step in words, (step, words)
        for secret in secrets:
            assert secret not in page, secret
        # The hub keeps only the token's digest, and another token tells nothing.
        paper = [row for row in house.json("case", "papers")["papers"] if row["kind"] == "收件回执"][0]
        house.act("paper", paper["id"], came_out=True)
        for file in ("hub.db", "hub.db-wal"):
            with open(os.path.join(house.hub_home, file), "rb") as store:
                assert token.encode() not in store.read(), file
        assert case["number"] not in browse(address[0][:-4] + "0000", house.folder)
    print("1 passed, 0 failed")


main()
