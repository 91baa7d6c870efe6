#ifndef RESTORE_CHANGE_H
#define RESTORE_CHANGE_H

#include <jansson.h>

#include "restore/plan/plan.h"

/**
 * change: what a saved plan and a receipt say of one change: its item, what is
 * done, and a digest of what was there and of what will be; never a value.
 *
 *   {"item":"row:nova.volumes:7","what":"change","cells":["provider_location"],
 *    "before":"keyed:HEX","after":"keyed:HEX"}
 *
 * The plain digest of a short secret can be guessed by who knows the rest, so
 * digests are keyed (HMAC-SHA-256) with a key that the document does not hold.
 * With CHANGE_PLAIN, what has no secret in it by any of novark's rules, and is
 * a whole file or definition, has its plain SHA-256, as sha256sum shows it.
 */
#define CHANGE_KEY 32

#define CHANGE_PLAIN 1u /* plain digests where nothing is secret */
#define CHANGE_BACK  2u /* the change was taken back */

struct change_key;

/* NULL, said. */
struct change_key *
change_key_new(const unsigned char key[CHANGE_KEY]) MUST_CHECK;
void change_key_free(struct change_key *k);

/* The entry for a PLAN_CREATE or PLAN_CHANGE: NULL, said. */
json_t *change_json(struct change_key *k, const struct plan_record *rec,
    unsigned flags) MUST_CHECK;

/* NULL when ${json} has the form of an entry, else what is wrong (static). */
const char *change_check(const json_t *json) MUST_CHECK;

#endif
