#ifndef ARCHIVE_KIND_LABEL_H
#define ARCHIVE_KIND_LABEL_H

#include <stddef.h>

#include "archive/outcome.h"

/**
 * kind_label: what the label of a place (place.h) says of its kind: the option
 * and where it stands, or the path without indexes; for kind.c alone.
 */

/* Names and paths that are longer are of no kind. */
#define KIND_LABEL_MAX 256

struct kind_label {
	const char *set;
	const char *section; /* into the label; NULL: not in [sections] */
	size_t section_len;
	char option[KIND_LABEL_MAX]; /* as kind_table.h has it; or the path */
};

/* "/domain/devices/disk[2]/source/@dev": 0, or -1: too long. */
int kind_label_path(struct kind_label *l, const char *label) MUST_CHECK;

/* "[vnc] server_listen#2", "--my_ip", "line 12" with its bytes, "a.b[0].c":
 * 0, or -1: no option stands there. */
int kind_label_option(struct kind_label *l, const char *set, const char *label,
    const char *bytes, size_t len) MUST_CHECK;

#endif
