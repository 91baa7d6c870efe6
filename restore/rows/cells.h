#ifndef RESTORE_CELLS_H
#define RESTORE_CELLS_H

#include "archive/database/db.h"

/* How many bytes the values take, each with a NUL byte behind it. */
size_t cells_bytes(const struct db_value *v, size_t n);

/* Copy values to ${to}, and their bytes to ${bytes}, which has room for them:
 * where those end. */
char *cells_copy(
    struct db_value *to, const struct db_value *v, size_t n, char *bytes);

/* Equal bytes, or both SQL NULL? */
int cells_same(const struct db_value *a, const struct db_value *b);

#endif
