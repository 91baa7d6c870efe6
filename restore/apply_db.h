#ifndef RESTORE_APPLY_DB_H
#define RESTORE_APPLY_DB_H

#include "restore/target.h"

/* What apply_db keeps while its transactions are open. */
struct apply_db {
	struct target target; /* of the last row: they come table by table */
	int open;
};

#endif
