#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "cmd/manual/message.h"
#include "cmd/manual/source.h"

/* What there is on a message; the caller frees it.  NULL: nothing. */
static char *
told(const char *text)
{
	struct buf b = BUF_EMPTY;
	int rc;

	rc = message_tell(text, &b);
	assert_true(rc == 0 || rc == 1);
	assert_int_equal(rc, b.len > 0);
	return rc == 0 ? NULL : buf_steal(&b);
}

static void
check(const char *text, const char *about)
{
	char *s = told(text);

	assert_non_null(s);
	assert_non_null(strstr(s, about));
	free(s);
}

/* As it stands on the screen: with values, and with what errno says. */
static void
found(void **state)
{

	(void)state;
	check("novark: node.bundle: MANIFEST.json: refused: its digest is not "
	      "the one in SHA256SUMS",
	    "a bundle as a file");
	check("unknown option --lst; novark audit --help lists them",
	    "what was asked for");
	check("out of memory", "novark's own work");
	check("novark: domain:instance-0000005f: libvirt has lost domain "
	      "instance-0000005f: taken from /libvirt.xml",
	    "a snapshot");
	/* Only a reason has words of its own. */
	check("move.pub is no key in PEM; novark keygen makes one",
	    "keys, signatures and certificates");
	check("novark: /etc/nova/nova.conf:3: a section without a name",
	    "files and configuration of this host");
	check("standard output: the result could not be written: No space left "
	      "on device",
	    "what was asked for");
}

static void
not_found(void **state)
{

	(void)state;
	assert_null(told(""));
	assert_null(told("novark: "));
	assert_null(told("x"));
	assert_null(told("missing-disc"));
	assert_null(told("the moon is made of cheese: No such file"));
	/* Not in the middle of something else. */
	assert_null(told("it said out of memory yesterday"));
}

/* Text in the place of a format's conversions. */
static void
example(const char *format, size_t len, char *out)
{
	const char *s = format, *end = format + len;

	while (s < end) {
		if (s[0] != '%' || s + 1 == end) {
			*out++ = *s++;
			continue;
		}
		if (s[1] == '%') {
			*out++ = '%';
			s += 2;
			continue;
		}
		s++;
		while (s < end && strchr("-+ #0123456789.*hlzjt", *s) != NULL)
			s++;
		s++;
		*out++ = '7';
	}
	*out = '\0';
}

/* Everything that novark can say in words of its own leads somewhere, and every
 * folder that says something has its text. */
static void
all(void **state)
{
	const char *s, *tab, *end;
	size_t n = 0, wordless = 0;
	char text[1024], *answer;

	(void)state;
	for (s = manual_messages; *s != '\0'; s = end + 1) {
		assert_non_null(tab = strchr(s, '\t'));
		assert_non_null(end = strchr(tab, '\n'));
		assert_true((size_t)(end - tab) < sizeof(text));
		example(tab + 1, (size_t)(end - tab - 1), text);
		n++;
		answer = told(text);
		if (answer == NULL) {
			/* "%s: %s": whatever a server or the system says. */
			assert_true(strlen(text) < 16);
			wordless++;
		}
		free(answer);
	}
	assert_true(n > 400);
	assert_true(wordless < 40);
}

static void
outcome(void **state)
{
	const char *s;
	size_t len;

	(void)state;
	assert_non_null(
	    s = message_outcome("restore: NOT SAFE: 3: findings", &len));
	assert_int_equal(len, 8);
	assert_memory_equal(s, "NOT SAFE", len);
	assert_null(message_outcome("restore: done", &len));
	assert_null(message_outcome("", &len));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(found),
		cmocka_unit_test(not_found),
		cmocka_unit_test(all),
		cmocka_unit_test(outcome),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
