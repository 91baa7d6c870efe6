#ifndef ARCHIVE_SECRET_LINE_TABLE_H
#define ARCHIVE_SECRET_LINE_TABLE_H

/**
 * How lines of configuration and scripts give a secret, where its name does not
 * stand in front of = or :, as data for secret_line.c alone.
 */

/* Behind this word stand so many others, then the secret. */
static const struct {
	const char *word;
	int others;
} behind[] = {
	{ "auth-pass", 1 },    /* redis sentinel */
	{ "incominguser", 1 }, /* tgt */
	{ "outgoinguser", 1 },
};

/* Behind this word stands user:secret. */
static const char *const pairs[] = { "-u", "--user", "--proxy-user", "auth" };

/* Such a program's option -p has its secret glued to it. */
static const char *const glued[] = { "mysql", "mariadb" };

/* A line that begins so has secrets behind a > (redis). */
static const char *const marked[] = { "user", "acl" };

/* How a password's hash begins. */
static const char *const hashes[] = { "$1$", "$2a$", "$2b$", "$2x$", "$2y$",
	"$5$", "$6$", "$7$", "$y$", "$gy$", "$apr1$", "$argon2", "$pbkdf2",
	"$bcrypt", "$scrypt$", "{PLAIN}", "{SHA}", "{SSHA}", "{CRYPT}",
	"{MD5}" };

#endif
