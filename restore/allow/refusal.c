#include "restore/allow/refusal.h"

#include <string.h>

#include "archive/libvirt/virt_xml.h"
#include "archive/warn.h"

/* Bytes of a text that are shown. */
#define SHOWN 240

/* As much of it as is shown, whole characters. */
static int
shown(const char *text)
{
	size_t n = strlen(text);

	if (n <= SHOWN)
		return (int)n;
	for (n = SHOWN; n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80;)
		n--;
	return (int)n;
}

int
refusal_add(struct refusal *all, const char *name, xmlNodePtr node,
    const char *attr, const char *text)
{
	const struct allow_name *names;
	struct refusal_row *row;
	size_t i, n;

	names = allow_names(&n);
	for (i = 0; i < n && strcmp(names[i].name, name) != 0; i++)
		;
	if (i == n || n > REFUSAL_NAMES) {
		warn_msg("%s: not in the table of what may be allowed", name);
		return -1;
	}
	row = &all->row[i];
	if (row->n++ > 0)
		return 0;
	if (node != NULL && virt_xml_place(node, attr, &row->place))
		return -1;
	return buf_addf(&row->text, "%.*s", shown(text), text);
}

static int
tell_row(const struct refusal *all, const struct refusal_row *row,
    const struct allow_name *name)
{
	static const char schema[] = "schema";
	struct restore *r = all->r;
	const struct item *item = all->item;
	enum plan_type type = r->reading ? PLAN_NOTE : PLAN_FINDING;
	const char *finding =
	    strcmp(name->name, schema) == 0 ? "schema-invalid" : "not-allowed";
	struct buf more = BUF_EMPTY;
	int rc = -1;

	if (row->n > 1 && buf_addf(&more, " (and %zu more)", row->n - 1))
		goto out;
	if (allow_released(r->opt->allow, name->name, item->name)) {
		if (r->reading)
			rc = 0;
		else
			rc = plan_say(r->plan, PLAN_WAIVED, item->kind,
			    item->name, row->place.data, finding,
			    "%s%s; it has %s: --allow %s", row->text.data,
			    more.len > 0 ? more.data : "", name->about,
			    name->name);
	} else
		rc = plan_say(r->plan, type, item->kind, item->name,
		    row->place.data, finding,
		    "%s%s; a definition from a bundle may not have %s: leave "
		    "it out with --not '%s', or, if that is meant, --allow %s",
		    row->text.data, more.len > 0 ? more.data : "", name->about,
		    item->name, name->name);
out:
	buf_free(&more);
	return rc;
}

int
refusal_tell(const struct refusal *all)
{
	const struct allow_name *names;
	size_t i, n;

	names = allow_names(&n);
	for (i = 0; i < n && i < REFUSAL_NAMES; i++)
		if (all->row[i].n > 0 && tell_row(all, &all->row[i], &names[i]))
			return -1;
	return 0;
}

void
refusal_free(struct refusal *all)
{
	size_t i;

	for (i = 0; i < REFUSAL_NAMES; i++) {
		buf_free(&all->row[i].place);
		buf_free(&all->row[i].text);
	}
}
