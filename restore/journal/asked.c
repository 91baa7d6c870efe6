#include "restore/journal/asked.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "archive/bundle/stored.h"
#include "archive/warn.h"
#include "restore/journal/asked_inner.h"

struct asked {
	struct restore_options opt;
	struct asked_bundle bundle;
	char *trust, *decrypt, *root, *connect, *defaults_file, *state_dir;
	char **map, **only, **except, **also, **waive, **allow;
	char *host, *started;
	json_t *site_json;
};

static const char *const policies[] = { "stop", "keep", "rewrite", "replay" };

/* A file's name from here, as one from anywhere; standard input stays that. */
static json_t *
put_file(const char *file)
{
	char *dir, *whole = NULL;
	json_t *json = NULL;

	if (file == NULL || file[0] == '/' || strcmp(file, STORED_STREAM) == 0)
		return asked_put(file);
	if ((dir = getcwd(NULL, 0)) == NULL)
		return NULL;
	if (asprintf(&whole, "%s/%s", strcmp(dir, "/") == 0 ? "" : dir, file) !=
	    -1)
		json = asked_put(whole);
	free(whole);
	free(dir);
	return json;
}

static json_t *
put_bundle(const struct restore *r)
{
	const struct manifest *m = r->manifest;

	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "file",
	    put_file(r->opt->bundle), "id", asked_put(m->id), "created",
	    asked_put(m->created), "host", asked_put(m->host), "signer",
	    asked_put(bundle_signer(r->bundle)), "digest",
	    asked_put(bundle_digest(r->bundle)));
}

/* The rules as they were given, whether by option or in a file. */
static json_t *
put_map(const struct addrmap *m)
{
	json_t *array = json_array();
	size_t i;

	for (i = 0; array != NULL && i < addrmap_rules(m); i++) {
		if (!addrmap_rule_derived(m, i) &&
		    json_array_append_new(
			array, asked_put(addrmap_rule_text(m, i))) == -1) {
			json_decref(array);
			return NULL;
		}
	}
	return array;
}

static json_t *
put_host(void)
{
	char name[256] = "";

	if (gethostname(name, sizeof(name) - 1) == -1)
		return json_null();
	return asked_put(name);
}

static json_t *
put_now(void)
{
	time_t now = time(NULL);
	struct tm tm;
	char text[32];

	if (gmtime_r(&now, &tm) == NULL ||
	    strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
		return NULL;
	return json_string(text);
}

/* The findings that were waived, for the receipt; "waived" are the names that
 * were given. */
static int
add_findings(json_t *json, const struct restore *r)
{
	const struct plan_record *rec;
	json_t *array = json_array();
	int more = 0;

	if (array == NULL ||
	    json_object_set_new(json, "waived_findings", array) == -1)
		return -1;
	if (r->plan == NULL || plan_rewind(r->plan) == -1)
		return r->plan == NULL ? 0 : -1;
	while ((more = plan_next(r->plan, &rec)) == 1) {
		if (rec->type == PLAN_WAIVED &&
		    json_array_append_new(array,
			json_pack("{s:o, s:o, s:o}", "name",
			    asked_put(rec->name), "item", asked_put(rec->item),
			    "text", asked_put(rec->text))) == -1)
			return -1;
	}
	return more;
}

json_t *
asked_json(const struct restore *r)
{
	const struct restore_options *o = r->opt;
	json_t *json;

	json =
	    json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, "
		      "s:o, s:s, s:b, s:b, s:b, s:o, s:o, s:o, s:o, s:o}",
		"bundle", put_bundle(r), "trust", put_file(o->trust), "map",
		put_map(r->map), "decrypt", put_file(o->decrypt), "root",
		put_file(o->root), "connect", asked_put(o->connect),
		"saved_plan", asked_put(o->saved_plan), "defaults_file",
		put_file(o->defaults_file), "state_dir", put_file(o->state_dir),
		"only", asked_put_list(o->only), "except",
		asked_put_list(o->except), "also", asked_put_list(o->also),
		"on_drift", policies[o->on_drift], "no_files", o->no_files,
		"no_libvirt", o->no_libvirt, "no_database", o->no_database,
		"waived", asked_put_list(o->waive), "allow",
		asked_put_list(o->allow), "site", asked_put_site(r->site),
		"host", put_host(), "started", put_now());
	if (json != NULL && add_findings(json, r) == 0)
		return json;
	json_decref(json);
	warn_msg("what is asked cannot be noted: out of memory");
	return NULL;
}

static int
take_bundle(struct asked_bundle *b, const json_t *json)
{

	if (asked_take(json, "file", &b->file) == -1 ||
	    asked_take(json, "id", &b->id) == -1 ||
	    asked_take(json, "created", &b->created) == -1 ||
	    asked_take(json, "host", &b->host) == -1 ||
	    asked_take(json, "signer", &b->signer) == -1 ||
	    asked_take(json, "digest", &b->digest) == -1)
		return -1;
	return b->file == NULL || b->id == NULL || b->digest == NULL ? -1 : 0;
}

static int
take_flag(const json_t *json, const char *key, int *flag)
{
	const json_t *value = json_object_get(json, key);

	*flag = json_is_true(value);
	return json_is_boolean(value) ? 0 : -1;
}

static int
take_values(struct asked *a, const json_t *json)
{
	char *drift = NULL;
	int policy = -1;

	if (asked_take(json, "on_drift", &drift) == 0 && drift != NULL)
		policy = decide_policy_parse(drift);
	free(drift);
	if (policy == -1 || take_flag(json, "no_files", &a->opt.no_files) ||
	    take_flag(json, "no_libvirt", &a->opt.no_libvirt) ||
	    take_flag(json, "no_database", &a->opt.no_database))
		return -1;
	a->opt.on_drift = (enum decide_policy)policy;
	if (asked_take(json, "trust", &a->trust) ||
	    (json_object_get(json, "decrypt") != NULL &&
		asked_take(json, "decrypt", &a->decrypt)) ||
	    asked_take(json, "root", &a->root) ||
	    asked_take(json, "connect", &a->connect) ||
	    asked_take(json, "defaults_file", &a->defaults_file) ||
	    asked_take(json, "state_dir", &a->state_dir) ||
	    asked_take(json, "host", &a->host) ||
	    asked_take(json, "started", &a->started))
		return -1;
	if (asked_take_list(json, "map", &a->map) ||
	    asked_take_list(json, "only", &a->only) ||
	    asked_take_list(json, "except", &a->except) ||
	    asked_take_list(json, "also", &a->also) ||
	    asked_take_list(json, "waived", &a->waive))
		return -1;
	/* Journals of before had none. */
	if (json_object_get(json, "allow") != NULL &&
	    asked_take_list(json, "allow", &a->allow))
		return -1;
	return a->started == NULL ? -1 : 0;
}

/* A list of ours as an option. */
static const char *const *
list(char **from)
{

	return (const char *const *)from;
}

static void
set_options(struct asked *a)
{
	struct restore_options *o = &a->opt;

	o->bundle = a->bundle.file;
	o->trust = a->trust;
	o->decrypt = a->decrypt;
	o->maps = list(a->map);
	o->root = a->root;
	o->connect = a->connect;
	o->defaults_file = a->defaults_file;
	o->state_dir = a->state_dir;
	o->only = list(a->only);
	o->except = list(a->except);
	o->also = list(a->also);
	o->waive = list(a->waive);
	o->allow = list(a->allow);
}

struct asked *
asked_parse(const json_t *json)
{
	struct site *site;
	struct asked *a;

	if ((a = calloc(1, sizeof(*a))) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	if (take_bundle(&a->bundle, json_object_get(json, "bundle")) == -1 ||
	    take_values(a, json) == -1)
		goto err1;
	/* Once now, so that asked_site can only fail for memory. */
	a->site_json = json_incref(json_object_get(json, "site"));
	if ((site = asked_take_site(a->site_json)) == NULL)
		goto err1;
	site_free(site);
	set_options(a);
	return a;

err1:
	warn_msg("what the restore was asked cannot be read: it is not of the "
		 "form that this version writes");
	asked_free(a);
	return NULL;
}

void
asked_free(struct asked *a)
{

	if (a == NULL)
		return;
	free(a->bundle.file);
	free(a->bundle.id);
	free(a->bundle.created);
	free(a->bundle.host);
	free(a->bundle.signer);
	free(a->bundle.digest);
	free(a->trust);
	free(a->decrypt);
	free(a->root);
	free(a->connect);
	free(a->defaults_file);
	free(a->state_dir);
	asked_list_free(a->map);
	asked_list_free(a->only);
	asked_list_free(a->except);
	asked_list_free(a->also);
	asked_list_free(a->waive);
	asked_list_free(a->allow);
	free(a->host);
	free(a->started);
	json_decref(a->site_json);
	free(a);
}

const struct restore_options *
asked_options(const struct asked *a)
{

	return &a->opt;
}

struct site *
asked_site(const struct asked *a)
{
	struct site *s;

	if ((s = asked_take_site(a->site_json)) == NULL)
		warn_msg("out of memory");
	return s;
}

const struct asked_bundle *
asked_bundle(const struct asked *a)
{

	return &a->bundle;
}

const char *
asked_host(const struct asked *a)
{

	return a->host;
}

const char *
asked_started(const struct asked *a)
{

	return a->started;
}
