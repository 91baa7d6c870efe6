#ifndef CMD_PROGRESS_H
#define CMD_PROGRESS_H

#include <stdint.h>
#include <time.h>

/**
 * progress: one line on the terminal that moves while long work goes on.
 * Nothing at all when standard error is no terminal, a dumb one, or when quiet.
 * Plain when NO_COLOR is set.
 */
struct progress {
	int shown; /* this is a terminal that can show a bar */
	int colour;
	struct timespec last;
};

void progress_start(struct progress *p, int quiet);

/* Show ${done} of ${of} (0: not known, no bar) and what is at work; at most ten
 * times a second. */
void
progress_show(struct progress *p, uint64_t done, uint64_t of, const char *what);

/* Wipe the line. */
void progress_end(struct progress *p);

#endif
