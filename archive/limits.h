#ifndef ARCHIVE_LIMITS_H
#define ARCHIVE_LIMITS_H

/**
 * Every limit, with its reason.  Limits are constants: no bundle and no option
 * raises them, and 0 never means "unlimited".
 */

/* SHA256SUMS is read into memory before anything is trusted: a handful of
 * lines. */
#define LIMIT_SUMS (16u << 10)

/* KEY.cms is held in memory: some 600 bytes for each recipient. */
#define LIMIT_ENVELOPE (64u << 10)

/* The manifest is held in memory: some 300 bytes an item, so 100,000 items and
 * their address index fit. */
#define LIMIT_MANIFEST (128u << 20)

/* One entry of a manifest (an item with its columns and xattrs) is parsed at a
 * time, so that a manifest costs little more than its own bytes. */
#define LIMIT_MANIFEST_ENTRY (1u << 20)

/* What a description says of a host: libvirt's capabilities, 50 KiB for each
 * machine type, and a few hundred bytes for each disk. */
#define LIMIT_DESCRIPTION (32u << 20)

/* Lines of the address index of a manifest: 40 bytes each in memory. */
#define LIMIT_INDEX (4u << 20)

/* All extended attributes of a file, names and values: Linux keeps 64 KiB of
 * each; libarchive reads a tar's extended header up to 1 MiB. */
#define LIMIT_XATTRS (256u << 10)

/* The window that a zstd frame may ask for, as a power of two: 8 MiB, what
 * every zstd decoder gives.  novark writes 2 MiB. */
#define LIMIT_ZSTD_WINDOW_LOG 23

/* JSON nesting in a manifest or a column: jansson recurses. */
#define LIMIT_JSON_DEPTH 64

/* A file, definition or column value that is rewritten is held in memory whole.
 */
#define LIMIT_ITEM (64u << 20)

/* What a value holds in base64 or gzip is decoded so far: nova takes 64 KiB of
 * user data, and a bomb is no more than this. */
#define LIMIT_INNER (16u << 20)

/* A file outside the file set that is searched: nobody writes configuration of
 * that size; and a config drive, which is a FAT file system of 64 MiB. */
#define LIMIT_OUTSIDE_FILE  (4u << 20)
#define LIMIT_OUTSIDE_IMAGE (256u << 20)

/* The name of an item or member: longer than any path nova or libvirt makes. */
#define LIMIT_NAME 1024u

/* One level of XML nesting costs the walker a stack entry. */
#define LIMIT_XML_DEPTH 256

/* Configuration that is read for what it says, not only captured: with every
 * option that there is as a comment, nova.conf has half a MiB; and all of
 * OpenStack has some 5,000 options. */
#define LIMIT_CONFIGURATION (4u << 20)
#define LIMIT_OPTIONS       20000u

/* References in an option's value are replaced while it is no larger: a value
 * that refers to others, and they to others again, grows like a power. */
#define LIMIT_EXPANDED   (1u << 20)
#define LIMIT_REFERENCES 1000u

/* A map file is held in memory: more than 100,000 rules fit. */
#define LIMIT_MAP (16u << 20)

/* A line of a saved plan or a receipt: one change with the names of its cells.
 */
#define LIMIT_PAPER_LINE (1 << 20)

/* A receipt is held in memory, because Ed25519 takes its message whole: more
 * than 500,000 changes fit. */
#define LIMIT_RECEIPT (256u << 20)

/* The header of a qcow2 image, with all that it holds, is its first cluster;
 * the largest are of 2 MiB. */
#define LIMIT_QCOW2 (2u << 20)

/* Images behind images: libvirt follows as many. */
#define LIMIT_CHAIN 200

/* A PEM key file. */
#define LIMIT_KEY (64u << 10)

/* Files in a folder of public keys: a signature is tried with each of them, 0.1
 * ms a key. */
#define LIMIT_TRUST 1024u

#endif
