#include "restore/plan/diff.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "archive/fnv.h"
#include "archive/warn.h"
#include "restore/plan/script.h"

#define CONTEXT 3

struct line {
	const char *s;
	size_t len; /* with its newline */
};

struct lines {
	struct line *line;
	uint32_t *id; /* equal lines have equal numbers, on both sides */
	unsigned char *changed;
	size_t n;
};

/* Lines by their bytes; slots hold indices plus one. */
struct table {
	uint32_t *slot;
	struct line *line;
	size_t size; /* a power of two */
	uint32_t n;
};

static void
lines_free(struct lines *l)
{

	free(l->line);
	free(l->id);
	free(l->changed);
}

static int
lines_split(struct lines *l, const char *s, size_t len)
{
	const char *nl;
	size_t i, n = 0;

	for (i = 0; i < len; i++)
		n += s[i] == '\n';
	if (len > 0 && s[len - 1] != '\n')
		n++;
	l->line = calloc(n + 1, sizeof(*l->line));
	l->id = calloc(n + 1, sizeof(*l->id));
	l->changed = calloc(n + 1, 1);
	if (l->line == NULL || l->id == NULL || l->changed == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	for (l->n = 0; len > 0; l->n++) {
		nl = memchr(s, '\n', len);
		l->line[l->n].s = s;
		l->line[l->n].len = nl == NULL ? len : (size_t)(nl + 1 - s);
		len -= l->line[l->n].len;
		s += l->line[l->n].len;
	}
	return 0;
}

/* Enough for lines of configuration. */
static size_t
hash(const struct line *l)
{
	uint64_t h = fnv(FNV_START, l->s, l->len);

	return (size_t)(h ^ (h >> 32));
}

static uint32_t
table_id(struct table *t, const struct line *l)
{
	size_t at = hash(l) & (t->size - 1);
	const struct line *have;

	for (; t->slot[at] != 0; at = (at + 1) & (t->size - 1)) {
		have = &t->line[t->slot[at] - 1];
		if (have->len == l->len && memcmp(have->s, l->s, l->len) == 0)
			return t->slot[at];
	}
	t->line[t->n] = *l;
	t->slot[at] = ++t->n;
	return t->n;
}

static int
number_lines(struct lines *a, struct lines *b)
{
	struct table t = { NULL, NULL, 64, 0 };
	size_t i;
	int rc = -1;

	while (t.size < 2 * (a->n + b->n))
		t.size *= 2;
	t.slot = calloc(t.size, sizeof(*t.slot));
	t.line = calloc(a->n + b->n + 1, sizeof(*t.line));
	if (t.slot == NULL || t.line == NULL) {
		warn_msg("out of memory");
		goto out;
	}
	for (i = 0; i < a->n; i++)
		a->id[i] = table_id(&t, &a->line[i]);
	for (i = 0; i < b->n; i++)
		b->id[i] = table_id(&t, &b->line[i]);
	rc = 0;
out:
	free(t.slot);
	free(t.line);
	return rc;
}

static int
print_line(struct buf *out, char mark, const struct line *l)
{

	if (buf_addc(out, mark) == -1 || buf_add(out, l->s, l->len) == -1)
		return -1;
	if (l->s[l->len - 1] == '\n')
		return 0;
	return buf_adds(out, "\n\\ No newline at end of file\n");
}

/* One end of a hunk's header; an empty range names the line before it. */
static int
print_range(struct buf *out, char mark, size_t from, size_t to)
{

	if (to - from == 1)
		return buf_addf(out, "%c%zu", mark, from + 1);
	return buf_addf(out, "%c%zu,%zu", mark, from + (to > from), to - from);
}

struct hunk {
	size_t a0, a1, b0, b1;
};

static int
print_hunk(struct buf *out, const struct lines *a, const struct lines *b,
    const struct hunk *h)
{
	size_t i = h->a0, j = h->b0;

	if (buf_adds(out, "@@ ") == -1 ||
	    print_range(out, '-', h->a0, h->a1) == -1 ||
	    buf_addc(out, ' ') == -1 ||
	    print_range(out, '+', h->b0, h->b1) == -1 ||
	    buf_adds(out, " @@\n") == -1)
		return -1;
	while (i < h->a1 || j < h->b1) {
		if (i < h->a1 && a->changed[i]) {
			if (print_line(out, '-', &a->line[i++]) == -1)
				return -1;
		} else if (j < h->b1 && b->changed[j]) {
			if (print_line(out, '+', &b->line[j++]) == -1)
				return -1;
		} else {
			if (print_line(out, ' ', &a->line[i++]) == -1)
				return -1;
			j++;
		}
	}
	return 0;
}

/* Is the line at (i, j), or one at most 2 * CONTEXT equal lines on, changed? */
static int
more_near(const struct lines *a, const struct lines *b, size_t i, size_t j)
{
	size_t k;

	for (k = 0; k <= 2 * CONTEXT; k++) {
		if ((i + k < a->n && a->changed[i + k]) ||
		    (j + k < b->n && b->changed[j + k]))
			return 1;
	}
	return 0;
}

static int
print_hunks(struct buf *out, const struct lines *a, const struct lines *b)
{
	struct hunk h;
	size_t i = 0, j = 0, tail;

	while (i < a->n || j < b->n) {
		if (!(i < a->n && a->changed[i]) &&
		    !(j < b->n && b->changed[j])) {
			i++;
			j++;
			continue;
		}
		h.a0 = i < CONTEXT ? 0 : i - CONTEXT;
		h.b0 = j - (i - h.a0);
		while (more_near(a, b, i, j)) {
			while (i < a->n && a->changed[i])
				i++;
			while (j < b->n && b->changed[j])
				j++;
			if (!more_near(a, b, i, j))
				break;
			i++;
			j++;
		}
		tail = a->n - i < CONTEXT ? a->n - i : CONTEXT;
		h.a1 = i + tail;
		h.b1 = j + tail;
		if (print_hunk(out, a, b, &h) == -1)
			return -1;
		i = h.a1;
		j = h.b1;
	}
	return 0;
}

int
diff_unified(const char *before, size_t before_len, const char *after,
    size_t after_len, struct buf *out)
{
	struct lines a = { NULL, NULL, NULL, 0 }, b = { NULL, NULL, NULL, 0 };
	struct script_side sa, sb;
	int rc = -1;

	if (lines_split(&a, before, before_len) == -1 ||
	    lines_split(&b, after, after_len) == -1 ||
	    number_lines(&a, &b) == -1)
		goto out;
	sa = (struct script_side){ a.id, a.changed, a.n };
	sb = (struct script_side){ b.id, b.changed, b.n };
	if (script_find(&sa, &sb) == 0)
		rc = print_hunks(out, &a, &b);
out:
	lines_free(&b);
	lines_free(&a);
	return rc;
}
