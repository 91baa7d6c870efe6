#ifndef TESTS_UNIT_EMBED_H
#define TESTS_UNIT_EMBED_H

#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/**
 * embed: a folder for libvirt's driver inside the process, for unit tests.
 * Each is its own, below $TMPDIR, and goes away at the end.  One a program:
 * libvirt opens one root in a process at a time.
 *
 *   embed_reap(argv)    first in main: go on under the reap helper ($HELPERS),
 *                       so that libvirt asks QEMU quickly
 *   embed_run, embed_lacks   what embed lacks is tested beside a libvirtd
 *   embed_make(&e)      0, or -1: skip the test
 *   embed_remove(&e)
 *
 * What libvirt has asked QEMU before is taken from $NOVARK_TEMPLATE.
 */
struct embed {
	char root[256];
	char uri[320];
};

static inline void
embed_reap(char *argv[])
{
	const char *helpers = getenv("HELPERS");
	char reap[512];
	char *under[3];

	if (helpers == NULL || getenv("NOVARK_REAPED") != NULL ||
	    setenv("NOVARK_REAPED", "1", 1))
		return;
	(void)snprintf(reap, sizeof(reap), "%s/reap", helpers);
	under[0] = reap;
	under[1] = argv[0];
	under[2] = NULL;
	(void)execv(reap, under);
}

static inline int
embed_write(const char *path, const char *bytes, size_t len)
{
	FILE *f = fopen(path, "we");
	int rc;

	if (f == NULL)
		return -1;
	rc = fwrite(bytes, 1, len, f) == len ? 0 : -1;
	return fclose(f) ? -1 : rc;
}

/* Copy what was asked before; that there is none is no error. */
static inline void
embed_template(const struct embed *e)
{
	static const char *const below[] = { "cache", "cache/qemu",
		"cache/qemu/capabilities", NULL };
	const char *template = getenv("NOVARK_TEMPLATE");
	char from[1024], to[1024], bytes[65536];
	struct dirent *entry;
	size_t i, n;
	DIR *dir;
	FILE *f;

	if (template == NULL)
		return;
	for (i = 0; below[i] != NULL; i++) {
		(void)snprintf(to, sizeof(to), "%s/%s", e->root, below[i]);
		(void)mkdir(to, 0700);
	}
	(void)snprintf(from, sizeof(from), "%s/embed/%s", template, below[2]);
	if ((dir = opendir(from)) == NULL)
		return;
	while ((entry = readdir(dir)) != NULL) {
		(void)snprintf(from, sizeof(from), "%s/embed/%s/%s", template,
		    below[2], entry->d_name);
		(void)snprintf(to, sizeof(to), "%s/%s/%s", e->root, below[2],
		    entry->d_name);
		if (entry->d_name[0] == '.' || (f = fopen(from, "re")) == NULL)
			continue;
		/* One that is cut off is asked again. */
		n = fread(bytes, 1, sizeof(bytes), f);
		(void)fclose(f);
		if (n < sizeof(bytes))
			(void)embed_write(to, bytes, n);
	}
	(void)closedir(dir);
}

static inline int
embed_make(struct embed *e)
{
	static const char conf[] = "user = \"root\"\ngroup = \"root\"\n"
				   "security_driver = \"none\"\n"
				   "stdio_handler = \"file\"\n";
	const char *tmp = getenv("TMPDIR");
	const char *text = geteuid() == 0 ? conf : strstr(conf, "security");
	char path[512];

	(void)snprintf(e->root, sizeof(e->root), "%s/embed.XXXXXX",
	    tmp != NULL ? tmp : "/tmp");
	if (mkdtemp(e->root) == NULL)
		return -1;
	(void)snprintf(
	    e->uri, sizeof(e->uri), "qemu:///embed?root=%s", e->root);
	(void)snprintf(path, sizeof(path), "%s/etc", e->root);
	if (mkdir(path, 0700))
		return -1;
	(void)snprintf(path, sizeof(path), "%s/etc/qemu.conf", e->root);
	if (embed_write(path, text, strlen(text)))
		return -1;
	embed_template(e);
	return access("/usr/bin/qemu-system-x86_64", X_OK);
}

static inline int
embed_unlink(const char *path, const struct stat *st, int type, struct FTW *ftw)
{

	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static inline void
embed_remove(struct embed *e)
{

	(void)nftw(e->root, embed_unlink, 16, FTW_DEPTH | FTW_PHYS);
}

/* Embed knows domains only.  This program once more, beside a libvirtd of its
 * own, whose URI it finds in $NOVARK_TEST_URI: its exit code, 77 when that
 * cannot be done here. */
static inline int
embed_beside(char *self)
{
	char script[] = "tests/lib/private-libvirtd";
	char *args[] = { script, self, NULL };
	int status;
	pid_t pid;

	if ((pid = fork()) == 0) {
		(void)dup2(STDERR_FILENO, STDOUT_FILENO);
		(void)execv(script, args);
		_exit(77);
	}
	if (pid == -1 || waitpid(pid, &status, 0) != pid)
		return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* For a test of what embed lacks: 1 where there is a libvirtd; else the program
 * has run beside one (embed_run), with this test alone, and it was well. */
static inline int
embed_lacks(void)
{
	int rc;

	if (getenv("NOVARK_TEST_URI") != NULL)
		return 1;
	if ((rc = embed_beside(program_invocation_name)) == 77)
		skip();
	assert_int_equal(rc, 0);
	return 0;
}

/* main of a program whose last test is such a one: all tests, or beside a
 * libvirtd the last alone. */
static inline int
embed_run(char *argv[], const struct CMUnitTest *tests, size_t n,
    CMFixtureFunction end)
{

	if (getenv("NOVARK_TEST_URI") != NULL)
		return _cmocka_run_group_tests(
		    "beside a libvirtd", tests + n - 1, 1, NULL, end);
	embed_reap(argv);
	return _cmocka_run_group_tests("tests", tests, n, NULL, end);
}

#endif
