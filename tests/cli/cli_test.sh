#!/bin/bash
# The command line: exit codes, global options anywhere, one JSON value on standard output, words on standard error.
set -u
program=${BUILD:-build}/yichuang
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
home=$folder/home
export XDG_DATA_HOME=$folder/xdg
failed=0
fail() { echo "FAILED: $*"; failed=1; }
# expect CODE PATTERN-of-stdout PATTERN-of-stderr ARGUMENT…   (an empty pattern: nothing there; '*': anything)
expect() {
	local code=$1 got stream want
	local -A wanted=([out]=$2 [err]=$3)
	shift 3
	"$program" "$@" >"$folder/out" 2>"$folder/err" </dev/null
	got=$?
	[ $got = "$code" ] || fail "$*: exit $got, not $code"
	for stream in out err; do
		want=${wanted[$stream]}
		if [ "$want" = '' ]; then
			[ ! -s "$folder/$stream" ] || fail "$*: $stream is not empty: $(head -c 300 "$folder/$stream")"
		elif [ "$want" != '*' ]; then
			grep -q -- "$want" "$folder/$stream" || fail "$*: $stream has no [$want]: $(head -c 300 "$folder/$stream")"
		fi
	done
}
json() { python3 -c 'import json,sys; json.load(open(sys.argv[1]))' "$folder/out" || fail "not one JSON value"; }

expect 0 'yichuang 0' '' version
expect 0 '用法' '' --help
expect 0 'catalog export' '' catalog --help
expect 0 '用法' '' help
expect 2 '' '没有子命令' nonsense
expect 2 '' '没有子命令' catalog
expect 2 '' '写法是' calendar add 2026-02-13
expect 2 '' '写法是' calendar add 2026-02-13 1 2
expect 2 '' '不是日期' calendar add yesterday 1
expect 2 '' '不是日期' calendar add 2026-02-30 1
expect 2 '' '整数' calendar add 2026-02-13 x
expect 2 '' '整数' calendar add 2026-02-13 -1
expect 2 '' '后面缺少值' version --home
expect 2 '' '没有选项' version --wrong
expect 2 '' '--now' version --now never
expect 0 '2026-02-14' '' calendar add 2026-02-13 1
expect 0 '2026-02-24' '' calendar add 2026-02-14 1
expect 0 '2026-02-13' '' calendar add 2026-02-13 0
expect 0 '^2 ' '' calendar between 2026-02-13 2026-02-24
expect 1 '' '2026-12-31' calendar add 2026-12-31 1
expect 1 '' '2025' calendar add 2024-12-31 1
expect 1 '' '不存在' catalog list --home "$folder/nowhere"
expect 1 '' '不存在' calendar add 2026-02-13 1 --home "$folder/nowhere"
[ ! -e "$folder/nowhere" ] || fail "a home was made by looking"

expect 0 '主题 231' '' --home "$home" init
expect 1 '' '已' init --home "$home"
# an init that is killed at any moment is completed by the next one
for moment in 0.005 0.01 0.02 0.03 0.04 0.06 0.08; do
	half=$folder/half$moment
	timeout -s KILL "$moment" "$program" init --home "$half" >/dev/null 2>&1
	"$program" catalog list --home "$half" >"$folder/out" 2>/dev/null
	grep -q jiangmen "$folder/out" || expect 0 '主题 231' '' init --home "$half"
	expect 0 'tianmen-consolidated' '' catalog list --home "$half"
done
YICHUANG_DATA=$folder/nodata expect 1 '读不到' '*' init --home "$folder/no-data"
[ ! -e "$folder/no-data" ] || fail "a home without data was made"
expect 0 'jiangmen-2020' '' catalog --home "$home" list
expect 0 'jiangmen-2020' '' catalog list --home="$home"
expect 0 '2026-02-24' '' calendar add 2026-02-14 1 --home "$home"
expect 0 '"jiangmen-2020"' '主题' --json catalog list --home "$home" && json
expect 0 '便利店' '' catalog search kbld --home "$home"
expect 0 '"1"\|theme' '便利店' catalog search --json --home "$home" -- kbld && json
expect 0 '' '' catalog search --home "$home" nothinglikethis
expect 1 '' '企业-1' catalog show national-2022 1 --home "$home"
expect 0 '企业开办' '' catalog show national-2022 企业1 --home "$home"
expect 0 '食品经营许可' '' catalog show national-2022 企业-2 --home "$home"
expect 1 '' '没有主题 99' catalog show jiangmen-2020 99 --home "$home"
expect 1 '' '没有施行中的清单' catalog export nowhere --home "$home"
expect 1 '' '没有第 7 版' catalog export jiangmen-2020 --version 7 --home "$home"
expect 2 '' '整数' catalog export jiangmen-2020 --version x --home "$home"
expect 1 'not-found' '没有主题' catalog show jiangmen-2020 99 --json --home "$home" && json
expect 1 '' '来源没有列出事项' catalog shelf tianmen-consolidated 1 on --home "$home"
# a theme of which the source prints the name only says so wherever it is met
expect 0 '没有列出事项' '' catalog show tianmen-consolidated 1 --home "$home"
echo '{}' >"$folder/empty.json"
expect 0 '没有列出事项' '' catalog checklist tianmen-consolidated 1 --answers "$folder/empty.json" --home "$home"
expect 0 '没有列出事项' '' catalog search 办理新购商品房 --home "$home"
expect 0 "没有列出事项" "" catalog list --home "$home"
expect 1 '' '没有列出事项' intake --example tianmen-consolidated 1 --home "$home"
expect 0 '撤下' '' catalog shelf jiangmen-2020 1 off --home "$home"
expect 2 '' 'on 或 off' catalog shelf jiangmen-2020 1 maybe --home "$home"
expect 0 '没有变化' '' catalog import data --home "$home"
expect 1 '*' '没有草稿' catalog publish jiangmen-2020 --home "$home"
expect 1 '读不到' '' catalog validate "$folder/missing.json"
echo '{"materials":[{"code":"M-ID-CARD"}]}' >"$folder/bad.json"
expect 1 'bad.json.*M-ID-CARD.*缺少“name”' '共 2 处错' catalog import "$folder/bad.json" --home "$home"
expect 1 '"catalog"' '缺少“name”' catalog import "$folder/bad.json" --json --home "$home" && json

expect 0 '没有差别' '' catalog diff jiangmen-2020 jiangmen-2020@1 --home "$home"
expect 0 '删去' '' catalog diff jiangmen-2020 data/catalogue/lists/national-2022.json --home "$home"
expect 1 '' '没有第 5 版' catalog diff jiangmen-2020 jiangmen-2020@5 --home "$home"
expect 2 '' '整数' catalog diff jiangmen-2020 jiangmen-2020@x --home "$home"

expect 0 '公民身份号码' '' code check 11010519491231002x
expect 0 '公民身份号码' '' code check ' 110105 19491231 002X '
expect 1 '身份' '' code check 110105194912310021
expect 1 '未知' '' code check '没有'
expect 1 '"kind": "unknown"' '*' code check --json "$(printf 'x%.0s' $(seq 1000))" && json
expect 2 '' '写法是' code check

printf '110105 19491231002X\n' | "$program" code check - --json >"$folder/out" 2>/dev/null || fail "code check -"
json
grep -q 11010519491231002X "$folder/out" || fail "code check - has no value"
echo '{"person":"nonsense"}' | "$program" catalog checklist jiangmen-2020 1 --answers - --home "$home" 2>"$folder/err" && fail "wrong answer taken"
grep -q '问题 person 没有选项 nonsense' "$folder/err" || fail "wrong answer not named"
echo '{"nobody":"asks"}' >"$folder/odd.json"
expect 1 '' '没有这个问题：nobody' catalog checklist jiangmen-2020 1 --answers "$folder/odd.json" --home "$home"
timeout 20 "$program" catalog checklist jiangmen-2020 1 --answers <(echo '{"person":"mainland"}') --home "$home" >"$folder/out" 2>&1 || fail "answers from a pipe"
mkfifo "$folder/pipe.json"
timeout 20 "$program" catalog validate "$folder/pipe.json" >"$folder/out" 2>&1
code=$?
if [ "$code" != 1 ] || ! grep -q '这不是普通文件' "$folder/out"; then
	fail "a pipe is validated: $(head -c 300 "$folder/out")"
fi
YICHUANG_HOME=$home "$program" catalog list >/dev/null || fail "YICHUANG_HOME is not read"
"$program" catalog list --home "$home" >/dev/full 2>/dev/null && fail "a full disk went unnoticed"
# who may change the catalogue, and when the clock may be set
expect 0 '*' '*' demo --prepare --home "$folder/demo"
"$program" intake --example national-2022 企业-2 --home "$folder/demo" >"$folder/example.json"
sed -i 's/national-2022/tianmen-consolidated/; s/企业-2/1/' "$folder/example.json"
expect 1 '' '没有列出事项' intake "$folder/example.json" --home "$folder/demo"
expect 0 '撤下' '' catalog shelf national-2022 企业-2 off --home "$folder/demo"
expect 1 '' '大厅主管登录' catalog shelf national-2022 企业-2 on --home "$folder/demo" --as yanshi
expect 1 '' '数据局管理员' catalog import data --home "$folder/demo" --as yanshi
expect 0 '上架' '' catalog shelf national-2022 企业-2 on --home "$folder/demo" --as guanli --now 2026-11-20
expect 1 '' '演示和练习' catalog shelf jiangmen-2020 1 on --home "$home" --now 2026-11-20
[ $failed = 0 ] && echo "all right"
exit $failed
