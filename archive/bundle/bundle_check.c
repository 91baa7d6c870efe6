#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "archive/bundle/base64.h"
#include "archive/bundle/bundle.h"
#include "archive/bundle/bundle_private.h"
#include "archive/database/tabcheck.h"
#include "archive/judge/xml_judge.h"
#include "archive/libvirt/virt_xml.h"
#include "archive/limits.h"
#include "archive/warn.h"

/* What is in an account's row: see FORMAT.md, section 5. */
#define ACCOUNT_CELLS 4

#define CHUNK (64u << 10)

/* One item's bytes, being looked at. */
struct look {
	struct bundle_part *p;
	const struct item *item;
	const char *file;
	struct buf bytes;
	bundle_look *fn; /* NULL: nobody else looks */
	void *cookie;
};

static int
refuse(const struct look *l, const char *why)
{

	warn_msg("%s: refused: %s: %s", l->file, l->item->name, why);
	return -1;
}

/* Has the definition the name of its item, as far as it has one? */
static int
check_name(const struct look *l, xmlNodePtr root)
{
	const char *want = strchr(l->item->name, ':') + 1;
	xmlChar *name;
	int same;

	name = l->item->kind == ITEM_SECRET     ? virt_xml_text(root, "uuid")
	       : l->item->kind == ITEM_NWFILTER ? virt_xml_attr(root, "name")
						: virt_xml_text(root, "name");
	same = name == NULL || strcmp((const char *)name, want) == 0;
	xmlFree(name);
	return same ? 0 : refuse(l, "its definition has another name");
}

/* A uuid that both tell is one. */
static int
check_uuid(const struct look *l, xmlNodePtr root)
{
	const char *want = l->item->virt->uuid;
	xmlChar *uuid = virt_xml_text(root, "uuid");
	int same;

	same = uuid == NULL || want == NULL ||
	       strcasecmp((const char *)uuid, want) == 0;
	xmlFree(uuid);
	return same ? 0 : refuse(l, "its definition has another uuid");
}

static int
check_xml(const struct look *l)
{
	static const char *const roots[ITEM_KINDS] = {
		[ITEM_SECRET] = "secret",
		[ITEM_NWFILTER] = "filter",
		[ITEM_NETWORK] = "network",
		[ITEM_POOL] = "pool",
		[ITEM_DOMAIN] = "domain",
	};
	xmlNodePtr root;
	const char *why;
	xmlDocPtr doc;
	int rc;

	if ((doc = xml_open(l->bytes.data, l->bytes.len, &why)) == NULL)
		return refuse(l, why);
	root = xmlDocGetRootElement(doc);
	if (strcmp((const char *)root->name, roots[l->item->kind]) == 0)
		rc = check_name(l, root) == -1 ? -1 : check_uuid(l, root);
	else
		rc = refuse(l, "its definition is one of another kind");
	xmlFreeDoc(doc);
	return rc;
}

static int
check_value(struct look *l)
{
	struct buf value = BUF_EMPTY, plain = BUF_EMPTY;
	int rc = -1;

	if (bundle_part_value(l->p, &value) == -1)
		goto done;
	rc = base64_decode(value.len > 0 ? value.data : "", value.len, &plain);
	if (rc == -1)
		refuse(l, "its value is no base64");
done:
	buf_wipe(&plain);
	buf_wipe(&value);
	return rc;
}

static int
check_definition(struct look *l)
{

	buf_clear(&l->bytes);
	if (bundle_part_load(l->p, &l->bytes) == -1 || check_xml(l) == -1)
		return -1;
	return l->item->virt->has_value ? check_value(l) : 0;
}

static int
check_count(const struct look *l, uint64_t rows)
{
	const struct item_table *t = l->item->table;

	return rows == t->rows && t->history <= t->rows
		   ? 0
		   : refuse(l, "it has another number of rows");
}

/* Rows, as they come by. */
static int
check_rows(struct look *l)
{
	const struct item_table *t = l->item->table;
	struct tabcheck rows = { .ncells = ACCOUNT_CELLS };
	ssize_t n;
	size_t i;
	char *to;

	for (i = rows.ncells = 0; t != NULL && i < t->ncolumns; i++)
		rows.ncells += !t->columns[i].generated;
	if (t == NULL)
		rows.ncells = ACCOUNT_CELLS;
	buf_clear(&l->bytes);
	if ((to = buf_reserve(&l->bytes, CHUNK)) == NULL)
		return -1;
	while ((n = bundle_part_read(l->p, to, CHUNK)) > 0) {
		if (tabcheck_add(&rows, to, (size_t)n) == -1)
			break;
		if (l->fn != NULL && t != NULL)
			l->fn(l->cookie, l->item, to, (size_t)n);
	}
	if (n == -1)
		return -1;
	if (n != 0 || tabcheck_end(&rows) == -1) {
		warn_msg("%s: refused: %s: row %" PRIu64 " %s", l->file,
		    l->item->name, rows.rows + 1, rows.why);
		return -1;
	}
	return t == NULL ? 0 : check_count(l, rows.rows);
}

static int
check_item(struct look *l)
{

	switch (item_part(l->item->kind)) {
	case PART_LIBVIRT:
		return check_definition(l);
	case PART_DATABASE:
		return check_rows(l);
	case PART_FILES:
		break;
	}
	return 0;
}

int
bundle_check_item(struct bundle_part *p, const struct item *item)
{
	struct look l = { .p = p, .item = item, .file = bundle_part_file(p) };
	int rc = check_item(&l);

	buf_wipe(&l.bytes);
	return rc;
}

int
bundle_check_count(
    const struct bundle_part *p, const struct item *item, uint64_t rows)
{
	struct look l = { .item = item, .file = bundle_part_file(p) };

	return check_count(&l, rows);
}

static enum outcome
check_part(
    struct bundle *b, enum item_part part, bundle_look *look, void *cookie)
{
	struct look l = { .file = b->file, .fn = look, .cookie = cookie };
	enum outcome rc;
	int n;

	if ((rc = bundle_part_open(b, part, &l.p)) != OUTCOME_DONE)
		return rc;
	while ((n = bundle_part_next(l.p, &l.item)) == 1)
		if ((n = check_item(&l)) == -1)
			break;
	/* What the reader did not find wrong, was found here. */
	if (n != 0)
		rc = bundle_outcome(b) != OUTCOME_DONE ? bundle_outcome(b)
						       : OUTCOME_REFUSED;
	buf_wipe(&l.bytes);
	bundle_part_close(l.p);
	return rc;
}

enum outcome
bundle_check_part(struct bundle *b, enum item_part part)
{

	return check_part(b, part, NULL, NULL);
}

/* What is stored, of one that cannot be opened; KEY.cms was checked. */
static enum outcome
check_shut(struct bundle *b)
{
	enum outcome rc = OUTCOME_DONE;
	int id;

	for (id = OUTER_MANIFEST; id <= OUTER_DATABASE; id++)
		if ((rc = bundle_member_check(b, (enum outer_id)id)) !=
		    OUTCOME_DONE)
			break;
	return rc;
}

enum outcome
bundle_check(struct bundle *b)
{

	return bundle_check_look(b, NULL, NULL);
}

enum outcome
bundle_check_look(struct bundle *b, bundle_look *look, void *cookie)
{
	enum outcome rc = OUTCOME_DONE;
	int part;

	if (b->shut)
		return check_shut(b);
	for (part = 0; part < ITEM_PARTS && rc == OUTCOME_DONE; part++)
		rc = check_part(b, (enum item_part)part, look, cookie);
	return rc;
}
