#!/usr/bin/env python3
"""data/openapi.yaml parses, lists exactly the routes of src/hub/route.c, names every permission, and is what the hub serves."""
import os
import re
import sys
import yaml
root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
sys.path.insert(0, os.path.join(root, "tests/support"))
from hub import Hub

TAGS = {"HOME": {"window"}, "SYSTEM": {"department"}, "CALLER_BUREAU": {"bureau"}, "ANYONE": {"open"},
        "ALL": {"window", "department", "bureau"}}
source = open(os.path.join(root, "src/hub/route.c"), encoding="utf-8").read()
rows = re.findall(r'\{"([A-Z]+)", "([^"]+)", ([A-Z_ |]+), (NONE|JSON|BYTES)', source)
routes = {(method, pattern): set().union(*(TAGS[word.strip()] for word in callers.split("|")))
          for method, pattern, callers, _ in rows}
assert len(routes) >= 25, routes

document = yaml.safe_load(open(os.path.join(root, "data/openapi.yaml"), encoding="utf-8"))
assert document["openapi"].startswith("3.1")
described = {}
for path, operations in document["paths"].items():
    for method, operation in operations.items():
        if method != "parameters":
            described[method.upper(), path] = set(operation["tags"])
            assert operation["summary"] and operation["responses"], (method, path)
            assert (operation.get("security") == []) == ("open" in operation["tags"]), (method, path)
assert described == routes, {"only here": routes.keys() - described.keys(), "only there": described.keys() - routes.keys(),
                             "other": [k for k in routes if k in described and routes[k] != described[k]]}


def references(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "$ref":
                yield inner
            else:
                yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


for reference in references(document):
    place = document
    for part in reference.removeprefix("#/").split("/"):
        place = place[part]
with Hub() as hub:
    served = hub.call("GET", "/openapi.yaml")
    assert served.status == 200 and yaml.safe_load(served.body) == document
