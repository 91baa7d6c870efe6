#include "tests/fault/fault_inner.h"

#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct fault f;

void *
fault_real(const char *name)
{
	void *p = dlsym(RTLD_NEXT, name);

	if (p == NULL)
		fault_bad(name);
	return p;
}

int
fault_create(const char *file)
{

	return (int)syscall(SYS_openat, AT_FDCWD, file,
	    O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
}

/* Does one of the words of ${f.libs} stand in the library's name? */
static int
named(const char *file)
{
	char copy[sizeof(f.libs)], *word, *save = NULL;

	memcpy(copy, f.libs, sizeof(copy));
	for (word = strtok_r(copy, "+", &save); word != NULL;
	     word = strtok_r(NULL, "+", &save))
		if (strstr(file, word) != NULL)
			return 1;
	return 0;
}

/* The program itself comes first, without a name. */
static int
add_object(struct dl_phdr_info *info, size_t size, void *cookie)
{
	const ElfW(Phdr) * p;
	int *n = cookie, library = (*n)++ > 0;

	(void)size;
	if (library && !named(info->dlpi_name))
		return 0;
	for (p = info->dlpi_phdr; p < info->dlpi_phdr + info->dlpi_phnum; p++) {
		if (p->p_type != PT_LOAD || (p->p_flags & PF_X) == 0 ||
		    f.nranges == MAX_RANGE)
			continue;
		f.ranges[f.nranges].from = info->dlpi_addr + p->p_vaddr;
		f.ranges[f.nranges].to =
		    info->dlpi_addr + p->p_vaddr + p->p_memsz;
		f.ranges[f.nranges].base = info->dlpi_addr;
		f.ranges[f.nranges++].library = library;
	}
	return 0;
}

__attribute__((constructor)) static void
start(void)
{
	const char *words = getenv("NOVARK_FAULT");
	char *copy, *word, *save = NULL;
	int n = 0;

	if (words == NULL)
		return;
	f.trace = -1;
	f.kinds = CHANGE;
	f.may = ~0u;
	if ((copy = strdup(words)) == NULL)
		fault_bad(words);
	for (word = strtok_r(copy, ",", &save); word != NULL;
	     word = strtok_r(NULL, ",", &save))
		fault_word(word);
	free(copy);
	unsetenv("NOVARK_FAULT");
	unsetenv("LD_PRELOAD");
	dl_iterate_phdr(add_object, &n);
	if (f.what == SHORT)
		f.may = BIT(FAULT_WRITE) | BIT(FAULT_READ);
	else if (f.what == LOSE)
		f.may = REMOTE;
	else if (f.what == LATE)
		f.may = BIT(FAULT_SQL) | BIT(FAULT_COMMIT) | BIT(FAULT_SQLLOOK);
	f.pid = getpid();
	f.active = 1;
}

static int
in_range(const void *caller, int library)
{
	size_t i;

	for (i = 0; i < f.nranges; i++)
		if (f.ranges[i].library <= library &&
		    (uintptr_t)caller >= f.ranges[i].from &&
		    (uintptr_t)caller < f.ranges[i].to)
			return 1;
	return 0;
}

int
fault_ours(const void *caller)
{

	return f.active && in_range(caller, 0);
}

int
fault_no_tmpfile(void)
{

	return f.no_tmpfile;
}

unsigned
fault_number(void)
{

	return f.number;
}

/* A descriptor's file, by the kernel's own name. */
static void
name_of(int fd, char *out, size_t size)
{
	char proc[64];
	ssize_t n;

	snprintf(proc, sizeof(proc), "/proc/self/fd/%d", fd);
	n = (ssize_t)syscall(SYS_readlinkat, AT_FDCWD, proc, out, size - 1);
	out[n > 0 ? n : 0] = '\0';
}

static void
put(int fd, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static void
put(int fd, const char *fmt, ...)
{
	char line[PATH_MAX + 256];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	if (n > 0)
		(void)!syscall(SYS_write, fd, line, (size_t)n);
}

static void
report(int ends)
{
	char name[PATH_MAX];
	struct stat st;
	size_t i;
	int fd;

	if (f.report[0] == '\0' || (fd = fault_create(f.report)) == -1)
		return;
	put(fd, "points %llu\nfired %llu\n%s", (unsigned long long)f.points,
	    (unsigned long long)f.fired, f.first);
	for (i = 0; i < f.njournals; i++)
		if (stat(f.journals[i].file, &st) == 0)
			put(fd, "journal %s %llu %llu\n", f.journals[i].file,
			    (unsigned long long)st.st_size,
			    (unsigned long long)f.journals[i].durable);
	for (i = STDERR_FILENO + 1; ends && i < MAX_FD; i++) {
		if (!f.open[i])
			continue;
		name_of((int)i, name, sizeof(name));
		put(fd, "open %s\n", name);
	}
	if (ends && f.mysql > 0)
		put(fd, "open %d database sessions\n", f.mysql);
	if (ends && f.virt > 0)
		put(fd, "open %d libvirt connections\n", f.virt);
	syscall(SYS_close, fd);
}

__attribute__((destructor)) static void
finish(void)
{

	if (f.active && f.pid == getpid())
		report(1);
}

static void
run_hook(void)
{
	char number[32];
	pid_t pid;
	int status;

	snprintf(number, sizeof(number), "%llu", (unsigned long long)f.points);
	if ((pid = fork()) == 0) {
		execl(f.hook, f.hook, number, (char *)NULL);
		_exit(127);
	}
	if (pid == -1 || waitpid(pid, &status, 0) != pid || status != 0)
		fault_bad(f.hook);
}

/* Is this the call that was asked for? */
static int
is_due(void)
{

	if (f.what == COUNT || f.at == 0 || f.points < f.at)
		return 0;
	return f.how == ON || f.points == f.at ||
	       (f.how == EVERY && (f.points - f.at) % 2 == 0);
}

static void
tell(enum fault_kind kind, const char *name, const char *path, int fd,
    const void *caller)
{
	char file[PATH_MAX];
	size_t off = (uintptr_t)caller - f.ranges[0].base - 1;

	if (path == NULL) {
		file[0] = '\0';
		if (fd != -1)
			name_of(fd, file, sizeof(file));
		path = file;
	}
	if (f.trace != -1)
		put(f.trace, "%llu %s %s %zx %s\n",
		    (unsigned long long)f.points, fault_kinds[kind], name, off,
		    path);
	if (f.first[0] == '\0' && is_due())
		snprintf(f.first, sizeof(f.first), "at %s %s %zx %s\n",
		    fault_kinds[kind], name, off, path);
}

static enum fault_act
point(enum fault_kind kind, const char *name, const char *path, int fd,
    const void *caller)
{
	int saved = errno;

	if (!f.active || (f.kinds & f.may & BIT(kind)) == 0 ||
	    !in_range(caller, kind == FAULT_ALLOC))
		return FAULT_REAL;
	f.points++;
	if (f.trace != -1 || is_due())
		tell(kind, name, path, fd, caller);
	errno = saved;
	if (!is_due())
		return FAULT_REAL;
	f.fired++;
	if (f.what == KILL) {
		report(0);
		raise(SIGKILL);
	}
	if (f.what == HOOK) {
		run_hook();
		return FAULT_REAL;
	}
	errno = f.error;
	return f.what == SHORT  ? FAULT_SHORT
	       : f.what == LOSE ? FAULT_LOSE
	       : f.what == LATE ? FAULT_LATE
				: FAULT_FAIL;
}

/* Threads are counted one after the other; what is done here may call what is
 * counted. */
enum fault_act
fault_point(enum fault_kind kind, const char *name, const char *path, int fd,
    const void *caller)
{
	static pthread_mutex_t lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
	enum fault_act act;

	if (!f.active || f.pid != getpid())
		return FAULT_REAL;
	(void)pthread_mutex_lock(&lock);
	act = point(kind, name, path, fd, caller);
	(void)pthread_mutex_unlock(&lock);
	return act;
}

void
fault_opened(int fd, const void *caller)
{

	if (fd >= 0 && fd < MAX_FD && fault_ours(caller))
		f.open[fd] = 1;
}

void
fault_closed(int fd)
{

	if (fd >= 0 && fd < MAX_FD)
		f.open[fd] = 0;
}

void
fault_handle(const char *what, int step)
{

	if (strcmp(what, "database") == 0)
		f.mysql += step;
	else
		f.virt += step;
}

void
fault_durable(int fd)
{
	char file[PATH_MAX];
	const char *base;
	struct stat st;
	size_t i;

	if (!f.active)
		return;
	name_of(fd, file, sizeof(file));
	if ((base = strrchr(file, '/')) == NULL ||
	    strcmp(base, "/journal") != 0 || fstat(fd, &st) == -1)
		return;
	for (i = 0; i < f.njournals; i++)
		if (strcmp(f.journals[i].file, file) == 0)
			break;
	if (i == sizeof(f.journals) / sizeof(f.journals[0]))
		return;
	if (i == f.njournals)
		memcpy(f.journals[f.njournals++].file, file, sizeof(file));
	f.journals[i].durable = (uint64_t)st.st_size;
}
