#!/usr/bin/python3
"""The line is cut at every step of the chain: the window works on, and what it did is sent later, each thing exactly once."""
import collections
import json
import os
import signal
import sqlite3
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from house import BUILD, House, wait_until  # noqa: E402

NOW = "2026-11-20T14:32:00+08:00"
DEMO, DECISIONS = "data/demo/retail.json", "data/demo/decisions/retail.json"


def say(*words):
    print("  ", *words, flush=True)


def rows(folder, file, sql):
    store = sqlite3.connect(f"file:{os.path.join(folder, file)}?mode=ro", uri=True, timeout=20)
    try:
        return store.execute(sql).fetchall()
    finally:
        store.close()


class Chain:
    def __init__(self, house):
        self.house, self.cuts = house, 0
        with open(DEMO, encoding="utf-8") as text:
            self.document = json.load(text)
        with open(DECISIONS, encoding="utf-8") as text:
            self.decisions = {row["item"]: row for row in json.load(text)["decisions"]}

    def offline(self, what, work):
        """Cuts the line, works, sees that it waits; joins it again, and the agent sends it by itself."""
        house = self.house
        house.stop_hub(signal.SIGKILL if self.cuts % 2 else signal.SIGTERM)
        self.cuts += 1
        work()
        down = json.loads(house.run("sync", "--once", "--json", code=None).stdout)
        assert not down["online"] and down["sent"] == 0, down
        house.start_hub()
        def joined():
            result = house.run("sync", "--once", "--json", code=None)
            return result.returncode == 0
        wait_until("the line after: " + what, joined, 40)
        say("断线时", what, "等待", down["waiting"], "联机后已送")

    def case(self):
        return self.house.json("case", "show", self.number)

    def states(self):
        return {item["item"]: (item["state"], item["outcome"]) for item in self.case()["items"] if item["taken"]}

    def papers(self):
        self.house.run("print", "--once", code=None)
        def all_asked():
            papers = self.house.json("case", "papers")["papers"]
            return all(paper["state"] in ("ask", "confirmed") for paper in papers)
        wait_until("the papers", all_asked)
        for paper in self.house.json("case", "papers")["papers"]:
            if paper["state"] == "ask":
                self.house.act("paper", paper["id"], came_out=True)

    def take_in(self):
        self.number = self.house.json("--now", NOW, "intake", DEMO)["number"]
        self.papers()

    def departments(self, *kinds):
        """What the departments do while the hub is there; the window may not hear of it yet."""
        bundles = {bundle["department"]: bundle["id"] for bundle in self.case()["bundles"]}
        for item in self.case()["items"]:
            if not item["taken"] or not item["department"]:
                continue
            at, number = (bundles[item["department"]], item["department"]), item["item"]
            for kind in kinds:
                more = {"accepted": {"number": f"演示受理{number}"}, "decided": {"outcome": "granted"},
                        "correction": {"sentences": ["演示：请补交一张照片"]},
                        "result": {"result": self.decisions.get(number, {}).get("result")}}.get(kind, {})
                if kind != "result" or more["result"]:
                    self.house.update(*at, kind, number, **more)

    def supplement(self):
        for item in self.states():
            self.house.act("supplement", self.number, item=item, text="演示：照片已补")

    def relay(self):
        for item in self.states():
            self.house.act("relay", self.number, kind="accepted", item=item, source="telephone", reference="演示科员")

    def hand_over(self):
        for item in self.states():
            self.house.act("result", self.number, item=item)
            if "result" in self.decisions.get(item, {}):
                self.house.act("issue", self.number, item=item)
        for material in self.document["materials"]:
            if material["status"] == "deferred":
                self.house.act("material", self.number, material=material["material"], status="received")
        self.papers()
        self.house.act("deliver", self.number, way="window", receiver="演示九", document="当面核对证件")
        self.papers()

    def walk(self):
        self.offline("收件、打印、确认", self.take_in)
        assert all(bundle["state"] == "sent" for bundle in self.case()["bundles"])
        self.departments("received")
        self.offline("部门已签收，窗口记一笔", lambda: self.house.act("note", self.number, text="演示备注"))
        assert set(self.states().values()) == {("received", "")}, self.states()
        self.departments("correction")
        self.house.run("sync", "--once")
        assert set(self.states().values()) == {("correcting", "")}, self.states()
        self.offline("补正交回", self.supplement)
        assert set(self.states().values()) == {("received", "")}, self.states()
        self.offline("转录受理", self.relay)
        assert all(item["relayed"] for item in self.case()["items"] if item["taken"]), self.case()["items"]
        self.departments("accepted")
        self.offline("部门自己的受理", lambda: None)
        assert not any(item["relayed"] for item in self.case()["items"] if item["taken"]), self.case()["items"]
        self.departments("decided", "result")
        self.offline("部门已办结", lambda: self.house.act("note", self.number, text="演示备注二"))
        assert set(self.states().values()) == {("decided", "granted")}, self.states()
        self.offline("收结果、发证、送达", self.hand_over)
        self.offline("归档", lambda: self.house.act("archive", self.number))
        assert self.case()["state"] == "已归档", self.case()["state"]


def once_each(what, values):
    doubled = [value for value, count in collections.Counter(values).items() if count > 1]
    assert not doubled, (what, doubled)


def check(house, chain):
    report = house.json("audit", "verify")
    assert report["clean"] and report["anchored_seq"] == report["facts"], report
    assert rows(house.home, "yichuang.db", "SELECT seq, hash FROM fact ORDER BY seq") == \
        rows(house.hub_home, "hub.db", "SELECT seq, hash FROM fact ORDER BY seq")
    assert sorted(rows(house.home, "yichuang.db", "SELECT id, bytes FROM outbox_bundle")) == \
        sorted(rows(house.hub_home, "hub.db", "SELECT id, bytes FROM bundle"))
    assert sorted(rows(house.home, "yichuang.db", "SELECT id, bytes FROM outbox_message WHERE bundle <> ''")) == \
        sorted(rows(house.hub_home, "hub.db", "SELECT id, bytes FROM bundle_message"))
    assert rows(house.home, "yichuang.db", "SELECT count(*) FROM inbox_update WHERE fault <> ''") == [(0,)]
    bodies = [json.loads(body[0]) for body in rows(house.home, "yichuang.db", "SELECT body FROM fact_body")]
    once_each("update", [(body["update"]["id"], body.get("after", {}).get("item")) for body in bodies if "update" in body])
    once_each("paper", rows(house.home, "yichuang.db", "SELECT kind, number FROM print_job WHERE number <> ''"))
    kinds = collections.Counter(row[0] for row in rows(house.hub_home, "hub.db", "SELECT kind FROM bundle_message"))
    # One a corrected item, and one a paper that was promised and brought.
    promised = sum(material["status"] == "deferred" for material in chain.document["materials"])
    assert kinds["supplement"] == len(chain.states()) + promised, kinds
    say("账本", report["facts"], "消息", dict(kinds), "断线", chain.cuts, "次")


def main():
    with House() as house:
        house.start_hub()
        house.run("sync", "--once")
        with open(os.path.join(house.folder, "agent.log"), "ab") as log:
            agent = house.start([os.path.join(BUILD, "yichuang-agent"), "--home", house.home, "--foreground"], stdout=log, stderr=log)
        chain = Chain(house)
        chain.walk()
        # Every look at the case was a login, a fact too: the last of them goes out before the agent ends.
        house.run("sync", "--once")
        house.stop(agent)
        check(house, chain)
    print("1 passed, 0 failed")


main()
