#ifndef ARCHIVE_JSON_PLAIN_H
#define ARCHIVE_JSON_PLAIN_H

#include <stddef.h>

/**
 * json_plain(bytes, len):
 * 1 when the bytes are JSON, an object, array or text, such as services write:
 * json_open, with JSON_DECODE_ANY and LIMIT_JSON_WEIGHT, takes it for certain.
 * 0 says nothing: jansson is to be asked of what is not ASCII, of numbers with
 * many digits or an exponent, of \u escapes that are not plain characters.  It
 * makes no tree, which costs jansson twenty times as much.  Untrusted input:
 * yes.  Allocates: nothing.
 */
int json_plain(const char *bytes, size_t len);

#endif
