#include "restore/allow/row.h"

#include <libxml/hash.h>
#include <stdlib.h>
#include <string.h>

#include "archive/buf.h"
#include "archive/libvirt/virt_xml.h"
#include "archive/warn.h"

/* So many places are remembered: definitions have some hundred sorts. */
#define FOUND_MOST 4096

struct row_found {
	xmlHashTablePtr table; /* the row, or ${none} */
	struct buf place;
	char none;
};

static int
list_has(const char *list, size_t len, char by, const char *word)
{
	size_t n, want = strlen(word);
	const char *end = list + len, *bar;

	for (; list <= end; list += n + 1) {
		bar = memchr(list, by, (size_t)(end - list));
		n = bar != NULL ? (size_t)(bar - list) : (size_t)(end - list);
		if (n == want && memcmp(list, word, n) == 0)
			return 1;
	}
	return 0;
}

int
row_has(const char *words, char by, const char *word)
{

	return list_has(
	    words, strlen(words), by, word[0] == '\0' ? "''" : word);
}

/* Is the element what a part of a path says? */
static int
part_fits(const char *part, size_t len, xmlNodePtr node)
{
	const char *types = memchr(part, '[', len);
	xmlChar *type;
	int fits;

	if (!list_has(part, types != NULL ? (size_t)(types - part) : len, '|',
		(const char *)node->name))
		return 0;
	if (types == NULL)
		return 1;
	types++;
	if ((type = virt_xml_attr(node, "type")) == NULL)
		return 0;
	fits = list_has(
	    types, (size_t)(part + len - 1 - types), '|', (const char *)type);
	xmlFree(type);
	return fits;
}

static int
row_fits(const char *path, const struct row_at *at, const char *attr)
{
	size_t i, len;

	for (i = 0; i < at->n; i++) {
		if (strcmp(path, "**") == 0)
			return 1;
		len = strcspn(path, "/@");
		if (len == 0 || !part_fits(path, len, at->chain[i]))
			return 0;
		path += len;
		if (*path == '/')
			path++;
	}
	if (strcmp(path, "**") == 0)
		return 1;
	if (attr == NULL)
		return *path == '\0';
	return *path == '@' &&
	       (strcmp(path, "@*") == 0 || row_has(path + 1, '|', attr));
}

struct row_found *
row_found_new(void)
{
	struct row_found *found;

	if ((found = calloc(1, sizeof(*found))) == NULL ||
	    (found->table = xmlHashCreate(256)) == NULL) {
		warn_msg("out of memory");
		free(found);
		return NULL;
	}
	return found;
}

void
row_found_free(struct row_found *found)
{

	if (found == NULL)
		return;
	xmlHashFree(found->table, NULL);
	buf_free(&found->place);
	free(found);
}

/* All that a row looks at, as a text that no other place has: names have none
 * of these signs, and a type has its length in front.  0, or -1 without memory.
 */
static int
write_place(struct buf *out, const struct row_at *at, const char *attr)
{
	xmlChar *type;
	size_t i;
	int rc = 0;

	buf_clear(out);
	for (i = 0; i < at->n && rc == 0; i++) {
		type = virt_xml_attr(at->chain[i], "type");
		rc = buf_addf(out, "/%s", (const char *)at->chain[i]->name);
		if (rc == 0 && type != NULL)
			rc = buf_addf(out, "[%zu:%s", strlen((char *)type),
			    (const char *)type);
		xmlFree(type);
	}
	return rc == 0 ? buf_addf(out, "@%s", attr != NULL ? attr : "") : -1;
}

static const struct allow_row *
find(const struct allow_row *rows, size_t n, const struct row_at *at,
    const char *attr)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (row_fits(rows[i].path, at, attr))
			return &rows[i];
	return NULL;
}

const struct allow_row *
row_find(struct row_found *found, const struct allow_row *rows, size_t n,
    const struct row_at *at, const char *attr)
{
	const struct allow_row *row;
	const xmlChar *place;
	void *known;

	if (found == NULL || write_place(&found->place, at, attr))
		return find(rows, n, at, attr);
	place = (const xmlChar *)found->place.data;
	if ((known = xmlHashLookup(found->table, place)) != NULL)
		return known != &found->none ? known : NULL;
	row = find(rows, n, at, attr);
	known = &found->none;
	if (row != NULL)
		memcpy(&known, &row, sizeof(row));
	/* Without memory for it, it is looked for again. */
	if (xmlHashSize(found->table) < FOUND_MOST)
		(void)xmlHashAddEntry(found->table, place, known);
	return row;
}
