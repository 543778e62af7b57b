#!/usr/bin/env python3
"""One case through the hub: a window enrols, sends facts and a bundle; a department works; the window fetches."""
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../support"))
from hub import Department, Hub, Window, digest, new_id

with Hub("--demo") as hub:
    window, department = Window(hub), Department(hub)
    case, number, token = new_id(), window.number(), "abcdefgh234567" + "a" * 12
    assert window.send(window.fact("store_created"), window.fact("taken_in", case, body={"number": number})).json["seq"] == 2
    bundle = window.bundle(number=number, case_id=case, token_digest=digest(token))
    assert [window.put_bundle(bundle).status for _ in range(2)] == [201, 200]
    work = department.call("GET", "/v1/departments/D-MARKET/bundles").json["bundles"]
    assert [row["id"] for row in work] == [bundle["id"]]
    steps = [("received", {}), ("accepted", {"item": 0}), ("decided", {"item": 0, "outcome": "granted"}),
             ("result", {"item": 0, "result": {"title": "食品经营许可证", "number": "D1"}})]
    for kind, more in steps:
        answer = department.act(bundle["id"], kind, **more)
        assert answer.status == 201, answer.body
    updates = window.updates().json
    assert [entry["cursor"] for entry in updates["updates"]] == [1, 2, 3, 4] and updates["cursor"] == 4
    facts = window.call("GET", "/v1/cases/" + number).json["facts"]
    assert [fact["kind"] for fact in facts] == ["taken_in"]
    page = hub.call("GET", "/t/" + token)
    assert page.status == 200 and "办结" in page.body.decode() and "演示" not in page.body.decode()
    assert hub.stop() == 0
