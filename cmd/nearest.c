#include "cmd/nearest.h"

#include <string.h>

/* Longer names are not compared: a table of so many numbers on the stack. */
#define MAX_LEN 255

/* Edits (one byte changed, added or left out) between two names. */
static size_t
distance(const char *a, size_t alen, const char *b, size_t blen)
{
	size_t row[MAX_LEN + 1], i, j, diagonal, above, best;

	for (j = 0; j <= blen; j++)
		row[j] = j;
	for (i = 1; i <= alen; i++) {
		diagonal = row[0];
		row[0] = i;
		for (j = 1; j <= blen; j++) {
			above = row[j];
			best = diagonal + (a[i - 1] != b[j - 1]);
			if (above + 1 < best)
				best = above + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
			diagonal = above;
		}
	}
	return row[blen];
}

void
nearest_offer(struct nearest *n, const char *wanted, const char *known)
{
	size_t wlen = strlen(wanted), klen = strlen(known), d;

	if (wlen == 0 || wlen > MAX_LEN || klen > MAX_LEN)
		return;
	/* Somebody left the kind or the folder out: "nova.conf". */
	if (klen > wlen && strcmp(known + klen - wlen, wanted) == 0)
		d = 1;
	else
		d = distance(wanted, wlen, known, klen);
	if (d > 1 + wlen / 5)
		return;
	if (d < n->distance || (d == n->distance && klen < strlen(n->name))) {
		n->name = known;
		n->distance = d;
	}
}
