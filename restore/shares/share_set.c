#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"
#include "restore/shares/share_text.h"

struct share_set {
	char **name; /* sorted */
	size_t n, cap;
};

struct share_set *
share_set_new(void)
{
	struct share_set *s;

	if ((s = calloc(1, sizeof(*s))) == NULL)
		warn_msg("out of memory");
	return s;
}

void
share_set_free(struct share_set *s)
{

	if (s == NULL)
		return;
	while (s->n > 0)
		free(s->name[--s->n]);
	free(s->name);
	free(s);
}

/* Where it stands, or would. */
static size_t
place_of(const struct share_set *s, const char *share)
{
	size_t low = 0, high = s->n, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (strcmp(s->name[mid], share) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

int
share_set_has(const struct share_set *s, const char *share)
{
	size_t at = place_of(s, share);

	return at < s->n && strcmp(s->name[at], share) == 0;
}

int
share_set_add(struct share_set *s, const char *share)
{
	size_t at = place_of(s, share), cap;
	char **more;

	if (s->n == s->cap) {
		cap = s->cap ? s->cap * 2 : 16;
		more = reallocarray(s->name, cap, sizeof(*more));
		if (more == NULL)
			goto err0;
		s->name = more;
		s->cap = cap;
	}
	memmove(&s->name[at + 1], &s->name[at], (s->n - at) * sizeof(*s->name));
	if ((s->name[at] = strdup(share)) == NULL) {
		memmove(&s->name[at], &s->name[at + 1],
		    (s->n - at) * sizeof(*s->name));
		goto err0;
	}
	s->n++;
	return 0;

err0:
	warn_msg("out of memory");
	return -1;
}

size_t
share_set_count(const struct share_set *s)
{

	return s->n;
}
