#include <string.h>

#include "restore/next/next_inner.h"

/* As a shell takes it: in quotes where a byte of it would mean something. */
int
next_quote(const char *word, struct buf *out)
{
	const char *s;

	if (*word != '\0' && word[strspn(word, "abcdefghijklmnopqrstuvwxyz"
					       "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
					       "0123456789-_./:,=@+%")] == '\0')
		return buf_adds(out, word);
	if (buf_addc(out, '\'') == -1)
		return -1;
	for (s = word; *s != '\0'; s++) {
		if ((*s == '\'' ? buf_adds(out, "'\\''") : buf_addc(out, *s)) ==
		    -1)
			return -1;
	}
	return buf_addc(out, '\'');
}

static int
add_value(struct buf *out, const char *option, const char *value)
{

	if (value == NULL)
		return 0;
	if (buf_addf(out, " --%s ", option) == -1)
		return -1;
	return next_quote(value, out);
}

static int
add_list(struct buf *out, const char *option, const char *const *list)
{

	for (; list != NULL && *list != NULL; list++) {
		if (add_value(out, option, *list) == -1)
			return -1;
	}
	return 0;
}

int
next_again(const struct next *n, struct buf *out)
{
	const struct restore_options *o = n->r->opt;

	if (buf_adds(out, "novark restore ") == -1 ||
	    next_quote(o->bundle, out) == -1 ||
	    add_value(out, "trust", o->trust) == -1 ||
	    add_value(out, "decrypt", o->decrypt) == -1 ||
	    add_list(out, "map", o->maps) == -1 ||
	    add_list(out, "map-file", o->map_files) == -1 ||
	    add_value(out, "root", o->root) == -1 ||
	    add_value(out, "connect", o->connect) == -1 ||
	    add_value(out, "defaults-file", o->defaults_file) == -1 ||
	    add_value(out, "state-dir", o->state_dir) == -1 ||
	    add_list(out, "only", o->only) == -1 ||
	    add_list(out, "not", o->except) == -1 ||
	    add_list(out, "also", o->also) == -1 ||
	    add_list(out, "force-preflight", o->waive) == -1 ||
	    add_list(out, "allow", o->allow) == -1)
		return -1;
	if ((o->no_files && buf_adds(out, " --no-files") == -1) ||
	    (o->no_libvirt && buf_adds(out, " --no-libvirt") == -1) ||
	    (o->no_database && buf_adds(out, " --no-database") == -1))
		return -1;
	return 0;
}
