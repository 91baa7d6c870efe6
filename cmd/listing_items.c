#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/limits.h"
#include "archive/node/fileset_outside.h"
#include "archive/warn.h"
#include "cmd/listing.h"
#include "cmd/report_inner.h"

/* Where lines are as long as they are, names longer than this do not widen the
 * column. */
#define PLAIN_WIDTH 64

/* On a terminal: the column of sizes; what a note takes of a line at most. */
#define SIZE_COLUMN 10
#define NOTE_SHARE  4

/* How wide the column of names is, and where that of notes begins. */
struct columns {
	size_t name, note;
};

static const char *
file_note(const struct item_file *f)
{

	if (f->type == FILE_DIRECTORY)
		return "folder";
	if (f->set != NULL && strcmp(f->set, FILESET_OUTSIDE) == 0)
		return "outside the catalogue";
	return f->format == PLACE_OPAQUE && f->type == FILE_REGULAR ? "binary"
								    : "";
}

static const char *
secret_note(const struct item_virt *v)
{

	if (v->has_value)
		return "with its value";
	return v->is_private ? "private: value not in bundle" : "no value set";
}

/* A domain, network or pool. */
static void
virt_notes(const struct item *item, char *text, size_t len)
{
	const struct item_virt *v = item->virt;
	const char *running = item->kind == ITEM_DOMAIN ? "running" : "active";

	if (v->source != NULL)
		snprintf(text, len, "from %s: libvirt had lost it", v->source);
	else
		snprintf(text, len, "%s%s%s%s%s", v->active ? running : "",
		    v->active && v->autostart ? ", " : "",
		    v->autostart ? "autostart" : "",
		    (v->active || v->autostart) && !v->persistent ? ", " : "",
		    v->persistent ? "" : "not persistent");
}

static void
account_note(const struct item_account *a, char *text, size_t len)
{
	size_t i, n = 0;

	for (i = 0; i < a->nroles && n < len; i++)
		n += (size_t)snprintf(text + n, len - n, "%s%s",
		    i == 0 ? "on the server of " : ", ", a->roles[i]);
}

/* What is worth a word about an item, into text. */
static void
print_notes(const struct item *item, char *text, size_t len)
{

	text[0] = '\0';
	if (item->kind == ITEM_FILE && item->file->type == FILE_SYMLINK)
		snprintf(text, len, "-> %s", item->file->target);
	else if (item->kind == ITEM_FILE)
		snprintf(text, len, "%s", file_note(item->file));
	else if (item->kind == ITEM_TABLE)
		snprintf(text, len, "%" PRIu64 " row%s%s", item->table->rows,
		    item->table->rows == 1 ? "" : "s",
		    item->table->outside ? ", outside the catalogue" : "");
	else if (item->kind == ITEM_ACCOUNT)
		account_note(item->account, text, len);
	else if (item->kind == ITEM_SECRET)
		snprintf(text, len, "%s", secret_note(item->virt));
	else if (item->kind != ITEM_NWFILTER)
		virt_notes(item, text, len);
}

/* Folders and links have no size. */
static void
print_size(const struct item *item, char size[REPORT_SIZE])
{

	if (item->file != NULL && item->file->type != FILE_REGULAR)
		snprintf(size, REPORT_SIZE, "-");
	else
		report_size(item->size, size);
}

/* A large bundle has 30,000: printf would take longer than reading them. */
static void
put_plain(struct report *r, const struct item *item, size_t width)
{
	char size[REPORT_SIZE], notes[LIMIT_NAME + 64];
	char line[LIMIT_NAME + 16 + PLAIN_WIDTH + REPORT_SIZE + sizeof(notes)];
	char *to;
	size_t n = strnlen(item->name, LIMIT_NAME + 16), len;

	to = (char *)memcpy(line, item->name, n) + n;
	print_size(item, size);
	len = strlen(size);
	n = (n < width ? width - n : 0) + 1 + (len < 12 ? 12 - len : 0);
	to = (char *)memset(to, ' ', n) + n;
	to = (char *)memcpy(to, size, len) + len;
	print_notes(item, notes, sizeof(notes));
	if ((n = strlen(notes)) > 0) {
		to = (char *)memset(to, ' ', 2) + 2;
		to = (char *)memcpy(to, notes, n) + n;
	}
	report_plain(r, line, (size_t)(to - line));
}

/* What the longest name takes. */
static size_t
longest_name(const struct manifest *m)
{
	size_t i, n, most = strlen("ITEM");

	for (i = 0; i < m->nitems; i++)
		if ((n = strlen(m->items[i]->name)) > most)
			most = n;
	return most;
}

static size_t
longest_note(const struct manifest *m)
{
	char notes[LIMIT_NAME + 64];
	size_t i, n, most = strlen("NOTES");

	for (i = 0; i < m->nitems; i++) {
		print_notes(m->items[i], notes, sizeof(notes));
		if ((n = strlen(notes)) > most)
			most = n;
	}
	return most;
}

/* The columns of a terminal: 0 where it is too narrow for any. */
static int
fit(const struct manifest *m, size_t columns, struct columns *c)
{
	size_t note = longest_note(m), room;

	if (note > columns / NOTE_SHARE)
		note = columns / NOTE_SHARE;
	if (columns < strlen("ITEM") + 1 + SIZE_COLUMN + 2 + note)
		return 0;
	room = columns - 1 - SIZE_COLUMN - 2 - note;
	c->name = longest_name(m);
	if (c->name > room)
		c->name = room;
	c->note = c->name + 1 + SIZE_COLUMN + 2;
	return 1;
}

/* A line of the table: the note is folded in its column; a name that is wider
 * than its own has the line above to itself. */
static void
put_row(struct report *r, const struct columns *c, const char *name,
    const char *size, const char *note)
{
	char *shown, *front = NULL;

	if ((shown = report_shown(name, strlen(name))) == NULL)
		goto err0;
	if (strlen(shown) > c->name) {
		report_plain(r, name, strlen(name));
		shown[0] = '\0';
	}
	if (asprintf(&front, "%-*s %*s", (int)c->name, shown, SIZE_COLUMN,
		size) < 0) {
		warn_msg("out of memory");
		goto err1;
	}
	report_label(r, c->note, front, "%s", note);
	free(front);
	free(shown);
	return;

err1:
	free(shown);
err0:
	r->failed = 1;
}

static void
put_fitted(struct report *r, const struct manifest *m, const struct columns *c)
{
	char size[REPORT_SIZE], notes[LIMIT_NAME + 64];
	size_t i;

	put_row(r, c, "ITEM", "SIZE", "NOTES");
	for (i = 0; i < m->nitems; i++) {
		print_size(m->items[i], size);
		print_notes(m->items[i], notes, sizeof(notes));
		put_row(r, c, m->items[i]->name, size, notes);
	}
}

static void
put_whole(struct report *r, const struct manifest *m)
{
	size_t width = longest_name(m), i;

	if (width > PLAIN_WIDTH)
		width = PLAIN_WIDTH;
	report_line(r, "%-*s %12s  %s", (int)width, "ITEM", "SIZE", "NOTES");
	for (i = 0; i < m->nitems; i++)
		put_plain(r, m->items[i], width);
}

void
listing_items(struct report *r, const struct manifest *m)
{
	struct columns c;

	report_line(r, "%s", "");
	if (r->screen.columns > 0 && fit(m, (size_t)r->screen.columns, &c))
		put_fitted(r, m, &c);
	else
		put_whole(r, m);
	report_line(r, "%s", "");
}
