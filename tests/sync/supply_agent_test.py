#!/usr/bin/env python3
"""What the bureau hands out, over a bad line: pieces that go on where they broke off, bundles that pass meanwhile, saves that
do not wait, refusals that are said once; and the bureau's side of it."""
import copy
import hashlib
import json
import os
import sys
import threading
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from support import ROOT, Agent, Home, Hub, frozen, wait_for  # noqa: E402

LIST = "hubei-2023"
PATH = f"/v1/catalogues/{LIST}/versions/"


def digest(data):
    return "sm3:" + hashlib.new("sm3", data).hexdigest()


def version(themes=1, title="演示"):
    document = json.loads((ROOT / f"data/catalogue/lists/{LIST}.json").read_text())
    document["title"] = title
    document["themes"] = [dict(copy.deepcopy(document["themes"][0]), no=[n], name=f"演示主题{n}") for n in range(1, themes + 1)]
    return frozen({"format": "yichuang-catalogue-1", "list": document,
                   **{key: [] for key in ("routes", "services", "materials", "fields", "departments")}})


class Base(unittest.TestCase):
    def setUp(self):
        self.hub = Hub()
        self.home = Home()
        self.home.config(self.hub.url)
        self.hub.supply = {"/v1/catalogues": {"catalogues": []}, "/v1/calendars": {"calendars": []},
                           "/v1/halls/0000/authorisations": {"authorisations": []}}

    def tearDown(self):
        self.hub.close()
        self.home.close()

    def show(self, number, data, told=None, **more):
        """The hub shows a version; told is the digest it says."""
        row = {"list": LIST, "version": number, "digest": told or digest(data), "size": len(data), "effective_from": "2026-01-01",
               "title": "演示", "themes": 1, "filing": "", "author": "", "published": "2026-01-01T00:00:00.000Z", **more}
        listed = [old for old in self.hub.supply["/v1/catalogues"]["catalogues"] if old["version"] != number]
        self.hub.supply["/v1/catalogues"] = {"catalogues": listed + [row]}
        self.hub.things[PATH + str(number)] = data
        self.hub.stamp += 1

    def here(self):
        return [row[0] for row in self.home.rows("SELECT version FROM catalogue_version ORDER BY version")]

    def memory(self):
        return self.home.rows("SELECT kind, list, number, agreed, refused, reason FROM supply ORDER BY kind, number")

    def save_until(self, check):
        """Saves as a screen does until check(); the slowest."""
        worst, deadline = 0, time.monotonic() + 60
        while not check():
            self.assertLess(time.monotonic(), deadline)
            begun = time.monotonic()
            self.home.write("UPDATE line_state SET id = 1")
            worst = max(worst, time.monotonic() - begun)
        return worst


class SupplyTest(Base):
    def test_a_broken_download_goes_on_and_nothing_waits_for_it(self):
        data = version(12000)
        self.assertGreater(len(data), 3 << 20)
        cut = threading.Event()

        def fault(method, path):
            """The third piece breaks off, until a bundle has passed."""
            if path == PATH + "1" and len(self.hub.ranges) >= 2 and not cut.is_set():
                return "cut"
            return None

        self.hub.fault = fault
        self.show(1, data)
        with Agent(self.home):
            wait_for("two pieces", lambda: len(self.hub.ranges) == 2)
            bundle = self.home.bundle()
            wait_for("the bundle", lambda: self.home.state(bundle)[0] == "sent")
            self.assertEqual(self.here(), [])
            self.assertTrue(self.home.line()["online"])
            cut.set()
            worst = self.save_until(lambda: self.home.rows("SELECT current FROM catalogue_list") == [(1,)])
        firsts = [first for _, first in self.hub.ranges]
        self.assertEqual(firsts, sorted(set(firsts)), "no piece is fetched twice")
        print(f"{len(data) >> 20} MiB, slowest save meanwhile {worst:.3f} s")
        self.assertLess(worst, 1)

    def test_news_come_at_once(self):
        self.hub.stamp = 1
        with Agent(self.home):
            wait_for("the line", lambda: self.home.one("SELECT supply_ms FROM line_state")[0] > 0)
            self.show(1, version())
            wait_for("the version", lambda: self.here() == [1], 10)

    def test_bad_bytes_are_refused_once(self):
        good = version()
        for number, data, told, words in (
                (1, good[:-2], None, "没有收下"), (2, b"[" * 3000, None, "没有收下"), (3, b"{}", None, "没有收下"),
                (4, good, "sm3:" + "0" * 64, "摘要"), (5, b'{"a":' * 400 + b"1" + b"}" * 400, None, "没有收下"),
                (6, good.replace("演示主题1".encode(), "甲\\u001b[2J".encode()), None, "没有收下")):
            with self.subTest(number):
                self.show(number, data, told)
                code, report, said = self.home.sync()
                self.assertEqual((code, self.here()), (1, []))
                self.assertIn(words, report["reason"])
                self.assertIn(f"第 {number} 版", report["reason"])
                self.assertNotIn("\x1b", report["reason"] + said)
                asked = len(self.hub.ranges)
                self.assertEqual(self.home.sync()[0], 1)
                self.assertEqual(len(self.hub.ranges), asked)
        self.show(6, version(title="改好的"))
        self.assertEqual(self.home.sync()[0], 0)
        self.assertEqual(self.here(), [6])

    def test_a_hub_that_shows_nonsense_stops_nothing_else(self):
        for nonsense in ({}, {"catalogues": 3}, {"catalogues": [{}]}, {"catalogues": [{"list": "../x", "version": 1}]}):
            self.hub.supply["/v1/catalogues"] = nonsense
            bundle = self.home.bundle()
            code, report, _ = self.home.sync()
            self.assertEqual(code, 1)
            self.assertIn("看不懂", report["reason"])
            self.assertEqual(self.home.state(bundle)[0], "sent")
        for fault in ("garbage", "cut", "nothing", 503):
            self.hub.fault = lambda method, path: fault if path == "/v1/calendars" else None
            bundle = self.home.bundle()
            self.assertEqual(self.home.sync()[0], 1)
            self.assertEqual(self.home.state(bundle)[0], "sent")
        self.hub.fault = lambda method, path: None
        self.hub.supply = {}
        self.assertEqual(self.home.sync()[0], 0, "an older hub hands out nothing")

    def test_too_big_is_not_even_fetched(self):
        self.show(1, b"x", size=(32 << 20) + 1)
        code, report, _ = self.home.sync()
        self.assertEqual((code, self.hub.ranges), (1, []))
        self.assertIn("太大", report["reason"])

    def test_the_hub_shows_less_than_it_sends(self):
        data = version()
        self.show(1, data, size=len(data) - 1)
        self.hub.fault = lambda method, path: None
        code, report, _ = self.home.sync()
        self.assertEqual((code, self.here()), (1, []))

    def test_authorisations_wait_for_their_list(self):
        body = frozen({"themes": ["1", "2"]})
        self.hub.supply["/v1/halls/0000/authorisations"] = {"authorisations": [
            {"list": LIST, "themes": ["2", "1"], "digest": digest(body), "published": "2026-01-01T00:00:00.000Z"}]}
        self.assertEqual(self.home.sync()[0], 0)
        self.assertEqual(self.home.rows("SELECT theme FROM theme_authorised"), [])
        self.show(1, version(3))
        self.assertEqual(self.home.sync()[0], 0)
        self.assertEqual(self.home.rows("SELECT theme FROM theme_authorised ORDER BY theme"), [("1",), ("2",)])

    def test_a_calendar_with_a_gap_is_refused(self):
        for year in (2026, 2028):
            body = frozen({"year": year, "notice": "演示", "off": [], "worked": []})
            self.hub.things[f"/v1/calendars/{year}"] = body
            self.hub.supply["/v1/calendars"].setdefault("calendars", []).append(
                {"year": year, "digest": digest(body), "published": "2026-01-01T00:00:00.000Z"})
        code, report, _ = self.home.sync()
        self.assertEqual((code, self.home.rows("SELECT year FROM calendar_year")), (1, [(2026,)]))
        self.assertIn("2028 年工作日历没有收下", report["reason"])


class BureauTest(Base):
    """A home with the bureau's token has a version of its own."""

    def setUp(self):
        super().setUp()
        self.home.config(self.hub.url, bureau="b-test")
        self.show(1, version())
        self.assertEqual(self.home.sync()[0], 0)
        self.hub.supply["/v1/catalogues"] = {"catalogues": []}
        self.hub.things.clear()
        self.hub.puts.clear()
        self.home.write("DELETE FROM supply")

    def here(self):
        return [row for row in super().here() if row != 1]

    def pushed(self):
        return [path for path in self.hub.puts if path.startswith("/v1/c")]

    def test_it_is_pushed_once(self):
        self.hub.fault = lambda method, path: "lost" if path == PATH + "1" and not self.pushed() else None
        for _ in range(3):
            self.home.sync()
        self.assertEqual(self.hub.kept[PATH + "1"], version())
        self.assertEqual(self.pushed(), [PATH + "1"] * 2, "the answer was lost once, the same bytes came again")
        self.assertTrue(self.memory()[0][3])

    def test_a_refusal_is_visible_and_not_tried_again(self):
        self.hub.fault = lambda method, path: (422, "catalog", "第一个主题有错") if method == "PUT" and path == PATH + "1" else None
        code, report, _ = self.home.sync()
        self.assertEqual(code, 1)
        self.assertIn("中心没有收下清单", report["reason"])
        self.assertIn("第一个主题有错", report["reason"])
        self.hub.fault = lambda method, path: None
        self.assertEqual(self.home.sync()[0], 1)
        self.assertEqual(self.pushed(), [])

    def test_a_token_that_is_not_the_bureaus(self):
        for status, code in ((401, "hub-auth"), (403, "permission")):
            self.hub.fault = lambda method, path: (status, code, "不行") if method == "PUT" and path == PATH + "1" else None
            bundle = self.home.bundle()
            answer, report, _ = self.home.sync()
            self.assertEqual(answer, 1)
            self.assertIn("数据局的令牌", report["reason"])
            self.assertTrue(report["online"])
            self.assertEqual(self.home.state(bundle)[0], "sent")
        self.hub.fault = lambda method, path: None
        self.assertEqual(self.home.sync()[0], 0)
        self.assertEqual(self.pushed(), [PATH + "1"])


unittest.main()
