#ifndef RESTORE_QCOW2_H
#define RESTORE_QCOW2_H

#include <stddef.h>
#include <stdint.h>

#include "archive/outcome.h"

/**
 * qcow2: what stands in the header of a qcow2 image (versions 2 and 3, as
 * QEMU's docs/interop/qcow2.txt has them): its size, and which files are behind
 * it. Our own, because a library that opens images opens what they name, too.
 */
struct qcow2 {
	unsigned int version;
	uint64_t size;        /* of the disk inside */
	char *backing;        /* or NULL */
	char *backing_format; /* or NULL: the header does not say */
	char *data;           /* the external data file, or NULL */
};

/* Enough bytes to know what qcow2_wants, and more than most headers have. */
#define QCOW2_FIRST 4096

/**
 * qcow2_wants(bytes, len):
 * How many bytes from its beginning an image's header takes, at most one
 * cluster (LIMIT_QCOW2); 0: these bytes are not a qcow2 image's.  ${bytes} are
 * the first QCOW2_FIRST, or all.
 */
size_t qcow2_wants(const unsigned char *bytes, size_t len);

/**
 * qcow2_parse(bytes, len, q, why):
 * Read a header: 1 with ${q} for qcow2_free; 0 when the bytes are no qcow2
 * image's; -1 when they begin like one and do not hold, with ${*why} (static),
 * or NULL when memory ended (said).  Untrusted input: yes.
 */
int qcow2_parse(const unsigned char *bytes, size_t len, struct qcow2 *q,
    const char **why) MUST_CHECK;
void qcow2_free(struct qcow2 *q);

#endif
