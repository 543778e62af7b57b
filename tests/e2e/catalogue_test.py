#!/usr/bin/python3
"""The bureau publishes ahead of the date, windows fetch through the real hub, and it is in force from its civil date with
the hub gone; cases stay on their version; bad bytes, the same number twice, calendars and authorisations."""
import configparser
import datetime
import json
import os
import signal
import sqlite3
import subprocess
import sys

import jsonschema

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from house import BUILD, House, wait_until  # noqa: E402

DEMO = "data/demo/retail.json"
LIST = "jiangmen-2020"
TODAY = datetime.date(2026, 11, 20)
TOMORROW = TODAY + datetime.timedelta(days=1)


def clock_at(moment):
    """The environment of a program that believes that it is this moment when it starts; its clock goes on from there."""
    found = subprocess.run(["faketime", moment, "env"], capture_output=True, text=True, check=True,
                           env={name: value for name, value in os.environ.items() if name not in ("LD_PRELOAD", "FAKETIME")}).stdout
    told = dict(line.split("=", 1) for line in found.splitlines() if line.startswith(("LD_PRELOAD=", "FAKETIME=")))
    return {**os.environ, "FAKETIME_DONT_FAKE_MONOTONIC": "1", **told}


def say(*words):
    print("  ", *words, flush=True)


def at(day, hour=9):
    return f"{day}T{hour:02d}:00:00+08:00"


def rows(folder, file, sql, *values):
    store = sqlite3.connect(f"file:{os.path.join(folder, file)}?mode=ro", uri=True, timeout=20)
    try:
        return store.execute(sql, values).fetchall()
    finally:
        store.close()


class Bureau:
    """A home that is no window: it only publishes."""

    def __init__(self, house):
        self.house = house
        self.home = os.path.join(house.folder, "bureau")
        house.run("init", home=self.home)
        self.token = os.popen(f"{BUILD}/yichuang-hub --home {house.hub_home} bureau").read().strip()
        config = configparser.ConfigParser()
        config["hub"] = {"url": house.url, "bureau": self.token}
        with open(os.open(os.path.join(self.home, "config.ini"), os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as out:
            config.write(out)

    def change(self, **more):
        """Another word for a material that the demo's case needs; the lists that got a draft."""
        with open("data/catalogue/materials/food.json", encoding="utf-8") as text:
            found = next(entry for entry in json.load(text)["materials"] if entry["code"] == "M-FLOOR-PLAN")
        path = os.path.join(self.house.folder, "change.json")
        with open(path, "w", encoding="utf-8") as out:
            json.dump({"materials": [dict(found, **more)]}, out)
        return self.house.json("catalog", "import", path, home=self.home)["lists"]

    def publish(self, lists, **more):
        words = [word for name, value in more.items() for word in ("--" + name, value)]
        for name in lists:
            self.house.run("catalog", "publish", name, *words, home=self.home)

    def sync(self, code=0):
        result = self.house.run("sync", "--once", "--json", home=self.home, code=None)
        assert result.returncode == code, (result.stdout, result.stderr)
        return json.loads(result.stdout)


def sync(house, code=0):
    result = house.run("sync", "--once", "--json", code=None)
    assert result.returncode == code, (result.stdout, result.stderr)
    return json.loads(result.stdout)


def version_in_force(house):
    return rows(house.home, "yichuang.db", "SELECT current FROM catalogue_list WHERE list = ?", LIST)[0][0]


def versions(house):
    return [row[0] for row in rows(house.home, "yichuang.db",
                                   "SELECT version FROM catalogue_version WHERE list = ? AND status = 'published' ORDER BY version", LIST)]


def take_in(house, day):
    number = house.json("--now", at(day), "intake", DEMO)["number"]
    return number, rows(house.home, "yichuang.db", "SELECT version FROM case_file WHERE number = ?", number)[0][0]


def material_words(house, number, day):
    found = house.json("--now", at(day), "case", "show", number)["materials"]
    return next(row["name"] for row in found if row["material"] == "M-FLOOR-PLAN")


def finding_of(house):
    found = json.loads(house.run("doctor", "--json", code=None).stdout)["findings"]
    return next(row for row in found if row["name"] == "清单")


def ahead_and_offline(house, bureau):
    lists = bureau.change(name="演示：明天起的平面图")
    assert LIST in lists, lists
    bureau.publish(lists, **{"from": str(TOMORROW), "filing": "演示备案1号", "author": "演示编制"})
    report = bureau.sync()
    assert report["online"] and report["waiting"] == 0, report
    report = sync(house)
    with open("data/schema/sync.json", encoding="utf-8") as text:
        jsonschema.validate(report, json.load(text))
    assert report["catalogue"]["trouble"] == "" and report["catalogue"]["age_hours"] == 0, report
    assert versions(house) == [1, 2] and version_in_force(house) == 1
    assert rows(house.home, "yichuang.db", "SELECT origin, filing, author, effective_from FROM catalogue_version WHERE list = ? AND version = 2",
                LIST) == [("hub", "演示备案1号", "演示编制", str(TOMORROW))]
    before, version = take_in(house, TODAY)
    assert version == 1 and "明天" not in material_words(house, before, TODAY)
    house.stop_hub(signal.SIGKILL)
    agent = house.start([os.path.join(BUILD, "yichuang-agent"), "--home", house.home, "--idle", "8"],
                        env=clock_at(f"{TODAY} 23:59:56 +0800"), stderr=subprocess.DEVNULL)
    wait_until("midnight", lambda: version_in_force(house) == 2, 30)
    house.stop(agent)
    after, version = take_in(house, TOMORROW)
    assert version == 2 and material_words(house, after, TOMORROW) == "演示：明天起的平面图"
    assert "明天" not in material_words(house, before, TOMORROW), "a running case stays on its version"
    assert "明天起" in house.run("--now", at(TOMORROW), "catalog", "diff", LIST + "@1", LIST + "@2")
    house.start_hub()
    say("提前取到，中心停着也自", TOMORROW, "起施行；在办的仍按原版本")


def corrupt(house, bureau):
    bureau.publish(bureau.change(name="演示：坏掉的一版"))
    bureau.sync()
    house.stop_hub()
    hub = sqlite3.connect(os.path.join(house.hub_home, "hub.db"))
    good = hub.execute("SELECT bytes FROM catalogue_version WHERE list = ? AND version = 3", (LIST,)).fetchone()[0]
    hub.execute("DROP TRIGGER catalogue_version_stays")
    hub.execute("UPDATE catalogue_version SET bytes = ? WHERE list = ? AND version = 3",
                (good.replace("坏掉".encode(), "改过".encode()), LIST))
    hub.commit()
    hub.close()
    house.start_hub()
    report = sync(house, code=1)
    assert "第 3 版没有收下" in report["reason"] and "摘要" in report["reason"], report
    assert "没有收下" in report["catalogue"]["trouble"], report
    assert 3 not in versions(house) and version_in_force(house) < 3
    finding = finding_of(house)
    assert not finding["good"] and "第 3 版没有收下" in finding["sentence"], finding
    refused = "SELECT at_ms FROM supply WHERE refused <> ''"
    first = rows(house.home, "yichuang.db", refused)
    assert first and sync(house, code=1)["reason"] == report["reason"]
    assert rows(house.home, "yichuang.db", refused) == first, "it is not fetched again"
    # The bureau's next number ends it.
    bureau.publish(bureau.change(name="演示：好的一版"))
    bureau.sync()
    report = sync(house)
    assert report["catalogue"]["trouble"] == "" and versions(house) == [1, 2, 4] and version_in_force(house) == 4, versions(house)
    assert finding_of(house)["good"], finding_of(house)
    say("坏的一版没有收下，原版本继续有效；下一版来了就好")


def same_number(house, bureau):
    """The window publishes a number of its own that the bureau uses, too."""
    path = os.path.join(house.folder, "own.json")
    with open("data/catalogue/materials/food.json", encoding="utf-8") as text:
        found = next(entry for entry in json.load(text)["materials"] if entry["code"] == "M-FLOOR-PLAN")
    with open(path, "w", encoding="utf-8") as out:
        json.dump({"materials": [dict(found, name="演示：本厅自己的")]}, out)
    house.run("catalog", "import", path)
    house.run("catalog", "publish", LIST)
    bureau.publish(bureau.change(name="演示：数据局的"))
    bureau.sync()
    report = sync(house, code=1)
    assert "第 5 版与中心的内容不同" in report["reason"] and "下一个版本" in report["reason"], report
    bureau.publish(bureau.change(name="演示：数据局的第六版"))
    bureau.sync()
    assert sync(house)["catalogue"]["trouble"] == "" and version_in_force(house) == 6
    # From now on its own numbers stand above the hub's.
    house.run("catalog", "import", path)
    assert rows(house.home, "yichuang.db", "SELECT max(version) FROM catalogue_version WHERE list = ?", LIST) == [(7,)]
    say("同号不同内容不收，下一版解开；本机的号自此在中心之上")


def calendars(house, bureau):
    """A limit that runs out of the calendar is open, and settled when the new year comes."""
    day = datetime.date(2026, 12, 31)
    with open(DEMO, encoding="utf-8") as text:
        document = json.load(text)
    for material in document["materials"]:
        if material["status"] == "deferred":
            material.update(status="received", promise_due="")
    number = house.json("--now", at(day), "intake", "-", stdin=json.dumps(document))["number"]
    item = next(row["item"] for row in house.json("case", "show", number)["items"] if row["taken"])
    house.json("--now", at(day), "act", "relay", number, "-", stdin=json.dumps(
        {"kind": "received", "item": item, "source": "telephone", "reference": "演示科员"}))
    house.json("--now", at(day), "act", "relay", number, "-", stdin=json.dumps(
        {"kind": "accepted", "item": item, "source": "telephone", "reference": "演示科员"}))

    def due():
        found = next(row for row in house.json("case", "show", number)["items"] if row["item"] == item)
        return found["due"]

    opened = due()
    assert opened.endswith("日期待定"), opened
    path = os.path.join(house.folder, "2027.json")
    with open(path, "w", encoding="utf-8") as out:
        json.dump({"year": 2027, "notice": "演示通知", "off": ["2027-01-01"], "worked": []}, out)
    house.run("catalog", "import", path, home=bureau.home)
    bureau.sync()
    sync(house)
    settled = due()
    assert settled.startswith("2027-01-"), settled
    facts = [json.loads(row[0]) for row in rows(house.home, "yichuang.db",
             "SELECT b.body FROM fact f JOIN fact_body b USING (seq) WHERE f.kind = 'due_settled'")]
    assert {"before": opened, "due": settled} in [{key: fact[key] for key in ("before", "due")} for fact in facts], facts
    say("新一年的日历到了：", opened, "→", settled)


def authorisations(house, bureau):
    place = f"/v1/halls/0000/authorisations/{LIST}"
    assert house.ask("PUT", place, bureau.token, {"themes": ["1"]})[0] == 201
    sync(house)
    granted = rows(house.home, "yichuang.db", "SELECT theme FROM theme_authorised WHERE list = ?", LIST)
    assert granted == [("1",)], granted
    assert house.ask("PUT", place, bureau.token, {"all": True})[0] == 200
    sync(house)
    assert rows(house.home, "yichuang.db", "SELECT theme FROM theme_authorised WHERE list = ?", LIST) == [("",)]
    assert house.ask("PUT", place, bureau.token, {"themes": []})[0] == 200
    sync(house)
    assert rows(house.home, "yichuang.db", "SELECT theme FROM theme_authorised WHERE list = ?", LIST) == []
    refused = house.run("catalog", "authorise", LIST, "1", "on", code=None)
    assert refused.returncode == 1 and "经中心下发" in refused.stderr, (refused.returncode, refused.stderr)
    say("授权跟着中心走，本机不能另改")


def main():
    # Within the shipped calendar and far from midnight, whenever the test runs.
    os.environ.update(clock_at(f"{TODAY} 10:00:00 +0800"))
    with House() as house:
        house.start_hub()
        house.run("sync", "--once", code=None)
        bureau = Bureau(house)
        ahead_and_offline(house, bureau)
        corrupt(house, bureau)
        same_number(house, bureau)
        calendars(house, bureau)
        authorisations(house, bureau)
    print("1 passed, 0 failed")


main()
