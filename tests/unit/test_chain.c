#include "tests/unit/tree.h"

#include "archive/limits.h"
#include "archive/warn.h"
#include "restore/facts/chain.h"

/**
 * Images and what is behind them, on files made by hand; and the same from a
 * description of them.
 */
struct fixture {
	struct tree tree;
	struct restore r;
	struct restore_options opt;
	struct facts here, there; /* there: read from what here was told */
	char said[8192];
};

/* A qcow2 image of version 3 with such names in its header. */
static void
image(const struct fixture *f, const char *path, const char *backing,
    const char *format, const char *data)
{
	static const unsigned char start[] = { 'Q', 'F', 'I', 0xfb, 0, 0, 0,
		3 };
	unsigned char b[2048];
	size_t at = 104;

	memset(b, 0, sizeof(b));
	memcpy(b, start, sizeof(start));
	b[23] = 12;
	b[103] = 104;
	if (format != NULL) {
		memcpy(b + at, "\xe2\x79\x2a\xca\0\0\0", 7);
		b[at + 7] = (unsigned char)strlen(format);
		memcpy(b + at + 8, format, strlen(format));
		at += 16;
	}
	if (data != NULL) {
		b[79] = 4;
		memcpy(b + at, "\x44\x41\x54\x41\0\0\0", 7);
		b[at + 7] = (unsigned char)strlen(data);
		memcpy(b + at + 8, data, strlen(data));
		at += 8 + (strlen(data) + 7) / 8 * 8;
	}
	at += 8;
	if (backing != NULL) {
		b[14] = (unsigned char)(at >> 8);
		b[15] = (unsigned char)at;
		b[19] = (unsigned char)strlen(backing);
		memcpy(b + at, backing, strlen(backing));
	}
	tree_bytes(&f->tree, path, (const char *)b, sizeof(b));
}

static int
setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	assert_non_null(f);
	tree_make(&f->tree);
	assert_non_null(f->r.plan = plan_new());
	assert_non_null(f->r.map = addrmap_new());
	assert_int_equal(addrmap_add(f->r.map, "path /old = /new", "map:1"), 0);
	assert_int_equal(addrmap_ready(f->r.map), 0);
	f->r.opt = &f->opt;
	assert_non_null(f->here.root = root_open(f->tree.dir));
	warn_quiet(1);
	warn_forget();
	*state = f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	root_close(f->here.root);
	facts_virt_free(&f->here);
	facts_virt_free(&f->there);
	addrmap_free(f->r.map);
	plan_free(f->r.plan);
	tree_remove(&f->tree);
	warn_forget();
	free(f);
	return 0;
}

/* Follow what is at the paths (the last one NULL), and tell. */
static const char *
follow(struct fixture *f, struct facts *facts, const char *const *paths)
{
	const struct plan_record *rec;
	struct chain *c = chain_new(&f->r, facts, NULL);
	struct fact_file file;
	size_t at = 0;

	assert_non_null(c);
	for (; *paths != NULL; paths++) {
		assert_int_equal(facts_file(facts, *paths, &file), 0);
		assert_int_equal(file.type, FACT_REGULAR);
		assert_int_equal(
		    chain_follow(c, "domain:x", "/p", &file, "qcow2"), 0);
		facts_file_free(&file);
	}
	chain_free(c);
	f->said[0] = '\0';
	assert_int_equal(plan_rewind(f->r.plan), 0);
	while (plan_next(f->r.plan, &rec) == 1)
		at += (size_t)snprintf(f->said + at, sizeof(f->said) - at,
		    "%s %s\n", rec->name, rec->text);
	plan_free(f->r.plan);
	assert_non_null(f->r.plan = plan_new());
	return f->said;
}

static const char *
one(struct fixture *f, const char *path)
{
	const char *const paths[] = { path, NULL };

	return follow(f, &f->here, paths);
}

static void
test_names(void **state)
{
	struct fixture *f = *state;

	tree_file(&f->tree, "/i/base", "raw");
	/* Relative to the image's folder, absolute below the root, file: */
	image(f, "/i/a/1", "../base", "raw", NULL);
	assert_string_equal(one(f, "/i/a/1"), "");
	image(f, "/i/2", "/i/base", "raw", NULL);
	assert_string_equal(one(f, "/i/2"), "");
	image(f, "/i/3", "file:base", "raw", NULL);
	assert_string_equal(one(f, "/i/3"), "");
	image(f, "/i/4", "base", "raw", "none.raw");
	assert_string_equal(one(f, "/i/4"),
	    "missing-backing /i/none.raw, behind /i/4, is not here: copy it "
	    "there\n");
	/* A link leads where it led on the node. */
	assert_int_equal(symlink("/i/base", tree_path(&f->tree, "/i/link")), 0);
	image(f, "/i/5", "link", "raw", NULL);
	assert_string_equal(one(f, "/i/5"), "");
	image(f, "/i/6", "/i", "raw", NULL);
	assert_string_equal(
	    one(f, "/i/6"), "missing-backing /i, behind /i/6, is no file\n");
	image(f, "/i/7", "json:{\"driver\":\"nbd\"}", NULL, NULL);
	assert_string_equal(one(f, "/i/7"),
	    "not-followed json:{\"driver\":\"nbd\"} is no file's name: what is "
	    "behind it is not followed\n");
}

static void
test_told(void **state)
{
	struct fixture *f = *state;

	image(f, "/i/1", "/old/it's here", "qcow2", NULL);
	assert_string_equal(one(f, "/i/1"),
	    "missing-backing /old/it's here, behind /i/1, is not here; images "
	    "are not changed, and the map makes it /new/it's here: qemu-img "
	    "rebase -u -F qcow2 -b '/new/it'\\''s here' /i/1\n");
	/* Without a word on its format it is not followed, but looked for. */
	image(f, "/i/2", "3", NULL, NULL);
	assert_string_equal(one(f, "/i/2"),
	    "backing-format /i/2 does not say which format 3 behind it has, "
	    "and libvirt does not guess: qemu-img rebase -u -F raw -b 3 /i/2 "
	    "(or -F qcow2, if that is what it is)\n"
	    "missing-backing /i/3, behind /i/2, is not here: copy it there\n");
	image(f, "/i/3", "/none", "raw", NULL);
	assert_null(strstr(one(f, "/i/2"), "/none"));
	/* Raw bytes are bytes, whatever they look like. */
	image(f, "/i/4", "3", "raw", NULL);
	assert_string_equal(one(f, "/i/4"), "");
	image(f, "/i/5", "3", "vmdk", NULL);
	assert_non_null(strstr(one(f, "/i/5"), "not-followed /i/3 is of a "));
	tree_file(&f->tree, "/i/6", "text");
	assert_non_null(
	    strstr(one(f, "/i/6"), "disk-format /i/6 is no qcow2 image"));
	tree_file(&f->tree, "/i/7", "QFI\xfb");
	assert_non_null(strstr(one(f, "/i/7"),
	    "disk-format /i/7 begins as a qcow2 image, but its header"));
}

static void
test_circles(void **state)
{
	struct fixture *f = *state;
	char path[32], name[32];
	size_t i;

	image(f, "/i/1", "2", "qcow2", NULL);
	image(f, "/i/2", "1", "qcow2", NULL);
	assert_string_equal(one(f, "/i/1"),
	    "missing-backing /i/1 is behind itself: no chain of images ends "
	    "there\n");
	for (i = 0; i <= LIMIT_CHAIN; i++) {
		(void)snprintf(path, sizeof(path), "/d/%zu", i);
		(void)snprintf(name, sizeof(name), "%zu", i + 1);
		image(f, path, name, "qcow2", NULL);
	}
	image(f, "/d/200", NULL, NULL, NULL);
	assert_string_equal(one(f, "/d/1"), "");
	assert_string_equal(one(f, "/d/0"),
	    "missing-backing /d/200 is behind more images than libvirt "
	    "follows\n");
}

/* What is shared is looked at and told once. */
static void
test_shared(void **state)
{
	static const char *const paths[] = { "/i/1", "/i/2", "/i/3", NULL };
	struct fixture *f = *state;
	size_t i;

	for (i = 0; i < 3; i++)
		image(f, paths[i], "base", "qcow2", NULL);
	image(f, "/i/base", "/none", "raw", NULL);
	assert_string_equal(follow(f, &f->here, paths),
	    "missing-backing /none, behind /i/base, is not here: copy it "
	    "there\n");
}

static void
test_types(void **state)
{
	struct fixture *f = *state;
	struct fact_file file;
	static const struct {
		const char *path;
		enum fact_type type;
	} want[] = {
		{ "/a/file", FACT_REGULAR },
		{ "/a", FACT_FOLDER },
		{ "/a/pipe", FACT_OTHER },
		{ "/a/none", FACT_ABSENT },
		{ "/a/file/x", FACT_ABSENT },
		{ "/a/link", FACT_REGULAR },
		{ "/a/out", FACT_ABSENT },
		{ "/a/round", FACT_UNKNOWN },
	};
	size_t i;

	tree_file(&f->tree, "/a/file", "x");
	assert_int_equal(mkfifo(tree_path(&f->tree, "/a/pipe"), 0600), 0);
	assert_int_equal(symlink("/a/file", tree_path(&f->tree, "/a/link")), 0);
	assert_int_equal(symlink("../../../../../../../etc/passwd",
			     tree_path(&f->tree, "/a/out")),
	    0);
	assert_int_equal(symlink("round", tree_path(&f->tree, "/a/round")), 0);
	for (i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		assert_int_equal(facts_file(&f->here, want[i].path, &file), 0);
		if (file.type != want[i].type)
			fail_msg("%s: %d", want[i].path, file.type);
		assert_string_equal(file.path, want[i].path);
		facts_file_free(&file);
	}
}

/* The same from a description, over JSON. */
static void
test_described(void **state)
{
	static const char *const paths[] = { "/i/1", "/i/2", NULL };
	struct fixture *f = *state;
	struct fact_file file;
	char here[4096];
	json_t *o;

	image(f, "/i/1", "2", "qcow2", NULL);
	image(f, "/i/2", "/none", "raw", "/i/gone");
	tree_file(&f->tree, "/i/3", "QFI\xfb");
	assert_int_equal(facts_files_add(&f->here, "/i"), 0);
	(void)snprintf(here, sizeof(here), "%s", follow(f, &f->here, paths));
	assert_non_null(strstr(here, "/i/gone"));
	assert_non_null(o = json_object());
	assert_int_equal(facts_virt_json(&f->here, o), 0);
	assert_int_equal(facts_virt_parse(&f->there, o), 0);
	json_decref(o);
	assert_int_equal(f->there.nfiles, f->here.nfiles);
	/* Of a folder that is described, all is; of others nothing is known. */
	assert_int_equal(facts_file(&f->there, "/i/none", &file), 0);
	assert_int_equal(file.type, FACT_ABSENT);
	facts_file_free(&file);
	assert_int_equal(facts_file(&f->there, "/j/none", &file), 0);
	assert_int_equal(file.type, FACT_UNKNOWN);
	facts_file_free(&file);
	assert_int_equal(facts_file(&f->there, "/i/3", &file), 0);
	assert_int_equal(file.image, FACT_BROKEN);
	facts_file_free(&file);
	assert_non_null(
	    strstr(follow(f, &f->there, paths), "/i/gone, behind /i/2"));
}

/* Facts that are not of their form: each refused, with its name. */
static void
test_parse(void **state)
{
	static const char *const bad[][2] = {
		{ "{}", "domain_capabilities" },
		{ "{'domain_capabilities':[],'definitions':[]}", "files" },
		{ "{'domain_capabilities':[],'files':[]}", "definitions" },
		{ "{'domain_capabilities':[{'xml':1}]}", "xml" },
		{ "{'capabilities':1}", "capabilities" },
		{ "{'domain_capabilities':[],'definitions':[{'kind':'pool'}]}",
		    "name" },
		{ "{'domain_capabilities':[],'definitions':[{'kind':'file',"
		  "'name':'x','refs':[]}]}",
		    "kind" },
		{ "{'domain_capabilities':[],'definitions':[{'kind':'pool',"
		  "'name':'x','refs':[1]}]}",
		    "refs" },
		{ "{'domain_capabilities':[],'definitions':[],'files':[{"
		  "'path':'/x','type':'socket','image':'none','size':1}]}",
		    "type" },
		{ "{'domain_capabilities':[],'definitions':[],'files':[{"
		  "'path':'/x','type':'file','image':'x','size':1}]}",
		    "image" },
		{ "{'domain_capabilities':[],'definitions':[],'files':[{"
		  "'path':'/x','type':'file','image':'none','size':-1}]}",
		    "size" },
	};
	struct fixture *f = *state;
	const char *const *said;
	char text[512], want[128];
	size_t i, k;
	json_t *o;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		(void)snprintf(text, sizeof(text), "%s", bad[i][0]);
		for (k = 0; text[k] != '\0'; k++)
			if (text[k] == '\'')
				text[k] = '"';
		assert_non_null(o = json_loads(text, 0, NULL));
		warn_forget();
		if (facts_virt_parse(&f->there, o) != -1)
			fail_msg("%s: taken", text);
		json_decref(o);
		facts_virt_free(&f->there);
		(void)snprintf(want, sizeof(want),
		    "the description's facts are not of their form: %s",
		    bad[i][1]);
		said = warn_said(&k);
		assert_int_equal(k, 1);
		assert_string_equal(said[0], want);
	}
}

int
main(void)
{
#define TEST(t) cmocka_unit_test_setup_teardown(t, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_names),
		TEST(test_told),
		TEST(test_circles),
		TEST(test_shared),
		TEST(test_types),
		TEST(test_described),
		TEST(test_parse),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
