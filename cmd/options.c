#include "cmd/options.h"

#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"
#include "cmd/options_table.h"

#define ROWS (sizeof(rows) / sizeof(rows[0]))

/* The arguments while they are read. */
struct reader {
	struct options *o;
	int argc, next;
	char *const *argv;
	unsigned bit; /* of the subcommand */
	size_t nfiles;
	int wrong;
};

/* A member of struct options by its offset. */
static void *
member(struct options *o, size_t offset)
{

	return (char *)o + offset;
}

const struct option_row *
options_rows(size_t *n)
{

	*n = ROWS;
	return rows;
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
	int *flag = member(r->o, row->offset);

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
		if (list_add(r, member(r->o, row->offset), value))
			r->wrong = 1;
		return;
	}
	one = member(r->o, row->offset);
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
		if (only_files || arg[0] != '-')
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

/* Is the bundle named by something else than the command line? */
static int
has_bundle(const struct options *o)
{

	return o->plan != NULL;
}

static void
check_required(struct reader *r)
{
	const struct command_row *c = &commands[r->o->command];
	size_t i;

	if (has_bundle(r->o) && r->nfiles <= (size_t)c->most)
		return;
	for (i = 0; i < ROWS; i++) {
		if ((rows[i].required & r->bit) != 0 &&
		    *(const char **)member(r->o, rows[i].offset) == NULL) {
			warn_msg("%s needs --%s %s", c->name, rows[i].name,
			    rows[i].value);
			r->wrong = 1;
		}
	}
	if (r->nfiles < (size_t)c->least) {
		warn_msg("%s needs a %s: the bundle", c->name, c->operands);
		r->wrong = 1;
	} else if (c->most >= 0 && r->nfiles > (size_t)c->most) {
		warn_msg("%s: one argument too many: %s", c->name,
		    r->o->files[c->most]);
		r->wrong = 1;
	}
}

/* What may stand beside --resume and --undo: all else is in the journal. */
static int
is_again(const char *name)
{
	static const char *const names[] = { "resume", "undo", "yes",
		"state-dir", "root", "connect", "defaults-file", "json",
		"quiet" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(names[i], name) == 0)
			return 1;
	}
	return 0;
}

static int
is_given(struct reader *r, const struct option_row *row)
{

	if (row->value == NULL)
		return *(int *)member(r->o, row->offset);
	return *(const void **)member(r->o, row->offset) != NULL;
}

/* restore --resume, --undo: no bundle, at most the ID of a restore. */
static void
check_again(struct reader *r)
{
	const char *what = r->o->undo ? "--undo" : "--resume";
	size_t i;

	if (r->o->resume && r->o->undo) {
		warn_msg("--resume and --undo exclude each other");
		r->wrong = 1;
	}
	for (i = 0; i < ROWS; i++) {
		if (is_given(r, &rows[i]) && !is_again(rows[i].name)) {
			warn_msg("--%s does not go with %s: what was asked is "
				 "in the journal",
			    rows[i].name, what);
			r->wrong = 1;
		}
	}
	if (r->nfiles > 1) {
		warn_msg("%s takes one ID; one argument too many: %s", what,
		    r->o->files[1]);
		r->wrong = 1;
	}
}

/* audit does one thing at a time. */
static void
check_audit(struct reader *r)
{
	const struct options *o = r->o;
	int modes = o->list + (o->cat != NULL) + (o->find != NULL) +
		    (o->diff != NULL) + o->draft_map;

	if (modes > 1) {
		warn_msg("--list, --cat, --find, --diff and --draft-map "
			 "exclude each other");
		r->wrong = 1;
	} else if (modes == 1 && !o->list && r->nfiles > 1) {
		warn_msg("%s looks at one bundle at a time",
		    o->cat != NULL    ? "--cat"
		    : o->find != NULL ? "--find"
		    : o->diff != NULL ? "--diff"
				      : "--draft-map");
		r->wrong = 1;
	}
	if (o->show_secrets && o->cat == NULL) {
		warn_msg("--show-secrets works with --cat only");
		r->wrong = 1;
	}
}

static void
check_restore(struct reader *r)
{
	const struct options *o = r->o;

	if (o->save_plan != NULL && !o->dry_run) {
		warn_msg("--save-plan works with --dry-run only");
		r->wrong = 1;
	}
	if (o->save_plan != NULL && o->plan != NULL) {
		warn_msg("--plan and --save-plan exclude each other");
		r->wrong = 1;
	}
	if (o->against != NULL && (o->save_plan != NULL || o->plan != NULL)) {
		warn_msg("a saved plan is one for this host: --against works "
			 "neither with --save-plan nor with --plan");
		r->wrong = 1;
	}
}

static void
check_parts(struct reader *r)
{
	const struct options *o = r->o;

	if (o->no_files && o->no_libvirt && o->no_database) {
		warn_msg("--no-files, --no-libvirt and --no-database together "
			 "leave nothing to do");
		r->wrong = 1;
	}
}

/* What a description leaves open must never be applied. */
static void
check_against(struct reader *r)
{
	const struct options *o = r->o;

	if (o->against != NULL && !o->dry_run && !o->preflight) {
		warn_msg("--against works with --dry-run or --preflight only: "
			 "nothing is changed elsewhere");
		r->wrong = 1;
	}
	if (o->against == NULL && o->against_trust != NULL) {
		warn_msg("--against-trust works with --against only");
		r->wrong = 1;
	}
	if (o->against != NULL && (o->root != NULL || o->connect != NULL ||
				      o->defaults_file != NULL)) {
		warn_msg("--against looks at a description, not at a host: "
			 "--root, --connect and --defaults-file have no "
			 "meaning with it");
		r->wrong = 1;
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
	if (!r.wrong && (o->resume || o->undo)) {
		check_again(&r);
	} else if (!r.wrong) {
		check_required(&r);
		check_audit(&r);
		check_restore(&r);
		check_parts(&r);
		check_against(&r);
	}
	return r.wrong ? -1 : 0;
}

void
options_free(struct options *o)
{
	const char ***list;
	size_t i;

	for (i = 0; i < ROWS; i++) {
		if (rows[i].list) {
			list = member(o, rows[i].offset);
			free(*list);
			*list = NULL;
		}
	}
	free(o->files);
	o->files = NULL;
}
