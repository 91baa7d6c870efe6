#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "archive/limits.h"
#include "archive/manifest/manifest_parsing.h"
#include "archive/manifest/manifest_private.h"
#include "archive/manifest/manifest_take.h"
#include "archive/node/path.h"
#include "archive/warn.h"

/* What --host left in and out: which hosts, and what is elsewhere. */

int
manifest_add_host(struct manifest *m, const char *name)
{
	char *copy = NULL;

	if (manifest_set(&copy, name) == -1)
		return -1;
	if (manifest_grow(&m->hosts, m->nhosts, sizeof(*m->hosts)) == -1) {
		free(copy);
		return -1;
	}
	m->hosts[m->nhosts++] = copy;
	return 0;
}

int
manifest_add_elsewhere(struct manifest *m, const char *host)
{
	struct elsewhere_host *e;

	if (manifest_grow(
		&m->elsewhere, m->nelsewhere, sizeof(*m->elsewhere)) == -1)
		return -1;
	e = memset(&m->elsewhere[m->nelsewhere], 0, sizeof(*e));
	if (manifest_set(&e->host, host) == -1)
		return -1;
	m->nelsewhere++;
	return 0;
}

int
manifest_add_elsewhere_instance(
    struct manifest *m, const char *uuid, uint64_t id)
{
	struct elsewhere_host *e = &m->elsewhere[m->nelsewhere - 1];
	struct elsewhere_instance *i;

	if (manifest_grow(
		&e->instances, e->ninstances, sizeof(*e->instances)) == -1)
		return -1;
	i = &e->instances[e->ninstances];
	i->uuid = NULL;
	i->id = id;
	if (manifest_set(&i->uuid, uuid) == -1)
		return -1;
	e->ninstances++;
	return 0;
}

void
manifest_free_hosts(struct manifest *m)
{
	struct elsewhere_host *e;
	size_t i, j;

	for (i = 0; i < m->nhosts; i++)
		free(m->hosts[i]);
	free(m->hosts);
	for (i = 0; i < m->nelsewhere; i++) {
		e = &m->elsewhere[i];
		for (j = 0; j < e->ninstances; j++)
			free(e->instances[j].uuid);
		free(e->instances);
		free(e->host);
	}
	free(m->elsewhere);
}

static json_t *
print_names(const struct manifest *m)
{
	json_t *a;
	size_t i;

	if ((a = json_array()) == NULL)
		return NULL;
	for (i = 0; i < m->nhosts; i++)
		if (json_array_append_new(a, json_string(m->hosts[i]))) {
			json_decref(a);
			return NULL;
		}
	return a;
}

static json_t *
print_elsewhere(const struct elsewhere_host *e)
{
	const struct elsewhere_instance *one;
	json_t *a;
	size_t i;

	if ((a = json_array()) == NULL)
		return NULL;
	for (i = 0; i < e->ninstances; i++) {
		one = &e->instances[i];
		if (json_array_append_new(a,
			json_pack("[s, I]", one->uuid, (json_int_t)one->id))) {
			json_decref(a);
			return NULL;
		}
	}
	return json_pack("{s:s, s:o}", "host", e->host, "instances", a);
}

int
manifest_print_hosts(const struct manifest *m, struct buf *out)
{
	size_t i;

	if (m->nhosts == 0)
		return 0;
	if (buf_adds(out, "\"hosts\":") == -1 ||
	    manifest_add_json(out, "hosts", print_names(m)) == -1 ||
	    buf_adds(out, ",\n") == -1)
		return -1;
	if (m->nelsewhere == 0)
		return 0;
	if (buf_adds(out, "\"elsewhere\":[") == -1)
		return -1;
	for (i = 0; i < m->nelsewhere; i++)
		if (buf_adds(out, i == 0 ? "\n" : ",\n") == -1 ||
		    manifest_add_json(out, m->elsewhere[i].host,
			print_elsewhere(&m->elsewhere[i])) == -1)
			return -1;
	return buf_adds(out, "],\n");
}

int
manifest_parse_hosts(const struct parsing *p, json_t *json)
{
	const char *name;
	size_t i, j;

	if (json_array_size(json) == 0 || json_array_size(json) > LIMIT_HOSTS)
		return manifest_refuse(p, "hosts is no list of names");
	for (i = 0; i < json_array_size(json); i++) {
		name = json_string_value(json_array_get(json, i));
		if (!path_text(name, 255))
			return manifest_refuse(p, "a host's name is none");
		/* In any case: MySQL compares nova's hosts so. */
		for (j = 0; j < i; j++)
			if (strcasecmp(p->m->hosts[j], name) == 0)
				return manifest_refuse(
				    p, "a host is named twice");
		if (manifest_add_host(p->m, name) == -1)
			return -1;
	}
	return 0;
}

static int
parse_instance(const struct parsing *p, json_t *pair)
{
	const char *uuid = json_string_value(json_array_get(pair, 0));
	json_t *id = json_array_get(pair, 1);

	if (json_array_size(pair) != 2 || !path_text(uuid, 255) ||
	    !json_is_integer(id) || json_integer_value(id) < 0)
		return manifest_refuse(p, "an instance elsewhere is none");
	return manifest_add_elsewhere_instance(
	    p->m, uuid, (uint64_t)json_integer_value(id));
}

int
manifest_parse_elsewhere(const struct parsing *p, json_t *json)
{
	struct take t = { p->what, "a host elsewhere", json, 0, 0 };
	char *host = NULL;
	json_t *list;
	size_t i;
	int rc = -1;

	take_text(&t, "host", 1, &host);
	list = take_any(&t, "instances", 1, JSON_ARRAY);
	if (take_end(&t) == -1)
		goto out;
	if (p->m->nhosts == 0 || !path_text(host, 255)) {
		rc = manifest_refuse(p, "a host elsewhere is none");
		goto out;
	}
	if (manifest_add_elsewhere(p->m, host) == -1)
		goto out;
	for (i = 0, rc = 0; i < json_array_size(list) && rc == 0; i++)
		rc = parse_instance(p, json_array_get(list, i));
out:
	free(host);
	return rc;
}
