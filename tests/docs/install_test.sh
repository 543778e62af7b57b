#!/usr/bin/env bash
# Installs under a prefix of its own, as a packager (DESTDIR) and as a user (PREFIX), and runs the programs from
# there with nothing of the source tree in sight.
set -euo pipefail
source=$PWD
build=$(realpath "${BUILD:-build}")
work=$(mktemp -d)
hub_process=
finish() {
	[ -z "$hub_process" ] || kill "$hub_process" 2>/dev/null || true
	rm -rf "$work"
}
trap finish EXIT
fail() { echo "FAILED: $*"; exit 1; }
unset YICHUANG_HOME YICHUANG_DATA
export XDG_DATA_HOME=$work/xdg

PREFIX=$work/one BUILD=$build scripts/install.sh
# A moved installation still finds its files.
mv "$work/one" "$work/two"
cd "$work"
bin=$work/two/bin
for program in yichuang yichuang-agent yichuang-print yichuang-hub; do
	[ -x "$bin/$program" ] || fail "$program is not installed"
done

"$bin/yichuang" --home home init >init.txt || fail "init"
"$bin/yichuang" --home home catalog list --json >lists.json || fail "catalog list"
python3 - lists.json <<'P' || fail "catalog list shows other lists than the shipped"
import json, sys
lists = json.load(open(sys.argv[1]))
lists = lists.get("lists", lists) if isinstance(lists, dict) else lists
assert len(lists) == 8, len(lists)
P
[ "$("$bin/yichuang" calendar add 2026-02-14 1)" = "2026-02-24 周二" ] || fail "calendar of the shipped data"
"$bin/yichuang-print" --home home --render receipt "$source/tests/print/data/receipt.json" out.pdf a5-landscape || fail "render"
pdftotext out.pdf - | grep -q 收 || fail "the receipt has no words"
"$bin/yichuang-print" --home home --render certificate "$source/tests/print/data/certificate.json" out2.pdf || fail "certificate"

# The hub serves its description from there.
"$bin/yichuang-hub" --home hub init
coproc hub { exec "$bin/yichuang-hub" --home hub --listen 127.0.0.1:0; }
# shellcheck disable=SC2154 # coproc sets it
hub_process=$hub_PID
read -r -t 20 url <&"${hub[0]}" || fail "the hub does not start"
curl -sf "$url/openapi.yaml" >openapi.yaml || fail "openapi.yaml is not served"
kill "$hub_process"
hub_process=
cmp openapi.yaml "$source/data/openapi.yaml" || fail "another openapi.yaml"

for page in "$source"/man/*.[1-9]; do
	name=${page##*/}
	[ -s "two/share/man/man${name##*.}/$name" ] || fail "$name is not installed"
done

# complete WORD…: what bash offers for the last word, on one line.
complete_words() {
	PATH=$bin:$PATH bash -c 'source "$1"; COMP_WORDS=(yichuang "${@:2}"); COMP_CWORD=$(($# - 1)); _yichuang; echo "${COMPREPLY[*]}"' \
		bash two/share/bash-completion/completions/yichuang "$@"
}
[ "$(complete_words catalog s)" = "search shelf show submit" ] || fail "completion of catalog s: $(complete_words catalog s)"
[ "$(complete_words --home home rev)" = review ] || fail "completion after an option: $(complete_words --home home rev)"
[ "$(complete_words catalog validate ./a/b list)" = lists.json ] || fail "completion of a file: $(complete_words catalog validate ./a/b list)"

# As a packager: PREFIX in the units, DESTDIR nowhere.
cd "$source"
DESTDIR=$work/image PREFIX=/usr BUILD=$build scripts/install.sh
unit=$work/image/usr/lib/systemd/user/yichuang-agent.service
grep -q '^ExecStart=/usr/bin/yichuang-agent ' "$unit" || fail "the agent's unit starts something else"
grep -q '^ExecStart=/usr/bin/yichuang-hub ' "$work/image/usr/lib/systemd/system/yichuang-hub.service" || fail "the hub's unit"
! grep -rqI "$work" "$work/image" || fail "DESTDIR stands in a file: $(grep -rlI "$work" "$work/image")"
[ -z "$(find "$work/image" -type f -perm /022)" ] || fail "others may write: $(find "$work/image" -type f -perm /022)"
