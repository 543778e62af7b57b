#!/usr/bin/python3
"""The manual's own way into a new home: init, the first user, the first window, then a clerk takes in and a case has its number."""
import json
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from house import BUILD  # noqa: E402
from terminal import ENTER, Terminal  # noqa: E402

folder = tempfile.mkdtemp(prefix="yichuang-test-")
home, secret = os.path.join(folder, "home"), os.path.join(folder, "kouling")


def run(*words, stdin=None, code=0):
    done = subprocess.run([os.path.join(BUILD, "yichuang"), "--home", home, *words], input=stdin, capture_output=True, text=True, check=False)
    assert done.returncode == code, (words, done)
    return done.stdout if code == 0 else done.stderr


try:
    with open(os.open(secret, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as out:
        out.write("kouling123\n")
    run("init")
    with Terminal([os.path.join(BUILD, "yichuang"), "--home", home], env={"YICHUANG_NO_AGENT": "1"}) as screen:
        screen.wait_for("本机还没有登记窗口", "yichuang user add")
    run("user", "add", "guanli", "管理员", "--roles", "admin", stdin="kouling123\n")
    who = ("--as", "guanli", "--secret-file", secret)
    run("user", "add", "zhang", "演示张", "--roles", "clerk", *who, stdin="kouling123\n")
    assert "还没有登记窗口" in run("--as", "zhang", "--secret-file", secret, "case", "list", code=1)
    run("user", "add", "li", "演示李", "--roles", "admin,clerk", *who, stdin="kouling123\n")
    with open("data/demo/birth.json", encoding="utf-8") as text:
        refused = run("--as", "li", "--secret-file", secret, "intake", "-", stdin=text.read(), code=1)
    assert "本机还没有登记窗口，不能取号。草稿已存好，请管理员先登记窗口。" in refused, refused
    run("window", "add", "0703", "3A", "江海大厅", "3号窗", *who)
    with open("data/demo/retail.json", encoding="utf-8") as text:
        document = json.load(text)
    number = json.loads(run("--as", "zhang", "--secret-file", secret, "intake", "-", "--json", stdin=json.dumps(document)))["number"]
    assert number.startswith("0703-") and "-3A0001-" in number, number
    with Terminal([os.path.join(BUILD, "yichuang"), "--home", home], env={"YICHUANG_NO_AGENT": "1"}) as screen:
        screen.wait_for("用户", "3号窗")
        screen.send("zhang\tkouling123")
        screen.wait_for("*" * 10)
        screen.send(ENTER)
        screen.wait_for("今日2", number)
    print("a new home works as the manual says")
finally:
    shutil.rmtree(folder, ignore_errors=True)
