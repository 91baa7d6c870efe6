#ifndef ARCHIVE_VIRT_XML_H
#define ARCHIVE_VIRT_XML_H

#include <libxml/tree.h>
#include <stddef.h>

#include "archive/buf.h"

/**
 * virt_xml: a definition as a tree, for those who look into one.
 */

/**
 * virt_xml_parse(bytes, len):
 * A tree for xmlFreeDoc, or NULL, silently: xml_open without its reason.
 * Reads nothing but these bytes.  Untrusted input: yes.
 */
xmlDocPtr virt_xml_parse(const char *bytes, size_t len);

/* The child element of that name behind ${after} (NULL: the first), or NULL. */
xmlNodePtr virt_xml_child(xmlNodePtr node, const char *name, xmlNodePtr after);

/* The text of an element with the blanks around it gone, for xmlFree; NULL
 * when there is no such child, or it is empty. */
xmlChar *virt_xml_text(xmlNodePtr node, const char *child);

/* An attribute's value, for xmlFree, or NULL; ${node} may be NULL. */
xmlChar *virt_xml_attr(xmlNodePtr node, const char *name);

/* 1 when the node has that attribute with that value. */
int virt_xml_is(xmlNodePtr node, const char *name, const char *value);

/* 0 to go on; anything else ends the walk and is its result. */
typedef int virt_xml_fn(void *cookie, xmlNodePtr node);

/**
 * virt_xml_each(top, path, fn, cookie):
 * Call ${fn} for each element below ${top} that ${path} leads to:
 * "devices/disk/source", "devices/interface@type=bridge/source" for those with
 * that attribute only.
 */
int
virt_xml_each(xmlNodePtr top, const char *path, virt_xml_fn *fn, void *cookie);

/* Append the label of an element, or of its attribute (else NULL), as
 * place_walk has it, "/domain/devices/disk[2]/source/@file": 0, or -1 said. */
int
virt_xml_place(xmlNodePtr node, const char *attr, struct buf *out) MUST_CHECK;

#endif
