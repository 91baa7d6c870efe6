#include "restore/plan/plan_record.h"

#include <stdlib.h>
#include <string.h>

static int
put_cell(struct buf *out, const struct plan_cell *c)
{

	if (plan_put_text(out, c->name) == -1 ||
	    plan_put_bytes(out, c->before, c->before_len) == -1 ||
	    plan_put_bytes(out, c->after, c->after_len) == -1)
		return -1;
	return plan_put_u64(out, c->secret ? 1 : 0);
}

int
plan_encode(const struct plan_record *r, struct buf *out)
{
	static const struct plan_table none;
	const struct plan_table *t = r->table == NULL ? &none : r->table;
	const char *const texts[] = { r->item, r->source, r->place, r->text,
		r->name, r->what, t->role, t->schema, t->table };
	size_t i;

	if (plan_put_u64(out, r->type) == -1 ||
	    plan_put_u64(out, r->kind) == -1)
		return -1;
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		if (plan_put_text(out, texts[i]) == -1)
			return -1;
	}
	if (plan_put_u64(out, r->ncells) == -1)
		return -1;
	for (i = 0; i < r->ncells; i++) {
		if (put_cell(out, &r->cells[i]) == -1)
			return -1;
	}
	if (plan_put_u64(out, r->nkey) == -1)
		return -1;
	for (i = 0; i < r->nkey; i++) {
		if (plan_put_bytes(out, r->key[i], r->key_len[i]) == -1)
			return -1;
	}
	if (file_record_put(out, r->was) == -1)
		return -1;
	return file_record_put(out, r->will);
}

static int
get_bytes(struct plan_input *in, const char **s, size_t *len)
{
	char *found;
	int rc = plan_get_bytes(in, &found, len);

	*s = found;
	return rc;
}

static int
get_text(struct plan_input *in, const char **s)
{
	char *found;
	int rc = plan_get_text(in, &found);

	*s = found;
	return rc;
}

static int
get_cell(struct plan_input *in, struct plan_cell *c)
{
	uint64_t secret;

	if (get_text(in, &c->name) == -1 || c->name == NULL ||
	    get_bytes(in, &c->before, &c->before_len) == -1 ||
	    get_bytes(in, &c->after, &c->after_len) == -1 ||
	    plan_get_u64(in, &secret) == -1 || secret > 1)
		return -1;
	c->secret = (int)secret;
	return 0;
}

static int
get_cells(struct plan_input *in, struct plan_decoded *d)
{
	struct plan_cell *cells;
	size_t i, n;

	if (plan_get_count(in, &n) == -1)
		return -1;
	if (n > d->cells_cap) {
		if ((cells = reallocarray(d->cells, n, sizeof(*cells))) == NULL)
			return -1;
		d->cells = cells;
		d->cells_cap = n;
	}
	for (i = 0; i < n; i++) {
		if (get_cell(in, &d->cells[i]) == -1)
			return -1;
	}
	d->r.cells = d->cells;
	d->r.ncells = n;
	return 0;
}

static int
get_key(struct plan_input *in, struct plan_decoded *d)
{
	const char **key;
	size_t *len, i, n;

	if (plan_get_count(in, &n) == -1)
		return -1;
	if (n > d->key_cap) {
		if ((key = reallocarray(d->key, n, sizeof(*key))) == NULL)
			return -1;
		d->key = key;
		if ((len = reallocarray(d->key_len, n, sizeof(*len))) == NULL)
			return -1;
		d->key_len = len;
		d->key_cap = n;
	}
	for (i = 0; i < n; i++) {
		if (get_bytes(in, &d->key[i], &d->key_len[i]) == -1)
			return -1;
	}
	d->r.key = d->key;
	d->r.key_len = d->key_len;
	d->r.nkey = n;
	return 0;
}

/* All of it or nothing. */
static int
get_table(struct plan_input *in, struct plan_decoded *d)
{
	struct plan_table *t = &d->table;

	if (get_text(in, &t->role) == -1 || get_text(in, &t->schema) == -1 ||
	    get_text(in, &t->table) == -1)
		return -1;
	if ((t->role == NULL) != (t->schema == NULL) ||
	    (t->role == NULL) != (t->table == NULL))
		return -1;
	d->r.table = t->role == NULL ? NULL : t;
	return 0;
}

/* What a file was and will be. */
static int
get_file(
    struct plan_input *in, struct file_record *f, const struct item_file **out)
{

	if (file_record_get(in, f) == -1)
		return -1;
	*out = f->is_there ? &f->file : NULL;
	return 0;
}

int
plan_decode(const char *bytes, size_t len, struct plan_decoded *d)
{
	/* Strings of a struct item_file are not const; none is written to. */
	struct plan_input in = { (char *)(uintptr_t)bytes, len };
	uint64_t type, kind;

	if (plan_get_u64(&in, &type) == -1 || type >= PLAN_TYPES ||
	    plan_get_u64(&in, &kind) == -1 || kind >= PLAN_KINDS)
		return -1;
	d->r.type = (enum plan_type)type;
	d->r.kind = (enum item_kind)kind;
	if (get_text(&in, &d->r.item) == -1 ||
	    get_text(&in, &d->r.source) == -1 ||
	    get_text(&in, &d->r.place) == -1 ||
	    get_text(&in, &d->r.text) == -1 ||
	    get_text(&in, &d->r.name) == -1 || get_text(&in, &d->r.what) == -1)
		return -1;
	if (get_table(&in, d) == -1 || get_cells(&in, d) == -1 ||
	    get_key(&in, d) == -1 || get_file(&in, &d->was, &d->r.was) == -1 ||
	    get_file(&in, &d->will, &d->r.will) == -1)
		return -1;
	return in.left == 0 ? 0 : -1;
}

void
plan_decoded_free(struct plan_decoded *d)
{

	free(d->cells);
	free(d->key);
	free(d->key_len);
	file_record_free(&d->was);
	file_record_free(&d->will);
}
