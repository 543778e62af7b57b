#!/usr/bin/env python3
"""Bundles, images, messages, updates: kept once, refused with a sentence, seen by whom they concern."""
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../support"))
from hub import Department, Hub, Window, digest, frozen, new_id


def refused(answer, status, code):
    assert answer.status == status and answer.json["code"] == code, (answer.status, answer.body.decode())
    return answer.json


with Hub("--demo") as hub:
    window, other, stranger = Window(hub), Window(hub, window="02"), Window(hub, hall="4407")
    market, tax = Department(hub), Department(hub, "D-TAX", "税务部门")

    # ---- bundles ----
    bundle = window.bundle()
    assert window.put_bundle(bundle).status == 201 and window.put_bundle(bundle).status == 200
    refused(window.put_bundle(bundle | {"fields": {}}), 409, "exists")
    path = "/v1/bundles/" + bundle["id"]
    seen = market.call("GET", path).json
    assert seen["bundle"] == bundle and seen["state"] == "sent" and seen["updates"] == []
    assert other.call("GET", path).status == 200
    for caller in (tax, stranger):
        refused(caller.call("GET", path), 404, "not-found")
    for change, status, code in (
            ({"id": new_id()}, 422, "hub-refused"), ({"store": new_id()}, 403, "permission"),
            ({"hall": "4407"}, 403, "permission"), ({"window": "09"}, 422, "hub-refused"),
            ({"case": "0000-260302-010001-0"}, 422, "hub-refused"), ({"case": "4407-260302-010001-0"}, 422, "hub-refused"),
            ({"items": []}, 422, "hub-refused"), ({"items": [{"item": 0}]}, 422, "invalid"),
            ({"items": [{"item": 0, "name": "甲"}, {"item": 0, "name": "乙"}]}, 409, "exists"),
            ({"theme": {}}, 422, "invalid"), ({"taken_in": "now"}, 422, "invalid"), ({"token_digest": "x"}, 422, "invalid"),
            ({"materials": [{"digest": 5}]}, 422, "invalid"), ({"parties": None}, 422, "invalid"),
            ({"fields": {"a": 1.5}}, 422, "hub-refused")):
        wrong = window.bundle() | change
        answer = window.call("PUT", "/v1/bundles/" + (bundle["id"][::-1] if "id" in change else wrong["id"]), frozen(wrong))
        refused(answer, status, code)
    loose = window.bundle()
    refused(window.call("PUT", "/v1/bundles/" + loose["id"], loose), 422, "hub-refused")
    assert window.call("GET", "/v1/bundles/" + loose["id"]).status == 404
    odd = window.bundle(department="D-NEW")
    assert window.put_bundle(odd).status == 201  # a demo hub knows no strangers

    # ---- images come first ----
    image = os.urandom(300000)
    with_image = window.bundle()
    with_image["materials"][0]["digest"] = digest(image)
    refused(window.put_bundle(with_image), 425, "blob-missing")
    blob = f"/v1/bundles/{with_image['id']}/blobs/{digest(image)}"
    assert window.call("HEAD", blob).status == 404
    refused(window.call("GET", blob), 404, "not-found")
    refused(window.call("PUT", blob, image + b"x"), 422, "invalid")
    refused(window.call("PATCH", blob, image[:10]), 422, "invalid")
    refused(window.call("PATCH", blob, image[:10], Upload_Offset="5", Upload_Length="300000"), 409, "stale")
    refused(window.call("PATCH", blob, image, Upload_Offset="0", Upload_Length="10"), 422, "invalid")
    refused(window.call("PATCH", blob, image[:10], Upload_Offset="0", Upload_Length=str(1 << 30)), 422, "invalid")
    answer = window.call("PATCH", blob, image[:100000], Upload_Offset="0", Upload_Length="300000")
    assert answer.status == 204 and answer.headers["Upload-Offset"] == "100000"
    answer = window.call("PATCH", blob, image[:100000], Upload_Offset="0", Upload_Length="300000")
    refused(answer, 409, "stale")
    assert answer.headers["Upload-Offset"] == "100000"
    refused(stranger.call("PATCH", blob, b"x", Upload_Offset="100000", Upload_Length="300000"), 404, "not-found")
    answer = window.call("HEAD", blob)
    assert (answer.headers["Upload-Offset"], answer.headers["Upload-Length"]) == ("100000", "300000")
    refused(window.put_bundle(with_image), 425, "blob-missing")
    # The wrong rest: the upload begins anew.
    answer = window.call("PATCH", blob, bytes(200000), Upload_Offset="100000", Upload_Length="300000")
    refused(answer, 422, "invalid")
    assert window.call("HEAD", blob).headers["Upload-Offset"] == "0"
    for start in range(0, 300000, 100000):
        answer = window.call("PATCH", blob, image[start:start + 100000], Upload_Offset=str(start), Upload_Length="300000")
        assert answer.status == (201 if start == 200000 else 204), answer.body
    assert window.call("PATCH", blob, b"x", Upload_Offset="300000", Upload_Length="300000").status == 204
    assert window.call("PUT", blob, image).status == 200
    assert window.put_bundle(with_image).status == 201
    assert market.call("GET", blob).body == image
    refused(tax.call("GET", blob), 404, "not-found")
    refused(stranger.call("GET", blob), 404, "not-found")
    refused(stranger.call("PUT", blob, image), 404, "not-found")
    whole = f"/v1/bundles/{new_id()}/blobs/{digest(image)}"
    assert window.call("PUT", whole, image).status == 201
    refused(window.call("PUT", f"/v1/bundles/{new_id()}/blobs/sm3:00", image), 422, "invalid")
    refused(window.call("PUT", f"/v1/bundles/x/blobs/{digest(image)}", image), 422, "invalid")

    # ---- updates: each kind, its needs, its move, its version ----
    refused(tax.act(bundle["id"], "received"), 404, "not-found")
    refused(market.act(new_id(), "received"), 404, "not-found")
    refused(market.act(bundle["id"], "accepted", 0), 409, "move")
    for kind, item, more in (
            ("dance", 0, {}), ("accepted", -1, {}), ("accepted", 7, {}), ("refused", 0, {}), ("decided", 0, {}),
            ("decided", 0, {"outcome": "maybe"}), ("decided", 0, {"outcome": "denied"}), ("correction", 0, {}),
            ("correction", 0, {"sentences": []}), ("correction", 0, {"sentences": [1]}), ("suspended", 0, {}),
            ("extended", 0, {"reason": "r"}), ("extended", 0, {"days": 5}), ("result", 0, {}),
            ("result", 0, {"result": {}}), ("accepted", 0, {"expect": -1}), ("accepted", 0, {"at": ""}),
            ("accepted", 0, {"by": ""}), ("accepted", 0, {"id": new_id()}), ("accepted", 0, {"bundle": new_id()})):
        refused(market.act(bundle["id"], kind, item, **more), 422, "invalid")
    assert window.updates().json == {"updates": [], "cursor": 0}
    ident = new_id()
    assert market.act(bundle["id"], "received", ident=ident).status == 201
    assert market.act(bundle["id"], "received", ident=ident).status == 200
    refused(market.act(bundle["id"], "received", ident=ident, number="other"), 409, "exists")
    refused(market.act(bundle["id"], "received"), 409, "move")
    assert market.call("GET", path).json["state"] == "received"
    assert refused(market.act(bundle["id"], "accepted", 0, expect=0), 409, "stale")["version"] == 1
    assert market.act(bundle["id"], "accepted", 0, expect=1, number="A-1").json["items"][0]["version"] == 2
    walk = [("correction", 1, {"sentences": ["补一份"]}), ("suspended", 0, {"reason": "检验"}),
            ("extended", 0, {"reason": "复杂", "days": 5}), ("resumed", 0, {})]
    for kind, item, more in walk:
        assert market.act(bundle["id"], kind, item, **more).status == 201, kind
    refused(market.act(bundle["id"], "result", 0, result={"title": "证"}), 409, "move")
    refused(market.act(bundle["id"], "accepted", 1), 409, "move")

    # ---- messages ----
    refused(window.message(bundle["id"], "song"), 422, "invalid")
    refused(window.message(new_id(), "reminder"), 404, "not-found")
    refused(stranger.message(bundle["id"], "reminder"), 404, "not-found")
    # A correction that was relayed on paper is not known here: what is supplemented is kept all the same.
    before = market.call("GET", path).json["items"][0]
    assert window.message(bundle["id"], "supplement", 0).status == 201
    assert market.call("GET", path).json["items"][0] == before
    ident = new_id()
    assert window.message(bundle["id"], "supplement", 1, ident).status == 201
    assert window.message(bundle["id"], "supplement", 1, ident).status == 200
    refused(window.message(bundle["id"], "supplement", 1, ident, note="x"), 409, "exists")
    assert window.message(bundle["id"], "reminder", 0, by="").status == 201  # the program itself, on nobody's word
    for kind in ("predecessor_result", "reminder", "order", "relay"):
        assert window.message(bundle["id"], kind, 0).status == 201
    refused(market.act(bundle["id"], "accepted", 1, expect=1), 409, "stale")
    assert window.message(bundle["id"], "withdrawal", 1).status == 201
    refused(market.act(bundle["id"], "accepted", 1), 409, "move")
    assert market.act(bundle["id"], "decided", 0, outcome="granted").status == 201
    refused(window.message(bundle["id"], "withdrawal", 0), 409, "move")
    assert market.act(bundle["id"], "result", 0, result={"title": "食品经营许可证"}).status == 201
    assert market.act(bundle["id"], "returned_papers").status == 201
    state = market.call("GET", path).json
    assert state["state"] == "closed" and len(state["messages"]) == 8 and len(state["updates"]) == 9
    assert [item["state"] for item in state["items"]] == ["decided", "withdrawn"]

    # ---- work list: by deadline, in pages, closed ones apart ----
    dues = ["2026-03-09", "2026-03-05", "", "2026-03-05", "2026-04-01", "date open"]
    made = [window.bundle(items=[{"item": 0, "name": "甲", "service": "", "due": due}]) for due in dues]
    for one in made:
        assert window.put_bundle(one).status == 201
    listed, after = [], ""
    while after is not None:
        page = market.call("GET", f"/v1/departments/D-MARKET/bundles?most=2&after={after}").json
        assert len(page["bundles"]) <= 2
        listed += page["bundles"]
        after = page["next"]
    assert [row["due"] for row in listed] == ["2026-03-05", "2026-03-05", "2026-03-09", "2026-03-10", "2026-04-01", "", ""]
    assert bundle["id"] not in [row["id"] for row in listed]
    everything = market.call("GET", "/v1/departments/D-MARKET/bundles?state=all").json["bundles"]
    assert len(everything) == len(listed) + 1
    queue = window.call("GET", "/v1/hall/0000/queue?day=2026-03-02").json["cases"]
    assert len(queue) == 9 and queue[0]["items"][0]["state"] == "decided"
    assert window.call("GET", "/v1/hall/0000/queue?day=2026-03-01").json["cases"] == []

with Hub() as hub:
    window = Window(hub, hall="4407")
    answer = refused(window.put_bundle(window.bundle()), 422, "hub-refused")
    assert "部门" in answer["title"]
    Department(hub)
    assert window.put_bundle(window.bundle()).status == 201
