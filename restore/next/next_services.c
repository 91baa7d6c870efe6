#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"
#include "restore/next/next_inner.h"
#include "restore/next/next_steps_table.h"

#define ROWS (sizeof(next_rows) / sizeof(next_rows[0]))

/* Where services are described, and whether systemd reads it. */
static const struct {
	const char *folder, *end;
	int systemd;
} folders[] = {
	{ "/etc/systemd/system/", ".service", 1 },
	{ "/lib/systemd/system/", ".service", 1 },
	{ "/usr/lib/systemd/system/", ".service", 1 },
	{ "/etc/init/", ".conf", 0 },
	{ "/etc/init.d/", "", 0 },
};

/* What is found of the units of a row. */
struct found {
	struct buf names; /* each with a space in front */
	int n, systemd;
};

/* Is a service of that name described here? */
static int
is_here(const struct next *n, const char *name, size_t len, int *systemd)
{
	char path[256];
	size_t i;

	for (i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		snprintf(path, sizeof(path), "%s%.*s%s", folders[i].folder,
		    (int)len, name, folders[i].end);
		if (next_there(n, path)) {
			*systemd = folders[i].systemd;
			return 1;
		}
	}
	return 0;
}

/* One word of a row: the first of its names that is here; with ${any}, the
 * first one, unless it must be found. */
static int
take_word(const struct next *n, const char *word, size_t len, int any,
    struct found *f)
{
	int optional = word[len - 1] == '?', systemd = 1;
	const char *name = word, *end = word + len - (optional ? 1 : 0);
	size_t l;

	for (; name < end; name += l + 1) {
		l = strcspn(name, "|? ");
		if (!is_here(n, name, l, &systemd) && !(any && !optional))
			continue;
		f->n++;
		f->systemd &= systemd;
		return buf_addf(&f->names, " %.*s", (int)l, name);
	}
	return 0;
}

static int
find_units(const struct next *n, const char *units, int any, struct found *f)
{
	size_t len;

	for (; *units != '\0'; units += len + strspn(units + len, " ")) {
		len = strcspn(units, " ");
		if (take_word(n, units, len, any, f) == -1)
			return -1;
	}
	return 0;
}

/* systemctl takes them all at once, service one at a time. */
static int
make_command(const struct found *f, char **command)
{
	struct buf out = BUF_EMPTY;
	const char *s;
	size_t len;

	if (f->systemd) {
		if (buf_addf(&out, "systemctl restart%s", f->names.data))
			return -1;
	}
	for (s = f->names.data; !f->systemd && *s == ' '; s += len) {
		len = 1 + strcspn(s + 1, " ");
		if (buf_addf(&out, "%sservice%.*s restart",
			out.len > 0 ? "; " : "", (int)len, s)) {
			buf_free(&out);
			return -1;
		}
	}
	*command = buf_steal(&out);
	return *command == NULL ? -1 : 0;
}

static int
unit_command(const struct next *n, const char *units, int any, char **command)
{
	struct found f = { .systemd = 1 };
	int rc;

	*command = NULL;
	rc = find_units(n, units, any, &f);
	if (rc == 0 && f.n > 0)
		rc = make_command(&f, command);
	buf_free(&f.names);
	return rc;
}

int
next_unit_command(const struct next *n, const char *units, char **command)
{

	return unit_command(n, units, 0, command);
}

/* Is any service of the table described here?  Else their usual names are
 * taken: below --root there may be configuration alone. */
static int
knows_units(const struct next *n)
{
	struct found f = { .systemd = 1 };
	size_t i;
	int rc = 0;

	for (i = 0; i < ROWS && rc == 0 && f.n == 0; i++) {
		if (next_rows[i].units != NULL)
			rc = find_units(n, next_rows[i].units, 0, &f);
	}
	buf_free(&f.names);
	return rc == -1 ? -1 : f.n > 0;
}

static char *
fill(const struct next *n, const char *command)
{
	const char *host = n->r->site == NULL ? NULL : n->r->site->host;
	struct buf out = BUF_EMPTY;
	const char *at = strstr(command, "%s");
	int rc;

	if (at == NULL)
		rc = buf_adds(&out, command);
	else
		rc = buf_addf(&out, "%.*s%s%s", (int)(at - command), command,
		    host == NULL ? "$(hostname)" : host, at + 2);
	if (rc == -1) {
		buf_free(&out);
		return NULL;
	}
	return buf_steal(&out);
}

/* May the row be shown where no unit is found? */
static int
is_likely(const struct next *n, const struct next_row *row)
{

	if (row->role != NULL && !next_role(n, row->role))
		return 0;
	return row->there == NULL || next_there(n, row->there);
}

static int
add_row(struct next *n, const struct next_row *row, int known)
{
	char *command = NULL;

	if (row->find != NULL)
		return row->find(n);
	if (row->changed != NULL && !next_changed(n, row->changed))
		return 0;
	if (row->units != NULL) {
		if (unit_command(n, row->units, !known && is_likely(n, row),
			&command) == -1)
			return -1;
		if (command == NULL)
			return 0;
	} else if ((command = fill(n, row->command)) == NULL) {
		return -1;
	}
	return next_add(n, row->text, command, row->why);
}

int
next_services(struct next *n)
{
	int known;
	size_t i;

	if ((known = knows_units(n)) == -1)
		return -1;
	for (i = 0; i < ROWS; i++) {
		if (add_row(n, &next_rows[i], known) == -1)
			return -1;
	}
	return 0;
}
