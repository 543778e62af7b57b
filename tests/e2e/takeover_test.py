#!/usr/bin/python3
"""Two windows of one hall and one hub: refused with the holder's name while the first has the case open, taken over and led to
its end by the second; the first is told. Then the first machine is replaced: a fresh home takes the old window's case over."""
import json
import os
import sqlite3
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from house import BUILD, House, wait_until  # noqa: E402
from terminal import ENTER, ESCAPE, TAB, Terminal  # noqa: E402

NOW = "2026-11-20T14:32:00+08:00"
DEMO, DECISIONS = "data/demo/retail.json", "data/demo/decisions/retail.json"


def say(*words):
    print("  ", *words, flush=True)


class Window:
    """A home of its own at the house's hub."""

    def __init__(self, house, folder, code, name):
        self.house, self.home = house, os.path.join(house.folder, folder)
        house.run("demo", "--prepare", home=self.home)
        self.rows("UPDATE hall_window SET code = ?, name = ?", code, name)
        secret = subprocess.run([os.path.join(BUILD, "yichuang-hub"), "--home", house.hub_home, "enrol", "0000", code, "演示大厅"],
                                capture_output=True, text=True, check=True).stdout.strip()
        path = os.path.join(self.home, "config.ini")
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as config:
            config.write(f"[hub]\nurl={house.url}\nsecret={secret}\n\n[printer]\ndefault=folder\n")

    def rows(self, sql, *values):
        db = sqlite3.connect(os.path.join(self.home, "yichuang.db"), timeout=20, isolation_level=None)
        rows = db.execute(sql, values).fetchall()
        db.close()
        return rows

    def run(self, *words, code=0, document=None):
        return self.house.run("--now", NOW, *words, code=code, home=self.home,
                              stdin=None if document is None else json.dumps(document))

    def json(self, *words, code=0, document=None):
        return json.loads(self.run(*words, "--json", code=code, document=document))

    def act(self, name, number, **document):
        return self.json("act", name, number, "-", document=document)

    def sync(self):
        result = self.run("sync", "--once", code=None)
        return result

    def settle(self):
        result = self.sync()
        assert result.returncode == 0, result

    def case(self, number):
        return self.json("case", "show", number)

    def screen(self):
        return Terminal([os.path.join(BUILD, "yichuang"), "--home", self.home, "--now", NOW], env={"YICHUANG_NO_AGENT": "1"})

    def states(self, number):
        return {item["item"]: (item["state"], item["outcome"]) for item in self.case(number)["items"] if item["taken"]}

    def print_all(self):
        self.run("print", "--once")
        for paper in self.json("case", "papers")["papers"]:
            if paper["state"] == "ask":
                self.act("paper", paper["id"], came_out=True)


def departments(house, case, kinds):
    with open(DECISIONS, encoding="utf-8") as text:
        decisions = {row["item"]: row for row in json.load(text)["decisions"]}
    bundles = {bundle["department"]: bundle["id"] for bundle in case["bundles"]}
    if "received" in kinds:
        for department, bundle in bundles.items():
            house.update(bundle, department, "received")
    for item in sorted((item for item in case["items"] if item["taken"] and item["department"]), key=lambda item: item["item"]):
        at, number = (bundles[item["department"]], item["department"]), item["item"]
        if "accepted" in kinds:
            house.update(*at, "accepted", number, number=f"演示受理{number}")
        if "decided" in kinds:
            house.update(*at, "decided", number, outcome="granted")
            if "result" in decisions.get(number, {}):
                house.update(*at, "result", number, result=decisions[number]["result"])


def open_case(screen, number):
    screen.wait_for("用户", "口令")
    screen.send("yanshi" + TAB + "yanshi123" + ENTER)
    screen.wait_for("今日")
    screen.send(number + ENTER)
    screen.wait_for("市场监督管理部门", number)


def refused_while_held(first, second, number):
    """The first window's clerk has the case open on the screen; the second asks for it."""
    with first.screen() as screen:
        open_case(screen, number)
        first.settle()
        second.act("custody", number)
        refused = second.sync()
        assert refused.returncode == 1, refused
        state, reason, message = second.rows("SELECT state, reason, id FROM outbox_message WHERE kind = 'custody'")[0]
        assert state == "refused" and "3号窗" in reason and "演示员甲" in reason, (state, reason)
        assert reason in refused.stderr, refused.stderr
        say("还开着时", reason)
        assert second.json("case", "search", number)["cases"] == []
        # Another terminal of the same home may look and note, and is told who has it.
        other = first.run("act", "withdraw", number, "-", code=None, document={"item": -1, "reason": "演示"})
        assert other.returncode == 1 and "办件正由3号窗演示员甲办理" in other.stderr, other
        screen.send(ESCAPE)
        screen.wait_for("Tab 换列表")
        first.settle()
    return message


def take_over(first, second, number, message):
    second.act("retry", message)
    second.settle()
    ours, theirs = first.case(number), second.case(number)
    for key in ("number", "theme", "parties", "fields", "materials"):
        assert theirs[key] == ours[key], (key, ours[key], theirs[key])
    assert second.states(number) == first.states(number)
    first.settle()
    lost = first.case(number)
    assert lost["holder"] == "8号窗", lost["holder"]
    assert any("8号窗" in event["sentence"] for event in lost["timeline"]), lost["timeline"][-1]
    say("原窗口看到", lost["timeline"][-1]["sentence"])
    told = first.run("act", "withdraw", number, "-", code=None, document={"item": -1, "reason": "演示"})
    assert told.returncode == 1 and "办件已由8号窗接办。这里可以查看和补打，要续办请先接办回来。" in told.stderr, told
    with first.screen() as screen:
        open_case(screen, number)
        screen.wait_for("8号窗")


def to_the_end(house, window, number, kinds):
    """Departments go on; the window sees it, prints, hands over, archives."""
    departments(house, window.case(number), kinds)
    window.settle()
    assert set(window.states(number).values()) == {("decided", "granted")}, window.states(number)
    with open(DECISIONS, encoding="utf-8") as text:
        results = {row["item"] for row in json.load(text)["decisions"] if "result" in row}
    for item in window.states(number):
        window.act("result", number, item=item)
        if item in results:
            window.act("issue", number, item=item)
    with open(DEMO, encoding="utf-8") as text:
        document = json.load(text)
    for material in document["materials"]:
        if material["status"] == "deferred":
            window.act("material", number, material=material["material"], status="received")
    window.print_all()
    window.act("deliver", number, way="window", receiver=document["parties"][0]["name"], document="当面核对证件")
    window.print_all()
    window.act("archive", number)
    window.settle()
    say(window.case(number)["window"], window.case(number)["state"], len(window.case(number)["timeline"]), "步")


def replaced_machine(house, first, number):
    """A fresh home enrolled for window 3A gets the old updates first, then the case: it stands where it stood."""
    fresh = Window(house, "fresh", "3A", "3号窗")
    fresh.settle()
    assert fresh.rows("SELECT count(*) FROM inbox_update WHERE fault <> ''")[0][0] > 0, "no update came before its case"
    fresh.act("custody", number)
    fresh.settle()
    assert fresh.states(number) == first.states(number), (fresh.states(number), first.states(number))
    open_faults = fresh.rows("SELECT fault FROM inbox_update WHERE fault <> '' AND bundle IN "
                             "(SELECT id FROM outbox_bundle)")
    assert open_faults == [], open_faults
    to_the_end(house, fresh, number, ("decided",))
    assert fresh.json("audit", "verify")["clean"]


def main():
    with House() as house:
        house.start_hub()
        first, second = Window(house, "first", "3A", "3号窗"), Window(house, "second", "8B", "8号窗")
        first.settle()
        second.settle()
        number, later = (first.json("intake", DEMO)["number"] for _ in range(2))
        first.settle()
        say("第一窗口收件", number, later)
        departments(house, first.case(number), ("received",))
        departments(house, first.case(later), ("received", "accepted"))
        first.settle()
        message = refused_while_held(first, second, number)
        take_over(first, second, number, message)
        to_the_end(house, second, number, ("accepted", "decided"))
        replaced_machine(house, first, later)
        for window in (first, second):
            assert window.json("audit", "verify")["clean"]
    print("1 passed, 0 failed")


main()
