#!/usr/bin/env python3
"""Two windows of one hall and the real hub: the second opens, is refused while the first holds, takes over, and the first is told."""
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

sys.path[:0] = [os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support")]
import hub as real  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("YICHUANG_BUILD", ROOT / "build"))
os.environ.setdefault("YICHUANG_DATA", str(ROOT / "data"))
NOW = "2026-11-20T14:32:00+08:00"


class Window:
    def __init__(self, folder, name, code, hub):
        self.home = os.path.join(folder, name)
        self.run("demo", "--prepare")
        if code != "3A":
            self.write("UPDATE hall_window SET code = ?, name = ?", code, code[0] + "号窗")
        path = os.path.join(self.home, "config.ini")
        with open(path, "w", encoding="utf-8") as config:
            config.write(f"[hub]\nurl={hub.url}\nsecret={hub.admin('enrol', '0000', code, '演示大厅')}\n\n[printer]\ndefault=folder\n")
        os.chmod(path, 0o600)

    def run(self, *words, code=0):
        done = subprocess.run([BUILD / "yichuang", "--home", self.home, "--as", "yanshi", *words], capture_output=True, text=True, timeout=60)
        assert done.returncode == code, (words, done.returncode, done.stdout, done.stderr)
        return done

    def json(self, *words, code=0):
        return json.loads(self.run(*words, "--json", code=code).stdout)

    def write(self, sql, *values):
        db = sqlite3.connect(os.path.join(self.home, "yichuang.db"), timeout=20, isolation_level=None)
        rows = db.execute(sql, values).fetchall()
        db.close()
        return rows

    def hold(self, number):
        """Somebody of this home works on the case: this very process."""
        with open("/proc/self/stat", encoding="ascii") as stat:
            start = int(stat.read().rsplit(")", 1)[1].split()[19])
        case, = self.write("SELECT id FROM case_file WHERE number = ?", number)[0]
        self.write("INSERT INTO case_lease (case_id, window, clerk, process, process_start, desk, since_ms) "
                   "VALUES (?, '3A', 'yanshi', ?, ?, 1, 0)", case, os.getpid(), start)


def main():
    with tempfile.TemporaryDirectory(prefix="yichuang-custody-") as folder, real.Hub("--demo") as hub:
        first, second = Window(folder, "first", "3A", hub), Window(folder, "second", "2B", hub)
        first.run("sync", "--once")
        second.run("sync", "--once")
        number = first.json("--now", NOW, "intake", str(ROOT / "data/demo/retail.json"))["number"]
        first.hold(number)
        first.run("sync", "--once")

        second.run("act", "custody", number)
        refused = second.run("sync", "--once", "--json", code=1)
        state, reason, message = second.write("SELECT state, reason, id FROM outbox_message WHERE kind = 'custody'")[0]
        assert state == "refused" and "3A" in reason and "yanshi" in reason, (state, reason)
        assert reason in refused.stderr, refused.stderr
        print("refused while held:", reason)

        first.write("DELETE FROM case_lease")
        first.run("sync", "--once")
        second.run("act", "retry", message)
        second.run("sync", "--once")
        assert second.write("SELECT state FROM outbox_message WHERE id = ?", message) == [("sent",)]
        case = second.json("case", "show", number)
        ours = first.json("case", "show", number)
        assert case["number"] == number, case
        assert [item["name"] for item in case["items"]] == [item["name"] for item in ours["items"]]
        print("taken over:", case["state"], len(case["timeline"]), "events")

        first.run("sync", "--once")
        assert first.json("case", "show", number)["holder"] != "", "the first window was not told"
        print("the first window knows:", first.json("case", "show", number)["holder"])

        # What the department does now comes to the window that holds the case.
        department = real.Department(hub, ours["bundles"][0]["department"])
        bundle = ours["bundles"][0]["id"]
        answer = department.act(bundle, "received")
        assert answer.status == 201, answer.body
        second.run("sync", "--once")
        assert second.write("SELECT count(*) FROM inbox_update WHERE bundle = ?", bundle)[0][0] >= 1
        states = {item["state"] for item in second.json("case", "show", number)["items"] if item["department"]}
        assert "received" in states, states
        second.write("DELETE FROM case_lease")
        second.run("sync", "--once")
        # Nobody works on it any more, so the first window may take it back.
        first.run("act", "custody", number)
        first.run("sync", "--once")
        assert first.json("case", "show", number)["holder"] == "", "the case did not come back"
        second.run("sync", "--once")
        for window in (first, second):
            assert window.json("audit", "verify")["clean"]
    print("1 passed, 0 failed")


main()
