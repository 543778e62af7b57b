#!/bin/sh
# Every check that needs no test: format, walls, contracts, sizes, manual pages, shell. Prints what is wrong.
# shellcheck disable=SC2317 # the steps are called by name
set -u
cd "$(dirname "$0")/.." || exit 1
bad=0
step() {
	name=$1
	shift
	if "$@"; then echo "lint ok: $name"; else echo "lint FAILED: $name"; bad=1; fi
}
format() {
	find src ui tests -name '*.[ch]' -print0 | xargs -0 clang-format --dry-run -Werror 2>&1 | head -20 >build/lint-format.txt
	cat build/lint-format.txt
	[ ! -s build/lint-format.txt ]
}
manuals() {
	mandoc -T lint -W warning build/man/*.[1-9]
}
shells() {
	git ls-files -z | xargs -0 grep -lE '^#!.*(/bin/sh|bash)' 2>/dev/null | xargs shellcheck -x
}
schemas() {
	find data -name '*.json' -print0 | xargs -0 -n 1 python3 -m json.tool >/dev/null
}
mkdir -p build
step format format
step layers scripts/lint-layers.sh
step contracts scripts/lint-contracts.sh
step sizes scripts/lint-sizes.sh
step traces scripts/lint-traces.sh
step manuals manuals
step shell shells
step json schemas
exit $bad
