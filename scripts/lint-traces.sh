#!/bin/sh
# Nothing generated, binary, large or of one machine in git.
set -u
cd "$(dirname "$0")/.." || exit 1
bad=0
git grep -nIE '(^|[^A-Za-z0-9_.])/(root|work|home/[a-z]+)/' -- . ':!scripts/lint-traces.sh' && { echo "a machine's path"; bad=1; }
for file in $(git ls-files); do
	[ -f "$file" ] || continue
	[ "$(stat -c %s "$file")" -le 800000 ] || { echo "$file is large"; bad=1; }
	grep -Iq . "$file" || [ ! -s "$file" ] || { echo "$file is binary"; bad=1; }
done
git ls-files | grep -E '\.(o|a|pdf|db|mo|otf)$' && { echo "something made is in git"; bad=1; }
exit $bad
