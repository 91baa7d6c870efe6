#ifndef ARCHIVE_LIMITS_H
#define ARCHIVE_LIMITS_H

#include <stdint.h>

/**
 * Every limit, with its reason.  Limits are constants: no bundle and no option
 * raises them, and 0 never means "unlimited".
 */

/* SHA256SUMS is read into memory before anything is trusted: a handful of
 * lines. */
#define LIMIT_SUMS (16u << 10)

/* KEY.cms is held in memory: some 600 bytes for each recipient. */
#define LIMIT_ENVELOPE (64u << 10)

/* Sizes, and sums of them: so that no sum of two overflows, whatever a header
 * or a manifest says. */
#define LIMIT_SIZE ((uint64_t)1 << 56)

/* The manifest is held in memory while it is read. */
#define LIMIT_MANIFEST (16u << 20)

/* What it is made into, as manifest_weight.c counts: 40,000 items fit, or
 * 300,000 lines of the address index.  With its bytes and the program itself
 * that stays below 64 MiB. */
#define LIMIT_MANIFEST_WEIGHT (24u << 20)

/* Hosts that a bundle's rows are of: each is compared with each. */
#define LIMIT_HOSTS 4096u

/* One entry of a manifest (an item with its columns and xattrs) is parsed at a
 * time, so that a manifest costs little more than its own bytes. */
#define LIMIT_MANIFEST_ENTRY (1u << 20)

/* What a description says of a host: libvirt's capabilities, 50 KiB for each
 * machine type, and a few hundred bytes for each disk. */
#define LIMIT_DESCRIPTION (8u << 20)

/* What a part unpacks to: 64 MiB, and 1000 times as much as its stored bytes.
 * Rows that differ in a number only are packed to a hundredth; zstd gives
 * 30,000 bytes of zeros for one. */
#define LIMIT_UNPACKED_FREE (64u << 20)
#define LIMIT_UNPACKED_EACH 1000u

/* All extended attributes of a file, names and values: Linux keeps 64 KiB of
 * each; libarchive reads a tar's extended header up to 1 MiB. */
#define LIMIT_XATTRS (256u << 10)

/* And how many: each is compared with each; Linux lists 64 KiB of names. */
#define LIMIT_XATTRS_COUNT 1024u

/* Columns of a table: MySQL has no more. */
#define LIMIT_COLUMNS 4096u

/* Columns of a key: MySQL has 16, MariaDB 32. */
#define LIMIT_KEY_COLUMNS 64

/* Databases whose servers have one account: compared with each other. */
#define LIMIT_ROLES 64u

/* The window that a zstd frame may ask for, as a power of two: 8 MiB, what
 * every zstd decoder gives.  novark writes 2 MiB. */
#define LIMIT_ZSTD_WINDOW_LOG 23

/* JSON nesting in a manifest or a column: jansson recurses. */
#define LIMIT_JSON_DEPTH 64

/* The tree that jansson makes of JSON, by json_weight: three bytes ("{},") can
 * cost 256.  A table of 4096 columns fits into a manifest's entry. */
#define LIMIT_JSON_WEIGHT (8u << 20)

/* A definition: libvirt's protocol carries no longer text. */
#define LIMIT_DEFINITION (4u << 20)

/* XML: nesting costs the walker a stack entry; a place has the names of all
 * elements around it in its label; elements are looked for among
 * their siblings; attributes and namespaces are compared with each other by
 * libxml2; and its tree, by xml_judge, costs some 200 bytes for a node.  A
 * network of 10,000 DHCP hosts fits. */
#define LIMIT_XML_DEPTH      256
#define LIMIT_XML_ELEMENTS   32768u
#define LIMIT_XML_ATTRIBUTES 256u
#define LIMIT_XML_NAMESPACES 64u
#define LIMIT_XML_PATH       4096u
#define LIMIT_XML_WEIGHT     (24u << 20)

/* A file or column value that is rewritten is held in memory whole: twice what
 * a MEDIUMTEXT holds. */
#define LIMIT_ITEM (32u << 20)

/* What a value holds in base64 or gzip is decoded so far: nova takes 64 KiB of
 * user data, and a bomb is no more than this. */
#define LIMIT_INNER (16u << 20)

/* A file outside the file set that is searched: nobody writes configuration of
 * that size; and a config drive, which is a FAT file system of 64 MiB. */
#define LIMIT_OUTSIDE_FILE  (4u << 20)
#define LIMIT_OUTSIDE_IMAGE (256u << 20)

/* The name of an item or member: longer than any path nova or libvirt makes. */
#define LIMIT_NAME 1024u

/* Configuration that is read for what it says, not only captured: with every
 * option that there is as a comment, nova.conf has half a MiB; and all of
 * OpenStack has some 5,000 options. */
#define LIMIT_CONFIGURATION (4u << 20)
#define LIMIT_OPTIONS       20000u

/* References in an option's value are replaced while it is no larger: a value
 * that refers to others, and they to others again, grows like a power. */
#define LIMIT_EXPANDED   (1u << 20)
#define LIMIT_REFERENCES 1000u

/* A map file is held in memory. */
#define LIMIT_MAP (16u << 20)

/* Rules of a map, 300 bytes each with their tables: ranges do for a site. */
#define LIMIT_RULES 100000u

/* A line of a saved plan or a receipt: one change with the names of its cells.
 */
#define LIMIT_PAPER_LINE (1 << 20)

/* A receipt is held in memory, because Ed25519 takes its message whole: more
 * than 500,000 changes fit. */
#define LIMIT_RECEIPT (256u << 20)

/* What comes or goes through a pipe is laid aside (aside.h): a bundle of 50,000
 * instances has 22 MB.  In memory so much of it, the rest on a disk. */
#define LIMIT_ASIDE        ((uint64_t)4 << 30)
#define LIMIT_ASIDE_MEMORY (16u << 20)

/* Ids that are joined, in memory at a time; the rest is laid aside.  So much
 * takes what 30,000 rows say. */
#define LIMIT_JOIN (4u << 20)

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
