#!/usr/bin/env python3
"""A promise that fell due while nobody was there: the agent tells of it when it starts, once."""
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from house import BUILD, House, wait_until  # noqa: E402

house = House()
try:
    document = json.load(open("data/demo/retail.json", encoding="utf-8"))
    promised = [material for material in document["materials"] if material.get("status") == "deferred"]
    assert promised
    for material in promised:
        material["promise_due"] = "2026-10-20"
    number = house.json("--now", "2026-10-12T10:00:00+08:00", "intake", "-", stdin=json.dumps(document))["number"]

    def told():
        return [event for event in house.json("case", "show", number)["timeline"] if event["kind"] == "promise_due"]

    assert not told()
    for _ in range(2):
        agent = house.start([os.path.join(BUILD, "yichuang-agent"), "--home", house.home, "--foreground"],
                            stderr=subprocess.DEVNULL)
        wait_until("the agent's timers", told)
        house.stop(agent)
    assert len(told()) == 1
    print("the promise was told of once")
finally:
    house.close()
