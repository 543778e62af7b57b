# Completion of bash for yichuang: subcommands as the program itself lists them, options, files.
_yichuang() {
	local word=${COMP_WORDS[COMP_CWORD]} so_far='' each known
	local -i skip=0
	for each in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
		case $skip$each in
		1*) skip=0 ;;
		0--home | 0--as | 0--now | 0--secret-file) skip=1 ;;
		0-*) ;;
		*) so_far+="$each " ;;
		esac
	done
	known=$(yichuang --help 2>/dev/null | sed -n 's/^  \(\([a-z]\{1,\} \)*[a-z]\{1,\}\) .*/\1/p')
	known+=$'\nsync\nagent\nreview list\nreview show\nreview act\nprint\nprinter list\nprinter test'
	known=$(so_far=$so_far awk 'index($0, ENVIRON["so_far"]) == 1 {
		split(substr($0, length(ENVIRON["so_far"]) + 1), rest, " "); print rest[1] }' <<<"$known" | sort -u)
	if ((skip)) || [[ -z $known && $word != -* ]]; then
		mapfile -t COMPREPLY < <(compgen -f -- "$word")
	else
		mapfile -t COMPREPLY < <(compgen -W "$known --home --json --as --secret-file --now --help" -- "$word")
	fi
}
complete -o filenames -F _yichuang yichuang
