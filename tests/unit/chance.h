#ifndef TESTS_UNIT_CHANCE_H
#define TESTS_UNIT_CHANCE_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/**
 * chance: numbers by chance, small and the same everywhere.  The seed is
 * printed; $SEED gives the same numbers again.
 */
static uint64_t chance_state;

/* Start: also what to seed another generator with. */
static inline unsigned int
chance_start(void)
{
	const char *given = getenv("SEED");

	chance_state =
	    given != NULL ? strtoull(given, NULL, 10) : (uint64_t)time(NULL);
	printf("# SEED=%llu\n", (unsigned long long)chance_state);
	return (unsigned int)chance_state;
}

/* From 0 to ${n} - 1. */
static inline unsigned int
chance(size_t n)
{

	chance_state =
	    chance_state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned int)((chance_state >> 33) % n);
}

#endif
