#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/node/path.h"
#include "failing.h"
#include "folder.h"

/* Names, folded and spelt out. */
static int
spell(void *cookie)
{
	char *folded = NULL, *bytes = NULL;
	int rc = -1;

	(void)cookie;
	failing_on();
	if ((folded = path_fold("NO\xcc\x88VA", PATH_FOLD_LIKE)) != NULL &&
	    (bytes = path_bytes("a\x01\xc3\xb6~\x7f z")) != NULL)
		rc = 0;
	failing_off();
	if (rc == 0) {
		assert_string_equal(folded, "n\xc3\xb6va");
		assert_string_equal(bytes, "a\\x01\\xc3\\xb6~\\x7f z");
	}
	free(folded);
	free(bytes);
	return rc;
}

static void
test_spell(void **state)
{

	(void)state;
	failing_visits(20);
	failing_run("names", spell, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_spell, failing_loud),
	};

	return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
