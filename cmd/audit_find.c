#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "archive/database/account_host.h"
#include "archive/database/rows.h"
#include "archive/look/find.h"
#include "archive/look/past.h"
#include "archive/warn.h"
#include "cmd/audit.h"
#include "cmd/masked.h"
#include "cmd/show_past.h"

/* A value longer than this is shown around what was found only. */
#define SHOWN_LEN 160

struct finding {
	struct audit *a;
	const struct find *find;
	uint64_t places, tokens;
	struct past *past;
	struct buf line;
};

/* The part of a masked value that is worth a line, as ${text}. */
static int
excerpt(const struct find *f, const struct buf *value, struct buf *text)
{
	size_t off = 0, len = 0, start = 0, end = value->len;

	if (value->len > SHOWN_LEN) {
		if (find_match(f, value->data, value->len, &off, &len) == 0)
			off = 0;
		start = off > SHOWN_LEN / 2 ? off - SHOWN_LEN / 2 : 0;
		if (end - start > SHOWN_LEN)
			end = start + SHOWN_LEN;
	}
	if ((start > 0 && buf_adds(text, "...")) ||
	    (value->len > 0 &&
		buf_add(text, value->data + start, end - start)) ||
	    (end < value->len && buf_adds(text, "...")))
		return -1;
	return 0;
}

/* A line of text.  There may be a million: printf would take a tenth of the
 * time. */
static int
put_line(struct finding *f, const struct sweep_place *p, const char *text)
{
	struct buf *l = &f->line;

	buf_clear(l);
	if (buf_adds(l, p->name) || buf_addc(l, '\t') ||
	    buf_adds(l, p->label[0] != '\0' ? p->label : "-") ||
	    buf_addc(l, '\t') || buf_adds(l, text) || buf_addc(l, '\t') ||
	    buf_adds(l, p->what != NULL ? p->what : "-"))
		return -1;
	if (p->held != NULL &&
	    (buf_adds(l, "\t(") || buf_adds(l, p->held) || buf_addc(l, ')')))
		return -1;
	report_plain(f->a->r, l->data, l->len);
	return 0;
}

static int
put_place(struct finding *f, const struct sweep_place *p, size_t n,
    const struct buf *text)
{
	struct report *r = f->a->r;

	if (!r->json)
		return put_line(f, p, text->data != NULL ? text->data : "");
	report_put(r, NULL,
	    json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "item",
		report_text(p->name), "place", report_text(p->label), "kind",
		report_text(p->what), "value",
		report_string(text->data != NULL ? text->data : "", text->len),
		"count", json_integer((json_int_t)n), "held",
		report_text(p->held)));
	return 0;
}

/* Is it hidden from whoever masks values, or decoded: a script with passwords?
 */
static int
is_bare(const struct sweep_place *p)
{

	if (p->inner != NULL)
		return 1;
	return p->item->kind == ITEM_FILE &&
	       p->item->file->format == PLACE_OPAQUE &&
	       strcmp(p->label, "binary") == 0;
}

/* The host part of an account may be a pattern, in which no address stands. */
static int
is_account_for(const struct find *find, const struct sweep_place *p)
{
	struct account_host h;
	const char *host;

	if (p->item->kind != ITEM_ACCOUNT)
		return 0;
	host = p->item->account->host;
	/* Not the lines with its rights. */
	if (memmem(p->bytes, p->len, host, strlen(host)) == NULL)
		return 0;
	account_host_read(host, &h);
	return h.bound == ACCOUNT_NETWORK &&
	       find_network(find, &h.net, h.prefix);
}

static int
on_place(void *cookie, const struct sweep_place *p)
{
	struct finding *f = cookie;
	struct buf value = BUF_EMPTY, text = BUF_EMPTY;
	size_t n, off, len;
	int rc = -1;

	progress_show(f->a->p, 0, 0, p->name);
	n = find_match(f->find, p->bytes, p->len, &off, &len);
	if (n == 0 && is_account_for(f->find, p))
		n = 1;
	if (n == 0)
		return 0;
	f->places++;
	f->tokens += n;
	/* For programs each is told, too. */
	if (rows_is_past(p->held)) {
		if (past_count(f->past, p->name))
			return -1;
		if (!f->a->r->json)
			return 0;
	}
	/* What stands around it nobody can mask. */
	if (is_bare(p))
		rc = buf_add(&text, p->bytes + off, len);
	else if (masked_place(p->role, p->bytes, p->len, &value) == 0)
		rc = excerpt(f->find, &value, &text);
	if (rc == 0)
		rc = put_place(f, p, n, &text);
	buf_wipe(&value);
	buf_wipe(&text);
	return rc;
}

/* sweep_glance */
static size_t
glance(void *cookie, const char *bytes, size_t len, int rows)
{
	const struct finding *f = cookie;

	return find_glance(f->find, bytes, len, rows);
}

struct find *
audit_wanted(const char *const *texts)
{
	struct find *find;
	int wrong = 0;
	size_t i;

	if ((find = find_new()) == NULL)
		return NULL;
	for (i = 0; texts[i] != NULL; i++)
		wrong |= find_add(find, texts[i]) != 0;
	if (!wrong)
		return find;
	find_free(find);
	return NULL;
}

enum outcome
audit_find(struct audit *a)
{
	struct finding f = { a, a->find, 0, 0, past_new(), BUF_EMPTY };
	enum outcome outcome;

	if (f.past == NULL)
		return OUTCOME_FAILED;
	report_put(a->r, "file", report_text(a->operand));
	report_open(a->r, "places", '[');
	outcome = sweep_bundle_for(a->bundle, glance, on_place, &f);
	buf_wipe(&f.line);
	report_close(a->r);
	show_past(a->r, f.past);
	show_past_json(a->r, f.past);
	past_free(f.past);
	report_put(a->r, "total", json_integer((json_int_t)f.places));
	if (outcome == OUTCOME_DONE)
		audit_say(a, "%" PRIu64 " place%s", f.places,
		    f.places == 1 ? "" : "s");
	else
		audit_say(a, "%s: not every place was looked at", a->file);
	return outcome;
}
