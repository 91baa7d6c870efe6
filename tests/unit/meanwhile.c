/* cmocka wants these four in front of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/folder.h"
#include "tests/unit/meanwhile.h"

static struct {
	void (*act)(void *cookie); /* NULL: nobody does */
	void *cookie;
	unsigned long calls, when; /* of this run; the one in front of which */
	int quiet, stderr_was;
} other;

/* Nobody notices when what is acted in front of is about memory alone. */
static int
is_memory(const char *call)
{
	static const char *const calls[] = { "malloc", "calloc", "realloc",
		"reallocarray", "strdup", "strndup", "buf_" };
	size_t i;

	for (i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		if (strncmp(call, calls[i], strlen(calls[i])) == 0)
			return 1;
	return 0;
}

int
meanwhile_call(const char *call)
{

	if (other.act == NULL)
		return 0;
	if (is_memory(call))
		return 1;
	if (other.calls++ == other.when) {
		failing_off();
		other.act(other.cookie);
		failing_on();
	}
	return 1;
}

int
meanwhile_loud(void **unused)
{

	(void)unused;
	failing_off();
	if (other.quiet)
		unhush(other.stderr_was);
	other.quiet = 0;
	other.act = NULL;
	return 0;
}

void
meanwhile_run(const char *name, failing_scenario *scenario, void *cookie,
    void (*act)(void *cookie))
{
	size_t open;

	other.act = act;
	other.cookie = cookie;
	other.when = 0;
	do {
		open = folder_count("/proc/self/fd");
		other.calls = 0;
		other.stderr_was = hush();
		other.quiet = 1;
		(void)scenario(cookie);
		unhush(other.stderr_was);
		other.quiet = 0;
		assert_int_equal(folder_count("/proc/self/fd"), open);
	} while (other.when++ < other.calls);
	other.act = NULL;
	printf("# %s: at %lu moments\n", name, other.when - 1);
}
