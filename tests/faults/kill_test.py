#!/usr/bin/python3
"""kill -9 at 200 random moments of a scripted intake: the clerk's programs, the agent, the print worker, the hub, or all of them.

What a program told the clerk is there; the journal is whole and the hub has the same; nothing is sent, printed or applied twice."""
import collections
import itertools
import json
import os
import pathlib
import queue
import random
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from house import BUILD, House, wait_until  # noqa: E402

KILLS = int(os.environ.get("KILLS", "200"))
SEED = int(os.environ.get("SEED", random.randrange(1 << 30)))
NOW = "2026-11-20T14:32:00+08:00"
DEMOS = [f"data/demo/{name}.json" for name in ("retail", "birth", "housing", "catering")]
NUMBER = re.compile(r'"number": "(0000-261120-3A[0-9]{4}-.)"')
LINE_ERRORS = (OSError, __import__("http.client").client.HTTPException)


class Clerk(threading.Thread):
    """Takes in case after case, answers for the papers, leaves notes; remembers what it was told."""

    def __init__(self, house, done):
        super().__init__()
        self.house, self.done = house, done
        self.process, self.told, self.answered, self.noted = None, [], [], []
        self.killed, self.wrong = 0, []
        self.to_departments = queue.Queue()

    def say(self, *words, document=None):
        """One program; its exit code (-9: killed) and all it wrote before it ended."""
        self.process = subprocess.Popen(
            [os.path.join(BUILD, "yichuang"), "--home", self.house.home, "--now", NOW, *words, "--json"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace")
        out, err = self.process.communicate(None if document is None else json.dumps(document), timeout=60)
        code = self.process.returncode
        self.killed += code == -signal.SIGKILL
        if code not in (0, -signal.SIGKILL):
            self.wrong.append((words, code, out, err))
        return code, out

    def run(self):
        for turn in itertools.count():
            if self.done.is_set() or self.wrong:
                return
            code, out = self.say("intake", DEMOS[turn % 4])
            told = NUMBER.search(out)
            if told:
                self.told.append(told[1])
                if turn % 5 == 0:
                    self.to_departments.put(told[1])
            else:
                assert code != 0, out
            if turn % 3 == 0 and told:
                self.one_paper()
            if turn % 3 == 1 and told:
                text = f"演示备注{turn}"
                if self.say("act", "note", told[1], "-", document={"text": text})[0] == 0:
                    self.noted.append(text)

    def one_paper(self):
        code, out = self.say("case", "papers")
        asked = [paper for paper in json.loads(out)["papers"] if paper["state"] == "ask"] if code == 0 else []
        if asked and self.say("act", "paper", asked[0]["id"], "-", document={"came_out": True})[0] == 0:
            self.answered.append(asked[0]["id"])


class Departments(threading.Thread):
    """Receives, accepts, decides some of the cases; asks again with the same id when the hub is gone."""

    def __init__(self, house, clerk, done):
        super().__init__()
        self.house, self.clerk, self.done = house, clerk, done
        self.made, self.wrong = [], []

    def insist(self, *call):
        while True:
            try:
                status, answer = self.house.ask(*call)
                if status < 500:
                    return status, answer
            except LINE_ERRORS + (urllib.error.URLError, json.JSONDecodeError):
                pass
            if self.done.wait(0.05):
                return 0, None

    def update(self, bundle, department, kind, item=-1, **rest):
        name = os.urandom(16).hex()
        document = {"id": name, "bundle": bundle, "kind": kind, "item": item, "by": "演示审批员",
                    "at": "2026-11-20T08:00:00.000Z", **rest}
        status, answer = self.insist("PUT", f"/v1/bundles/{bundle}/updates/{name}", self.house.token(department), document)
        if status in (200, 201):
            self.made.append(name)
        elif status:
            self.wrong.append((document, status, answer))
        return status in (200, 201)

    def run(self):
        while not self.done.is_set() and not self.wrong:
            try:
                number = self.clerk.to_departments.get(timeout=0.1)
            except queue.Empty:
                continue
            shown = self.house.run("--now", NOW, "case", "show", number, "--json", code=None)
            case = json.loads(shown.stdout)
            bundles = {bundle["department"]: bundle["id"] for bundle in case["bundles"]}
            if any(self.insist("GET", "/v1/bundles/" + bundle, self.house.token(department))[0] != 200
                   for department, bundle in bundles.items()):
                self.clerk.to_departments.put(number)  # not all there yet
                self.done.wait(0.05)
                continue
            good = all(self.update(bundle, department, "received") for department, bundle in bundles.items())
            for item in sorted((item for item in case["items"] if item["taken"] and item["department"]),
                               key=lambda item: item["item"]):
                at = (bundles[item["department"]], item["department"])
                good = good and self.update(*at, "accepted", item["item"], number="演示受理") and \
                    self.update(*at, "decided", item["item"], outcome="granted")


class Programs:
    """The agent and the hub, begun anew after every kill."""

    def __init__(self, house):
        self.house, self.agent = house, None
        self.counts = collections.Counter()

    def start_agent(self):
        with open(os.path.join(self.house.folder, "agent.log"), "ab") as log:
            self.agent = self.house.start([os.path.join(BUILD, "yichuang-agent"), "--home", self.house.home, "--foreground"],
                                          stdout=log, stderr=log)

    def printers(self):
        """The print workers of this home, whoever started them."""
        found = []
        for entry in pathlib.Path("/proc").iterdir():
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0") if entry.name.isdigit() else []
            except OSError:
                continue
            if words and words[0].endswith(b"yichuang-print") and self.house.home.encode() in words:
                found.append(int(entry.name))
        return found

    def kill(self, clerk, victims):
        for victim in victims:
            if victim == "clerk" and clerk.process is not None and clerk.process.poll() is None:
                clerk.process.kill()
                self.counts[victim] += 1
            elif victim == "print":
                for pid in self.printers():
                    try:
                        os.kill(pid, signal.SIGKILL)
                        self.counts[victim] += 1
                    except ProcessLookupError:
                        pass
            elif victim == "agent":
                self.house.stop(self.agent, signal.SIGKILL)
                self.counts[victim] += 1
            elif victim == "hub":
                self.house.stop_hub(signal.SIGKILL)
                self.counts[victim] += 1
        if "hub" in victims:
            self.house.start_hub()
        if "agent" in victims:
            self.start_agent()


VICTIMS = [["clerk"]] * 5 + [["agent"]] * 2 + [["print"]] * 2 + [["hub"]] * 2 + [
    ["clerk", "agent"], ["agent", "hub"], ["clerk", "agent", "print", "hub"]]


def kill_loop(house, programs, clerk, chance):
    for _ in range(KILLS):
        # The moment is the test's point: anywhere in the work.
        time.sleep(chance.uniform(0.005, 0.45))
        programs.kill(clerk, chance.choice(VICTIMS))
        assert not clerk.wrong, clerk.wrong


def settle(house):
    def all_sent():
        report = house.run("sync", "--once", "--json", code=None)
        return report.returncode == 0
    def all_printed():
        papers = rows(house.home, "yichuang.db", "SELECT count(*) FROM print_job WHERE state IN ('intent', 'rendered', 'submitted')")
        return papers == [(0,)]
    wait_until("all sent: " + house.run("sync", "--once", "--json", code=None).stdout, all_sent, 60)
    wait_until("all papers", all_printed, 60)


def rows(folder, file, sql):
    store = sqlite3.connect(f"file:{os.path.join(folder, file)}?mode=ro", uri=True, timeout=20)
    try:
        return store.execute(sql).fetchall()
    finally:
        store.close()


def once_each(what, values):
    doubled = [value for value, count in collections.Counter(values).items() if count > 1]
    assert not doubled, (what, doubled[:5])
    return set(values)


def check_home(house, clerk):
    report = house.json("audit", "verify")
    assert report["clean"], report
    assert report["anchored_seq"] == report["facts"], report
    told = once_each("told", clerk.told)
    numbers = once_each("number", [row[0] for row in rows(
        house.home, "yichuang.db", "SELECT number FROM case_file WHERE number IS NOT NULL")])
    assert told <= numbers, sorted(told - numbers)
    print("told", len(told), "taken in", len(numbers), "clerk's programs killed", clerk.killed)
    facts = rows(house.home, "yichuang.db", "SELECT kind, case_id, body FROM fact JOIN fact_body USING (seq)")
    taken_in = [json.loads(body)["number"] for kind, _, body in facts if kind == "taken_in"]
    assert once_each("taken_in", taken_in) == numbers
    assert {json.loads(body)["text"] for kind, _, body in facts if kind == "noted"} >= set(clerk.noted)
    printed = [json.loads(body) for kind, _, body in facts if kind == "printed"]
    once_each("printed", [(paper["paper"], paper["paper_number"], paper["copy"]) for paper in printed])
    assert len(printed) >= len(clerk.answered), (len(printed), len(clerk.answered))
    return numbers, facts


def check_papers(house, numbers):
    """One receipt a case, first copy, and one file a paper in the folder printer."""
    jobs = rows(house.home, "yichuang.db", "SELECT id, kind, number, copy, reason, state, pdf FROM print_job")
    receipts = [job[2] for job in jobs if job[1] == "receipt"]
    assert once_each("receipt", receipts) == numbers
    once_each("paper", [job[1:3] for job in jobs if job[3] == 1])
    assert all(job[4] for job in jobs if job[3] > 1), "a second copy without its reason"
    assert {job[5] for job in jobs} <= {"ask", "confirmed"}, collections.Counter(job[5] for job in jobs)
    files = sorted(os.listdir(os.path.join(house.home, "printed")))
    assert files == sorted(os.path.basename(job[6]) for job in jobs), "papers and files differ"
    print("papers", len(jobs), "files", len(files))


def check_hub(house, facts, numbers):
    there = dict(rows(house.hub_home, "hub.db", "SELECT seq, hash FROM fact"))
    here = dict(rows(house.home, "yichuang.db", "SELECT seq, hash FROM fact"))
    assert there == here, (len(there), len(here))
    columns = "id, bytes"
    sent = dict(rows(house.home, "yichuang.db", f"SELECT {columns} FROM outbox_bundle"))
    kept = dict(rows(house.hub_home, "hub.db", f"SELECT {columns} FROM bundle"))
    assert kept == sent, (len(kept), len(sent))
    each = once_each("bundle", rows(house.hub_home, "hub.db", "SELECT number, department FROM bundle"))
    assert {number for number, _ in each} == numbers
    messages = rows(house.home, "yichuang.db", "SELECT id FROM outbox_message WHERE bundle <> ''")
    assert sorted(messages) == sorted(rows(house.hub_home, "hub.db", "SELECT id FROM bundle_message"))
    effects = [json.loads(row[0]) for row in rows(house.hub_home, "hub.db", "SELECT bytes FROM bundle_message")]
    once_each("message", [(effect["bundle"], effect["kind"], effect["item"], effect.get("predecessor")) for effect in effects])
    blocks = rows(house.hub_home, "hub.db", "SELECT count(*) FROM number_block")
    assert blocks == [(1,)], blocks
    print("bundles", len(kept), "messages", len(messages), "facts", len(there))


def check_updates(house, facts, made):
    """What departments did came in once, without a fault, and is in the journal once an item."""
    inbox = dict(rows(house.home, "yichuang.db", "SELECT id, fault FROM inbox_update"))
    assert set(made) <= set(inbox), "an update is missing"
    assert not any(inbox.values()), [fault for fault in inbox.values() if fault]
    told = []
    for kind, case, body in facts:
        update = json.loads(body).get("update")
        if update:
            told.append((update["id"], json.loads(body).get("after", {}).get("item")))
    once_each("update", told)
    assert {name for name, _ in told} == set(inbox), "an update left no fact"
    print("updates", len(inbox))


def main():
    print("SEED", SEED, flush=True)
    chance, done = random.Random(SEED), threading.Event()
    with House() as house:
        house.start_hub()
        house.run("sync", "--once")
        programs, clerk = Programs(house), Clerk(house, done)
        departments = Departments(house, clerk, done)
        programs.start_agent()
        clerk.start()
        departments.start()
        begin = time.monotonic()
        try:
            kill_loop(house, programs, clerk, chance)
        finally:
            done.set()
            clerk.join()
            departments.join()
        assert not clerk.wrong and not departments.wrong, (clerk.wrong, departments.wrong)
        print(f"{KILLS} kills in {time.monotonic() - begin:.0f} s:", dict(programs.counts), flush=True)
        settle(house)
        house.stop(programs.agent)
        numbers, facts = check_home(house, clerk)
        check_papers(house, numbers)
        check_hub(house, facts, numbers)
        check_updates(house, facts, departments.made)
        assert clerk.killed > KILLS / 20 and programs.counts["hub"] > KILLS / 20, "too few were hit"
    print("1 passed, 0 failed")


main()
