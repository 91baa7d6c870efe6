#ifndef RESTORE_ALLOW_JUDGE_H
#define RESTORE_ALLOW_JUDGE_H

#include "restore/allow/folder.h"
#include "restore/allow/refusal.h"
#include "restore/allow/row.h"
#include "restore/allow/schema.h"

/**
 * judge: one definition by the tables.  For allow.c alone.
 */
struct allow {
	struct restore *r;
	struct folders *folders;
	struct schemas *schemas, *own;       /* those of r, or its own */
	struct row_found *found[ITEM_KINDS]; /* made as they are needed */
	char *capabilities;                  /* asked for, in a verify */
	int asked;
};

/* A definition while it is judged. */
struct judging {
	struct allow *a;
	const struct item *item;
	const char *xml; /* its text */
	size_t len;
	const struct allow_row *rows;
	size_t n;
	struct row_found *found; /* in these rows */
	struct row_at at;
	struct refusal refusal;
};

/* Judge ${doc} as a definition of ${j}->item, whose rows and refusal are to be
 * empty: what may not be is in its refusal then.  0, or -1 said. */
int judge_whole(struct judging *j, xmlDocPtr doc) MUST_CHECK;

#endif
