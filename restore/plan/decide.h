#ifndef RESTORE_DECIDE_H
#define RESTORE_DECIDE_H

#include "archive/buf.h"
#include "restore/map/rewrite.h"

/**
 * decide: the three-way comparison, one rule for files, definitions and
 * columns.  Pure: it looks at bytes and tells what to do.
 *
 *   current absent                                  CREATE  captured, mapped
 *   current = wanted                                SAME
 *   current = captured                              CHANGE  to wanted
 *   else, every place that the map touches in captured holds in current its
 *   captured or its wanted value                    CHANGE  current, mapped
 *     (or SAME, when that changes nothing)
 *   else DRIFT; the policy turns it into:
 *     stop: DRIFT   keep: SAME   rewrite: CHANGE to current, mapped
 *     replay: CHANGE to wanted
 *
 * "=" is by bytes, or by ${same} where a kind compares by meaning.
 */
enum decide_policy {
	ON_DRIFT_STOP,
	ON_DRIFT_KEEP,
	ON_DRIFT_REWRITE,
	ON_DRIFT_REPLAY
};

enum decision {
	DECIDE_FAILED, /* said by warn */
	DECIDE_SAME,
	DECIDE_CREATE,
	DECIDE_CHANGE,
	DECIDE_DRIFT
};

struct decide_input {
	const struct rewrite_options *rewrite;
	enum place_format format;
	const char *captured, *current; /* current NULL: absent */
	size_t captured_len, current_len;
	enum decide_policy policy;
	/* Captured through the map, where the caller has it already; NULL: it
	 * is made here, and only then ${fn} is called. */
	const struct buf *wanted;
	/* 1 same, 0 not, -1 failed; NULL: bytes decide.  first is what we want
	 * or captured, second what stands here. */
	int (*same)(void *cookie, const char *first, size_t first_len,
	    const char *second, size_t second_len);
	void *cookie;
};

struct decide_output {
	struct buf wanted; /* captured through the map */
	struct buf after;  /* what to make it (CREATE, CHANGE), else empty */
	int drifted;       /* current was neither; also when a policy decided */
	const char *why;   /* drift in words, static: "the place that the map
			      changes holds something else" */
	char *where; /* label of the first such place (malloced) or NULL */
};

/* ${fn} is called for the places of captured as in rewrite. */
enum decision decide(const struct decide_input *in, struct decide_output *out,
    rewrite_fn *fn, void *cookie) MUST_CHECK;
void decide_free(struct decide_output *out);

/* "stop", "keep", "rewrite", "replay"; -1 unknown. */
int decide_policy_parse(const char *s);

#endif
