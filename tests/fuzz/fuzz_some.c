/**
 * What rewriting passes by: with a map that lets it, and with one for which all
 * places are made out, the same becomes of a value, and the same is told of it.
 */
#include "tests/fuzz/fuzz.h"
#include "tests/unit/map_of.h"
#include "tests/unit/rewrite_both.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static struct addrmap *some, *all;

	if (some == NULL) {
		some = map_of(BOTH_SOME);
		all = map_of(BOTH_ALL);
	}
	both_are_the_same(some, all, PLACE_JSON, (const char *)data, len);
	both_are_the_same(some, all, PLACE_VALUE, (const char *)data, len);
	warn_forget();
	return 0;
}
