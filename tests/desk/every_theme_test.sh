#!/bin/sh
# The example application of every theme that has a guide is taken in whole, whatever its list.
set -eu
program=${BUILD:-build}/yichuang
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
(umask 077; echo Demo-Password-2026 >"$home/password")
cp -r data "$home/source"
sed -i 's/"on_shelf": false/"on_shelf": true/' "$home/source/catalogue/shelf.json"
YICHUANG_DATA=$home/source "$program" --home "$home/data" init >/dev/null
"$program" --home "$home/data" window add 0703 3A 演示大厅 3号窗 >/dev/null
"$program" --home "$home/data" user add clerk 演示办事员 --roles clerk <"$home/password" >/dev/null
python3 - data/catalogue/guides/*.json >"$home/themes" <<'END'
import json, sys
for path in sys.argv[1:]:
    guides = json.load(open(path, encoding="utf-8"))
    for theme in guides["themes"]:
        print(guides["list"], theme["theme"])
END
count=0
while read -r list theme; do
	"$program" --home "$home/data" intake --example "$list" "$theme" >"$home/example.json"
	"$program" --home "$home/data" --as clerk --secret-file "$home/password" \
		intake "$home/example.json" >"$home/said" ||
		{ echo "$list $theme is not taken in"; cat "$home/said"; exit 1; }
	count=$((count + 1))
done <"$home/themes"
taken=$("$program" --home "$home/data" --as clerk --secret-file "$home/password" case list today | grep -c 0703-)
[ "$taken" = "$count" ] || { echo "$taken of $count taken in"; exit 1; }
# A test that cannot fail proves nothing: an example without its materials is refused.
python3 - "$home/example.json" <<'END'
import json, sys
example = json.load(open(sys.argv[1]))
example["materials"] = []
json.dump(example, open(sys.argv[1], "w"))
END
if "$program" --home "$home/data" --as clerk --secret-file "$home/password" intake "$home/example.json" >/dev/null 2>&1; then
	echo "taken in without materials"
	exit 1
fi
echo "$count themes taken in"
