#include "cmd/plan_file.h"

enum outcome
plan_file_open(
    struct plan_file *p, const struct options *o, struct restore_options *opt)
{

	if (o->plan == NULL)
		return OUTCOME_DONE;
	if ((p->saved = saved_plan_open(o->plan)) == NULL)
		return OUTCOME_FAILED;
	saved_plan_options(p->saved, opt, o->on_drift != NULL);
	opt->saved_plan = saved_plan_digest(p->saved);
	return OUTCOME_DONE;
}

void
plan_file_close(struct plan_file *p)
{

	saved_plan_close(p->saved);
	p->saved = NULL;
}

static void
tell(void *cookie, const char *name, const char *item, const char *text)
{
	struct report *r = cookie;

	report_label(r, REPORT_LABEL, "moved", "%s%s%s: %s", name,
	    item == NULL ? "" : " ", item == NULL ? "" : item, text);
	report_open(r, NULL, '{');
	report_put(r, "name", report_text(name));
	report_put(r, "item", report_text(item));
	report_put(r, "text", report_text(text));
	report_close(r);
}

int
plan_file_compare(struct plan_file *p, struct report *r, struct restore *re)
{
	int rc;

	if (p->saved == NULL)
		return 0;
	report_put(r, "plan", report_text(saved_plan_digest(p->saved)));
	report_open(r, "moved", '[');
	rc = saved_plan_compare(p->saved, re, tell, r, &p->moved);
	report_close(r);
	return rc;
}

int
plan_file_save(const struct options *o, struct report *r, struct restore *re)
{

	if (saved_plan_write(re, o->save_plan, o->force) == -1)
		return -1;
	report_label(r, REPORT_LABEL, "saved", "%s", o->save_plan);
	report_put(r, "saved_plan", report_text(o->save_plan));
	return 0;
}
