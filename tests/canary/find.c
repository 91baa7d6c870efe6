#include "tests/canary/canary.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BUCKETS 65536u
/* The shortest window, and what all windows are found by. */
#define HEAD   6
#define WINDOW 8
/* Of base64: the letters of six bytes. */
#define CODED 8

struct window {
	struct window *next;
	const char *name, *form;
	size_t len;
	char bytes[];
};

struct name {
	struct name *next;
	char text[];
};

struct canary {
	struct window *buckets[BUCKETS];
	struct name *names;
};

static size_t
bucket(const char *p)
{
	uint64_t v = 0;

	memcpy(&v, p, HEAD);
	return (size_t)((v * 0x9e3779b97f4a7c15u) >> 48);
}

static int
add(struct canary *c, const char *name, const char *form, const char *bytes,
    size_t len)
{
	struct window *w;
	size_t b;

	if (len < HEAD || (w = malloc(sizeof(*w) + len)) == NULL) {
		errno = len < HEAD ? EINVAL : errno;
		return -1;
	}
	w->name = name;
	w->form = form;
	w->len = len;
	memcpy(w->bytes, bytes, len);
	b = bucket(bytes);
	w->next = c->buckets[b];
	c->buckets[b] = w;
	return 0;
}

/* The value in a form in which every byte stands for itself: its windows. */
static int
add_form(struct canary *c, const char *name, const char *form, const char *each,
    const char *value, size_t window)
{
	size_t len = strlen(value), *at, i, n;
	char *text;
	int rc = -1;

	at = calloc(len + 1, sizeof(*at));
	text = malloc(len * 8 + 1);
	if (at == NULL || text == NULL)
		goto done;
	for (n = 0, i = 0; i < len; i++) {
		at[i] = n;
		/* A format of the table below. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		n += (size_t)snprintf(
		    text + n, 8, each, (unsigned char)value[i]);
#pragma GCC diagnostic pop
	}
	at[len] = n;
	for (rc = 0, i = 0; i + window <= len && rc == 0; i++)
		rc = add(c, name, form, text + at[i], at[i + window] - at[i]);
done:
	free(at);
	free(text);
	return rc;
}

static int
add_forms(struct canary *c, const char *name, const char *value, size_t window)
{
	static const struct {
		const char *form, *each;
	} forms[] = { { "plain", "%c" }, { "hex", "%02x" }, { "HEX", "%02X" },
		{ "url", "%%%02x" }, { "URL", "%%%02X" }, { "json", "\\u%04x" },
		{ "xml", "&#%d;" }, { "XML", "&#x%x;" } };
	size_t i;

	for (i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (add_form(
			c, name, forms[i].form, forms[i].each, value, window))
			return -1;
	return 0;
}

/* Base64 of the value behind ${shift} other bytes: the letters that depend on
 * nothing else. */
static int
add_base64(struct canary *c, const char *name, const unsigned char *v,
    size_t len, size_t shift, int url)
{
	static const char *const alphabets[] = {
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
		"+/",
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
		"-_"
	};
	size_t bits = (shift + len) * 8, at = shift * 8, n = 0, i, k;
	unsigned value;
	char text[1024];

	for (at = (at + 5) / 6 * 6; at + 6 <= bits && n < sizeof(text);
	     at += 6) {
		for (value = 0, k = 0; k < 6; k++) {
			i = at + k - shift * 8;
			value = value << 1 | (v[i / 8] >> (7 - i % 8) & 1u);
		}
		text[n++] = alphabets[url][value];
	}
	for (i = 0; i + CODED <= n; i++)
		if (add(c, name, url ? "base64url" : "base64", text + i, CODED))
			return -1;
	return 0;
}

static int
add_value(struct canary *c, const char *name, const char *value, size_t window)
{
	const unsigned char *v = (const unsigned char *)value;
	size_t len = strlen(value), i;

	if (window < HEAD || len < window) {
		errno = EINVAL;
		return -1;
	}
	if (add_forms(c, name, value, window))
		return -1;
	for (i = 0; i < 6; i++)
		if (add_base64(c, name, v, len, i % 3, i >= 3))
			return -1;
	return 0;
}

static int
add_line(struct canary *c, char *line)
{
	char *value = strchr(line, ' '), *slash;
	size_t window = WINDOW, len;
	struct name *name;

	line[strcspn(line, "\n")] = '\0';
	if (value == NULL) {
		errno = EINVAL;
		return -1;
	}
	*value++ = '\0';
	if ((slash = strchr(line, '/')) != NULL) {
		*slash = '\0';
		window = (size_t)strtoul(slash + 1, NULL, 10);
	}
	len = strlen(line) + 1;
	if ((name = malloc(sizeof(*name) + len)) == NULL)
		return -1;
	memcpy(name->text, line, len);
	name->next = c->names;
	c->names = name;
	return add_value(c, name->text, value, window);
}

struct canary *
canary_read(const char *file)
{
	struct canary *c;
	char *line = NULL;
	size_t room = 0;
	FILE *f;
	int rc = 0;

	if ((f = fopen(file, "re")) == NULL)
		return NULL;
	if ((c = calloc(1, sizeof(*c))) != NULL)
		while (rc == 0 && getline(&line, &room, f) > 0)
			rc = add_line(c, line);
	free(line);
	fclose(f);
	if (rc != 0) {
		canary_free(c);
		c = NULL;
	}
	return c;
}

void
canary_free(struct canary *c)
{
	struct window *w;
	struct name *n;
	size_t i;

	if (c == NULL)
		return;
	for (i = 0; i < BUCKETS; i++) {
		while ((w = c->buckets[i]) != NULL) {
			c->buckets[i] = w->next;
			free(w);
		}
	}
	while ((n = c->names) != NULL) {
		c->names = n->next;
		free(n);
	}
	free(c);
}

const char *
canary_find(const struct canary *c, const void *bytes, size_t len, size_t *off,
    const char **form)
{
	const char *b = bytes;
	const struct window *w;
	size_t i;

	for (i = 0; i + HEAD <= len; i++) {
		for (w = c->buckets[bucket(b + i)]; w != NULL; w = w->next) {
			if (w->len > len - i ||
			    memcmp(b + i, w->bytes, w->len) != 0)
				continue;
			*off = i;
			*form = w->form;
			return w->name;
		}
	}
	return NULL;
}
