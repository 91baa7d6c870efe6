/**
 * wrong: make a bundle that is right in all but what a recipe says.
 *
 *   wrong KEY RECIPE FILE     KEY: the private key (PEM) that signs it
 *
 * It shares no line with novark: it is made after archive/FORMAT.md alone, so
 * that an odd bundle that is accepted shows, too, that the page is right.
 *
 * A recipe is text, a line for each thing; how words are written stands in
 * words.h.  Its first line, a comment, tells the attack.
 *
 *   file PATH [BYTES] · folder PATH · symlink PATH TARGET
 *   domain NAME XML · nwfilter · network · pool · secret UUID XML [VALUE]
 *   table SCHEMA.TABLE ROLE 'NAME:TYPE[:KEY] ...' ROWS
 *   account USER@HOST ROWS
 *       An item: in the manifest, and an entry in the tar of its part.
 *   entry PART PATH [BYTES]     an entry that no manifest lists
 *
 * Of the item in front of it:
 *   mode 0640 · owner UID GID [USER [GROUP]] · mtime N · xattr NAME BYTES
 *   format WORD · zeros N (bytes more) · many N (%d is the number)
 *   json FROM TO                its line in the manifest, the first FROM
 *   tar FIELD [VALUE [VALUE]]   its entry alone (tar.c has the fields)
 *
 * Of the whole:
 *   manifest FROM TO · sums FROM TO
 *   part PART VERB [VALUE]      the compressed tar (part.c)
 *   outer VERB MEMBER [VALUE [VALUE]] · sign VERB [VALUE]     (outer.c)
 *
 * Digests and signature are right for whatever that makes, but for the verbs
 * that say otherwise.
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "made.h"

int
main(int argc, char *argv[])
{
	struct bytes out = { NULL, 0, 0 };
	struct made m;
	FILE *f;

	if (argc != 4)
		die("usage: wrong KEY RECIPE FILE");
	umask(077);
	made_read(argv[2], &m);
	outer_write(&m, argv[1], &out);
	if ((f = fopen(argv[3], "w")) == NULL ||
	    fwrite(out.p, 1, out.n, f) != out.n || fclose(f) != 0)
		die("cannot write %s", argv[3]);
	bytes_free(&out);
	made_free(&m);
	return 0;
}
