#!/usr/bin/env bash
# Keeping the catalogue from the command line: every act, who may not, and what its refusal says.
set -u
cd "$(dirname "$0")/../.." || exit
program=${BUILD:-build}/yichuang
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
home=$folder/demo
failed=0

# expect CODE WORDS ARGUMENTS…: the exit code, and words in either output
expect() {
	local code=$1 words=$2 got
	shift 2
	"$program" "$@" --home "$home" >"$folder/out" 2>&1
	got=$?
	if [ $got != "$code" ] || ! grep -q -- "$words" "$folder/out"; then
		echo "exit $got, not $code with '$words': $*"
		cat "$folder/out"
		failed=1
	fi
}

expect 0 '' demo --prepare
echo '{"services":[{"code":"S-TAX-REG"}]}' >"$folder/bad.json"
"$program" catalog export jiangmen-2020 --whole --home "$home" >"$folder/whole.json"
python3 - "$folder" <<'PY'
import json, sys
package = json.load(open(f"{sys.argv[1]}/whole.json"))
service = next(one for one in package["services"] if one["code"] == "S-FOOD-LICENCE")
service |= {"fee": "每件10元", "fee_basis": "general"}
json.dump({"services": [service]}, open(f"{sys.argv[1]}/fee.json", "w"), ensure_ascii=False)
plain = json.load(open(f"{sys.argv[1]}/whole.json"))["services"]
plain = [one for one in plain if one["code"] == "S-FOOD-LICENCE"]
json.dump({"services": plain}, open(f"{sys.argv[1]}/plain.json", "w"), ensure_ascii=False)
PY

# a clerk may not, and is told who may
for words in "change $folder/fee.json" "import data" "submit jiangmen-2020" "return jiangmen-2020 --reason x" \
	"publish jiangmen-2020" "discard jiangmen-2020" "authorise jiangmen-2020 1 off"; do
	# shellcheck disable=SC2086
	expect 1 '没有“维护清单”的权限。请数据局管理员登录办理' catalog $words --as yanshi
	# shellcheck disable=SC2086
	expect 1 '没有“维护清单”的权限' catalog $words --as zhuguan
done
expect 1 '没有“上架”的权限。请大厅主管登录办理' catalog shelf jiangmen-2020 1 off --as yanshi
expect 1 '没有“确认指南内容”的权限' catalog confirm jiangmen-2020 1 --basis 7号 --as zhuguan
expect 1 '没有“确认指南内容”的权限' catalog unconfirm jiangmen-2020 1 --as yanshi
expect 1 '没有“设置部门路由”的权限' catalog route set jiangmen-2020 江门市公安局 D-POLICE --as zhuguan
expect 1 '没有“设置部门路由”的权限' catalog department add D-X1 甲 --as yanshi

# a change taken back leaves no draft that says nothing
expect 0 'jiangmen-2020 存为草稿' catalog change "$folder/fee.json"
expect 0 'jiangmen-2020 与施行中的版本相同，草稿已取消' catalog change "$folder/plain.json"
expect 0 '没有变化' catalog change "$folder/plain.json"
expect 1 '没有草稿' catalog discard jiangmen-2020
expect 0 'jiangmen-2020 存为草稿' catalog change "$folder/fee.json"
expect 0 '"cancelled": \[' catalog import data --publish --json
expect 0 '第 1 版 施行中' catalog versions jiangmen-2020
expect 1 '没有草稿' catalog discard jiangmen-2020

# from a change to a version
expect 1 'S-TAX-REG' catalog change "$folder/bad.json"
expect 1 '读不到文件' catalog change "$folder/missing.json"
expect 0 'jiangmen-2020 存为草稿' catalog change "$folder/fee.json"
expect 0 '第 2 版 草稿' catalog versions jiangmen-2020
expect 0 '没有变化' catalog change "$folder/fee.json"
expect 1 '还没有提交。请先提交' catalog return jiangmen-2020 --reason 早了
expect 0 '第 2 版已提交' catalog submit jiangmen-2020 --filing '备案〔2026〕3号' --note 收费
expect 1 '已提交，不能再改。请先退回' catalog import data
expect 1 '退回要写理由' catalog return jiangmen-2020
expect 0 '已退回' catalog return jiangmen-2020 --reason 缺依据
expect 0 '退回的草稿 备案〔2026〕3号（退回理由：缺依据）' catalog versions jiangmen-2020
expect 1 '已经过去' catalog publish jiangmen-2020 --from 2020-01-01
expect 0 '第 2 版已发布，自 20[0-9-]* 起施行' catalog publish jiangmen-2020
grep -q '在那之前' "$folder/out" && { echo 'in force from today, and still another one?'; failed=1; }
expect 0 '第 2 版 施行中 .*备案〔2026〕3号' catalog versions jiangmen-2020
expect 0 '没有备案号，这一版标为未备案' catalog publish national-2022
expect 0 '未备案' catalog versions national-2022
expect 0 '第 2 版已发布，自 2099-03-01 起施行' catalog publish weibin-2021 --from 2099-03-01
expect 0 '第 2 版 待施行 自 2099-03-01' catalog versions weibin-2021
expect 0 '在那之前施行中的仍是第 1 版' catalog publish hubei-2023 --from 2099-03-01
expect 0 '"effective_from": "2099-03-02"' catalog publish meixian-2022 --from 2099-03-02 --json
expect 0 '草稿已放弃' catalog discard guangdong-2022
expect 1 '没有草稿。请先导入或修改' catalog discard guangdong-2022
expect 1 '没有草稿' catalog submit nowhere

# the three gates
"$program" intake --example national-2022 企业-2 --home "$home" >"$folder/example.json"
expect 0 '已收回授权' catalog authorise national-2022 企业2 off
expect 1 '没有授权本大厅办理，只供参考，不能收件。.*请数据局管理员授权' intake "$folder/example.json"
expect 0 '没有授权' catalog show national-2022 企业-2
expect 0 '全部主题 已授权' catalog authorise national-2022 on
expect 0 '已撤下' catalog shelf national-2022 企业-2 off --as zhuguan
expect 1 '没有上架，只供参考，不能收件。.*请大厅主管、管理员上架' intake "$folder/example.json"
expect 0 '已上架' catalog shelf national-2022 企业-2 on --as zhuguan
expect 0 '本大厅收件；指南参考' catalog show national-2022 企业-2
expect 1 '没有授权本大厅办理，不能上架' catalog shelf weibin-2021 1 on
expect 0 '全部主题 已授权' catalog authorise tianmen-consolidated on
expect 1 '来源没有列出事项，没有可收的，不能上架' catalog shelf tianmen-consolidated 1 on
expect 1 '没有主题' catalog authorise jiangmen-2020 99 on

# a whole list on the shelf at once
expect 1 '没有“上架”的权限' catalog shelf national-2022 on --as yanshi
expect 0 'national-2022 撤下主题 [1-9]' catalog shelf national-2022 off --as zhuguan
expect 0 'national-2022 撤下主题 0 个' catalog shelf national-2022 off
expect 0 '只供参考\|没有上架' catalog show national-2022 企业-2
expect 0 'national-2022 上架的主题 [1-9]' catalog shelf national-2022 on --as zhuguan
expect 0 '本大厅收件' catalog show national-2022 企业-2
expect 0 '上架的主题 0 个' catalog shelf tianmen-consolidated on
expect 0 '：这个主题的来源没有列出事项' catalog shelf tianmen-consolidated on
expect 0 '：这个主题没有授权本大厅办理' catalog shelf weibin-2021 on
expect 1 '没有施行中的清单' catalog shelf nowhere on
expect 2 'on 或 off' catalog shelf national-2022 企业-2
expect 1 '没有清单' catalog authorise nowhere on
expect 2 'on 或 off' catalog authorise jiangmen-2020 1

# confirmation
expect 2 '--basis' catalog confirm jiangmen-2020 1
expect 0 '已确认' catalog confirm national-2022 企业-2 --basis 演示实施清单7号
expect 0 '指南已确认（演示实施清单7号' catalog show national-2022 企业-2
expect 0 '指南已确认（演示实施清单7号' catalog checklist national-2022 企业-2
expect 0 '恢复为参考' catalog unconfirm national-2022 企业-2
expect 1 '没有确认过' catalog unconfirm national-2022 企业-2
expect 1 '内容不一样。请写明是哪份清单的' catalog confirm S-FOOD-LICENCE --basis 7号
expect 0 '已确认' catalog confirm S-FOOD-LICENCE --list jiangmen-2020 --basis 7号
expect 0 '食品经营许可.*已确认（7号' catalog checklist jiangmen-2020 1
expect 1 '没有 S-NOTHING' catalog confirm S-NOTHING --basis 7号

# routes
expect 0 '已新增部门' catalog department add D-DEMO-POLICE 演示公安局
expect 1 '已有：演示公安局' catalog department add D-DEMO-POLICE 又一个
expect 1 'D-NANHAI-HOUSING' catalog department add police 演示公安局
expect 0 '通到 D-DEMO-POLICE' catalog route set jiangmen-2020 江门市公安局 D-DEMO-POLICE --level 县级
expect 0 'D-DEMO-POLICE 演示公安局（本大厅设定）' catalog route list jiangmen-2020
expect 1 '没有部门 D-NOBODY' catalog route set jiangmen-2020 江门市公安局 D-NOBODY --level 县级
expect 1 '没有印着“江门市公安局（省级）”' catalog route set jiangmen-2020 江门市公安局 D-POLICE --level 省级
expect 2 '--reset' catalog route set jiangmen-2020 江门市公安局
expect 0 '恢复清单自己的路由' catalog route set jiangmen-2020 江门市公安局 --reset --level 县级

# what waits for a route is seen wherever a script looks
expect 0 '' catalog authorise hubei-2023 9 on
expect 0 '' catalog shelf hubei-2023 9 on
"$program" intake --example hubei-2023 9 --home "$home" >"$folder/case.json"
expect 0 '已收件' intake "$folder/case.json"
number=$(grep -o '0000-[0-9A-Z-]*' "$folder/out" | head -1)
expect 0 '待路由' case show "$number"
expect 0 '3 个事项没有部门路由，还没有送出' case outbox

[ $failed = 0 ] && echo "all right"
exit $failed
