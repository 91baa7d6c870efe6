#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"
#include "restore/facts/destination.h"
#include "restore/papers/saved_plan_inner.h"

/* What changes a plan, of what was asked, and its option. */
static const struct {
	const char *key, *option;
} options[] = {
	{ "root", "--root" },
	{ "connect", "--connect" },
	{ "defaults_file", "--defaults-file" },
	{ "only", "--only" },
	{ "except", "--not" },
	{ "also", "--also" },
	{ "on_drift", "--on-drift" },
	{ "no_files", "--no-files" },
	{ "no_libvirt", "--no-libvirt" },
	{ "no_database", "--no-database" },
	{ "waived", "--force-preflight" },
	{ "allow", "--allow" },
};

void
saved_tell(
    struct saved_moved *m, const char *name, const char *item, const char *text)
{

	m->n++;
	m->tell(m->cookie, name, item, text);
}

/* "now X, then Y", of any JSON. */
static int
tell_both(struct saved_moved *m, const char *name, const char *item,
    const json_t *then, const json_t *now)
{
	struct buf text = BUF_EMPTY;
	char *was, *is;
	int rc = -1;

	was = json_dumps(then, JSON_COMPACT | JSON_ENCODE_ANY);
	is = json_dumps(now, JSON_COMPACT | JSON_ENCODE_ANY);
	if (is == NULL) {
		warn_msg("out of memory");
		goto out;
	}
	rc = buf_addf(
	    &text, "now %s, in the plan %s", is, was == NULL ? "absent" : was);
	if (rc == 0)
		saved_tell(m, name, item, text.data);
out:
	buf_free(&text);
	free(was);
	free(is);
	return rc;
}

static int
has(const json_t *list, const json_t *rule)
{
	size_t i;

	for (i = 0; i < json_array_size(list); i++) {
		if (json_equal(json_array_get(list, i), rule))
			return 1;
	}
	return 0;
}

/* Rules that one list has and the other has not. */
static void
compare_rules(struct saved_moved *m, const json_t *list, const json_t *other,
    const char *text)
{
	const json_t *rule;
	size_t i;

	for (i = 0; i < json_array_size(list); i++) {
		rule = json_array_get(list, i);
		if (!has(other, rule))
			saved_tell(m, "map", json_string_value(rule), text);
	}
}

static void
compare_bundle(
    const json_t *then, const json_t *now, struct saved_moved *m, int *other)
{
	const json_t *was = json_object_get(then, "bundle");
	const json_t *is = json_object_get(now, "bundle");

	*other = !json_equal(
	    json_object_get(was, "digest"), json_object_get(is, "digest"));
	if (*other)
		saved_tell(m, "bundle",
		    json_string_value(json_object_get(is, "file")),
		    "this is another bundle than the plan was made from");
	if (!json_equal(
		json_object_get(was, "signer"), json_object_get(is, "signer")))
		saved_tell(m, "signer",
		    json_string_value(json_object_get(is, "signer")),
		    "another key than then vouches for the bundle");
}

static int
compare_destination(
    struct saved_plan *s, const struct restore *r, struct saved_moved *m)
{
	const json_t *then = json_object_get(s->json, "destination");
	json_t *now, *value;
	const char *key;
	int rc = 0;

	if ((now = destination_json(r)) == NULL)
		return -1;
	json_object_foreach(now, key, value)
	{
		if (rc == 0 && !json_equal(json_object_get(then, key), value))
			rc = tell_both(m, "destination", key,
			    json_object_get(then, key), value);
	}
	json_decref(now);
	return rc;
}

int
saved_compare_asked(
    struct saved_plan *s, struct restore *r, struct saved_moved *m, int *other)
{
	const json_t *then = s->asked_json, *was, *is;
	json_t *now;
	size_t i;
	int rc = 0;

	if ((now = asked_json(r)) == NULL)
		return -1;
	compare_bundle(then, now, m, other);
	was = json_object_get(then, "map");
	is = json_object_get(now, "map");
	compare_rules(m, is, was, "a rule that the saved plan does not have");
	compare_rules(m, was, is, "a rule of the saved plan that is not given");
	for (i = 0; i < sizeof(options) / sizeof(options[0]) && rc == 0; i++) {
		was = json_object_get(then, options[i].key);
		is = json_object_get(now, options[i].key);
		if (!json_equal(was, is))
			rc = tell_both(m, "option", options[i].option, was, is);
	}
	json_decref(now);
	return rc == 0 ? compare_destination(s, r, m) : rc;
}
