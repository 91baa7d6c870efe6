#include "restore/allow/row.h"

#include <string.h>

#include "archive/libvirt/virt_xml.h"

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

const struct allow_row *
row_find(const struct allow_row *rows, size_t n, const struct row_at *at,
    const char *attr)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (row_fits(rows[i].path, at, attr))
			return &rows[i];
	return NULL;
}
