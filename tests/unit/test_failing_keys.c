#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/keys/sign.h"
#include "failing.h"
#include "folder.h"

/* A pair of keys is there whole or not at all. */
static int
keygen(void *cookie)
{
	char *id = NULL;
	int rc;

	(void)cookie;
	failing_on();
	rc = sign_keygen("pair", &id);
	failing_off();
	if ((access("pair.key", F_OK) == 0) != (rc == 0) ||
	    (access("pair.pub", F_OK) == 0) != (rc == 0) ||
	    folder_count(".") != (rc == 0 ? 2 : 0))
		failing_wrong("half a pair");
	if (rc == 0) {
		assert_non_null(id);
		unlink("pair.key");
		unlink("pair.pub");
	}
	free(id);
	return rc;
}

static void
test_keygen(void **state)
{

	(void)state;
	failing_run("keygen", keygen, NULL);
}

/* What a failure leaves is never taken for a signature that holds. */
static int
use(void *cookie)
{
	struct sign_key *secret = NULL, *trusted = NULL;
	unsigned char sig[SIGN_LEN];
	int rc = -1;

	(void)cookie;
	failing_on();
	if ((secret = sign_open("made.key")) == NULL ||
	    (trusted = sign_trust("made.pub")) == NULL ||
	    sign_make(secret, "bytes", 5, sig) == -1)
		goto out;
	rc = sign_check(trusted, "bytes", 5, sig, sizeof(sig));
	if (rc == -1)
		warn_msg("it does not hold");
	failing_off();
	assert_int_equal(sign_check(trusted, "bites", 5, sig, sizeof(sig)), -1);
	if (rc == 0)
		assert_string_equal(sign_id(secret), sign_id(trusted));
out:
	failing_off();
	sign_free(secret);
	sign_free(trusted);
	return rc;
}

static void
test_use(void **state)
{
	char *id;

	(void)state;
	assert_int_equal(sign_keygen("made", &id), 0);
	free(id);
	failing_run("sign", use, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_keygen, failing_loud),
		cmocka_unit_test_teardown(test_use, failing_loud),
	};

	return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
