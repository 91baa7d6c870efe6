#include <stdlib.h>
#include <string.h>

#include "archive/bundle/digest.h"
#include "archive/warn.h"
#include "restore/papers/saved_plan_inner.h"

/* A change of the saved plan, by halves of digests: some 40 bytes each, and
 * only when something moved at all. */
struct mark {
	uint64_t item, before, after;
	int seen;
};

struct marks {
	struct mark *mark;
	size_t n;
};

static int
half_digest(const char *a, const char *b, uint64_t *half)
{
	struct digest *d;
	char hex[65];
	int rc = -1;

	if ((d = digest_new()) == NULL)
		return -1;
	if (digest_add(d, a, strlen(a) + 1) == 0 &&
	    digest_add(d, b, strlen(b)) == 0 && digest_hex(d, hex) == 0) {
		hex[16] = '\0';
		*half = strtoull(hex, NULL, 16);
		rc = 0;
	}
	digest_free(d);
	return rc;
}

/* One item may have two changes: whether it starts with the host comes behind
 * all definitions. */
static int
mark_of(const json_t *json, struct mark *m)
{
	const json_t *cells = json_object_get(json, "cells");
	const char *item = json_string_value(json_object_get(json, "item"));
	const char *what = json_string_value(json_object_get(json, "what"));
	const char *before = json_string_value(json_object_get(json, "before"));
	const char *after = json_string_value(json_object_get(json, "after"));
	const char *only = "";

	m->seen = 0;
	if (json_array_size(cells) == 1)
		only = json_string_value(json_array_get(cells, 0));
	if (strcmp(only, "autostart") != 0)
		only = "";
	if (half_digest(item, only, &m->item) == -1 ||
	    half_digest(what, before == NULL ? "" : before, &m->before) == -1)
		return -1;
	return half_digest("", after == NULL ? "" : after, &m->after);
}

static int
by_item(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;

	return x->item < y->item ? -1 : x->item > y->item;
}

static struct mark *
find(const struct marks *marks, const struct mark *m)
{

	if (marks->n == 0)
		return NULL;
	return bsearch(m, marks->mark, marks->n, sizeof(*marks->mark), by_item);
}

/* Go to the changes of the file. */
static int
to_changes(struct saved_plan *s)
{
	const json_t *value;
	const char *name;
	int more;

	if (paper_rewind(s->paper) == -1)
		return -1;
	do
		more = paper_next(s->paper, &name, &value);
	while (more == 1 && value != NULL);
	return more == 1 ? 0 : -1;
}

static int
load(struct saved_plan *s, struct marks *marks)
{
	const json_t *json;
	int more;

	marks->mark = calloc((size_t)s->changes + 1, sizeof(*marks->mark));
	if (marks->mark == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	if (to_changes(s) == -1)
		return -1;
	while ((more = paper_element(s->paper, &json)) == 1 &&
	       marks->n < s->changes) {
		if (change_check(json) != NULL ||
		    mark_of(json, &marks->mark[marks->n++]) == -1)
			return -1;
	}
	qsort(marks->mark, marks->n, sizeof(*marks->mark), by_item);
	return more;
}

static int
compare_one(struct marks *marks, const json_t *json, struct saved_moved *m)
{
	const char *item = json_string_value(json_object_get(json, "item"));
	struct mark now, *then;

	if (mark_of(json, &now) == -1)
		return -1;
	if ((then = find(marks, &now)) == NULL) {
		saved_tell(m, "new", item,
		    "a change that the saved plan does not have");
		return 0;
	}
	then->seen = 1;
	if (then->before != now.before)
		saved_tell(m, "current", item,
		    "what stands here is not what stood here when the plan "
		    "was saved");
	if (then->after != now.after)
		saved_tell(m, "wanted", item,
		    "what would be made of it is not what the saved plan says");
	return 0;
}

/* Call fn for every change that would be made now. */
static int
each_change(struct restore *r, struct change_key *key,
    int (*fn)(void *cookie, const json_t *json), void *cookie)
{
	const struct plan_record *rec;
	json_t *json;
	int more, rc = 0;

	if (plan_rewind(r->plan) == -1)
		return -1;
	while (rc == 0 && (more = plan_next(r->plan, &rec)) != 0) {
		if (more == -1)
			return -1;
		if (rec->type != PLAN_CREATE && rec->type != PLAN_CHANGE)
			continue;
		if ((json = change_json(key, rec, 0)) == NULL)
			return -1;
		rc = fn(cookie, json);
		json_decref(json);
	}
	return rc;
}

static int
add_line(void *cookie, const json_t *json)
{
	char *text = json_dumps(json, PAPER_DUMP);
	int rc = -1;

	if (text == NULL)
		warn_msg("out of memory");
	else if (digest_add(cookie, text, strlen(text)) == 0)
		rc = digest_add(cookie, "\n", 1);
	free(text);
	return rc;
}

struct looking {
	struct marks marks;
	struct saved_moved *m;
};

static int
look(void *cookie, const json_t *json)
{
	struct looking *l = cookie;

	return compare_one(&l->marks, json, l->m);
}

/* What the saved plan has and nobody saw. */
static int
tell_gone(struct saved_plan *s, struct marks *marks, struct saved_moved *m)
{
	const json_t *json;
	struct mark one, *mark;
	int more;

	if (to_changes(s) == -1)
		return -1;
	while ((more = paper_element(s->paper, &json)) == 1) {
		if (change_check(json) != NULL || mark_of(json, &one) == -1)
			return -1;
		if ((mark = find(marks, &one)) != NULL && !mark->seen)
			saved_tell(m, "gone",
			    json_string_value(json_object_get(json, "item")),
			    "the saved plan changes it, but now there is "
			    "nothing to change, or it drifted");
	}
	return more;
}

int
saved_compare_changes(
    struct saved_plan *s, struct restore *r, struct saved_moved *m)
{
	struct looking l = { .m = m };
	struct digest *d = NULL;
	struct change_key *key;
	char hex[65];
	int rc = -1;

	if ((key = saved_key(r, s->salt)) == NULL ||
	    (d = digest_new()) == NULL ||
	    each_change(r, key, add_line, d) == -1 || digest_hex(d, hex) == -1)
		goto out;
	if (strcmp(hex, s->digest) == 0) {
		rc = 0;
		goto out;
	}
	if (load(s, &l.marks) == 0 && each_change(r, key, look, &l) == 0)
		rc = tell_gone(s, &l.marks, m);
	/* All the same changes, in another order. */
	if (rc == 0 && m->n == 0)
		saved_tell(m, "order", NULL,
		    "the changes come in another order than in the saved plan");
out:
	free(l.marks.mark);
	digest_free(d);
	change_key_free(key);
	return rc;
}

int
saved_plan_compare(struct saved_plan *s, struct restore *r,
    saved_plan_tell *tell, void *cookie, uint64_t *moved)
{
	struct saved_moved m = { tell, cookie, 0 };
	int other = 0;

	if (saved_compare_asked(s, r, &m, &other) == -1)
		return -1;
	/* With another bundle the digests have another key. */
	if (!other && saved_compare_changes(s, r, &m) == -1)
		return -1;
	*moved = m.n;
	return 0;
}
