#!/usr/bin/env python3
"""Two windows of a hall: held, refused with the holder's name, put down, taken over; updates follow the holder."""
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../support"))
from hub import Department, Hub, Window, new_id

with Hub("--demo") as hub:
    first, second, stranger = Window(hub, name="企业开办窗口"), Window(hub, window="02"), Window(hub, hall="4407")
    market = Department(hub)
    case, number = new_id(), first.number()
    bundle = first.bundle(number=number, case_id=case)
    assert first.send(first.fact("store_created"), first.fact("taken_in", case, body={"number": number})).status == 200
    assert first.put_bundle(bundle).status == 201
    path = f"/v1/cases/{number}/custody"

    def ask(home, etag=None, **more):
        body = {"store": home.store, "window": home.window, "clerk": "演示员" + home.window} | more
        return home.call("POST", path, body, **({"If_Match": etag} if etag else {}))

    def etag():
        return second.call("GET", "/v1/cases/" + number).headers["ETag"]

    assert ask(first, hold=True).json["holder"]["held"] is True
    answer = ask(second, etag())
    assert answer.status == 423 and "企业开办窗口" in answer.json["title"] and "演示员01" in answer.json["title"]
    assert ask(second, hold=True).status == 423
    assert ask(first, hold=False).json["holder"]["held"] is False
    assert ask(second).status == 412 and ask(second, '"0"').status == 412
    stale = etag()
    first.send(first.fact("note", case, body={"text": "x"}))
    assert ask(second, stale).status == 412
    assert ask(second, etag(), store=new_id()).status == 403
    assert ask(second, etag(), window="09").status == 403
    assert ask(second, etag(), window="ABC").status == 422
    assert stranger.call("POST", path, {"store": stranger.store, "window": "01"}).status == 404
    assert market.act(bundle["id"], "received").status == 201

    answer = ask(second, etag())
    assert answer.status == 200 and answer.json["holder"] == {
        "store": second.store, "window": "02", "clerk": "演示员02", "held": True}, answer.body
    got = second.call("GET", "/v1/cases/" + number).json
    assert [fact["kind"] for fact in got["facts"]] == ["taken_in", "note"]
    assert [update["kind"] for update in got["bundles"][0]["updates"]] == ["received"]
    entries = first.updates().json["updates"]
    assert [entry["kind"] for entry in entries] == ["update", "custody"]
    assert entries[1]["holder"] == {"store": second.store, "window": "02", "name": "一号窗口"}

    # From now on the department's updates go to the second window, and its facts belong to the case.
    assert market.act(bundle["id"], "accepted", 0).status == 201
    assert [entry["kind"] for entry in second.updates().json["updates"]] == ["update"]
    assert len(first.updates().json["updates"]) == 2
    mine = new_id()
    second.send(second.fact("store_created"), second.fact("custody_taken", mine, body={"number": number}))
    kinds = [fact["kind"] for fact in first.call("GET", "/v1/cases/" + number).json["facts"]]
    assert kinds == ["taken_in", "note", "custody_taken"]
    assert ask(first, etag()).status == 423
    assert second.message(bundle["id"], "reminder", 0).status == 201
    # Taking it back, after it was put down.
    assert ask(second, hold=False).status == 200
    assert ask(first, etag()).status == 200
    # The windows of one home share a lane; a replaced machine of a window goes on in its lane.
    third = Window(hub, window="03", store=first.store)
    assert third.updates().json["cursor"] == first.updates().json["cursor"] == 2
    replaced = Window(hub, window="01")
    assert replaced.updates().json == first.updates().json
