#!/bin/sh
# The shipped catalogue is without faults and whole: 8 lists, 231 themes, 733 rows, 423 names.
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
END
