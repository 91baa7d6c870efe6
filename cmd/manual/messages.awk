# What novark can say: of each call that says something, the folder and the
# format, as lines of a C string.  Run by make over all sources.

# The text of the string literals at the start of s, put together; "" if s does
# not begin with one behind other arguments.
function literals(s,    text, c, at, in_string, word) {
	text = ""
	in_string = 0
	for (at = 1; at <= length(s); at++) {
		c = substr(s, at, 1)
		if (in_string) {
			if (c == "\\") {
				text = text substr(s, at, 2)
				at++
			} else if (c == "\"")
				in_string = 0
			else
				text = text c
		} else if (c == "\"")
			in_string = 1
		else if (c ~ /[ \t\n]/)
			continue
		else if (match(substr(s, at), /^PRI[a-zA-Z0-9]+/)) {
			text = text "u"
			at += RLENGTH - 1
		} else if (text != "" || c ~ /[;{}]/)
			break
	}
	return text
}

function tell_of(file, all,    folder, text) {
	folder = file
	sub(/\/[^\/]*$/, "", folder)
	while (match(all, /[^a-z_](warn_msg|warn_errno|report_end|take_refuse)\(/)) {
		all = substr(all, RSTART + RLENGTH)
		text = literals(substr(all, 1, 1200))
		if (text != "" && !seen[folder, text]++)
			print "\"" folder "\\t" text "\\n\""
	}
}

FNR == 1 {
	if (file != "")
		tell_of(file, all)
	file = FILENAME
	all = ""
}
{ all = all $0 "\n" }
END { tell_of(file, all) }
