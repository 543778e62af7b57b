#!/usr/bin/env python3
"""The agent against a hub that does everything wrong: each end state, its sentence, kill -9, one a home."""
import fcntl
import os
import random
import subprocess
import sys
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from support import BUILD, FEEDER, Agent, Home, Hub, wait_for  # noqa: E402


class AgentTest(unittest.TestCase):
    def setUp(self):
        self.hub = Hub()
        self.home = Home()
        self.home.config(self.hub.url)

    def tearDown(self):
        self.hub.close()
        self.home.close()

    def on_bundles(self, fault):
        self.hub.fault = lambda method, path: fault if "/bundles/" in path else None

    def test_everything_goes(self):
        bundle = self.home.bundle()
        first, second = self.home.message(bundle), self.home.message(bundle)
        self.home.feed(450)
        code, report, error = self.home.sync()
        self.assertEqual((code, error), (0, ""))
        self.assertEqual((report["waiting"], report["refused"], report["online"]), (0, 0, True))
        self.assertEqual(report["sent"], 3)
        self.assertEqual(self.hub.order, ["/v1/bundles/" + bundle, f"/v1/bundles/{bundle}/messages/{first}",
                                          f"/v1/bundles/{bundle}/messages/{second}"])
        facts = next(iter(self.hub.facts.values()))
        self.assertEqual(facts[-1]["seq"], self.home.head()[0])
        self.assertEqual(facts[-1]["hash"], "sm3:" + self.home.head()[1].hex())
        self.assertEqual(self.home.one("SELECT max(seq) FROM anchor")[0], facts[-1]["seq"])
        self.assertEqual(self.home.one("SELECT first, last, lessor FROM number_block"), (1, 1999, "hub"))
        self.assertEqual(self.home.line()["trouble"], "")

    def test_images_go_before_their_bundle_in_pieces(self):
        bundle = self.home.bundle()
        content = bytes(random.Random(1).randbytes(2500000))
        digest = "sm3:" + subprocess.run(["openssl", "dgst", "-sm3", "-r"], input=content, capture_output=True,
                                         check=True).stdout.split()[0].decode()
        self.home.blob(bundle, digest, content)
        # A piece arrives, but its answer is lost: the upload goes on where the hub stands.
        lost = [True]
        self.hub.fault = lambda method, path: lost and method == "PATCH" and lost.pop() and "lost" or None
        wait_for("the image", lambda: self.home.sync()[0] == 0)
        path = f"/v1/bundles/{bundle}/blobs/{digest}"
        self.assertEqual(self.hub.order, [path, "/v1/bundles/" + bundle])
        self.assertEqual(self.hub.kept[path], content)

    def test_a_missing_image_refuses_the_bundle(self):
        bundle = self.home.bundle()
        self.home.write("INSERT INTO outbox_blob (bundle, digest) VALUES (?, ?)", bundle, "sm3:" + 64 * "0")
        code, report, error = self.home.sync()
        self.assertEqual(self.home.state(bundle)[0], "refused")
        self.assertIn("影像", self.home.state(bundle)[1])
        self.assertEqual((code, report["refused"]), (1, 1))
        self.assertIn("影像", error)

    def waits(self, fault, words):
        self.on_bundles(fault)
        bundle = self.home.bundle()
        code, report, error = self.home.sync()
        state, reason, attempts, next_ms = self.home.state(bundle)
        self.assertEqual((code, state, attempts), (1, "waiting", 1))
        self.assertIn(words, reason)
        self.assertEqual(error, reason)
        self.assertGreater(next_ms, time.time() * 1000 - 1000)
        # Whatever was wrong: once it is mended, it goes.
        self.hub.fault = lambda method, path: None
        self.assertEqual(self.home.sync()[0], 0)
        self.assertEqual(self.home.state(bundle)[0], "sent")
        self.assertEqual(self.hub.order.count("/v1/bundles/" + bundle), 1)

    def test_500_waits(self):
        self.waits(500, "中心出错（500）")

    def test_garbage_waits(self):
        self.waits("garbage", "看不懂")

    def test_nothing_waits(self):
        self.waits("nothing", "没有答完")

    def test_a_cut_answer_waits(self):
        self.waits("cut", "没有答完")

    def test_a_lost_answer_waits_and_takes_effect_once(self):
        self.waits("lost", "没有答完")

    def test_a_portal_page_waits(self):
        self.waits(429, "连不上")

    def test_401_waits_with_its_own_sentence(self):
        self.waits(401, "令牌")

    def test_401_of_the_line(self):
        self.hub.fault = lambda method, path: 401
        bundle = self.home.bundle()
        code, report, error = self.home.sync()
        self.assertEqual((code, report["online"], self.home.state(bundle)[0]), (1, False, "waiting"))
        self.assertIn("令牌", self.home.line()["trouble"])
        self.assertIn("令牌", error)

    def refused(self, fault, words):
        self.on_bundles(fault)
        bundle = self.home.bundle()
        code, report, error = self.home.sync()
        state, reason, attempts, next_ms = self.home.state(bundle)
        self.assertEqual((code, state, report["refused"]), (1, "refused", 1))
        self.assertIn(words, reason)
        # Never again by itself, though the hub would take it now.
        self.hub.fault = lambda method, path: None
        code, report, error = self.home.sync()
        self.assertEqual((code, error, report["refused"]), (1, reason, 1))
        self.assertEqual(self.home.state(bundle)[0], "refused")
        self.assertEqual(self.hub.puts, [])
        # The clerk sends it again, and it goes.
        self.home.write("UPDATE outbox_bundle SET state = 'waiting', next_ms = 0")
        self.assertEqual(self.home.sync()[0], 0)

    def test_422_is_refused_with_its_reason(self):
        self.refused((422, "invalid", "部门 market 不存在"), "部门 market 不存在")

    def test_409_is_refused(self):
        self.refused((409, "exists", "同一编号已有别的内容"), "同一编号")

    def test_other_bytes_are_refused(self):
        bundle = self.home.bundle()
        self.hub.kept["/v1/bundles/" + bundle] = b"{}"
        self.home.sync()
        self.assertEqual(self.home.state(bundle)[0], "refused")

    def test_one_bad_bundle_blocks_nobody(self):
        bad, slow = self.home.bundle(), self.home.bundle()
        good = [self.home.bundle() for _ in range(20)]
        faults = {"/v1/bundles/" + bad: 422, "/v1/bundles/" + slow: "slow"}
        self.hub.fault = lambda method, path: faults.get(path)
        with Agent(self.home):
            wait_for("the good ones", lambda: all(self.home.state(b)[0] == "sent" for b in good), 4)
            self.assertEqual(self.home.state(bad)[0], "refused")
            self.assertEqual(self.home.state(slow)[0], "waiting")
            self.assertEqual(self.home.line()["online"], 1)

    def test_nobody_there(self):
        self.home.config("http://127.0.0.1:1")
        bundle = self.home.bundle()
        code, report, error = self.home.sync()
        self.assertEqual((code, report["online"], report["sent"]), (1, False, 0))
        self.assertIn("暂时连不上", error)
        self.assertIn("暂时连不上", self.home.line()["trouble"])
        self.assertEqual(self.home.state(bundle)[0], "waiting")

    def test_no_hub_is_said(self):
        (self.home.path / "config.ini").unlink()
        code, report, error = self.home.sync()
        self.assertEqual((code, report["online"]), (1, False))
        self.assertIn("没有设中心", error)

    def test_a_readable_token_is_refused(self):
        (self.home.path / "config.ini").chmod(0o644)
        code, report, error = self.home.sync()
        self.assertEqual(code, 1)
        self.assertIn("0600", error)
        self.assertEqual(self.hub.facts, {})

    def test_enrolment(self):
        self.home.config(self.hub.url, token="", secret="once")
        self.home.bundle()
        self.assertEqual(self.home.sync()[0], 0)
        text = (self.home.path / "config.ini").read_text()
        self.assertIn("w-new", text)
        self.assertNotIn("once", text)
        self.assertEqual((self.home.path / "config.ini").stat().st_mode & 0o777, 0o600)

    def test_a_wrong_enrolment_code(self):
        self.home.config(self.hub.url, token="", secret="wrong")
        code, report, error = self.home.sync()
        self.assertEqual(code, 1)
        self.assertIn("登记码不对", self.home.line()["trouble"])

    def test_a_fork_stops_and_is_kept(self):
        self.home.feed(3)
        self.assertEqual(self.home.sync()[0], 0)
        store, facts = next(iter(self.hub.facts.items()))
        facts[-1]["hash"] = "sm3:" + 64 * "a"
        bundle = self.home.bundle()
        code, report, error = self.home.sync()
        self.assertEqual((code, self.home.line()["forked"]), (1, 1))
        self.assertIn("不一致", self.home.line()["trouble"])
        self.assertEqual(self.home.state(bundle)[0], "waiting")
        self.assertEqual(self.hub.puts, [])

    def test_an_old_image_is_a_fork(self):
        self.assertEqual(self.home.sync()[0], 0)
        facts = next(iter(self.hub.facts.values()))
        facts.append({**facts[-1], "seq": facts[-1]["seq"] + 1, "hash": "sm3:" + 64 * "b"})
        self.home.sync()
        self.assertEqual(self.home.line()["forked"], 1)

    def test_a_hub_that_forgot_gets_everything_again(self):
        self.home.feed(300)
        self.assertEqual(self.home.sync()[0], 0)
        facts = next(iter(self.hub.facts.values()))
        del facts[100:]
        self.assertEqual(self.home.sync()[0], 0)
        self.assertEqual(facts[-1]["seq"], self.home.head()[0])

    def test_one_agent_a_home(self):
        with Agent(self.home) as agent:
            second = subprocess.run([BUILD / "yichuang-agent", "--home", self.home.path], capture_output=True, text=True)
            self.assertEqual(second.returncode, 1)
            self.assertIn(str(agent.process.pid), second.stderr)

    def test_sync_asks_the_agent_that_runs(self):
        with Agent(self.home):
            wait_for("the line", lambda: self.home.line()["online"])
            self.on_bundles(500)
            bundle = self.home.bundle()
            code, report, error = self.home.sync()
            self.assertEqual((code, report["waiting"], report["online"]), (1, 1, True))
            self.hub.fault = lambda method, path: None
            code, report, error = self.home.sync()
            self.assertEqual((code, report["sent"], report["waiting"]), (0, 1, 0))
            self.assertEqual(self.home.state(bundle)[0], "sent")

    def test_the_bell_wakes_it(self):
        with Agent(self.home):
            wait_for("the line", lambda: self.home.line()["online"])
            bundle = self.home.bundle()
            begin = time.monotonic()
            self.home.feed(0)
            wait_for("the bundle", lambda: self.home.state(bundle)[0] == "sent", 3)
            self.assertLess(time.monotonic() - begin, 3)

    def test_it_ends_when_nobody_is_there(self):
        agent = Agent(self.home, "--idle", "1")
        holder = self.home.connect()
        self.assertEqual(agent.process.wait(15), 0)
        holder.close()
        agent.process.stderr.close()

    def test_it_stays_while_something_waits(self):
        self.on_bundles(500)
        self.home.bundle()
        agent = Agent(self.home, "--idle", "1")
        with self.assertRaises(subprocess.TimeoutExpired):
            agent.process.wait(4)
        self.hub.fault = lambda method, path: None
        self.home.sync()
        self.assertEqual(agent.process.wait(15), 0)
        agent.process.stderr.close()

    def test_it_stays_while_a_client_has_the_store_open(self):
        lock = open(self.home.path / "store.lock")
        fcntl.flock(lock, fcntl.LOCK_SH)
        agent = Agent(self.home, "--idle", "1")
        with self.assertRaises(subprocess.TimeoutExpired):
            agent.process.wait(4)
        lock.close()
        self.assertEqual(agent.process.wait(15), 0)
        agent.process.stderr.close()

    def test_a_new_token_is_noticed(self):
        self.hub.fault = lambda method, path: 401
        with Agent(self.home):
            wait_for("the trouble", lambda: "令牌" in self.home.line()["trouble"])
            self.hub.fault = lambda method, path: None
            self.home.config(self.hub.url, token="w-other")
            self.home.feed(1)
            wait_for("the line", lambda: self.home.line()["online"], 2)
            self.assertEqual(self.home.line()["trouble"], "")

    def test_sigterm_ends_it_cleanly(self):
        with Agent(self.home) as agent:
            wait_for("the line", lambda: self.home.line()["online"])
            self.assertEqual(agent.end(), 0)

    def test_killed_fifty_times_nothing_is_lost_or_doubled(self):
        rng = random.Random(4)
        bundles, messages = [], {}
        self.hub.fault = lambda method, path: rng.choice([None] * 8 + ["lost", 500, "cut"])
        for _ in range(50):
            bundles.append(self.home.bundle())
            messages[bundles[-1]] = [self.home.message(bundles[-1]) for _ in range(2)]
            self.home.feed(rng.randrange(1, 30))
            agent = Agent(self.home)
            time.sleep(rng.random() * 0.12)  # the moment of the kill is meant to be any
            agent.kill()
            agent.process.stderr.close()
        self.hub.fault = lambda method, path: None
        self.assertEqual(self.home.sync()[0], 0)
        for bundle in bundles:
            paths = ["/v1/bundles/" + bundle] + [f"/v1/bundles/{bundle}/messages/{m}" for m in messages[bundle]]
            self.assertEqual([path for path in self.hub.order if bundle in path], paths)
            self.assertEqual(self.home.state(bundle)[0], "sent")
        facts = next(iter(self.hub.facts.values()))
        self.assertEqual([fact["seq"] for fact in facts], list(range(1, self.home.head()[0] + 1)))

    def test_eight_hours_without_a_line(self):
        url, port = self.hub.url, self.hub.server.server_port
        self.home.feed(2000)
        bundles = [self.home.bundle() for _ in range(300)]
        begin = time.monotonic()
        code, report, error = self.home.sync()
        seconds = time.monotonic() - begin
        print(f"2000 facts and 300 bundles after a day offline: {seconds:.2f} s", file=sys.stderr)
        self.assertEqual((code, report["waiting"], report["sent"]), (0, 0, 300))
        self.assertLess(seconds, 10)


if __name__ == "__main__":
    unittest.main(verbosity=2)
