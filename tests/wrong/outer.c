#include <openssl/evp.h>
#include <openssl/pem.h>

#include <stdio.h>
#include <string.h>

#include "made.h"
#include "tar.h"

#define MEMBERS 6

/**
 * Verbs of "outer VERB MEMBER VALUE": gone, twice, first (moved there), name
 * NEW, size N (what its header says), octal WIDTH (no meaning but there), poke
 * OFFSET BYTE (in its header, the sum of which is left), repoke (the same, and
 * the sum is right again), pad BYTES, late BYTES (its content, behind the
 * digests), add NAME BYTES (a member more, behind MEMBER), gap BYTES (in front
 * of it).  "outer end BYTES" stands for the two zero blocks, "outer behind
 * BYTES" follows all.
 *
 * Of "sign VERB VALUE": other (a key nobody knows), bytes BYTES (instead of a
 * signature), over BYTES (of these, not of SHA256SUMS), purpose BYTES (these
 * in front of what is signed).
 */
static const char *const members[MEMBERS] = { "SHA256SUMS", "SHA256SUMS.sig",
	"MANIFEST.json", "files.tar.zst", "libvirt.tar.zst",
	"database.tar.zst" };

static EVP_PKEY *
key_of(const struct made *m, const char *file)
{
	EVP_PKEY *key = NULL;
	FILE *f;

	if (edit_find(m->sign, "other", NULL) != NULL) {
		key = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	} else if ((f = fopen(file, "r")) != NULL) {
		key = PEM_read_PrivateKey(f, NULL, NULL, NULL);
		fclose(f);
	}
	if (key == NULL)
		die("no key: %s", file);
	return key;
}

static void
sign(const struct made *m, const char *file, const struct bytes *sums,
    struct bytes *out)
{
	const struct edit *e;
	struct bytes what = { NULL, 0, 0 };
	unsigned char sig[64];
	size_t len = sizeof(sig);
	EVP_MD_CTX *ctx;
	EVP_PKEY *key;

	if ((e = edit_find(m->sign, "bytes", NULL)) != NULL) {
		bytes_add(out, e->a.p, e->a.n);
		return;
	}
	if ((e = edit_find(m->sign, "purpose", NULL)) != NULL)
		bytes_add(&what, e->a.p, e->a.n);
	if ((e = edit_find(m->sign, "over", NULL)) != NULL)
		bytes_add(&what, e->a.p, e->a.n);
	else
		bytes_add(&what, sums->p, sums->n);
	key = key_of(m, file);
	if ((ctx = EVP_MD_CTX_new()) == NULL ||
	    EVP_DigestSignInit(ctx, NULL, NULL, NULL, key) != 1 ||
	    EVP_DigestSign(ctx, sig, &len, (unsigned char *)what.p, what.n) !=
		1)
		die("cannot sign");
	bytes_add(out, sig, len);
	EVP_MD_CTX_free(ctx);
	EVP_PKEY_free(key);
	bytes_free(&what);
}

static void
make_sums(const struct made *m, struct bytes content[MEMBERS])
{
	const struct edit *e;
	char hex[65];
	int i;

	bytes_adds(&content[0],
	    "# novark-bundle 1 00112233445566778899aabbccddeeff "
	    "2026-11-22T16:15:47Z compute1\n");
	for (i = 2; i < MEMBERS; i++) {
		digest_hex(&content[i], 0, hex);
		bytes_addf(&content[0], "%s  %s\n", hex, members[i]);
	}
	for (e = m->sums; e != NULL; e = e->next)
		bytes_swap(&content[0], &e->a, &e->b);
}

/* A header, with what the recipe writes into it. */
static void
add_header(const struct made *m, const char *name, const char *as, size_t size,
    struct bytes *out)
{
	struct header h = { .name = as,
		.namelen = strlen(as),
		.mode = 0600,
		.size = size,
		.type = '0' };
	unsigned char block[TAR_BLOCK];
	const struct edit *e;
	unsigned int sum = 0;
	int i, again = 0;

	if ((e = edit_find(m->outer, "size", name)) != NULL)
		h.size = (unsigned long long)bytes_number(&e->b);
	tar_header(&h, block);
	for (e = m->outer; e != NULL; e = e->next) {
		if (strcmp(e->a.p, name) != 0 ||
		    strstr(e->verb, "poke") == NULL)
			continue;
		memcpy(block + bytes_number(&e->b), e->c.p, e->c.n);
		again |= strcmp(e->verb, "repoke") == 0;
	}
	if (again) {
		memset(block + 148, ' ', 8);
		for (i = 0; i < TAR_BLOCK; i++)
			sum += block[i];
		snprintf((char *)block + 148, 7, "%06o", sum);
	}
	bytes_add(out, block, sizeof(block));
}

static void
add_bytes(const char *p, size_t n, const struct edit *pad, struct bytes *out)
{
	static const char zeros[TAR_BLOCK];
	size_t rest = -n % TAR_BLOCK;

	bytes_add(out, p, n);
	if (pad != NULL) {
		n = pad->b.n < rest ? pad->b.n : rest;
		bytes_add(out, pad->b.p, n);
		rest -= n;
	}
	bytes_add(out, zeros, rest);
}

static void
add_member(
    const struct made *m, int i, const struct bytes *content, struct bytes *out)
{
	const char *name = members[i], *as = name;
	const struct edit *e;

	if ((e = edit_find(m->outer, "gap", name)) != NULL)
		bytes_add(out, e->b.p, e->b.n);
	if ((e = edit_find(m->outer, "name", name)) != NULL)
		as = e->b.p;
	if ((e = edit_find(m->outer, "late", name)) != NULL)
		content = &e->b;
	add_header(m, name, as, content->n, out);
	add_bytes(
	    content->p, content->n, edit_find(m->outer, "pad", name), out);
	if ((e = edit_find(m->outer, "add", name)) != NULL) {
		add_header(m, e->b.p, e->b.p, e->c.n, out);
		add_bytes(e->c.p, e->c.n, NULL, out);
	}
}

void
outer_write(const struct made *m, const char *key, struct bytes *out)
{
	static const char zeros[2 * TAR_BLOCK];
	struct bytes content[MEMBERS] = { { NULL, 0, 0 } };
	const struct edit *e;
	int i, first;

	bytes_adds(&content[1], "");
	manifest_write(m, &content[2]);
	for (i = 0; i < PARTS; i++)
		part_write(m, (enum part)i, &content[3 + i]);
	make_sums(m, content);
	sign(m, key, &content[0], &content[1]);
	for (first = 1; first >= 0; first--)
		for (i = 0; i < MEMBERS; i++) {
			if (edit_find(m->outer, "gone", members[i]) != NULL ||
			    (edit_find(m->outer, "first", members[i]) !=
				NULL) != first)
				continue;
			add_member(m, i, &content[i], out);
			if (edit_find(m->outer, "twice", members[i]) != NULL)
				add_member(m, i, &content[i], out);
		}
	if ((e = edit_find(m->outer, "end", NULL)) != NULL)
		bytes_add(out, e->a.p, e->a.n);
	else
		bytes_add(out, zeros, sizeof(zeros));
	if ((e = edit_find(m->outer, "behind", NULL)) != NULL)
		bytes_add(out, e->a.p, e->a.n);
	for (i = 0; i < MEMBERS; i++)
		bytes_free(&content[i]);
}
