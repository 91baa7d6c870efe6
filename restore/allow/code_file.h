#ifndef RESTORE_ALLOW_CODE_FILE_H
#define RESTORE_ALLOW_CODE_FILE_H

#include "restore/restore.h"

/**
 * code_file(r, item, path):
 * The file or link ${item} is to be made or changed at ${path}: add a finding
 * "not-allowed" when it is one that the system runs or obeys as root
 * (code_table.h), a waived one when --allow hook releases it, in a verify a
 * note.  0, or -1 said.  Untrusted input: yes.
 */
int code_file(
    struct restore *r, const struct item *item, const char *path) MUST_CHECK;

#endif
