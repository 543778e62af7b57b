#!/bin/sh
# Turns a folder of one-statement SQL files into a C table and an enum.
# usage: embed-sql.sh PREFIX OUT.h OUT.c FILE.sql…      (STATEMENT out.h out.c query/case_insert.sql → STATEMENT_CASE_INSERT)
# The hub's enums begin at 10000, so that a statement given to the wrong store is noticed.
set -eu
prefix=$1 header=$2 source=$3
shift 3
lower=$(printf %s "$prefix" | tr '[:upper:]' '[:lower:]')
case $prefix in HUB_*) first=10000 ;; *) first=0 ;; esac
{
	printf '/* made by scripts/embed-sql.sh */\n#pragma once\n#include "store/sql_text.h"\n'
	printf 'enum %s {\n\t%s_BEFORE_FIRST = %d - 1,\n' "$lower" "$prefix" "$first"
	for file; do
		name=$(basename "$file" .sql | tr '[:lower:]-' '[:upper:]_')
		printf '\t%s_%s,\n' "$prefix" "$name"
	done
	printf '\t%s_END,\n};\n#define %s_FIRST %d\n#define %s_COUNT %d\n' "$prefix" "$prefix" "$first" "$prefix" $#
	printf '/* by statement - %s_FIRST; one empty entry more */\n' "$prefix"
	printf 'extern const struct sql_text %s_texts[%s_COUNT + 1];\n' "$lower" "$prefix"
} >"$header"
{
	printf '/* made by scripts/embed-sql.sh */\n#include "%s"\n' "$(basename "$header")"
	printf 'const struct sql_text %s_texts[%s_COUNT + 1] = {\n' "$lower" "$prefix"
	for file; do
		printf '{"%s",\n' "$(basename "$file" .sql)"
		sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/.*/"&\\n"/' "$file"
		printf '},\n'
	done
	printf '{0},\n};\n'
} >"$source"
