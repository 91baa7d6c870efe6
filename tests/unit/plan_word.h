#ifndef TESTS_PLAN_WORD_H
#define TESTS_PLAN_WORD_H

#include "restore/plan/plan.h"

/* What a plan is written down with. */
static inline const char *
plan_word(enum plan_type type)
{
	static const char *const words[PLAN_TYPES] = { "create", "change",
		"held", "drift", "finding", "note", "leftover", "waived" };

	return words[type];
}

#endif
