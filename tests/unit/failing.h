#ifndef TESTS_FAILING_H
#define TESTS_FAILING_H

/**
 * failing: every call that a room makes, of the system, of a library, or of a
 * room below it (failing_table.h), fails once.  The calls are wrapped by the
 * linker, so what the libraries do among themselves is not touched.
 *
 * failing_run runs a scenario again and again; in each run one call, at a spot
 * and with an error that were not tried before, fails.  It ends when a run is
 * through in which nothing was left to try.  Each run has to end with the
 * truth: as if nothing had happened (0, which the scenario itself has looked
 * at), or with -1 and a message.  No descriptor may be left open.
 *
 * Only calls between failing_on and failing_off are counted.
 */
typedef int failing_scenario(void *cookie);

/* A spot that is passed many times fails at its first two, or so many. */
void failing_visits(unsigned int n);

void failing_run(const char *name, failing_scenario *scenario, void *cookie);

/* On from there, where the call ${lacks} always fails with ${error}, as it does
 * on a file system that has no such thing: what was tried is not tried again.
 */
void failing_more(const char *name, failing_scenario *scenario, void *cookie,
    const char *lacks, int error);

void failing_on(void);
void failing_off(void);

/* Teardown of each test: what a failed assertion says is seen. */
int failing_loud(void **unused);

/* End the test as failed: what is wrong (printf), and behind which call. */
void failing_wrong(const char *fmt, ...)
    __attribute__((format(printf, 1, 2), noreturn));

#endif
