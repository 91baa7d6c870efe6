#ifndef ARCHIVE_SWEEP_TABLE_H
#define ARCHIVE_SWEEP_TABLE_H

/**
 * Tables outside the catalogue whose rows are history: rows that hold an
 * address of the node are counted there, not captured.  So are those that the
 * catalogue drops (catalog_dropped).
 *
 *   role    of the database
 *   table   its name; * and ? stand for others
 *   what    for people
 */
struct sweep_history {
	const char *role, *table, *what;
};

static const struct sweep_history sweep_histories[] = {
	{ "nova", "shadow_*", "history, rows that nova-manage has archived" },
	{ "cinder", "shadow_*", "history, archived rows" },
	{ "keystone", "revocation_event", "history, revoked tokens" },
	{ "cinder", "messages", "history, what cinder told its users" },
};

#endif
