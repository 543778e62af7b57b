#!/bin/sh
# Makes the fonts for PDF: Noto Sans CJK SC without subroutines, since cairo 1.16 loses characters of
# the packaged one (如 comes out blank). usage: make-font.sh OUT.otf   (OUT-Bold.otf is made beside it)
# cairo copies a whole font for every paper: so no hangul and no variants, and of the bold one, which sets
# headings, only GB 2312; what it lacks is set in the regular one.
set -eu
out=$1
make_one() {
	weight=$1 file=$2
	shift 2
	source=$(fc-list : file family | sed -n "s/^\([^:]*NotoSansCJK-$weight\.ttc\):.*/\1/p" | head -n 1)
	[ -n "$source" ] || { echo "make-font: Noto Sans CJK is missing (package fonts-noto-cjk)" >&2; exit 1; }
	hb-subset --desubroutinize --layout-features=kern --face-index=2 --name-IDs='*' "$@" --output-file="$file.part" "$source"
	mv "$file.part" "$file"
}
mkdir -p "$(dirname "$out")"
LC_ALL=C awk 'BEGIN { for (i = 161; i <= 247; i++) for (j = 161; j <= 254; j++) printf "%c%c", i, j }' |
	iconv -c -f GB2312 -t UTF-8 >"$out.gb2312"
make_one Bold "${out%.otf}-Bold.otf" --unicodes='20-7E,A0-FF,2010-203B,20AC' --text-file="$out.gb2312"
make_one Regular "$out" --unicodes='0-10FF,1200-ABFF,D800-10FFFF'
rm -f "$out.gb2312"
