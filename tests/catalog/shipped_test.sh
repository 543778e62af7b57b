#!/bin/sh
# The shipped catalogue is without faults and whole: 8 lists, 231 themes, 733 rows, 423 names, and every row has its
# checklist and form, or the reason why it needs none.
set -eu
program=${BUILD:-build}/yichuang
"$program" catalog validate data --json >/tmp/shipped.$$ 2>/dev/null || { "$program" catalog validate data; exit 1; }
trap 'rm -f /tmp/shipped.$$' EXIT
python3 - /tmp/shipped.$$ <<'END'
import glob, json, sys
found = json.load(open(sys.argv[1]))
assert found["valid"] and found["errors"] == 0, found
assert (found["lists"], found["themes"], found["rows"]) == (8, 231, 733), found
names = {item["name"] for path in glob.glob("data/catalogue/lists/*.json")
         for theme in json.load(open(path))["themes"] for item in theme["items"]}
assert len(names) == 423, len(names)

def read(pattern):
    return [json.load(open(path)) for path in sorted(glob.glob("data/catalogue/" + pattern))]

services = {service["code"]: service for file in read("services/*.json") for service in file["services"]}
rows = {(file["list"], theme["theme"], item["index"]): item
        for file in read("guides/*.json") for theme in file["themes"] for item in theme["items"]}
for listed in read("lists/*.json"):
    for theme in listed["themes"]:
        audience = theme["audience"]
        code = (audience + "-" if audience else "") + "-".join(map(str, theme["no"]))
        for index, item in enumerate(theme["items"]):
            row = rows.pop((listed["id"], code, index), None)
            assert row, ("no guide", listed["id"], code, item["name"])
            if row.get("not_offered"):
                continue
            service = services[row["service"]]
            whole = service["status"] == "abolished" or (
                (service.get("materials") or service.get("no_materials")) and service.get("fields"))
            assert whole, (listed["id"], code, item["name"], service["code"])
assert not rows, sorted(rows)
END
