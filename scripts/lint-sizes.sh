#!/bin/sh
# Sizes of the house: functions at most 60 lines and complexity 12 (const tables aside), nine of ten at most
# 40 lines; files at most 500 lines.
set -u
cd "$(dirname "$0")/.." || exit 1
bad=0
find src ui -name '*.c' -print0 | xargs -0 pmccabe 2>/dev/null >build/lint-sizes.txt
awk '$5 > 60 || $1 > 12 { printf "%s %s: %d lines, complexity %d\n", $6, $7, $5, $1; bad = 1 } END { exit bad }' build/lint-sizes.txt || bad=1
awk '{ n++; if ($5 <= 40) small++; all[n] = $5 }
	END { printf "functions: %d, at most 40 lines: %.1f %%\n", n, 100 * small / n; exit small < 0.9 * n }' build/lint-sizes.txt || bad=1
find src ui -name '*.[ch]' -print0 | xargs -0 wc -l | awk '$1 > 500 && $2 != "total" { print $2 ": " $1 " lines"; bad = 1 } END { exit bad }' || bad=1
exit $bad
