#include "archive/manifest/manifest.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/bundle/gate.h"
#include "archive/manifest/manifest_kinds.h"
#include "archive/manifest/manifest_private.h"
#include "archive/warn.h"

int
manifest_grow(void *array, size_t n, size_t size)
{
	void **at = array, *more;
	size_t cap;

	/* Room doubles at each power of two. */
	if ((n & (n - 1)) != 0)
		return 0;
	cap = n == 0 ? 1 : n * 2;
	if ((more = reallocarray(*at, cap, size)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	*at = more;
	return 0;
}

struct manifest *
manifest_new(void)
{
	struct manifest *m;

	if ((m = calloc(1, sizeof(*m))) == NULL ||
	    (m->private = calloc(1, sizeof(*m->private))) == NULL) {
		warn_msg("out of memory");
		free(m);
		return NULL;
	}
	return m;
}

void
manifest_free(struct manifest *m)
{
	size_t i;

	if (m == NULL)
		return;
	manifest_names_free(&m->private->names);
	manifest_twin_free(m);
	manifest_forget(m);
	kinds_tally_free(m->private->kinds);
	free(m->private);
	kind_places_free(m->kinds, m->nkinds);
	certificates_free(m->certificates, m->ncertificates);
	for (i = 0; i < m->nitems; i++)
		item_free(m->items[i]);
	for (i = 0; i < m->nown; i++)
		free(m->own[i].where);
	for (i = 0; i < m->ndatabases; i++) {
		free(m->databases[i].role);
		free(m->databases[i].schema);
		free(m->databases[i].server);
		free(m->databases[i].version);
		free(m->databases[i].source);
	}
	for (i = 0; i < m->nwarnings; i++) {
		free(m->warnings[i].item);
		free(m->warnings[i].text);
	}
	manifest_free_hosts(m);
	free(m->items);
	free(m->own);
	free(m->databases);
	free(m->warnings);
	free(m->index);
	free(m->id);
	free(m->created);
	free(m->host);
	free(m->novark);
	free(m->instances_path);
	free(m->libvirt_uri);
	free(m->hypervisor);
	free(m->hypervisor_name);
	json_decref(m->description);
	free(m);
}

int
manifest_set(char **to, const char *value)
{
	char *copy = NULL;

	if (value != NULL && (copy = strdup(value)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	free(*to);
	*to = copy;
	return 0;
}

int
manifest_add(struct manifest *m, struct item *item)
{
	size_t before = m->nindex;

	if (manifest_grow(&m->items, m->nitems, sizeof(*m->items)) == -1)
		return -1;
	if (manifest_names_room(&m->private->names) == -1) {
		warn_msg("out of memory");
		return -1;
	}
	if (!GATE(GATE_TWIN, manifest_find(m, item->name) == NULL)) {
		warn_msg("%s is there twice", item->name);
		return -1;
	}
	if (manifest_settle(m, m->nitems) == -1 ||
	    manifest_twin_add(m, item) == -1) {
		m->nindex = before;
		return -1;
	}
	manifest_names_add(&m->private->names, item);
	m->private->weight += item_weight(item);
	m->items[m->nitems++] = item;
	return 0;
}

int
manifest_carries(const struct manifest *m, enum item_part part)
{

	return m->description == NULL || part == PART_LIBVIRT;
}

const struct item *
manifest_find(const struct manifest *m, const char *name)
{

	return manifest_names_find(&m->private->names, name);
}

int
manifest_add_own(
    struct manifest *m, const struct address *a, int prefix, const char *where)
{
	struct own_address *o;

	if (manifest_grow(&m->own, m->nown, sizeof(*m->own)) == -1)
		return -1;
	o = &m->own[m->nown];
	*o = (struct own_address){ *a, prefix, NULL };
	if (manifest_set(&o->where, where) == -1)
		return -1;
	m->nown++;
	return 0;
}

int
manifest_add_database(struct manifest *m, const struct captured_database *d)
{
	struct captured_database c = { NULL, NULL, NULL, NULL, NULL };

	if (manifest_grow(
		&m->databases, m->ndatabases, sizeof(*m->databases)) == -1 ||
	    manifest_set(&c.role, d->role) == -1 ||
	    manifest_set(&c.schema, d->schema) == -1 ||
	    manifest_set(&c.server, d->server) == -1 ||
	    manifest_set(&c.version, d->version) == -1 ||
	    manifest_set(&c.source, d->source) == -1)
		goto err0;
	m->databases[m->ndatabases++] = c;
	return 0;

err0:
	free(c.role);
	free(c.schema);
	free(c.server);
	free(c.version);
	free(c.source);
	return -1;
}

int
manifest_add_warning(struct manifest *m, const char *item, const char *text)
{
	struct manifest_warning *w;

	if (manifest_grow(&m->warnings, m->nwarnings, sizeof(*m->warnings)) ==
	    -1)
		return -1;
	w = &m->warnings[m->nwarnings];
	*w = (struct manifest_warning){ NULL, NULL };
	if (manifest_set(&w->item, item) == -1)
		return -1;
	if (manifest_set(&w->text, text) == -1) {
		free(w->item);
		return -1;
	}
	m->nwarnings++;
	return 0;
}

int
manifest_warn(struct manifest *m, const char *item, const char *fmt, ...)
{
	char *raw, *text, *name = NULL;
	va_list ap;
	int rc;

	va_start(ap, fmt);
	rc = vasprintf(&raw, fmt, ap);
	va_end(ap);
	if (rc == -1)
		goto err0;
	/* As it is printed: the document holds no control bytes. */
	if ((text = warn_escape(raw, strlen(raw))) == NULL)
		goto err1;
	if (item != NULL && (name = warn_escape(item, strlen(item))) == NULL)
		goto err2;
	if (item == NULL)
		warn_info("%s", text);
	else
		warn_info("%s: %s", item, text);
	rc = manifest_add_warning(m, name, text);
	manifest_weigh_warning(m, name, text);
	free(name);
	free(text);
	free(raw);
	return rc;

err2:
	free(text);
err1:
	free(raw);
err0:
	warn_msg("out of memory");
	return -1;
}
