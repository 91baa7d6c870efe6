#ifndef ARCHIVE_MANIFEST_TAKE_H
#define ARCHIVE_MANIFEST_TAKE_H

#include <jansson.h>
#include <stdint.h>

#include "archive/outcome.h"

/**
 * manifest_take: inside the manifest room only.  Take an object of the document
 * apart, key by key; whatever is wrong is said once, and take_end tells.
 *
 *     struct take t = { what, item, json, 0, 0 };
 *     take_text(&t, "name", 1, &name); ...
 *     if (take_end(&t) == -1) ...
 */
struct take {
	const char *what;  /* names the document in messages */
	const char *where; /* names the entry in messages */
	json_t *json;
	size_t taken;
	int bad;
};

/* Say what is wrong with the entry, unless something was said already. */
void take_refuse(struct take *t, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* The value of a key, NULL when it is absent (refused when it must be there).
 */
json_t *take_any(struct take *t, const char *key, int must, json_type type);

/* A string, copied; NULL when absent.  Refused when ${*to} stands already. */
void take_text(struct take *t, const char *key, int must, char **to);
/* A whole number from ${min} to ${max}; 0 when absent. */
int64_t
take_int(struct take *t, const char *key, int must, int64_t min, int64_t max);
/* true or false; must be there. */
int take_flag(struct take *t, const char *key);
/* 64 lower-case hex digits; must be there. */
void take_hex(struct take *t, const char *key, char hex[65]);

/* 0, or -1 when anything was refused, or keys are left that nobody took. */
int take_end(struct take *t) MUST_CHECK;

#endif
