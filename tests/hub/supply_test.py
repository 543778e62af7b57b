#!/usr/bin/env python3
"""What the bureau hands out: versions checked, frozen, never changed; calendars; authorisations; who may; hostile bytes."""
import copy
import json
import os
import random
import sqlite3
import sys
import threading
import time
root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
sys.path.insert(0, os.path.join(root, "tests/support"))
from hub import Department, Hub, Window, digest, frozen

LIST = "hubei-2023"
PLACE = f"/v1/catalogues/{LIST}/versions/"


def shipped(name):
    with open(os.path.join(root, "data", name), encoding="utf-8") as text:
        return json.load(text)


def version(title="演示一版"):
    """A version that stands alone: a list without a guide, so that it needs no definitions."""
    document = shipped(f"catalogue/lists/{LIST}.json")
    document["title"] = title
    return {"format": "yichuang-catalogue-1", "list": document,
            **{key: [] for key in ("routes", "services", "materials", "fields", "departments")}}


def problem(answer, status, code):
    assert answer.status == status and answer.json["code"] == code, (answer.status, answer.body[:400])
    assert answer.json["title"].count("。") >= 1, answer.json
    return answer.json


def push(hub, token, number, document, **more):
    body = document if isinstance(document, bytes) else frozen(document)
    query = "&".join(f"{name}={value}" for name, value in more.items() if name != "Digest")
    headers = {"Digest": more["Digest"]} if "Digest" in more else {}
    return hub.call("PUT", f"{PLACE}{number}?{query}", body, token=token, Content_Type="application/json", **headers)


def versions(hub, bureau, window):
    first = frozen(version())
    problem(push(hub, window.token, 1, first), 403, "permission")
    problem(push(hub, bureau, 1, first, Digest="sm3:" + "0" * 64), 422, "invalid")
    answer = push(hub, bureau, 1, first, Digest=digest(first), effective_from="2026-12-01", filing="F-1", author="guanli")
    assert answer.status == 201 and answer.json == {"digest": digest(first)}, answer.body
    assert push(hub, bureau, 1, first).status == 200
    problem(push(hub, bureau, 1, version("另一版")), 409, "exists")
    assert push(hub, bureau, 3, version("第三版")).status == 201
    assert problem(push(hub, bureau, 2, version("第二版")), 409, "stale")["version"] == 3
    answer = window.call("GET", "/v1/catalogues")
    rows = answer.json["catalogues"]
    assert [(row["version"], row["title"], row["filing"], row["author"]) for row in rows] == [
        (1, "演示一版", "F-1", "guanli"), (3, "第三版", "", "")], rows
    assert rows[0]["effective_from"] == "2026-12-01" and rows[0]["size"] == len(first)
    assert window.call("GET", "/v1/catalogues", If_None_Match=answer.headers["ETag"]).status == 304
    assert push(hub, bureau, 4, version("第四版")).status == 201
    assert window.call("GET", "/v1/catalogues", If_None_Match=answer.headers["ETag"]).status == 200
    whole = window.call("GET", PLACE + "1")
    assert whole.body == first and whole.headers["Digest"] == digest(first)
    pieces = b""
    while len(pieces) < len(first):
        piece = window.call("GET", PLACE + "1", Range=f"bytes={len(pieces)}-{len(pieces) + 999}")
        assert piece.status == 206 and piece.headers["Content-Range"].endswith(f"/{len(first)}"), piece.headers
        pieces += piece.body
    assert pieces == first
    problem(window.call("GET", PLACE + "1", Range=f"bytes={len(first)}-"), 422, "invalid")
    problem(window.call("GET", PLACE + "2"), 404, "not-found")
    problem(push(hub, bureau, 0, first), 404, "not-found")
    problem(push(hub, bureau, 5, first, effective_from="2026-13-01"), 422, "invalid")
    problem(push(hub, bureau, 5, first, author="%1b[31m"), 422, "invalid")


def hostile(hub, bureau):
    """None of these gets in, and the hub goes on."""
    good = version("坏的底子")
    no_list = dict(good, list=dict(good["list"], id="other-2023"))
    twice = copy.deepcopy(good)
    twice["list"]["themes"].append(twice["list"]["themes"][0])
    control = copy.deepcopy(good)
    control["list"]["themes"][0]["name"] = "甲\u202e乙\x1b[2J"
    unknown = dict(good, surprise=[1])
    real = copy.deepcopy(good)
    real["list"]["themes"][0]["no"] = [1.5]
    long = copy.deepcopy(good)
    long["list"]["themes"][0]["name"] = "长" * 4000000
    for document, status, codes in (
            (no_list, 422, {"invalid"}), (twice, 422, {"catalog"}), (unknown, 422, {"catalog"}),
            (real, 422, {"catalog", "hub-refused"}), (long, 422, {"catalog"}),
            ({"format": "yichuang-catalogue-1"}, 422, {"catalog", "invalid"}), ({}, 422, {"catalog"}),
            ({"year": 2026}, 422, {"catalog"}), (shipped("catalogue/materials/common.json"), 422, {"catalog"}),
            (b"[" * 100000 + b"]" * 100000, 400, {"json"}), (b"{" * 5000, 400, {"json"}),
            (b'{"a":' * 3000 + b"1" + b"}" * 3000, 400, {"json"}), (frozen(good)[:-20], 400, {"json"}),
            (b'{"format":"yichuang-catalogue-1","format":"yichuang-catalogue-1"}', 400, {"json"}),
            (json.dumps(good).encode(), 422, {"hub-refused"}), (b"\xff" * 100, 400, {"json"}), (b"[]", 400, {"json"})):
        answer = push(hub, bureau, 50, document)
        assert answer.status == status and answer.json["code"] in codes, (answer.status, answer.body[:300])
    control = push(hub, bureau, 50, control)
    assert control.status == 422 and "\x1b" not in control.json["title"] and "\u202e" not in control.json["title"], control.body
    faults = problem(push(hub, bureau, 50, twice), 422, "catalog")["faults"]
    assert faults and "序号重复" in faults[0], faults
    try:
        answer = push(hub, bureau, 50, b" " * ((32 << 20) + 1))
        assert answer.status == 413, answer.status
    except OSError:
        pass  # cut while sending
    chance = random.Random(int(os.environ.get("SEED", "7")))
    bytes_of_good = frozen(good)
    for _ in range(60):
        broken = bytearray(bytes_of_good)
        for _ in range(chance.randrange(1, 4)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        assert push(hub, bureau, 50, bytes(broken)).status in (400, 422, 201)
    assert hub.call("GET", "/health").status == 200


def calendars(hub, bureau, window):
    document = shipped("calendars/2026.json")
    problem(window.call("PUT", "/v1/calendars/2026", document), 403, "permission")
    answer = hub.call("PUT", "/v1/calendars/2026", document, token=bureau)
    assert answer.status == 201 and answer.json["digest"] == digest(frozen(document))
    assert hub.call("PUT", "/v1/calendars/2026", document, token=bureau).status == 200
    problem(hub.call("PUT", "/v1/calendars/2027", document, token=bureau), 422, "invalid")
    problem(hub.call("PUT", "/v1/calendars/2026", dict(document, worked=document["off"]), token=bureau), 422, "catalog")
    problem(hub.call("PUT", "/v1/calendars/2026", dict(document, off=["2026-02-30"]), token=bureau), 422, "catalog")
    rows = window.call("GET", "/v1/calendars")
    assert [(row["year"], row["digest"]) for row in rows.json["calendars"]] == [(2026, digest(frozen(document)))]
    assert window.call("GET", "/v1/calendars", If_None_Match=rows.headers["ETag"]).status == 304
    corrected = dict(document, notice="演示更正通知")
    assert hub.call("PUT", "/v1/calendars/2026", corrected, token=bureau).status == 200
    assert window.call("GET", "/v1/calendars/2026").body == frozen(corrected)
    problem(window.call("GET", "/v1/calendars/2030"), 404, "not-found")


def authorisations(hub, bureau, window):
    place = f"/v1/halls/0000/authorisations/{LIST}"
    problem(window.call("PUT", place, {"all": True}), 403, "permission")
    assert window.call("GET", "/v1/halls/0000/authorisations").json == {"authorisations": []}
    problem(window.call("GET", place), 404, "not-found")
    assert hub.call("PUT", place, {"themes": ["企业-2", "1", "企业-2"]}, token=bureau).status == 201
    assert hub.call("PUT", place, {"themes": ["1", "企业-2"]}, token=bureau).status == 200
    row = window.call("GET", place).json
    assert row["themes"] == ["1", "企业-2"] and row["digest"] == digest(frozen({"themes": ["1", "企业-2"]})), row
    assert hub.call("PUT", place, {"all": True}, token=bureau).status == 200
    answer = window.call("GET", "/v1/halls/0000/authorisations")
    assert [(row["list"], row["all"]) for row in answer.json["authorisations"]] == [(LIST, True)]
    assert window.call("GET", "/v1/halls/0000/authorisations", If_None_Match=answer.headers["ETag"]).status == 304
    problem(window.call("GET", "/v1/halls/0001/authorisations"), 403, "permission")
    for bad in ({}, {"all": False}, {"all": True, "themes": []}, {"themes": [1]}, {"themes": [""]}, {"themes": ["x" * 61]},
                {"themes": "all"}, {"all": 1}):
        problem(hub.call("PUT", place, bad, token=bureau), 422, "invalid")
    problem(hub.call("PUT", "/v1/halls/00/authorisations/" + LIST, {"all": True}, token=bureau), 404, "not-found")


def woken(hub, bureau, window):
    """A window that waits hears at once that there is something to fetch; one that does not ask is not told."""
    stamp = window.call("GET", "/v1/updates?after=0&supply=0").json["supply"]
    answers = []

    def poll():
        begun = time.monotonic()
        answer = window.call("GET", f"/v1/updates?after=0&wait=20&supply={stamp}").json
        answers.append((answer, time.monotonic() - begun))

    waiting = threading.Thread(target=poll)
    waiting.start()
    deadline = time.monotonic() + 10
    while "yichuang_hub_waiting 1" not in hub.call("GET", "/metrics").body.decode() and time.monotonic() < deadline:
        pass
    assert not answers and push(hub, bureau, 60, version("叫醒")).status == 201
    waiting.join()
    assert answers[0][0]["updates"] == [] and answers[0][0]["supply"] > stamp and answers[0][1] < 15, answers
    assert "supply" not in window.updates().json


def busy(hub, bureau, window):
    """While big versions are checked, bundles pass."""
    big = version("大的")
    theme = big["list"]["themes"][0]
    big["list"]["themes"] = [dict(theme, no=[n], name=f"演示主题{n}") for n in range(1, 9001)]
    body = frozen(big)
    pushing = [threading.Thread(target=push, args=(hub, bureau, 70 + n, body)) for n in range(3)]
    for thread in pushing:
        thread.start()
    worst, passed = 0, 0
    while any(thread.is_alive() for thread in pushing):
        begun = time.monotonic()
        assert window.put_bundle(window.bundle()).status == 201
        worst, passed = max(worst, time.monotonic() - begun), passed + 1
    assert passed > 3 and worst < 1.5, (passed, worst)
    print("版本", len(body) >> 20, "MiB，其间要件包", passed, "个，最慢", round(worst, 3), "秒")


with Hub("--demo") as hub:
    window, bureau = Window(hub), hub.admin("bureau")
    Department(hub)
    versions(hub, bureau, window)
    hostile(hub, bureau)
    calendars(hub, bureau, window)
    authorisations(hub, bureau, window)
    woken(hub, bureau, window)
    busy(hub, bureau, window)
    # What was answered is there after a kill, and no hand can change a version.
    before = window.call("GET", "/v1/catalogues").json
    hub.stop(9)
    store = sqlite3.connect(os.path.join(hub.home, "hub.db"))
    for sql in ("UPDATE catalogue_version SET title = 'x'", "DELETE FROM catalogue_version"):
        try:
            store.execute(sql)
            raise AssertionError(sql)
        except sqlite3.IntegrityError:
            pass
    store.close()
    hub.start()
    assert window.call("GET", "/v1/catalogues").json == before
    assert hub.stop() == 0
