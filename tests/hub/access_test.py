#!/usr/bin/env python3
"""Who may what: every route without a token, with a wrong one, with one of another kind; wrong methods, types, sizes; garbage."""
import os
import re
import signal
import socket
import sys
root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
sys.path.insert(0, os.path.join(root, "tests/support"))
from hub import Department, Hub, Window, new_id

source = open(os.path.join(root, "src/hub/route.c"), encoding="utf-8").read()
ROUTES = re.findall(r'\{"([A-Z]+)", "([^"]+)", ([A-Z_ |]+), (NONE|JSON|BYTES)(?:\((\d+) \* ([KM])IB\))?', source)


def problem(answer, status, code):
    assert answer.status == status, (answer.status, answer.body)
    if answer.body:
        assert answer.headers["Content-Type"] == "application/problem+json"
        body = answer.json
        assert body["code"] == code and body["status"] == status and body["type"] == "about:blank", body
        assert body["title"].endswith("。") or len(body["title"]) > 5, body


def raw(hub, data):
    """Sends bytes as they are; what comes back before the hub closes."""
    with socket.create_connection(("127.0.0.1", hub.port), 1) as line:
        try:
            line.sendall(data)
            line.shutdown(socket.SHUT_WR)
            return line.recv(65536)
        except OSError:
            return b""


with Hub("--demo") as hub:
    window, department = Window(hub), Department(hub)
    bureau = hub.admin("bureau")
    tokens = {"HOME": window.token, "SYSTEM": department.token, "CALLER_BUREAU": bureau}
    checked = 0
    for method, pattern, callers, body, number, unit in ROUTES:
        path = re.sub(r"\{(\w+)\}", lambda m: new_id(), pattern)
        allowed = {word.strip() for word in callers.split("|")}
        payload = b"{}" if body != "NONE" else None
        if allowed == {"ALL"}:
            allowed = set(tokens)
        if "ANYONE" not in allowed:
            problem(hub.call(method, path, payload), 401, "hub-auth")
            assert hub.call(method, path, payload).headers["WWW-Authenticate"] == "Bearer"
            problem(hub.call(method, path, payload, token="w" + "0" * 64), 401, "hub-auth")
            problem(hub.call(method, path, payload, Authorization="Basic eDp5"), 401, "hub-auth")
            for kind, token in tokens.items():
                if kind not in allowed:
                    problem(hub.call(method, path, payload, token=token), 403, "permission")
                    checked += 1
        token = next((tokens[kind] for kind in tokens if kind in allowed), None)
        wrong = hub.call("DELETE", path, token=token)
        problem(wrong, 405, "method")
        assert method in wrong.headers["Allow"], wrong.headers
        if body == "JSON":
            problem(hub.call(method, path, b"<a/>", token=token, Content_Type="text/xml"), 415, "media")
            for bad in (b"", b"{", b"[]", b"\xff\xfe", b'{"a":1,"a":2}', b'{"a":"\\u0000"}', b"[" * 5000):
                answer = hub.call(method, path, bad, token=token)
                assert answer.status in (400, 404), (path, bad[:20], answer.status, answer.body)
        if body != "NONE":
            most = int(number) * (1 << (10 if unit == "K" else 20))
            answer = None
            try:
                answer = hub.call(method, path, b" " * (most + 1), token=token)
            except OSError:
                pass  # cut while sending
            if answer:
                problem(answer, 413, "too-large")
    assert checked > 20
    problem(hub.call("GET", "/nothing"), 404, "not-found")
    problem(hub.call("GET", "/v1/bundles//blobs/x", token=window.token), 404, "not-found")
    problem(hub.call("GET", "/v1/bundles/%ff%fe", token=window.token), 404, "not-found")
    assert hub.call("HEAD", "/health").status == 200

    # A body without its length, above the limit.
    with socket.create_connection(("127.0.0.1", hub.port), 10) as line:
        line.sendall(b"POST /v1/enrol HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(5):
            line.sendall(b"2000\r\n" + b"x" * 0x2000 + b"\r\n")
        line.sendall(b"0\r\n\r\n")
        assert b" 413 " in line.recv(4096)
    # A length that lies, headers without an end, noise.
    for noise in (b"POST /v1/enrol HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999\r\n\r\n{}",
                  b"POST /v1/enrol HTTP/1.1\r\nHost: h\r\nContent-Length: -5\r\n\r\n{}",
                  b"GET /health HTTP/1.1\r\n" + b"X: " + b"y" * 100000, os.urandom(4096), b"\0" * 1000,
                  b"GET /health?" + b"a=1&" * 3000 + b" HTTP/1.1\r\nHost: h\r\n\r\n"):
        raw(hub, noise)
        assert hub.call("GET", "/health").status == 200
    for path in ("/v1/journal?store=x", "/v1/journal?store=" + window.store + "&after=-1",
                 "/v1/updates?after=x", "/v1/updates?wait=-3", "/v1/hall/0000/queue?day=2026-13-01"):
        problem(window.call("GET", path), 422, "invalid")
    problem(window.call("GET", "/v1/hall/0001/queue"), 403, "permission")
    for path in ("state=never", "after=x", "most=x"):
        problem(department.call("GET", "/v1/departments/D-MARKET/bundles?" + path), 422, "invalid")
    problem(department.call("GET", "/v1/departments/D-TAX/bundles"), 403, "permission")
    assert department.call("GET", "/v1/catalogues").json == {"catalogues": []}
    assert department.call("GET", "/v1/calendars").json == {"calendars": []}
    assert hub.call("GET", "/v1/hall/0000/queue", token=bureau).json["cases"] == []

    # A token that was taken back.
    start = next(row.split()[0] for row in hub.admin("tokens").splitlines() if "D-MARKET" in row)
    hub.admin("revoke", start)
    problem(department.call("GET", "/v1/catalogues"), 401, "hub-auth")
    assert "已收回" in hub.admin("tokens")
    assert hub.admin("revoke", start, check=False).returncode == 1
    # Tokens stand nowhere in the home.
    for name in os.listdir(hub.home):
        path = os.path.join(hub.home, name)
        if os.path.isfile(path):
            data = open(path, "rb").read()
            for secret in (window.token, department.token, bureau, window.secret):
                assert secret.encode() not in data, name
    assert hub.stop(signal.SIGINT) == 0

# A real hub takes no demo hall.
with Hub() as hub:
    secret = hub.admin("enrol", "0000", "01")
    answer = hub.call("POST", "/v1/enrol", {"store": new_id(), "hall": "0000", "window": "01", "secret": secret})
    problem(answer, 403, "permission")
    assert "演示" in answer.json["title"]
    demo_home = hub.home
    window = Window(hub, hall="4407")
    assert window.call("GET", "/v1/updates").status == 200
# … even when a demo hub enrolled it before.
hub = Hub("--demo").start()
window = Window(hub)
hub.stop()
hub.options = ()
hub.start()
problem(window.call("GET", "/v1/updates"), 403, "permission")
hub.close()
