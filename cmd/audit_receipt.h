#ifndef CMD_AUDIT_RECEIPT_H
#define CMD_AUDIT_RECEIPT_H

#include "cmd/audit.h"

/* Show one receipt: as text its head, a line for each file, definition and
 * table, verify and next steps; as JSON all of it, under "receipt".  DONE,
 * FAILED, REFUSED; USAGE, said, with an option that only bundles have. */
enum outcome audit_receipt(struct audit *a) MUST_CHECK;

#endif
