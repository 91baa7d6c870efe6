#include "archive/bundle/outer.h"

#include <stdio.h>
#include <string.h>

#include "archive/bundle/gate.h"
#include "archive/bundle/ustar.h"
#include "archive/limits.h"
#include "archive/warn.h"

#define LEN_NAME 100

/* 11 octal digits; a larger size is written as GNU's base-256. */
#define OCTAL_MAX 077777777777ull

static const unsigned char zeros[OUTER_END];

/* Plain and sealed. */
static const char *const names[OUTER_ALL][2] = {
	[OUTER_SUMS] = { "SHA256SUMS", "SHA256SUMS" },
	[OUTER_SIG] = { "SHA256SUMS.sig", "SHA256SUMS.sig" },
	[OUTER_KEY] = { "KEY.cms", "KEY.cms" },
	[OUTER_MANIFEST] = { "MANIFEST.json", "MANIFEST.json.enc" },
	[OUTER_FILES] = { "files.tar.zst", "files.tar.zst.enc" },
	[OUTER_LIBVIRT] = { "libvirt.tar.zst", "libvirt.tar.zst.enc" },
	[OUTER_DATABASE] = { "database.tar.zst", "database.tar.zst.enc" },
};

const char *
outer_name(enum outer_id id)
{

	return names[id][0];
}

const char *
outer_name_sealed(enum outer_id id)
{

	return names[id][1];
}

const enum outer_id *
outer_order(int sealed, size_t *n)
{
	static const enum outer_id plain[OUTER_MEMBERS] = { OUTER_SUMS,
		OUTER_SIG, OUTER_MANIFEST, OUTER_FILES, OUTER_LIBVIRT,
		OUTER_DATABASE };
	static const enum outer_id all[OUTER_ALL] = { OUTER_SUMS, OUTER_SIG,
		OUTER_KEY, OUTER_MANIFEST, OUTER_FILES, OUTER_LIBVIRT,
		OUTER_DATABASE };

	*n = sealed ? OUTER_ALL : OUTER_MEMBERS;
	return sealed ? all : plain;
}

int
outer_sealed(const struct outer_member members[OUTER_ALL])
{

	return members[OUTER_KEY].off != 0;
}

size_t
outer_padding(uint64_t size)
{

	return (size_t)(-size % OUTER_BLOCK);
}

/* ${digits} octal digits and a NUL. */
static void
put_octal(unsigned char *to, int digits, uint64_t v)
{

	to[digits] = '\0';
	while (digits-- > 0) {
		to[digits] = (unsigned char)('0' + (v & 7));
		v >>= 3;
	}
}

void
outer_header(const char *name, uint64_t size, unsigned char block[OUTER_BLOCK])
{
	uint64_t sum = 0;
	size_t i;

	memset(block, 0, OUTER_BLOCK);
	memcpy(block, name, strnlen(name, LEN_NAME));
	put_octal(block + AT_MODE, 7, 0600);
	put_octal(block + AT_UID, 7, 0);
	put_octal(block + AT_GID, 7, 0);
	if (size <= OCTAL_MAX) {
		put_octal(block + AT_SIZE, 11, size);
	} else {
		block[AT_SIZE] = 0x80;
		for (i = 0; i < 8; i++)
			block[AT_SIZE + 11 - i] =
			    (unsigned char)(size >> 8 * i);
	}
	put_octal(block + AT_MTIME, 11, 0);
	block[AT_TYPE] = '0';
	memcpy(block + AT_MAGIC,
	    "ustar\0"
	    "00",
	    8);
	put_octal(block + AT_MAJOR, 7, 0);
	put_octal(block + AT_MINOR, 7, 0);
	/* The sum counts its own field as spaces. */
	memset(block + AT_CHKSUM, ' ', 8);
	for (i = 0; i < OUTER_BLOCK; i++)
		sum += block[i];
	put_octal(block + AT_CHKSUM, 6, sum);
}

/* What the size field says; any nonsense will not compare equal later. */
static uint64_t
get_size(const unsigned char *block)
{
	uint64_t v = 0;
	size_t i;

	if (block[AT_SIZE] == 0x80) {
		for (i = 4; i < 12; i++)
			v = v << 8 | block[AT_SIZE + i];
	} else {
		for (i = 0; i < 11; i++)
			v = v << 3 | (block[AT_SIZE + i] & 7u);
	}
	return v;
}

/* Is it the name of a member, in either form? */
static int
is_member(const char *name)
{
	size_t i;

	for (i = 0; i < OUTER_ALL; i++)
		if (strcmp(name, names[i][0]) == 0 ||
		    strcmp(name, names[i][1]) == 0)
			return 1;
	return 0;
}

/* A header that is not the one of the member ${want}: say what it is instead.
 */
static void
say_header(
    const char *file, const char *want, int first, const unsigned char *block)
{
	char name[LEN_NAME + 1];

	memcpy(name, block, LEN_NAME);
	name[LEN_NAME] = '\0';
	if (first && memcmp(block + AT_MAGIC, "ustar", 5) != 0)
		warn_msg("%s: refused: not a novark bundle (no tar)", file);
	else if (memcmp(block, zeros, OUTER_BLOCK) == 0)
		warn_msg("%s: refused: the member %s is missing", file, want);
	else if (strcmp(name, want) == 0)
		warn_msg("%s: refused: the tar header of %s is damaged or was "
			 "changed",
		    file, want);
	else
		warn_msg("%s: refused: %s %s stands where %s belongs", file,
		    is_member(name) ? "the member" : "the unknown member", name,
		    want);
}

/* The end: two zero blocks and nothing behind. */
static enum outcome
check_end(const struct stored *s, uint64_t off, uint64_t size)
{
	unsigned char end[OUTER_END];
	char name[LEN_NAME + 1];
	enum outcome rc;

	if (size - off < OUTER_END) {
		warn_msg("%s: refused: it is cut short (its end is missing)",
		    s->file);
		return OUTCOME_REFUSED;
	}
	if ((rc = stored_read(s, end, sizeof(end), off)) != OUTCOME_DONE)
		return rc;
	if (!GATE(GATE_PADDING, memcmp(end, zeros, OUTER_END) == 0)) {
		memcpy(name, end, LEN_NAME);
		name[LEN_NAME] = '\0';
		warn_msg("%s: refused: the unknown member %s follows the last "
			 "one",
		    s->file, name);
		return OUTCOME_REFUSED;
	}
	if (!GATE(GATE_LENGTH, size - off == OUTER_END)) {
		warn_msg("%s: refused: %llu bytes follow its end", s->file,
		    (unsigned long long)(size - off - OUTER_END));
		return OUTCOME_REFUSED;
	}
	return OUTCOME_DONE;
}

/* One member at ${*off}: its header, its place, its padding. */
static enum outcome
scan_member(const struct stored *s, const char *name, uint64_t total,
    uint64_t *off, struct outer_member *m)
{
	unsigned char block[OUTER_BLOCK], want[OUTER_BLOCK];
	enum outcome rc;
	size_t pad;

	if (total - *off < OUTER_BLOCK) {
		warn_msg("%s: refused: %s", s->file,
		    *off == 0 ? "not a novark bundle (no tar)"
			      : "it is cut short (members are missing)");
		return OUTCOME_REFUSED;
	}
	if ((rc = stored_read(s, block, OUTER_BLOCK, *off)) != OUTCOME_DONE)
		return rc;
	m->off = *off + OUTER_BLOCK;
	m->size = get_size(block);
	outer_header(name, m->size, want);
	if (!GATE(GATE_HEADER, memcmp(block, want, OUTER_BLOCK) == 0)) {
		say_header(s->file, name, *off == 0, block);
		return OUTCOME_REFUSED;
	}
	pad = outer_padding(m->size);
	if (m->size > LIMIT_SIZE || m->size + pad > total - m->off) {
		warn_msg(
		    "%s: refused: it is cut short (inside %s)", s->file, name);
		return OUTCOME_REFUSED;
	}
	if ((rc = stored_read(s, block, pad, m->off + m->size)) != OUTCOME_DONE)
		return rc;
	if (!GATE(GATE_PADDING, memcmp(block, zeros, pad) == 0)) {
		warn_msg("%s: refused: the padding behind %s is not zero",
		    s->file, name);
		return OUTCOME_REFUSED;
	}
	*off = m->off + m->size + pad;
	return OUTCOME_DONE;
}

/* Does KEY.cms stand at ${off}? */
static int
has_key(const struct stored *s, uint64_t total, uint64_t off)
{
	char name[LEN_NAME + 1];

	if (total - off < LEN_NAME ||
	    stored_read(s, name, LEN_NAME, off) != OUTCOME_DONE)
		return 0;
	name[LEN_NAME] = '\0';
	return strcmp(name, names[OUTER_KEY][0]) == 0;
}

enum outcome
outer_scan(const struct stored *s, struct outer_member members[OUTER_ALL])
{
	const enum outer_id *order;
	uint64_t off = 0, total;
	enum outcome rc;
	int sealed = 0;
	size_t i, n;

	memset(members, 0, OUTER_ALL * sizeof(*members));
	if ((rc = stored_size(s, &total)) != OUTCOME_DONE)
		return rc;
	if (total == 0) {
		warn_msg("%s: refused: it is empty", s->file);
		return OUTCOME_REFUSED;
	}
	order = outer_order(sealed, &n);
	for (i = 0; i < n; i++) {
		/* Both forms begin with SHA256SUMS and its signature. */
		if (i == OUTER_SIG + 1 && has_key(s, total, off))
			order = outer_order(sealed = 1, &n);
		rc = scan_member(s, names[order[i]][sealed], total, &off,
		    &members[order[i]]);
		if (rc != OUTCOME_DONE)
			return rc;
	}
	return check_end(s, off, total);
}
