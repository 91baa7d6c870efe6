#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/database/rows.h"
#include "archive/warn.h"
#include "cmd/audit.h"
#include "cmd/masked.h"
#include "cmd/nearest.h"

/* What is to be shown, and how. */
struct cat {
	struct audit *a;
	const char *name;
	const struct item *item;
	struct bundle_part *part;
	int secrets; /* as they are */
	int visible; /* a terminal reads: no control bytes */
};

static void
unknown_item(const struct cat *c, const struct manifest *m)
{
	struct nearest n = NEAREST_NONE;
	size_t i;

	for (i = 0; i < m->nitems; i++)
		nearest_offer(&n, c->name, m->items[i]->name);
	if (n.name != NULL)
		warn_msg("--cat %s: no such item; did you mean %s?", c->name,
		    n.name);
	else
		warn_msg("--cat %s: no such item; audit --list names them all",
		    c->name);
}

/* "row:nova.volumes:7": the table item it is in, or NULL. */
static const struct item *
table_of_row(const struct manifest *m, const char *name)
{
	const struct item *item;
	size_t i, len;

	if (strncmp(name, "row:", 4) != 0)
		return NULL;
	for (i = 0; i < m->nitems; i++) {
		item = m->items[i];
		len = strlen(item->name);
		if (item->kind == ITEM_TABLE &&
		    strncmp(name + 4, item->name + 6, len - 6) == 0 &&
		    name[4 + len - 6] == ':')
			return item;
	}
	return NULL;
}

/* One cell as it is to be shown. */
static int
add_cell(const struct cat *c, const struct rows *rows,
    const struct db_value *row, size_t i, struct buf *out)
{

	if (c->secrets)
		return row[i].len > 0 ? buf_add(out, row[i].data, row[i].len)
				      : 0;
	return masked_cell(rows, row, i, out);
}

/* A whole row as "column: value" lines, or as an object. */
static int
put_row(
    const struct cat *c, const struct rows *rows, const struct db_value *cells)
{
	struct buf value = BUF_EMPTY;
	struct report *r = c->a->r;
	const char *name;
	size_t i;
	int rc = 0;

	report_open(r, NULL, '{');
	for (i = 0; i < rows_width(rows) && rc == 0; i++) {
		name = rows_cell(rows, i)->column->name;
		buf_clear(&value);
		if (cells[i].data == NULL) {
			report_line(r, "%s: NULL", name);
			report_put(r, name, json_null());
			continue;
		}
		rc = add_cell(c, rows, cells, i, &value);
		report_line(r, "%s: %s", name, value.len > 0 ? value.data : "");
		report_put(r, name,
		    report_string(value.len > 0 ? value.data : "", value.len));
	}
	report_close(r);
	buf_wipe(&value);
	return rc;
}

/* A row of the .txt, its secrets masked. */
static int
put_line(
    const struct cat *c, const struct rows *rows, const struct db_value *cells)
{
	struct db_value *masked;
	struct buf *values, line = BUF_EMPTY;
	size_t n = rows_width(rows), i;
	int rc = -1;

	masked = calloc(n + 1, sizeof(*masked));
	values = calloc(n + 1, sizeof(*values));
	if (masked == NULL || values == NULL)
		goto done;
	for (i = 0; i < n; i++) {
		if (cells[i].data == NULL)
			continue;
		if (add_cell(c, rows, cells, i, &values[i]))
			goto done;
		masked[i].data = values[i].len > 0 ? values[i].data : "";
		masked[i].len = values[i].len;
	}
	if ((rc = tabfile_encode(&line, masked, n)) == 0)
		report_bytes(c->a->r, line.data, line.len, c->visible);
done:
	for (i = 0; values != NULL && i < n; i++)
		buf_wipe(&values[i]);
	buf_wipe(&line);
	free(values);
	free(masked);
	return rc;
}

/* The rows of a table, or the one that is named: 1 when it was there. */
static int
cat_rows(const struct cat *c, int one)
{
	const struct db_value *cells;
	struct buf name = BUF_EMPTY;
	struct rows *rows;
	int rc, found = !one;

	if ((rows = rows_open(c->part, c->item)) == NULL)
		return -1;
	while ((rc = rows_next(rows, &cells)) == 1) {
		buf_clear(&name);
		if (one && (rc = rows_name(rows, cells, &name)) != 0)
			break;
		if (one && strcmp(name.data, c->name) != 0)
			continue;
		found = 1;
		rc = one || c->a->r->json ? put_row(c, rows, cells)
					  : put_line(c, rows, cells);
		if (rc != 0)
			break;
	}
	buf_free(&name);
	rows_close(rows);
	return rc != 0 ? -1 : found;
}

/* The bytes of the current item as they stand in the bundle. */
static int
cat_exact(const struct cat *c)
{
	char block[1 << 14];
	ssize_t n;

	while ((n = bundle_part_read(c->part, block, sizeof(block))) > 0)
		report_bytes(c->a->r, block, (size_t)n, c->visible);
	explicit_bzero(block, sizeof(block));
	return n < 0 ? -1 : 0;
}

static void
put_content(const struct cat *c, const struct buf *bytes)
{
	const char *data = bytes->len > 0 ? bytes->data : "";

	report_bytes(c->a->r, data, bytes->len, c->visible);
	report_put(c->a->r, "content", report_string(data, bytes->len));
}

/* A secret's value behind its definition, as a comment of the XML. */
static int
cat_value(const struct cat *c)
{
	struct buf value = BUF_EMPTY, line = BUF_EMPTY;
	int rc = -1;

	if (bundle_part_value(c->part, &value))
		goto done;
	if (buf_adds(&line, "<!-- value in base64: ") ||
	    buf_add(&line, value.data, value.len) || buf_adds(&line, " -->\n"))
		goto done;
	report_bytes(c->a->r, line.data, line.len, c->visible);
	report_put(
	    c->a->r, "value_base64", report_string(value.data, value.len));
	rc = 0;
done:
	buf_wipe(&value);
	buf_wipe(&line);
	return rc;
}

/* A file or a definition. */
static int
cat_whole(const struct cat *c)
{
	struct buf bytes = BUF_EMPTY, masked = BUF_EMPTY;
	int rc;

	if (c->secrets && !c->a->r->json)
		rc = cat_exact(c);
	else if ((rc = bundle_part_load(c->part, &bytes)) == 0 && c->secrets)
		put_content(c, &bytes);
	else if (rc == 0 && (rc = masked_item(
				 c->item, bytes.data, bytes.len, &masked)) == 0)
		put_content(c, &masked);
	if (rc == 0 && c->secrets && c->item->kind == ITEM_SECRET &&
	    c->item->virt->has_value)
		rc = cat_value(c);
	buf_wipe(&bytes);
	buf_wipe(&masked);
	return rc;
}

/* The current item, or a row of it: an outcome. */
static enum outcome
cat_current(const struct cat *c)
{
	int one = strncmp(c->name, "row:", 4) == 0, rc;

	if (c->item->kind != ITEM_TABLE)
		return cat_whole(c) ? OUTCOME_REFUSED : OUTCOME_DONE;
	if (!one && c->secrets && !c->a->r->json)
		return cat_exact(c) ? OUTCOME_REFUSED : OUTCOME_DONE;
	report_open(c->a->r, "rows", '[');
	rc = cat_rows(c, one);
	report_close(c->a->r);
	if (rc == 0)
		warn_msg("--cat %s: no such row in %s", c->name, c->item->name);
	return rc == 1   ? OUTCOME_DONE
	       : rc == 0 ? OUTCOME_FAILED
			 : OUTCOME_REFUSED;
}

/* Go to the item in its part, and show it. */
static enum outcome
cat_item(struct cat *c)
{
	const struct item *item;
	enum outcome outcome;
	int rc;

	outcome =
	    bundle_part_open(c->a->bundle, item_part(c->item->kind), &c->part);
	if (outcome != OUTCOME_DONE)
		return outcome;
	while ((rc = bundle_part_next(c->part, &item)) == 1 &&
	       strcmp(item->name, c->item->name) != 0)
		continue;
	outcome = rc == 1 ? cat_current(c) : OUTCOME_REFUSED;
	bundle_part_close(c->part);
	return outcome;
}

/* Are there bytes, and may they be shown? */
static int
is_shown(const struct cat *c)
{
	const struct item_file *f = c->item->file;

	if (c->item->kind != ITEM_FILE)
		return 1;
	if (f->type == FILE_SYMLINK)
		warn_msg("--cat %s: a symlink to %s, it has no bytes", c->name,
		    f->target);
	else if (f->type == FILE_DIRECTORY)
		warn_msg("--cat %s: a folder, it has no bytes", c->name);
	else if (f->format == PLACE_OPAQUE && !c->secrets)
		warn_msg("--cat %s: secrets in a binary file cannot be masked; "
			 "--show-secrets gives its bytes",
		    c->name);
	else
		return 1;
	return 0;
}

enum outcome
audit_cat(struct audit *a)
{
	const struct manifest *m = bundle_manifest(a->bundle);
	struct cat c = { .a = a, .name = a->o->cat };
	enum outcome outcome = OUTCOME_FAILED;

	c.secrets = a->o->show_secrets;
	c.visible = isatty(STDOUT_FILENO);
	report_bytes(a->r, "", 0, 0);
	report_put(a->r, "file", report_text(a->operand));
	report_put(a->r, "item", report_text(c.name));
	report_put(a->r, "masked", json_boolean(!c.secrets));
	audit_say(a, "%s: nothing was shown", c.name);
	if ((c.item = manifest_find(m, c.name)) == NULL)
		c.item = table_of_row(m, c.name);
	if (c.item == NULL)
		unknown_item(&c, m);
	else if (is_shown(&c))
		outcome = cat_item(&c);
	if (outcome == OUTCOME_DONE)
		audit_say(
		    a, "%s%s", c.name, c.secrets ? "" : " (secrets masked)");
	return outcome;
}
