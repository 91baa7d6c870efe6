#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/bundle/bundle.h"
#include "gate_spoil.h"
#include "look.h"

/*
 * One case for each step of the trust gate (archive/bundle/gate.h), called by
 * its name: a bundle that keeps every rule but that one, signed by the right
 * key.  It is refused, and for that reason.  tests/09-gate.sh runs builds of
 * this in which one step is switched off, and sees the case of that name fail.
 */

#define FILE_CASE(step, text, spoil)                                           \
	{                                                                      \
		step, text, spoil, NULL, NULL, 0, 0, OUTCOME_REFUSED, NULL, 0, \
		    1                                                          \
	}
#define CASE(step, text, spoil)                                                \
	{                                                                      \
		step, text, spoil, NULL, NULL, 0, 0, OUTCOME_REFUSED, NULL, 0, \
		    0                                                          \
	}
#define LOOK_CASE(step, text, spoil)                                           \
	{                                                                      \
		step, text, spoil, NULL, NULL, 0, 0, OUTCOME_REFUSED, NULL, 1, \
		    0                                                          \
	}
#define EDIT_CASE(step, text, spoil, id, from, to)                             \
	{                                                                      \
		step, text, spoil, from, to, 0, id, OUTCOME_REFUSED, NULL, 0,  \
		    0                                                          \
	}
#define TAR_CASE(step, text, spoil, name, at, to)                              \
	{                                                                      \
		step, text, spoil, name, to, at, 0, OUTCOME_REFUSED, NULL, 0,  \
		    0                                                          \
	}
#define FIELD_CASE(step, text, name, at, to)                                   \
	{                                                                      \
		step, "is not what the manifest says (its " text ")", field,   \
		    name, to, at, OUTER_FILES, OUTCOME_REFUSED, NULL, 0, 0     \
	}

static const struct gate_case cases[] = {
	FILE_CASE("GATE_HEADER", "the tar header of SHA256SUMS is", header),
	FILE_CASE("GATE_PADDING", "the padding behind SHA256SUMS is", padding),
	FILE_CASE("GATE_LENGTH", "512 bytes follow its end", length),
	LOOK_CASE("GATE_SIGNED", "has 63 bytes, not 64", is_signed),
	CASE("GATE_SIGNATURE", "the signature does not hold", signature),
	CASE("GATE_REVOKED", "that signed it is revoked", revoked),
	LOOK_CASE("GATE_REVOKED", "that signed it is revoked", revoked),
	CASE("GATE_SUMS", "SHA256SUMS is not of the form", sums),
	CASE("GATE_FORM", "the members of an encrypted bundle", form),
	FILE_CASE("GATE_KEY", "KEY.cms: refused: its digest", other_envelope),
	{ "GATE_VOUCHED", "nothing is decrypted before", an_envelope, NULL,
	    NULL, 0, 0, OUTCOME_USAGE, "k.key", 1, 1 },
	CASE("GATE_MANIFEST", "MANIFEST.json: refused: its digest", manifest),
	EDIT_CASE("GATE_IDENTITY", "its id, time or host is not", lines,
	    OUTER_MANIFEST, "\"host\":\"compute1\"", "\"host\":\"compute2\""),
	EDIT_CASE("GATE_ITEM", "its file set is not plain text", lines,
	    OUTER_MANIFEST, "\"set\":\"nova\"", "\"set\":\"no\\u001bva\""),
	EDIT_CASE("GATE_KEYS", "a key that this version does not know", lines,
	    OUTER_MANIFEST, "\"instances_path\"", "\"x\":1,\"instances_path\""),
	CASE("GATE_TWIN", "twice", twin),
	CASE("GATE_WAY", "which is no folder", way),
	CASE("GATE_ORDER", "behind items of a later part", order),
	EDIT_CASE("GATE_SIZES", "the sizes of its items are more than", lines,
	    OUTER_MANIFEST, "etc/nova/nova.conf\",\"size\":",
	    "etc/nova/nova.conf\",\"size\":9999999"),
	CASE("GATE_PART", "files.tar.zst: refused: its digest", part),
	CASE("GATE_BUDGET", "more than the manifest says", budget),
	TAR_CASE("GATE_SUM", "a header whose sum", field, "empty", 148, "0777"),
	TAR_CASE("GATE_REST", "a header with more", field, "empty", 511, "x"),
	TAR_CASE(
	    "GATE_FILL", "its padding is not zero", fill, NULL, 1023, NULL),
	TAR_CASE("GATE_END", "its end is no end", fill, NULL, 0, NULL),
	CASE("GATE_ABSENT", "is missing in it", absent),
	CASE("GATE_MORE", "the manifest does not list", more),
	CASE("GATE_TAIL", "bytes follow the end of its tar", tail),
	CASE("GATE_TAIL", "bytes follow the zstd frame", tail_of_frame),
	FIELD_CASE("GATE_NAME", "name", "empty", 9, "other"),
	FIELD_CASE("GATE_TYPE", "type", "empty", 156, "5"),
	FIELD_CASE("GATE_TARGET", "target", "link.conf", 157, "../../shadow"),
	FIELD_CASE("GATE_MODE", "mode", "empty", 100, "004755"),
	FIELD_CASE("GATE_OWNER", "owner", "empty", 108, "000001"),
	FIELD_CASE("GATE_OWNER", "owner", "empty", 265, "root"),
	FIELD_CASE("GATE_TIME", "time", "empty", 136, "00000000001"),
	EDIT_CASE("GATE_XATTRS", "(its extended attributes)", bytes,
	    OUTER_FILES, "user.note=a", "user.note=b"),
	EDIT_CASE("GATE_SIZE", "(its size)", lines, OUTER_MANIFEST,
	    "networks/default.xml\",\"size\":",
	    "networks/default.xml\",\"size\":1"),
	EDIT_CASE("GATE_DIGEST", "size or digest of network:default", bytes,
	    OUTER_LIBVIRT, "192.168.122.1", "192.168.122.2"),
};
#define CASES (sizeof(cases) / sizeof(cases[0]))

static enum outcome
look_at(const struct gate_case *g, int spoiled)
{
	const struct bundle_keys keys = { .trust = g->look ? NULL : "k.pub",
		.decrypt = spoiled ? g->decrypt : NULL,
		.root = ".",
		.look = g->look };

	return look_with("bundle", &keys, 1);
}

static void
test_step(void **state)
{
	const struct gate_case *g = *state;
	struct buf file = BUF_EMPTY;
	struct craft c;
	enum outcome rc;

	/* Nothing but what is spoiled is wrong with it. */
	craft_open("good", &c);
	craft_seal(&c, "k.key");
	craft_write(&c, "bundle");
	assert_int_equal(look_at(g, 0), OUTCOME_DONE);
	/* Of the outer tar the bytes are spoiled, of all else a member. */
	file_read("bundle", &file);
	g->spoil(g, &c, &file);
	if (g->outer)
		file_write("bundle", file.data, file.len);
	else
		craft_write(&c, "bundle");
	rc = look_at(g, 1);
	unlink("etc/novark/revoked.d/k.pub");
	buf_free(&file);
	craft_free(&c);
	if (rc != g->want)
		fail_msg("%s: %d, not %d", g->step, rc, g->want);
	assert_said(g->text);
	assert_said("bundle: ");
}

static int
setup(void **state)
{

	umask(022);
	if (look_setup(state) == -1)
		return -1;
	return mkdir("etc", 0755) | mkdir("etc/novark", 0755) |
	       mkdir("etc/novark/revoked.d", 0755);
}

int
main(void)
{
	struct CMUnitTest tests[CASES] = { { 0 } };
	struct gate_case states[CASES];
	void *dir;
	size_t i;
	int rc;

	memcpy(states, cases, sizeof(cases));
	for (i = 0; i < CASES; i++) {
		tests[i].name = cases[i].step;
		tests[i].test_func = test_step;
		tests[i].initial_state = &states[i];
	}
	/* The folder is no group's: its state would take the place of each
	 * test's own. */
	if (setup(&dir) != 0)
		return 1;
	rc = cmocka_run_group_tests(tests, NULL, NULL);
	return folder_teardown(&dir) == 0 ? rc : 1;
}
