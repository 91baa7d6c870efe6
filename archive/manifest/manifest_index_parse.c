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

/* A number at ${*at}, in front of ${end}, as it is printed: 0, or -1. */
static int
parse_number(const char **at, const char *end, uint64_t *v)
{
	const char *s = *at;

	for (*v = 0; s < end && s - *at < 18 && *s >= '0' && *s <= '9'; s++)
		*v = *v * 10 + (uint64_t)(*s - '0');
	if (s == *at || (**at == '0' && s - *at > 1))
		return -1;
	*at = s;
	return 0;
}

/* "[item,count]" just as it is printed: its length, or 0. */
static size_t
parse_quick(const char *bytes, const char *end, uint64_t v[2])
{
	const char *s = bytes;

	if (s == end || *s++ != '[' || parse_number(&s, end, &v[0]) == -1 ||
	    s == end || *s++ != ',' || parse_number(&s, end, &v[1]) == -1 ||
	    s == end || *s++ != ']')
		return 0;
	return (size_t)(s - bytes);
}

/* "[item,count]": two whole numbers. */
static int
parse_pair(struct slice *pair, uint64_t v[2])
{
	size_t n = parse_quick(pair->value, pair->end, v);
	struct slice s;
	char text[24];
	int rc;

	if (n > 0) {
		slice_took(pair, n);
		return 0;
	}
	if (slice_whole(pair) == -1)
		return -1;
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
	return rc == 0 && n == 2 ? 0 : -1;
}

/* Where it stands, and how often, to the end of ${pairs}: 0, or -1 said. */
static int
parse_counts(
    const struct parsing *p, const struct address *a, struct slice *pairs)
{
	size_t least = 0;
	uint64_t v[2];
	int rc;

	while ((rc = slice_peek(pairs)) == 1) {
		if (parse_pair(pairs, v) == -1 || v[0] < least || v[1] == 0 ||
		    v[0] >= p->m->nitems)
			return manifest_refuse(p, "a bad entry in the index");
		if (manifest_weigh(p, MANIFEST_WEIGHT_COUNT) == -1 ||
		    manifest_add_count(p->m, a, v[0], v[1]) == -1)
			return -1;
		least = v[0] + 1;
	}
	return rc == -1 || least == 0
		   ? manifest_refuse(p, "a bad entry in the index")
		   : 0;
}

/* The index is the largest list by far, and holds numbers only: no trees. */
int
manifest_parse_index(const struct parsing *p, struct slice *index)
{
	struct address a, last = { 0, { 0 } };
	char text[ADDRESS_TEXT];
	struct slice pairs;
	int rc;

	while ((rc = slice_peek(index)) == 1) {
		if (index->keylen >= sizeof(text))
			return manifest_refuse(
			    p, "the index holds what is no address");
		memcpy(text, index->key, index->keylen);
		text[index->keylen] = '\0';
		if (strlen(text) != index->keylen ||
		    manifest_address(text, &a) == -1)
			return manifest_refuse(
			    p, "the index holds what is no address");
		if (last.family != 0 && address_compare(&last, &a) >= 0)
			return manifest_refuse(p, "the index is not in order");
		last = a;
		slice_into(index, '[', &pairs);
		if (parse_counts(p, &a, &pairs) == -1)
			return -1;
		slice_out(index, &pairs);
	}
	if (rc == -1)
		return manifest_refuse(
		    p, "the index is no JSON that can be read");
	manifest_sort_by_item(p->m->index, p->m->nindex);
	return 0;
}
