#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/keys/recipients.h"
#include "archive/limits.h"
#include "certs.h"
#include "folder.h"

static int
setup(void **state)
{

	if (folder_setup(state) == -1)
		return -1;
	certs_make("rsa", "RSA-2048", 1);
	certs_make("ec", "P-256", 3);
	certs_make("short", "RSA-1024", 5);
	certs_make("weak", "prime192v1", 6);
	certs_make("signs", "ED25519", 7);
	certs_make("expired", "P-256", 8);
	return 0;
}

/* What --encrypt-to does not take. */
static void
certificates_are_judged(void **state)
{
	static const struct {
		const char *file, *said;
	} cases[] = {
		{ "none.pem", "cannot open the certificate none.pem" },
		{ ".", "the certificate . is no regular file" },
		{ "empty", "empty is no certificate in PEM" },
		{ "text", "text is no certificate in PEM" },
		{ "torn", "torn is no certificate in PEM" },
		{ "long", "is too long for a PEM certificate" },
		{ "rsa.key", "rsa.key is a private key; --encrypt-to takes" },
		{ "rsa.pub", "rsa.pub is a public key; --encrypt-to takes" },
		{ "chain", "chain holds several certificates" },
		{ "signs.pem", "its key is neither RSA nor EC" },
		{ "short.pem", "its key of 1024 bits is too weak" },
		{ "weak.pem", "its key of 192 bits is too weak" },
		{ "ec.pem", "--encrypt-to ec.pem: this certificate is given" },
	};
	struct buf rsa = BUF_EMPTY, ec = BUF_EMPTY;
	const char *files[3] = { "ec.pem" };
	static char longer[LIMIT_KEY + 1];
	size_t i;
	int saved;

	(void)state;
	file_read("rsa.pem", &rsa);
	file_read("ec.pem", &ec);
	assert_int_equal(buf_add(&rsa, ec.data, ec.len), 0);
	file_write("chain", rsa.data, rsa.len);
	file_write("torn", ec.data, ec.len / 2);
	file_write("empty", "", 0);
	file_write("text", "hello\n", 6);
	memset(longer, '\n', sizeof(longer));
	file_write("long", longer, sizeof(longer));
	assert_int_equal(run_program(NULL, "openssl", "rsa", "-in", "rsa.key",
			     "-pubout", "-out", "rsa.pub", NULL),
	    0);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		files[1] = cases[i].file;
		saved = hush();
		assert_null(recipients_open(files));
		unhush(saved);
		assert_said(cases[i].said);
	}
	/* Key and certificate in one file is common, and no secret is kept. */
	buf_clear(&rsa);
	file_read("rsa.key", &rsa);
	file_read("rsa.pem", &rsa);
	file_write("both", rsa.data, rsa.len);
	files[1] = "both";
	recipients_free(recipients_open(files));
	recipients_free(NULL);
	buf_wipe(&rsa);
	buf_free(&ec);
}

/* One that has expired is taken, and a note is made of it; all of these have.
 */
static void
expired_ones_are_told_of(void **state)
{
	static const char *const files[] = { "expired.pem", NULL };
	struct buf said = BUF_EMPTY;
	int saved = dup(STDERR_FILENO), fd;
	struct recipients *r;

	(void)state;
	fd = open("said", O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_true(saved != -1 && fd != -1);
	fflush(stderr);
	dup2(fd, STDERR_FILENO);
	close(fd);
	r = recipients_open(files);
	unhush(saved);
	assert_non_null(r);
	recipients_free(r);
	file_read("said", &said);
	assert_string_equal(said.data,
	    "novark: expired.pem has expired: it is encrypted to that all the "
	    "same\n");
	buf_free(&said);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(certificates_are_judged),
		cmocka_unit_test(expired_ones_are_told_of),
	};

	return cmocka_run_group_tests(tests, setup, folder_teardown);
}
