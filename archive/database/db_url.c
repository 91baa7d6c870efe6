#include "archive/database/db_url.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "archive/num.h"

static int
hex_digit(char c)
{

	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* A copy of len bytes with %XX decoded; NULL when memory ends or a NUL hides.
 */
static char *
decode(const char *s, size_t len)
{
	size_t i, o = 0;
	char *out;
	int hi, lo;

	if ((out = malloc(len + 1)) == NULL)
		return NULL;
	for (i = 0; i < len; i++) {
		if (s[i] == '%' && i + 2 < len &&
		    (hi = hex_digit(s[i + 1])) >= 0 &&
		    (lo = hex_digit(s[i + 2])) >= 0) {
			if ((out[o++] = (char)(hi * 16 + lo)) == '\0')
				goto err1;
			i += 2;
		} else {
			out[o++] = s[i];
		}
	}
	out[o] = '\0';
	return out;

err1:
	explicit_bzero(out, o);
	free(out);
	return NULL;
}

/* The driver part of the scheme; -1: not one of MySQL or MariaDB. */
static int
read_scheme(const char *s, size_t len, struct db_url *url)
{
	const char *plus = memchr(s, '+', len);
	size_t name = plus == NULL ? len : (size_t)(plus - s);

	if ((name != 5 || strncasecmp(s, "mysql", 5) != 0) &&
	    (name != 7 || strncasecmp(s, "mariadb", 7) != 0))
		return -1;
	url->tcp = plus != NULL && len - name == 8 &&
		   strncasecmp(plus, "+pymysql", 8) == 0;
	return 0;
}

/* host, host:port, [v6], [v6]:port, or nothing. */
static int
read_host(const char *s, size_t len, struct db_url *url)
{
	const char *end = s + len, *close, *colon;
	char digits[6];
	uint64_t port;

	if (len > 0 && s[0] == '[') {
		if ((close = memchr(s, ']', len)) == NULL)
			return -1;
		url->host = strndup(s + 1, (size_t)(close - s - 1));
		colon = close + 1;
		if (colon < end && *colon != ':')
			return -1;
	} else {
		if ((colon = memchr(s, ':', len)) == NULL)
			colon = end;
		if (colon > s)
			url->host = strndup(s, (size_t)(colon - s));
	}
	if (colon + 1 >= end)
		return 0;
	if (end - colon - 1 > 5)
		return -1;
	memcpy(digits, colon + 1, (size_t)(end - colon - 1));
	digits[end - colon - 1] = '\0';
	if (num_u64(digits, 65535, &port))
		return -1;
	url->port = (unsigned int)port;
	return 0;
}

/* unix_socket out of name=value&...; all other options are the drivers'. */
static int
read_query(const char *s, struct db_url *url)
{
	static const char name[] = "unix_socket=";
	size_t len;

	for (;; s += len + 1) {
		len = strcspn(s, "&");
		if (strncmp(s, name, sizeof(name) - 1) == 0) {
			free(url->socket);
			url->socket = decode(
			    s + sizeof(name) - 1, len - (sizeof(name) - 1));
			if (url->socket == NULL)
				return -1;
		}
		if (s[len] == '\0')
			return 0;
	}
}

/* The last @ in front of the host, or NULL: no user. */
static const char *
find_at(const char *s, const char *query)
{
	const char *end = s + strcspn(s, "/?"), *at;

	if ((at = memrchr(s, '@', (size_t)(end - s))) != NULL)
		return at;
	/* A password with a slash in it: SQLAlchemy takes that as well. */
	return memrchr(s, '@', (size_t)(query - s));
}

static int
read_user(const char *s, size_t len, struct db_url *url)
{
	const char *colon = memchr(s, ':', len);
	size_t name = colon == NULL ? len : (size_t)(colon - s);

	if ((url->user = decode(s, name)) == NULL)
		return -1;
	if (colon == NULL)
		return 0;
	url->password = decode(colon + 1, len - name - 1);
	return url->password == NULL ? -1 : 0;
}

int
db_url_parse(const char *s, struct db_url *url, const char **why)
{
	const char *sep, *at, *end, *query;

	memset(url, 0, sizeof(*url));
	*why = "is no database URL";
	if ((sep = strstr(s, "://")) == NULL)
		return -1;
	*why = "names a database that is neither MySQL nor MariaDB";
	if (read_scheme(s, (size_t)(sep - s), url))
		return -1;
	s = sep + 3;
	query = s + strcspn(s, "?");
	if ((at = find_at(s, query)) != NULL) {
		*why = "has a user or password that cannot be read";
		if (read_user(s, (size_t)(at - s), url))
			goto err0;
		s = at + 1;
		/* A question mark in the password is not the query's. */
		query = s + strcspn(s, "?");
	}
	end = s + strcspn(s, "/?");
	*why = "has a host or port that cannot be read";
	if (read_host(s, (size_t)(end - s), url))
		goto err0;
	*why = "names no schema";
	if (*end != '/' || end + 1 >= query)
		goto err0;
	url->schema = decode(end + 1, (size_t)(query - end - 1));
	if (url->schema == NULL)
		goto err0;
	*why = "has options that cannot be read";
	if (*query == '?' && read_query(query + 1, url))
		goto err0;
	*why = NULL;
	return 0;

err0:
	db_url_free(url);
	return -1;
}

void
db_url_free(struct db_url *url)
{

	if (url->password != NULL)
		explicit_bzero(url->password, strlen(url->password));
	free(url->password);
	free(url->user);
	free(url->host);
	free(url->schema);
	free(url->socket);
	memset(url, 0, sizeof(*url));
}
