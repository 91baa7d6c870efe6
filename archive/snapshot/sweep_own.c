#include "archive/snapshot/sweep_own.h"

#include "archive/address/inner.h"

struct find *
sweep_own(const struct manifest *m)
{
	char text[ADDRESS_TEXT];
	struct find *find;
	size_t i;

	if ((find = find_new()) == NULL)
		return NULL;
	for (i = 0; i < m->nown; i++) {
		address_print(&m->own[i].addr, text);
		if (find_add(find, text)) {
			find_free(find);
			return NULL;
		}
	}
	return find;
}

static int
holds(const struct find *own, const char *bytes, size_t len)
{
	size_t off, mlen;

	return find_match(own, bytes, len, &off, &mlen) > 0;
}

/* inner_fn */
static int
inside(void *cookie, const char *how, const char *bytes, size_t len)
{

	(void)how;
	return holds(cookie, bytes, len);
}

/* place_fn */
static int
in_place(void *cookie, const struct place *p)
{

	return inner_walk(p->bytes, p->len, inside, cookie);
}

int
sweep_own_holds(const struct find *own, enum place_format format,
    const char *bytes, size_t len)
{
	union {
		const struct find *own;
		void *cookie;
	} u = { own };
	int rc;

	if (holds(own, bytes, len))
		return 1;
	/* As a whole first: a gzip is cut into no places. */
	if ((rc = inner_walk(bytes, len, inside, u.cookie)) != 0)
		return rc;
	if (format == PLACE_OPAQUE || format == PLACE_VALUE)
		return 0;
	return place_walk_any(format, bytes, len, in_place, u.cookie);
}
