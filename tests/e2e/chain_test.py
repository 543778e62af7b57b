#!/usr/bin/python3
"""The whole chain on real parts, by the command line and the REST contract: intake, hub, departments, certificates, hand-over,
archive; offline in between; every step printed."""
import glob
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from house import House  # noqa: E402

NOW = "2026-11-20T14:32:00+08:00"


def say(*words):
    print("  ", *words, flush=True)


def departments_work(house, case, decisions):
    """Every department receives its bundle, then accepts, decides and sends its result, item by item."""
    bundles = {bundle["department"]: bundle["id"] for bundle in case["bundles"]}
    for department, bundle in bundles.items():
        status, answer = house.ask("GET", f"/v1/bundles/{bundle}", house.token(department))
        assert status == 200, answer
        house.update(bundle, department, "received")
    results = {decision["item"]: decision for decision in decisions}
    for item in case["items"]:
        if not item["taken"] or not item["department"]:
            continue
        number, department = item["item"], item["department"]
        house.update(bundles[department], department, "accepted", number, number=f"演示受理{number}")
        house.update(bundles[department], department, "decided", number, outcome=results[number]["outcome"])
        if "result" in results[number]:
            house.update(bundles[department], department, "result", number, result=results[number]["result"])


def print_and_answer(house):
    """The printer that always exists prints what is asked for; a clerk saw every paper."""
    house.run("print", "--once")
    papers = [paper for paper in house.json("case", "papers")["papers"] if paper["state"] not in ("confirmed", "cancelled")]
    for paper in papers:
        assert paper["state"] == "ask", paper
        house.act("paper", paper["id"], came_out=True)
    say("打印并确认", [paper["kind"] for paper in papers])


def walk(house, path):
    with open(path, encoding="utf-8") as text:
        document = json.load(text)
    say("收件", os.path.basename(path), document["note"])
    case = house.json("--now", NOW, "intake", path)
    number = case["number"]
    say("办件号", number, house.json("code", "check", number)["valid"])
    again = house.json("case", "show", number)
    assert again["number"] == number
    synced = house.run("sync", "--once", "--json", code=None)
    assert synced.returncode == 0, synced.stdout + synced.stderr
    say("同步", synced.stdout.strip().replace("\n", " "))
    case = house.json("case", "show", number)
    assert all(bundle["state"] == "sent" for bundle in case["bundles"]), case["bundles"]
    with open(path.replace("demo/", "demo/decisions/"), encoding="utf-8") as text:
        decisions = json.load(text)["decisions"]
    departments_work(house, case, decisions)
    house.run("sync", "--once")
    case = house.json("case", "show", number)
    states = {item["name"]: (item["state"], item["outcome"]) for item in case["items"] if item["taken"]}
    say("部门办结", states)
    assert all(state == ("decided", "granted") for state in states.values()), states
    for item in case["items"]:
        if item["taken"] and item["department"]:
            house.act("result", number, item=item["item"])
        if item["taken"] and any(d["item"] == item["item"] and "result" in d for d in decisions):
            job = house.act("issue", number, item=item["item"])["job"]
            say("发证", item["name"], job)
    print_and_answer(house)
    refused = house.run("act", "archive", number, code=None)
    assert refused.returncode == 1 and "还不能归档" in refused.stderr, refused
    say("归档前缺什么", refused.stderr.strip())
    for material in document["materials"]:
        if material["status"] == "deferred":
            house.act("material", number, material=material["material"], status="received")
            say("补交", material["material"])
    house.act("deliver", number, way="window", receiver=document["parties"][0]["name"], document="当面核对证件")
    print_and_answer(house)
    house.act("archive", number)
    events = house.json("case", "show", number)["timeline"]
    for event in events:
        say(event["at"], event["authority"], event["sentence"])
    house.run("sync", "--once")
    return number


def main():
    with House() as house:
        house.start_hub()
        say("登记、取号段", house.run("sync", "--once", "--json").strip().replace("\n", " "))
        demos = sorted(glob.glob("data/demo/*.json"))
        assert len(demos) == 4, demos
        numbers = [walk(house, path) for path in demos]
        assert len(set(numbers)) == 4
        report = house.json("audit", "verify")
        say("账本", report)
        assert report["clean"] and report["anchored_seq"] > 0
        house.stop_hub()
        say("断网后收件")
        case = house.json("--now", NOW, "intake", demos[0])
        waiting = house.run("sync", "--once", "--json", code=None)
        assert waiting.returncode == 1, waiting.stdout
        outbox = house.json("case", "outbox")["outbox"]
        assert outbox and all(row["state"] == "waiting" for row in outbox), outbox
        house.start_hub()
        house.run("sync", "--once")
        case = house.json("case", "show", case["number"])
        assert all(bundle["state"] == "sent" for bundle in case["bundles"]), case["bundles"]
        say("联网后都已送达")
    print("1 passed, 0 failed")


main()
