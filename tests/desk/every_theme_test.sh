#!/bin/sh
# The example application of every theme of the national list and Guangdong's is taken in whole.
set -eu
program=${BUILD:-build}/yichuang
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
(umask 077; echo Demo-Password-2026 >"$home/password")
"$program" --home "$home/data" init >/dev/null
"$program" --home "$home/data" window add 0703 3A 演示大厅 3号窗 >/dev/null
"$program" --home "$home/data" user add clerk 演示办事员 --roles clerk <"$home/password" >/dev/null
count=0
for list in national-2022 guangdong-2022; do
	for theme in 企业-1 企业-2 企业-3 企业-4 企业-5 个人-1 个人-2 个人-3 个人-4 个人-5 个人-6 个人-7 个人-8; do
		"$program" --home "$home/data" intake --example $list $theme >"$home/example.json"
		"$program" --home "$home/data" --as clerk --secret-file "$home/password" \
			intake "$home/example.json" >"$home/said" ||
			{ echo "$list $theme is not taken in"; cat "$home/said"; exit 1; }
		count=$((count + 1))
	done
done
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
