#include "cmd/interrupt.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const int caught[] = { SIGINT, SIGTERM, SIGHUP };
#define CAUGHT (sizeof(caught) / sizeof(caught[0]))

/*
 * A handler gets nothing but the signal's number, so what it says is made
 * beforehand and stands here.
 */
static char last_line[128];
static char document[256];

static void
on_signal(int sig)
{

	(void)sig;
	if (document[0] != '\0' &&
	    write(STDOUT_FILENO, document, strlen(document)) < 0)
		_exit(1);
	if (write(STDERR_FILENO, last_line, strlen(last_line)) < 0)
		_exit(1);
	_exit(1);
}

void
interrupt_catch(const char *command, int json)
{
	struct sigaction act;
	size_t i;

	snprintf(last_line, sizeof(last_line),
	    "\n%s: FAILED: interrupted, nothing was changed\n", command);
	document[0] = '\0';
	if (json)
		snprintf(document, sizeof(document),
		    "{\"schema_version\":1,\"command\":\"%s\",\"outcome\":"
		    "\"failed\",\"exit\":1,\"changed\":false,\"message\":"
		    "\"interrupted\","
		    "\"errors\":[\"interrupted\"]}\n",
		    command);
	memset(&act, 0, sizeof(act));
	act.sa_handler = on_signal;
	sigfillset(&act.sa_mask);
	for (i = 0; i < CAUGHT; i++)
		sigaction(caught[i], &act, NULL);
	act.sa_handler = SIG_IGN;
	sigaction(SIGPIPE, &act, NULL);
}

static void
mask(int how)
{
	sigset_t set;
	size_t i;

	sigemptyset(&set);
	for (i = 0; i < CAUGHT; i++)
		sigaddset(&set, caught[i]);
	sigprocmask(how, &set, NULL);
}

void
interrupt_hold(void)
{

	mask(SIG_BLOCK);
}

void
interrupt_release(void)
{

	mask(SIG_UNBLOCK);
}

int
interrupt_waits(void)
{
	sigset_t set;
	size_t i;

	if (sigpending(&set))
		return 0;
	for (i = 0; i < CAUGHT; i++)
		if (sigismember(&set, caught[i]) == 1)
			return 1;
	return 0;
}
