#!/usr/bin/env python3
"""Facts: order, repetition, gaps, forks, wrong hashes, restored stores, erasing; reading them back."""
import copy
import json
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../support"))
from hub import Hub, Window, new_id

with Hub("--demo") as hub:
    window = Window(hub)
    head = window.send().json
    assert (head["seq"], head["hash"]) == (0, "")
    facts = [window.fact("store_created")] + [window.fact("kind_of_tomorrow", body={"n": n}) for n in range(9)]
    gap = window.send(facts[1])
    assert gap.status == 409 and gap.json["code"] == "stale" and gap.json["seq"] == 0
    assert window.send(*facts[:4]).json["seq"] == 4
    head = window.send(*facts[:7]).json
    assert (head["seq"], head["hash"]) == (7, facts[6]["hash"]) and head["signature"].startswith("sm2:")
    gap = window.send(facts[9])
    assert gap.status == 409 and gap.json["code"] == "stale" and gap.json["seq"] == 7

    for key, value, status, code in (
            ("hash", "sm3:" + "0" * 64, 422, "invalid"), ("kind", "other", 422, "invalid"),
            ("time", "2026-03-02T01:00:00.124Z", 422, "invalid"), ("body", '{"n":99}', 422, "invalid"),
            ("salt", "00" * 16, 422, "invalid"), ("salt", "zz", 422, "invalid"), ("seq", 0, 422, "invalid"),
            ("seq", "8", 422, "invalid"), ("time", "yesterday", 422, "invalid"), ("previous", "sm3:00", 422, "invalid"),
            ("kind", "k" * 65, 422, "invalid"), ("item", 1.5, 422, "invalid"), ("actor", {}, 422, "invalid")):
        broken = copy.deepcopy(facts[7])
        broken[key] = value
        answer = window.send(broken)
        assert answer.status == status and answer.json["code"] == code, (key, value, answer.body)
    # One bad fact in a batch: nothing of the batch is kept.
    broken = copy.deepcopy(facts[9])
    broken["body"] = "{}x"
    assert window.send(facts[7], facts[8], broken).status == 422
    assert window.send().json["seq"] == 7
    assert window.send(*facts[7:]).json["seq"] == 10
    assert window.send(*facts).json["seq"] == 10
    too_many = window.call("POST", "/v1/journal", {"store": window.store, "facts": [facts[0]] * 501})
    assert too_many.status == 422
    assert window.call("POST", "/v1/journal", {"store": new_id(), "facts": []}).status == 403

    read = window.call("GET", f"/v1/journal?store={window.store}&after=4").json["facts"]
    assert [{key: fact[key] for key in facts[0]} for fact in read] == facts[4:]
    other = Window(hub, window="02")
    assert len(other.call("GET", f"/v1/journal?store={window.store}").json["facts"]) == 10
    stranger = Window(hub, hall="4407")
    assert stranger.call("GET", f"/v1/journal?store={window.store}").status == 404
    bureau = hub.admin("bureau")
    assert hub.call("GET", f"/v1/journal?store={window.store}", token=bureau).status == 200

    # A fork: the same seq with another hash; and a next one that does not continue.
    twin = Window(hub, window="03")
    assert twin.send(twin.fact("store_created"), twin.fact("a"), twin.fact("b")).status == 200
    twin.seq, twin.hash = 1, bytes(32)
    answer = twin.send(twin.fact("other"))
    assert answer.status == 409 and answer.json["code"] == "fork", answer.body
    twin.seq = 3
    assert twin.send(twin.fact("not next")).json["code"] == "fork"
    late = Window(hub, window="04")
    late.hash = b"\1" * 32
    assert late.send(late.fact("store_created")).json["code"] == "fork"

    # A restored store goes on under a new id, also when its past forked from the past that is here.
    def restored(seq, digest):
        new = Window(hub, window="05")
        new.seq, new.hash = seq, bytes.fromhex(digest[4:])
        return new, new.fact("store_restored", body={"store": window.store, "seq": seq, "hash": digest})
    new, first = restored(8, facts[7]["hash"])
    assert new.send(first, new.fact("on")).json["seq"] == 10
    new, first = restored(8, facts[6]["hash"])
    assert new.send(first).status == 200
    new, first = restored(8, facts[7]["hash"])
    new.hash = b"\1" * 32
    assert new.send(new.fact("store_restored", body={"store": window.store, "seq": 8, "hash": facts[7]["hash"]})).status == 422
    new, first = restored(50, facts[6]["hash"])
    assert new.send(first).status == 200  # what was never sent is not known here

    # Facts of a case: linked by the number its taking-in carries, earlier and later ones, then erased.
    case, number = new_id(), window.number()
    window.seq, window.hash = 10, bytes.fromhex(facts[9]["hash"][4:])
    window.send(window.fact("notice_given", case, body={"name": "演示一"}), window.fact("elsewhere", new_id()),
                window.fact("taken_in", case, body={"number": number, "name": "演示一"}),
                window.fact("note", case, body={"text": "演示一来电"}, happened="2026-03-01T01:00:00.000Z"))
    answer = window.call("GET", "/v1/cases/" + number)
    got = answer.json
    assert [fact["kind"] for fact in got["facts"]] == ["notice_given", "taken_in", "note"]
    assert json.loads(got["facts"][2]["body"]) == {"text": "演示一来电"} and got["facts"][2]["happened"]
    assert got["holder"]["store"] == window.store and answer.headers["ETag"] == got["etag"]
    assert stranger.call("GET", "/v1/cases/" + number).status == 404
    assert window.call("GET", "/v1/cases/0000-260302-019999-0").status == 404
    head = window.send(window.fact("erased", case, body={"rule": "R"})).json
    assert head["seq"] == 15
    erased = window.call("GET", "/v1/cases/" + number).json["facts"]
    assert [fact["body"] is None for fact in erased] == [True, True, True, False]
    assert "演示一" not in window.call("GET", f"/v1/journal?store={window.store}").body.decode()
    # An erased body is sent as null by a home that replays.
    assert window.send(erased[0] | {"store": None}).status == 200
    again = Window(hub, window="06")
    gone = again.fact("note", new_id(), body={"a": 1})
    assert again.send(gone | {"body": None, "salt": None}).json["seq"] == 1
