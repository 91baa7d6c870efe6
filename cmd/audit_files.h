#ifndef CMD_AUDIT_FILES_H
#define CMD_AUDIT_FILES_H

#include "cmd/options.h"

/**
 * audit_files_list(o):
 * The files that the operands of an audit name, malloced and ended by NULL, for
 * the caller to free by audit_files_free; NULL said.  A folder stands for what
 * is called *.bundle in it, by name, without what is below it; one without any
 * stands for itself, which is no bundle.  Where one bundle is looked at
 * (--find ...) a folder is none.
 */
char **audit_files_list(const struct options *o) MUST_CHECK;
void audit_files_free(char **files);

#endif
