#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "archive/libvirt/virt.h"
#include "restore/allow/passed.h"
#include "restore/allow/schema.h"
#include "tests/unit/embed.h"

#define TEXTS 500

static void
digest(int i, unsigned char out[32])
{
	char text[32];
	int n;

	n = snprintf(text, sizeof(text), "<domain>%d</domain>", i);
	assert_true(n > 0);
	assert_int_equal(passed_digest(text, (size_t)n, out), 0);
}

/* Those that were added are known, and no others, while the table grows. */
static void
test_known(void **state)
{
	struct passed p = { NULL, 0, 0 };
	unsigned char d[32];
	int i;

	(void)state;
	digest(0, d);
	assert_false(passed_has(&p, d));
	for (i = 0; i < TEXTS; i++) {
		digest(i, d);
		passed_add(&p, d);
		passed_add(&p, d);
	}
	assert_int_equal(p.n, TEXTS);
	for (i = 0; i < TEXTS; i++) {
		digest(i, d);
		assert_true(passed_has(&p, d));
		digest(TEXTS + i, d);
		assert_false(passed_has(&p, d));
	}
	passed_free(&p);
	assert_false(passed_has(&p, d));
}

static int
vouched(struct schemas *s, struct virt *v, const char *xml)
{

	return schemas_vouch(s, v, ITEM_DOMAIN, xml, strlen(xml));
}

static struct embed embed;

static int
open_embed(void **state)
{

	return embed_make(&embed) == 0 &&
		       (*state = virt_open(embed.uri)) != NULL
		   ? 0
		   : -1;
}

static int
close_embed(void **state)
{

	virt_close(*state);
	embed_remove(&embed);
	return 0;
}

/* The driver in this process reads the files that are read here; of one that is
 * on no socket of this machine that is not known. */
static void
test_vouch(void **state)
{
	static const char good[] = "<domain type='qemu'><name>a</name>"
				   "<memory>65536</memory><os>"
				   "<type arch='x86_64' machine='pc'>hvm</type>"
				   "</os></domain>";
	static const char other[] = "<domain type='qemu'><name>a</name>"
				    "<memory>65536</memory><os>"
				    "<type arch='x86_64'>hvm</type></os>"
				    "<novelty/></domain>";
	struct schemas *s, *elsewhere;
	struct virt *v, *test;

	v = *state;
	assert_non_null(s = schemas_new());
	assert_int_equal(vouched(NULL, v, good), 0);
	assert_int_equal(vouched(s, v, good), 1);
	assert_int_equal(vouched(s, v, good), 1);
	assert_int_equal(vouched(s, v, other), 0);
	assert_int_equal(vouched(s, v, "no XML"), 0);
	assert_non_null(elsewhere = schemas_new());
	assert_non_null(test = virt_open("test:///default"));
	assert_int_equal(vouched(elsewhere, test, good), 0);
	virt_close(test);
	schemas_free(elsewhere);
	schemas_free(s);
}

int
main(int argc, char *argv[])
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known),
		cmocka_unit_test_setup_teardown(
		    test_vouch, open_embed, close_embed),
	};

	(void)argc;
	embed_reap(argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
