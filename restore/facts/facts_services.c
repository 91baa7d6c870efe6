#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/node/path.h"
#include "archive/node/proc.h"
#include "archive/num.h"
#include "archive/warn.h"
#include "restore/facts/facts_internal.h"
#include "restore/facts/service_table.h"

#define COUNT(t) (sizeof(t) / sizeof((t)[0]))

/* Of a command line, so much is looked at. */
#define COMMAND 8192
#define NAME    64

static int
fits(const char *const *patterns, size_t n, const char *name)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (path_glob(patterns[i], name))
			return 1;
	}
	return 0;
}

/* The whole of a small file below /proc/PID; its length, or -1. */
static ssize_t
read_proc(int proc, const char *pid, const char *file, char *to, size_t room)
{
	char path[64];
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "%s/%s", pid, file);
	if ((fd = openat(proc, path, O_RDONLY | O_CLOEXEC)) == -1)
		return -1;
	n = read(fd, to, room - 1);
	close(fd);
	if (n >= 0)
		to[n] = '\0';
	return n;
}

/* The program's name in an argument: without the folders before it, what a
 * program writes behind its own name ("neutron-server: rpc worker"), what
 * Apache writes before it ("(wsgi:nova-api"), and an ending. */
static void
base_name(const char *arg, char name[NAME])
{
	const char *slash;
	size_t len, i;

	if (strncmp(arg, "(wsgi:", 6) == 0)
		arg += 6;
	len = strcspn(arg, " :");
	for (slash = arg, i = 0; i < len; i++) {
		if (arg[i] == '/')
			slash = arg + i + 1;
	}
	len -= (size_t)(slash - arg);
	if (len >= NAME)
		len = NAME - 1;
	memcpy(name, slash, len);
	name[len] = '\0';
	for (i = len; i-- > 0;) {
		if (strcmp(name + i, ".py") == 0 ||
		    strcmp(name + i, ".ini") == 0)
			name[i] = '\0';
	}
}

static int
is_service(const char *arg, char name[NAME])
{

	base_name(arg, name);
	return fits(services, COUNT(services), name);
}

/* Which service a command line is of, if any. */
static int
in_command(const char *line, size_t len, char name[NAME])
{
	const char *arg = line, *end = line + len;
	char first[NAME];
	int runs, holds;

	if (len == 0)
		return 0;
	if (is_service(arg, name))
		return 1;
	base_name(arg, first);
	runs = fits(interpreters, COUNT(interpreters), first);
	holds = fits(hosts, COUNT(hosts), first);
	for (arg += strlen(arg) + 1; (runs || holds) && arg < end;
	     arg += strlen(arg) + 1) {
		if (runs && arg[0] == '-')
			continue;
		if (is_service(arg, name))
			return 1;
		if (runs) {
			/* A server that runs in an interpreter itself. */
			runs = 0;
			base_name(arg, first);
			holds = fits(hosts, COUNT(hosts), first);
		}
	}
	return 0;
}

/* The systemd unit that a process is of: "nova-compute.service", or "". */
static void
unit_of(int proc, const char *pid, char *unit, size_t room)
{
	static const char end[] = ".service";
	char text[4096], *line, *next, *base;
	size_t len;

	unit[0] = '\0';
	if (read_proc(proc, pid, "cgroup", text, sizeof(text)) == -1)
		return;
	for (line = text; line != NULL && unit[0] == '\0'; line = next) {
		if ((next = strchr(line, '\n')) != NULL)
			*next++ = '\0';
		if (strstr(line, "system.slice/") == NULL ||
		    (base = strrchr(line, '/')) == NULL)
			continue;
		len = strlen(++base);
		if (len > sizeof(end) - 1 && len < room &&
		    strcmp(base + len - (sizeof(end) - 1), end) == 0)
			memcpy(unit, base, len + 1);
	}
}

/* Workers and threads of a service are one service. */
static int
known(const struct facts *f, const char *name, const char *unit)
{
	const struct fact_program *p;
	size_t i;

	for (i = 0; i < f->nservices; i++) {
		p = &f->services[i];
		if (strcmp(p->name, name) == 0 &&
		    strcmp(p->unit == NULL ? "" : p->unit, unit) == 0)
			return 1;
	}
	return 0;
}

static int
look_at(struct facts *f, int proc, const char *pid)
{
	char line[COMMAND], comm[NAME], name[NAME], unit[256];
	uint64_t n;
	ssize_t len;

	if (num_u64(pid, UINT64_MAX, &n) == -1)
		return 0;
	/* A kernel's thread has no command line, an ended one neither. */
	if ((len = read_proc(proc, pid, "cmdline", line, sizeof(line))) <= 0)
		return 0;
	if (!in_command(line, (size_t)len, name)) {
		if (read_proc(proc, pid, "comm", comm, sizeof(comm)) <= 0)
			return 0;
		comm[strcspn(comm, "\n")] = '\0';
		if (!is_service(comm, name))
			return 0;
	}
	unit_of(proc, pid, unit, sizeof(unit));
	if (known(f, name, unit))
		return 0;
	return facts_new_program(&f->services, &f->nservices, name, n,
	    unit[0] == '\0' ? NULL : unit);
}

int
facts_services(struct facts *f)
{
	struct dirent *entry;
	DIR *proc;
	int rc = 0;

	if ((proc = proc_open()) == NULL)
		return facts_unseen(f,
		    "which services run here: /proc cannot be read: %s",
		    strerror(errno));
	/* Mounted with hidepid, it shows one's own processes only. */
	if (faccessat(dirfd(proc), "1/cmdline", F_OK, 0) == -1)
		rc = facts_unseen(f,
		    "which services run here: /proc does not show the "
		    "processes of others%s",
		    geteuid() != 0 ? "; run it as root" : "");
	while (rc == 0 && (errno = 0, entry = readdir(proc)) != NULL) {
		if (isdigit((unsigned char)entry->d_name[0]))
			rc = look_at(f, dirfd(proc), entry->d_name);
	}
	if (rc == 0 && errno != 0)
		rc = facts_unseen(
		    f, "which services run here: /proc: %s", strerror(errno));
	closedir(proc);
	return rc;
}
