#!/usr/bin/env python3
"""The lane of a window: no gap however many write at once; a waiting reader gets the update that comes later; an end frees all."""
import os
import sys
import threading
import time
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../support"))
from hub import Department, Hub, Window

with Hub("--demo") as hub:
    windows = [Window(hub), Window(hub, window="02")]
    market = Department(hub)
    bundles = [[window.bundle() for _ in range(20)] for window in windows]
    for window, mine in zip(windows, bundles):
        for bundle in mine:
            assert window.put_bundle(bundle).status == 201
    failures = []

    def work(mine, own):
        for bundle in mine:
            for kind, item in (("received", -1), ("accepted", 0), ("accepted", 1), ("accepted", 1)):
                answer = market.act(bundle["id"], kind, item)
                # The last is refused; what others wrote in the same transaction must stay.
                if answer.status != (409 if kind == "accepted" and own.setdefault((bundle["id"], item), 0) else 201):
                    failures.append(answer.body)
                if kind == "accepted":
                    own[bundle["id"], item] = 1

    seen = [[], []]

    def read(at):
        cursor, deadline = 0, time.monotonic() + 60
        while len(seen[at]) < 60 and time.monotonic() < deadline:
            answer = windows[at].updates(cursor, 5).json
            seen[at] += [entry["cursor"] for entry in answer["updates"]]
            cursor = answer["cursor"]

    threads = [threading.Thread(target=work, args=(mine[start::4], {})) for mine in bundles for start in range(4)]
    threads += [threading.Thread(target=read, args=(at,)) for at in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, failures[:3]
    assert seen[0] == seen[1] == list(range(1, 61)), (len(seen[0]), len(seen[1]))

    # A long poll is answered by an update that comes later, and not before; one of another lane is not woken.
    answers = {}

    def poll(at, wait):
        begun = time.monotonic()
        answer = windows[at].updates(60, wait).json
        answers[at] = (answer, time.monotonic() - begun)

    waiting = [threading.Thread(target=poll, args=(0, 20)), threading.Thread(target=poll, args=(1, 1))]
    for thread in waiting:
        thread.start()
    waiting[1].join()
    assert answers[1][0] == {"updates": [], "cursor": 60} and 0.9 < answers[1][1] < 5
    assert 0 not in answers
    begun = time.monotonic()
    assert market.act(bundles[0][0]["id"], "decided", 0, outcome="granted").status == 201
    waiting[0].join()
    assert time.monotonic() - begun < 2 and [e["cursor"] for e in answers[0][0]["updates"]] == [61]
    assert windows[0].updates(61).json["updates"] == []
    beyond = windows[0].updates(99)
    assert beyond.status == 409 and beyond.json["code"] == "stale" and beyond.json["cursor"] == 61

    # Who waits when the hub ends is answered, not cut off.
    answers.clear()
    last = threading.Thread(target=poll, args=(1, 30))
    last.start()

    deadline = time.monotonic() + 10
    while b"yichuang_hub_waiting 1" not in hub.call("GET", "/metrics").body:
        assert time.monotonic() < deadline
    assert hub.stop() == 0
    last.join(10)
    assert answers[1][0] == {"updates": [], "cursor": 60} and answers[1][1] < 20
