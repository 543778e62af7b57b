#!/usr/bin/env python3
"""The journal's test vectors, worked out a second time from the words of src/store/journal_hash.c alone.
usage: vector_test.py [--write]   (--write makes data/vectors/journal.json anew)"""
import hashlib, json, pathlib, struct, sys

PATH = pathlib.Path(__file__).resolve().parents[2] / "data/vectors/journal.json"


def sm3(data):
    return hashlib.new("sm3", data).digest()


def field(data):
    return b"\xff\xff\xff\xff" if data is None else struct.pack(">I", len(data)) + data


def number(value):
    return field(struct.pack(">q", value))


def text(value):
    return field(None if value is None else value.encode())


def digest(value):
    return bytes.fromhex(value.removeprefix("sm3:"))


def header(f):
    return b"".join([
        text("yichuang fact 1"), field(bytes.fromhex(f["store"])), number(f["seq"]), field(digest(f["previous"])),
        number(f["time_ms"]), number(f["happened_ms"]), text(f["kind"]), text(f["case_id"]), number(f["item"]),
        text(f["actor"]), text(f["os_user"]), text(f["window"]), text(f["authority"]), text(f["source"]),
        field(digest(f["body_digest"]))])


def make():
    store = "000102030405060708090a0b0c0d0e0f"
    common = {"os_user": "yichuang", "source": "direct", "authority": "window"}
    rows = [
        {"time_ms": 1772413200000, "happened_ms": 0, "kind": "store_created", "case_id": None, "item": -1,
         "actor": "", "window": "", "body": '{"store":"%s","version":"0.1.0"}' % store, **common},
        {"time_ms": 1772413260123, "happened_ms": 0, "kind": "taken_in", "case_id": "c-1", "item": -1,
         "actor": "demo", "window": "01", "body": '{"applicant":"演示一","items":[0,2]}', **common},
        {"time_ms": 1772413200001, "happened_ms": 1772326800000, "kind": "decided", "case_id": "c-1", "item": 2,
         "actor": "demo", "window": "01", "body": '{"outcome":"granted"}', "os_user": "yichuang",
         "source": "paper", "authority": "department"}]
    facts, previous = [], bytes(32)
    for seq, row in enumerate(rows, 1):
        salt = bytes([0xa0 + seq]) * 16
        fact = {"store": store, "seq": seq, "previous": "sm3:" + previous.hex(), **row, "salt": salt.hex(),
                "body_digest": "sm3:" + sm3(salt + row["body"].encode()).hex()}
        previous = sm3(header(fact))
        fact["hash"] = "sm3:" + previous.hex()
        facts.append(fact)
    return {"about": "Three chained facts; the format stands in src/store/journal_hash.c. The third is earlier by the clock: order is by seq.",
            "facts": facts}


if "--write" in sys.argv:
    PATH.write_text(json.dumps(make(), ensure_ascii=False, indent=1) + "\n")
stored = json.loads(PATH.read_text())
previous = bytes(32)
for fact in stored["facts"]:
    assert digest(fact["previous"]) == previous, fact["seq"]
    assert digest(fact["body_digest"]) == sm3(bytes.fromhex(fact["salt"]) + fact["body"].encode()), fact["seq"]
    previous = sm3(header(fact))
    assert digest(fact["hash"]) == previous, fact["seq"]
assert len(stored["facts"]) >= 3
print("ok", len(stored["facts"]))
