#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "archive/warn.h"
#include "restore/plan/plan.h"
#include "restore/plan/plan_record.h"

static void
same_text(const char *want, const char *got)
{

	if (want == NULL || got == NULL)
		assert_true(want == got);
	else
		assert_string_equal(want, got);
}

static void
same_bytes(const char *want, size_t want_len, const char *got, size_t got_len)
{

	assert_true((want == NULL) == (got == NULL));
	if (want == NULL)
		return;
	assert_int_equal(want_len, got_len);
	assert_memory_equal(want, got, want_len);
	assert_int_equal(got[got_len], '\0');
}

static void
same_file(const struct item_file *want, const struct item_file *got)
{
	size_t i;

	assert_true((want == NULL) == (got == NULL));
	if (want == NULL)
		return;
	assert_int_equal(want->type, got->type);
	assert_int_equal(want->mode, got->mode);
	assert_int_equal(want->uid, got->uid);
	assert_int_equal(want->gid, got->gid);
	same_text(want->user, got->user);
	same_text(want->group, got->group);
	assert_true(want->mtime == got->mtime);
	assert_int_equal(want->mtime_nsec, got->mtime_nsec);
	same_text(want->target, got->target);
	assert_int_equal(want->format, got->format);
	same_text(want->set, got->set);
	assert_int_equal(want->nxattrs, got->nxattrs);
	for (i = 0; i < want->nxattrs; i++) {
		same_text(want->xattrs[i].name, got->xattrs[i].name);
		same_bytes(want->xattrs[i].value, want->xattrs[i].len,
		    got->xattrs[i].value, got->xattrs[i].len);
	}
}

static void
same_record(const struct plan_record *want, const struct plan_record *got)
{
	size_t i;

	assert_int_equal(want->type, got->type);
	assert_int_equal(want->kind, got->kind);
	same_text(want->item, got->item);
	same_text(want->source, got->source);
	same_text(want->place, got->place);
	same_text(want->text, got->text);
	same_text(want->name, got->name);
	assert_int_equal(want->ncells, got->ncells);
	for (i = 0; i < want->ncells; i++) {
		same_text(want->cells[i].name, got->cells[i].name);
		same_bytes(want->cells[i].before, want->cells[i].before_len,
		    got->cells[i].before, got->cells[i].before_len);
		same_bytes(want->cells[i].after, want->cells[i].after_len,
		    got->cells[i].after, got->cells[i].after_len);
		assert_int_equal(want->cells[i].secret, got->cells[i].secret);
	}
	assert_true((want->table == NULL) == (got->table == NULL));
	if (want->table != NULL) {
		same_text(want->table->role, got->table->role);
		same_text(want->table->schema, got->table->schema);
		same_text(want->table->table, got->table->table);
	}
	assert_int_equal(want->nkey, got->nkey);
	for (i = 0; i < want->nkey; i++)
		same_bytes(want->key[i], want->key_len[i], got->key[i],
		    got->key_len[i]);
	same_file(want->was, got->was);
	same_file(want->will, got->will);
}

static const struct plan_cell cells[] = {
	{ "provider_location", "10.2.116.14:3260", 16, "10.2.15.3:3260", 14,
	    0 },
	{ "provider_auth", NULL, 0, "", 0, 1 },
	{ "blob", "a\0b\xff\n", 5, NULL, 0, 0 },
};
static const struct plan_table table = { "nova", "nova_b", "volumes" };
static const char *const key[] = { "7", "a\0b" };
static const size_t key_len[] = { 1, 3 };

static char attr_a[] = "security.capability", attr_b[] = "user.note";
static char attr_value[] = "a\0b";
static char user[] = "nova", group[] = "", target[] = "../a b";
static struct file_xattr xattrs[] = { { attr_a, attr_value, 4 },
	{ attr_b, attr_value, 0 } };
static const struct item_file file_was = { .type = FILE_REGULAR,
	.mode = 06751,
	.uid = UINT32_MAX,
	.gid = 7,
	.user = user,
	.group = group,
	.mtime = -1,
	.mtime_nsec = 999999999,
	.xattrs = xattrs,
	.nxattrs = 2,
	.format = PLACE_VALUE,
	.set = user };
static const struct item_file file_will = {
	.type = FILE_SYMLINK, .mtime = INT64_MAX, .target = target
};

static const struct plan_record records[] = {
	{ .type = PLAN_CREATE,
	    .kind = ITEM_FILE,
	    .item = "file:/etc/nova/nova.conf",
	    .source = "file:/etc/nova/nova.conf",
	    .cells = cells,
	    .ncells = 1,
	    .will = &file_was },
	{ .type = PLAN_CHANGE,
	    .kind = ITEM_TABLE,
	    .item = "row:nova.volumes:7",
	    .source = "table:nova.volumes",
	    .cells = cells,
	    .ncells = 3,
	    .table = &table,
	    .key = key,
	    .key_len = key_len,
	    .nkey = 2 },
	{ .type = PLAN_HELD,
	    .kind = ITEM_DOMAIN,
	    .item = "domain:a",
	    .place = "",
	    .name = "tenant",
	    .text = "a tenant's own data" },
	{ .type = PLAN_NOTE, .kind = ITEM_FILE },
	{ .type = PLAN_DRIFT, .kind = ITEM_NETWORK, .item = "" },
	{ .type = PLAN_CHANGE,
	    .kind = ITEM_FILE,
	    .item = "file:/l",
	    .was = &file_was,
	    .will = &file_will },
};
#define RECORDS (sizeof(records) / sizeof(records[0]))

static void
records_come_back(void **state)
{
	const struct plan_record *r;
	struct plan *p = plan_new();
	size_t i, round;

	(void)state;
	assert_non_null(p);
	for (i = 0; i < RECORDS; i++)
		assert_int_equal(plan_add(p, &records[i]), 0);
	for (round = 0; round < 2; round++) {
		assert_int_equal(plan_rewind(p), 0);
		for (i = 0; i < RECORDS; i++) {
			assert_int_equal(plan_next(p, &r), 1);
			same_record(&records[i], r);
		}
		assert_int_equal(plan_next(p, &r), 0);
		assert_int_equal(plan_next(p, &r), 0);
	}
	plan_free(p);
}

static void
more_may_follow_a_reading(void **state)
{
	const struct plan_record *r;
	struct plan *p = plan_new();

	(void)state;
	assert_int_equal(plan_add(p, &records[0]), 0);
	assert_int_equal(plan_add(p, &records[1]), 0);
	assert_int_equal(plan_rewind(p), 0);
	assert_int_equal(plan_next(p, &r), 1);
	assert_int_equal(plan_add(p, &records[2]), 0);
	assert_int_equal(plan_rewind(p), 0);
	assert_int_equal(plan_next(p, &r), 1);
	same_record(&records[0], r);
	assert_int_equal(plan_next(p, &r), 1);
	same_record(&records[1], r);
	assert_int_equal(plan_next(p, &r), 1);
	same_record(&records[2], r);
	assert_int_equal(plan_next(p, &r), 0);
	plan_free(p);
}

static void
records_are_counted(void **state)
{
	struct plan *p = plan_new();
	int type;

	(void)state;
	assert_int_equal(plan_count(p, PLAN_CREATE, -1), 0);
	assert_int_equal(plan_add(p, &records[0]), 0);
	assert_int_equal(plan_add(p, &records[0]), 0);
	assert_int_equal(plan_add(p, &records[1]), 0);
	assert_int_equal(plan_count(p, PLAN_CREATE, -1), 2);
	assert_int_equal(plan_count(p, PLAN_CREATE, ITEM_FILE), 2);
	assert_int_equal(plan_count(p, PLAN_CREATE, ITEM_TABLE), 0);
	assert_int_equal(plan_count(p, PLAN_CHANGE, ITEM_TABLE), 1);
	for (type = PLAN_HELD; type < PLAN_TYPES; type++)
		assert_int_equal(plan_count(p, (enum plan_type)type, -1), 0);
	plan_free(p);
}

static void
say_formats(void **state)
{
	const struct plan_record *r;
	struct plan *p = plan_new();

	(void)state;
	assert_int_equal(plan_say(p, PLAN_LEFTOVER, ITEM_TABLE, "row:a.b:1",
			     "c", "old", "%s in %d", "10.2.116.14", 3),
	    0);
	assert_int_equal(
	    plan_say(p, PLAN_NOTE, ITEM_FILE, NULL, NULL, "n", "x"), 0);
	assert_int_equal(plan_rewind(p), 0);
	assert_int_equal(plan_next(p, &r), 1);
	assert_int_equal(r->type, PLAN_LEFTOVER);
	assert_int_equal(r->kind, ITEM_TABLE);
	assert_string_equal(r->item, "row:a.b:1");
	assert_string_equal(r->place, "c");
	assert_string_equal(r->name, "old");
	assert_string_equal(r->text, "10.2.116.14 in 3");
	assert_int_equal(plan_next(p, &r), 1);
	assert_null(r->item);
	assert_string_equal(r->text, "x");
	plan_free(p);
}

/* Ten thousand rows with values of many sizes: what is read is what was added.
 */
static void
many_rows(void **state)
{
	unsigned seed = (unsigned)time(NULL) ^ (unsigned)getpid();
	const struct plan_record *r;
	struct plan *p = plan_new();
	struct plan_record rec = records[1];
	struct plan_cell cell = { "c", NULL, 0, NULL, 0, 0 };
	static char bytes[5000];
	size_t i;
	int round;

	(void)state;
	print_message("seed %u\n", seed);
	rec.cells = &cell;
	rec.ncells = 1;
	for (i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)i;
	for (round = 0; round < 2; round++) {
		srand(seed);
		if (round == 1)
			assert_int_equal(plan_rewind(p), 0);
		for (i = 0; i < 10000; i++) {
			cell.after = bytes + rand() % 100;
			cell.after_len = (size_t)rand() % 4900;
			cell.before = rand() % 2 ? bytes : NULL;
			cell.before_len = 17;
			if (round == 0) {
				assert_int_equal(plan_add(p, &rec), 0);
			} else {
				assert_int_equal(plan_next(p, &r), 1);
				assert_int_equal(
				    cell.after_len, r->cells[0].after_len);
				assert_memory_equal(cell.after,
				    r->cells[0].after, cell.after_len);
				assert_true((cell.before == NULL) ==
					    (r->cells[0].before == NULL));
			}
		}
	}
	assert_int_equal(plan_next(p, &r), 0);
	assert_int_equal(plan_count(p, PLAN_CHANGE, ITEM_TABLE), 10000);
	plan_free(p);
}

/* No name in the folder, so nothing to be read by others or left behind. */
static void
spool_has_no_name(void **state)
{
	const char *was = getenv("TMPDIR");
	char *kept = was == NULL ? NULL : strdup(was);
	char dir[] = "/tmp/test_plan.XXXXXX";
	struct dirent *e;
	struct plan *p;
	size_t n = 0;
	DIR *d;

	(void)state;
	assert_non_null(mkdtemp(dir));
	setenv("TMPDIR", dir, 1);
	p = plan_new();
	assert_non_null(p);
	assert_int_equal(plan_add(p, &records[1]), 0);
	assert_int_equal(plan_rewind(p), 0);
	d = opendir(dir);
	while ((e = readdir(d)) != NULL)
		n += e->d_name[0] != '.';
	closedir(d);
	assert_int_equal(n, 0);
	plan_free(p);
	assert_int_equal(rmdir(dir), 0);
	/* The folder is gone: said, with its name. */
	assert_null(plan_new());
	(void)warn_said(&n);
	assert_int_equal(n, 1);
	assert_non_null(strstr(warn_said(&n)[0], dir));
	warn_forget();
	if (kept != NULL)
		setenv("TMPDIR", kept, 1);
	else
		unsetenv("TMPDIR");
	free(kept);
}

static void
foreign_types_are_refused(void **state)
{
	struct plan_record bad = { .type = (enum plan_type)PLAN_TYPES };
	struct plan *p = plan_new();
	size_t n;

	(void)state;
	assert_int_equal(plan_add(p, &bad), -1);
	bad.type = PLAN_NOTE;
	bad.kind = (enum item_kind)PLAN_KINDS;
	assert_int_equal(plan_add(p, &bad), -1);
	(void)warn_said(&n);
	assert_int_equal(n, 2);
	warn_forget();
	plan_free(p);
}

/* A shortened or lengthened record is none; no changed byte leads outside. */
static void
broken_record(const struct plan_record *r)
{
	struct plan_decoded d;
	struct buf b = BUF_EMPTY;
	size_t i, len;
	char *copy;

	memset(&d, 0, sizeof(d));
	assert_int_equal(plan_encode(r, &b), 0);
	assert_int_equal(plan_decode(b.data, b.len, &d), 0);
	same_record(r, &d.r);
	for (len = 0; len < b.len; len++) {
		/* Of its own, so that a read behind it is seen. */
		copy = malloc(len == 0 ? 1 : len);
		assert_non_null(copy);
		memcpy(copy, b.data, len);
		assert_int_equal(plan_decode(copy, len, &d), -1);
		free(copy);
	}
	copy = malloc(b.len + 1);
	assert_non_null(copy);
	memcpy(copy, b.data, b.len);
	copy[b.len] = 0;
	assert_int_equal(plan_decode(copy, b.len + 1, &d), -1);
	for (i = 0; i < b.len * 8; i++) {
		copy[i / 8] = (char)(copy[i / 8] ^ (1 << i % 8));
		if (plan_decode(copy, b.len, &d) == 0) {
			assert_true(d.r.ncells <= 3 && d.r.nkey <= 2);
			assert_true(d.r.was == NULL || d.r.was->nxattrs <= 2);
			assert_true(d.r.will == NULL ||
				    (d.r.will->target != NULL) ==
					(d.r.will->type == FILE_SYMLINK));
		}
		copy[i / 8] = (char)(copy[i / 8] ^ (1 << i % 8));
	}
	free(copy);
	plan_decoded_free(&d);
	buf_free(&b);
}

static void
broken_records_are_refused(void **state)
{

	(void)state;
	broken_record(&records[1]);
	broken_record(&records[RECORDS - 1]);
}

/* Counts that no record of that length can have, and numbers out of range. */
static void
hostile_numbers_are_refused(void **state)
{
	static const uint64_t bad[] = { UINT64_MAX, UINT64_MAX - 1, 1ULL << 63,
		1ULL << 61, 1ULL << 32, 1ULL << 31 };
	struct plan_decoded d;
	struct buf b = BUF_EMPTY;
	uint64_t old;
	size_t at, i;

	(void)state;
	memset(&d, 0, sizeof(d));
	assert_int_equal(plan_encode(&records[RECORDS - 1], &b), 0);
	for (at = 0; at + sizeof(old) <= b.len; at++) {
		memcpy(&old, b.data + at, sizeof(old));
		for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
			memcpy(b.data + at, &bad[i], sizeof(old));
			if (plan_decode(b.data, b.len, &d) == 0)
				assert_true(d.r.ncells == 0 && d.r.nkey == 0);
		}
		memcpy(b.data + at, &old, sizeof(old));
	}
	plan_decoded_free(&d);
	buf_free(&b);
}

static void
free_of_nothing(void **state)
{

	(void)state;
	plan_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_come_back),
		cmocka_unit_test(more_may_follow_a_reading),
		cmocka_unit_test(records_are_counted),
		cmocka_unit_test(say_formats),
		cmocka_unit_test(many_rows),
		cmocka_unit_test(spool_has_no_name),
		cmocka_unit_test(foreign_types_are_refused),
		cmocka_unit_test(broken_records_are_refused),
		cmocka_unit_test(hostile_numbers_are_refused),
		cmocka_unit_test(free_of_nothing),
	};

	return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
