#ifndef RESTORE_DIFF_H
#define RESTORE_DIFF_H

#include <stddef.h>

#include "archive/buf.h"

/**
 * diff_unified(before, before_len, after, after_len, out):
 * Append the hunks of a unified diff, three lines of context, as diff -u prints
 * them, without the two header lines; nothing when the bytes are equal.  Either
 * side may be NULL with length 0.  The shortest script, in linear space (Myers
 * 1986); where two texts have so little in common that it would cost too much,
 * that stretch is shown as wholly replaced.  Return 0, or -1 said.
 */
int diff_unified(const char *before, size_t before_len, const char *after,
    size_t after_len, struct buf *out) MUST_CHECK;

#endif
