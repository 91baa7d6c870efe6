#include <stdint.h>
#include <string.h>

#include "archive/address/address.h"
#include "archive/bundle/slice.h"
#include "archive/manifest/manifest.h"
#include "archive/manifest/manifest_parsing.h"
#include "archive/manifest/manifest_private.h"
#include "archive/num.h"
#include "archive/warn.h"

int
manifest_refuse(const struct parsing *p, const char *why)
{

	warn_msg("%s: refused: %s", p->what, why);
	return -1;
}

int
manifest_address(const char *text, struct address *a)
{
	char again[ADDRESS_TEXT];

	if (address_parse(text, a) == -1)
		return -1;
	address_print(a, again);
	return strcmp(again, text) == 0 ? 0 : -1;
}

/* "[item,count]": two whole numbers, item of at least ${least}. */
static int
parse_pair(const struct slice *pair, size_t least, uint64_t v[2])
{
	struct slice s;
	char text[24];
	size_t n = 0;
	int rc;

	slice_start(&s, '[', pair->value, pair->len);
	while ((rc = slice_next(&s)) == 1) {
		if (n == 2 || s.len >= sizeof(text))
			return -1;
		memcpy(text, s.value, s.len);
		text[s.len] = '\0';
		if (num_u64(text, INT64_MAX, &v[n]) == -1)
			return -1;
		n++;
	}
	return rc == 0 && n == 2 && v[0] >= least && v[1] > 0 ? 0 : -1;
}

/* The index is the largest list by far, and holds numbers only: no trees. */
int
manifest_parse_index(const struct parsing *p, const struct slice *index)
{
	struct address a, last = { 0, { 0 } };
	char text[ADDRESS_TEXT];
	struct slice s, pair;
	uint64_t v[2];
	size_t least;
	int rc, in;

	slice_start(&s, '{', index->value, index->len);
	while ((rc = slice_next(&s)) == 1) {
		if (s.keylen >= sizeof(text))
			return manifest_refuse(
			    p, "the index holds what is no address");
		memcpy(text, s.key, s.keylen);
		text[s.keylen] = '\0';
		if (strlen(text) != s.keylen ||
		    manifest_address(text, &a) == -1)
			return manifest_refuse(
			    p, "the index holds what is no address");
		if (last.family != 0 && address_compare(&last, &a) >= 0)
			return manifest_refuse(p, "the index is not in order");
		last = a;
		least = 0;
		slice_start(&pair, '[', s.value, s.len);
		while ((in = slice_next(&pair)) == 1) {
			if (parse_pair(&pair, least, v) == -1 ||
			    v[0] >= p->m->nitems)
				return manifest_refuse(
				    p, "a bad entry in the index");
			if (manifest_weigh(p, MANIFEST_WEIGHT_COUNT) == -1 ||
			    manifest_add_count(p->m, &a, v[0], v[1]) == -1)
				return -1;
			least = v[0] + 1;
		}
		if (in == -1 || least == 0)
			return manifest_refuse(p, "a bad entry in the index");
	}
	if (rc == -1)
		return manifest_refuse(
		    p, "the index is no JSON that can be read");
	manifest_sort_by_item(p->m->index, p->m->nindex);
	return 0;
}
