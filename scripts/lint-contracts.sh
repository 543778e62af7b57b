#!/bin/sh
# A public header begins with what it is for, has a guard, and no exported mutable variable; every group of
# prototypes stands under a comment. Every room has a README of at most one screen.
set -u
cd "$(dirname "$0")/.." || exit 1
bad=0
for header in $(find src ui -name '*.h' | sort); do
	head -n 1 "$header" | grep -q '^/\*' || { echo "$header: does not begin with its purpose"; bad=1; }
	grep -qE '^#ifndef|^#pragma once' "$header" || { echo "$header: no guard"; bad=1; }
	awk -v file="$header" '
		/^extern/ && $0 !~ /const/ { print file ":" NR ": exported mutable variable"; exit_code = 1 }
		/\*\// { told = 1 }
		/^$/ { if (!told_block) told = 0; }
		/^[A-Za-z_].*[ *][a-z][a-z0-9_]*\(/ && !/^typedef|{$/ {
			if (!told) { print file ":" NR ": prototype without a contract: " $0; exit_code = 1 }
		}
		END { exit exit_code }' "$header" || bad=1
done
for room in src/*/ ui/ data/ printers/ tests/; do
	[ -n "$(find "$room" -name '*.[ch]' -o -name '*.json' -o -name '*.txt' 2>/dev/null | head -n 1)" ] || continue
	[ -f "$room/README.md" ] || { echo "$room has no README.md"; bad=1; }
	[ ! -f "$room/README.md" ] || [ "$(wc -l <"$room/README.md")" -le 50 ] || { echo "$room/README.md is longer than a screen"; bad=1; }
done
exit $bad
