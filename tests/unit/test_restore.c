#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "restore_blank.h"
#include "said.h"

/*
 * The parts are this program's own: they note in what order they are called,
 * and do what the test at hand tells them.
 */
static struct {
	char calls[4096];
	const char *fail;       /* the call that fails, or NULL */
	enum plan_type adds;    /* what plan_files adds, PLAN_TYPES: nothing */
	enum plan_type leaves;  /* what leftover_files adds */
	enum outcome files_end; /* how plan_files ends */
} fake;

static void
fake_start(void)
{

	memset(&fake, 0, sizeof(fake));
	fake.adds = fake.leaves = (enum plan_type)PLAN_TYPES;
	warn_forget();
}

static int
called(const char *name)
{

	if (fake.calls[0] != '\0')
		strncat(fake.calls, " ",
		    sizeof(fake.calls) - 1 - strlen(fake.calls));
	strncat(fake.calls, name, sizeof(fake.calls) - 1 - strlen(fake.calls));
	return fake.fail != NULL && strcmp(fake.fail, name) == 0 ? -1 : 0;
}

enum outcome
plan_files(struct restore *r)
{

	if (called("plan_files") == -1)
		return OUTCOME_FAILED;
	if ((unsigned)fake.adds < PLAN_TYPES &&
	    plan_say(r->plan, fake.adds, ITEM_FILE, "file:/a", NULL, "n", "t"))
		return OUTCOME_FAILED;
	return fake.files_end;
}

enum outcome
plan_virt(struct restore *r)
{

	(void)r;
	return called("plan_virt") ? OUTCOME_FAILED : OUTCOME_DONE;
}

enum outcome
plan_files_behind(struct restore *r)
{

	(void)r;
	return called("behind") ? OUTCOME_FAILED : OUTCOME_DONE;
}

enum outcome
plan_accounts(struct restore *r)
{

	(void)r;
	return called("accounts") ? OUTCOME_FAILED : OUTCOME_DONE;
}

enum outcome
plan_db(struct restore *r)
{

	(void)r;
	return called("plan_db") ? OUTCOME_FAILED : OUTCOME_DONE;
}

int
leftover_files(struct restore *r)
{

	if ((unsigned)fake.leaves < PLAN_TYPES &&
	    plan_say(
		r->plan, fake.leaves, ITEM_FILE, "file:/b", NULL, "n", "t"))
		return -1;
	return called("leftover_files");
}

int
leftover_virt(struct restore *r)
{

	(void)r;
	return called("leftover_virt");
}

int
leftover_accounts(struct restore *r)
{

	(void)r;
	return called("leftover_accounts");
}

int
leftover_db(struct restore *r)
{

	(void)r;
	return called("leftover_db");
}

/* What stands for an open libvirt and database: the fakes look at neither. */
static char anything;

#define OPENED ((void *)&anything)

static void
plan_is_done_unsafe_or_failed(void **state)
{
	static const struct {
		enum plan_type adds;
		enum outcome files_end;
		const char *fail;
		enum outcome want;
		const char *calls;
	} table[] = {
		{ (enum plan_type)PLAN_TYPES, OUTCOME_DONE, NULL, OUTCOME_DONE,
		    "plan_files plan_virt behind accounts plan_db" },
		{ PLAN_CREATE, OUTCOME_DONE, NULL, OUTCOME_DONE,
		    "plan_files plan_virt behind accounts plan_db" },
		{ PLAN_HELD, OUTCOME_DONE, NULL, OUTCOME_DONE,
		    "plan_files plan_virt behind accounts plan_db" },
		{ PLAN_NOTE, OUTCOME_DONE, NULL, OUTCOME_DONE,
		    "plan_files plan_virt behind accounts plan_db" },
		/* All findings, not the first: the others are planned too. */
		{ PLAN_DRIFT, OUTCOME_DONE, NULL, OUTCOME_UNSAFE,
		    "plan_files plan_virt behind accounts plan_db" },
		{ PLAN_FINDING, OUTCOME_DONE, NULL, OUTCOME_UNSAFE,
		    "plan_files plan_virt behind accounts plan_db" },
		{ PLAN_DRIFT, OUTCOME_REFUSED, NULL, OUTCOME_REFUSED,
		    "plan_files" },
		{ PLAN_CREATE, OUTCOME_DONE, "plan_virt", OUTCOME_FAILED,
		    "plan_files plan_virt" },
		{ PLAN_CREATE, OUTCOME_DONE, "plan_db", OUTCOME_FAILED,
		    "plan_files plan_virt behind accounts plan_db" },
	};
	struct restore_options opt;
	struct restore r;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		fake_start();
		blank(&r, &opt);
		r.virt = OPENED;
		r.db = OPENED;
		fake.adds = table[i].adds;
		fake.files_end = table[i].files_end;
		fake.fail = table[i].fail;
		assert_int_equal(restore_plan(&r), table[i].want);
		assert_string_equal(fake.calls, table[i].calls);
		assert_int_equal(r.reading, 0);
		r.virt = NULL;
		r.db = NULL;
		restore_close(&r);
	}
}

static void
verify_differs_by_type(void **state)
{
	static const struct {
		enum plan_type adds, leaves;
		enum outcome want;
	} table[] = {
		{ (enum plan_type)PLAN_TYPES, (enum plan_type)PLAN_TYPES,
		    OUTCOME_DONE },
		{ PLAN_CREATE, (enum plan_type)PLAN_TYPES, OUTCOME_DIFFERS },
		{ PLAN_CHANGE, (enum plan_type)PLAN_TYPES, OUTCOME_DIFFERS },
		{ PLAN_DRIFT, (enum plan_type)PLAN_TYPES, OUTCOME_DIFFERS },
		{ PLAN_FINDING, (enum plan_type)PLAN_TYPES, OUTCOME_DIFFERS },
		{ PLAN_HELD, (enum plan_type)PLAN_TYPES, OUTCOME_DONE },
		{ PLAN_NOTE, PLAN_HELD, OUTCOME_DONE },
		{ PLAN_HELD, PLAN_LEFTOVER, OUTCOME_DIFFERS },
	};
	struct restore_options opt;
	struct restore r;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		fake_start();
		blank(&r, &opt);
		r.virt = OPENED;
		fake.adds = table[i].adds;
		fake.leaves = table[i].leaves;
		assert_int_equal(restore_verify(&r), table[i].want);
		/* No database: neither planned nor scanned. */
		assert_string_equal(fake.calls,
		    "plan_files plan_virt behind leftover_files leftover_virt");
		assert_int_equal(r.reading, 1);
		r.virt = NULL;
		restore_close(&r);
	}
	fake_start();
	blank(&r, &opt);
	opt.no_files = 1;
	r.db = OPENED;
	fake.fail = "leftover_db";
	assert_int_equal(restore_verify(&r), OUTCOME_FAILED);
	assert_string_equal(
	    fake.calls, "accounts plan_db leftover_accounts leftover_db");
	r.db = NULL;
	restore_close(&r);
}

static void
map(struct restore *r, const char *rule)
{

	assert_int_equal(addrmap_add(r->map, rule, "--map"), 0);
}

static void
advice_names_rules_and_addresses(void **state)
{
	struct manifest *m = small_manifest();
	const struct plan_record *rec;
	struct restore_options opt;
	struct restore r;

	(void)state;
	fake_start();
	blank(&r, &opt);
	r.manifest = m;
	/* What is not looked at is told; no rule at all, no other word. */
	opt.no_libvirt = 1;
	assert_int_equal(restore_plan(&r), OUTCOME_DONE);
	assert_int_equal(plan_count(r.plan, PLAN_NOTE, -1), 2);
	assert_int_equal(plan_rewind(r.plan), 0);
	assert_int_equal(plan_next(r.plan, &rec), 1);
	assert_string_equal(rec->name, "left-out");
	assert_string_equal(rec->text, "libvirt: not looked at (--no-libvirt)");
	assert_int_equal(plan_next(r.plan, &rec), 1);
	assert_non_null(
	    strstr(rec->text, "database: not looked at (the bundle"));
	r.virt = OPENED;
	r.db = OPENED;
	assert_int_equal(restore_plan(&r), OUTCOME_DONE);
	assert_int_equal(plan_count(r.plan, PLAN_NOTE, -1), 0);
	addrmap_free(r.map);
	r.map = addrmap_new();
	assert_non_null(r.map);
	map(&r, "10.2.116.14 = 10.2.15.3");
	map(&r, "keep 10.2.117.1");
	map(&r, "10.9.9.9 = 10.9.9.8");
	assert_int_equal(addrmap_ready(r.map), 0);
	addrmap_used(r.map, 0);
	addrmap_used(r.map, 1);
	assert_int_equal(restore_plan(&r), OUTCOME_DONE);
	assert_int_equal(plan_rewind(r.plan), 0);
	assert_int_equal(plan_next(r.plan, &rec), 1);
	assert_int_equal(rec->type, PLAN_NOTE);
	assert_string_equal(rec->name, "unused-rule");
	assert_non_null(strstr(rec->text, "10.9.9.9"));
	assert_int_equal(plan_next(r.plan, &rec), 1);
	assert_string_equal(rec->name, "uncovered");
	assert_non_null(strstr(rec->text, "192.168.4.1"));
	assert_non_null(strstr(rec->text, "interface eth0"));
	assert_non_null(strstr(rec->text, "2 times"));
	assert_int_equal(plan_next(r.plan, &rec), 0);
	r.virt = NULL;
	r.db = NULL;
	restore_close(&r);
	manifest_free(m);
}

static void
held_places_are_recorded(void **state)
{
	static const struct {
		const char *why, *name;
		enum place_role role;
		const char *before, *text;
	} table[] = {
		{ HELD_COMMENT, "comment", PLACE_COMMENT, "# 10.2.116.14",
		    "a comment: # 10.2.116.14" },
		{ HELD_SECRET, "secret", PLACE_SECRET, "p10.2.116.14", NULL },
		{ HELD_PASSWORD, "password", PLACE_PLAIN,
		    "mysql://u:10.2.116.14@h/d", "mysql://u:***@h/d" },
		{ HELD_TENANT, "tenant", PLACE_TENANT, "10.2.116.14", NULL },
		{ HELD_HOST, "host", PLACE_HOST, "10.2.116.14", NULL },
		{ HELD_PADDED, "padded", PLACE_PLAIN, "010.002.116.014", NULL },
		{ HELD_DASHED, "dashed", PLACE_PLAIN, "ip-10-2-116-14", NULL },
		{ HELD_WIDE, "wide", PLACE_PLAIN, "10.2.0.0/16", NULL },
		{ "a row that is history", "outside", PLACE_PLAIN,
		    "10.2.116.14", NULL },
	};
	struct restore_options opt;
	struct restore r;
	struct held_cookie c = { &r, ITEM_FILE, "file:/a", "file:/a" };
	struct rewrite_place p = { .label = "here" };
	const struct plan_record *rec;
	struct manifest *m;
	size_t i;

	(void)state;
	blank(&r, &opt);
	assert_non_null(m = manifest_new());
	r.manifest = m;
	r.plan = plan_new();
	assert_non_null(r.plan);
	/* Replaced, not held: no record. */
	p.before = "x";
	p.before_len = 1;
	p.matches = 1;
	assert_int_equal(restore_held(&c, &p), 0);
	assert_int_equal(plan_count(r.plan, PLAN_HELD, -1), 0);
	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		p.held = table[i].why;
		p.role = table[i].role;
		p.before = table[i].before;
		p.before_len = strlen(p.before);
		assert_int_equal(restore_held(&c, &p), 0);
	}
	assert_int_equal(plan_rewind(r.plan), 0);
	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		assert_int_equal(plan_next(r.plan, &rec), 1);
		assert_int_equal(rec->type, PLAN_HELD);
		assert_string_equal(rec->item, "file:/a");
		assert_string_equal(rec->place, "here");
		assert_string_equal(rec->name, table[i].name);
		assert_memory_equal(
		    rec->text, table[i].why, strlen(table[i].why));
		if (table[i].text != NULL)
			assert_non_null(strstr(rec->text, table[i].text));
		if (table[i].role == PLACE_SECRET)
			assert_null(strstr(rec->text, "10.2.116.14"));
	}
	restore_close(&r);
	manifest_free(m);
}

static void
close_of_nothing(void **state)
{
	struct restore r;

	(void)state;
	memset(&r, 0, sizeof(r));
	restore_close(&r);
}

/* A bad map is told before anything else is looked at; all of its rules are. */
static void
map_comes_first(void **state)
{
	static const char *const maps[] = { "10.2.116.14",
		"10.0.0.0/24=10.1.0.0/16", "10.2.116.14=::1", NULL };
	struct restore_options opt = {
		.bundle = "/nonexistent", .trust = "/nonexistent", .maps = maps
	};
	struct restore r;
	size_t n;

	(void)state;
	warn_forget();
	memset(&r, 0, sizeof(r));
	assert_int_equal(restore_open(&opt, &r), OUTCOME_USAGE);
	(void)warn_said(&n);
	assert_int_equal(n, 3);
	restore_close(&r);
	warn_forget();
	opt.maps = NULL;
	memset(&r, 0, sizeof(r));
	assert_int_equal(restore_open(&opt, &r), OUTCOME_FAILED);
	assert_non_null(strstr(said_last(), "/nonexistent"));
	restore_close(&r);
	warn_forget();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plan_is_done_unsafe_or_failed),
		cmocka_unit_test(verify_differs_by_type),
		cmocka_unit_test(advice_names_rules_and_addresses),
		cmocka_unit_test(held_places_are_recorded),
		cmocka_unit_test(close_of_nothing),
		cmocka_unit_test(map_comes_first),
	};

	return cmocka_run_group_tests_name("restore", tests, NULL, NULL);
}
