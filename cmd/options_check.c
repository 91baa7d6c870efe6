#include <string.h>

#include "archive/address/address.h"
#include "archive/bundle/stored.h"
#include "archive/warn.h"
#include "cmd/options_inner.h"

/* "-" is standard input, which is there once. */
static void
check_stream(struct reader *r)
{
	const struct options *o = r->o;
	const char *const others[] = { o->diff, o->against };
	size_t i, n = 0;

	for (i = 0; i < r->nfiles; i++)
		n += strcmp(o->files[i], STORED_STREAM) == 0;
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		n += others[i] != NULL && strcmp(others[i], STORED_STREAM) == 0;
	if (n > 1) {
		warn_msg("- is standard input, which can be one bundle only "
			 "(a file of this name is ./-)");
		r->wrong = 1;
	}
}

/* --output -: standard output is the bundle's. */
static void
check_output(struct reader *r)
{
	const struct options *o = r->o;

	if (o->output == NULL || strcmp(o->output, STORED_STREAM) != 0)
		return;
	if (o->json) {
		warn_msg("--json does not go with --output -: standard output "
			 "is the bundle");
		r->wrong = 1;
	}
	if (o->force) {
		warn_msg("--force does not go with --output -: there is "
			 "nothing to replace");
		r->wrong = 1;
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
	const struct command_row *c = options_command(r->o->command);
	const struct option_row *rows;
	size_t i, n;

	rows = options_rows(&n);
	if (has_bundle(r->o) && r->nfiles <= (size_t)c->most)
		return;
	for (i = 0; i < n; i++) {
		if ((rows[i].required & r->bit) != 0 &&
		    *(const char **)options_member(r->o, rows[i].offset) ==
			NULL) {
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
	static const char *const names[] = { "resume", "undo", "yes", "dry-run",
		"state-dir", "root", "connect", "defaults-file", "decrypt",
		"sign", "receipt", "html", "force", "json", "quiet" };
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
		return *(int *)options_member(r->o, row->offset);
	return *(const void **)options_member(r->o, row->offset) != NULL;
}

/* restore --resume, --undo: no bundle, at most the ID of a restore. */
static void
check_again(struct reader *r)
{
	const char *what = r->o->undo ? "--undo" : "--resume";
	const struct option_row *rows;
	size_t i, n;

	rows = options_rows(&n);
	if (r->o->resume && r->o->undo) {
		warn_msg("--resume and --undo exclude each other");
		r->wrong = 1;
	}
	for (i = 0; i < n; i++) {
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
		    (o->diff != NULL) + o->draft_map + o->advice;

	if (modes > 1) {
		warn_msg("--list, --cat, --find, --diff, --draft-map and "
			 "--advice exclude each other");
		r->wrong = 1;
	} else if (modes == 1 && !o->list && r->nfiles > 1) {
		warn_msg("%s looks at one bundle at a time",
		    o->cat != NULL    ? "--cat"
		    : o->find != NULL ? "--find"
		    : o->diff != NULL ? "--diff"
		    : o->advice       ? "--advice"
				      : "--draft-map");
		r->wrong = 1;
	}
	if (o->here && !o->draft_map) {
		warn_msg("--here works with --draft-map only");
		r->wrong = 1;
	}
	if (o->show_secrets && o->cat == NULL) {
		warn_msg("--show-secrets works with --cat only");
		r->wrong = 1;
	}
}

/* A page is of a result as a whole, and a file of its own. */
static void
check_html(struct reader *r)
{
	const struct options *o = r->o;
	const char *const others[] = { o->receipt, o->save_plan };
	size_t i;

	if (o->html == NULL)
		return;
	if (o->cat != NULL || o->find != NULL || o->diff != NULL ||
	    o->draft_map || o->advice) {
		warn_msg("--html shows a bundle as a whole: it does not go "
			 "with --cat, --find, --diff, --draft-map or "
			 "--advice");
		r->wrong = 1;
	}
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (others[i] == NULL || strcmp(others[i], o->html) != 0)
			continue;
		warn_msg("--html %s: another option writes that file", o->html);
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

static void
check_addresses(struct reader *r)
{
	const char *const *text = r->o->addresses;
	struct address a;

	for (; text != NULL && *text != NULL; text++) {
		if (address_parse(*text, &a) == 0 && !address_special(&a))
			continue;
		warn_msg("--address %s: not the address of a node", *text);
		r->wrong = 1;
	}
}

/* Rows of some hosts: there must be rows. */
static void
check_hosts(struct reader *r)
{
	const struct options *o = r->o;
	size_t i, j;

	if (o->hosts == NULL)
		return;
	if (o->no_database || o->describe) {
		warn_msg("--host picks rows: it does not go with %s",
		    o->no_database ? "--no-database" : "--describe");
		r->wrong = 1;
	}
	for (i = 0; o->hosts[i] != NULL; i++)
		for (j = 0; j < i; j++)
			if (strcmp(o->hosts[i], o->hosts[j]) == 0) {
				warn_msg(
				    "--host %s is given twice", o->hosts[i]);
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

void
options_check(struct reader *r)
{

	if (r->o->resume || r->o->undo) {
		check_again(r);
		return;
	}
	check_required(r);
	check_stream(r);
	check_output(r);
	check_audit(r);
	check_html(r);
	check_restore(r);
	check_parts(r);
	check_addresses(r);
	check_hosts(r);
	check_against(r);
}
