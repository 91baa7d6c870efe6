#include "cmd/show_past.h"

#include <inttypes.h>

void
show_past(struct report *r, const struct past *past)
{
	const struct past_table *t;
	size_t n, i;

	t = past_tables(past, &n);
	for (i = 0; i < n; i++)
		report_label(r, REPORT_LABEL, "history",
		    "%s: %" PRIu64 " place%s in %" PRIu64 " row%s (deleted, "
		    "or over): left alone",
		    t[i].item, t[i].places, t[i].places == 1 ? "" : "s",
		    t[i].rows, t[i].rows == 1 ? "" : "s");
}

void
show_past_json(struct report *r, const struct past *past)
{
	const struct past_table *t;
	size_t n, i;

	if (!report_documents(r))
		return;
	t = past_tables(past, &n);
	report_open(r, "history", '[');
	for (i = 0; i < n; i++)
		report_put(r, NULL,
		    json_pack("{s:o, s:o, s:o}", "item", report_text(t[i].item),
			"places", json_integer((json_int_t)t[i].places), "rows",
			json_integer((json_int_t)t[i].rows)));
	report_close(r);
}
