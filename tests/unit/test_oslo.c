#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/node/oslo.h"
#include "archive/node/root.h"
#include "archive/warn.h"

/* Files in memory: path and text in turn, NULL at the end. */
struct files {
	const char *const *at;
	int reads;
};

static int
mem_read(void *cookie, const char *path, struct buf *out)
{
	struct files *f = cookie;
	const char *const *p;

	f->reads++;
	for (p = f->at; *p != NULL; p += 2)
		if (strcmp(*p, path) == 0)
			return buf_adds(out, p[1]) ? -1 : 1;
	return strcmp(path, "/broken") == 0 ? -1 : 0;
}

static int
mem_list(void *cookie, const char *path, char ***names, size_t *n)
{
	struct files *f = cookie;
	size_t len = strlen(path);
	const char *const *p;

	*n = 0;
	assert_non_null(*names = calloc(16, sizeof(**names)));
	for (p = f->at; *p != NULL; p += 2)
		if (strncmp(*p, path, len) == 0 && (*p)[len] == '/')
			assert_non_null(
			    (*names)[(*n)++] = strdup(*p + len + 1));
	if (*n > 0)
		return 1;
	free(*names);
	return 0;
}

static struct oslo *
load(const char *const *files, const char *path)
{
	struct files f = { files, 0 };
	struct oslo_source s = { mem_read, mem_list, &f };

	return oslo_load(&s, path);
}

/* One file, one question, one answer. */
static const struct {
	const char *text, *section, *name, *want;
} cases[] = {
	/* ini: signs, white space, comments */
	{ "[DEFAULT]\na = b\n", "DEFAULT", "a", "b" },
	{ "[DEFAULT]\na=b\n", "DEFAULT", "a", "b" },
	{ "[DEFAULT]\na: b\n", "DEFAULT", "a", "b" },
	{ "[DEFAULT]\na = b:c\n", "DEFAULT", "a", "b:c" },
	{ "[DEFAULT]\na: b=c\n", "DEFAULT", "a", "b=c" },
	{ "[DEFAULT]\na = b = c\n", "DEFAULT", "a", "b = c" },
	{ "[DEFAULT]\na =\n", "DEFAULT", "a", "" },
	{ "[DEFAULT]\na = b  \t\r\n", "DEFAULT", "a", "b" },
	{ "[DEFAULT]\r\na = b\r\n", "DEFAULT", "a", "b" },
	{ "[DEFAULT]\na = b", "DEFAULT", "a", "b" },
	{ "# a = c\n; a = d\n[DEFAULT]\na = b\n#a = e\n", "DEFAULT", "a", "b" },
	{ "[DEFAULT]\na = b # c\n", "DEFAULT", "a", "b # c" },
	{ "\n\n[DEFAULT]\n\na = b\n\n", "DEFAULT", "a", "b" },
	{ "", "DEFAULT", "a", NULL },
	{ "[DEFAULT]\na = b\n", "DEFAULT", "c", NULL },
	/* sections */
	{ "[DEFAULT]\na = b\n[vnc]\na = c\n", "vnc", "a", "c" },
	{ "[DEFAULT]\na = b\n[vnc]\na = c\n", "DEFAULT", "a", "b" },
	{ "[VNC]\na = c\n", "vnc", "a", "c" },
	{ "[vnc]\na = c\n", "VNC", "a", "c" },
	{ "[default]\na = c\n", "DEFAULT", "a", NULL },
	{ "[vnc]\na = c\n[x]\n[vnc]\nb = d\n", "vnc", "b", "d" },
	/* names: - and _ are the same, case is not */
	{ "[DEFAULT]\nmy-ip = 1\n", "DEFAULT", "my_ip", "1" },
	{ "[DEFAULT]\nmy_ip = 1\n", "DEFAULT", "my-ip", "1" },
	{ "[DEFAULT]\nMy_ip = 1\n", "DEFAULT", "my_ip", NULL },
	/* repeated: the last one wins */
	{ "[DEFAULT]\na = b\na = c\n", "DEFAULT", "a", "c" },
	{ "[DEFAULT]\na = b\n[x]\ny = z\n[DEFAULT]\na = c\n", "DEFAULT", "a",
	    "c" },
	/* continuation */
	{ "[DEFAULT]\na = b\n  c\n", "DEFAULT", "a", "b\nc" },
	{ "[DEFAULT]\na = b,\n\tc,\n\td\ne = f\n", "DEFAULT", "a",
	    "b,\nc,\nd" },
	{ "[DEFAULT]\na = b,\n\tc,\n\td\ne = f\n", "DEFAULT", "e", "f" },
	{ "[DEFAULT]\na = b\n  # c\n", "DEFAULT", "a", "b\n# c" },
	{ "[DEFAULT]\na = b\n   \nc = d\n", "DEFAULT", "a", "b" },
	{ "[DEFAULT]\na =\n  b\n", "DEFAULT", "a", "\nb" },
	/* quotes */
	{ "[DEFAULT]\na = \"b c\"\n", "DEFAULT", "a", "b c" },
	{ "[DEFAULT]\na = 'b'\n", "DEFAULT", "a", "b" },
	{ "[DEFAULT]\na = \"b'\n", "DEFAULT", "a", "\"b'" },
	{ "[DEFAULT]\na = \"b\n", "DEFAULT", "a", "\"b" },
	{ "[DEFAULT]\na = \"\"\n", "DEFAULT", "a", "" },
	{ "[DEFAULT]\na = \"\n", "DEFAULT", "a", "" },
	{ "[DEFAULT]\na = \"b\" c\n", "DEFAULT", "a", "\"b\" c" },
	/* references */
	{ "[DEFAULT]\na = 1\nb = $a/x\n", "DEFAULT", "b", "1/x" },
	{ "[DEFAULT]\na = 1\nb = ${a}x\n", "DEFAULT", "b", "1x" },
	{ "[DEFAULT]\na = 1\nb = $ax\n", "DEFAULT", "b", "$ax" },
	{ "[DEFAULT]\nb = $a\na = 1\n", "DEFAULT", "b", "1" },
	{ "[DEFAULT]\na = 1\nb = $a$a\nc = $b$b\n", "DEFAULT", "c", "1111" },
	{ "[DEFAULT]\na = 1\n[x]\nb = $a\n", "x", "b", "1" },
	{ "[DEFAULT]\na = 1\n[x]\na = 2\nb = $a\n", "x", "b", "2" },
	{ "[x]\na = 2\n[DEFAULT]\nb = $x.a\n", "DEFAULT", "b", "2" },
	{ "[x]\na = 2\n[DEFAULT]\nb = ${x.a}y\n", "DEFAULT", "b", "2y" },
	{ "[X]\na = 2\n[DEFAULT]\nb = $x.a\n", "DEFAULT", "b", "2" },
	{ "[x]\na = 2\n[DEFAULT]\nb = $a\n", "DEFAULT", "b", "$a" },
	{ "[DEFAULT]\nmy_ip = 1\nb = $my_ip:80\n", "DEFAULT", "b", "1:80" },
	{ "[DEFAULT]\nmy_ip = 1\nb = $my_ip.\n", "DEFAULT", "b", "1." },
	{ "[DEFAULT]\nmy_ip = 1\nb = $my_ip.x\n", "DEFAULT", "b", "1.x" },
	{ "[DEFAULT]\nmy-ip = 1\nb = $my_ip\n", "DEFAULT", "b", "1" },
	{ "[DEFAULT]\na = 1\nb = $$a\n", "DEFAULT", "b", "$a" },
	{ "[DEFAULT]\na = 1\nb = \\$a\n", "DEFAULT", "b", "$a" },
	{ "[DEFAULT]\na = 1\nb = $$$a\n", "DEFAULT", "b", "$1" },
	{ "[DEFAULT]\nb = $none\n", "DEFAULT", "b", "$none" },
	{ "[DEFAULT]\nb = ${none\n", "DEFAULT", "b", "${none" },
	{ "[DEFAULT]\na = 1\nb = ${a\n", "DEFAULT", "b", "${a" },
	{ "[DEFAULT]\nb = $\n", "DEFAULT", "b", "$" },
	{ "[DEFAULT]\nb = 5$ $1 $(tenant_id)s\n", "DEFAULT", "b",
	    "5$ $1 $(tenant_id)s" },
	{ "[DEFAULT]\nb = %(tenant_id)s\n", "DEFAULT", "b", "%(tenant_id)s" },
	{ "[DEFAULT]\na =\nb = x$a\n", "DEFAULT", "b", "x" },
	/* flags */
	{ "--a=b\n", "DEFAULT", "a", "b" },
	{ "--a = b\n", "DEFAULT", "a", "b" },
	{ "--a b\n", "DEFAULT", "a", "b" },
	{ "--a=b=c\n", "DEFAULT", "a", "b=c" },
	{ "--a='b c'\n", "DEFAULT", "a", "b c" },
	{ "--a=\n", "DEFAULT", "a", "" },
	{ "--a\n", "DEFAULT", "a", "true" },
	{ "--noa\n", "DEFAULT", "a", "false" },
	{ "--no\n", "DEFAULT", "no", "true" },
	{ "--a=b\n-c=d\n", "DEFAULT", "c", "d" },
	{ "  --a=b\n", "DEFAULT", "a", "b" },
	{ "# c\n// d\n\n--a=b\n# --a=c\n", "DEFAULT", "a", "b" },
	{ "--a=b\n--a=c\n", "DEFAULT", "a", "c" },
	{ "--my-ip=b\n", "DEFAULT", "my_ip", "b" },
	{ "--my_ip=1\n--u=http://$my_ip:80/\n", "DEFAULT", "u",
	    "http://1:80/" },
	{ "--a=b\r\n", "DEFAULT", "a", "b" },
};

static void
test_cases(void **state)
{
	const char *files[] = { "/f", NULL, NULL };
	const char *got;
	struct oslo *o;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		files[1] = cases[i].text;
		assert_non_null(o = load(files, "/f"));
		got = oslo_get(o, cases[i].section, cases[i].name, NULL);
		if (got == NULL || cases[i].want == NULL
			? got != cases[i].want
			: strcmp(got, cases[i].want) != 0)
			fail_msg("case %zu: [%s] %s is %s, not %s", i,
			    cases[i].section, cases[i].name,
			    got ? got : "absent",
			    cases[i].want ? cases[i].want : "absent");
		oslo_free(o);
	}
}

/* What is refused, and in which line. */
static const struct {
	const char *text, *line;
} bad[] = {
	{ "[DEFAULT]\na = b\ncanary\n", ":3:" },
	{ "a = canary\n", ":1:" },
	{ "[DEFAULT\na = canary\n", ":1:" },
	{ "[]\n", ":1:" },
	{ "[DEFAULT]\n = canary\n", ":2:" },
	{ "  canary\n", ":1:" },
	{ "[DEFAULT]\n  canary\n", ":2:" },
	{ "[DEFAULT]\na = b\n\n  canary\n", ":4:" },
	{ "[DEFAULT]\na = b\n# c\n  canary\n", ":4:" },
	{ "--a=b\ncanary\n", ":2:" },
	{ "--a=b\n--=canary\n", ":2:" },
	{ "--a=b\n--\n", ":2:" },
};

static void
test_bad(void **state)
{
	const char *files[] = { "/etc/f", NULL, NULL };
	const char *const *said;
	size_t i, n;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		warn_forget();
		files[1] = bad[i].text;
		assert_null(load(files, "/etc/f"));
		said = warn_said(&n);
		assert_int_equal(n, 1);
		if (strstr(said[0], "/etc/f") == NULL ||
		    strstr(said[0], bad[i].line) == NULL ||
		    strstr(said[0], "canary") != NULL)
			fail_msg("case %zu: %s", i, said[0]);
	}
	warn_forget();
}

static void
test_absent(void **state)
{
	const char *files[] = { NULL };
	struct files f = { files, 0 };
	struct oslo_source s = { mem_read, mem_list, &f };
	struct oslo *o;

	(void)state;
	assert_null(oslo_load(&s, "/none"));
	assert_null(oslo_load(&s, "/broken"));
	assert_non_null(o = oslo_new());
	assert_int_equal(oslo_read(o, &s, "/none"), 0);
	assert_int_equal(oslo_read(o, &s, "/broken"), -1);
	assert_null(oslo_get(o, "DEFAULT", "a", NULL));
	oslo_free(o);
	oslo_free(NULL);
	warn_forget();
}

static void
test_repeated(void **state)
{
	const char *files[] = { "/f",
		"[DEFAULT]\na = 1\nb = x\na = $b\n[s]\na = 9\n[DEFAULT]\na=3\n",
		NULL };
	struct oslo *o;

	(void)state;
	assert_non_null(o = load(files, "/f"));
	assert_string_equal(oslo_get_nth(o, "DEFAULT", "a", 0), "1");
	assert_string_equal(oslo_get_nth(o, "DEFAULT", "a", 1), "x");
	assert_string_equal(oslo_get_nth(o, "DEFAULT", "a", 2), "3");
	assert_null(oslo_get_nth(o, "DEFAULT", "a", 3));
	assert_null(oslo_get_nth(o, "DEFAULT", "none", 0));
	oslo_free(o);
}

static void
test_folders(void **state)
{
	const char *files[] = { "/etc/n/n.conf", "[DEFAULT]\na = 1\nb = 1\n",
		"/etc/n/n.conf.d/20.conf", "[DEFAULT]\na = 20\n",
		"/etc/n/n.conf.d/10.conf.bak", "canary\n",
		"/etc/n/n.conf.d/.x.conf", "canary\n", "/etc/n/conf.d/z.conf",
		"[DEFAULT]\nc = $a\n", "/etc/n/other.conf", "canary\n", NULL };
	const char *const *read, *where;
	struct oslo *o;
	size_t n;

	(void)state;
	assert_non_null(o = load(files, "/etc/n/n.conf"));
	assert_string_equal(oslo_get(o, "DEFAULT", "a", &where), "20");
	assert_string_equal(where, "/etc/n/n.conf.d/20.conf");
	assert_string_equal(oslo_get(o, "DEFAULT", "b", &where), "1");
	assert_string_equal(where, "/etc/n/n.conf");
	assert_string_equal(oslo_get(o, "DEFAULT", "c", NULL), "20");
	read = oslo_files(o, &n);
	assert_int_equal(n, 3);
	assert_string_equal(read[0], "/etc/n/n.conf");
	assert_string_equal(read[1], "/etc/n/n.conf.d/20.conf");
	assert_string_equal(read[2], "/etc/n/conf.d/z.conf");
	oslo_free(o);
}

static void
test_flagfiles(void **state)
{
	const char *files[] = { "/etc/n/n.conf",
		"--a=1\n--flagfile=more\n--flagfile=/abs\n--flagfile=gone\n"
		"--b=1\n",
		"/etc/n/more", "--b=2\n--flagfile=n.conf\n", "/abs",
		"[DEFAULT]\nc = 3\n", NULL };
	const char *where;
	struct oslo *o;
	size_t n;

	(void)state;
	warn_forget();
	assert_non_null(o = load(files, "/etc/n/n.conf"));
	assert_string_equal(oslo_get(o, "DEFAULT", "a", NULL), "1");
	/* Included ones are read behind the one that names them. */
	assert_string_equal(oslo_get(o, "DEFAULT", "b", &where), "2");
	assert_string_equal(where, "/etc/n/more");
	assert_string_equal(oslo_get(o, "DEFAULT", "c", &where), "3");
	assert_int_equal(oslo_file_dialect(o, "/etc/n/more"), PLACE_FLAGS);
	assert_int_equal(oslo_file_dialect(o, "/abs"), PLACE_INI);
	oslo_files(o, &n);
	assert_int_equal(n, 3);
	warn_said(&n);
	assert_int_equal(n, 0); /* an absent one is told, and no error */
	oslo_free(o);
}

static void
test_too_deep(void **state)
{
	const char *files[64];
	char names[32][16], texts[32][32];
	size_t i, n;

	(void)state;
	for (i = 0; i < 30; i++) {
		snprintf(names[i], sizeof(names[i]), "/%zu", i);
		snprintf(
		    texts[i], sizeof(texts[i]), "--flagfile=/%zu\n", i + 1);
		files[2 * i] = names[i];
		files[2 * i + 1] = texts[i];
	}
	files[60] = NULL;
	warn_forget();
	assert_null(load(files, "/0"));
	warn_said(&n);
	assert_int_equal(n, 1);
	warn_forget();
}

/* References in a circle end, and do not take for ever. */
static void
test_circles(void **state)
{
	const char *files[] = { "/f",
		"[DEFAULT]\na = $b\nb = $a\nc = $c$c$c$c$c$c$c$c\n"
		"e0 = $e1$e1$e1$e1$e1$e1$e1$e1\n"
		"e1 = $e2$e2$e2$e2$e2$e2$e2$e2\n"
		"e2 = $e3$e3$e3$e3$e3$e3$e3$e3\n"
		"e3 = $e4$e4$e4$e4$e4$e4$e4$e4\n"
		"e4 = $e5$e5$e5$e5$e5$e5$e5$e5\n"
		"e5 = $e6$e6$e6$e6$e6$e6$e6$e6\n"
		"e6 = $e7$e7$e7$e7$e7$e7$e7$e7\ne7 =\n",
		NULL };
	struct oslo *o;

	(void)state;
	assert_non_null(o = load(files, "/f"));
	assert_non_null(oslo_get(o, "DEFAULT", "a", NULL));
	assert_non_null(oslo_get(o, "DEFAULT", "c", NULL));
	assert_non_null(oslo_get(o, "DEFAULT", "e0", NULL));
	oslo_free(o);
}

static void
test_defaults(void **state)
{
	const char *files[] = { "/f", "[DEFAULT]\nstate = /s\nx = $inst/a\n",
		NULL };
	struct files f = { files, 0 };
	struct oslo_source s = { mem_read, mem_list, &f };
	const char *where = "x";
	struct oslo *o;

	(void)state;
	assert_non_null(o = oslo_new());
	assert_int_equal(oslo_default(o, "DEFAULT", "state", "/d"), 0);
	assert_int_equal(oslo_default(o, "DEFAULT", "inst", "$state/i"), 0);
	assert_string_equal(oslo_get(o, "DEFAULT", "inst", &where), "/d/i");
	assert_null(where);
	assert_int_equal(oslo_read(o, &s, "/f"), 1);
	assert_string_equal(oslo_get(o, "DEFAULT", "inst", NULL), "/s/i");
	assert_string_equal(oslo_get(o, "DEFAULT", "x", NULL), "/s/i/a");
	assert_null(oslo_get_nth(o, "DEFAULT", "inst", 0));
	/* Read once, however often asked to. */
	assert_int_equal(oslo_read(o, &s, "/f"), 1);
	assert_null(oslo_get_nth(o, "DEFAULT", "state", 1));
	oslo_free(o);
}

static void
test_dialect(void **state)
{
	static const struct {
		const char *text;
		enum place_format want;
	} table[] = {
		{ "--a=b\n", PLACE_FLAGS },
		{ "\n# c\n// d\n--a", PLACE_FLAGS },
		{ "; c\n\t--a\n", PLACE_FLAGS },
		{ "[DEFAULT]\n--a=b\n", PLACE_INI },
		{ "a = b\n", PLACE_INI },
		{ "-a=b\n", PLACE_INI },
		{ "", PLACE_INI },
		{ "# --a\n", PLACE_INI },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(table) / sizeof(*table); i++)
		if (oslo_dialect(table[i].text, strlen(table[i].text)) !=
		    table[i].want)
			fail_msg("case %zu", i);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_absent),
		cmocka_unit_test(test_repeated),
		cmocka_unit_test(test_folders),
		cmocka_unit_test(test_flagfiles),
		cmocka_unit_test(test_too_deep),
		cmocka_unit_test(test_circles),
		cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_dialect),
	};

	warn_quiet(1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
