#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/buf.h"
#include "archive/node/root_internal.h"

/* The fifth word of a line of mountinfo, its octal escapes undone; NULL: there
 * is none. */
static char *
mount_point(char *line)
{
	char *word = line, *end, *from, *to;
	int i;

	for (i = 0; i < 4 && word != NULL; i++)
		if ((word = strchr(word, ' ')) != NULL)
			word++;
	if (word == NULL || (end = strchr(word, ' ')) == NULL)
		return NULL;
	*end = '\0';
	for (from = to = word; *from != '\0'; to++) {
		if (from[0] == '\\' && strspn(from + 1, "01234567") >= 3) {
			*to = (char)((from[1] - '0') << 6 |
				     (from[2] - '0') << 3 | (from[3] - '0'));
			from += 4;
		} else {
			*to = *from++;
		}
	}
	*to = '\0';
	return word;
}

int
root_is_mount(struct root *r, const char *path)
{
	struct buf full = BUF_EMPTY;
	char *line = NULL, *real, *at;
	int found = 0;
	size_t cap = 0;
	FILE *f;

	if ((real = realpath(r->dir, NULL)) == NULL)
		return 0;
	if (buf_addf(&full, "%s%s", strcmp(real, "/") == 0 ? "" : real, path))
		goto err1;
	if ((f = fopen("/proc/self/mountinfo", "re")) == NULL)
		goto err1;
	while (!found && getline(&line, &cap, f) != -1)
		found = (at = mount_point(line)) != NULL &&
			strcmp(at, full.data) == 0;
	free(line);
	fclose(f);
err1:
	buf_free(&full);
	free(real);
	return found;
}
