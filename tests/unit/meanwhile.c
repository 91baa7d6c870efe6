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

int
meanwhile_call(void)
{

	if (other.act == NULL)
		return 0;
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
