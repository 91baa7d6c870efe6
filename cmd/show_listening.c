#include "cmd/show_listening.h"

#include <inttypes.h>
#include <stdio.h>

#include "restore/preflight/listening.h"

static const char *const states[] = { "listening", "absent", "nowhere" };

static void
show_text(struct report *r, const struct listening_row *row, const char *to)
{
	char who[128];

	if (row->state == LISTENING_NO) {
		report_label(r, REPORT_LABEL, "note",
		    "nothing listens on %s port %u, which %s %s names", to,
		    row->port, row->item, row->place);
		return;
	}
	snprintf(who, sizeof(who), "something");
	if (row->pid != 0)
		snprintf(who, sizeof(who), "%s (pid %" PRIu64 ")", row->program,
		    row->pid);
	report_label(r, REPORT_LABEL, "note",
	    "%s listens on %s port %u, an address that this host does "
	    "not have: nobody reaches it; change where it listens and restart "
	    "it",
	    who, to, row->port);
}

static void
show_json(struct report *r, const struct listening_row *row, const char *to)
{

	report_open(r, NULL, '{');
	report_put(r, "address", report_text(to));
	report_put(r, "port", json_integer((json_int_t)row->port));
	report_put(r, "state", report_text(states[row->state]));
	report_put(r, "program",
	    report_text(row->program[0] == '\0' ? NULL : row->program));
	report_put(r, "pid",
	    row->pid == 0 ? json_null() : json_integer((json_int_t)row->pid));
	report_put(r, "item", report_text(row->item));
	report_put(r, "place", report_text(row->place));
	report_close(r);
}

void
show_listening(struct report *r, struct restore *re, int all)
{
	struct listening l;
	char to[ADDRESS_TEXT];
	size_t i;

	/* Taken up from its journal, a restore may be without its bundle. */
	if (re->bundle == NULL || listening_find(re, &l) != OUTCOME_DONE)
		return;
	report_open(r, "listening", '[');
	for (i = 0; i < l.n; i++) {
		address_print(&l.row[i].addr, to);
		show_json(r, &l.row[i], to);
		if (!r->json && !r->quiet &&
		    (l.row[i].state == LISTENING_NOWHERE ||
			(all && l.row[i].state == LISTENING_NO)))
			show_text(r, &l.row[i], to);
	}
	report_close(r);
	listening_free(&l);
}
