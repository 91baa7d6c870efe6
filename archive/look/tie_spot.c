#include "archive/look/tie_spot.h"

#include <fnmatch.h>
#include <string.h>

#include "archive/look/tie_spot_table.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

const char *
tie_option(const char *label, size_t *len)
{
	const char *name = label;

	if (*name == '[') {
		if ((name = strstr(name, "] ")) == NULL)
			return NULL;
		name += 2;
	} else if (strncmp(name, "--", 2) == 0) {
		name += 2;
	} else {
		return NULL;
	}
	*len = strcspn(name, "#");
	return name;
}

static int
is_option(const char *label, const char *want)
{
	const char *name;
	size_t len;

	name = tie_option(label, &len);
	return name != NULL && strlen(want) == len &&
	       memcmp(name, want, len) == 0;
}

/* Is a label that of ${want}, a column or a place inside it? */
static int
is_label(const char *label, const char *want)
{
	size_t len = strlen(want);

	return strncmp(label, want, len) == 0 &&
	       (label[len] == '\0' || strchr(" .[#", label[len]) != NULL);
}

/* "/domain/devices/disk[2]/source/@dev" is "/domain/devices/disk/source/@dev".
 */
static int
is_path(const char *label, const char *want)
{

	while (*label != '\0') {
		if (*label == '[') {
			label += strcspn(label, "]");
			if (*label != '\0')
				label++;
		} else if (*label++ != *want++) {
			return 0;
		}
	}
	return *want == '\0';
}

/* Is it the table "role.table"? */
static int
is_table(const struct item *item, const char *want)
{
	size_t len;

	if (item->kind != ITEM_TABLE)
		return 0;
	len = strlen(item->table->role);
	return strncmp(want, item->table->role, len) == 0 && want[len] == '.' &&
	       strcmp(want + len + 1, item->table->table) == 0;
}

static int
in_file(const struct item *item, const char *glob)
{

	return item->kind == ITEM_FILE &&
	       fnmatch(glob, item->name + strlen("file:"), 0) == 0;
}

static int
is_there(const struct tie_spot *s, const struct sweep_place *p)
{

	switch (s->kind) {
	case OPTION:
		return in_file(p->item, s->in) && is_option(p->label, s->at);
	case LINE:
		return in_file(p->item, s->in) &&
		       memmem(p->bytes, p->len, s->at, strlen(s->at)) != NULL;
	case COLUMN:
		return is_table(p->item, s->in) && is_label(p->label, s->at);
	case XML:
		return p->item->virt != NULL &&
		       strcmp(item_kind_name(p->item->kind), s->in) == 0 &&
		       is_path(p->label, s->at);
	case ITEM:
		return fnmatch(s->in, p->item->name, 0) == 0;
	}
	return 0;
}

int
tie_is_public(const struct sweep_place *p)
{
	size_t i;

	if (p->item->kind == ITEM_FILE) {
		for (i = 0; i < COUNT(tie_public_options); i++)
			if (is_option(p->label, tie_public_options[i]))
				return 1;
		return 0;
	}
	for (i = 0; i < COUNT(tie_public_columns); i++)
		if (is_table(p->item, tie_public_columns[i].in) &&
		    is_label(p->label, tie_public_columns[i].at))
			return 1;
	return 0;
}

const char *
tie_next(const struct sweep_place *p, size_t *pos)
{

	while (*pos < COUNT(tie_spots))
		if (is_there(&tie_spots[(*pos)++], p))
			return tie_spots[*pos - 1].tie;
	return NULL;
}
