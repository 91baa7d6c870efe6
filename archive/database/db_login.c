#include "archive/database/db_login.h"

#include <stdlib.h>
#include <string.h>

#include "archive/buf.h"
#include "archive/manifest/manifest.h"

void
db_login_free(struct db_login *l)
{

	if (l->password != NULL)
		explicit_bzero(l->password, strlen(l->password));
	free(l->password);
	free(l->host);
	free(l->socket);
	free(l->user);
	free(l->label);
	memset(l, 0, sizeof(*l));
}

static int
same(const char *a, const char *b)
{

	if (a == NULL || b == NULL)
		return a == b;
	return strcmp(a, b) == 0;
}

/* How messages and the manifest name the server.  The default socket's path is
 * only known once connected. */
static int
set_label(struct db_login *l)
{
	struct buf b = BUF_EMPTY;
	const char *host = l->host == NULL ? "localhost" : l->host;

	if (l->socket != NULL) {
		if (buf_addf(&b, "unix:%s", l->socket))
			goto err0;
	} else if (!l->tcp) {
		if (buf_adds(&b, "unix:(default)"))
			goto err0;
	} else if (buf_addf(&b, strchr(host, ':') ? "tcp:[%s]:%u" : "tcp:%s:%u",
		       host, l->port)) {
		goto err0;
	}
	free(l->label);
	l->label = buf_steal(&b);
	return l->label == NULL ? -1 : 0;

err0:
	buf_free(&b);
	return -1;
}

int
db_login_set(
    struct db_login *l, const struct db_url *u, const struct db_defaults *d)
{
	const char *host = d->host != NULL ? d->host : u->host;
	const char *socket = d->socket;
	const char *password = d->password;
	int local;

	memset(l, 0, sizeof(*l));
	local = host == NULL || strcmp(host, "localhost") == 0;
	if (d->host != NULL && !local)
		socket = NULL;
	else if (socket == NULL && d->host == NULL)
		socket = u->socket;
	l->tcp = socket == NULL &&
		 (!local || (d->host == NULL && u->tcp && u->host != NULL));
	/* The URL's password is its own user's. */
	if (password == NULL && d->user == NULL)
		password = u->password;
	l->port = d->port != 0 ? d->port : u->port != 0 ? u->port : 3306;
	if (manifest_set(&l->host, host) || manifest_set(&l->socket, socket) ||
	    manifest_set(&l->user, d->user != NULL ? d->user : u->user) ||
	    manifest_set(&l->password, password) || set_label(l)) {
		db_login_free(l);
		return -1;
	}
	return 0;
}

int
db_login_same(const struct db_login *a, const struct db_login *b)
{

	return a->tcp == b->tcp && same(a->label, b->label) &&
	       same(a->user, b->user) && same(a->password, b->password);
}
