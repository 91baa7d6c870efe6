#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "archive/bundle/stored.h"
#include "archive/snapshot/snapshot.h"
#include "cmd/cmd.h"
#include "cmd/pipe.h"
#include "cmd/progress.h"
#include "cmd/report.h"
#include "restore/facts/describe.h"

static void
tick(void *cookie, uint64_t done, const char *what)
{

	progress_show(cookie, done, 0, what);
}

/* How it is called in messages. */
static const char *
name_of(const struct options *o)
{

	return strcmp(o->output, STORED_STREAM) == 0 ? "standard output"
						     : o->output;
}

static void
fill_options(
    const struct options *o, struct progress *p, struct snapshot_options *s)
{

	memset(s, 0, sizeof(*s));
	s->output = name_of(o);
	s->key = o->sign;
	s->root = o->root;
	s->connect = o->connect;
	s->defaults_file = o->defaults_file;
	s->only = o->only;
	s->except = o->except;
	s->addresses = o->addresses;
	s->hosts = o->hosts;
	s->encrypt_to = o->encrypt_to;
	s->force = o->force;
	s->no_files = o->no_files;
	s->no_libvirt = o->no_libvirt;
	s->no_database = o->no_database;
	s->no_sweep = o->no_sweep;
	s->describe = o->describe ? describe_host : NULL;
	s->tick = tick;
	s->cookie = p;
}

/* What is in it, by kind; ${*total} gets the number of items. */
static void
report_items(
    struct report *r, const struct snapshot_result *res, uint64_t *total)
{
	const char *name;
	int k;

	*total = 0;
	report_open(r, "items", '{');
	for (k = 0; k < ITEM_KINDS; k++) {
		name = item_kind_name((enum item_kind)k);
		*total += res->items[k];
		report_put(r, name, json_integer((json_int_t)res->items[k]));
		if (k == ITEM_TABLE && res->items[k] > 0)
			report_label(r, REPORT_LABEL, name,
			    "%8" PRIu64 "  (%" PRIu64 " rows)", res->items[k],
			    res->rows);
		else if (res->items[k] > 0)
			report_label(
			    r, REPORT_LABEL, name, "%8" PRIu64, res->items[k]);
	}
	report_close(r);
}

/* Who will be able to read it. */
static void
report_recipients(struct report *r, const struct options *o)
{
	const char *const *at;

	report_put(r, "encrypted", json_boolean(o->encrypt_to != NULL));
	report_open(r, "encrypted_to", '[');
	for (at = o->encrypt_to; at != NULL && *at != NULL; at++) {
		report_line(r, "encrypted to %s", *at);
		report_put(r, NULL, report_text(*at));
	}
	report_close(r);
}

static enum outcome
report_done(struct report *r, const struct options *o,
    const struct snapshot_result *res)
{
	char size[REPORT_SIZE];
	uint64_t total;

	report_size(res->size, size);
	report_items(r, res, &total);
	report_label(r, REPORT_LABEL, o->describe ? "described" : "bundle",
	    "%s", res->id);
	report_label(r, REPORT_LABEL, "signer", "%s", res->signer);
	report_recipients(r, o);
	report_put(r, "file", report_text(name_of(o)));
	report_put(r, "id", report_text(res->id));
	report_put(r, "signer", report_text(res->signer));
	report_put(r, "rows", json_integer((json_int_t)res->rows));
	report_put(r, "size", json_integer((json_int_t)res->size));
	report_put(r, "warnings", json_integer((json_int_t)res->nwarnings));
	report_put(r, "describes", json_boolean(o->describe));
	if (o->describe)
		return report_end(r, OUTCOME_DONE,
		    "done: %s, a description of this host, %" PRIu64
		    " items, %s, %zu warning%s",
		    name_of(o), total, size, res->nwarnings,
		    res->nwarnings == 1 ? "" : "s");
	return report_end(r, OUTCOME_DONE,
	    "done: %s, %" PRIu64 " items, %" PRIu64 " rows, %s, %zu warning%s",
	    name_of(o), total, res->rows, size, res->nwarnings,
	    res->nwarnings == 1 ? "" : "s");
}

enum outcome
cmd_snapshot(const struct options *o)
{
	struct snapshot_result res;
	struct snapshot_options s;
	struct progress p;
	struct report r;
	enum outcome outcome;
	int stream = 0;

	memset(&res, 0, sizeof(res));
	if (name_of(o) != o->output && (stream = pipe_take_output()) == -1)
		return OUTCOME_FAILED;
	report_start(&r, "snapshot", o->json, o->quiet);
	progress_start(&p, o->quiet);
	fill_options(o, &p, &s);
	s.stream = stream;
	outcome = snapshot_take(&s, &res);
	progress_end(&p);
	if (outcome == OUTCOME_DONE)
		outcome = report_done(&r, o, &res);
	else
		outcome = report_end(&r, outcome,
		    stream > 0    ? "what went to standard output is no bundle"
		    : o->describe ? "no description was written"
				  : "no bundle was written");
	if (stream > 0)
		close(stream);
	snapshot_result_free(&res);
	return outcome;
}
