/**
 * One record of a plan, as journals hold them: what is read is written as the
 * very same bytes.
 */
#include "restore/plan/plan_record.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct buf in = BUF_EMPTY, out = BUF_EMPTY;
	struct plan_decoded d;

	memset(&d, 0, sizeof(d));
	if (plan_decode((const char *)data, len, &d) == 0) {
		MUST(buf_add(&in, data, len) == 0);
		MUST(plan_encode(&d.r, &out) == 0);
		MUST(fuzz_same(&in, &out));
	}
	plan_decoded_free(&d);
	buf_free(&in);
	buf_free(&out);
	warn_forget();
	return 0;
}
