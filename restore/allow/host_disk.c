#include "restore/allow/host_disk.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "archive/warn.h"

/* "259:2" */
#define NUMBERS 32

/* Is a file system on the device mounted?  By the third word of each line. */
static int
is_mounted(const char *numbers)
{
	char *line = NULL, have[NUMBERS];
	size_t size = 0;
	int rc = 0;
	FILE *f;

	if ((f = fopen("/proc/self/mountinfo", "re")) == NULL)
		return 0;
	while (rc == 0 && getline(&line, &size, f) != -1)
		rc = sscanf(line, "%*s %*s %31s", have) == 1 &&
		     strcmp(have, numbers) == 0;
	free(line);
	(void)fclose(f);
	return rc;
}

static int
is_swap(const char *numbers)
{
	char *line = NULL, *end, have[NUMBERS];
	size_t size = 0;
	struct stat st;
	int rc = 0;
	FILE *f;

	if ((f = fopen("/proc/swaps", "re")) == NULL)
		return 0;
	while (rc == 0 && getline(&line, &size, f) != -1) {
		end = strpbrk(line, " \t");
		if (line[0] != '/' || end == NULL)
			continue;
		*end = '\0';
		if (stat(line, &st) == -1 || !S_ISBLK(st.st_mode))
			continue;
		(void)snprintf(have, sizeof(have), "%u:%u", major(st.st_rdev),
		    minor(st.st_rdev));
		rc = strcmp(have, numbers) == 0;
	}
	free(line);
	(void)fclose(f);
	return rc;
}

/* Has the folder anything in it? */
static int
has_entries(const char *folder)
{
	struct dirent *e;
	int rc = 0;
	DIR *d;

	if ((d = opendir(folder)) == NULL)
		return 0;
	while (rc == 0 && (e = readdir(d)) != NULL)
		rc = e->d_name[0] != '.';
	(void)closedir(d);
	return rc;
}

/* What the host does with a device or partition; NULL: nothing. */
static const char *
use_of(const char *sys, const char *numbers)
{
	char folder[600];

	if (is_mounted(numbers))
		return "is mounted";
	if (is_swap(numbers))
		return "is swapped to";
	(void)snprintf(folder, sizeof(folder), "%s/holders", sys);
	return has_entries(folder) ? "has something built on it" : NULL;
}

/* The same of its partitions. */
static const char *
use_of_parts(const char *sys)
{
	const char *use = NULL;
	char part[512], name[600], numbers[NUMBERS];
	struct dirent *e;
	DIR *d;
	FILE *f;

	if ((d = opendir(sys)) == NULL)
		return NULL;
	while (use == NULL && (e = readdir(d)) != NULL) {
		if (e->d_name[0] == '.')
			continue;
		(void)snprintf(part, sizeof(part), "%s/%.255s", sys, e->d_name);
		(void)snprintf(name, sizeof(name), "%s/partition", part);
		if (access(name, F_OK) == -1)
			continue;
		(void)snprintf(name, sizeof(name), "%s/dev", part);
		if ((f = fopen(name, "re")) == NULL)
			continue;
		if (fscanf(f, "%31s", numbers) == 1)
			use = use_of(part, numbers);
		(void)fclose(f);
	}
	(void)closedir(d);
	return use;
}

int
host_disk(struct root *r, const char *path, struct buf *why)
{
	char numbers[NUMBERS], sys[64];
	const char *use;
	struct stat st;
	int fd, rc;

	rc = root_peek(r, path, &st, &fd);
	if (fd != -1)
		close(fd);
	if (rc != 1)
		return 0;
	if (!S_ISBLK(st.st_mode))
		return buf_adds(why, "is no block device") ? -1 : 1;
	(void)snprintf(numbers, sizeof(numbers), "%u:%u", major(st.st_rdev),
	    minor(st.st_rdev));
	(void)snprintf(sys, sizeof(sys), "/sys/dev/block/%s", numbers);
	if ((use = use_of(sys, numbers)) == NULL)
		use = use_of_parts(sys);
	if (use == NULL)
		return 0;
	return buf_addf(why, "%s by this host", use) ? -1 : 1;
}
