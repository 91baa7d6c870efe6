#include "cmd/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "archive/warn.h"
#include "cmd/report.h"

#define BAR_WIDTH 24

/* Seconds after which a rate is no guess. */
#define WORTH_TELLING 2.0

void
progress_start(struct progress *p, int quiet)
{
	const char *term = getenv("TERM"), *no_colour = getenv("NO_COLOR");

	memset(p, 0, sizeof(*p));
	p->shown = !quiet && isatty(STDERR_FILENO) && term != NULL &&
		   strcmp(term, "dumb") != 0;
	p->colour = no_colour == NULL || no_colour[0] == '\0';
	warn_bar(p->shown);
}

static double
seconds_between(const struct timespec *from, const struct timespec *to)
{

	return (double)(to->tv_sec - from->tv_sec) +
	       (double)(to->tv_nsec - from->tv_nsec) / 1e9;
}

/* Is it a tenth of a second since the line was drawn?  Then it is ${now}. */
static int
is_due(struct progress *p, struct timespec *now)
{

	if (clock_gettime(CLOCK_MONOTONIC, now) ||
	    seconds_between(&p->last, now) < 0.1)
		return 0;
	p->last = *now;
	return 1;
}

static int
columns(void)
{
	struct winsize w;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &w) || w.ws_col == 0)
		return 80;
	return w.ws_col;
}

/* How long it will take, where that can be told. */
static void
print_left(uint64_t done, uint64_t of, double rate, char text[32])
{
	double wait = of > done ? (double)(of - done) / rate : 0;
	uint64_t whole;

	text[0] = '\0';
	if (of <= done || wait >= 360000)
		return;
	whole = (uint64_t)(wait + 0.5);
	if (whole >= 3600)
		snprintf(text, 32, "%u:%02u:%02u left  ",
		    (unsigned)(whole / 3600), (unsigned)(whole / 60 % 60),
		    (unsigned)(whole % 60));
	else
		snprintf(text, 32, "%u:%02u left  ", (unsigned)(whole / 60),
		    (unsigned)(whole % 60));
}

void
progress_numbers(uint64_t done, uint64_t of, uint64_t fresh, double seconds,
    char text[PROGRESS_NUMBERS])
{
	char count[48], left[32];
	double rate;

	snprintf(count, sizeof(count),
	    of > 0 ? "%" PRIu64 "/%" PRIu64 : "%" PRIu64, done, of);
	if (seconds < WORTH_TELLING || fresh == 0) {
		snprintf(text, PROGRESS_NUMBERS, "%s  ", count);
		return;
	}
	rate = (double)fresh / seconds;
	print_left(done, of, rate, left);
	snprintf(text, PROGRESS_NUMBERS,
	    rate < 10 ? "%s  %.1f/s  %s" : "%s  %.0f/s  %s", count, rate, left);
}

void
progress_sizes(uint64_t done, uint64_t of, uint64_t fresh, double seconds,
    char text[PROGRESS_NUMBERS])
{
	char have[REPORT_SIZE], all[REPORT_SIZE], each[REPORT_SIZE], left[32];
	double rate;

	report_size(done, have);
	report_size(of, all);
	if (seconds < WORTH_TELLING || fresh == 0) {
		snprintf(text, PROGRESS_NUMBERS, "%s of %s  ", have, all);
		return;
	}
	rate = (double)fresh / seconds;
	report_size((uint64_t)rate, each);
	print_left(done, of, rate, left);
	snprintf(text, PROGRESS_NUMBERS, "%s of %s  %s/s  %s", have, all, each,
	    left);
}

/* The bar and the numbers: how many columns they take. */
static int
draw_numbers(struct progress *p, uint64_t done, uint64_t of,
    const struct timespec *now, progress_print *print)
{
	char bar[BAR_WIDTH + 1], numbers[PROGRESS_NUMBERS];
	int used = 0, filled;

	if (of != p->of || done < p->base || p->since.tv_sec == 0) {
		p->of = of;
		p->base = done;
		p->since = *now;
	}
	if (of > 0) {
		filled = done >= of
			     ? BAR_WIDTH
			     : (int)((double)done / (double)of * BAR_WIDTH);
		memset(bar, '.', BAR_WIDTH);
		memset(bar, '#', (size_t)filled);
		bar[BAR_WIDTH] = '\0';
		fprintf(stderr, "%s[%s]%s ", p->colour ? "\033[32m" : "", bar,
		    p->colour ? "\033[0m" : "");
		used = BAR_WIDTH + 3;
	}
	print(
	    done, of, done - p->base, seconds_between(&p->since, now), numbers);
	fputs(numbers, stderr);
	return used + (int)strlen(numbers);
}

static void
show(struct progress *p, uint64_t done, uint64_t of, const char *what,
    progress_print *print)
{
	struct timespec now;
	int used = 0, room;
	char *text;

	if (!p->shown || !is_due(p, &now))
		return;
	if ((text = warn_escape(what, strlen(what))) == NULL)
		return;
	fputs("\r\033[K", stderr);
	if (done > 0 || of > 0)
		used = draw_numbers(p, done, of, &now, print);
	room = columns() - used - 1;
	if (room > 0)
		fprintf(stderr, "%.*s", room, text);
	fflush(stderr);
	free(text);
}

void
progress_show(struct progress *p, uint64_t done, uint64_t of, const char *what)
{

	show(p, done, of, what, progress_numbers);
}

void
progress_bytes(struct progress *p, uint64_t done, uint64_t of, const char *what)
{

	show(p, done, of, what, progress_sizes);
}

void
progress_end(struct progress *p)
{

	if (!p->shown)
		return;
	fputs("\r\033[K", stderr);
	warn_bar(0);
	p->shown = 0;
}
