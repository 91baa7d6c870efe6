#ifndef CMD_SCREEN_H
#define CMD_SCREEN_H

#include <stddef.h>
#include <stdio.h>

/**
 * screen: the terminal that a result is shown on, if it is one.  Programs read
 * the lines as they are, so nothing here folds or paints what goes elsewhere.
 */
struct screen {
	int columns; /* 0: no terminal, lines are as long as they are */
	int colour;  /* 0 with NO_COLOR and on dumb terminals, too */
};

/* What a colour means: it is never the only thing that says so. */
enum ink {
	INK_NONE,
	INK_GOOD, /* done */
	INK_BAD,  /* not safe, not done, left over */
	INK_CARE, /* held, waived, warned of: somebody decides */
	INK_OLD,  /* a line that goes */
	INK_NEW,  /* a line that comes */
	INK_HEAD, /* a heading, a name */
	INK_FAINT /* where in a file a change is */
};

/* What ${f} is.  80 columns where the terminal does not tell. */
void screen_of(FILE *f, struct screen *s);

/* Print ${text} in ${ink}; plain without colour. */
void
screen_paint(const struct screen *s, FILE *f, enum ink ink, const char *text);

/* The ink of a line of a unified diff. */
enum ink screen_diff_ink(const char *line);

/* The ink of a label: "finding", "held" ... */
enum ink screen_label_ink(const char *label);

/**
 * screen_fold(s, f, indent, text):
 * Print ${text}, which begins at column ${indent}: on a terminal folded at
 * spaces, each further line beginning there, too.  A word that is longer than a
 * line stays whole, so that it can be copied.  Ends with a newline.
 */
void
screen_fold(const struct screen *s, FILE *f, size_t indent, const char *text);

#endif
