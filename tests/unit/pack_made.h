#ifndef TESTS_PACK_MADE_H
#define TESTS_PACK_MADE_H

/* Include behind cmocka.h: parts of the samples, made and read back. */

#include "archive/bundle/pack.h"
#include "sample.h"

static inline int
to_buf(void *cookie, const void *bytes, size_t len)
{

	return buf_add(cookie, bytes, len);
}

struct from {
	const struct buf *bytes;
	size_t pos, step;
};

static inline ssize_t
from_buf(void *cookie, void *buf, size_t len)
{
	struct from *f = cookie;
	size_t left = f->bytes->len - f->pos;

	if (len > f->step)
		len = f->step;
	if (len > left)
		len = left;
	if (len > 0)
		memcpy(buf, f->bytes->data + f->pos, len);
	f->pos += len;
	return (ssize_t)len;
}

/* The samples, with sizes as their bytes have. */
static inline struct item *
pack_item(size_t i)
{
	struct item *item = sample_item(&samples[i]);

	assert_non_null(item->path = item_member(item));
	item->size = strlen(samples[i].bytes);
	return item;
}

/* A part with the given samples. */
static inline void
pack_made(const size_t *list, size_t n, struct buf *out)
{
	struct pack_writer *w = pack_writer_new(to_buf, out);
	struct item *item;
	size_t i;

	assert_non_null(w);
	for (i = 0; i < n; i++) {
		item = pack_item(list[i]);
		assert_int_equal(pack_begin(w, item, PACK_ITEM), 0);
		assert_int_equal(
		    pack_write(w, samples[list[i]].bytes, (size_t)item->size),
		    0);
		item_free(item);
	}
	assert_int_equal(pack_end(w), 0);
	pack_writer_free(w);
}

/* Read samples back: the step at which it was refused, -1 when it was not. */
static inline int
pack_taken(const struct buf *zst, const size_t *list, size_t n, size_t step)
{
	struct from f = { zst, 0, step };
	struct pack_reader *r;
	struct item *item, *last = NULL;
	char bytes[256];
	uint64_t budget = 0;
	size_t i, got;
	ssize_t k = 0;
	int rc = 0;

	for (i = 0; i < n; i++) {
		item = pack_item(list[i]);
		budget += pack_budget(item);
		item_free(item);
	}
	assert_non_null(r = pack_reader_new("PART", budget, from_buf, &f));
	for (i = 0; i < n && rc == 0; i++) {
		item = pack_item(list[i]);
		rc = pack_next(r, item, PACK_ITEM);
		for (got = 0; rc == 0; got += (size_t)k)
			if ((k = pack_read(
				 r, bytes + got, sizeof(bytes) - got)) <= 0)
				break;
		if (k == -1)
			rc = -1;
		else if (rc == 0 &&
			 (got != item->size ||
			     memcmp(bytes, samples[list[i]].bytes, got) != 0))
			fail_msg("%s came back changed", item->name);
		item_free(last);
		last = item;
	}
	if (rc == 0) {
		rc = pack_finish(r);
		i++;
	}
	pack_reader_free(r);
	item_free(last);
	return rc == 0 ? -1 : (int)i - 1;
}

/* Those in the part of files. */
static const size_t files[] = { 0, 1, 2, 3, 4 };

#endif
