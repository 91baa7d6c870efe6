#ifndef ARCHIVE_XML_SCAN_H
#define ARCHIVE_XML_SCAN_H

#include <stddef.h>

/**
 * xml_scan: cut XML into its pieces, by byte positions, so that a value can be
 * replaced where it stands.  It does not judge: libxml2 does that before
 * (place_xml_fits); here is only what is needed not to lose the way.
 * Untrusted input: yes.  Allocates: nothing.
 */
enum xml_event {
	XML_SCAN_END,     /* the bytes are over */
	XML_SCAN_BAD,     /* not XML */
	XML_SCAN_DOCTYPE, /* a DOCTYPE or another declaration */
	XML_SCAN_OPEN,    /* <name: [s, e) is the name */
	XML_SCAN_ATTR,    /* name [s, e), value without quotes [vs, ve) */
	XML_SCAN_INSIDE,  /* the > of a start tag */
	XML_SCAN_CLOSE,   /* </name> or /> */
	XML_SCAN_TEXT,    /* [s, e), of a CDATA section too */
	XML_SCAN_COMMENT  /* what is between <!-- and --> */
};

struct xml_scan {
	const char *b;
	size_t len, pos;
	int tag; /* inside a start tag */
	size_t s, e, vs, ve;
};

enum xml_event xml_scan_next(struct xml_scan *x);

#endif
