#!/bin/sh
# Prints a manual page with its tables filled in: the line `.\" table errors` becomes the list of
# src/base/err.def, `.\" table keys` the keys of every screen (ui/actions.def, ui/keymap.c).
# usage: manual-tables.sh man/PAGE
set -eu
page=$1
cd "$(dirname "$0")/.."

errors() {
	sed -n 's/^ERR(\([A-Z_]*\), \([A-Z]*\), \([0-9]*\), "\(.*\)", "\(.*\)")$/\1\t\2\t\3\t\4\t\5/p' src/base/err.def |
		awk -F '\t' 'BEGIN { print ".Bl -tag -width Ds" } {
			name = tolower($1); gsub("_", "-", name)
			printf ".It Li %s\n%s。%s。\n退出码 %d，中心回答 %d。\n", name, $4, $5, $2 == "USAGE" ? 2 : 1, $3
		} END { print ".El" }'
}

keys() {
	cat ui/keys.c ui/actions.def ui/screens/*.c ui/keymap.c | awk '
	BEGIN { title["CONTEXT_GLOBAL"] = "各屏通用"; title["CONTEXT_EDIT"] = "输入文字时"; title["CONTEXT_LIST"] = "列表" }
	function quoted(text) { match(text, /"[^"]*"/); return substr(text, RSTART + 1, RLENGTH - 2) }
	function key_of(word) {
		if (match(word, /^KEY_F\([0-9]+\)/)) return "F" substr(word, 7, RLENGTH - 7)
		if (word ~ /^KEY_CTRL\(/) return "Ctrl+" substr(word, 11, 1)
		return names[word]
	}
	/\[KEY_[A-Z_]+\] = "/ {
		rest = $0
		while (match(rest, /\[KEY_[A-Z_]+\] = "[^"]*"/)) {
			entry = substr(rest, RSTART, RLENGTH); rest = substr(rest, RSTART + RLENGTH)
			names[substr(entry, 2, index(entry, "]") - 2)] = quoted(entry)
		}
	}
	/^ACTION\(/ {
		id = substr($0, 8, index($0, ",") - 8); split($0, part, "\"")
		label[id] = part[2]; help[id] = part[4]
	}
	/^\t\.context = CONTEXT_/ { gsub(/[,;]/, "", $3); context = $3 }
	/^\t\.title = / && context != "" { title[context] = quoted($0); context = "" }
	/^\t\{CONTEXT_[A-Z_]+, KEY_/ && !/ACTION_NONE/ {
		split(substr($0, 3), part, ", ")
		if (part[1] != last) {
			if (last != "") print ".El"
			printf ".Ss %s\n.Bl -tag -width Shift+Tab\n", title[part[1]]
		}
		last = part[1]; sub("ACTION_", "", part[3]); seen[part[3]] = 1
		printf ".It %s\n%s：%s。\n", key_of(part[2]), label[part[3]], help[part[3]]
	}
	END {
		print ".El"
		for (id in label) if (!seen[id]) { print "manual-tables: no key for ACTION_" id | "cat >&2"; exit 1 }
	}'
}

while IFS= read -r line; do
	case $line in
	'.\" table errors') errors ;;
	'.\" table keys') keys ;;
	*) printf '%s\n' "$line" ;;
	esac
done <"$page"
