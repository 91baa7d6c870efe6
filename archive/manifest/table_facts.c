#include "archive/manifest/table_facts.h"

#include <stdlib.h>
#include <string.h>

#include "archive/buf.h"
#include "archive/manifest/manifest.h"
#include "archive/manifest/manifest_private.h"
#include "archive/warn.h"

struct table_facts *
table_facts_new(void)
{
	struct table_facts *f;

	if ((f = calloc(1, sizeof(*f))) == NULL)
		warn_msg("out of memory");
	return f;
}

static void
free_texts(char **texts, size_t n)
{

	while (n > 0)
		free(texts[--n]);
	free(texts);
}

void
table_facts_free(struct table_facts *f)
{
	struct table_unique *u;
	size_t i, j;

	if (f == NULL)
		return;
	for (i = 0; i < f->nunique; i++) {
		u = &f->unique[i];
		for (j = 0; j < u->ncolumns; j++) {
			free(u->columns[j].name);
			free(u->columns[j].collation);
		}
		free(u->columns);
		free(u->name);
	}
	free(f->unique);
	free_texts(f->needs, f->nneeds);
	free_texts(f->triggers, f->ntriggers);
	free(f->engine);
	free(f);
}

static int
add_text(char ***texts, size_t *n, const char *text)
{

	if (manifest_grow(texts, *n, sizeof(**texts)))
		return -1;
	(*texts)[*n] = NULL;
	if (manifest_set(&(*texts)[*n], text))
		return -1;
	++*n;
	return 0;
}

int
table_facts_need(struct table_facts *f, const char *column)
{

	return add_text(&f->needs, &f->nneeds, column);
}

int
table_facts_trigger(struct table_facts *f, const char *event, const char *name)
{
	struct buf b = BUF_EMPTY;
	int rc = -1;

	if (buf_addf(&b, "%s %s", event, name) == 0)
		rc = add_text(&f->triggers, &f->ntriggers, b.data);
	buf_free(&b);
	return rc;
}

int
table_facts_unique(struct table_facts *f, const char *key, const char *column,
    const char *collation, unsigned int prefix)
{
	struct table_unique_column *c;
	struct table_unique *u;

	if (f->nunique == 0 ||
	    strcmp(f->unique[f->nunique - 1].name, key) != 0) {
		if (manifest_grow(&f->unique, f->nunique, sizeof(*u)))
			return -1;
		u = memset(&f->unique[f->nunique], 0, sizeof(*u));
		if (manifest_set(&u->name, key))
			return -1;
		f->nunique++;
	}
	u = &f->unique[f->nunique - 1];
	if (manifest_grow(&u->columns, u->ncolumns, sizeof(*c)))
		return -1;
	c = memset(&u->columns[u->ncolumns++], 0, sizeof(*c));
	c->prefix = prefix;
	if (manifest_set(&c->name, column) ||
	    manifest_set(&c->collation, collation))
		return -1;
	return 0;
}

int
table_facts_copy(const struct table_facts *from, struct table_facts **to)
{
	const struct table_unique_column *c;
	struct table_facts *f;
	size_t i, j;

	*to = NULL;
	if (from == NULL)
		return 0;
	if ((f = table_facts_new()) == NULL)
		return -1;
	if (manifest_set(&f->engine, from->engine))
		goto err0;
	for (i = 0; i < from->nunique; i++)
		for (j = 0; j < from->unique[i].ncolumns; j++) {
			c = &from->unique[i].columns[j];
			if (table_facts_unique(f, from->unique[i].name, c->name,
				c->collation, c->prefix))
				goto err0;
		}
	for (i = 0; i < from->nneeds; i++)
		if (table_facts_need(f, from->needs[i]))
			goto err0;
	for (i = 0; i < from->ntriggers; i++)
		if (add_text(&f->triggers, &f->ntriggers, from->triggers[i]))
			goto err0;
	*to = f;
	return 0;

err0:
	table_facts_free(f);
	return -1;
}
