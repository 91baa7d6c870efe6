#include "restore/facts/qcow2.h"

#include <stdlib.h>
#include <string.h>

#include "archive/limits.h"
#include "archive/warn.h"

/* Where the numbers stand, all of them big endian. */
#define AT_VERSION        4
#define AT_BACKING        8
#define AT_BACKING_SIZE   16
#define AT_CLUSTER_BITS   20
#define AT_SIZE           24
#define AT_INCOMPATIBLE   72
#define AT_HEADER         100
#define HEADER_2          72
#define HEADER_3          104
#define BACKING_MAX       1023 /* bytes of a backing file's name, in QEMU too */
#define FORMAT_MAX        15   /* bytes of a format's name, in QEMU too */
#define DATA_INCOMPATIBLE 4u   /* the bit that says: there is a data file */
#define EXT_FORMAT        0xe2792acau
#define EXT_DATA          0x44415441u

static const unsigned char magic[] = { 'Q', 'F', 'I', 0xfb };

static uint32_t
get32(const unsigned char *b)
{

	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 |
	       (uint32_t)b[2] << 8 | b[3];
}

static uint64_t
get64(const unsigned char *b)
{

	return (uint64_t)get32(b) << 32 | get32(b + 4);
}

static int
is_image(const unsigned char *bytes, size_t len)
{

	return len >= sizeof(magic) && memcmp(bytes, magic, sizeof(magic)) == 0;
}

/* Bytes of a cluster; 0: no image has such. */
static size_t
cluster(const unsigned char *bytes)
{
	uint32_t bits = get32(bytes + AT_CLUSTER_BITS);

	return bits >= 9 && bits <= 21 ? (size_t)1 << bits : 0;
}

size_t
qcow2_wants(const unsigned char *bytes, size_t len)
{
	uint64_t backing, end;

	if (!is_image(bytes, len))
		return 0;
	if (len < HEADER_2 || (end = cluster(bytes)) == 0)
		return sizeof(magic);
	/* The name of the backing file is what comes last in a header. */
	if ((backing = get64(bytes + AT_BACKING)) != 0 && backing < end &&
	    backing + get32(bytes + AT_BACKING_SIZE) < end)
		end = backing + get32(bytes + AT_BACKING_SIZE);
	if (end < HEADER_3)
		end = HEADER_3;
	return end < LIMIT_QCOW2 ? (size_t)end : LIMIT_QCOW2;
}

/* A name that the header holds, without NUL bytes. */
static char *
text(const unsigned char *bytes, size_t len, const char **why)
{
	char *s;

	if (memchr(bytes, '\0', len) != NULL) {
		*why = "a name in its header holds a NUL byte";
		return NULL;
	}
	if ((s = strndup((const char *)bytes, len)) == NULL) {
		warn_msg("out of memory");
		*why = NULL;
	}
	return s;
}

static int
extension(struct qcow2 *q, uint32_t type, const unsigned char *bytes,
    size_t len, const char **why)
{
	char **to = type == EXT_FORMAT ? &q->backing_format
		    : type == EXT_DATA ? &q->data
				       : NULL;

	/* As in QEMU: an empty word says nothing. */
	if (to == NULL || len == 0)
		return 0;
	if (*to != NULL ||
	    len > (type == EXT_FORMAT ? FORMAT_MAX : BACKING_MAX)) {
		*why = "an extension of its header is there twice, or too "
		       "long";
		return -1;
	}
	return (*to = text(bytes, len, why)) != NULL ? 0 : -1;
}

/* The extensions in [at, end): 0 or -1. */
static int
extensions(struct qcow2 *q, const unsigned char *bytes, size_t at, size_t end,
    const char **why)
{
	uint32_t type, len;

	while (end - at >= 8 && (type = get32(bytes + at)) != 0) {
		len = get32(bytes + at + 4);
		at += 8;
		if (len > end - at) {
			*why = "an extension of its header is longer than the "
			       "header";
			return -1;
		}
		if (extension(q, type, bytes + at, len, why))
			return -1;
		/* Padded to eight bytes, the last one perhaps not. */
		len += 7 - (len + 7) % 8;
		at = len < end - at ? at + len : end;
	}
	return 0;
}

/* Where extensions begin, or 0 with ${*why}. */
static size_t
header_length(const unsigned char *bytes, size_t len, unsigned int version,
    const char **why)
{
	size_t n = HEADER_2;

	if (version == 3 && len >= HEADER_3)
		n = get32(bytes + AT_HEADER);
	if (version == 3 && (len < HEADER_3 || n < HEADER_3 || n % 8 != 0)) {
		*why = "its header's length is none";
		return 0;
	}
	if (n > len || n > cluster(bytes)) {
		*why = "its header is cut off";
		return 0;
	}
	return n;
}

/* The name of what is behind it: 0, or -1 with ${*why}. */
static int
backing(struct qcow2 *q, const unsigned char *bytes, size_t len, size_t header,
    size_t *end, const char **why)
{
	uint64_t at = get64(bytes + AT_BACKING);
	size_t n = get32(bytes + AT_BACKING_SIZE), most = cluster(bytes);

	*end = most < len ? most : len;
	/* A size without a place, and a place without a size, mean nothing. */
	if (at == 0)
		return 0;
	if (at < header || at > most || n > most - at || n > BACKING_MAX) {
		*why = "the name of its backing file is out of bounds";
		return -1;
	}
	if (at + n > len) {
		*why = "its header is cut off";
		return -1;
	}
	*end = (size_t)at;
	if (n == 0)
		return 0;
	return (q->backing = text(bytes + at, n, why)) != NULL ? 0 : -1;
}

static int
parse(const unsigned char *bytes, size_t len, struct qcow2 *q, const char **why)
{
	size_t header, end;
	int data;

	if (len < HEADER_2) {
		*why = "its header is cut off";
		return -1;
	}
	q->version = get32(bytes + AT_VERSION);
	q->size = get64(bytes + AT_SIZE);
	if (q->version != 2 && q->version != 3) {
		*why = "its version is neither 2 nor 3";
		return -1;
	}
	if (cluster(bytes) == 0) {
		*why = "its clusters have no size that there is";
		return -1;
	}
	if ((header = header_length(bytes, len, q->version, why)) == 0 ||
	    backing(q, bytes, len, header, &end, why) ||
	    extensions(q, bytes, header, end, why))
		return -1;
	data = q->version == 3 &&
	       (get64(bytes + AT_INCOMPATIBLE) & DATA_INCOMPATIBLE) != 0;
	if (!data) {
		/* As in QEMU: without the bit it is only a word. */
		free(q->data);
		q->data = NULL;
	} else if (q->data == NULL) {
		*why = "its data is in another file, and its header does not "
		       "say in which";
		return -1;
	}
	return 0;
}

int
qcow2_parse(
    const unsigned char *bytes, size_t len, struct qcow2 *q, const char **why)
{

	memset(q, 0, sizeof(*q));
	if (!is_image(bytes, len))
		return 0;
	if (parse(bytes, len, q, why)) {
		qcow2_free(q);
		return -1;
	}
	return 1;
}

void
qcow2_free(struct qcow2 *q)
{

	free(q->backing);
	free(q->backing_format);
	free(q->data);
	memset(q, 0, sizeof(*q));
}
