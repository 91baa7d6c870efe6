/* The calls on a FILE, and those that take memory. */
#undef _FORTIFY_SOURCE
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fault/fault.h"

/* As a failed write or read leaves a FILE. */
static void
mark(FILE *file)
{

	file->_flags |= 0x20; /* _IO_ERR_SEEN */
}

static int
fails(const char *name, FILE *file, const void *caller)
{

	if (file == stdout || file == stderr || file == stdin ||
	    !fault_ours(caller) ||
	    fault_point(FAULT_STREAM, name, NULL, fileno(file), caller) ==
		FAULT_REAL)
		return 0;
	mark(file);
	return 1;
}

#define FOPEN(name)                                                            \
	FILE *name(const char *path, const char *mode);                        \
	FILE *name(const char *path, const char *mode)                         \
	{                                                                      \
		static FILE *(*real)(const char *, const char *);              \
		FILE *file;                                                    \
                                                                               \
		REAL(name);                                                    \
		if (fault_point(mode[0] == 'r' ? FAULT_OPEN : FAULT_MAKE,      \
			#name, path, -1, CALLER) != FAULT_REAL)                \
			return NULL;                                           \
		if ((file = real(path, mode)) != NULL)                         \
			fault_opened(fileno(file), CALLER);                    \
		return file;                                                   \
	}
FOPEN(fopen)
FOPEN(fopen64)

#define STREAM(ret, bad, name, file, params, args)                             \
	ret name params;                                                       \
	ret name params                                                        \
	{                                                                      \
		static ret(*real) params;                                      \
                                                                               \
		REAL(name);                                                    \
		if (fails(#name, file, CALLER))                                \
			return bad;                                            \
		return real args;                                              \
	}
STREAM(size_t, 0, fwrite, f,
    (const void *restrict p, size_t size, size_t n, FILE *restrict f),
    (p, size, n, f))
STREAM(size_t, 0, fread, f,
    (void *restrict p, size_t size, size_t n, FILE *restrict f),
    (p, size, n, f))
STREAM(int, EOF, fputs, f, (const char *restrict s, FILE *restrict f), (s, f))
STREAM(int, EOF, fputc, f, (int c, FILE *f), (c, f))
STREAM(char *, NULL, fgets, f, (char *restrict p, int n, FILE *restrict f),
    (p, n, f))
STREAM(ssize_t, -1, __getdelim, f,
    (char **restrict p, size_t *restrict n, int c, FILE *restrict f),
    (p, n, c, f))
STREAM(ssize_t, -1, getdelim, f,
    (char **restrict p, size_t *restrict n, int c, FILE *restrict f),
    (p, n, c, f))
STREAM(ssize_t, -1, getline, f,
    (char **restrict p, size_t *restrict n, FILE *restrict f), (p, n, f))
STREAM(int, -1, fseeko, f, (FILE * f, off_t at, int how), (f, at, how))
STREAM(int, -1, fseeko64, f, (FILE * f, off64_t at, int how), (f, at, how))

int
fflush(FILE *file)
{
	static int (*real)(FILE *);

	REAL(fflush);
	if (file != NULL && fails("fflush", file, CALLER))
		return EOF;
	return real(file);
}

int
fclose(FILE *file)
{
	static int (*real)(FILE *);
	int fd = fileno(file), bad, rc;

	REAL(fclose);
	bad = fails("fclose", file, CALLER);
	rc = real(file);
	fault_closed(fd);
	if (!bad)
		return rc;
	errno = EIO;
	return EOF;
}

/* libc's own names for what stands below malloc. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *p, size_t size);

static int
no_memory(const char *name, const void *caller)
{

	if (fault_point(FAULT_ALLOC, name, "", -1, caller) == FAULT_REAL)
		return 0;
	errno = ENOMEM;
	return 1;
}

void *
malloc(size_t size)
{

	return no_memory("malloc", CALLER) ? NULL : __libc_malloc(size);
}

void *
calloc(size_t n, size_t size)
{

	return no_memory("calloc", CALLER) ? NULL : __libc_calloc(n, size);
}

void *
realloc(void *p, size_t size)
{

	return no_memory("realloc", CALLER) ? NULL : __libc_realloc(p, size);
}

void *
reallocarray(void *p, size_t n, size_t size)
{
	size_t all;

	if (no_memory("reallocarray", CALLER))
		return NULL;
	if (__builtin_mul_overflow(n, size, &all)) {
		errno = ENOMEM;
		return NULL;
	}
	return __libc_realloc(p, all);
}

static char *
copy(const char *s, size_t len)
{
	char *p;

	if ((p = __libc_malloc(len + 1)) != NULL) {
		memcpy(p, s, len);
		p[len] = '\0';
	}
	return p;
}

char *
strdup(const char *s)
{

	return no_memory("strdup", CALLER) ? NULL : copy(s, strlen(s));
}

char *
strndup(const char *s, size_t n)
{

	return no_memory("strndup", CALLER) ? NULL : copy(s, strnlen(s, n));
}

#define VASPRINTF(ap, fmt, caller)                                             \
	do {                                                                   \
		va_start(ap, fmt);                                             \
		n = no_memory("asprintf", caller) ? -1                         \
						  : vasprintf(out, fmt, ap);   \
		va_end(ap);                                                    \
	} while (0)

int __asprintf_chk(char **out, int flag, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
int __vasprintf_chk(char **out, int flag, const char *fmt, va_list ap)
    __attribute__((format(printf, 3, 0)));

int
__asprintf_chk(char **out, int flag, const char *fmt, ...)
{
	va_list ap;
	int n;

	(void)flag;
	VASPRINTF(ap, fmt, CALLER);
	return n;
}

int
asprintf(char **restrict out, const char *restrict fmt, ...)
{
	va_list ap;
	int n;

	VASPRINTF(ap, fmt, CALLER);
	return n;
}

int
__vasprintf_chk(char **out, int flag, const char *fmt, va_list ap)
{

	(void)flag;
	return no_memory("vasprintf", CALLER) ? -1 : vasprintf(out, fmt, ap);
}
