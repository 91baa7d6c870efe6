#include <string.h>

#include "archive/buf.h"
#include "archive/node/path.h"
#include "archive/warn.h"
#include "restore/allow/name_table.h"

#define NAMES (sizeof(names) / sizeof(names[0]))

const struct allow_name *
allow_names(size_t *n)
{

	*n = NAMES;
	return names;
}

static int
is_name(const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < NAMES; i++)
		if (strlen(names[i].name) == len &&
		    memcmp(names[i].name, name, len) == 0)
			return 1;
	return 0;
}

static void
say_names(void)
{
	struct buf all = BUF_EMPTY;
	size_t i;

	for (i = 0; i < NAMES; i++)
		if (buf_addf(&all, "%s%s", i > 0 ? ", " : "", names[i].name))
			goto out;
	warn_msg(
	    "--allow takes NAME or NAME:ITEM, NAME being one of: %s", all.data);
out:
	buf_free(&all);
}

int
allow_check(const char *const *given)
{
	size_t len;
	int rc = 0;

	for (; given != NULL && *given != NULL; given++) {
		len = strcspn(*given, ":");
		if (!is_name(*given, len))
			warn_msg("--allow %s: there is nothing of that name to "
				 "be allowed",
			    *given);
		else if (strcmp(*given + len, ":") == 0)
			warn_msg(
			    "--allow %s: no item behind the colon", *given);
		else
			continue;
		rc = -1;
	}
	if (rc == -1)
		say_names();
	return rc;
}

int
allow_released(const char *const *given, const char *name, const char *item)
{
	size_t len = strlen(name);

	for (; given != NULL && *given != NULL; given++) {
		if (strncmp(*given, name, len) != 0)
			continue;
		if ((*given)[len] == '\0' ||
		    ((*given)[len] == ':' && path_glob(*given + len + 1, item)))
			return 1;
	}
	return 0;
}
