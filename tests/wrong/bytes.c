#include "bytes.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where die is called from a recipe's line. */
static const char *at_file;
static unsigned int at_line;

void
die_at(const char *file, unsigned int line)
{

	at_file = file;
	at_line = line;
}

void
die(const char *fmt, ...)
{
	va_list ap;

	if (at_line > 0)
		fprintf(stderr, "wrong: %s:%u: ", at_file, at_line);
	else
		fprintf(stderr, "wrong: ");
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

void
bytes_add(struct bytes *b, const void *p, size_t n)
{
	size_t cap = b->cap == 0 ? 64 : b->cap;
	char *more;

	while (cap - b->n <= n)
		cap *= 2;
	if (cap != b->cap) {
		if ((more = realloc(b->p, cap)) == NULL)
			die("out of memory");
		b->p = more;
		b->cap = cap;
	}
	if (n > 0)
		memcpy(b->p + b->n, p, n);
	b->n += n;
	b->p[b->n] = '\0';
}

void
bytes_adds(struct bytes *b, const char *s)
{

	bytes_add(b, s, strlen(s));
}

void
bytes_addc(struct bytes *b, char c)
{

	bytes_add(b, &c, 1);
}

void
bytes_addf(struct bytes *b, const char *fmt, ...)
{
	va_list ap;
	char *s;
	int n;

	va_start(ap, fmt);
	n = vasprintf(&s, fmt, ap);
	va_end(ap);
	if (n == -1)
		die("out of memory");
	bytes_add(b, s, (size_t)n);
	free(s);
}

void
bytes_free(struct bytes *b)
{

	free(b->p);
	memset(b, 0, sizeof(*b));
}

void
bytes_add_json(struct bytes *b, const struct bytes *text)
{
	unsigned char c;
	size_t i;

	bytes_addc(b, '"');
	for (i = 0; i < text->n; i++) {
		c = (unsigned char)text->p[i];
		if (c == '"' || c == '\\')
			bytes_addf(b, "\\%c", c);
		else if (c < 0x20)
			bytes_addf(b, "\\u%04x", c);
		else
			bytes_addc(b, (char)c);
	}
	bytes_addc(b, '"');
}

void
bytes_add_numbered(
    struct bytes *b, const struct bytes *from, unsigned long number)
{
	size_t i;

	bytes_adds(b, "");
	for (i = 0; i < from->n; i++) {
		if (from->p[i] == '%' && from->p[i + 1] == 'd') {
			bytes_addf(b, "%lu", number);
			i++;
		} else {
			bytes_addc(b, from->p[i]);
		}
	}
}

void
bytes_swap(struct bytes *b, const struct bytes *from, const struct bytes *to)
{
	struct bytes out = { NULL, 0, 0 };
	const char *at;

	at = b->n == 0 ? NULL : memmem(b->p, b->n, from->p, from->n);
	if (at == NULL || from->n == 0)
		die("'%s' does not stand in what it is to be changed in",
		    from->p);
	bytes_add(&out, b->p, (size_t)(at - b->p));
	bytes_add(&out, to->p, to->n);
	at += from->n;
	bytes_add(&out, at, b->n - (size_t)(at - b->p));
	bytes_free(b);
	*b = out;
}

long long
bytes_number(const struct bytes *b)
{
	long long v;
	char *end;

	errno = 0;
	v = strtoll(b->p, &end, 0);
	if (errno != 0 || *end != '\0' || b->n == 0)
		die("'%s' is no number", b->p);
	return v;
}
