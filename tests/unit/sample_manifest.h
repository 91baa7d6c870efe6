#ifndef TESTS_SAMPLE_MANIFEST_H
#define TESTS_SAMPLE_MANIFEST_H

#include "archive/manifest/manifest.h"
#include "sample.h"

/* Include behind cmocka.h: the samples, listed. */

#define SAMPLE_ID "0123456789abcdef0123456789abcdef"

/* A manifest with an item of every kind, numbers and index included. */
static inline struct manifest *
sample_manifest(void)
{
	struct manifest *m = manifest_new();
	struct item *item;
	size_t i;
	int saved;

	assert_non_null(m);
	sample_node(m);
	assert_int_equal(manifest_set(&m->id, SAMPLE_ID), 0);
	assert_int_equal(manifest_set(&m->created, "2026-11-22T16:15:47Z"), 0);
	assert_int_equal(manifest_set(&m->novark, "0.1"), 0);
	saved = hush();
	assert_int_equal(manifest_warn(m, NULL, "one"), 0);
	assert_int_equal(manifest_warn(m, "domain:x", "a\n%s", "\xff"), 0);
	unhush(saved);
	for (i = 0; i < SAMPLES; i++) {
		item = sample_item(&samples[i]);
		assert_non_null(item->path = item_member(item));
		memset(item->sha256, '0' + (int)(i % 10), 64);
		if (item->kind != ITEM_FILE || item->file->type == FILE_REGULAR)
			item->size = i;
		if (i == 5) {
			item->virt->has_value = 1;
			item->virt->value_size = 16;
			memset(item->virt->value_sha256, 'b', 64);
		}
		if (samples[i].bytes != NULL)
			assert_int_equal(
			    manifest_count(m, PLACE_TEXT, samples[i].bytes,
				strlen(samples[i].bytes)),
			    0);
		assert_int_equal(manifest_add(m, item), 0);
	}
	return m;
}

#endif
