#ifndef ARCHIVE_LIMITS_H
#define ARCHIVE_LIMITS_H

/**
 * Every limit, with its reason.  Limits are constants: no bundle and no option
 * raises them, and 0 never means "unlimited".
 */

/* SHA256SUMS is read into memory before anything is trusted: a handful of lines. */
#define LIMIT_SUMS (16u << 10)

/* The manifest is held in memory: some 300 bytes an item, so 100,000 items and
 * their address index fit. */
#define LIMIT_MANIFEST (128u << 20)

/* JSON nesting in a manifest or a column: jansson recurses. */
#define LIMIT_JSON_DEPTH 64

/* A file, definition or column value that is rewritten is held in memory whole. */
#define LIMIT_ITEM (64u << 20)

/* The name of an item or member: longer than any path nova or libvirt makes. */
#define LIMIT_NAME 1024u

/* One level of XML nesting costs the walker a stack entry. */
#define LIMIT_XML_DEPTH 256

/* A map file is held in memory: more than 100,000 rules fit. */
#define LIMIT_MAP (16u << 20)

/* A PEM key file. */
#define LIMIT_KEY (64u << 10)

#endif
