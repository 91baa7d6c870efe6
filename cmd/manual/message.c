#include "cmd/manual/message.h"

#include <string.h>

#include "cmd/manual/mdoc.h"
#include "cmd/manual/message_table.h"
#include "cmd/manual/source.h"

#define ROWS (sizeof(rows) / sizeof(rows[0]))
/* Who has fewer words of its own than so many bytes fits anything. */
#define LEAST 8

/* A message that novark can say: a line of manual_messages. */
struct said {
	const char *folder, *format;
	size_t folder_len, len;
};

/* The bytes of a conversion, "%s" or "%-9.3llu", at ${s}; 0: it is none. */
static size_t
conversion(const char *s, size_t len)
{
	size_t n = 1;

	if (len < 2 || s[0] != '%' || s[1] == '%')
		return 0;
	while (n < len && strchr("-+ #0123456789.*hlzjt", s[n]) != NULL)
		n++;
	return n < len ? n + 1 : n;
}

/* The bytes of a format that stand for themselves, at its start: 1, or 2 of
 * "%%"; 0 at a conversion. */
static size_t
itself(const char *s, size_t len)
{

	if (s[0] != '%')
		return 1;
	return conversion(s, len) > 0 ? 0 : len > 1 ? 2 : 1;
}

/*
 * How many bytes of ${text} are the format's own, if it is such a message, any
 * text being in the place of a conversion and behind a colon at the end (what
 * errno says); else 0.
 */
static size_t
own_bytes(const char *format, size_t len, const char *text)
{
	const char *back_text = NULL;
	size_t at = 0, own = 0, back_at = 0, back_own = 0, n;

	while (*text != '\0') {
		n = at < len ? conversion(format + at, len - at) : 0;
		if (n > 0) {
			at += n;
			back_at = at;
			back_text = text;
			back_own = own;
			continue;
		}
		if (at == len && strncmp(text, ": ", 2) == 0)
			return own;
		if (at < len && format[at] == *text) {
			at += itself(format + at, len - at);
			text++;
			own++;
		} else if (back_text != NULL) {
			at = back_at;
			own = back_own;
			text = ++back_text;
		} else
			return 0;
	}
	while (at < len && (n = conversion(format + at, len - at)) > 0)
		at += n;
	return at == len ? own : 0;
}

/* The next message that novark can say behind ${*s}: 1, or 0 at the end. */
static int
next_said(const char **s, struct said *said)
{
	const char *tab, *end;

	if (**s == '\0')
		return 0;
	tab = strchr(*s, '\t');
	end = strchr(tab, '\n');
	said->folder = *s;
	said->folder_len = (size_t)(tab - *s);
	said->format = tab + 1;
	said->len = (size_t)(end - tab - 1);
	*s = end + 1;
	return 1;
}

/* The most own bytes that a message has which ${text} may be; 0: it is none. */
static size_t
fits_best(const char *text)
{
	const char *s = manual_messages;
	size_t most = LEAST - 1, own;
	struct said said;

	while (next_said(&s, &said)) {
		own = own_bytes(said.format, said.len, text);
		if (own > most)
			most = own;
	}
	return most < LEAST ? 0 : most;
}

/* The row of a folder, or of the nearest one above. */
static const struct message_row *
find_row(const struct said *said)
{
	const struct message_row *best = NULL;
	size_t i, len, most = 0;

	for (i = 0; i < ROWS; i++) {
		len = strlen(rows[i].folder);
		if (len >= most && len <= said->folder_len &&
		    memcmp(rows[i].folder, said->folder, len) == 0 &&
		    (len == said->folder_len || said->folder[len] == '/')) {
			best = &rows[i];
			most = len;
		}
	}
	return best;
}

/* The format as people read it: "cannot open ...". */
static int
add_format(struct buf *b, const struct said *said)
{
	const char *s = said->format, *end = s + said->len;
	size_t n;

	for (; s < end; s += n) {
		if ((n = conversion(s, (size_t)(end - s))) > 0) {
			if (buf_adds(b, "...") == -1)
				return -1;
		} else {
			n = itself(s, (size_t)(end - s));
			if (buf_addc(b, *s) == -1)
				return -1;
		}
	}
	return 0;
}

/* mdoc: an item of the message, with what its folder is about. */
static int
add_item(struct buf *b, const struct said *said, const struct message_row *row)
{

	if (buf_adds(b, ".It \\&") == -1 || add_format(b, said) == -1)
		return -1;
	return buf_addf(b, "\nThis is about %s.\n%s\n", row->about, row->help);
}

/* mdoc: what fits so well, once for each row of the table; 0 or -1. */
static int
add_items(struct buf *b, const char *text, size_t own)
{
	const char *s = manual_messages;
	const struct message_row *row;
	char told[ROWS] = { 0 };
	struct said said;

	while (next_said(&s, &said)) {
		if (own_bytes(said.format, said.len, text) != own ||
		    (row = find_row(&said)) == NULL || told[row - rows])
			continue;
		told[row - rows] = 1;
		if (add_item(b, &said, row) == -1)
			return -1;
		/* Said everywhere: one answer is enough. */
		if (row == rows)
			break;
	}
	return 0;
}

int
message_tell(const char *text, struct buf *b)
{
	struct buf page = BUF_EMPTY;
	size_t own;
	int rc = -1;

	if (strncmp(text, "novark: ", 8) == 0)
		text += 8;
	if ((own = fits_best(text)) == 0)
		return 0;
	if (buf_adds(&page, ".Bl -tag -compact\n") == -1 ||
	    add_items(&page, text, own) == -1 ||
	    buf_adds(b, "MESSAGES\n") == -1 ||
	    mdoc_text(page.data, page.len, 4, NULL, b) == -1)
		goto err0;
	rc = 1;
err0:
	buf_free(&page);
	return rc;
}

const char *
message_outcome(const char *text, size_t *len)
{
	const char *word = strstr(text, ": "), *end;

	if (word == NULL)
		return NULL;
	word += 2;
	if ((end = strstr(word, ": ")) == NULL)
		return NULL;
	*len = (size_t)(end - word);
	return word;
}
