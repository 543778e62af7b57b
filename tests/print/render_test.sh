#!/usr/bin/env bash
# Renders every example and reads the paper back as an applicant would: text, Code 128, QR, page count.
set -euo pipefail
print=${YICHUANG_BUILD:-$PWD/build}/yichuang-print
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "FAILED: $*"; exit 1; }
render() { "$print" --render "$1" "$here/data/$2.json" "$work/$2.pdf" "${@:3}" >"$work/pages" 2>"$work/error"; }
slot() { python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$here/data/$1.json" "$2"; }
codes() { pdftoppm -r 200 -f 1 -l 1 -png "$work/$1.pdf" "$work/$1"; zbarimg -q --raw "$work/$1"-*1.png 2>/dev/null | sort; }
words() { pdftotext -layout "$work/$1.pdf" - | tr -d ' \n\f'; }

for kind in notice receipt correction refusal promise delivery test; do
	render "$kind" "$kind" || fail "$kind: $(cat "$work/error")"
	case $kind in receipt | test) number=$(slot $kind case_no) ;; delivery) number=$(slot $kind label) ;; *) number=$(slot $kind label) ;; esac
	codes $kind | grep -qxF "$number" || fail "$kind: Code 128 is not $number but: $(codes $kind)"
	words $kind | grep -qF "$number" || fail "$kind: the number is not readable"
	words $kind | grep -qF "演示不作凭证" || fail "$kind: a demo paper is not marked"
done
codes receipt | grep -qxF "$(slot receipt page_url)" || fail "receipt: the QR is not the applicant's page"
[ "$(codes notice | wc -l)" = 1 ] || fail "notice: it carries more than its label"
words receipt | grep -qF "第1页共1页" || fail "receipt: not one page, or not numbered"
words receipt | grep -qF 440703199001010011 && fail "receipt: the identity number stands there whole"
words receipt | grep -qF '440***********0011' || fail "receipt: the masked number is missing"
words notice | grep -qF "个人信息保护法》第十七条" || fail "notice: no personal-information notice (R44)"
words notice | grep -qF "参考" || fail "notice: not marked 参考"
words refusal | grep -qF "行政复议" || fail "refusal: no remedies (R24)"

# Eight materials and a deferred one: drawn together on one page, nothing over anything, the type as large as ever.
python3 - "$here/data/receipt.json" "$work/eight.json" <<'END'
import json, sys
data = json.load(open(sys.argv[1], encoding="utf-8"))
data["items"] = (data["items"] * 3)[:3]
data["materials"] = (data["materials"] * 8)[:8]
data["deferred"] = [{"name": "从业人员健康证明", "due": "2026-11-27"}]
json.dump(data, open(sys.argv[2], "w", encoding="utf-8"), ensure_ascii=False)
END
"$print" --render receipt "$work/eight.json" "$work/eight.pdf" >/dev/null || fail "receipt with eight materials"
words eight | grep -qF "第1页共1页" || fail "receipt with eight materials: not one page"
words eight | grep -qF "从业人员健康证明" || fail "receipt with eight materials: the deferred one is missing"
pdftotext -bbox "$work/eight.pdf" - | grep -F '>申请人<' | head -1 | python3 -c 'import re, sys
low, high = (float(x) for x in re.search(r"yMin=\"([\d.]+)\".*yMax=\"([\d.]+)\"", sys.stdin.read()).groups())
sys.exit(not 10 < high - low < 20)' || fail "receipt with eight materials: the type shrank"

# Long: three pages of materials, the table's head on each, a rare name whole.
render receipt receipt-long || fail "$(cat "$work/error")"
pages=$(pdfinfo "$work/receipt-long.pdf" | sed -n 's/^Pages: *//p')
[ "$pages" -ge 3 ] || fail "long receipt: only $pages pages"
[ "$(pdftotext -layout "$work/receipt-long.pdf" - | grep -c '材料名称')" -ge 3 ] || fail "long receipt: the head is not repeated"
words receipt-long | grep -qF '䶮㛃㑇𬭎𫖯𬴃𬱖𠮷' || fail "long receipt: rare characters are lost"
words receipt-long | grep -qF "第${pages}页共${pages}页" || fail "long receipt: pages are not counted"

# Half a sheet.
render receipt receipt a5-landscape || fail "$(cat "$work/error")"
pdfinfo "$work/receipt.pdf" | grep -q '595.* x 419' || fail "A5: wrong paper: $(pdfinfo "$work/receipt.pdf" | grep size)"
codes receipt | grep -qxF "$(slot receipt case_no)" || fail "A5: Code 128 does not read"
codes receipt | grep -qxF "$(slot receipt page_url)" || fail "A5: QR does not read"

# A certificate: only from the result, values escaped.
render certificate certificate || fail "$(cat "$work/error")"
words certificate | grep -qF '演示一<便利店>&分店' || fail "certificate: the holder is wrong"
words certificate | grep -qF '仓储用房' || fail "certificate: a long value is cut"
sed 's/"result": {/"other": {/' "$here/data/certificate.json" >"$work/none.json"
"$print" --render certificate "$work/none.json" "$work/none.pdf" 2>"$work/error" && fail "certificate: made without a result"
grep -q 部门 "$work/error" || fail "certificate: $(cat "$work/error")"
[ ! -e "$work/none.pdf" ] || fail "certificate: a file was left"

# A character that no font has: noted on a slip, refused on a certificate. Hostile text is shown, not obeyed.
sed 's/"applicant": "演示一"/"applicant": "演\xf0\xaa\x9a\xa5一\\u202e\\u001b[2J{{hall}}|x"/' "$here/data/receipt.json" >"$work/rare.json"
"$print" --render receipt "$work/rare.json" "$work/rare.pdf" >/dev/null || fail "a rare name stops the receipt"
words rare | grep -qF '演〓一' || fail "no stand-in: $(words rare)"
words rare | grep -qF '字库所缺的字U+2A6A5' || fail "the missing character is not named"
words rare | grep -qF '[2J{{hall}}|x' || fail "hostile text was obeyed: $(words rare)"
pdftotext "$work/rare.pdf" - | grep -qP '\x1b|\x{202e}' && fail "control characters on paper"
sed 's/"holder": "演示一/"holder": "演\xf0\xaa\x9a\xa5/' "$here/data/certificate.json" >"$work/rare.json"
"$print" --render certificate "$work/rare.json" "$work/rare-c.pdf" 2>"$work/error" && fail "a certificate lost a character"
grep -q 'U+2A6A5' "$work/error" || fail "certificate: $(cat "$work/error")"
"$print" --render receipt "$here/data/receipt.json" "$work/copy.pdf" --copy 2 --reason 卡纸 >/dev/null
words copy | grep -qF '补打第2份' || fail "copy: not marked"

# Mistakes are sentences with file and line; nothing is written.
echo '{"hall":"x"}' >"$work/little.json"
"$print" --render receipt "$work/little.json" "$work/little.pdf" 2>"$work/error" && fail "incomplete data was printed"
grep -q 'receipt.txt 第 .* 行' "$work/error" || fail "no file and line: $(cat "$work/error")"
[ -z "$(ls "$work"/little.pdf* 2>/dev/null)" ] || fail "a half paper was left"
"$print" --render nothing "$work/little.json" "$work/x.pdf" 2>"$work/error" && fail "unknown template was printed"
grep -q '没有单据模板' "$work/error" || fail "unknown template: $(cat "$work/error")"
echo ok
