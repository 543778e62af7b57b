#!/bin/sh
# Makes the fonts for PDF: Noto Sans CJK SC without subroutines, since cairo 1.16 loses characters of
# the packaged one (如 comes out blank). usage: make-font.sh OUT.otf   (OUT-Bold.otf is made beside it)
set -eu
out=$1
make_one() {
	source=$(fc-list : file family | sed -n "s/^\([^:]*NotoSansCJK-$1\.ttc\):.*/\1/p" | head -n 1)
	[ -n "$source" ] || { echo "make-font: Noto Sans CJK is missing (package fonts-noto-cjk)" >&2; exit 1; }
	hb-subset --desubroutinize --unicodes='*' --face-index=2 --name-IDs='*' --output-file="$2.part" "$source"
	mv "$2.part" "$2"
}
mkdir -p "$(dirname "$out")"
make_one Bold "${out%.otf}-Bold.otf"
make_one Regular "$out"
