#!/usr/bin/env bash
# Every query is used by some C file (those that the store runs by their prefix apart), and is one that exists.
set -eu
cd "$(dirname "$0")/../.."
failed=0
check() {
	local prefix=$1 folder=$2 file name
	shift 2
	for file in "$folder"/*.sql; do
		name=$(basename "$file" .sql)
		case $name in erase_* | files_to_erase_* | optimize_* | restore_*) continue ;; esac
		grep -rqwE "${prefix}_${name^^}" --include='*.c' --include='*.h' --include='*.def' src ui ||
			{ echo "no C file uses $file"; failed=1; }
	done
}
check STATEMENT src/store/sql/query
check HUB_STATEMENT src/store/hub/sql/query
[ $failed = 0 ] && echo ok
exit $failed
