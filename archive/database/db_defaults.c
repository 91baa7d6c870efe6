#include "archive/database/db_defaults.h"

#include <sys/stat.h>

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/num.h"
#include "archive/warn.h"

/* Cut white space off both ends, in place. */
static char *
trim(char *s)
{
	char *end;

	while (isspace((unsigned char)*s))
		s++;
	end = s + strlen(s);
	while (end > s && isspace((unsigned char)end[-1]))
		*--end = '\0';
	return s;
}

/* Take off quotes, and the escapes that MySQL knows in option files. */
static void
unquote(char *s)
{
	static const char from[] = "btnrs\\\"'", to[] = "\b\t\n\r \\\"'";
	size_t len = strlen(s), i, o = 0;
	const char *hit;

	if (len >= 2 && (s[0] == '"' || s[0] == '\'') && s[len - 1] == s[0]) {
		memmove(s, s + 1, len - 2);
		s[len -= 2] = '\0';
	}
	for (i = 0; i < len; i++) {
		if (s[i] == '\\' && i + 1 < len &&
		    (hit = strchr(from, s[i + 1])) != NULL) {
			s[o++] = to[hit - from];
			i++;
		} else {
			s[o++] = s[i];
		}
	}
	s[o] = '\0';
}

static int
set(char **to, const char *value)
{
	char *copy;

	if ((copy = strdup(value)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	if (*to != NULL)
		explicit_bzero(*to, strlen(*to));
	free(*to);
	*to = copy;
	return 0;
}

static int
take(const char *file, struct db_defaults *d, const char *name,
    const char *value)
{
	uint64_t port;

	if (strcmp(name, "host") == 0)
		return set(&d->host, value);
	if (strcmp(name, "socket") == 0)
		return set(&d->socket, value);
	if (strcmp(name, "user") == 0)
		return set(&d->user, value);
	if (strcmp(name, "password") == 0 || strcmp(name, "pass") == 0)
		return set(&d->password, value);
	if (strcmp(name, "port") == 0) {
		if (num_u64(value, 65535, &port)) {
			warn_msg(
			    "%s: port is not a number from 1 to 65535", file);
			return -1;
		}
		d->port = (unsigned int)port;
	}
	return 0;
}

/* Is this "[group]" one of ours? */
static int
our_group(const char *line)
{
	static const char *const groups[] = { "[client]", "[client-server]",
		"[client-mariadb]", "[novark]" };
	size_t i;

	for (i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
		if (strcasecmp(line, groups[i]) == 0)
			return 1;
	return 0;
}

static int
read_lines(FILE *f, const char *file, struct db_defaults *d)
{
	char *line = NULL, *s, *eq;
	size_t cap = 0;
	int ours = 0, rc = 0;

	while (rc == 0 && getline(&line, &cap, f) >= 0) {
		s = trim(line);
		if (*s == '\0' || *s == '#' || *s == ';')
			continue;
		if (*s == '[') {
			ours = our_group(s);
		} else if (ours && (eq = strchr(s, '=')) != NULL) {
			*eq++ = '\0';
			eq = trim(eq);
			unquote(eq);
			rc = take(file, d, trim(s), eq);
		}
	}
	if (rc == 0 && ferror(f)) {
		warn_errno("%s", file);
		rc = -1;
	}
	if (line != NULL)
		explicit_bzero(line, cap);
	free(line);
	return rc;
}

int
db_defaults_read(const char *file, struct db_defaults *d)
{
	struct stat st;
	FILE *f;

	memset(d, 0, sizeof(*d));
	if ((f = fopen(file, "re")) == NULL) {
		warn_errno("--defaults-file %s", file);
		goto err0;
	}
	if (fstat(fileno(f), &st)) {
		warn_errno("%s", file);
		goto err1;
	}
	if (!S_ISREG(st.st_mode)) {
		warn_msg("--defaults-file %s: not a file", file);
		goto err1;
	}
	if ((st.st_mode & 077) != 0)
		warn_info(
		    "warning: %s can be read by others: chmod 0600", file);
	if (read_lines(f, file, d))
		goto err2;
	fclose(f);
	return 0;

err2:
	db_defaults_free(d);
err1:
	fclose(f);
err0:
	return -1;
}

void
db_defaults_free(struct db_defaults *d)
{

	if (d->password != NULL)
		explicit_bzero(d->password, strlen(d->password));
	free(d->password);
	free(d->host);
	free(d->socket);
	free(d->user);
	memset(d, 0, sizeof(*d));
}
