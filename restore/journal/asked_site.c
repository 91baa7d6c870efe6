#include <stdlib.h>

#include "restore/journal/asked_inner.h"

/* Its strings, by name. */
static const struct {
	const char *key;
	size_t offset;
} strings[] = {
	{ "host", offsetof(struct site, host) },
	{ "my_ip", offsetof(struct site, my_ip) },
	{ "instances_path", offsetof(struct site, instances_path) },
	{ "state_path", offsetof(struct site, state_path) },
	{ "libvirt_uri", offsetof(struct site, libvirt_uri) },
};
#define STRINGS (sizeof(strings) / sizeof(strings[0]))

static char **
string_of(struct site *s, size_t i)
{

	return (char **)(void *)((char *)s + strings[i].offset);
}

static const char *
text_of(const struct site *s, size_t i)
{

	return *(
	    char *const *)(const void *)((const char *)s + strings[i].offset);
}

/* An array of all that ${n} asks for, each made by ${put}. */
static json_t *
put_array(const struct site *s, size_t n,
    json_t *(*put)(const struct site *s, size_t i))
{
	json_t *array = json_array();
	size_t i;

	for (i = 0; array != NULL && i < n; i++) {
		if (json_array_append_new(array, put(s, i)) == -1) {
			json_decref(array);
			return NULL;
		}
	}
	return array;
}

static json_t *
put_database(const struct site *s, size_t i)
{
	const struct site_database *d = &s->databases[i];

	return json_pack("{s:o, s:o, s:o}", "role", asked_put(d->role), "url",
	    asked_put(d->url), "source", asked_put(d->source));
}

static json_t *
put_address(const struct site *s, size_t i)
{
	const struct site_address *a = &s->addresses[i];

	return json_pack("{s:o, s:o}", "text", asked_put(a->text), "where",
	    asked_put(a->where));
}

static json_t *
put_file(const struct site *s, size_t i)
{

	return asked_put(s->files[i]);
}

json_t *
asked_put_site(const struct site *s)
{
	json_t *json;
	size_t i;

	json = json_pack("{s:o, s:o, s:o, s:b}", "databases",
	    put_array(s, s->ndatabases, put_database), "addresses",
	    put_array(s, s->naddresses, put_address), "files",
	    put_array(s, s->nfiles, put_file), "has_nova", s->has_nova);
	for (i = 0; json != NULL && i < STRINGS; i++) {
		if (json_object_set_new(
			json, strings[i].key, asked_put(text_of(s, i))) == -1) {
			json_decref(json);
			return NULL;
		}
	}
	return json;
}

/* Room for as many as the array has: 0 or -1. */
static int
start_array(const json_t *array, size_t size, void **out)
{
	size_t n = json_array_size(array);

	if (!json_is_array(array))
		return -1;
	if (n == 0)
		return 0;
	return (*out = calloc(n, size)) == NULL ? -1 : 0;
}

static int
take_databases(struct site *s, const json_t *array)
{
	struct site_database *d;
	const json_t *one;
	void *room = NULL;
	size_t i;

	if (start_array(array, sizeof(*d), &room) == -1)
		return -1;
	s->databases = room;
	for (i = 0; i < json_array_size(array); i++) {
		d = &s->databases[s->ndatabases++];
		one = json_array_get(array, i);
		if (asked_take(one, "role", &d->role) == -1 ||
		    asked_take(one, "url", &d->url) == -1 ||
		    asked_take(one, "source", &d->source) == -1 ||
		    d->role == NULL || d->url == NULL || d->source == NULL)
			return -1;
	}
	return 0;
}

static int
take_addresses(struct site *s, const json_t *array)
{
	struct site_address *a;
	const json_t *one;
	void *room = NULL;
	size_t i;

	if (start_array(array, sizeof(*a), &room) == -1)
		return -1;
	s->addresses = room;
	for (i = 0; i < json_array_size(array); i++) {
		a = &s->addresses[s->naddresses++];
		one = json_array_get(array, i);
		if (asked_take(one, "text", &a->text) == -1 ||
		    asked_take(one, "where", &a->where) == -1 ||
		    a->text == NULL || a->where == NULL)
			return -1;
	}
	return 0;
}

struct site *
asked_take_site(const json_t *json)
{
	const json_t *nova = json_object_get(json, "has_nova");
	struct site *s;
	size_t i;

	if (!json_is_boolean(nova) || (s = calloc(1, sizeof(*s))) == NULL)
		return NULL;
	s->has_nova = json_is_true(nova);
	for (i = 0; i < STRINGS; i++) {
		if (asked_take(json, strings[i].key, string_of(s, i)) == -1)
			goto err1;
	}
	if (take_databases(s, json_object_get(json, "databases")) == -1 ||
	    take_addresses(s, json_object_get(json, "addresses")) == -1 ||
	    asked_take_list(json, "files", &s->files) == -1)
		goto err1;
	while (s->files != NULL && s->files[s->nfiles] != NULL)
		s->nfiles++;
	return s;

err1:
	site_free(s);
	return NULL;
}
