#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/version.h"
#include "archive/warn.h"
#include "cmd/cmd.h"
#include "cmd/interrupt.h"
#include "cmd/pipe.h"
#include "cmd/report.h"
#include "cmd/usage.h"

typedef enum outcome command_fn(const struct options *o);

static command_fn *const run[COMMANDS] = {
	[COMMAND_KEYGEN] = cmd_keygen,
	[COMMAND_SNAPSHOT] = cmd_snapshot,
	[COMMAND_AUDIT] = cmd_audit,
	[COMMAND_RESTORE] = cmd_restore,
	[COMMAND_VERIFY] = cmd_verify,
};

/* Descriptors 0 to 2 closed by the caller must not become a bundle's. */
static int
fill_descriptors(void)
{
	int fd;

	do {
		if ((fd = open("/dev/null", O_RDONLY)) == -1)
			return -1;
	} while (fd <= STDERR_FILENO);
	close(fd);
	return 0;
}

/* Secrets pass through memory: no core file, nothing readable by others. */
static void
guard_process(void)
{
	const struct rlimit none = { 0, 0 };

	umask(077);
	setrlimit(RLIMIT_CORE, &none);
#ifndef __SANITIZE_ADDRESS__
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

/* Is --json among arguments that could not be read? */
static int
wants_json(int argc, char *const *argv)
{
	int i;

	for (i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		if (strcmp(argv[i], "--json") == 0)
			return 1;
	}
	return 0;
}

static enum outcome
usage_error(const char *command, int argc, char *const *argv)
{
	struct report r;

	report_start(&r, command, wants_json(argc, argv), 0);
	return report_end(&r, OUTCOME_USAGE, "nothing was done");
}

/* Text that was asked for is written whole, or that is an error. */
static enum outcome
written(void)
{

	if (fflush(stdout) == 0 && !ferror(stdout))
		return OUTCOME_DONE;
	warn_errno("standard output");
	return OUTCOME_FAILED;
}

static enum outcome
run_command(int c, int argc, char *const *argv)
{
	enum outcome outcome;
	struct options o;

	if (options_parse((enum command)c, argc - 2, argv + 2, &o) == -1 ||
	    (!o.help && !o.version && pipe_check(&o) == -1))
		outcome = usage_error(argv[1], argc, argv);
	else if (o.help) {
		usage_command((enum command)c, stdout);
		outcome = written();
	} else if (o.version) {
		puts("novark " NOVARK_VERSION);
		outcome = written();
	} else {
		interrupt_catch(options_command_name((enum command)c),
		    o.json && (c == COMMAND_SNAPSHOT || c == COMMAND_KEYGEN));
		outcome = run[c](&o);
	}
	options_free(&o);
	return outcome;
}

static enum outcome
run_help(int argc, char *const *argv)
{
	enum outcome outcome = cmd_help(argc - 2, argv + 2);

	if (outcome == OUTCOME_USAGE)
		return usage_error("help", argc, argv);
	return outcome == OUTCOME_DONE ? written() : outcome;
}

static enum outcome
run_novark(int argc, char *const *argv)
{
	int c;

	if (argc < 2) {
		usage_overview(stderr);
		warn_msg("a subcommand is missing");
		return usage_error(NULL, argc, argv);
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
		usage_overview(stdout);
		return written();
	}
	if (strcmp(argv[1], "help") == 0)
		return run_help(argc, argv);
	if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0) {
		puts("novark " NOVARK_VERSION);
		return written();
	}
	if ((c = options_command_parse(argv[1])) == -1) {
		warn_msg(
		    "unknown subcommand %s; novark --help lists them", argv[1]);
		return usage_error(NULL, argc, argv);
	}
	return run_command(c, argc, argv);
}

int
main(int argc, char **argv)
{
	enum outcome outcome;

	if (fill_descriptors()) {
		warn_errno("/dev/null cannot be opened");
		return OUTCOME_FAILED;
	}
	guard_process();
	outcome = run_novark(argc, argv);
	warn_forget();
	return (int)outcome;
}
