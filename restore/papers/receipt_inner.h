#ifndef RESTORE_RECEIPT_INNER_H
#define RESTORE_RECEIPT_INNER_H

#include "archive/buf.h"
#include "restore/papers/change.h"
#include "restore/papers/receipt.h"

/* Inside the receipt room only. */

/* All of a receipt, as LIMIT_RECEIPT allows: DONE, FAILED or REFUSED, said. */
enum outcome receipt_load(const char *file, struct buf *out) MUST_CHECK;

/* "FILE.sig", malloced; NULL said. */
char *receipt_sig_name(const char *file) MUST_CHECK;

/* Sign the finished ${file}; the signature goes to ${file}.sig: 0, -1 said. */
int receipt_sign(const char *file, const char *key,
    enum newfile_existing existing) MUST_CHECK;

/* The key of this restore's digests, made when there is none: NULL, said. */
struct change_key *receipt_key(const struct journal *j) MUST_CHECK;

/* The members from "verify" to "next_steps": 0 or -1 said. */
int receipt_result(struct paper_new *p, struct restore *r,
    const struct receipt_about *about) MUST_CHECK;

#endif
