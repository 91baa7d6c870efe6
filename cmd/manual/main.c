#include <stdio.h>

#include "archive/warn.h"
#include "cmd/manual/fill.h"

/*
 * fill FILE: run by make, it writes FILE, with its marks filled, to standard
 * output.
 */

static int
read_all(const char *name, struct buf *b)
{
	char piece[4096];
	size_t n;
	FILE *f;
	int rc = -1;

	if ((f = fopen(name, "re")) == NULL) {
		warn_errno("%s", name);
		return -1;
	}
	while ((n = fread(piece, 1, sizeof(piece), f)) > 0) {
		if (buf_add(b, piece, n) == -1)
			goto err1;
	}
	if (ferror(f) || b->data == NULL) {
		warn_msg("%s: cannot be read", name);
		goto err1;
	}
	rc = 0;
err1:
	fclose(f);
	return rc;
}

int
main(int argc, char **argv)
{
	struct buf text = BUF_EMPTY, filled = BUF_EMPTY;
	int rc = 1;

	if (argc != 2) {
		fprintf(stderr, "usage: fill FILE\n");
		return 2;
	}
	if (read_all(argv[1], &text) == -1 || fill(text.data, &filled) == -1)
		goto err0;
	if (fwrite(filled.data, 1, filled.len, stdout) != filled.len ||
	    fflush(stdout) != 0) {
		warn_errno("standard output");
		goto err0;
	}
	rc = 0;
err0:
	buf_free(&text);
	buf_free(&filled);
	warn_forget();
	return rc;
}
