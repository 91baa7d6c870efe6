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

const char *
account_held_name(const char *held)
{

	if (strcmp(held, HELD_PARTS) == 0)
		return "parts";
	if (strcmp(held, HELD_DASHED) == 0)
		return "dashed";
	return strcmp(held, HELD_PADDED) == 0 ? "padded" : "pattern";
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
map_network(struct restore *r, const char *account, const char *host,
    const struct account_host *h, int count, struct buf *out, const char **held)
{
	enum addrmap_answer answer;
	struct address new;
	size_t rule;

	answer = addrmap_network(r->map, &h->net, h->prefix, &new, &rule);
	if (answer == ADDRMAP_PARTS && address_compare(&new, &h->net) == 0) {
		*held = HELD_PATTERN;
		return buf_adds(out, host);
	}
	if (answer == ADDRMAP_PARTS && !restore_also(r, account, NULL)) {
		*held = HELD_PARTS;
		return buf_adds(out, host);
	}
	if (answer != ADDRMAP_NONE && count)
		addrmap_used(r->map, rule);
	if (answer == ADDRMAP_NONE || answer == ADDRMAP_KEEP)
		return buf_adds(out, host);
	if (h->tail == 0) {
		*held = HELD_SPELLED;
		return buf_adds(out, host);
	}
	return put_network(host, h, &new, out);
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
		rc = map_network(r, account, host, &h, count, out, held);
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
