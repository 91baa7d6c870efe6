#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"
#include "restore/files/names.h"
#include "restore/next/next_inner.h"

/* ".../nodes/IQN/ADDRESS,PORT,TPGT/..." : the address, or 0. */
static int
portal_of(const char *name, struct address *a)
{
	const char *at = strstr(name, "/nodes/"), *end;
	char text[ADDRESS_TEXT];
	size_t len;

	if (strncmp(name, "file:/etc/iscsi/", 16) != 0 &&
	    strncmp(name, "file:/var/lib/iscsi/", 20) != 0)
		return 0;
	if (at == NULL || (at = strchr(at + 7, '/')) == NULL ||
	    (end = strchr(++at, ',')) == NULL)
		return 0;
	len = (size_t)(end - at);
	if (len >= sizeof(text))
		return 0;
	memcpy(text, at, len);
	text[len] = '\0';
	return address_parse(text, a) == 0;
}

static int
add_portal(struct next *n, const struct address *a)
{
	struct buf command = BUF_EMPTY;
	char text[ADDRESS_TEXT];

	address_print(a, text);
	if (buf_addf(&command,
		"iscsiadm -m node -p %s -u; iscsiadm -m node -p %s -o delete",
		text, text) == -1) {
		buf_free(&command);
		return -1;
	}
	return next_add(n, "forget the iSCSI sessions of the old address",
	    buf_steal(&command),
	    "open-iscsi would log in there at each boot; nova makes new ones "
	    "when it attaches volumes");
}

/* A record that belongs to the new address now needs nothing.  1, 0, -1 said.
 */
static int
is_renamed(struct restore *r, const char *item)
{
	struct buf new = BUF_EMPTY;
	int rc = -1;

	if (names_new(r, item, &new) == 0)
		rc = strcmp(new.data, item) != 0;
	buf_free(&new);
	return rc;
}

int
next_iscsi(struct next *n)
{
	const struct manifest *m = n->r->manifest;
	struct address told[16], a, new;
	size_t i, k, ntold = 0;
	int renamed;

	for (i = 0; m != NULL && n->r->map != NULL && i < m->nitems; i++) {
		if (!portal_of(m->items[i]->name, &a) ||
		    addrmap_address(n->r->map, &a, &new, NULL) != ADDRMAP_NEW)
			continue;
		if ((renamed = is_renamed(n->r, m->items[i]->name)) == -1)
			return -1;
		for (k = 0; k < ntold && address_compare(&told[k], &a) != 0;)
			k++;
		if (renamed || k < ntold || ntold == 16)
			continue;
		told[ntold++] = a;
		if (add_portal(n, &a) == -1)
			return -1;
	}
	return 0;
}
