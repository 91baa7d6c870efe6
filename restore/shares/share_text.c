#include "restore/shares/share_text.h"

#include <stdlib.h>
#include <string.h>

#include "archive/address/place.h"
#include "archive/buf.h"
#include "archive/judge/json_judge.h"
#include "archive/limits.h"
#include "archive/warn.h"

/* Where a share is passed on. */
struct to {
	share_fn *fn;
	void *cookie;
};

/* Quobyte's are named without their scheme. */
static int
tell(const struct to *to, const char *share)
{
	static const char quobyte[] = "quobyte://";
	size_t len = strlen(quobyte);

	if (strncmp(share, quobyte, len) == 0)
		share += len;
	return *share == '\0' ? 0 : to->fn(to->cookie, share);
}

/* URLs are none, but for quobyte's; they may hold passwords, too. */
static int
is_share(const char *word)
{

	if (strstr(word, "://") != NULL)
		return strncmp(word, "quobyte://", 10) == 0;
	return strstr(word, ":/") != NULL || strncmp(word, "//", 2) == 0;
}

/* The value of a JSON string as it stands between its quotes. */
static int
tell_escaped(const struct to *to, const char *bytes, size_t len)
{
	struct buf text = BUF_EMPTY;
	json_t *json;
	int rc = -1;

	if (buf_addf(&text, "\"%.*s\"", (int)len, bytes))
		goto done;
	json = json_open(
	    text.data, text.len, JSON_DECODE_ANY, LIMIT_JSON_WEIGHT, NULL);
	rc = json_is_string(json) ? tell(to, json_string_value(json)) : 0;
	json_decref(json);
done:
	buf_free(&text);
	return rc;
}

/* place_fn */
static int
json_place(void *cookie, const struct place *p)
{
	static const char name[] = "export";
	size_t len = strlen(p->label), n = strlen(name);

	if (len < n || strcmp(p->label + len - n, name) != 0 ||
	    (len > n && p->label[len - n - 1] != '.'))
		return 0;
	return tell_escaped(cookie, p->bytes, p->len);
}

int
share_json(const char *text, size_t len, share_fn *fn, void *cookie)
{
	struct to to = { fn, cookie };

	return place_walk(PLACE_JSON, text, len, json_place, &to);
}

int
share_whole(const char *text, share_fn *fn, void *cookie)
{
	struct to to = { fn, cookie };

	return is_share(text) ? tell(&to, text) : 0;
}

int
share_pool(const char *host, share_fn *fn, void *cookie)
{
	const char *pool = strchr(host, '#');

	return pool == NULL ? 0 : share_whole(pool + 1, fn, cookie);
}

/* A file as it is gone through: the server and the path that its section names
 * one by one. */
struct lines {
	struct to to;
	struct buf word, host, path;
};

/* A blank in a path is written so, as in fstab. */
static void
unescape(struct buf *word)
{
	char *at;

	while ((at = strstr(word->data, "\\040")) != NULL) {
		*at = ' ';
		memmove(at + 1, at + 4, strlen(at + 4) + 1);
		word->len -= 3;
	}
}

/* The value of "name = value", when that is the line's option. */
static int
take_option(const char *line, size_t len, const char *name, struct buf *out)
{
	size_t n = strlen(name), i;

	if (len < n || memcmp(line, name, n) != 0)
		return 0;
	for (i = n; i < len && (line[i] == ' ' || line[i] == '\t'); i++)
		;
	if (i == len || (line[i] != '=' && line[i] != ':'))
		return 0;
	for (i++; i < len && (line[i] == ' ' || line[i] == '\t'); i++)
		;
	while (len > i && strchr(" \t\r", line[len - 1]) != NULL)
		len--;
	buf_clear(out);
	return buf_add(out, line + i, len - i);
}

static int
take_nas(struct lines *l, const char *line, size_t len)
{
	int rc;

	if (take_option(line, len, "nas_host", &l->host) ||
	    take_option(line, len, "nas_ip", &l->host) ||
	    take_option(line, len, "nas_share_path", &l->path))
		return -1;
	if (l->host.len == 0 || l->path.len == 0)
		return 0;
	buf_clear(&l->word);
	rc = buf_addf(&l->word, "%s:%s", l->host.data, l->path.data);
	return rc == 0 ? tell(&l->to, l->word.data) : -1;
}

static int
one_line(struct lines *l, const char *line, size_t len)
{
	static const char between[] = " \t\r=,;\"'";
	size_t from, to;
	int rc;

	for (from = 0; from < len && (line[from] == ' ' || line[from] == '\t');)
		from++;
	if (from == len || line[from] == '#' || line[from] == ';')
		return 0;
	if (line[from] == '[') {
		buf_clear(&l->host);
		buf_clear(&l->path);
	}
	if ((rc = take_nas(l, line + from, len - from)) != 0)
		return rc;
	for (; from < len; from = to + 1) {
		for (to = from;
		     to < len && memchr(between, line[to], 8) == NULL;)
			to++;
		buf_clear(&l->word);
		if (buf_add(&l->word, line + from, to - from))
			return -1;
		unescape(&l->word);
		if (is_share(l->word.data) &&
		    (rc = tell(&l->to, l->word.data)) != 0)
			return rc;
	}
	return 0;
}

int
share_lines(const char *text, size_t len, share_fn *fn, void *cookie)
{
	struct lines l = { { fn, cookie }, BUF_EMPTY, BUF_EMPTY, BUF_EMPTY };
	const char *at = text, *end = text + len, *nl;
	int rc = 0;

	for (; rc == 0 && at < end; at = nl + 1) {
		if ((nl = memchr(at, '\n', (size_t)(end - at))) == NULL)
			nl = end;
		rc = one_line(&l, at, (size_t)(nl - at));
	}
	buf_free(&l.word);
	buf_free(&l.host);
	buf_free(&l.path);
	return rc;
}
