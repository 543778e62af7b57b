"""Homes, a faulty hub and an agent for the tests of sync."""
import hashlib
import http.server
import json
import os
import pathlib
import secrets
import signal
import sqlite3
import subprocess
import tempfile
import threading
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("YICHUANG_BUILD", ROOT / "build"))
os.environ.setdefault("YICHUANG_DATA", str(ROOT / "data"))
FEEDER = BUILD / "tests/sync/courier_test"


def frozen(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def wait_for(what, check, seconds=20):
    """The first true value of check(); a deadline instead of a sleep."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = check()
        if value:
            return value
        time.sleep(0.01)
    raise AssertionError("waited in vain for " + what)


class Home:
    """A private home with one window, whose outbox is written directly."""

    def __init__(self, window="A1"):
        self.folder = tempfile.TemporaryDirectory(prefix="yichuang-sync-")
        self.path = pathlib.Path(self.folder.name) / "home"
        subprocess.run([FEEDER, "make", self.path], check=True)
        self.window = window
        self.write("INSERT INTO hall_window (code, hall, hall_name, name) VALUES (?, '0000', '演示大厅', '1号窗')", window)

    def close(self):
        self.folder.cleanup()

    def connect(self):
        db = sqlite3.connect(self.path / "yichuang.db", timeout=20, isolation_level=None)
        db.execute("PRAGMA foreign_keys = on")
        return db

    def write(self, sql, *values):
        db = self.connect()
        db.execute(sql, values)
        db.close()

    def rows(self, sql, *values):
        db = self.connect()
        rows = db.execute(sql, values).fetchall()
        db.close()
        return rows

    def one(self, sql, *values):
        return self.rows(sql, *values)[0]

    def config(self, url, token="w-test", **more):
        lines = ["[hub]", "url = " + url]
        lines += ["token = " + token] if token else []
        lines += [f"{key} = {value}" for key, value in more.items()]
        path = self.path / "config.ini"
        path.write_text("\n".join(lines) + "\n")
        path.chmod(0o600)

    def feed(self, count):
        subprocess.run([FEEDER, "feed", self.path, str(count)], check=True)

    def bundle(self, department="market", **more):
        bundle = secrets.token_hex(16)
        body = frozen({"id": bundle, "department": department, **more})
        self.write("INSERT INTO outbox_bundle (id, case_id, department, bytes, created_ms) VALUES (?, ?, ?, ?, ?)",
                   bundle, secrets.token_hex(16), department, body, time.time_ns() // 1000000)
        return bundle

    def message(self, bundle, kind="supplement", **more):
        message = secrets.token_hex(16)
        body = frozen({"id": message, "bundle": bundle, "kind": kind, **more})
        self.write("INSERT INTO outbox_message (id, bundle, kind, bytes, created_ms) VALUES (?, ?, ?, ?, ?)",
                   message, bundle, kind, body, time.time_ns() // 1000000)
        return message

    def blob(self, bundle, digest, content):
        (self.path / "blobs" / digest.removeprefix("sm3:")).write_bytes(content)
        self.write("INSERT INTO outbox_blob (bundle, digest) VALUES (?, ?)", bundle, digest)

    def state(self, bundle):
        return self.one("SELECT state, reason, attempts, next_ms FROM outbox_bundle WHERE id = ?", bundle)

    def line(self):
        return dict(zip(("online", "trouble", "forked", "cursor", "last"), self.one(
            "SELECT online, trouble, forked, updates_cursor, last_exchange_ms FROM line_state")))

    def sync(self, seconds=130):
        done = subprocess.run([BUILD / "yichuang-agent", "--home", self.path, "sync", "--once", "--json"],
                              capture_output=True, text=True, timeout=seconds)
        return done.returncode, json.loads(done.stdout or "null"), done.stderr.strip()

    def head(self):
        return self.one("SELECT seq, hash FROM fact ORDER BY seq DESC LIMIT 1")


class Agent:
    """A running agent; ended by its own process id."""

    def __init__(self, home, *options):
        self.home = home
        self.process = subprocess.Popen([BUILD / "yichuang-agent", "--home", home.path, *(options or ("--foreground",))],
                                        stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)

    def ready(self):
        lock = self.home.path / "agent.lock"
        wait_for("the agent", lambda: (self.home.path / "bell").exists() and lock.exists()
                 and lock.read_text().strip() == str(self.process.pid))
        return self

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def end(self):
        self.process.terminate()
        return self.process.wait(20)

    def __enter__(self):
        return self.ready()

    def __exit__(self, *unused):
        if self.process.poll() is None:
            self.end()
        self.process.stderr.close()


class QuietServer(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *unused):
        """An agent that was killed or has hung up is no news here."""


class Hub:
    """A small hub that keeps what it gets, and does what `fault(method, path)` says instead:
    None, a number (problem of that status), (number, code, title), "garbage", "nothing", "cut", "slow"."""

    def __init__(self, port=0):
        self.fault = lambda method, path: None
        self.facts = {}
        self.kept = {}  # path → bytes: bundles, messages, images
        self.puts = []  # every PUT that came, in order
        self.order = []  # paths in the order they took effect
        self.updates = []
        self.uploads = {}
        self.supply = {}  # "/v1/catalogues" … → the list it answers with; none: 404, as an older hub
        self.things = {}  # path → bytes of a version or a calendar
        self.stamp = 0  # 0: not told
        self.ranges = []  # (path, first byte) of every piece that was asked for
        self.lock = threading.Lock()
        self.news = threading.Event()
        handler = type("Handler", (Handler,), {"hub": self})
        self.server = QuietServer(("127.0.0.1", port), handler)
        self.url = "http://127.0.0.1:%d" % self.server.server_port
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self):
        """Gone: connections that still stand get nothing any more."""
        self.fault = lambda method, path: "nothing"
        self.news.set()
        self.server.shutdown()
        self.server.server_close()

    def head(self, store):
        facts = self.facts.get(store, [])
        last = facts[-1] if facts else {"seq": 0, "hash": ""}
        return {"store": store, "seq": last["seq"], "hash": last["hash"], "at": "2026-03-02T01:00:00.000Z", "signature": ""}

    def journal(self, body):
        facts = self.facts.setdefault(body["store"], [])
        known = {fact["seq"]: fact["hash"] for fact in facts}
        for fact in body["facts"]:
            if fact["seq"] in known:
                if known[fact["seq"]] != fact["hash"]:
                    return 409, problem(409, "fork", "账本分叉")
                continue
            if facts and fact["seq"] != facts[-1]["seq"] + 1 or not facts and fact["seq"] != 1:
                return 409, {**problem(409, "stale", "缺少前面的账"), "seq": facts[-1]["seq"] if facts else 0}
            facts.append(fact)
            known[fact["seq"]] = fact["hash"]
        return 200, self.head(body["store"])

    def put(self, path, body):
        self.puts.append(path)
        if path in self.kept:
            same = self.kept[path] == body
            return (200, {"known": True}) if same else (409, problem(409, "exists", "同一编号已有别的内容"))
        self.kept[path] = body
        self.order.append(path)
        if path.startswith("/v1/catalogues/") and "/v1/catalogues" in self.supply:
            _, _, _, name, _, number = path.split("/")
            self.supply["/v1/catalogues"]["catalogues"].append({
                "list": name, "version": int(number), "digest": "sm3:" + hashlib.new("sm3", body).hexdigest(),
                "size": len(body), "effective_from": "2026-01-01"})
        return 201, {"new": True}

    def updates_after(self, after, wait, stamp=None):
        end = time.monotonic() + wait
        stamp = self.stamp if stamp is None else stamp
        while True:
            with self.lock:
                found = [update for update in self.updates if update["cursor"] > after]
            if found or time.monotonic() >= end or self.news.is_set() or self.stamp != stamp:
                more = {"supply": self.stamp} if self.stamp else {}
                return 200, {"updates": found, "cursor": found[-1]["cursor"] if found else after, **more}
            self.news.wait(min(0.05, wait))


def problem(status, code, title):
    return {"type": "about:blank", "status": status, "code": code, "title": title}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    hub = None

    def log_message(self, *unused):
        pass

    def reply(self, status, body, headers=()):
        data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        self.send_response(status)
        kind = "application/problem+json" if status >= 400 else "application/json"
        for name, value in (("Content-Type", kind), *headers):
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD" and status != 204:
            self.wfile.write(data)

    def misbehave(self, fault):
        if fault == "nothing":
            self.close_connection = True
        elif fault == "garbage":
            self.reply(200, b"<html>login please")
        elif fault == "cut":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b'{"half"')
            self.close_connection = True
        elif fault == "slow":
            self.hub.news.wait(5)
            self.close_connection = True
        elif isinstance(fault, tuple):
            self.reply(fault[0], problem(*fault))
        else:
            self.reply(fault, problem(fault, "x", "出错"))

    def handle_any(self):
        path, _, query = self.path.partition("?")
        size = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(size)
        fault = self.hub.fault(self.command, path)
        if fault is not None and fault != "lost":
            return self.misbehave(fault)
        status, answer, headers = self.act(path, urllib.parse.parse_qs(query), body)
        if fault == "lost":  # done, but nobody hears of it
            self.close_connection = True
            return None
        return self.reply(status, answer, headers)

    def act(self, path, query, body):
        hub = self.hub
        if path == "/v1/updates":
            stamp = int(query["supply"][0]) if hub.stamp else None
            return *hub.updates_after(int(query["after"][0]), int(query["wait"][0]), stamp), ()
        with hub.lock:
            if path == "/v1/journal":
                return *hub.journal(json.loads(body)), ()
            if path == "/v1/number-blocks":
                return 200, {"first": 1, "last": 1999}, ()
            if path == "/v1/enrol":
                good = json.loads(body).get("secret") == "once"
                return (201, {"token": "w-new", "hall_name": "演示大厅"}, ()) if good else (
                    403, problem(403, "permission", "登记码不对"), ())
            if "/blobs/" in path and self.command in ("HEAD", "PATCH"):
                return self.upload(path, body)
            if self.command == "GET" and path in hub.supply:
                return 200, hub.supply[path], (("ETag", '"%x"' % hash(str(hub.supply[path]))),)
            if self.command == "GET" and path in hub.things:
                return self.piece(path)
            if self.command == "PUT":
                return *hub.put(path, body), ()
        return 404, problem(404, "not-found", "没有"), ()

    def piece(self, path):
        whole, asked = self.hub.things[path], self.headers.get("Range")
        if asked is None:
            return 200, whole, ()
        first, last = (int(number) for number in asked.removeprefix("bytes=").split("-"))
        self.hub.ranges.append((path, first))
        part = whole[first:last + 1]
        return 206, part, (("Content-Range", f"bytes {first}-{first + len(part) - 1}/{len(whole)}"),)

    def upload(self, path, body):
        held = self.hub.uploads.setdefault(path, b"")
        if self.command == "HEAD":
            return (200 if held else 404), b"", (("Upload-Offset", str(len(held))),) if held else ()
        if int(self.headers["Upload-Offset"]) != len(held):
            return 409, problem(409, "stale", "位置不对"), (("Upload-Offset", str(len(held))),)
        held = self.hub.uploads[path] = held + body
        if len(held) == int(self.headers["Upload-Length"]):
            self.hub.put(path, held)
            return 201, {}, ()
        return 204, b"", (("Upload-Offset", str(len(held))),)

    do_GET = do_PUT = do_POST = do_PATCH = do_HEAD = handle_any
