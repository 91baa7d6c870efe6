#include "restore/definitions/define.h"

#include <string.h>

#include "archive/warn.h"
#include "restore/allow/allow.h"
#include "restore/allow/mend.h"
#include "restore/allow/schema.h"
#include "restore/definitions/definition.h"
#include "restore/meaning/meaning.h"

/* libvirt said yes: is it there, to stay, and whole?  1; 0 with what is missing
 * in ${why}; -1 (said). */
static int
is_whole(struct restore *r, const struct plan_record *rec, const char *xml,
    int flags, struct buf *why)
{
	struct virt_object *o;
	int there, rc = -1;

	there = virt_get_definition(
	    r->virt, rec->kind, definition_name(rec->item), &o);
	if (there == -1)
		return -1;
	if (there == 0 || !o->persistent)
		warn_msg("%s: libvirt took the definition, but does not keep "
			 "it",
		    rec->item);
	else if (strcmp(xml, o->xml) == 0)
		rc = 1;
	else
		rc = meaning_same(
		    xml, strlen(xml), o->xml, strlen(o->xml), flags, why);
	virt_objects_free(o, (size_t)there);
	return rc;
}

/* Put back what stood here before a definition that lost something. */
static int
take_back(struct restore *r, const struct plan_record *rec,
    const struct virt_object *before)
{
	const char *name = definition_name(rec->item);

	if (before == NULL || !before->persistent)
		return virt_undefine(r->virt, rec->kind, name);
	return virt_define_loosely(r->virt, rec->kind, name, before->xml);
}

/* With libvirt's schema, unless what it does not allow is released, or its
 * schema was asked here: then ${*loosely}, libvirt itself has not judged.  0,
 * or -1 said. */
static int
define_checked(struct restore *r, const struct plan_record *rec,
    const char *xml, int *loosely)
{
	const char *name = definition_name(rec->item);
	struct buf mended = BUF_EMPTY;
	int rc;

	*loosely =
	    allow_released(r->opt->allow, "schema", rec->item) ||
	    schemas_vouch(r->schemas, r->virt, rec->kind, xml, strlen(xml));
	if (*loosely)
		return virt_define_loosely(r->virt, rec->kind, name, xml);
	rc = virt_define(r->virt, rec->kind, name, xml);
	if (rc == 1 && (rc = mend_text(xml, strlen(xml), &mended)) != -1)
		rc = rc == 1
			 ? virt_define(r->virt, rec->kind, name, mended.data)
			 : 1;
	buf_wipe(&mended);
	if (rc == 1)
		warn_msg("%s: libvirt's schema does not allow the definition",
		    rec->item);
	return rc == 0 ? 0 : -1;
}

int
define_whole(struct restore *r, const struct plan_record *rec, const char *xml,
    const struct virt_object *before)
{
	const char *name = definition_name(rec->item);
	struct buf why = BUF_EMPTY;
	int rc = -1, loosely;

	if (define_checked(r, rec, xml, &loosely))
		goto done;
	if ((rc = is_whole(r, rec, xml, 0, &why)) != 0)
		goto done;
	/* What reads otherwise, libvirt judges itself. */
	if (!loosely || (rc = virt_define(r->virt, rec->kind, name, xml)) != 1)
		goto done;
	warn_msg("%s: libvirt does not take all of it: %s", rec->item,
	    why.data != NULL ? why.data : "");
	if (take_back(r, rec, before))
		warn_msg("%s: the definition that was there before could not "
			 "be put back",
		    rec->item);
	rc = -1;
done:
	buf_free(&why);
	return rc == -1 ? -1 : 0;
}

int
define_again(struct restore *r, const struct plan_record *rec, const char *xml)
{
	const char *name = definition_name(rec->item);
	struct buf why = BUF_EMPTY;
	int rc;

	if (virt_define_loosely(r->virt, rec->kind, name, xml))
		return -1;
	if ((rc = is_whole(r, rec, xml, MEANING_BOTH, &why)) == 0)
		warn_msg("%s: libvirt does not take back all that it once gave "
			 "out: %s",
		    rec->item, why.data != NULL ? why.data : "");
	buf_free(&why);
	return rc == 1 ? 0 : -1;
}
