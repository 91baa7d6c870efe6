#include <string.h>

#include "archive/node/fileset.h"
#include "archive/node/fileset_table.h"
#include "archive/node/oslo.h"
#include "archive/node/path.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

/* A NUL byte this early makes a file binary. */
#define LOOK 8192

static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

/* The form that the table gives to a file of a set. */
static enum fileset_form
form_of(const char *path, const char *set)
{
	const char *last;
	size_t i;

	for (i = 0; i < COUNT(fileset_rows); i++) {
		if (strcmp(fileset_rows[i].set, set) != 0)
			continue;
		last = base_name(fileset_rows[i].glob);
		if (path_glob(last, base_name(path)))
			return fileset_rows[i].form;
	}
	return AUTO;
}

static int
ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && strcmp(s + n - m, end) == 0;
}

static int
is_key(const char *path, const char *bytes, size_t len)
{
	static const char begin[] = "-----BEGIN ", key[] = "PRIVATE KEY-----";
	const char *line;
	size_t i;

	for (i = 0; i < COUNT(fileset_keys); i++)
		if (path_glob(fileset_keys[i], path))
			return 1;
	if (len < sizeof(begin) - 1 ||
	    memcmp(bytes, begin, sizeof(begin) - 1) != 0)
		return 0;
	if ((line = memchr(bytes, '\n', len)) == NULL)
		line = bytes + len;
	return memmem(bytes, (size_t)(line - bytes), key, sizeof(key) - 1) !=
	       NULL;
}

/* Could every line stand in an ini file?  Many .conf files are none. */
static int
is_ini(const char *bytes, size_t len)
{
	const char *at = bytes, *end = bytes + len, *nl;
	size_t n;

	for (; at < end; at = nl + 1) {
		if ((nl = memchr(at, '\n', (size_t)(end - at))) == NULL)
			nl = end;
		n = (size_t)(nl - at);
		if (n == 0 || strchr("#;[ \t\r", *at) != NULL)
			continue;
		if (memchr(at, '=', n) == NULL && memchr(at, ':', n) == NULL)
			return 0;
	}
	return 1;
}

enum place_format
fileset_format(const char *path, const char *set, const char *bytes, size_t len)
{

	if (memchr(bytes, '\0', len < LOOK ? len : LOOK) != NULL ||
	    is_key(path, bytes, len))
		return PLACE_OPAQUE;
	switch (form_of(path, set)) {
	case TEXT:
		return PLACE_TEXT;
	case XML:
		return PLACE_XML;
	case JSON:
		return PLACE_JSON;
	case BINARY:
		return PLACE_OPAQUE;
	case AUTO:
		break;
	}
	if (ends_with(path, ".xml"))
		return PLACE_XML;
	if (ends_with(path, ".json"))
		return PLACE_JSON;
	if (oslo_dialect(bytes, len) == PLACE_FLAGS)
		return PLACE_FLAGS;
	if ((ends_with(path, ".conf") || ends_with(path, ".ini")) &&
	    is_ini(bytes, len))
		return PLACE_INI;
	return PLACE_TEXT;
}

size_t
fileset_kept(const char *path)
{
	size_t i, len;

	for (i = 0; i < COUNT(fileset_renamed); i++) {
		len = strlen(fileset_renamed[i]);
		if (strncmp(path, fileset_renamed[i], len) == 0)
			return len;
	}
	return strlen(path);
}
