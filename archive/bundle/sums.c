#include "archive/bundle/sums.h"

#include <string.h>

#define FIRST "# novark-bundle 1 "

/* Does ${s} have just the shape of ${form}: x a hex digit, 0 a decimal one? */
static int
shaped(const char *s, const char *form)
{
	size_t i;

	for (i = 0; form[i] != '\0'; i++) {
		if (form[i] == 'x' ? s[i] == '\0' || strchr("0123456789abcdef",
							 s[i]) == NULL
		    : form[i] == '0' ? s[i] < '0' || s[i] > '9'
				     : s[i] != form[i])
			return 0;
	}
	return s[i] == '\0';
}

/* Two digits, of ${least} to ${most}. */
static int
within(const char *s, int least, int most)
{
	int n = (s[0] - '0') * 10 + s[1] - '0';

	return n >= least && n <= most;
}

/* "2026-11-22T16:15:47Z" */
static int
is_time(const char *s)
{

	return shaped(s, "0000-00-00T00:00:00Z") && within(s + 5, 1, 12) &&
	       within(s + 8, 1, 31) && within(s + 11, 0, 23) &&
	       within(s + 14, 0, 59) && within(s + 17, 0, 60);
}

const char *
sums_check(const char *id, const char *created, const char *host)
{
	size_t i;

	if (id == NULL || !shaped(id, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"))
		return "the id must be 32 lower-case hex digits";
	if (created == NULL || !is_time(created))
		return "the time must be in UTC, as 2026-11-22T16:15:47Z";
	if (host == NULL || host[0] == '\0')
		return "the host name is empty";
	for (i = 0; host[i] != '\0'; i++)
		if (host[i] < 0x21 || host[i] > 0x7e)
			return "the host name must be ASCII without spaces";
	if (i > SUMS_HOST)
		return "the host name is longer than 255 bytes";
	return NULL;
}

int
sums_print(const struct sums *s, struct buf *out)
{
	const enum outer_id *order;
	size_t i, n;

	if (buf_addf(out, FIRST "%s %s %s\n", s->id, s->created, s->host) == -1)
		return -1;
	order = outer_order(s->sealed, &n);
	for (i = OUTER_SIG + 1; i < n; i++)
		if (buf_addf(out, "%s  %s\n", s->hex[order[i]],
			s->sealed ? outer_name_sealed(order[i])
				  : outer_name(order[i])) == -1)
			return -1;
	return 0;
}

/* Copy the bytes up to ${end} into ${to}; return what follows, or NULL. */
static const char *
field(const char *p, const char *limit, char end, char *to, size_t max)
{
	const char *e = memchr(p, end, (size_t)(limit - p));

	if (e == NULL || (size_t)(e - p) > max)
		return NULL;
	memcpy(to, p, (size_t)(e - p));
	to[e - p] = '\0';
	return e + 1;
}

/* Fields by position only; the comparison with sums_print is the real test. */
static int
take_fields(const char *p, const char *limit, struct sums *s)
{
	const enum outer_id *order;
	char name[SUMS_HOST + 1];
	size_t i, n;

	if ((size_t)(limit - p) < strlen(FIRST))
		return -1;
	p += strlen(FIRST);
	if ((p = field(p, limit, ' ', s->id, SUMS_ID)) == NULL ||
	    (p = field(p, limit, ' ', s->created, SUMS_CREATED)) == NULL ||
	    (p = field(p, limit, '\n', s->host, SUMS_HOST)) == NULL)
		return -1;
	order = outer_order(s->sealed, &n);
	for (i = OUTER_SIG + 1; i < n; i++)
		if ((p = field(p, limit, ' ', s->hex[order[i]], 64)) == NULL ||
		    (p = field(p, limit, '\n', name, SUMS_HOST)) == NULL ||
		    !shaped(s->hex[order[i]],
			"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
			"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"))
			return -1;
	return sums_check(s->id, s->created, s->host) == NULL ? 0 : -1;
}

/* As the one form or the other: 0 or -1. */
static int
parse_form(const char *bytes, size_t len, int sealed, struct sums *s)
{
	struct buf again = BUF_EMPTY;
	int rc = -1;

	memset(s, 0, sizeof(*s));
	s->sealed = sealed;
	if (take_fields(bytes, bytes + len, s) == 0 &&
	    sums_print(s, &again) == 0 && again.len == len &&
	    memcmp(again.data, bytes, len) == 0)
		rc = 0;
	buf_free(&again);
	return rc;
}

int
sums_parse(const char *bytes, size_t len, struct sums *s)
{

	if (parse_form(bytes, len, 1, s) == 0)
		return 0;
	return parse_form(bytes, len, 0, s);
}
