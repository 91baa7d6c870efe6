#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"
#include "restore/facts/facts_internal.h"

/* What is not of the form that facts_json gives. */
static int
wrong(const char *what)
{

	warn_msg("the description's facts are not of their form: %s", what);
	return -1;
}

/* A string that may be missing: 0, or -1 said. */
static int
take_text(const json_t *o, const char *key, char **to)
{
	const json_t *v = json_object_get(o, key);

	if (v == NULL)
		return 0;
	if (!json_is_string(v))
		return wrong(key);
	if ((*to = strdup(json_string_value(v))) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	return 0;
}

/* An array that must be there; NULL, said. */
static const json_t *
take_list(const json_t *o, const char *key)
{
	const json_t *list = json_object_get(o, key);

	if (json_is_array(list))
		return list;
	(void)wrong(key);
	return NULL;
}

static int
take_interface(struct facts *f, const json_t *o)
{
	const json_t *name = json_object_get(o, "name"), *list, *v;
	struct fact_interface *in;
	struct address a;
	size_t i;

	if (!json_is_string(name))
		return wrong("interfaces: name");
	if ((list = take_list(o, "addresses")) == NULL)
		return -1;
	in = facts_new_interface(f, json_string_value(name));
	if (in == NULL)
		return -1;
	in->is_bridge = json_is_true(json_object_get(o, "bridge"));
	for (i = 0; i < json_array_size(list); i++) {
		v = json_array_get(list, i);
		if (!json_is_string(v) ||
		    address_parse(json_string_value(v), &a) == -1)
			return wrong("interfaces: addresses");
		if (facts_new_address(in, &a))
			return -1;
	}
	return 0;
}

static int
take_programs(
    const json_t *o, const char *key, struct fact_program **to, size_t *n)
{
	const json_t *list, *one, *name, *pid, *unit;
	size_t i;

	if ((list = take_list(o, key)) == NULL)
		return -1;
	for (i = 0; i < json_array_size(list); i++) {
		one = json_array_get(list, i);
		name = json_object_get(one, "name");
		pid = json_object_get(one, "pid");
		unit = json_object_get(one, "unit");
		if (!json_is_string(name) || !json_is_integer(pid) ||
		    json_integer_value(pid) < 0 ||
		    (unit != NULL && !json_is_string(unit)))
			return wrong(key);
		if (facts_new_program(to, n, json_string_value(name),
			(uint64_t)json_integer_value(pid),
			unit == NULL ? NULL : json_string_value(unit)))
			return -1;
	}
	return 0;
}

static int
take_host(struct facts *f, const json_t *o)
{
	const json_t *list, *v;
	size_t i;

	if (!json_is_object(o))
		return wrong("no object");
	if (take_text(o, "host_name", &f->host_name) ||
	    take_text(o, "machine_id", &f->machine_id))
		return -1;
	if ((list = take_list(o, "interfaces")) == NULL)
		return -1;
	for (i = 0; i < json_array_size(list); i++) {
		if (take_interface(f, json_array_get(list, i)))
			return -1;
	}
	if (take_programs(o, "services", &f->services, &f->nservices) ||
	    take_programs(o, "clients", &f->clients, &f->nclients))
		return -1;
	if ((list = take_list(o, "unseen")) == NULL)
		return -1;
	for (i = 0; i < json_array_size(list); i++) {
		v = json_array_get(list, i);
		if (!json_is_string(v))
			return wrong("unseen");
		if (facts_unseen(f, "%s", json_string_value(v)))
			return -1;
	}
	return 0;
}

struct facts *
facts_parse(const json_t *json)
{
	struct facts *f;

	if ((f = calloc(1, sizeof(*f))) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	if (take_host(f, json) || facts_virt_parse(f, json)) {
		facts_free(f);
		return NULL;
	}
	return f;
}
