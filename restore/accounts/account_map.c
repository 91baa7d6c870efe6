#include "restore/accounts/account_map.h"

#include <string.h>
#include <strings.h>

#include "archive/database/account_host.h"

/* rewrite_fn */
static int
keep_reason(void *cookie, const struct rewrite_place *place)
{
	const char **held = cookie;

	if (place->held != NULL)
		*held = place->held;
	return 0;
}

/* 1 when --also names the account. */
static int
released(void *cookie, const char *label)
{
	const struct held_cookie *c = cookie;

	return restore_also(c->r, c->item, label);
}

/* The octets or groups of ${net} that a pattern begins with. */
static int
put_head(const struct address *net, int prefix, struct buf *out)
{
	const unsigned char *b = net->bytes;
	int i, rc = 0;

	if (net->family == 4)
		for (i = 0; rc == 0 && i < prefix / 8; i++)
			rc = buf_addf(out, "%u.", (unsigned int)b[i]);
	else
		for (i = 0; rc == 0 && i < prefix / 16; i++)
			rc = buf_addf(out, "%x:",
			    (unsigned int)b[2 * i] << 8 |
				(unsigned int)b[2 * i + 1]);
	return rc;
}

static int
put_network(const char *host, const struct account_host *h,
    const struct address *new, struct buf *out)
{
	char text[ADDRESS_TEXT];

	if (host[h->tail] == '/') {
		address_print(new, text);
		if (buf_adds(out, text))
			return -1;
	} else if (put_head(new, h->prefix, out)) {
		return -1;
	}
	return buf_adds(out, host + h->tail);
}

static int
map_network(struct restore *r, const char *host, const struct account_host *h,
    int count, struct buf *out, const char **held)
{
	struct address new;
	size_t rule;

	switch (addrmap_network(r->map, &h->net, h->prefix, &new, &rule)) {
	case ADDRMAP_NONE:
		break;
	case ADDRMAP_PARTS:
		*held = HELD_PATTERN;
		break;
	case ADDRMAP_KEEP:
		if (count)
			addrmap_used(r->map, rule);
		break;
	case ADDRMAP_NEW:
		if (count)
			addrmap_used(r->map, rule);
		if (h->tail > 0)
			return put_network(host, h, &new, out);
		*held = HELD_SPELLED;
		break;
	}
	return buf_adds(out, host);
}

int
account_map(struct restore *r, const char *account, const char *host, int count,
    struct buf *out, const char **held)
{
	struct held_cookie cookie = { r, ITEM_ACCOUNT, account, account };
	struct rewrite_options opt = { .map = r->map,
		.released = released,
		.cookie = &cookie,
		.count = count };
	struct account_host h;
	int rc = -1;

	buf_clear(out);
	*held = NULL;
	account_host_read(host, &h);
	switch (h.bound) {
	case ACCOUNT_ANYWHERE:
		rc = buf_adds(out, host);
		break;
	case ACCOUNT_NETWORK:
		rc = map_network(r, host, &h, count, out, held);
		break;
	case ACCOUNT_ADDRESS:
	case ACCOUNT_NAME:
		rc = rewrite(&opt, PLACE_VALUE, host, strlen(host), out,
		    keep_reason, held);
		break;
	}
	if (rc != 0)
		return -1;
	return strcasecmp(out->data, host) != 0;
}
