#include <string.h>

#include "archive/warn.h"
#include "restore/facts/facts_internal.h"

/* ${value} is taken over. */
static int
put(json_t *o, const char *key, json_t *value)
{

	return json_object_set_new(o, key, value);
}

static int
put_text(json_t *o, const char *key, const char *text)
{

	return text == NULL ? 0 : put(o, key, json_string(text));
}

static int
put_interface(json_t *list, const struct fact_interface *in)
{
	char text[ADDRESS_TEXT];
	json_t *o, *addresses;
	size_t i;

	if ((o = json_object()) == NULL)
		return -1;
	if (json_array_append_new(list, o) == -1)
		return -1;
	if ((addresses = json_array()) == NULL ||
	    put(o, "addresses", addresses) == -1)
		return -1;
	for (i = 0; i < in->naddresses; i++) {
		address_print(&in->addresses[i], text);
		if (json_array_append_new(addresses, json_string(text)) == -1)
			return -1;
	}
	if (put(o, "bridge", json_boolean(in->is_bridge)) == -1)
		return -1;
	return put_text(o, "name", in->name);
}

static int
put_programs(json_t *o, const char *key, const struct fact_program *p, size_t n)
{
	json_t *list, *one;
	size_t i;

	if ((list = json_array()) == NULL || put(o, key, list) == -1)
		return -1;
	for (i = 0; i < n; i++) {
		if ((one = json_object()) == NULL ||
		    json_array_append_new(list, one) == -1 ||
		    put_text(one, "name", p[i].name) == -1 ||
		    put(one, "pid", json_integer((json_int_t)p[i].pid)) == -1 ||
		    put_text(one, "unit", p[i].unit) == -1)
			return -1;
	}
	return 0;
}

static int
put_host(json_t *o, const struct facts *f)
{
	json_t *interfaces, *unseen;
	size_t i;

	if (put_text(o, "host_name", f->host_name) == -1 ||
	    put_text(o, "machine_id", f->machine_id) == -1)
		return -1;
	if ((interfaces = json_array()) == NULL ||
	    put(o, "interfaces", interfaces) == -1)
		return -1;
	for (i = 0; i < f->ninterfaces; i++) {
		if (put_interface(interfaces, &f->interfaces[i]) == -1)
			return -1;
	}
	if (put_programs(o, "services", f->services, f->nservices) == -1 ||
	    put_programs(o, "clients", f->clients, f->nclients) == -1)
		return -1;
	if ((unseen = json_array()) == NULL || put(o, "unseen", unseen) == -1)
		return -1;
	for (i = 0; i < f->nunseen; i++) {
		if (json_array_append_new(unseen, json_string(f->unseen[i])) ==
		    -1)
			return -1;
	}
	return 0;
}

json_t *
facts_json(const struct facts *f)
{
	json_t *o;

	if ((o = json_object()) == NULL || put_host(o, f) == -1 ||
	    facts_virt_json(f, o) == -1) {
		warn_msg("out of memory");
		json_decref(o);
		return NULL;
	}
	return o;
}
