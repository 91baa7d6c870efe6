#ifndef TESTS_UNIT_ALLOW_WORLD_H
#define TESTS_UNIT_ALLOW_WORLD_H

#include "tests/unit/tree.h"

#include "archive/warn.h"
#include "restore/allow/allow.h"
#include "restore/facts/facts.h"

/**
 * allow_world: definitions judged for a host of which there is only a tree of
 * files, and what is told, in words.
 */
struct world {
	struct tree tree;
	struct restore r;
	struct restore_options opt;
	struct site site;
	struct facts facts;
	char *mounts[2];
	struct allow *allow;
	char said[8192]; /* "NAME PLACE" a line, "waived", "note" before it */
};

#define CAPS                                                                   \
	"<capabilities><guest><os_type>hvm</os_type><arch name='x86_64'>"      \
	"<emulator>/usr/bin/qemu-system-x86_64</emulator>"                     \
	"<domain type='kvm'><emulator>/usr/bin/kvm-spice</emulator></domain>"  \
	"</arch></guest></capabilities>"

static inline char *
writable(const char *text)
{
	char *copy = strdup(text);

	assert_non_null(copy);
	return copy;
}

/* An empty plan. */
static inline void
world_fresh(struct world *w)
{

	plan_free(w->r.plan);
	assert_non_null(w->r.plan = plan_new());
}

/* And no pools, and the site as it is now. */
static inline void
world_anew(struct world *w)
{

	world_fresh(w);
	allow_free(w->allow);
	assert_non_null(w->allow = allow_new(&w->r));
}

static inline int
world_setup(void **state)
{
	struct world *w;

	assert_non_null(w = calloc(1, sizeof(*w)));
	tree_make(&w->tree);
	w->r.opt = &w->opt;
	w->r.site = &w->site;
	w->r.facts = &w->facts;
	w->facts.capabilities = writable(CAPS);
	assert_non_null(w->r.root = root_open(w->tree.dir));
	w->site.instances_path = writable("/var/lib/nova/instances");
	w->mounts[0] = writable("/var/lib/nova/mnt");
	w->site.mounts = w->mounts;
	w->site.nmounts = 1;
	world_anew(w);
	warn_quiet(1);
	warn_forget();
	*state = w;
	return 0;
}

static inline int
world_teardown(void **state)
{
	struct world *w = *state;

	allow_free(w->allow);
	plan_free(w->r.plan);
	root_close(w->r.root);
	free(w->site.instances_path);
	free(w->mounts[0]);
	free(w->facts.capabilities);
	tree_remove(&w->tree);
	free(w);
	warn_forget();
	return 0;
}

/* What the plan has been told since it was made. */
static inline const char *
world_said(struct world *w)
{
	const struct plan_record *rec;
	const char *name, *p;
	size_t at = 0;

	w->said[0] = '\0';
	assert_int_equal(plan_rewind(w->r.plan), 0);
	while (plan_next(w->r.plan, &rec) == 1) {
		name = rec->text;
		while ((p = strstr(name, "--allow ")) != NULL)
			name = p + strlen("--allow ");
		assert_ptr_not_equal(name, rec->text);
		assert_string_equal(rec->name, strcmp(name, "schema") == 0
						   ? "schema-invalid"
						   : "not-allowed");
		at += (size_t)snprintf(w->said + at, sizeof(w->said) - at,
		    "%s%s%s%s\n",
		    rec->type == PLAN_WAIVED ? "waived "
		    : rec->type == PLAN_NOTE ? "note "
					     : "",
		    name, rec->place != NULL ? " " : "",
		    rec->place != NULL ? rec->place : "");
		assert_true(at < sizeof(w->said));
	}
	return w->said;
}

/* The same without the schema's line. */
static inline const char *
without_schema(const char *said)
{
	static char text[8192];
	size_t len, at = 0;

	for (; *said != '\0'; said += len) {
		len = strcspn(said, "\n") + 1;
		if (len >= 7 && memcmp(said + len - 7, "schema\n", 7) == 0)
			continue;
		memcpy(text + at, said, len);
		at += len;
	}
	text[at] = '\0';
	return text;
}

/* Judge one definition: what is told of it. */
static inline const char *
judged(struct world *w, enum item_kind kind, const char *item, const char *xml)
{
	struct item it = { .kind = kind };

	it.name = writable(item);
	assert_int_equal(allow_judge(w->allow, &it, xml, strlen(xml)), 0);
	free(it.name);
	return world_said(w);
}

/* A domain with ${top} before its devices and ${devices} in them. */
static inline const char *
judged_domain(struct world *w, const char *top, const char *devices)
{
	static char xml[16384];
	int n;

	n = snprintf(xml, sizeof(xml),
	    "<domain type='kvm'><name>a</name><memory>65536</memory>"
	    "%s<devices>%s</devices></domain>",
	    strstr(top, "<os>") != NULL
		? top
		: "<os><type arch='x86_64' machine='pc'>hvm</type></os>",
	    devices);
	if (strstr(top, "<os>") == NULL)
		n = snprintf(xml, sizeof(xml),
		    "<domain type='kvm'><name>a</name><memory>65536</memory>"
		    "<os><type arch='x86_64' machine='pc'>hvm</type></os>"
		    "%s<devices>%s</devices></domain>",
		    top, devices);
	assert_true(n > 0 && (size_t)n < sizeof(xml));
	return judged(w, ITEM_DOMAIN, "domain:a", xml);
}

#endif
