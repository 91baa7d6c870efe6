#include "cmd/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "archive/warn.h"

#define BAR_WIDTH 24

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

/* Is it a tenth of a second since the line was drawn? */
static int
is_due(struct progress *p)
{
	struct timespec now;
	long ms;

	if (clock_gettime(CLOCK_MONOTONIC, &now))
		return 0;
	ms = (long)(now.tv_sec - p->last.tv_sec) * 1000 +
	     (now.tv_nsec - p->last.tv_nsec) / 1000000;
	if (ms < 100)
		return 0;
	p->last = now;
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

void
progress_show(struct progress *p, uint64_t done, uint64_t of, const char *what)
{
	char bar[BAR_WIDTH + 1];
	int used = 0, room, filled;
	char *text;

	if (!p->shown || !is_due(p))
		return;
	if ((text = warn_escape(what, strlen(what))) == NULL)
		return;
	fputs("\r\033[K", stderr);
	if (of > 0) {
		filled = done >= of
			     ? BAR_WIDTH
			     : (int)((double)done / (double)of * BAR_WIDTH);
		memset(bar, '.', BAR_WIDTH);
		memset(bar, '#', (size_t)filled);
		bar[BAR_WIDTH] = '\0';
		used = fprintf(stderr, "%s[%s]%s %" PRIu64 "/%" PRIu64 " ",
		    p->colour ? "\033[32m" : "", bar,
		    p->colour ? "\033[0m" : "", done, of);
	}
	room = columns() - used - 1;
	if (room > 0)
		fprintf(stderr, "%.*s", room, text);
	fflush(stderr);
	free(text);
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
