#ifndef ARCHIVE_WARN_H
#define ARCHIVE_WARN_H

#include <stdarg.h>
#include <stddef.h>

/**
 * warn: what novark says to the operator, on standard error, one line each,
 * "novark: ..." in front.  This is the one room with state of its own: the
 * lines said so far are kept, so that --json can repeat them in its document.
 * Threads may speak at once: their lines come one after the other.
 *
 * What is not visible (warn_visible) is written as \xNN: text from a bundle, a
 * database or a file name cannot forge a line or a colour, nor stand in another
 * order than its bytes.
 * Secrets never come here: whoever formats a message masks first (mask.h).
 */

/* Say an error: a printf format without newline or full stop. */
void warn_msg(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* As warn_msg, followed by ": " and the text of errno; errno is kept. */
void warn_errno(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Say something that is no error: not kept as one, and silent when quiet. */
void warn_info(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Quiet: warn_info says nothing any more.  Errors are always said. */
void warn_quiet(int quiet);

/* Is a progress bar on the terminal's last line?  Then a message wipes it
 * first. */
void warn_bar(int shown);

/* The text of a printf format, for free(); NULL when memory ends (said). */
char *
warn_text(const char *fmt, va_list ap) __attribute__((format(printf, 1, 0)));

/* The errors said so far: ${*n} of them.  They live until warn_forget. */
const char *const *warn_said(size_t *n);

/* Free what is kept. */
void warn_forget(void);

/* Bytes of the character that ${s}, at least one byte, begins with; 0: it is
 * not visible: no UTF-8, a control character (of ASCII, or C1), one without
 * width, one that changes the direction of text (bidi), or not assigned. */
size_t warn_visible(const char *s, size_t len);

/**
 * warn_escape(s, len):
 * A malloced copy of ${s} as it would be printed: visible, all else
 * \xNN.  NULL when memory ends.
 */
char *warn_escape(const char *s, size_t len);

#endif
