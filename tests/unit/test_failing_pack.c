#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/bundle/pack.h"
#include "archive/bundle/zst.h"
#include "archive/keys/cipher.h"
#include "failing.h"
#include "sample.h"

/* Below a bundle: a part, its frame, the stream over it. */

/* One of each kind that a part can have, the secret with its value. */
static const size_t packed[] = { 0, 1, 3, 5, 11 };
#define PACKED (sizeof(packed) / sizeof(packed[0]))

static struct item *
make(size_t i)
{
	struct item *item = sample_item(&samples[packed[i]]);

	assert_non_null(item->path = item_member(item));
	item->size = strlen(samples[packed[i]].bytes);
	if (item->kind == ITEM_SECRET) {
		item->virt->has_value = 1;
		item->virt->value_size = strlen(SAMPLE_VALUE);
	}
	return item;
}

static int
to_buf(void *cookie, const void *bytes, size_t len)
{
	struct buf *b = cookie;

	/* Wrapped too, and then it says so. */
	return buf_add(b, bytes, len);
}

static int
write_part(struct item *const *items, struct buf *out)
{
	struct pack_writer *w;
	const char *bytes;
	size_t i;
	int rc = -1;

	if ((w = pack_writer_new(to_buf, out)) == NULL)
		return -1;
	for (i = 0; i < PACKED; i++) {
		bytes = samples[packed[i]].bytes;
		if (pack_begin(w, items[i], PACK_ITEM) == -1 ||
		    pack_write(w, bytes, strlen(bytes)) == -1)
			goto out;
		if (items[i]->kind == ITEM_SECRET &&
		    (pack_begin(w, items[i], PACK_VALUE) == -1 ||
			pack_write(w, SAMPLE_VALUE, strlen(SAMPLE_VALUE)) ==
			    -1))
			goto out;
	}
	rc = pack_end(w);
out:
	pack_writer_free(w);
	return rc;
}

struct from {
	const struct buf *b;
	size_t pos;
};

static ssize_t
give(void *cookie, void *to, size_t len)
{
	struct from *f = cookie;

	if (len > f->b->len - f->pos)
		len = f->b->len - f->pos;
	if (len > 0)
		memcpy(to, f->b->data + f->pos, len);
	f->pos += len;
	return (ssize_t)len;
}

/* All bytes of the current entry: 0, or -1 said. */
static int
read_entry(struct pack_reader *r, const char *want)
{
	char got[256];
	size_t have = 0;
	ssize_t n;

	while ((n = pack_read(r, got + have, sizeof(got) - have)) > 0)
		have += (size_t)n;
	if (n == 0 && (have != strlen(want) || memcmp(got, want, have) != 0))
		failing_wrong("other bytes");
	return (int)n;
}

static int
read_part(struct item *const *items, const struct buf *b)
{
	struct from f = { b, 0 };
	struct pack_reader *r;
	int rc = -1;
	size_t i;

	if ((r = pack_reader_new("PART", 100000, give, &f)) == NULL)
		return -1;
	for (i = 0; i < PACKED; i++) {
		if (pack_next(r, items[i], PACK_ITEM) == -1 ||
		    read_entry(r, samples[packed[i]].bytes) == -1)
			goto out;
		if (items[i]->kind == ITEM_SECRET &&
		    (pack_next(r, items[i], PACK_VALUE) == -1 ||
			read_entry(r, SAMPLE_VALUE) == -1))
			goto out;
	}
	rc = pack_finish(r);
out:
	pack_reader_free(r);
	return rc;
}

/* Packed and unpacked: the same bytes, or a failure. */
static int
round_trip(void *cookie)
{
	struct item *const *items = cookie;
	struct buf b = BUF_EMPTY;
	int rc;

	failing_on();
	rc = write_part(items, &b) == -1 ? -1 : read_part(items, &b);
	failing_off();
	buf_free(&b);
	return rc;
}

static void
test_part(void **state)
{
	struct item *items[PACKED];
	size_t i;

	(void)state;
	for (i = 0; i < PACKED; i++)
		items[i] = make(i);
	failing_visits(100);
	failing_run("part", round_trip, items);
	for (i = 0; i < PACKED; i++)
		item_free(items[i]);
}

/* A stream of bytes, there and back: nothing of it is ever in clear. */
static int
encrypt(void *cookie)
{
	static const char clear[] = "these bytes are not to be seen";
	char out[sizeof(clear)] = "", back[sizeof(clear)] = "";
	struct cipher *c;
	int rc = -1;

	(void)cookie;
	failing_on();
	if ((c = cipher_private()) == NULL)
		goto done;
	if (cipher_apply(c, clear, out, sizeof(clear)) == -1 ||
	    cipher_seek(c, 0) == -1 || cipher_apply(c, out, back, 7) == -1 ||
	    cipher_apply(c, out + 7, back + 7, sizeof(clear) - 7) == -1)
		goto done;
	rc = 0;
done:
	failing_off();
	cipher_free(c);
	if (memcmp(out, clear, 8) == 0 ||
	    (rc == 0 && memcmp(back, clear, sizeof(clear)) != 0))
		failing_wrong("not encrypted, or not the same");
	return rc;
}

static void
test_cipher(void **state)
{

	(void)state;
	failing_visits(10);
	failing_run("cipher", encrypt, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_part, failing_loud),
		cmocka_unit_test_teardown(test_cipher, failing_loud),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
