#!/usr/bin/env python3
"""The agent against the real hub: enrolment, facts, bundles, images, updates; hub and agent killed; a day offline."""
import os
import random
import signal
import sys
import time
import unittest

sys.path[:0] = [os.path.dirname(os.path.abspath(__file__)),
                os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support")]
import hub as real  # noqa: E402
from support import Agent, Home, wait_for  # noqa: E402


class HubTest(unittest.TestCase):
    def setUp(self):
        self.hub = real.Hub("--demo")
        self.hub.start()
        self.department = real.Department(self.hub)
        self.home = Home("01")
        self.home.config(self.hub.url, token="", secret=self.hub.admin("enrol", "0000", "01", "演示大厅"))

    def tearDown(self):
        self.hub.close()
        self.home.close()

    def store(self):
        return self.home.one("SELECT lower(hex(id)) FROM store_identity ORDER BY first_seq DESC LIMIT 1")[0]

    def bundle(self, number, images=()):
        """A bundle as the desk freezes it."""
        side = real.Window.__new__(real.Window)
        side.hall, side.window, side.store = "0000", "01", self.store()
        document = side.bundle(number=real.case_number("0000", "260302", "01", number))
        for image in images:
            document["materials"].append({**document["materials"][0], "digest": real.digest(image)})
        self.home.write("INSERT INTO outbox_bundle (id, case_id, department, bytes, created_ms) VALUES (?, ?, ?, ?, ?)",
                        document["id"], document["case_id"], document["department"], real.frozen(document), number)
        for image in images:
            self.home.blob(document["id"], real.digest(image), image)
        return document

    def token(self):
        text = (self.home.path / "config.ini").read_text()
        return [line.split("=", 1)[1].strip() for line in text.splitlines() if line.startswith("token")][0]

    def facts(self):
        facts, after = [], 0
        while True:
            answer = self.hub.call("GET", f"/v1/journal?store={self.store()}&after={after}", token=self.token())
            page = answer.json["facts"]
            if not page:
                return facts
            facts += page
            after = page[-1]["seq"]

    def same_journal(self):
        ours = [(seq, "sm3:" + value.hex()) for seq, value in self.home.rows("SELECT seq, hash FROM fact ORDER BY seq")]
        self.assertEqual([(fact["seq"], fact["hash"]) for fact in self.facts()], ours)

    def test_from_enrolment_to_the_department(self):
        self.home.feed(250)
        small, large = b"image" * 100, random.Random(2).randbytes(3000000)
        document = self.bundle(1, (small, large))
        code, report, error = self.home.sync()
        self.assertEqual((code, error), (0, ""))
        self.same_journal()
        self.assertEqual(self.home.one("SELECT lessor FROM number_block"), ("hub",))
        seen = self.department.call("GET", "/v1/bundles/" + document["id"]).json
        self.assertEqual(seen["bundle"], document)
        path = f"/v1/bundles/{document['id']}/blobs/{real.digest(large)}"
        self.assertEqual(self.department.call("GET", path).body, large)

    def test_an_update_arrives_by_long_poll(self):
        document = self.bundle(1)
        with Agent(self.home):
            wait_for("the bundle", lambda: self.home.state(document["id"])[0] == "sent")
            wait_for("the line", lambda: self.home.line()["online"])
            begin = time.monotonic()
            self.assertEqual(self.department.act(document["id"], "received").status, 201)
            wait_for("the update", lambda: self.home.rows("SELECT 1 FROM inbox_update"))
            self.assertLess(time.monotonic() - begin, 2)
            self.assertEqual(self.home.line()["cursor"], 1)

    def test_a_wrong_bundle_is_refused_with_the_hubs_words(self):
        document = self.bundle(1)
        self.home.write("UPDATE outbox_bundle SET bytes = ?", real.frozen({**document, "hall": "4407"}))
        good = self.bundle(2)
        code, report, error = self.home.sync()
        self.assertEqual((code, report["refused"]), (1, 1))
        self.assertEqual(self.home.state(document["id"])[0], "refused")
        self.assertTrue(self.home.state(document["id"])[1].endswith("。"))
        self.assertEqual(self.home.state(good["id"])[0], "sent")

    def test_a_revoked_token_waits(self):
        self.assertEqual(self.home.sync()[0], 0)
        self.home.config(self.hub.url, token="w" + "0" * 40)
        self.bundle(1)
        code, report, error = self.home.sync()
        self.assertEqual((code, report["waiting"] > 0, report["online"]), (1, True, False))
        self.assertIn("令牌", error)

    def test_hub_and_agent_are_killed_and_nothing_is_lost_or_doubled(self):
        rng = random.Random(3)
        self.assertEqual(self.home.sync()[0], 0)
        token, documents = self.token(), []
        for round_no in range(25):
            documents.append(self.bundle(round_no + 1, (os.urandom(300),)))
            self.home.feed(rng.randrange(1, 60))
            self.home.config(self.hub.url, token=token)
            agent = Agent(self.home)
            time.sleep(rng.random() * 0.15)  # any moment
            if rng.randrange(2):
                self.hub.stop(signal.SIGKILL)
                self.hub.start()
            agent.kill()
            agent.process.stderr.close()
        self.home.config(self.hub.url, token=token)
        wait_for("everything", lambda: self.home.sync()[0] == 0, 60)
        self.same_journal()
        listed = self.department.call("GET", "/v1/departments/D-MARKET/bundles?state=all&most=100").json["bundles"]
        self.assertEqual(sorted(row["id"] for row in listed), sorted(document["id"] for document in documents))

    def test_a_day_without_a_line_is_sent_when_it_comes_back(self):
        self.assertEqual(self.home.sync()[0], 0)
        token, port = self.token(), self.hub.port
        self.hub.stop()
        with Agent(self.home):
            wait_for("offline", lambda: self.home.line()["trouble"])
            self.home.feed(2000)
            documents = [self.bundle(n + 1) for n in range(300)]
            self.hub.start()
            self.home.config(self.hub.url, token=token)
            begin = time.monotonic()
            code, report, error = self.home.sync()
            seconds = time.monotonic() - begin
        print(f"2000 facts and 300 bundles to the real hub: {seconds:.2f} s (port {port})", file=sys.stderr)
        self.assertEqual((code, report["waiting"], error), (0, 0, ""))
        self.assertTrue(all(self.home.state(document["id"])[0] == "sent" for document in documents))
        self.same_journal()
        self.assertLess(seconds, 10)


if __name__ == "__main__":
    unittest.main(verbosity=2)
