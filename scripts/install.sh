#!/bin/sh
# Installs what `make` built. Environment: PREFIX (/usr/local), DESTDIR (empty), BUILD (build).
# PREFIX/bin programs · share/yichuang/{data,printers,fonts} · share/man · lib/systemd/{system,user} · share/bash-completion
# The programs find their files from where they stand, so PREFIX may differ from the one of `make`.
set -eu
cd "$(dirname "$0")/.."
prefix=${PREFIX:-/usr/local}
root=${DESTDIR:-}$prefix
build=${BUILD:-build}
shared=$root/share/yichuang

# tree FOLDER: every file git knows below it (without git: every file), to share/yichuang.
tree() {
	{ git ls-files -- "$1" 2>/dev/null | grep . || find "$1" -type f; } | while IFS= read -r file; do
		install -D -m 0644 "$file" "$shared/$file"
	done
}

for program in yichuang yichuang-agent yichuang-print yichuang-hub; do
	install -D -m 0755 "$build/$program" "$root/bin/$program"
done
tree data
tree printers
for font in "$build"/fonts/*.otf; do
	install -D -m 0644 "$font" "$shared/fonts/${font##*/}"
done
for page in "$build"/man/*.[1-9]; do
	install -D -m 0644 "$page" "$root/share/man/man${page##*.}/${page##*/}"
done
install -D -m 0644 packaging/yichuang.bash "$root/share/bash-completion/completions/yichuang"
for unit in packaging/*.service; do
	case $unit in *agent*) kind=user ;; *) kind=system ;; esac
	install -d "$root/lib/systemd/$kind"
	sed "s|/usr/local/bin/|$prefix/bin/|" "$unit" >"$root/lib/systemd/$kind/${unit##*/}"
done
