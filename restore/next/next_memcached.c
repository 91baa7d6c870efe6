#include <stdlib.h>
#include <string.h>

#include "archive/node/oslo.h"
#include "archive/node/site.h"
#include "archive/warn.h"
#include "restore/next/next_inner.h"

/* Where a service says which memcached it uses. */
static const struct {
	const char *file, *section, *option;
} options[] = {
	{ "/etc/keystone/keystone.conf", "cache", "memcache_servers" },
	{ "/etc/keystone/keystone.conf", "memcache", "servers" },
	{ "/etc/nova/nova.conf", "keystone_authtoken", "memcached_servers" },
	{ "/etc/nova/nova.conf", "cache", "memcache_servers" },
	{ "/etc/nova/nova.conf", "DEFAULT", "memcached_servers" },
};

#define WHY                                                                    \
	"it still holds tokens and the catalogue with the old addresses; a "   \
	"restart empties it"

/* The first such option that is set, malloced, or NULL. */
static char *
configured(const struct next *n)
{
	struct oslo_source source = site_source(n->r->root);
	const char *value;
	struct oslo *o;
	char *copy = NULL;
	size_t i;

	for (i = 0; i < sizeof(options) / sizeof(options[0]) && !copy; i++) {
		if (!next_there(n, options[i].file))
			continue;
		if ((o = oslo_load(&source, options[i].file)) == NULL)
			return NULL;
		value =
		    oslo_get(o, options[i].section, options[i].option, NULL);
		if (value != NULL && *value != '\0')
			copy = strdup(value);
		oslo_free(o);
	}
	return copy;
}

/* "host:port", "inet6:[address]:port", "unix:..." as words for nc; else
 * nothing. */
static char *
flush_command(const char *server)
{
	struct buf out = BUF_EMPTY;
	const char *host = server, *end;
	size_t len;

	if (strncmp(host, "inet6:", 6) == 0 || strncmp(host, "inet:", 5) == 0)
		host = strchr(host, ':') + 1;
	if (*host == '[') {
		len = strcspn(++host, "]");
		end = host + len + (host[len] == ']');
	} else {
		len = strcspn(host, ":");
		end = host + len;
	}
	if (len == 0 || strspn(host, "0123456789abcdefABCDEF:.-_"
				     "ghijklmnopqrstuvwxyz"
				     "GHIJKLMNOPQRSTUVWXYZ") < len)
		return NULL;
	if (buf_addf(&out, "printf 'flush_all\\r\\nquit\\r\\n' | nc %.*s %s",
		(int)len, host,
		*end == ':' && strspn(end + 1, "0123456789") == strlen(end + 1)
		    ? end + 1
		    : "11211") == -1)
		return NULL;
	return buf_steal(&out);
}

/* A memcached elsewhere: one step for each. */
static int
flush_all(struct next *n)
{
	char *list, *server, *rest, *command;
	int rc = 0;

	if ((list = rest = configured(n)) == NULL)
		return 0;
	while (rc == 0 && (server = strsep(&rest, ", ")) != NULL) {
		if ((command = flush_command(server)) != NULL)
			rc = next_add(n, "empty memcached", command,
			    "it still holds tokens and the catalogue with the "
			    "old addresses");
	}
	free(list);
	return rc;
}

int
next_memcached(struct next *n)
{
	char *command;

	if (next_unit_command(n, "memcached", &command) == -1)
		return -1;
	if (command == NULL && (next_there(n, "/etc/memcached.conf") ||
				   next_there(n, "/etc/sysconfig/memcached")))
		command = strdup("systemctl restart memcached");
	if (command != NULL)
		return next_add(n, "restart memcached", command, WHY);
	return flush_all(n);
}
