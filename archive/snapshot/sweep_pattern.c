#include "archive/snapshot/sweep_pattern.h"

#include <stdio.h>

/* LIKE knows one byte and any bytes; a regular expression says it closer. */
enum language { LIKE, REGEXP };

/* A group of an IPv6 address, without zeros in front, letters in either case.
 */
static int
add_group(struct buf *b, enum language in, const unsigned char *bytes)
{
	char hex[8];
	size_t i;
	int rc = 0;

	snprintf(hex, sizeof(hex), "%x", (unsigned)(bytes[0] << 8 | bytes[1]));
	for (i = 0; hex[i] != '\0' && rc == 0; i++) {
		if (hex[i] <= '9')
			rc = buf_addc(b, hex[i]);
		else if (in == LIKE)
			rc = buf_addc(b, '_');
		else
			rc = buf_addf(b, "[%c%c]", hex[i], hex[i] - 'a' + 'A');
	}
	return rc;
}

/* Those of ${n} groups that are not zero, each with its colon. */
static int
add_groups(
    struct buf *b, enum language in, const unsigned char *bytes, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++, bytes += 2)
		if ((bytes[0] != 0 || bytes[1] != 0) &&
		    (buf_adds(b, in == LIKE ? "%" : "[0:]*") ||
			add_group(b, in, bytes) || buf_addc(b, ':')))
			return -1;
	return 0;
}

/* The two groups of an IPv4 address behind ::ffff: */
static int
add_mapped(struct buf *b, enum language in, const unsigned char *a)
{

	if (buf_adds(b, in == LIKE ? "%____:" : "[fF]{4}:") ||
	    add_groups(b, in, a, 1))
		return -1;
	if (a[2] == 0 && a[3] == 0)
		return 0;
	if (buf_adds(b, in == LIKE ? "%" : "[0:]*"))
		return -1;
	return add_group(b, in, a + 2);
}

/* The first six groups; with nothing in them, what all short ones have. */
static int
add_six(struct buf *b, enum language in, const unsigned char *a)
{
	size_t before = b->len;

	if (add_groups(b, in, a, 6))
		return -1;
	if (b->len > before)
		return 0;
	return buf_adds(b, in == LIKE ? "%:" : ":");
}

int
sweep_like(const struct address *a, size_t n, struct buf *out)
{
	const unsigned char *x = a->bytes;
	int rc;

	if (n > (a->family == 4 ? 1 : 0))
		return 0;
	if (a->family == 6)
		rc = add_six(out, LIKE, x);
	else if (n == 0)
		rc = buf_addf(
		    out, "%%%u_%%%u_%%%u_%%%u", x[0], x[1], x[2], x[3]);
	else
		rc = add_mapped(out, LIKE, x);
	return rc || buf_addc(out, '%') ? -1 : 1;
}

int
sweep_regexp(const struct address *a, struct buf *out)
{
	const unsigned char *x = a->bytes;

	if (a->family == 6)
		return add_six(out, REGEXP, x);
	if (buf_addf(
		out, "%u[-.]0*%u[-.]0*%u[-.]0*%u|", x[0], x[1], x[2], x[3]))
		return -1;
	return add_mapped(out, REGEXP, x);
}
