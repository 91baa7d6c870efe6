#include "restore/allow/mend.h"

#include <string.h>

#include "archive/libvirt/virt_xml.h"
#include "archive/warn.h"

/* An element, below the root (virt_xml_each), that is as good as absent when
 * its attribute is empty. */
static const struct {
	const char *path, *attr;
} rows[] = {
	/* nova's cards of type "ethernet": no script is to be run. */
	{ "devices/interface/script", "path" },
};

struct mending {
	const char *attr;
	xmlNodePtr found;
};

/* virt_xml_fn: stop at the first that is to go. */
static int
is_empty(void *cookie, xmlNodePtr node)
{
	struct mending *m = cookie;

	if (!virt_xml_is(node, m->attr, ""))
		return 0;
	m->found = node;
	return 1;
}

size_t
mend_tree(xmlDocPtr doc)
{
	xmlNodePtr top = xmlDocGetRootElement(doc);
	struct mending m;
	size_t i, n = 0;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		m.attr = rows[i].attr;
		while (virt_xml_each(top, rows[i].path, is_empty, &m) == 1) {
			xmlUnlinkNode(m.found);
			xmlFreeNode(m.found);
			n++;
		}
	}
	return n;
}

int
mend_text(const char *xml, size_t len, struct buf *out)
{
	xmlChar *text = NULL;
	xmlDocPtr doc;
	int size, rc = 0;

	if ((doc = virt_xml_parse(xml, len)) == NULL)
		return 0;
	if (mend_tree(doc) > 0) {
		rc = -1;
		xmlDocDumpMemory(doc, &text, &size);
		if (text == NULL)
			warn_msg("out of memory");
		else if (buf_add(out, text, (size_t)size) == 0)
			rc = 1;
	}
	xmlFree(text);
	xmlFreeDoc(doc);
	return rc;
}
