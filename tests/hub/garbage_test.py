#!/usr/bin/env python3
"""Documents broken at random places: always an answer below 500, and the hub goes on. SEED and SECONDS choose how much."""
import collections
import copy
import http.client
import os
import random
import sys
import time
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../support"))
from hub import Department, Hub, Window, frozen, new_id

SEED = int(os.environ.get("SEED", random.randrange(1 << 30)))
SECONDS = float(os.environ.get("SECONDS_OF_GARBAGE", "4"))
VALUES = [None, True, 0, -1, 1 << 62, -(1 << 63), 1.5, "", "x", "\u202e", "sm3:" + "0" * 64, "0" * 32, [], {}, [[]],
          {"a": 1}, "2026-03-02T01:00:00Z", "9" * 5000, [1] * 300, "D-MARKET", "<script>"]
chance = random.Random(SEED)
print("SEED", SEED)


def broken(document):
    """A copy with one to three members, at any depth, replaced or gone."""
    document = copy.deepcopy(document)
    for _ in range(chance.randrange(1, 4)):
        place = document
        while True:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            if not keys:
                break
            key = chance.choice(keys)
            if isinstance(place[key], (dict, list)) and chance.random() < 0.6:
                place = place[key]
                continue
            if chance.random() < 0.2:
                del place[key]
            else:
                place[key] = copy.deepcopy(chance.choice(VALUES))
            break
    return document


with Hub("--demo") as hub:
    window, market = Window(hub), Department(hub)
    bundle = window.bundle()
    assert window.put_bundle(bundle).status == 201
    ident = new_id()
    act = {"id": ident, "bundle": bundle["id"], "item": 0, "at": "2026-03-03T02:00:00.000Z", "by": "x", "days": 3,
           "outcome": "granted", "result": {"title": "t"}, "sentences": ["a"], "reason": "r"}
    place = {"store": window.store, "hall": "0000", "window": "01", "secret": "x", "clerk": "c", "hold": True}
    fact = window.fact("note", new_id(), body={"number": bundle["case"]})
    inside = f"/v1/bundles/{bundle['id']}"
    kinds = ["received", "accepted", "decided", "result", "correction", "extended", "supplement", "withdrawal"]
    routes = [
        lambda: ("PUT", "/v1/bundles/" + ident, window.bundle(id=ident), window.token),
        lambda: ("PUT", f"{inside}/updates/{ident}", act | {"kind": chance.choice(kinds)}, market.token),
        lambda: ("PUT", f"{inside}/messages/{ident}", act | {"kind": chance.choice(kinds)}, window.token),
        lambda: ("POST", "/v1/journal", {"store": window.store, "facts": [fact]}, window.token),
        lambda: ("POST", f"/v1/cases/{bundle['case']}/custody", place, window.token),
        lambda: ("POST", "/v1/enrol", place, None), lambda: ("POST", "/v1/number-blocks", place, window.token)]
    line = http.client.HTTPConnection("127.0.0.1", hub.port, timeout=20)
    seen = collections.Counter()
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        method, path, document, token = chance.choice(routes)()
        body = bytearray(frozen(broken(document)))
        if chance.random() < 0.15 and body:
            body[chance.randrange(len(body))] = chance.randrange(256)
        line.request(method, path, bytes(body), {"Authorization": f"Bearer {token}"} if token else {})
        answer = line.getresponse()
        text = answer.read()
        seen[answer.status] += 1
        assert answer.status < 500, (answer.status, path, bytes(body), text)
    assert sum(seen.values()) > 100 and seen[422] > 0 and seen[400] > 0, seen
    assert hub.call("GET", "/health").status == 200 and hub.stop() == 0
    print(dict(seen))
