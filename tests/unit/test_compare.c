/* compare: what differs between two bundles, and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <time.h>

#include "archive/look/compare.h"
#include "tests/unit/folder.h"
#include "tests/unit/made.h"

#define UUID "0e6a8f5e-1111-4222-8333-444455556666"

static const char *const types[] = {
	[COMPARE_GONE] = "gone",
	[COMPARE_NEW] = "new",
	[COMPARE_ABOUT] = "about",
	[COMPARE_BYTES] = "bytes",
	[COMPARE_ROW_GONE] = "row gone",
	[COMPARE_ROW_NEW] = "row new",
	[COMPARE_ROW_CHANGED] = "row changed",
	[COMPARE_COLUMNS] = "columns",
};

/* Every event as a line of text. */
struct told {
	struct buf text;
	size_t n;
	size_t stop_at;
};

static void
add_cells(
    struct buf *out, const char *sign, const struct db_value *cells, size_t n)
{
	size_t i;

	if (cells == NULL)
		return;
	assert_int_equal(buf_adds(out, sign), 0);
	for (i = 0; i < n; i++)
		assert_int_equal(
		    buf_addf(out, "%s%.*s", i > 0 ? "," : "",
			cells[i].data != NULL ? (int)cells[i].len : 4,
			cells[i].data != NULL ? cells[i].data : "NULL"),
		    0);
}

static int
on_event(void *cookie, const struct compare_event *e)
{
	struct told *t = cookie;

	if (++t->n == t->stop_at)
		return -1;
	assert_int_equal(
	    buf_addf(&t->text, "%s %s", types[e->type], e->name), 0);
	if (e->type == COMPARE_ABOUT)
		assert_int_equal(buf_addf(&t->text, " %s: %s > %s", e->what,
				     e->before, e->after),
		    0);
	if (e->type == COMPARE_BYTES)
		assert_int_equal(
		    buf_addf(&t->text, " %.*s>%.*s", (int)e->before_len,
			e->before, (int)e->after_len, e->after),
		    0);
	add_cells(&t->text, " -", e->old, e->ncells);
	add_cells(&t->text, " +", e->new, e->ncells);
	assert_int_equal(buf_addc(&t->text, '\n'), 0);
	return 0;
}

static void
compare(const char *want)
{
	struct bundle *a = made_open("a.bundle"), *b = made_open("b.bundle");
	struct told t = { BUF_EMPTY, 0, 0 };
	size_t n, i;

	assert_int_equal(compare_bundles(a, b, on_event, &t), OUTCOME_DONE);
	assert_string_equal(t.text.len > 0 ? t.text.data : "", want);
	/* Whoever is told may end it, at any event. */
	n = t.n;
	for (i = 1; i <= n; i++) {
		t.n = 0;
		t.stop_at = i;
		assert_int_equal(
		    compare_bundles(a, b, on_event, &t), OUTCOME_FAILED);
		assert_int_equal(t.n, i);
	}
	buf_free(&t.text);
	bundle_close(a);
	bundle_close(b);
}

static void
everything(struct bundle_new *n)
{

	made_folder(n, "/etc/nova");
	made_file(n, "/etc/nova/a", PLACE_INI, 0640, "[x]\ny = 1\n");
	made_file(n, "/etc/nova/b", PLACE_INI, 0640, "b");
	made_link(n, "/etc/nova/l", "/srv/a");
	made_secret(n, UUID, "<secret/>", "dmFsdWU=");
	made_domain(n, "one", 1, 0, "<domain/>");
	made_table(n, "nova", "nova", "volumes", "id* v", "1\ta\n2\tb\n");
	made_end(n);
}

static void
equal(void **state)
{

	(void)state;
	everything(made_start("a.bundle"));
	everything(made_start("b.bundle"));
	compare("");
}

static void
items(void **state)
{
	struct bundle_new *n;

	(void)state;
	everything(made_start("a.bundle"));
	n = made_start("b.bundle");
	made_folder(n, "/etc/nova");
	made_file(n, "/etc/nova/a", PLACE_INI, 0600, "[x]\ny = 2\n");
	made_file(n, "/etc/nova/c", PLACE_INI, 0640, "b");
	made_link(n, "/etc/nova/l", "/srv/b");
	made_secret(n, UUID, "<secret/>", "dmFsdWY=");
	made_domain(n, "one", 0, 1, "<domain/>");
	made_domain(n, "two", 0, 1, "<domain/>");
	made_table(n, "nova", "nova", "volumes", "id* v", "1\ta\n2\tc\n");
	made_end(n);
	compare("about file:/etc/nova/a mode: 0640 > 0600\n"
		"gone file:/etc/nova/b\n"
		"about file:/etc/nova/l target: /srv/a > /srv/b\n"
		"about secret:" UUID " value: *** > *** (another)\n"
		"about domain:one autostart: no > yes\n"
		"about domain:one running: yes > no\n"
		"new file:/etc/nova/c\n"
		"new domain:two\n"
		"bytes file:/etc/nova/a [x]\ny = 1\n>[x]\ny = 2\n\n"
		"row changed row:nova.volumes:2 -2,b +2,c\n");
}

/* A file that became a link; a secret that lost its value. */
static void
kinds(void **state)
{
	struct bundle_new *n;

	(void)state;
	n = made_start("a.bundle");
	made_file(n, "/etc/nova/a", PLACE_INI, 0640, "x");
	made_secret(n, UUID, "<secret/>", "dmFsdWU=");
	made_end(n);
	n = made_start("b.bundle");
	made_link(n, "/etc/nova/a", "b");
	made_secret(n, UUID, "<secret/>", NULL);
	made_end(n);
	compare("about file:/etc/nova/a type: file > symlink\n"
		"about file:/etc/nova/a mode: 0640 > 0000\n"
		"about file:/etc/nova/a target: - > b\n"
		"about secret:" UUID " value captured: yes > no\n"
		"bytes file:/etc/nova/a x>\n");
}

/* Two tables of one name; what is told of their rows. */
static const struct {
	const char *columns, *a, *b, *want;
} tables[] = {
	{ "id* v", "1\ta\n", "", "row gone row:s.t:1 -1,a\n" },
	{ "id* v", "", "1\ta\n", "row new row:s.t:1 +1,a\n" },
	{ "id* v", "1\t\\N\n", "1\t\n", "row changed row:s.t:1 -1,NULL +1,\n" },
	{ "id* v", "1\ta\n2\tb\n3\tc\n", "3\tc\n1\ta\n2\tb\n", "" },
	{ "id* v", "1\ta\n2\tb\n3\tc\n", "2\tb\n3\tc\n4\td\n",
	    "row gone row:s.t:1 -1,a\nrow new row:s.t:4 +4,d\n" },
	{ "id* v", "10\ta\n9\tb\n", "9\tb\n8\tx\n10\tz\n",
	    "row changed row:s.t:10 -10,a +10,z\nrow new row:s.t:8 +8,x\n" },
	{ "a* b* v", "1\t2\tx\n1\t3\ty\n", "1\t3\ty\n12\t\tx\n",
	    "row gone row:s.t:1,2 -1,2,x\nrow new row:s.t:12, +12,,x\n" },
	{ "k* v", "a\\\\b\tx\nc\\\nd\ty\n", "c\\\nd\ty\na\\\\b\tz\n",
	    "row changed row:s.t:a\\b -a\\b,x +a\\b,z\n" },
	/* Without a key rows are only equal or not; twice is twice. */
	{ "v w", "x\ty\nx\ty\nz\tz\n", "z\tz\nx\ty\n",
	    "row gone table:s.t -x,y\n" },
	{ "v w", "x\ty\nx\ty\nz\tz\n", "z\tz\nx\ty\nx\ty\n", "" },
	{ "v w", "x\t\\N\n", "x\t\n",
	    "row gone table:s.t -x,NULL\nrow new table:s.t +x,\n" },
	{ "v w", "ab\tc\n", "a\tbc\n",
	    "row gone table:s.t -ab,c\nrow new table:s.t +a,bc\n" },
};

static void
rows(void **state)
{
	struct bundle_new *n;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		n = made_start("a.bundle");
		made_table(n, "nova", "s", "t", tables[i].columns, tables[i].a);
		made_end(n);
		n = made_start("b.bundle");
		made_table(n, "nova", "s", "t", tables[i].columns, tables[i].b);
		made_end(n);
		compare(tables[i].want);
	}
}

static void
columns(void **state)
{
	struct bundle_new *n;

	(void)state;
	n = made_start("a.bundle");
	made_table(n, "nova", "s", "t", "id* v", "1\ta\n");
	made_end(n);
	n = made_start("b.bundle");
	made_table(n, "nova", "s", "t", "id* w", "1\tb\n");
	made_end(n);
	compare("columns table:s.t\n");
}

/* Items in another order are found all the same. */
static void
order(void **state)
{
	struct bundle_new *n;

	(void)state;
	n = made_start("a.bundle");
	made_table(n, "nova", "s", "t", "id* v", "1\ta\n");
	made_table(n, "nova", "s", "u", "id* v", "1\ta\n");
	made_table(n, "nova", "s", "v", "id* v", "1\ta\n");
	made_end(n);
	n = made_start("b.bundle");
	made_table(n, "nova", "s", "v", "id* v", "1\tv\n");
	made_table(n, "nova", "s", "u", "id* v", "1\tu\n");
	made_table(n, "nova", "s", "t", "id* v", "1\tt\n");
	made_end(n);
	compare("row changed row:s.t:1 -1,a +1,t\n"
		"row changed row:s.u:1 -1,a +1,u\n"
		"row changed row:s.v:1 -1,a +1,v\n");
}

#define MANY 300

/* Rows in random order: key i stands in a bundle with a value of 0 to 3, or
 * (4) not at all. */
static void
random_rows(int value[MANY], struct buf *out)
{
	int order[MANY], i, j, t;

	for (i = 0; i < MANY; i++)
		order[i] = i;
	for (i = MANY - 1; i > 0; i--) {
		j = rand() % (i + 1);
		t = order[i];
		order[i] = order[j];
		order[j] = t;
	}
	buf_clear(out);
	assert_int_equal(buf_adds(out, ""), 0);
	for (i = 0; i < MANY; i++) {
		value[order[i]] = rand() % 5;
		if (value[order[i]] < 4)
			assert_int_equal(buf_addf(out, "%d\t%d\n", order[i],
					     value[order[i]]),
			    0);
	}
}

static int
count_event(void *cookie, const struct compare_event *e)
{
	size_t *n = cookie;

	n[e->type]++;
	return 0;
}

static void
random_tables(void **state)
{
	unsigned seed = (unsigned)time(NULL), round;
	int a[MANY], b[MANY], i;
	struct buf text = BUF_EMPTY;
	struct bundle_new *n;
	struct bundle *x, *y;

	(void)state;
	print_message("seed %u\n", seed);
	srand(seed);
	for (round = 0; round < 5; round++) {
		size_t want[8] = { 0 }, got[8] = { 0 };

		n = made_start("a.bundle");
		random_rows(a, &text);
		made_table(n, "nova", "s", "t", "id* v", text.data);
		made_end(n);
		n = made_start("b.bundle");
		random_rows(b, &text);
		made_table(n, "nova", "s", "t", "id* v", text.data);
		made_end(n);
		for (i = 0; i < MANY; i++) {
			if (a[i] != b[i])
				want[a[i] == 4   ? COMPARE_ROW_NEW
				     : b[i] == 4 ? COMPARE_ROW_GONE
						 : COMPARE_ROW_CHANGED]++;
		}
		x = made_open("a.bundle");
		y = made_open("b.bundle");
		assert_int_equal(
		    compare_bundles(x, y, count_event, got), OUTCOME_DONE);
		assert_memory_equal(got, want, sizeof(want));
		bundle_close(x);
		bundle_close(y);
	}
	buf_free(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal),
		cmocka_unit_test(items),
		cmocka_unit_test(kinds),
		cmocka_unit_test(rows),
		cmocka_unit_test(columns),
		cmocka_unit_test(order),
		cmocka_unit_test(random_tables),
	};

	return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
