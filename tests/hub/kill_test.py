#!/usr/bin/env python3
"""kill -9 while many write: what was acknowledged is there, cursors have no gap, and the senders just go on."""
import os
import random
import signal
import sys
import threading
import time
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../support"))
from hub import Department, Hub, Window, digest, new_id

KILLS = int(os.environ.get("KILLS", "12"))
ERRORS = (OSError, __import__("http.client").client.HTTPException)
seed = int(os.environ.get("SEED", random.randrange(1 << 30)))
print("SEED", seed)
chance = random.Random(seed)

hub = Hub("--demo").start()
try:
    windows = [Window(hub, window=f"0{n}") for n in range(1, 4)]
    market = Department(hub)
    acknowledged = {"bundle": [], "update": [], "image": []}
    heads = [0] * len(windows)
    lost = []

    def run(at, until):
        window = windows[at]
        try:
            while time.monotonic() < until:
                bundle = window.bundle()
                image = os.urandom(2000)
                bundle["materials"][0]["digest"] = digest(image)
                blob = f"/v1/bundles/{bundle['id']}/blobs/{digest(image)}"
                if window.call("PUT", blob, image).status == 201:
                    acknowledged["image"].append((window, blob, image))
                if window.put_bundle(bundle).status == 201:
                    acknowledged["bundle"].append(bundle)
                if market.act(bundle["id"], "received").status == 201:
                    acknowledged["update"].append(bundle["id"])
                fact = window.fact("note", new_id(), body={"n": at})
                kept[at].append(fact)
                answer = window.send(fact)
                if answer.status == 200:
                    heads[at] = answer.json["seq"]
                else:
                    lost.append(answer.body)
        except ERRORS:
            pass  # the hub is gone

    kept = [[] for _ in windows]
    for _ in range(KILLS):
        threads = [threading.Thread(target=run, args=(at, time.monotonic() + 5)) for at in range(len(windows))]
        for thread in threads:
            thread.start()
        # The moment is the test's point: anywhere in the writing.
        deadline = time.monotonic() + chance.uniform(0.02, 0.4)
        while time.monotonic() < deadline:
            time.sleep(0.002)
        hub.stop(signal.SIGKILL)
        for thread in threads:
            thread.join()
        hub.start()
        for at, window in enumerate(windows):
            # A home's journal sends again what was not acknowledged; the hub says where it stands.
            head = window.send().json
            assert head["seq"] >= heads[at], (head, heads[at])
            assert head["seq"] in (heads[at], heads[at] + 1) or not kept[at]
            if kept[at]:
                assert window.send(*kept[at][-500:]).json["hash"] == kept[at][-1]["hash"]
                heads[at] = kept[at][-1]["seq"]
    assert not lost, lost[:2]
    assert len(acknowledged["update"]) > KILLS, acknowledged
    for bundle in acknowledged["bundle"]:
        assert market.call("GET", "/v1/bundles/" + bundle["id"]).json["bundle"] == bundle
        assert windows[0].put_bundle(bundle).status == 200
    for window, blob, image in acknowledged["image"]:
        assert window.call("GET", blob).body == image
    for ident in acknowledged["update"]:
        assert market.call("GET", "/v1/bundles/" + ident).json["updates"][0]["kind"] == "received"
    for window in windows:
        cursor, cursors = 0, []
        while True:
            answer = window.updates(cursor).json
            if not answer["updates"]:
                break
            cursors += [entry["cursor"] for entry in answer["updates"]]
            cursor = answer["cursor"]
        assert cursors == list(range(1, len(cursors) + 1))
    print(KILLS, "kills,", {key: len(value) for key, value in acknowledged.items()}, "acknowledged, 0 lost")
    assert hub.stop() == 0
finally:
    hub.close()
