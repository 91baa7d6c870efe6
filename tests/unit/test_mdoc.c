#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "archive/warn.h"
#include "cmd/manual/mdoc.h"
#include "cmd/manual/topic.h"

static const char *
refer(const char *title)
{

	return strcmp(title, "THE MAP") == 0 ? "help map" : title;
}

static void
check(const char *mdoc, const char *want)
{
	struct buf b = BUF_EMPTY;

	assert_int_equal(mdoc_text(mdoc, strlen(mdoc), 2, refer, &b), 0);
	assert_string_equal(b.data == NULL ? "" : b.data, want);
	buf_free(&b);
}

/* Macros within a line: dashes, quotes, signs that stand close. */
static void
inline_macros(void **state)
{

	(void)state;
	check("Give\n.Fl -map ,\n.Fl -not\nor\n.Fl h .\n",
	    "  Give --map, --not or -h.\n");
	check(".Fl -output , -plan .\n", "  --output, --plan.\n");
	check(".Fl -resume | Fl -undo\n", "  --resume | --undo\n");
	check(
	    ".Nm Cm audit Fl -cat Ar ITEM :\n", "  novark audit --cat ITEM:\n");
	check(".Nm\nis\n.Nm .\n", "  novark is novark.\n");
	check(".Ar NAME : Ns Ar ITEM ,\n", "  NAME:ITEM,\n");
	check(".Sq = .\n.Sq \\&? ,\n.Li \\ex Ns Ar NN .\n",
	    "  '='. '?', \\xNN.\n");
	check(".Pq Ql user data .\n", "  ('user data').\n");
	check(".Op Fl -trust Ar PUB\n", "  [--trust PUB]\n");
	check(".Pa ( etc/x ,\nnetplan)\n", "  (etc/x, netplan)\n");
	check(".Xr openssl 1 ,\n.Xr virsh 1\n", "  openssl(1), virsh(1)\n");
	check("See\n.Sx THE MAP .\nAnd\n.Sx FILES ;\n",
	    "  See help map. And FILES;\n");
	check(".\\\" a comment\n", "");
}

static void
paragraphs(void **state)
{

	(void)state;
	check("one\n.Pp\ntwo\n.Ss three\nfour\n",
	    "  one\n\n  two\n\nthree\n  four\n");
	check("a:\n.Bd -literal -offset indent\nx  =  \\e\n  y\n.Ed\n.Pp\nb\n",
	    "  a:\n\n      x  =  \\\n        y\n\n  b\n");
}

static void
lists(void **state)
{

	(void)state;
	check(
	    ".Bl -tag -width Ds\n.It 0\nfine\n.It Fl -on Cm a | b\nlong\n.Pp\n"
	    "more\n.El\nend\n",
	    "  0   fine\n\n  --on a | b\n      long\n\n      more\n\n  end\n");
	check(".Bl -tag -compact\n.It Cm a No +\nx\n.It b\ny\n.El\n",
	    "  a + x\n  b   y\n");
	check(".Bl -enum\n.It\n.Em one :\nx\n.It\ny\n.El\n",
	    "  1.  one: x\n\n  2.  y\n");
	/* An item alone. */
	check(".It Cm name\ntext\n", "  name\n      text\n");
}

/* Lines are folded between words, never within, nor before what stands close.
 */
static void
folded(void **state)
{
	struct buf in = BUF_EMPTY, out = BUF_EMPTY;
	const char *line, *end;
	int i;

	(void)state;
	for (i = 0; i < 40; i++)
		assert_int_equal(buf_adds(&in, "seven77\n.Fl -abc ,\n"), 0);
	assert_int_equal(mdoc_text(in.data, in.len, 4, NULL, &out), 0);
	for (line = out.data; *line != '\0'; line = end + 1) {
		assert_non_null(end = strchr(line, '\n'));
		assert_in_range(end - line, 40, MDOC_WIDTH + 1);
		assert_memory_equal(line, "    ", 4);
		assert_true(line[4] == 's' || line[4] == '-');
	}
	buf_free(&in);
	buf_free(&out);
}

static void
unknown(void **state)
{
	struct buf b = BUF_EMPTY;
	const char *text = "a\n.Dl x\n";
	size_t n;

	(void)state;
	assert_int_equal(mdoc_text(text, strlen(text), 0, NULL, &b), -1);
	assert_string_equal(
	    warn_said(&n)[0], "mdoc: the macro Dl is not known");
	assert_int_equal(n, 1);
	buf_free(&b);
	warn_forget();
}

/* Words that lead somewhere, and words that do not. */
static void
topics(void **state)
{
	struct buf b = BUF_EMPTY;
	const struct topic *rows;
	size_t n, i;

	(void)state;
	rows = topic_rows(&n);
	for (i = 0; i < n; i++) {
		buf_clear(&b);
		assert_int_equal(topic_tell(rows[i].name, &b), 1);
		assert_memory_equal(
		    b.data, rows[i].section, strlen(rows[i].section));
	}
	buf_clear(&b);
	assert_int_equal(topic_tell("--map", &b), 1);
	assert_non_null(strstr(b.data, "\n    --map OLD=NEW\n"));
	assert_null(strstr(b.data, "--map-file FILE"));
	assert_null(strstr(b.data, "--also"));
	buf_clear(&b);
	assert_int_equal(topic_tell("", &b), 0);
	assert_int_equal(topic_tell("--ma", &b), 0);
	assert_int_equal(topic_tell("-map", &b), 0);
	assert_int_equal(topic_tell("THE MAP", &b), 0);
	assert_int_equal(topic_tell("missing", &b), 0);
	assert_int_equal(b.len, 0);
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(inline_macros),
		cmocka_unit_test(paragraphs),
		cmocka_unit_test(lists),
		cmocka_unit_test(folded),
		cmocka_unit_test(unknown),
		cmocka_unit_test(topics),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
