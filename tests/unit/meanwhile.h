#ifndef TESTS_MEANWHILE_H
#define TESTS_MEANWHILE_H

#include "tests/unit/failing.h"

/**
 * meanwhile: somebody else acts between any two calls that a room makes
 * (failing_table.h).  The scenario is run again and again: in the k-th run
 * ${act} is done once, in front of the k-th call; it ends with a run that was
 * through before its turn came.  No call fails by itself, and no descriptor may
 * be left open.  What is true of each run, the scenario looks at, between
 * failing_off and its end.
 */
void meanwhile_run(const char *name, failing_scenario *scenario, void *cookie,
    void (*act)(void *cookie));

/* Teardown of each test: what a failed assertion says is seen. */
int meanwhile_loud(void **unused);

/* Only for failing.c, at each call: 1, nothing is to fail. */
int meanwhile_call(const char *call);

#endif
