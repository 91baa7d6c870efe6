#include "restore/preflight/listening.h"

#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"
#include "restore/facts/facts_internal.h"
#include "restore/preflight/listens.h"
#include "restore/preflight/sockets.h"

/* What is compared with what. */
struct look {
	struct facts facts; /* interfaces only */
	const struct listens *said;
	struct socket_row *socket;
	size_t n;
	struct listening *out;
};

void
listening_free(struct listening *l)
{
	size_t i;

	for (i = 0; i < l->n; i++) {
		free(l->row[i].item);
		free(l->row[i].place);
	}
	free(l->row);
	memset(l, 0, sizeof(*l));
}

static struct listening_row *
new_row(struct listening *l, const struct address *a, unsigned int port,
    enum listening_state state, const struct socket_row *socket)
{
	struct listening_row *more;

	more = reallocarray(l->row, l->n + 1, sizeof(*more));
	if (more == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	l->row = more;
	more += l->n++;
	memset(more, 0, sizeof(*more));
	more->addr = *a;
	more->port = port;
	more->state = state;
	if (socket != NULL) {
		more->pid = socket->owner.pid;
		memcpy(
		    more->program, socket->owner.name, sizeof(more->program));
	}
	return more;
}

static int
is_wildcard(const struct address *a)
{
	static const unsigned char zero[16];

	return memcmp(a->bytes, zero, a->family == 4 ? 4 : 16) == 0;
}

/* The socket that takes connections to that address and port, or NULL. */
static const struct socket_row *
taker(const struct look *k, const struct listen *l)
{
	const struct socket_row *s;
	size_t i;

	for (i = 0; i < k->n; i++) {
		s = &k->socket[i];
		if (s->port != l->port)
			continue;
		/* "::" takes IPv4, too, unless told otherwise. */
		if (address_compare(&s->addr, &l->addr) == 0 ||
		    (is_wildcard(&s->addr) &&
			(s->addr.family == l->addr.family ||
			    s->addr.family == 6)))
			return s;
	}
	return NULL;
}

/* What the configuration says. */
static int
add_said(struct look *k)
{
	const struct socket_row *s;
	const struct listen *l;
	struct listening_row *row;
	size_t i;

	for (i = 0; i < k->said->n; i++) {
		l = &k->said->l[i];
		if (l->port == 0 || address_special(&l->addr) ||
		    (!l->must && !facts_has_address(&k->facts, &l->addr)))
			continue;
		s = taker(k, l);
		row = new_row(k->out, &l->addr, l->port,
		    s != NULL ? LISTENING_YES : LISTENING_NO, s);
		if (row == NULL)
			return -1;
		row->item = strdup(l->item);
		row->place = strdup(l->place);
		if (row->item == NULL || row->place == NULL) {
			warn_msg("out of memory");
			return -1;
		}
	}
	return 0;
}

/* What listens where nobody comes. */
static int
add_nowhere(struct look *k)
{
	const struct socket_row *s;
	size_t i;

	for (i = 0; i < k->n; i++) {
		s = &k->socket[i];
		if (!facts_has_address(&k->facts, &s->addr) &&
		    new_row(k->out, &s->addr, s->port, LISTENING_NOWHERE, s) ==
			NULL)
			return -1;
	}
	return 0;
}

enum outcome
listening_find(struct restore *r, struct listening *out)
{
	struct look k = { .n = 0, .out = out };
	enum outcome rc;

	memset(out, 0, sizeof(*out));
	if ((rc = listens_find(r, &k.said)) == OUTCOME_DONE &&
	    (facts_interfaces(&k.facts) || sockets_listening(&k.socket, &k.n) ||
		add_said(&k) || add_nowhere(&k)))
		rc = OUTCOME_FAILED;
	if (rc != OUTCOME_DONE)
		listening_free(out);
	free(k.socket);
	facts_clear(&k.facts);
	return rc;
}
