#ifndef ARCHIVE_XML_JUDGE_H
#define ARCHIVE_XML_JUDGE_H

#include <libxml/tree.h>
#include <stddef.h>

/**
 * xml_judge: the one door to libxml2.  What could surprise it, or make little
 * XML much, is judged on the bytes, before it sees them.  Untrusted input: yes.
 */

/**
 * xml_judge(bytes, len):
 * NULL when libxml2 may parse these bytes, else which rule they break (static):
 * a DOCTYPE or any other declaration, NUL bytes, another encoding than UTF-8,
 * ASCII or Latin-1 and -9, markup that is cut or not balanced, or more of
 * anything than LIMIT_XML_* allows.
 */
const char *xml_judge(const char *bytes, size_t len);

/* The document, for xmlFreeDoc; NULL (silent) when xml_judge or libxml2 find
 * something wrong with it; ${*why} says what.  At most LIMIT_DEFINITION
 * bytes.  Nothing is loaded, no entity replaced. */
xmlDocPtr xml_open(const char *bytes, size_t len, const char **why);

/* As xml_judge, and then libxml2 says whether it is well formed; it builds
 * nothing.  ${*why}: NULL: so.  -1 (said): out of memory. */
int xml_well_formed(const char *bytes, size_t len, const char **why);

#endif
