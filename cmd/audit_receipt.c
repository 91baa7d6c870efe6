#include "cmd/audit_receipt.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "archive/warn.h"
#include "cmd/move.h"
#include "cmd/show_next.h"
#include "restore/papers/receipt.h"

/* The members that are a line of text each, and how they are called there. */
static const struct {
	const char *name, *word;
} lines[] = {
	{ "way", "receipt" },
	{ "id", "restore" },
	{ "begun", "begun" },
	{ "ended", "ended" },
	{ "host", "host" },
	{ "saved_plan", "plan" },
};

/* What is done to a change, as text. */
static const struct {
	const char *what, *word;
} verbs[] = {
	{ "create", "created" },
	{ "change", "changed" },
	{ "remove", "removed" },
	{ "put-back", "put back" },
};

/* The rows of a table are counted, not listed: there may be very many. */
struct rows {
	struct buf table; /* with what is done to them; empty: none yet */
	uint64_t n;
};

static const char *
text_of(const json_t *json, const char *key)
{
	const char *s = json_string_value(json_object_get(json, key));

	return s == NULL ? "" : s;
}

static void
show_bundle(struct report *r, const json_t *b)
{

	report_label(r, REPORT_LABEL, "bundle", "%s", text_of(b, "file"));
	report_label(r, REPORT_LABEL, "", "%s of %s, taken %s",
	    text_of(b, "id"), text_of(b, "host"), text_of(b, "created"));
	report_label(r, REPORT_LABEL, "", "signed by %s", text_of(b, "signer"));
	report_label(
	    r, REPORT_LABEL, "", "SHA256SUMS is %s", text_of(b, "digest"));
}

static void
show_verify_line(struct report *r, const json_t *v)
{

	if (json_is_null(v))
		report_label(
		    r, REPORT_LABEL, "verify", "it could not be asked");
	else
		report_label(r, REPORT_LABEL, "verify",
		    "%s: %lld differences, %lld leftovers, %lld held",
		    text_of(v, "outcome"),
		    (long long)json_integer_value(
			json_object_get(v, "differences")),
		    (long long)json_integer_value(
			json_object_get(v, "leftovers")),
		    (long long)json_integer_value(json_object_get(v, "held")));
}

/* Each of a list of texts, or of findings. */
static void
show_each(struct report *r, const char *word, const json_t *list)
{
	const json_t *one;
	size_t i;

	for (i = 0; i < json_array_size(list); i++) {
		one = json_array_get(list, i);
		if (json_is_string(one))
			report_label(r, REPORT_LABEL, word, "%s",
			    json_string_value(one));
		else
			report_label(r, REPORT_LABEL, word, "%s %s: %s",
			    text_of(one, "name"), text_of(one, "item"),
			    text_of(one, "text"));
	}
}

static void
show_member(struct report *r, const char *name, const json_t *value)
{
	size_t i;

	report_put(r, name, json_deep_copy(value));
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		if (strcmp(lines[i].name, name) == 0 && json_is_string(value))
			report_label(r, REPORT_LABEL, lines[i].word, "%s",
			    json_string_value(value));
	}
	if (strcmp(name, "bundle") == 0)
		show_bundle(r, value);
	else if (strcmp(name, "map") == 0)
		show_each(r, "map", value);
	else if (strcmp(name, "waived_findings") == 0)
		show_each(r, "waived", value);
	else if (strcmp(name, "verify") == 0)
		show_verify_line(r, value);
}

/* Say how many rows of a table there were. */
static void
end_rows(struct report *r, struct rows *rows)
{

	if (rows->n > 0)
		report_line(r, "%s: %" PRIu64 " row%s", rows->table.data,
		    rows->n, move_plural(rows->n));
	rows->n = 0;
	buf_clear(&rows->table);
}

static int
show_row(
    struct report *r, struct rows *rows, const char *word, const char *item)
{
	struct buf table = BUF_EMPTY;
	int rc;

	rc = buf_addf(&table, "%-9s table:%.*s", word,
	    (int)strcspn(item + 4, ":"), item + 4);
	if (rc == 0 && (rows->table.len == 0 ||
			   strcmp(rows->table.data, table.data) != 0)) {
		end_rows(r, rows);
		rc = buf_add(&rows->table, table.data, table.len);
	}
	rows->n++;
	buf_free(&table);
	return rc;
}

static int
show_change(struct report *r, struct rows *rows, const json_t *json)
{
	const char *item = text_of(json, "item");
	const char *word = "changed";
	size_t i;

	report_put(r, NULL, json_deep_copy(json));
	for (i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		if (strcmp(verbs[i].what, text_of(json, "what")) == 0)
			word = verbs[i].word;
	}
	if (strncmp(item, "row:", 4) == 0)
		return show_row(r, rows, word, item);
	end_rows(r, rows);
	report_label(r, REPORT_LABEL, word, "%s", item);
	return 0;
}

static void
show_step(struct report *r, const json_t *json)
{

	report_put(r, NULL, json_deep_copy(json));
	show_next_step(r,
	    (size_t)json_integer_value(json_object_get(json, "order")),
	    text_of(json, "text"),
	    json_string_value(json_object_get(json, "command")),
	    text_of(json, "why"));
}

/* What verify found wrong. */
static void
show_wrong(struct report *r, const json_t *json)
{

	report_put(r, NULL, json_deep_copy(json));
	report_label(r, REPORT_LABEL, text_of(json, "type"), "%s %s",
	    text_of(json, "item"), text_of(json, "place"));
}

static int
show_list(struct report *r, struct paper *p, const char *list)
{
	struct rows rows = { BUF_EMPTY, 0 };
	const json_t *json;
	int more, first = 1;

	report_open(r, list, '[');
	while ((more = paper_element(p, &json)) == 1) {
		if (strcmp(list, "changes") == 0) {
			if (show_change(r, &rows, json) == -1) {
				more = -1;
				break;
			}
		} else if (strcmp(list, "next_steps") == 0) {
			if (first)
				report_line(r, "next:");
			first = 0;
			show_step(r, json);
		} else {
			show_wrong(r, json);
		}
	}
	end_rows(r, &rows);
	buf_free(&rows.table);
	report_close(r);
	return more;
}

static int
show_all(struct report *r, struct receipt *receipt)
{
	struct paper *p = receipt_paper(receipt);
	const json_t *value;
	char list[32];
	const char *name;
	int more;

	report_put(r, "signed_by", report_text(receipt_signer(receipt)));
	if (receipt_signer(receipt) != NULL)
		report_label(r, REPORT_LABEL, "signed by", "%s",
		    receipt_signer(receipt));
	report_open(r, "receipt", '{');
	while ((more = paper_next(p, &name, &value)) == 1) {
		if (value != NULL) {
			show_member(r, name, value);
			continue;
		}
		/* The name lives until the next line is read. */
		snprintf(list, sizeof(list), "%s", name);
		if (show_list(r, p, list) == -1) {
			more = -1;
			break;
		}
	}
	report_close(r);
	return more;
}

enum outcome
audit_receipt(struct audit *a)
{
	const struct options *o = a->o;
	struct receipt *receipt = NULL;
	enum outcome rc;

	if (o->cat || o->find || o->diff || o->draft_map) {
		warn_msg("%s is a receipt: --cat, --find, --diff and "
			 "--draft-map look at bundles",
		    a->file);
		audit_say(a, "%s", a->file);
		return OUTCOME_USAGE;
	}
	report_put(a->r, "file", report_text(a->operand));
	report_label(a->r, REPORT_LABEL, "file", "%s", a->file);
	rc = receipt_open(a->file, &a->keys, &receipt);
	if (rc != OUTCOME_DONE) {
		audit_say(a, "%s", a->file);
		return rc;
	}
	if (show_all(a->r, receipt) == -1)
		rc = OUTCOME_FAILED;
	a->vouched = receipt_signer(receipt) != NULL;
	audit_say(a, "%s",
	    a->vouched ? "signature holds, the receipt is whole"
		       : "the receipt is whole");
	receipt_close(receipt);
	return rc;
}
