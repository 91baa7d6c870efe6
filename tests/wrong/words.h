#ifndef TESTS_WRONG_WORDS_H
#define TESTS_WRONG_WORDS_H

#include "bytes.h"

/**
 * words: a line of a recipe.  Words stand apart by spaces; a word is made of
 * pieces without a space between them:
 *
 *     plain         bytes without space and quotes
 *     'as it is'    no escapes
 *     "C-like\n"    \n \t \r \\ \" \xNN
 *     "ab"*1000     a quoted piece, so many times
 */
#define WORDS_MAX 16

struct words {
	struct bytes w[WORDS_MAX];
	int n;
};

/* The words of a line; what is no line of a recipe: die. */
void words_read(const char *line, struct words *words);
void words_free(struct words *words);

#endif
