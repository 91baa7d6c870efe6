#include "restore/definitions/identity.h"

#include <string.h>
#include <strings.h>

#include "archive/warn.h"
#include "restore/definitions/definition.h"
#include "restore/meaning/meaning.h"
#include "restore/preflight/finding.h"

static enum identity
other(struct restore *r, const struct item *item, const char *has,
    const char *value)
{

	if (finding_add(r, item->kind, item->name, NULL, "other-identity",
		"another %s stands here, %s %s; it is not replaced: undefine "
		"it there, or leave this one out with --not '%s'",
		item_kind_name(item->kind), has, value, item->name))
		return IDENTITY_FAILED;
	return IDENTITY_OTHER;
}

/* Does what has the name say what is wanted, but for its uuid? 1, 0, -1. */
static int
is_twin(struct restore *r, const struct item *item, const struct buf *captured,
    const struct virt_object *here)
{
	struct held_cookie held = { r, item->kind, item->name, item->name };
	struct rewrite_options opt;
	struct buf wanted = BUF_EMPTY;
	int rc = -1;

	if (item->kind == ITEM_DOMAIN || item->kind == ITEM_SECRET)
		return 0;
	definition_options(&held, 1, &opt);
	if (rewrite(&opt, PLACE_XML, captured->data, captured->len, &wanted,
		restore_held, &held) == 0)
		rc = meaning_same(wanted.data, wanted.len, here->xml,
		    strlen(here->xml), MEANING_BOTH | MEANING_NO_IDENTITY,
		    NULL);
	buf_wipe(&wanted);
	return rc;
}

/* libvirt has one secret for one use. */
static enum identity
secret_use(struct restore *r, const struct here *h, const struct item *item,
    const struct buf *captured)
{
	struct buf want = BUF_EMPTY, here = BUF_EMPTY;
	enum identity rc = IDENTITY_FAILED;
	size_t i;

	if (definition_usage(captured->data, captured->len, &want))
		goto done;
	for (i = 0; want.len > 0 && i < h->n; i++) {
		buf_clear(&here);
		if (strcasecmp(h->o[i].o.uuid, item->virt->uuid) == 0)
			continue;
		if (definition_usage(
			h->o[i].o.xml, strlen(h->o[i].o.xml), &here))
			goto done;
		if (here.len > 0 && strcmp(want.data, here.data) == 0) {
			rc = other(r, item, "for the same use with uuid",
			    h->o[i].o.uuid);
			goto done;
		}
	}
	rc = IDENTITY_SAME;
done:
	buf_free(&want);
	buf_free(&here);
	return rc;
}

enum identity
identity_check(struct restore *r, const struct here *h, const struct item *item,
    const struct buf *captured, const struct virt_object *here)
{
	const struct virt_object *o;
	const struct item *before;
	int rc;

	/* An item in front of it has its uuid, too. */
	before = here_item(h, item->virt->uuid);
	if (before != NULL && before != item) {
		if (finding_add(r, item->kind, item->name, NULL,
			"other-identity",
			"%s has the same uuid, %s: leave one out with --not",
			before->name, item->virt->uuid))
			return IDENTITY_FAILED;
		return IDENTITY_OTHER;
	}
	if (here != NULL && item->virt->uuid != NULL &&
	    strcasecmp(here->uuid, item->virt->uuid) != 0) {
		if ((rc = is_twin(r, item, captured, here)) != 0)
			return rc == 1 ? IDENTITY_TWIN : IDENTITY_FAILED;
		return other(r, item, "of this name with uuid", here->uuid);
	}
	if (here != NULL)
		return IDENTITY_SAME;
	if ((o = here_uuid(h, item->virt->uuid)) != NULL)
		return other(r, item, "with its uuid under the name", o->name);
	if (item->kind == ITEM_SECRET && item->virt->uuid != NULL)
		return secret_use(r, h, item, captured);
	return IDENTITY_SAME;
}

int
identity_usage(struct restore *r, const struct item *item, const char *here,
    const struct buf *wanted, int valued)
{
	struct buf was = BUF_EMPTY, will = BUF_EMPTY;
	int rc = -1;

	if (definition_usage(here, strlen(here), &was) ||
	    definition_usage(wanted->data, wanted->len, &will))
		goto done;
	rc = 0;
	if (was.len == 0 || will.len == 0 || strcmp(was.data, will.data) == 0)
		goto done;
	rc = 1;
	if (finding_add(r, item->kind, item->name, NULL, "secret-usage",
		"libvirt does not change what a secret is for (here: %s, to "
		"be: %s): virsh secret-undefine %s, and it is made anew%s",
		was.data, will.data, item->virt->uuid,
		valued ? " with its value"
		       : "; its value is not in the bundle: set it by hand"))
		rc = -1;
done:
	buf_free(&was);
	buf_free(&will);
	return rc;
}
