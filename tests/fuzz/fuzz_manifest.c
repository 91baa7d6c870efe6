/**
 * MANIFEST.json.  What is read is JSON to jansson, too; printed and read again
 * it is the same; every item keeps the rules that the writer keeps, and is
 * found by its name.
 */
#include <jansson.h>

#include "archive/manifest/manifest.h"
#include "archive/node/path.h"
#include "tests/fuzz/fuzz.h"

static void
check_items(const struct manifest *m)
{
	const struct item *item;
	char *member;
	size_t i;

	for (i = 0; i < m->nitems; i++) {
		item = m->items[i];
		MUST(item_check(item) == NULL);
		MUST(manifest_find(m, item->name) == item);
		MUST((member = item_member(item)) != NULL);
		MUST(strcmp(member, item->path) == 0);
		MUST(path_check(member) == 0);
		free(member);
	}
	for (i = 0; i < m->nindex; i++) {
		MUST(m->index[i].item < m->nitems);
		MUST(m->index[i].count > 0);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct buf once = BUF_EMPTY, twice = BUF_EMPTY;
	struct manifest *m, *again;
	json_t *json;

	if ((m = manifest_parse("m", (const char *)data, len)) == NULL)
		goto out;
	json =
	    json_loadb((const char *)data, len, JSON_REJECT_DUPLICATES, NULL);
	MUST(json != NULL);
	json_decref(json);
	check_items(m);
	MUST(manifest_print(m, &once) == 0);
	MUST((again = manifest_parse("again", once.data, once.len)) != NULL);
	MUST(manifest_print(again, &twice) == 0);
	MUST(fuzz_same(&once, &twice));
	manifest_free(again);
out:
	manifest_free(m);
	buf_free(&once);
	buf_free(&twice);
	warn_forget();
	return 0;
}
