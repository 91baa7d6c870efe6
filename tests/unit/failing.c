/* cmocka wants these four in front of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <archive.h>
#include <archive_entry.h>
#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <execinfo.h>
#include <jansson.h>
#include <locale.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <pthread.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>
#include <utf8proc.h>
#include <zstd.h>

#include "archive/bundle/bundle_new.h"
#include "archive/bundle/digest.h"
#include "archive/bundle/outer.h"
#include "archive/bundle/pack.h"
#include "archive/bundle/sums.h"
#include "archive/keys/cipher.h"
#include "archive/manifest/manifest.h"
#include "archive/manifest/manifest_kinds.h"
#include "archive/manifest/manifest_parsing.h"
#include "archive/node/newfile.h"
#include "archive/node/root_internal.h"
#include "archive/warn.h"
#include "restore/journal/journal_inner.h"
#include "restore/map/addrmap_inner.h"
#include "tests/unit/failing.h"
#include "tests/unit/folder.h"
#include "tests/unit/meanwhile.h"

/* Not errors of the system: nothing more comes, or half of it. */
#define FAILING_NONE (-1)
#define FAILING_HALF (-2)

/* A spot of the program from which a call is made. */
struct spot {
	const void *at;
	unsigned int visits; /* in this run */
	unsigned int tried;  /* of its errors, visit by visit */
};

static struct {
	struct spot spots[20000];
	size_t n, count, wrong;
	unsigned int visits; /* at most so many of a spot fail */
	int on, fired;
	const char *name;
	void *from[10]; /* the call and its callers */
	int depth, error;
	const char *lacks; /* this call always fails so */
	int lacks_error;
	int quiet, stderr_was; /* messages are not shown */
} state;

void
failing_on(void)
{

	state.on = 1;
}

void
failing_off(void)
{

	state.on = 0;
}

void
failing_visits(unsigned int n)
{

	/* Under valgrind the first two have to do. */
	state.visits = getenv("NOVARK_SLOW") != NULL ? 2 : n;
}

static struct spot *
spot_of(const void *at)
{
	size_t i = ((uintptr_t)at >> 2) % 20000;

	while (state.spots[i].at != NULL && state.spots[i].at != at)
		i = (i + 1) % 20000;
	if (state.spots[i].at == NULL) {
		if (++state.n > 15000)
			abort();
		state.spots[i].at = at;
	}
	return &state.spots[i];
}

/* Does the call from ${at} fail now?  With ${*error}, one of ${n}. */
static int
try(const char *name, const void *at, const int *errors, unsigned int n,
    int *error)
{
	struct spot *s;

	if (state.lacks != NULL && strcmp(name, state.lacks) == 0) {
		errno = *error = state.lacks_error;
		return 1;
	}
	s = spot_of(at);
	s->visits++;
	if (state.fired || s->visits > state.visits ||
	    s->tried >= s->visits * n)
		return 0;
	*error = errors[s->tried++ % n];
	state.fired = 1;
	state.name = name;
	state.depth = backtrace(state.from, 10);
	state.error = *error;
	errno = *error > 0 ? *error : 0;
	return 1;
}

/* The room may have threads: one of their calls at a time. */
static int
fires(const char *name, const void *at, const int *errors, unsigned int n,
    int *error)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	int rc;

	if (!state.on || meanwhile_call(name))
		return 0;
	(void)pthread_mutex_lock(&lock);
	rc = try(name, at, errors, n, error);
	(void)pthread_mutex_unlock(&lock);
	return rc;
}

#define SPOT __builtin_return_address(0)

/* The linker gives the real call the first name, and the room the second. */
#define DECLARE(ret, name, params)                                             \
	ret __real_##name params;                                              \
	ret __wrap_##name params;                                              \
	ret __wrap_##name params

#define FIRES(name, ...)                                                       \
	fires(name, SPOT, (const int[]){ __VA_ARGS__ },                        \
	    sizeof((const int[]){ __VA_ARGS__ }) / sizeof(int), &error)

#define CALL(ret, name, params, args, bad, ...)                                \
	DECLARE(ret, name, params)                                             \
	{                                                                      \
		int error;                                                     \
                                                                               \
		return FIRES(#name, __VA_ARGS__) ? bad : __real_##name args;   \
	}

#define BYTES(ret, name, params, args, bad, ...)                               \
	DECLARE(ret, name, params)                                             \
	{                                                                      \
		int error = 0;                                                 \
                                                                               \
		if (!FIRES(#name, __VA_ARGS__))                                \
			return __real_##name args;                             \
		if (error == FAILING_NONE)                                     \
			return 0;                                              \
		if (error != FAILING_HALF)                                     \
			return bad;                                            \
		len = (len + 1) / 2;                                           \
		return __real_##name args;                                     \
	}

#define SAYS(ret, name, params, args, bad)                                     \
	DECLARE(ret, name, params)                                             \
	{                                                                      \
		int error;                                                     \
                                                                               \
		if (!FIRES(#name, 0))                                          \
			return __real_##name args;                             \
		warn_msg("%s is made to fail", #name);                         \
		return bad;                                                    \
	}

#define HOLDS(ret, name, params, args, bad)                                    \
	DECLARE(ret, name, params)                                             \
	{                                                                      \
		int error;                                                     \
                                                                               \
		if (!FIRES(#name, 0))                                          \
			return __real_##name args;                             \
		json_decref(last);                                             \
		return bad;                                                    \
	}

#include "tests/unit/failing_table.h"

/* Those with a list of arguments. */

DECLARE(int, open, (const char *path, int flags, ...))
{
	mode_t mode = 0;
	va_list ap;
	int error;

	va_start(ap, flags);
	if ((flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE)
		mode = va_arg(ap, mode_t);
	va_end(ap);
	if (FIRES("open", EACCES, EMFILE))
		return -1;
	return __real_open(path, flags, mode);
}

DECLARE(int, openat, (int fd, const char *path, int flags, ...))
{
	mode_t mode = 0;
	va_list ap;
	int error;

	va_start(ap, flags);
	if ((flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE)
		mode = va_arg(ap, mode_t);
	va_end(ap);
	if ((flags & O_TMPFILE) == O_TMPFILE
		? FIRES("O_TMPFILE", EACCES, EOPNOTSUPP)
		: FIRES("openat", EACCES, ENOENT, EEXIST))
		return -1;
	return __real_openat(fd, path, flags, mode);
}

/* openat2, the one system call that the C library has no name for. */
DECLARE(long, syscall, (long number, ...))
{
	long arg[6];
	va_list ap;
	int error, i;

	va_start(ap, number);
	for (i = 0; i < 6; i++)
		arg[i] = va_arg(ap, long);
	va_end(ap);
	if (FIRES("syscall", EACCES, ENOENT, EINTR, EAGAIN, ELOOP, EXDEV))
		return -1;
	return __real_syscall(
	    number, arg[0], arg[1], arg[2], arg[3], arg[4], arg[5]);
}

DECLARE(int, fcntl, (int fd, int what, ...))
{
	va_list ap;
	void *arg;
	int error;

	va_start(ap, what);
	arg = va_arg(ap, void *);
	va_end(ap);
	if (FIRES("fcntl", EAGAIN, EIO))
		return -1;
	return __real_fcntl(fd, what, arg);
}

DECLARE(int, asprintf, (char **to, const char *fmt, ...))
{
	va_list ap;
	int error, rc;

	if (FIRES("asprintf", ENOMEM))
		return -1;
	va_start(ap, fmt);
	rc = __real_vasprintf(to, fmt, ap);
	va_end(ap);
	return rc;
}

DECLARE(int, buf_addf, (struct buf * b, const char *fmt, ...))
{
	char *text;
	va_list ap;
	int error, rc;

	if (FIRES("buf_addf", 0)) {
		warn_msg("buf_addf is made to fail");
		return -1;
	}
	va_start(ap, fmt);
	rc = __real_vasprintf(&text, fmt, ap);
	va_end(ap);
	assert_true(rc != -1);
	rc = __real_buf_adds(b, text);
	free(text);
	return rc;
}

/* It tells why, always. */
DECLARE(json_t *, json_loadb,
    (const char *bytes, size_t len, size_t flags, json_error_t *why))
{
	int error;

	if (!FIRES("json_loadb", 0))
		return __real_json_loadb(bytes, len, flags, why);
	if (why != NULL)
		memset(why, 0, sizeof(*why));
	return NULL;
}

/* What it would have taken over, it gives back. */
DECLARE(json_t *, json_pack, (const char *fmt, ...))
{
	json_error_t why;
	json_t *made;
	va_list ap;
	int error;

	va_start(ap, fmt);
	made = json_vpack_ex(&why, 0, fmt, ap);
	va_end(ap);
	if (FIRES("json_pack", 0)) {
		json_decref(made);
		return NULL;
	}
	return made;
}

static size_t
open_descriptors(void)
{
	DIR *d = opendir("/proc/self/fd");
	size_t n = 0;

	assert_non_null(d);
	while (readdir(d) != NULL)
		n++;
	closedir(d);
	return n;
}

int
failing_loud(void **unused)
{

	(void)unused;
	state.on = 0;
	if (state.quiet)
		unhush(state.stderr_was);
	state.quiet = 0;
	return 0;
}

/* Which call it was, and from where: addr2line -e PROGRAM finds the spots. */
static void
tell_call(void)
{
	extern char __executable_start[];
	int i;

	printf(" behind %s, error %d, from",
	    state.fired ? state.name : "nothing", state.error);
	for (i = 2; i < state.depth; i++)
		printf(" %#tx", (char *)state.from[i] - __executable_start);
	printf("\n");
}

/* Told of one and all. */
static void
wrong(const char *name, const char *what)
{

	printf("# %s: %s", name, what);
	tell_call();
	state.wrong++;
}

void
failing_wrong(const char *fmt, ...)
{
	va_list ap;

	printf("# ");
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	tell_call();
	fail();
	abort();
}

/* One run; 1 when a call failed in it. */
static int
run_once(const char *name, failing_scenario *scenario, void *cookie)
{
	size_t i, said, before = open_descriptors();
	int rc;

	for (i = 0; i < sizeof(state.spots) / sizeof(state.spots[0]); i++)
		state.spots[i].visits = 0;
	state.fired = 0;
	state.stderr_was = hush();
	state.quiet = 1;
	rc = scenario(cookie);
	assert_int_equal(failing_loud(NULL), 0);
	warn_said(&said);
	if (open_descriptors() != before)
		wrong(name, "a descriptor is left behind");
	if (!state.fired && rc != 0)
		failing_wrong("%s fails though no call did,", name);
	if (rc != 0 && said == 0)
		wrong(name, "nothing was said");
	state.count += (size_t)state.fired;
	return state.fired;
}

void
failing_run(const char *name, failing_scenario *scenario, void *cookie)
{
	const unsigned int visits = state.visits;

	memset(&state, 0, sizeof(state));
	state.visits = visits == 0 ? 2 : visits;
	failing_more(name, scenario, cookie, NULL, 0);
}

void
failing_more(const char *name, failing_scenario *scenario, void *cookie,
    const char *lacks, int error)
{

	state.count = 0;
	state.lacks = lacks;
	state.lacks_error = error;
	while (run_once(name, scenario, cookie))
		continue;
	state.lacks = NULL;
	printf("# %s: %zu failures, each at its own spot%s%s\n", name,
	    state.count, lacks == NULL ? "" : ", without ",
	    lacks == NULL ? "" : lacks);
	assert_true(lacks != NULL || state.count > 0);
	assert_int_equal(state.wrong, 0);
}
