#ifndef ARCHIVE_SWEEP_TABLE_H
#define ARCHIVE_SWEEP_TABLE_H

/**
 * Tables outside the catalogue whose rows are history: rows that hold an
 * address of the node are counted there, not captured.
 *
 *   role    of the database
 *   table   its name; * and ? stand for others
 *   what    for people
 */
struct sweep_history {
	const char *role, *table, *what;
};

static const struct sweep_history sweep_histories[] = {
	{ "nova", "shadow_*", "rows that nova-manage has archived" },
	{ "cinder", "shadow_*", "archived rows" },
	{ "nova", "console_auth_tokens", "tokens of consoles, short-lived" },
	{ "nova", "auth_tokens", "tokens, short-lived" },
	{ "nova", "instance_actions*", "what was done to instances" },
	{ "nova", "instance_faults", "what went wrong with instances" },
	{ "nova", "task_log", "what periodic tasks did" },
	{ "keystone", "token", "tokens, short-lived" },
	{ "keystone", "revocation_event", "revoked tokens" },
	{ "cinder", "messages", "what cinder told its users" },
};

#endif
