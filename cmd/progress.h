#ifndef CMD_PROGRESS_H
#define CMD_PROGRESS_H

#include <stdint.h>
#include <time.h>

/**
 * progress: one line on the terminal that moves while long work goes on.
 * Nothing at all when standard error is no terminal, a dumb one, or when quiet.
 * Plain when NO_COLOR is set.
 *
 *   [########................] 12000/36000  4000/s  0:06 left  row:nova.volumes
 *
 * How fast it goes and how long it will take are told once two seconds have
 * passed: before, both are guesses.
 */
struct progress {
	int shown; /* this is a terminal that can show a bar */
	int colour;
	struct timespec last;  /* when the line was drawn */
	struct timespec since; /* when work of this size began, */
	uint64_t base, of;     /* and where */
};

void progress_start(struct progress *p, int quiet);

/* Show ${done} of ${of} (0: not known, no bar; both 0: no number) and what is
 * at work; at most ten times a second. */
void
progress_show(struct progress *p, uint64_t done, uint64_t of, const char *what);

/* The same where ${done} and ${of}, which is known, are bytes:
 *   [########......] 12.3 MB of 36.0 MB  4.1 MB/s  0:06 left  checking */
void progress_bytes(
    struct progress *p, uint64_t done, uint64_t of, const char *what);

/* Wipe the line. */
void progress_end(struct progress *p);

/**
 * progress_numbers(done, of, fresh, seconds, text):
 * What stands between the bar and the name: ${done} of ${of}, and where
 * ${fresh} of them took two ${seconds} or more, the rate and the time left.
 */
#define PROGRESS_NUMBERS 96
typedef void progress_print(uint64_t done, uint64_t of, uint64_t fresh,
    double seconds, char text[PROGRESS_NUMBERS]);
progress_print progress_numbers;
/* The same of bytes; ${of} is known. */
progress_print progress_sizes;

#endif
