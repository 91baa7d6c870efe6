#ifndef RESTORE_ALLOW_H
#define RESTORE_ALLOW_H

#include "restore/restore.h"

/**
 * allow: definitions are code.  libvirt, as root, opens the files that a domain
 * names, gives it the host's devices, and runs the programs that it asks for.
 * So what comes with a bundle is judged before libvirt sees it, on what would
 * be defined: every element and attribute must be in a table
 * (domain_table.h, other_table.h), a path must be where such files belong
 * (folder_table.h), and the whole must be what libvirt's schema allows
 * (schema.h).  --allow NAME (name_table.h) releases one kind of what is
 * refused.
 *
 *   allow_new, allow_judge for each definition that is to be made or changed
 *   (pools before domains, as a bundle has them; allow_pool for those that
 *   stay), allow_free
 */
struct allow;

struct allow *allow_new(struct restore *r) MUST_CHECK;
void allow_free(struct allow *a);

/**
 * allow_judge(a, item, xml, len):
 * Add a finding "not-allowed" for each kind of what may not be in a definition,
 * or one that is waived, or in a verify a note; "schema-invalid" likewise.
 * 0, or -1 said.  Untrusted input: yes.
 */
int allow_judge(struct allow *a, const struct item *item, const char *xml,
    size_t len) MUST_CHECK;

/**
 * allow_image(a, item, place, image, name, path):
 * The header of ${image}, a disk of the domain ${item}, names ${name} for what
 * is behind it, which is the file ${path}, or no file (NULL).  0; 1 when that
 * is not where disks are, with a finding "not-allowed"; -1 said.
 */
int allow_image(struct allow *a, const char *item, const char *place,
    const char *image, const char *name, const char *path) MUST_CHECK;

/* A captured pool that is here as it is wanted: disks may be in its folder.
 * 0, or -1 said. */
int allow_pool(struct allow *a, const char *xml, size_t len) MUST_CHECK;

/* Does libvirt here name ${emulator} as one of its own, or is it released for
 * ${item}?  libvirt runs what it is asked about.  ${capabilities} may be NULL:
 * then it does not.  1, 0; -1 said. */
int allow_emulator(const struct restore *r, const char *capabilities,
    const char *emulator, const char *item) MUST_CHECK;

/* --allow NAME or NAME:ITEM: is each a row of the table?  0, or -1 with all
 * mistakes said. */
int allow_check(const char *const *names) MUST_CHECK;

/* 1 when ${names} release ${name} for that item. */
int
allow_released(const char *const *names, const char *name, const char *item);

/* The rows of the table, in the order in which the manual has them. */
struct allow_name {
	const char *name, *about;
};
const struct allow_name *allow_names(size_t *n);

#endif
