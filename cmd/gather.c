#include "cmd/gather.h"

#include <stdlib.h>
#include <string.h>

#include "archive/buf.h"
#include "archive/warn.h"

#define DEPTH 10

struct gather {
	gather_take_fn *take;
	gather_end_fn *end;
	void *cookie;
	struct level {
		json_t *json; /* NULL: what is below is not kept */
		char *name;   /* NULL: an element of a list */
		size_t path;  /* length of the path above */
	} level[DEPTH];
	int depth;
	struct buf path; /* of what is open: "bundles.items" */
	int failed;      /* said */
};

static void
fail(struct gather *g)
{

	if (!g->failed)
		warn_msg("out of memory");
	g->failed = 1;
}

struct gather *
gather_new(gather_take_fn *take, gather_end_fn *end, void *cookie)
{
	struct gather *g;

	if ((g = calloc(1, sizeof(*g))) == NULL)
		goto err0;
	g->take = take;
	g->end = end;
	g->cookie = cookie;
	if ((g->level[0].json = json_object()) == NULL)
		goto err1;
	g->depth = 1;
	return g;

err1:
	free(g);
err0:
	warn_msg("out of memory");
	return NULL;
}

void
gather_free(struct gather *g)
{

	if (g == NULL)
		return;
	while (g->depth > 0) {
		g->depth--;
		json_decref(g->level[g->depth].json);
		free(g->level[g->depth].name);
	}
	buf_free(&g->path);
	free(g);
}

/* A value that is whole joins what is open.  Taken over. */
static void
join(struct gather *g, const char *name, json_t *value)
{
	json_t *to = g->level[g->depth - 1].json;
	int rc;

	if (value == NULL || to == NULL || g->failed) {
		json_decref(value);
		return;
	}
	if (json_is_object(to)) {
		if (name == NULL || json_object_set_new(to, name, value))
			fail(g);
		return;
	}
	rc = g->take == NULL
		 ? 0
		 : g->take(g->cookie, g->path.len ? g->path.data : "", value);
	if (rc == -1)
		g->failed = 1;
	if (rc != 0)
		json_decref(value);
	else if (json_array_append_new(to, value))
		fail(g);
}

void
gather_open(struct gather *g, const char *name, char bracket)
{
	struct level *l = &g->level[g->depth];

	if (g->depth == DEPTH) {
		fail(g);
		return;
	}
	*l = (struct level){ .path = g->path.len };
	g->depth++;
	if (g->failed)
		return;
	l->json = bracket == '{' ? json_object() : json_array();
	if (l->json == NULL)
		fail(g);
	if (name == NULL)
		return;
	if ((l->name = strdup(name)) == NULL ||
	    (g->path.len > 0 && buf_addc(&g->path, '.')) ||
	    buf_adds(&g->path, name))
		fail(g);
}

void
gather_close(struct gather *g)
{
	struct level l;

	if (g->depth <= 1)
		return;
	l = g->level[--g->depth];
	if (l.path < g->path.len) {
		g->path.len = l.path;
		g->path.data[l.path] = '\0';
	}
	join(g, l.name, l.json);
	free(l.name);
}

void
gather_put(struct gather *g, const char *name, json_t *value)
{

	join(g, name, json_incref(value));
}

void
gather_outer(struct gather *g)
{

	while (g->depth > 1)
		gather_close(g);
}

int
gather_end(struct gather *g)
{

	gather_outer(g);
	if (g->failed)
		return -1;
	return g->end(g->cookie, g->level[0].json);
}
