#include "cmd/show_finding.h"

#include <string.h>

#include "archive/buf.h"
#include "cmd/show_held.h"
#include "cmd/show_json.h"
#include "restore/preflight/finding.h"

#define BIT(type) (1u << (type))

static void
show_finding(struct report *r, const char *word, const struct plan_record *rec)
{
	const char *item = rec->item == NULL ? "" : rec->item;
	const char *place = rec->place == NULL ? "" : rec->place;

	report_label(r, REPORT_LABEL, word, "%s%s%s%s%s", rec->name,
	    item[0] == '\0' ? "" : ": ", item, place[0] == '\0' ? "" : " ",
	    place);
	report_label(r, REPORT_LABEL, "", "%s", rec->text);
}

/* The records of one type, of the kind PLAN_HOST only if ${host}. */
static int
show_records(struct report *r, struct plan *plan, enum plan_type type, int host)
{
	const struct plan_record *rec;
	int more;

	if (plan_count(plan, type, host ? (int)PLAN_HOST : -1) == 0)
		return 0;
	if (plan_rewind(plan) == -1)
		return -1;
	while ((more = plan_next(plan, &rec)) == 1) {
		if (rec->type != type || (host && rec->kind != PLAN_HOST))
			continue;
		if (type == PLAN_FINDING || type == PLAN_WAIVED)
			show_finding(r, show_type(type), rec);
		else
			show_told(r, NULL, show_type(type), rec);
	}
	return more;
}

/* The names, each once, that --force-preflight would let pass. */
static int
show_waivable(struct report *r, struct plan *plan)
{
	const struct finding_row *rows;
	const struct plan_record *rec;
	struct buf names = BUF_EMPTY;
	char there[64] = { 0 };
	size_t i, n;
	int more;

	rows = finding_rows(&n);
	if (plan_rewind(plan) == -1)
		return -1;
	while ((more = plan_next(plan, &rec)) == 1) {
		for (i = 0; rec->type == PLAN_FINDING && i < n; i++) {
			if (i < sizeof(there) && rows[i].may_waive &&
			    strcmp(rows[i].name, rec->name) == 0)
				there[i] = 1;
		}
	}
	for (i = 0; more == 0 && i < n && i < sizeof(there); i++) {
		if (there[i] &&
		    buf_addf(&names, " --force-preflight %s", rows[i].name))
			more = -1;
	}
	if (more == 0 && names.len > 0)
		report_label(r, REPORT_LABEL, "waivable",
		    "%s (or NAME:ITEM) lets it pass", names.data + 1);
	buf_free(&names);
	return more;
}

int
show_findings(struct report *r, struct plan *plan)
{

	if (show_records(r, plan, PLAN_WAIVED, 0) == -1 ||
	    show_records(r, plan, PLAN_FINDING, 0) == -1)
		return -1;
	return show_waivable(r, plan);
}

int
show_preflight(struct report *r, struct plan *plan, const struct manifest *m)
{

	if (!r->json && (show_records(r, plan, PLAN_NOTE, 1) == -1 ||
			    show_records(r, plan, PLAN_DRIFT, 0) == -1 ||
			    show_findings(r, plan) == -1))
		return -1;
	if (show_json_records(r, plan, m, BIT(PLAN_NOTE), "notes") == -1 ||
	    show_json_records(r, plan, m, BIT(PLAN_DRIFT), "drift") == -1 ||
	    show_json_records(r, plan, m, BIT(PLAN_FINDING), "findings") == -1)
		return -1;
	return show_json_records(r, plan, m, BIT(PLAN_WAIVED), "waived");
}
