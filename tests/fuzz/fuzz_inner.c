/**
 * Base64 in a value: the quick way finds what a slow reference does, and so
 * does who asks first whether there could be any.
 */
#include "archive/address/inner.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/slow_base64.h"

/* inner_fn: the first layer that is text. */
static int
keep(void *cookie, const char *how, const char *bytes, size_t len)
{
	struct buf *out = cookie;

	if (strcmp(how, "base64") == 0)
		MUST(buf_add(out, bytes, len) == 0 && buf_adds(out, "") == 0);
	return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	const char *bytes = (const char *)data;
	struct buf want = BUF_EMPTY, got = BUF_EMPTY, all = BUF_EMPTY;
	int is = slow_base64(bytes, len, &want);

	MUST(inner_walk(bytes, len, keep, &got) == 0);
	MUST(is == (got.data != NULL));
	if (is) {
		MUST(fuzz_same(&want, &got));
		MUST(inner_may(bytes, len));
		MUST(buf_adds(&all, "{\"a\": \"") == 0);
		MUST(buf_add(&all, bytes, len) == 0);
		MUST(buf_adds(&all, "\"}") == 0);
		MUST(inner_may_quoted(all.data, all.len));
	}
	buf_free(&want);
	buf_free(&got);
	buf_free(&all);
	return 0;
}
