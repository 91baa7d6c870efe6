#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"
#include "restore/allow/allow.h"
#include "restore/definitions/autostart.h"
#include "restore/definitions/definition.h"
#include "restore/definitions/here.h"
#include "restore/definitions/identity.h"
#include "restore/plan/described.h"
#include "restore/plan/there.h"
#include "restore/preflight/demands.h"
#include "restore/preflight/finding.h"

struct planning {
	struct restore *r;
	struct bundle_part *part;
	struct here here;
	/* Each kind is asked for once; that libvirt lacks it is told. */
	int has[ITEM_KINDS], lacks[ITEM_KINDS];
	struct demands *demands;
	struct allow *allow;
	struct autostart *autostart;
};

/* One item, and what stands here under its name. */
struct matter {
	const struct item *item;
	const char *name;
	const struct virt_object *here; /* or NULL */
	struct buf captured;
	struct buf value; /* a secret's, from the bundle */
};

/* What is worth a line beside a change. */
static int
notes(struct planning *p, const struct matter *m, enum plan_type type)
{
	const struct item *item = m->item;
	struct plan *plan = p->r->plan;

	if (type == PLAN_CREATE && item->virt->source != NULL &&
	    plan_say(plan, PLAN_NOTE, item->kind, item->name, NULL, "lost",
		"libvirt had lost it at snapshot time: its definition is taken "
		"from %s",
		item->virt->source))
		return -1;
	if (type == PLAN_CREATE && item->virt->is_private &&
	    plan_say(plan, PLAN_NOTE, item->kind, item->name, NULL, "private",
		"its value is not in the bundle: set it by hand (virsh "
		"secret-set-value)"))
		return -1;
	if (type == PLAN_CREATE && !item->virt->persistent &&
	    plan_say(plan, PLAN_NOTE, item->kind, item->name, NULL, "transient",
		"had no definition of its own at snapshot time: it is defined"))
		return -1;
	if (m->here != NULL && m->here->active &&
	    plan_say(plan, PLAN_NOTE, item->kind, item->name, NULL, "running",
		"runs here: what runs stays as it is until it is started "
		"again"))
		return -1;
	return 0;
}

/* Emit the cells that change.  ${xml} is NULL when the definition stays. */
static int
emit(struct planning *p, const struct matter *m, const struct buf *xml)
{
	struct plan_cell cells[3] = { { .name = NULL } };
	struct plan_record rec = { .type = m->here != NULL ? PLAN_CHANGE
							   : PLAN_CREATE,
		.kind = m->item->kind };
	const char *value = m->here != NULL ? m->here->value : NULL;
	struct plan_cell *c;

	rec.item = rec.source = m->item->name;
	rec.cells = cells;
	/* A secret without a value is only got back by defining it again. */
	if (xml == NULL && m->value.len > 0 && m->here != NULL &&
	    m->here->value == NULL)
		cells[rec.ncells++] = (struct plan_cell){ "xml", m->here->xml,
			strlen(m->here->xml), m->here->xml,
			strlen(m->here->xml), 0 };
	if (xml != NULL) {
		c = &cells[rec.ncells++];
		c->name = "xml";
		c->before = m->here != NULL ? m->here->xml : NULL;
		c->before_len = c->before != NULL ? strlen(c->before) : 0;
		c->after = xml->data;
		c->after_len = xml->len;
	}
	if (m->here != NULL && !m->here->persistent)
		cells[rec.ncells++] =
		    (struct plan_cell){ "persistent", "0", 1, "1", 1, 0 };
	if (m->value.len > 0 &&
	    (value == NULL || strcmp(value, m->value.data) != 0)) {
		c = &cells[rec.ncells++];
		c->name = "value";
		c->before = value;
		c->before_len = value != NULL ? strlen(value) : 0;
		c->after = m->value.data;
		c->after_len = m->value.len;
		c->secret = 1;
	}
	if (rec.ncells == 0)
		return 0;
	if (notes(p, m, rec.type))
		return -1;
	return plan_add(p->r->plan, &rec);
}

static int
drifted(struct planning *p, const struct matter *m, const char *where,
    const char *why)
{
	struct plan_record rec = { .type = PLAN_DRIFT, .kind = m->item->kind };

	rec.item = rec.source = m->item->name;
	rec.place = where;
	rec.text = why;
	return plan_add(p->r->plan, &rec);
}

/* libvirt gives a private value to nobody: it could not be put back. */
static int
value_private(struct planning *p, struct matter *m)
{

	if (p->r->opt->on_drift != ON_DRIFT_KEEP)
		return drifted(p, m, NULL,
			   "the secret's value here is private: it could not "
			   "be put back")
			   ? -1
			   : 0;
	buf_wipe(&m->value);
	return 1;
}

/* A secret's value that is another one here was set by someone: drift.  1 go on
 * (${m}->value emptied when the one here stays), 0 told, -1 said. */
static int
value_decide(struct planning *p, struct matter *m)
{

	if (m->value.len > 0 && m->here != NULL && m->here->is_private)
		return value_private(p, m);
	/* A description has no values. */
	if (m->here != NULL && p->r->against != NULL)
		buf_wipe(&m->value);
	if (m->value.len == 0 || m->here == NULL || m->here->value == NULL ||
	    strcmp(m->here->value, m->value.data) == 0)
		return 1;
	switch (p->r->opt->on_drift) {
	case ON_DRIFT_REPLAY:
		return 1;
	case ON_DRIFT_STOP:
		return drifted(
			   p, m, NULL, "the secret's value here is another one")
			   ? -1
			   : 0;
	case ON_DRIFT_KEEP:
	case ON_DRIFT_REWRITE:
		buf_wipe(&m->value);
		break;
	}
	return 1;
}

static int
autostart_plan(struct planning *p, const struct matter *m)
{

	if (m->here != NULL && p->r->opt->on_drift == ON_DRIFT_KEEP)
		return 0;
	return autostart_add(
	    p->autostart, m->item, m->here != NULL ? m->here->autostart : 0);
}

/* Turn what was decided into records. */
static int
conclude(struct planning *p, struct matter *m, enum decision what,
    const struct decide_output *out)
{
	const struct item *item = m->item;
	const struct buf *xml = &out->after;
	struct buf again = BUF_EMPTY;
	int rc;

	if (what == DECIDE_DRIFT)
		return drifted(p, m, out->where, out->why);
	if (out->drifted &&
	    plan_say(p->r->plan, PLAN_NOTE, item->kind, item->name, out->where,
		"drift", "%s; --on-drift decides: %s", out->why,
		what == DECIDE_SAME ? "it stays" : "it is changed"))
		return -1;
	if (item->kind == ITEM_SECRET && m->here != NULL &&
	    what != DECIDE_SAME &&
	    (rc = identity_usage(
		 p->r, item, m->here->xml, xml, m->value.len > 0)) != 0)
		return rc == 1 ? 0 : -1;
	if ((rc = value_decide(p, m)) != 1)
		return rc;
	if (what == DECIDE_SAME) {
		xml = NULL;
		/* It runs without a definition: what it has becomes one. */
		if (!m->here->persistent) {
			if (buf_adds(&again, m->here->xml))
				return -1;
			xml = &again;
		}
	}
	rc = emit(p, m, xml);
	if (rc == 0 && xml != NULL)
		rc = allow_judge(p->allow, item, xml->data, xml->len);
	else if (rc == 0 && item->kind == ITEM_POOL)
		rc = allow_pool(p->allow, m->here->xml, strlen(m->here->xml));
	if (rc == 0 && xml != NULL && !p->r->reading)
		rc = demands_add(p->demands, item, xml->data, xml->len);
	buf_wipe(&again);
	return rc == 0 ? autostart_plan(p, m) : -1;
}

static int
compare(struct planning *p, struct matter *m)
{
	struct held_cookie held = { p->r, m->item->kind, m->item->name,
		m->item->name };
	struct decide_output out;
	struct rewrite_options opt;
	struct decide_input in = { .rewrite = &opt,
		.format = PLACE_XML,
		.captured = m->captured.data,
		.captured_len = m->captured.len,
		.policy = p->r->opt->on_drift,
		.same = definition_same };
	enum decision what;
	int rc = -1;

	definition_options(&held, 1, &opt);
	if (m->here != NULL) {
		in.current = m->here->xml;
		in.current_len = strlen(m->here->xml);
	}
	what = decide(&in, &out, restore_held, &held);
	if (what != DECIDE_FAILED)
		rc = conclude(p, m, what, &out);
	else
		warn_msg("%s: cannot be compared", m->item->name);
	decide_free(&out);
	return rc;
}

/* 1 libvirt has the kind, 0 not (told once), -1 said. */
static int
supported(struct planning *p, enum item_kind kind)
{
	const char *word = item_kind_name(kind);
	struct buf all = BUF_EMPTY;
	int rc = -1;

	if (p->lacks[kind])
		return 0;
	if (p->has[kind] || there(p->r)->supports(p->r, kind))
		return p->has[kind] = 1;
	p->lacks[kind] = 1;
	if (buf_addf(&all, "%s:*", word) == 0 &&
	    finding_add(p->r, kind, all.data, NULL, "unsupported",
		"this libvirt connection knows no %ss; --not '%s' leaves them "
		"out",
		word, all.data) == 0)
		rc = 0;
	buf_free(&all);
	return rc;
}

/* The item and what stands here: 0, or -1 said. */
static int
plan_matter(struct planning *p, struct matter *m)
{
	const struct item *item = m->item;

	if (here_load(&p->here, p->r, item->kind) ||
	    here_name(&p->here, m->name, &m->here) == -1)
		return -1;
	switch (identity_check(p->r, &p->here, item, &m->captured, m->here)) {
	case IDENTITY_SAME:
		return compare(p, m);
	case IDENTITY_TWIN:
		return autostart_plan(p, m);
	case IDENTITY_OTHER:
		return 0;
	case IDENTITY_FAILED:
		break;
	}
	return -1;
}

static enum outcome
plan_item(struct planning *p, const struct item *item)
{
	struct matter m = { item, definition_name(item->name), NULL, BUF_EMPTY,
		BUF_EMPTY };
	enum outcome rc = OUTCOME_FAILED;
	int go;

	if (bundle_part_load(p->part, &m.captured) ||
	    (item->virt->has_value && bundle_part_value(p->part, &m.value))) {
		rc = bundle_outcome(p->r->bundle);
		goto done;
	}
	if (p->r->against != NULL && described_xml(&m.captured))
		goto done;
	if ((go = supported(p, item->kind)) == 1)
		go = plan_matter(p, &m);
	if (go != -1)
		rc = OUTCOME_DONE;
done:
	buf_wipe(&m.captured);
	buf_wipe(&m.value);
	return rc;
}

static enum outcome
plan_items(struct planning *p)
{
	const struct item *item;
	enum outcome rc = OUTCOME_DONE;
	int more = 1;

	while (rc == OUTCOME_DONE &&
	       (more = bundle_part_next(p->part, &item)) == 1)
		if (restore_wants(p->r, item->name))
			rc = plan_item(p, item);
	if (more == -1)
		rc = bundle_outcome(p->r->bundle);
	if (rc == OUTCOME_DONE && (demands_tell(p->demands, p->r, p->allow) ||
				      autostart_tell(p->autostart, p->r->plan)))
		rc = OUTCOME_FAILED;
	return rc;
}

enum outcome
plan_virt(struct restore *r)
{
	struct planning p = { .r = r };
	enum outcome rc = OUTCOME_FAILED;

	if ((p.allow = allow_new(r)) == NULL ||
	    (p.demands = demands_new()) == NULL ||
	    (p.autostart = autostart_new()) == NULL)
		goto done;
	rc = bundle_part_open(r->bundle, PART_LIBVIRT, &p.part);
	if (rc != OUTCOME_DONE)
		goto done;
	rc = plan_items(&p);
	bundle_part_close(p.part);
done:
	here_free(&p.here);
	autostart_free(p.autostart);
	demands_free(p.demands);
	allow_free(p.allow);
	return rc;
}
