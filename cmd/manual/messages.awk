# What novark can say: of each call that says something, and of each reason that
# a message ends with, the folder and the format, as lines of a C string.  Run by make over all sources.

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

function tell(folder, text) {
	if (text != "" && !seen[folder, text]++)
		print "\"" folder "\\t" text "\\n\""
}

# Of s, up to the end of the statement, each text that is a sentence: it stands
# behind something else in a message.
function tell_each(folder, s,    text) {
	while (match(s, /["(;]/)) {
		if (substr(s, RSTART, 1) == ";")
			return
		if (substr(s, RSTART, 1) == "(") {
			s = substr(s, RSTART + 1)
			continue
		}
		s = substr(s, RSTART)
		text = literals(s)
		if (text ~ / [^ ]+ / && text != "out of memory")
			tell(folder, "%s" text)
		# Behind it, and behind all that it was put together of.
		while (match(s, /^"([^"\\]|\\.)*"[ \t\n]*(PRI[a-zA-Z0-9]+[ \t\n]*)?/))
			s = substr(s, RLENGTH + 1)
	}
}

function tell_of(file, all,    folder, text, rest, noted) {
	folder = file
	sub(/\/[^\/]*$/, "", folder)
	rest = all
	# Reasons, which messages without words of their own are made of.
	while (match(rest, /[^a-z_]why =[ \n]|buf_add[fs]\(&?why, /)) {
		rest = substr(rest, RSTART + RLENGTH)
		tell_each(folder, substr(rest, 1, 1200))
	}
	while (match(all, /[^a-z_](warn_msg|warn_errno|warn_info|manifest_warn|report_end|take_refuse)\(/)) {
		noted = substr(all, RSTART, RLENGTH) ~ /manifest/
		all = substr(all, RSTART + RLENGTH)
		text = literals(substr(all, 1, 1200))
		# A note stands behind the name of its item.
		tell(folder, (noted && text != "" ? "%s" : "") text)
		if (text !~ /[a-z][a-z][a-z]/)
			tell_each(folder, substr(all, 1, 1200))
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
