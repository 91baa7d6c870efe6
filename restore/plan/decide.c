#include "restore/plan/decide.h"

#include <stdlib.h>
#include <string.h>

#include "restore/plan/decide_merge.h"

/* 1, 0, -1: by the caller's meaning of same, or by bytes. */
static int
same(const struct decide_input *in, const char *first, size_t len)
{

	if (in->same != NULL)
		return in->same(
		    in->cookie, first, len, in->current, in->current_len);
	return len == in->current_len &&
	       (len == 0 || memcmp(first, in->current, len) == 0);
}

static enum decision
become_wanted(struct decide_output *out, enum decision d)
{

	if (buf_add(&out->after, out->wanted.data, out->wanted.len))
		return DECIDE_FAILED;
	return d;
}

enum decision
decide(const struct decide_input *in, struct decide_output *out, rewrite_fn *fn,
    void *cookie)
{
	int rc;

	*out = (struct decide_output){ BUF_EMPTY, BUF_EMPTY, 0, NULL, NULL };
	rc = in->wanted != NULL
		 ? buf_add(&out->wanted, in->wanted->data, in->wanted->len)
		 : rewrite(in->rewrite, in->format, in->captured,
		       in->captured_len, &out->wanted, fn, cookie);
	if (rc != 0)
		return DECIDE_FAILED;
	if (in->current == NULL)
		return become_wanted(out, DECIDE_CREATE);
	if ((rc = same(in, out->wanted.data != NULL ? out->wanted.data : "",
		 out->wanted.len)) != 0)
		return rc > 0 ? DECIDE_SAME : DECIDE_FAILED;
	if ((rc = same(in, in->captured, in->captured_len)) != 0)
		return rc > 0 ? become_wanted(out, DECIDE_CHANGE)
			      : DECIDE_FAILED;
	return decide_merge(in, out);
}

void
decide_free(struct decide_output *out)
{

	buf_wipe(&out->wanted);
	buf_wipe(&out->after);
	free(out->where);
	out->where = NULL;
}

int
decide_policy_parse(const char *s)
{
	static const char *const words[] = { "stop", "keep", "rewrite",
		"replay" };
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(s, words[i]) == 0)
			return (int)i;
	return -1;
}
