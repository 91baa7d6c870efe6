#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"
#include "restore/papers/saved_plan_inner.h"

#define FORM "it is damaged, or not as novark wrote it"

/* A member of that type, or NULL. */
static json_t *
member(const struct saved_plan *s, const char *name, json_type type)
{
	json_t *json = json_object_get(s->json, name);

	return json != NULL && json_typeof(json) == type ? json : NULL;
}

/* Every change, checked for its form and counted. */
static int
read_changes(struct saved_plan *s)
{
	const json_t *json;
	int more;

	while ((more = paper_element(s->paper, &json)) == 1) {
		if (change_check(json) != NULL)
			return paper_refuse(s->paper, FORM);
		s->changes++;
	}
	return more;
}

/* All of the file: its members are kept, but not the changes. */
static int
read_all(struct saved_plan *s)
{
	const json_t *value;
	const char *name;
	int more, lists = 0;

	while ((more = paper_next(s->paper, &name, &value)) == 1) {
		if (value == NULL) {
			if (strcmp(name, "changes") != 0 || lists++ > 0)
				return paper_refuse(s->paper, FORM);
			if (read_changes(s) == -1)
				return -1;
		} else if (json_object_get(s->json, name) != NULL ||
			   json_object_set_new(
			       s->json, name, json_deep_copy(value)) == -1) {
			return paper_refuse(s->paper, FORM);
		}
	}
	if (more == 0 && lists != 1)
		return paper_refuse(s->paper, FORM);
	return more;
}

static int
take_members(struct saved_plan *s)
{
	json_t *count = member(s, "count", JSON_INTEGER);
	json_t *digest = member(s, "digest", JSON_STRING);
	json_t *salt = member(s, "salt", JSON_STRING);

	s->asked_json = member(s, "asked", JSON_OBJECT);
	if (count == NULL || digest == NULL || salt == NULL ||
	    s->asked_json == NULL ||
	    member(s, "destination", JSON_OBJECT) == NULL ||
	    json_string_length(salt) != SAVED_SALT ||
	    json_string_length(digest) != 64 ||
	    (uint64_t)json_integer_value(count) != s->changes)
		return paper_refuse(s->paper, FORM);
	s->salt = json_string_value(salt);
	memcpy(s->digest, json_string_value(digest), 65);
	s->asked = asked_parse(s->asked_json);
	return s->asked == NULL ? -1 : 0;
}

struct saved_plan *
saved_plan_open(const char *file)
{
	struct saved_plan *s;

	if ((s = calloc(1, sizeof(*s))) == NULL ||
	    (s->file = strdup(file)) == NULL ||
	    (s->json = json_object()) == NULL) {
		warn_msg("out of memory");
		goto err0;
	}
	if ((s->f = fopen(file, "re")) == NULL) {
		warn_errno("%s: the saved plan cannot be opened", file);
		goto err0;
	}
	s->paper = paper_open(s->f, s->file, SAVED_KIND, SAVED_VERSION);
	if (s->paper == NULL || read_all(s) == -1 || take_members(s) == -1)
		goto err0;
	return s;

err0:
	saved_plan_close(s);
	return NULL;
}

void
saved_plan_close(struct saved_plan *s)
{

	if (s == NULL)
		return;
	asked_free(s->asked);
	paper_close(s->paper);
	json_decref(s->json);
	if (s->f != NULL)
		fclose(s->f);
	free(s->file);
	free(s);
}

const char *
saved_plan_digest(const struct saved_plan *s)
{

	return s->digest;
}

/* What was given stays; it is compared later. */
static void
fill(const char **to, const char *from)
{

	if (*to == NULL)
		*to = from;
}

static void
fill_list(const char *const **to, const char *const *from)
{

	if (*to == NULL)
		*to = from;
}

void
saved_plan_options(
    const struct saved_plan *s, struct restore_options *opt, int drift)
{
	const struct restore_options *o = asked_options(s->asked);

	fill(&opt->bundle, o->bundle);
	fill(&opt->trust, o->trust);
	fill(&opt->decrypt, o->decrypt);
	if (opt->map_files == NULL)
		fill_list(&opt->maps, o->maps);
	fill(&opt->root, o->root);
	fill(&opt->connect, o->connect);
	fill(&opt->defaults_file, o->defaults_file);
	fill(&opt->state_dir, o->state_dir);
	fill_list(&opt->only, o->only);
	fill_list(&opt->except, o->except);
	fill_list(&opt->also, o->also);
	fill_list(&opt->waive, o->waive);
	fill_list(&opt->allow, o->allow);
	if (!drift)
		opt->on_drift = o->on_drift;
	opt->no_files |= o->no_files;
	opt->no_libvirt |= o->no_libvirt;
	opt->no_database |= o->no_database;
}
