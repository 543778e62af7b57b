#!/bin/sh
# Installs the Debian packages that are missing; elsewhere it names them and goes on.
# usage: install-packages.sh [build]   (build: only what building and running needs, not tests and measuring)
set -eu
file=$(dirname "$0")/packages.txt
if [ "${1:-}" = build ]; then
	list=$(sed '/^# tests/,$d' "$file" | grep -v '^#')
else
	list=$(grep -v '^#' "$file")
fi
if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
	echo "This is not Debian. Please install what corresponds to these packages:" >&2
	echo "$list" >&2
	exit 0
fi
missing=
for package in $list; do
	state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) || state=
	[ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
as_root=
if [ "$(id -u)" != 0 ]; then
	command -v sudo >/dev/null || { echo "Please install as root: apt-get install$missing" >&2; exit 1; }
	as_root=sudo
fi
echo "installing:$missing"
$as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q >/dev/null
# shellcheck disable=SC2086 # a list of names
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing >/dev/null
