/**
 * The outer tar.  The input is a recipe, so that a few bytes of text make a
 * file of many; a line each, what is no such line is passed:
 *
 *   member NAME SIZE   the header, so many bytes, the padding
 *   header NAME SIZE   the header alone
 *   bytes N            so many bytes that are not zero
 *   zero N             a hole of N zero bytes
 *   poke OFF VALUE     another byte at OFF, counted from the end when negative
 *   cut N              the file ends at N, counted from the end when negative
 *
 * libarchive, which shares no line with outer.c, has to see the same members
 * with the same sizes in whatever is taken; and all bytes between them are
 * those of a writer.
 */
#include <archive.h>
#include <archive_entry.h>
#include <inttypes.h>

#include "archive/bundle/outer.h"
#include "tests/fuzz/fuzz.h"

/* A hole may be large, for it costs nothing; bytes that are written may not. */
#define MOST_BYTES  (64u << 10)
#define MOST_LENGTH ((uint64_t)1 << 42)

static void
put(int fd, uint64_t at, const void *bytes, size_t len)
{

	MUST(pwrite(fd, bytes, len, (off_t)at) == (ssize_t)len);
}

static uint64_t
put_bytes(int fd, uint64_t at, uint64_t n)
{
	static char bytes[MOST_BYTES];

	memset(bytes, 'x', sizeof(bytes));
	if (n > sizeof(bytes))
		n = sizeof(bytes);
	put(fd, at, bytes, (size_t)n);
	return at + n;
}

static uint64_t
put_header(int fd, uint64_t at, const char *name, uint64_t size)
{
	unsigned char block[OUTER_BLOCK];

	outer_header(name, size, block);
	put(fd, at, block, sizeof(block));
	return at + sizeof(block);
}

/* An offset of a recipe into a file of ${end} bytes. */
static uint64_t
offset(int64_t off, uint64_t end)
{
	uint64_t back = -(uint64_t)off;

	if (off < 0)
		return back > end ? 0 : end - back;
	return (uint64_t)off > end ? end : (uint64_t)off;
}

/* One line of a recipe, for a file that ends at ${end}: where it ends now. */
static uint64_t
cook(int fd, const char *line, uint64_t end)
{
	unsigned char byte;
	unsigned int value;
	char name[101];
	uint64_t n;
	int64_t off;

	if (sscanf(line, "member %100s %" SCNu64, name, &n) == 2) {
		end = put_bytes(fd, put_header(fd, end, name, n), n);
		return end + outer_padding(n);
	}
	if (sscanf(line, "header %100s %" SCNu64, name, &n) == 2)
		return put_header(fd, end, name, n);
	if (sscanf(line, "bytes %" SCNu64, &n) == 1)
		return put_bytes(fd, end, n);
	if (sscanf(line, "zero %" SCNu64, &n) == 1)
		return n > MOST_LENGTH - end ? end : end + n;
	if (sscanf(line, "poke %" SCNd64 " %u", &off, &value) == 2) {
		byte = (unsigned char)value;
		if (offset(off, end) < end)
			put(fd, offset(off, end), &byte, 1);
	} else if (sscanf(line, "cut %" SCNd64, &off) == 1) {
		return offset(off, end);
	}
	return end;
}

/* The bytes [at, at + len) are zero. */
static void
check_zero(int fd, uint64_t at, size_t len)
{
	char bytes[OUTER_END];

	MUST(len <= sizeof(bytes));
	MUST(pread(fd, bytes, len, (off_t)at) == (ssize_t)len);
	while (len > 0)
		MUST(bytes[--len] == '\0');
}

static const char *
name_of(int sealed, enum outer_id id)
{

	return sealed ? outer_name_sealed(id) : outer_name(id);
}

/* What was taken is what a writer writes, header by header. */
static void
check_bytes(int fd, const struct outer_member *members, uint64_t end)
{
	int sealed = outer_sealed(members);
	unsigned char want[OUTER_BLOCK], is[OUTER_BLOCK];
	const struct outer_member *m;
	const enum outer_id *order;
	uint64_t at = 0;
	size_t i, n;

	order = outer_order(sealed, &n);
	for (i = 0; i < n; i++) {
		m = &members[order[i]];
		outer_header(name_of(sealed, order[i]), m->size, want);
		MUST(pread(fd, is, sizeof(is), (off_t)at) == sizeof(is));
		MUST(memcmp(is, want, sizeof(is)) == 0);
		MUST(m->off == at + OUTER_BLOCK);
		at = m->off + m->size;
		check_zero(fd, at, outer_padding(m->size));
		at += outer_padding(m->size);
	}
	check_zero(fd, at, OUTER_END);
	MUST(at + OUTER_END == end);
}

/* The second opinion. */
static void
check_tar(int fd, const struct outer_member *m)
{
	static const char *const plain[] = { "SHA256SUMS", "SHA256SUMS.sig",
		"MANIFEST.json", "files.tar.zst", "libvirt.tar.zst",
		"database.tar.zst", NULL };
	static const char *const sealed[] = { "SHA256SUMS", "SHA256SUMS.sig",
		"KEY.cms", "MANIFEST.json.enc", "files.tar.zst.enc",
		"libvirt.tar.zst.enc", "database.tar.zst.enc", NULL };
	const char *const *name = outer_sealed(m) ? sealed : plain;
	struct archive *a = archive_read_new();
	const enum outer_id *order;
	struct archive_entry *e;
	size_t n;

	order = outer_order(outer_sealed(m), &n);
	MUST(a != NULL && archive_read_support_format_tar(a) == ARCHIVE_OK);
	MUST(lseek(fd, 0, SEEK_SET) == 0);
	MUST(archive_read_open_fd(a, fd, 512) == ARCHIVE_OK);
	for (; *name != NULL; name++, order++) {
		MUST(archive_read_next_header(a, &e) == ARCHIVE_OK);
		MUST(strcmp(archive_entry_pathname(e), *name) == 0);
		MUST((uint64_t)archive_entry_size(e) == m[*order].size);
		MUST(archive_entry_filetype(e) == AE_IFREG);
	}
	MUST(archive_read_next_header(a, &e) == ARCHIVE_EOF);
	archive_read_free(a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	const char *pos = (const char *)data, *limit = pos + len;
	struct outer_member m[OUTER_ALL];
	char path[64], line[160];
	uint64_t end = 0;
	enum outcome rc;
	int fd, steps = 0;

	fd = fuzz_file("", 0, path);
	while (steps++ < 64 && fuzz_line(&pos, limit, line, sizeof(line)))
		if ((end = cook(fd, line, end)) > MOST_LENGTH)
			break;
	MUST(ftruncate(fd, (off_t)end) == 0);
	rc = outer_scan(&(struct stored){ .file = "the file", .fd = fd }, m);
	MUST(rc == OUTCOME_DONE || rc == OUTCOME_REFUSED);
	if (rc == OUTCOME_DONE) {
		check_bytes(fd, m, end);
		check_tar(fd, m);
	}
	close(fd);
	warn_forget();
	return 0;
}
