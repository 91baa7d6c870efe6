#include "cmd/options.h"

#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"
#include "cmd/options_inner.h"
#include "cmd/options_table.h"

#define ROWS (sizeof(rows) / sizeof(rows[0]))

void *
options_member(struct options *o, size_t offset)
{

	return (char *)o + offset;
}

const struct option_row *
options_rows(size_t *n)
{

	*n = ROWS;
	return rows;
}

const struct command_row *
options_command(enum command c)
{

	return &commands[c];
}

const char *
options_command_name(enum command c)
{

	return commands[c].name;
}

const char *
options_command_operands(enum command c)
{

	return commands[c].operands;
}

const char *
options_command_about(enum command c)
{

	return commands[c].about;
}

const char *
options_command_manual(enum command c)
{

	return commands[c].manual;
}

int
options_command_parse(const char *name)
{
	int c;

	for (c = 0; c < COMMANDS; c++) {
		if (strcmp(commands[c].name, name) == 0)
			return c;
	}
	return -1;
}

/* The row of an option of this subcommand, its name ending at len; or NULL. */
static const struct option_row *
find_row(unsigned bit, const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < ROWS; i++) {
		if ((rows[i].commands & bit) != 0 &&
		    strlen(rows[i].name) == len &&
		    memcmp(rows[i].name, name, len) == 0)
			return &rows[i];
	}
	return NULL;
}

/* Is value one of the words between the bars of choices? */
static int
is_choice(const char *choices, const char *value)
{
	size_t len = strlen(value), n;
	const char *s;

	for (s = choices;; s += n + 1) {
		n = strcspn(s, "|");
		if (n == len && memcmp(s, value, n) == 0)
			return 1;
		if (s[n] == '\0')
			return 0;
	}
}

/* Append to a list; room for every argument is made at its first use. */
static int
list_add(struct reader *r, const char ***list, const char *value)
{
	size_t n = 0;

	if (*list == NULL) {
		*list = calloc((size_t)r->argc + 1, sizeof(**list));
		if (*list == NULL) {
			warn_msg("out of memory");
			return -1;
		}
	}
	while ((*list)[n] != NULL)
		n++;
	(*list)[n] = value;
	return 0;
}

static void
set_flag(struct reader *r, const struct option_row *row, const char *value)
{
	int *flag = options_member(r->o, row->offset);

	if (value != NULL) {
		warn_msg("--%s takes no value", row->name);
		r->wrong = 1;
	}
	*flag = 1;
}

static void
set_value(struct reader *r, const struct option_row *row, const char *value)
{
	const char **one;

	if (value[0] == '\0') {
		warn_msg("--%s needs a value: %s", row->name, row->value);
		r->wrong = 1;
		return;
	}
	if (strchr(row->value, '|') != NULL && !is_choice(row->value, value)) {
		warn_msg(
		    "--%s %s: must be one of %s", row->name, value, row->value);
		r->wrong = 1;
		return;
	}
	if (row->list) {
		if (list_add(r, options_member(r->o, row->offset), value))
			r->wrong = 1;
		return;
	}
	one = options_member(r->o, row->offset);
	if (*one != NULL) {
		warn_msg("--%s is given twice", row->name);
		r->wrong = 1;
	}
	*one = value;
}

/* One argument that starts with "--" and has more behind it. */
static void
read_option(struct reader *r, const char *arg)
{
	const char *name = arg + 2, *value = NULL;
	size_t len = strcspn(name, "=");
	const struct option_row *row;

	if (name[len] == '=')
		value = name + len + 1;
	if ((row = find_row(r->bit, name, len)) == NULL) {
		warn_msg("unknown option --%.*s; novark %s --help lists them",
		    (int)(len < 64 ? len : 64), name,
		    commands[r->o->command].name);
		r->wrong = 1;
		return;
	}
	if (row->value == NULL) {
		set_flag(r, row, value);
		return;
	}
	if (value == NULL && r->next < r->argc &&
	    strncmp(r->argv[r->next], "--", 2) != 0)
		value = r->argv[r->next++];
	set_value(r, row, value != NULL ? value : "");
}

static void
read_operand(struct reader *r, const char *arg)
{

	r->nfiles++;
	if (list_add(r, &r->o->files, arg))
		r->wrong = 1;
}

static void
read_all(struct reader *r)
{
	const char *arg;
	int only_files = 0;

	while (r->next < r->argc) {
		arg = r->argv[r->next++];
		if (only_files || arg[0] != '-' || arg[1] == '\0')
			read_operand(r, arg);
		else if (strcmp(arg, "--") == 0)
			only_files = 1;
		else if (strcmp(arg, "-h") == 0)
			r->o->help = 1;
		else if (strcmp(arg, "-V") == 0)
			r->o->version = 1;
		else if (strncmp(arg, "--", 2) == 0)
			read_option(r, arg);
		else {
			warn_msg("unknown option %s; novark %s --help lists "
				 "them",
			    arg, commands[r->o->command].name);
			r->wrong = 1;
		}
	}
}

int
options_parse(
    enum command command, int argc, char *const *argv, struct options *o)
{
	struct reader r = { o, argc, 0, argv, 1u << command, 0, 0 };

	memset(o, 0, sizeof(*o));
	o->command = command;
	read_all(&r);
	if (o->help || o->version)
		return 0;
	if (!r.wrong)
		options_check(&r);
	return r.wrong ? -1 : 0;
}

void
options_free(struct options *o)
{
	const char ***list;
	size_t i;

	for (i = 0; i < ROWS; i++) {
		if (rows[i].list) {
			list = options_member(o, rows[i].offset);
			free(*list);
			*list = NULL;
		}
	}
	free(o->files);
	o->files = NULL;
}
