#!/bin/sh
# Makes the font for PDF: Noto Sans CJK SC without subroutines, since cairo 1.16 loses characters of
# the packaged one (如 comes out blank). usage: make-font.sh OUT.otf
set -eu
out=$1
source=$(fc-list : file family | sed -n 's/^\([^:]*NotoSansCJK-Regular\.ttc\):.*/\1/p' | head -n 1)
[ -n "$source" ] || { echo "make-font: Noto Sans CJK is missing (package fonts-noto-cjk)" >&2; exit 1; }
mkdir -p "$(dirname "$out")"
hb-subset --desubroutinize --unicodes='*' --face-index=2 --name-IDs='*' --output-file="$out.part" "$source"
mv "$out.part" "$out"
