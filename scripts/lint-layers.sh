#!/bin/sh
# The walls: what each room may include of the others, and which files see a foreign header.
set -u
cd "$(dirname "$0")/.." || exit 1
rules='
src/base: base
src/core: core base
src/catalog: catalog store core base
src/scan: scan core base
src/store: store core base
src/desk: desk catalog store core base print/job.h
src/sync: sync desk store core base
src/print: print desk store catalog core base
src/agent: agent sync desk store catalog core base print/job.h
src/hub: hub catalog store core base
src/cli: cli desk scan catalog store core base
ui: screens widgets cli desk scan catalog store core base
'
# A pattern of the header's name, the only file or folder that may include it.
foreign='
.*(curses|panel|term)\.h ui/term_curses.c
.*sqlite3 src/store/
.*libpq src/store/
.*curl/ src/sync/http.c
.*cups/ src/print/spool.c
csv\.h src/catalog/sheet_csv.c
.*microhttpd src/hub/http.c
.*(pango|cairo|rsvg|zint|fontconfig) src/print/
'
bad=0
mkdir -p build
for room in src/*/; do
	echo "$rules" | grep -q "^${room%/}:" || { echo "${room%/} has no rule in $0"; bad=1; }
done
echo "$rules" | while IFS=: read -r room allowed; do
	[ -d "$room" ] || continue
	found=$(grep -rhoE --include='*.[ch]' '^#include "[^"]+/[^"]+"' "$room" | sed 's/.*"\(.*\)"/\1/' | sort -u)
	for include in $found; do
		good=
		for folder in $allowed; do
			case $include in "$folder"/* | "$folder") good=1 ;; esac
		done
		[ -n "$good" ] || { echo "$room may not include $include"; echo x >&3; }
	done
done 3>build/lint-layers.txt
echo "$foreign" | while read -r header place; do
	[ -n "$header" ] || continue
	grep -rlE --include='*.[ch]' "#include <$header" src ui | grep -v "^$place" | while read -r file; do
		echo "$file may not include <$header (only $place)"
		echo x >&3
	done
done 3>>build/lint-layers.txt
grep -rnE --include='*.[ch]' '#include "[^"]*\.c"' src ui tests && bad=1
[ ! -s build/lint-layers.txt ] && [ $bad = 0 ]
