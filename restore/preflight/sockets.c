#include "restore/preflight/sockets.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"

/* The kernel's state of a socket that listens. */
#define LISTEN 0x0a

struct found {
	struct socket_row *row;
	size_t n;
};

/* The words of an address as the kernel prints them: each as it is in memory.
 */
static int
take_address(const char *hex, struct address *a)
{
	uint32_t word;
	size_t i, n = strlen(hex) / 8;
	char part[9];

	memset(a, 0, sizeof(*a));
	a->family = n == 1 ? 4 : 6;
	if (n != 1 && n != 4)
		return -1;
	for (i = 0; i < n; i++) {
		memcpy(part, hex + 8 * i, 8);
		part[8] = '\0';
		word = (uint32_t)strtoul(part, NULL, 16);
		memcpy(a->bytes + 4 * i, &word, sizeof(word));
	}
	/* ::ffff:10.2.15.3 is 10.2.15.3. */
	if (a->family == 6 &&
	    memcmp(a->bytes, "\0\0\0\0\0\0\0\0\0\0\xff\xff", 12) == 0) {
		a->family = 4;
		memmove(a->bytes, a->bytes + 12, 4);
		memset(a->bytes + 4, 0, 12);
	}
	return 0;
}

static int
take_line(struct found *f, const char *line)
{
	struct socket_row *more, one;
	unsigned int port, state;
	char hex[33];

	memset(&one, 0, sizeof(one));
	if (sscanf(line,
		" %*u: %32[0-9A-F]:%x %*32[0-9A-F]:%*x %x %*x:%*x %*x:%*x "
		"%*x %*u %*u %" SCNu64,
		hex, &port, &state, &one.inode) != 4 ||
	    state != LISTEN || take_address(hex, &one.addr) == -1)
		return 0;
	one.port = port;
	one.owner.inode = one.inode;
	if ((more = reallocarray(f->row, f->n + 1, sizeof(*more))) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	f->row = more;
	f->row[f->n++] = one;
	return 0;
}

static int
take_file(struct found *f, const char *path, int optional)
{
	char line[512];
	FILE *in;
	int rc = 0;

	if ((in = fopen(path, "re")) == NULL) {
		/* No IPv6 here. */
		if (optional)
			return 0;
		warn_errno("%s: what listens here cannot be seen", path);
		return -1;
	}
	while (rc == 0 && fgets(line, sizeof(line), in) != NULL)
		rc = take_line(f, line);
	fclose(in);
	return rc;
}

/* Whose they are, as far as that can be seen. */
static int
take_owners(struct found *f)
{
	struct socket_owner *o;
	size_t i, j;

	if ((o = calloc(f->n + 1, sizeof(*o))) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	for (i = 0; i < f->n; i++)
		o[i].inode = f->row[i].inode;
	if (socket_owners(o, f->n) == 0) {
		for (i = 0; i < f->n; i++)
			for (j = 0; j < f->n; j++)
				if (f->row[i].inode == o[j].inode)
					f->row[i].owner = o[j];
	}
	free(o);
	return 0;
}

int
sockets_listening(struct socket_row **out, size_t *n)
{
	struct found f = { NULL, 0 };

	if (take_file(&f, "/proc/net/tcp", 0) ||
	    take_file(&f, "/proc/net/tcp6", 1) || take_owners(&f)) {
		free(f.row);
		return -1;
	}
	*out = f.row;
	*n = f.n;
	return 0;
}
