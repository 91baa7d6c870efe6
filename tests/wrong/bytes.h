#ifndef TESTS_WRONG_BYTES_H
#define TESTS_WRONG_BYTES_H

#include <stddef.h>

/**
 * bytes: bytes that grow, a NUL always behind them.  Where memory ends the
 * program does.  Start zeroed, end with bytes_free.
 */
struct bytes {
	char *p;
	size_t n, cap;
};

/* Say it, with the recipe's line in front where one is read, and end. */
void die(const char *fmt, ...) __attribute__((format(printf, 1, 2), noreturn));
/* The line that is read, for die; 0: none. */
void die_at(const char *file, unsigned int line);

void bytes_add(struct bytes *b, const void *p, size_t n);
void bytes_adds(struct bytes *b, const char *s);
void bytes_addc(struct bytes *b, char c);
void bytes_addf(struct bytes *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void bytes_free(struct bytes *b);

/* A text of JSON, quotes and all; bytes that are no UTF-8 stand as they are. */
void bytes_add_json(struct bytes *b, const struct bytes *text);

/* The number in place of each %d of ${from}, appended to ${b}. */
void bytes_add_numbered(
    struct bytes *b, const struct bytes *from, unsigned long number);

/* The first ${from} in ${b} becomes ${to}; a recipe that names what is not
 * there is a mistake: die. */
void
bytes_swap(struct bytes *b, const struct bytes *from, const struct bytes *to);

/* A whole number, decimal, or octal with a 0 in front: or die. */
long long bytes_number(const struct bytes *b);

#endif
