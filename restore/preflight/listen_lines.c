#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "archive/node/path.h"
#include "archive/num.h"
#include "restore/preflight/listen_table.h"
#include "restore/preflight/listens.h"

#define ROWS (sizeof(rows) / sizeof(rows[0]))
#define WORD 128

/* Where in a file the walk is. */
struct lines {
	struct listens *out;
	const struct item *item;
	const char *path;
	const char *bytes; /* the whole, for the port's option */
	size_t len;
	char section[WORD], option[WORD]; /* of this line */
	const char *value;                /* of this line */
	size_t value_len;
	size_t number;
	char my_ip[ADDRESS_TEXT]; /* what $my_ip stands for */
};

static void
copy_word(char to[WORD], const char *s, size_t len)
{

	if (len >= WORD)
		len = WORD - 1;
	memcpy(to, s, len);
	to[len] = '\0';
}

/* Cut "[section]", "option = value", "--option=value", "-l value", "Option
 * value" out of a line.  1 when it has an option with a value. */
static int
cut(struct lines *w, const char *s, size_t len)
{
	size_t i, skip = 0;

	while (len > 0 && isspace((unsigned char)*s))
		s++, len--;
	while (len > 0 && isspace((unsigned char)s[len - 1]))
		len--;
	if (len == 0 || *s == '#' || *s == ';')
		return 0;
	if (*s == '[') {
		for (i = 1; i < len && s[i] != ']'; i++)
			continue;
		copy_word(w->section, s + 1, i - 1);
		return 0;
	}
	if (len > 7 && memcmp(s, "export ", 7) == 0)
		skip = 7;
	if (len > 2 && memcmp(s, "--", 2) == 0)
		skip = 2;
	s += skip;
	len -= skip;
	for (i = 0; i < len && s[i] != '=' && !isspace((unsigned char)s[i]);
	     i++)
		continue;
	copy_word(w->option, s, i);
	while (i < len && (s[i] == '=' || isspace((unsigned char)s[i])))
		i++;
	w->value = s + i;
	w->value_len = len - i;
	return w->value_len > 0;
}

/* No case, - as _; a pattern may end in *. */
static int
same(const char *want, const char *have)
{

	for (; *want != '\0' && *want != '*'; want++, have++) {
		int a = tolower((unsigned char)*want);
		int b = tolower((unsigned char)*have);

		if ((a == '-' ? '_' : a) != (b == '-' ? '_' : b))
			return 0;
	}
	return *want == '*' || *have == '\0';
}

static int
in_section(const struct listen_row *row, const char *section)
{

	/* Files of flags have no sections. */
	return row->section == NULL ||
	       strcmp(section[0] == '\0' ? "DEFAULT" : section, row->section) ==
		   0;
}

/* One line after the other: 1, or 0 at the end. */
static int
next_line(struct lines *w, size_t *at, int *has_option)
{
	const char *s = w->bytes + *at, *end;

	if (*at >= w->len)
		return 0;
	end = memchr(s, '\n', w->len - *at);
	*has_option = cut(w, s, end != NULL ? (size_t)(end - s) : w->len - *at);
	*at = end != NULL ? (size_t)(end - w->bytes) + 1 : w->len;
	w->number++;
	return 1;
}

/* The port that the row's other option says, else the row's own. */
static unsigned int
port_of(const struct lines *at, const struct listen_row *row)
{
	struct lines w = *at;
	unsigned int port = row->port;
	char word[WORD], *digits;
	size_t pos = 0;
	uint64_t n;
	int has;

	if (row->port_option == NULL)
		return port;
	w.section[0] = '\0';
	while (next_line(&w, &pos, &has)) {
		if (!has || strcmp(w.section, at->section) != 0 ||
		    !same(row->port_option, w.option))
			continue;
		copy_word(word, w.value, w.value_len);
		digits = word + strspn(word, "\"'");
		digits[strspn(digits, "0123456789")] = '\0';
		if (num_u64(digits, 65535, &n) == 0)
			port = (unsigned int)n;
	}
	return port;
}

/* ":3260" right behind an address, or 0. */
static unsigned int
port_behind(const char *s, size_t len)
{
	unsigned int n = 0;
	size_t i = 0;

	if (len > 0 && s[0] == ']')
		i = 1;
	if (i >= len || s[i] != ':')
		return 0;
	for (i++; i < len && isdigit((unsigned char)s[i]) && n < 65536; i++)
		n = n * 10 + (unsigned int)(s[i] - '0');
	return n < 65536 ? n : 0;
}

/* How the line is called elsewhere: as places are. */
static void
label(const struct lines *w, char *to, size_t room)
{

	if (w->item->file->format == PLACE_FLAGS)
		snprintf(to, room, "--%s", w->option);
	else if (w->item->file->format == PLACE_INI)
		snprintf(to, room, "[%s] %s", w->section, w->option);
	else
		snprintf(to, room, "line %zu", w->number);
}

static int
add(struct lines *w, const struct address *a, unsigned int port, int must)
{
	char place[2 * WORD + 4];
	struct listen one = { .addr = *a, .port = port, .must = must };

	label(w, place, sizeof(place));
	one.item = w->item->name;
	one.place = place;
	return listens_add(w->out, &one);
}

/* The addresses of the line that the row's option names. */
static int
take_row(struct lines *w, const struct listen_row *row)
{
	const char *value = w->value, *behind;
	size_t len = w->value_len, pos = 0;
	struct address_token t;
	struct address my_ip;
	unsigned int port;

	if (row->behind != NULL) {
		behind = memmem(value, len, row->behind, strlen(row->behind));
		if (behind == NULL)
			return 0;
		len -= (size_t)(behind - value);
		value = behind;
	}
	if (*value == '$' && address_parse(w->my_ip, &my_ip) == 0 &&
	    strcmp(row->option, "my_ip") != 0)
		return add(w, &my_ip, port_of(w, row), 1);
	while (address_next(value, len, &pos, &t)) {
		/* A network is nothing to listen on. */
		if (t.prefix != -1)
			continue;
		port = port_behind(value + t.off + t.len, len - t.off - t.len);
		if (add(w, &t.addr, port != 0 ? port : port_of(w, row), 1))
			return -1;
		if (row->behind != NULL)
			break;
	}
	return 0;
}

/* Every "address:port" of the line. */
static int
take_reached(struct lines *w)
{
	struct address_token t;
	unsigned int port;
	size_t pos = 0;

	while (address_next(w->value, w->value_len, &pos, &t)) {
		port = port_behind(
		    w->value + t.off + t.len, w->value_len - t.off - t.len);
		if (port != 0 && add(w, &t.addr, port, 0))
			return -1;
	}
	return 0;
}

static int
take_line(struct lines *w, int is_reached)
{
	int found = 0;
	size_t i;

	if (same("my_ip", w->option) && w->value_len < sizeof(w->my_ip)) {
		memcpy(w->my_ip, w->value, w->value_len);
		w->my_ip[w->value_len] = '\0';
	}
	for (i = 0; i < ROWS; i++) {
		if (!path_glob(rows[i].file, w->path) ||
		    !same(rows[i].option, w->option) ||
		    !in_section(&rows[i], w->section))
			continue;
		if (take_row(w, &rows[i]))
			return -1;
		found = 1;
	}
	return is_reached && !found ? take_reached(w) : 0;
}

int
listens_lines(
    struct listens *l, const struct item *item, const char *bytes, size_t len)
{
	struct lines w = { .out = l,
		.item = item,
		.path = item->name + strlen("file:"),
		.bytes = bytes,
		.len = len };
	int has, is_reached = 0, is_row = 0;
	size_t i, at = 0;

	for (i = 0; i < ROWS; i++)
		is_row |= path_glob(rows[i].file, w.path);
	for (i = 0; i < sizeof(reached) / sizeof(reached[0]); i++)
		is_reached |= path_glob(reached[i], w.path);
	while ((is_row || is_reached) && next_line(&w, &at, &has)) {
		if (has && take_line(&w, is_reached))
			return -1;
	}
	return 0;
}
