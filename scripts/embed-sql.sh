#!/bin/sh
# Turns a folder of one-statement SQL files into a C table and an enum.
# usage: embed-sql.sh PREFIX OUT.h OUT.c FILE.sql…      (STATEMENT out.h out.c query/case_insert.sql → STATEMENT_CASE_INSERT)
set -eu
prefix=$1 header=$2 source=$3
shift 3
lower=$(printf %s "$prefix" | tr '[:upper:]' '[:lower:]')
{
	printf '/* made by scripts/embed-sql.sh */\n#pragma once\nenum %s {\n' "$lower"
	for file; do
		name=$(basename "$file" .sql | tr '[:lower:]-' '[:upper:]_')
		printf '\t%s_%s,\n' "$prefix" "$name"
	done
	printf '\t%s_COUNT,\n};\nstruct %s_text { const char *name; const char *sql; };\n' "$prefix" "$lower"
	printf 'extern const struct %s_text %s_texts[%s_COUNT];\n' "$lower" "$lower" "$prefix"
} >"$header"
{
	printf '/* made by scripts/embed-sql.sh */\n#include "%s"\n' "$(basename "$header")"
	printf 'const struct %s_text %s_texts[%s_COUNT] = {\n' "$lower" "$lower" "$prefix"
	for file; do
		printf '{"%s",\n' "$(basename "$file" .sql)"
		sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/.*/"&\\n"/' "$file"
		printf '},\n'
	done
	printf '};\n'
} >"$source"
