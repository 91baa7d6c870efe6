/**
 * The address scanner.  A slow reference tries every start and every length
 * with the C library's own parser; both find the same plain and mapped tokens.
 */
#include "archive/address/address.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/slow_map.h"

/* The reference's next token at or behind ${*pos}: 1 or 0. */
static int
slow_next(const char *s, size_t len, size_t *pos, struct address_token *t)
{
	static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };
	unsigned char a[16];
	char text[64];
	size_t skip;

	memset(t, 0, sizeof(*t));
	for (; *pos < len; ++*pos) {
		memset(a, 0, sizeof(a));
		if ((skip = slow_gives_way(s, *pos)) > 0) {
			*pos += skip - 1;
			continue;
		}
		t->off = *pos;
		if ((t->len = slow_six(s, *pos, a, text)) > 0) {
			t->addr.family = memcmp(a, mapped, 12) == 0 ? 4 : 6;
			t->prefix = slow_prefix(s + *pos + t->len, 128);
		} else if (slow_digit(s[*pos]) &&
			   (t->len = slow_four(s, *pos, a)) > 0) {
			t->addr.family = 40;
			t->prefix = slow_prefix(s + *pos + t->len, 32);
		}
		if (t->len == 0)
			continue;
		*pos += t->len;
		memcpy(t->addr.bytes, t->addr.family == 4 ? a + 12 : a,
		    t->addr.family == 6 ? 16 : 4);
		t->spelling =
		    t->addr.family == 4 ? ADDRESS_MAPPED : ADDRESS_PLAIN;
		if (t->addr.family == 40)
			t->addr.family = 4;
		return 1;
	}
	return 0;
}

/* What holds for a token, whatever it is. */
static void
check_token(const char *s, size_t len, size_t from, size_t pos,
    const struct address_token *t)
{
	char text[ADDRESS_TEXT], whole[128];
	struct address a;

	MUST(t->off >= from && t->len > 0 && t->len <= len - t->off);
	MUST(pos >= t->off + t->len && pos <= len);
	MUST(t->addr.family == 4 || t->addr.family == 6);
	MUST(t->prefix >= -1 && t->prefix <= (t->addr.family == 4 ? 32 : 128));
	address_print(&t->addr, text);
	MUST(address_parse(text, &a) == 0);
	MUST(address_compare(&a, &t->addr) == 0);
	if (t->spelling != ADDRESS_PLAIN)
		return;
	MUST(t->len < sizeof(whole));
	snprintf(whole, sizeof(whole), "%.*s", (int)t->len, s + t->off);
	MUST(address_parse(whole, &a) == 0);
	MUST(address_compare(&a, &t->addr) == 0);
}

/* A token that the reference does not know: nothing starts before it, and what
 * starts in it is none. */
static void
pass(const char *s, const struct address_token *t, size_t *pos)
{
	struct address_token before;
	size_t at = *pos;

	MUST(!slow_next(s, t->off, &at, &before) ||
	     before.off + before.len > t->off);
	if (*pos < t->off + t->len)
		*pos = t->off + t->len;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	const char *s = (const char *)data;
	struct address_token t, want;
	size_t pos = 0, from = 0, slow = 0;
	struct buf b = BUF_EMPTY;
	int any;

	MUST(buf_add(&b, data, len) == 0 && buf_adds(&b, "") == 0);
	any = memchr(b.data, '\0', len) == NULL;
	while (address_next(s, len, &pos, &t)) {
		check_token(s, len, from, pos, &t);
		from = pos;
		if (!any)
			continue;
		if (t.spelling == ADDRESS_PADDED ||
		    t.spelling == ADDRESS_DASHED) {
			pass(b.data, &t, &slow);
			continue;
		}
		MUST(slow_next(b.data, len, &slow, &want));
		MUST(want.off == t.off && want.len == t.len);
		MUST(want.spelling == t.spelling);
		MUST(address_compare(&want.addr, &t.addr) == 0);
		if (t.spelling == ADDRESS_PLAIN)
			MUST(want.prefix == t.prefix);
	}
	MUST(!any || !slow_next(b.data, len, &slow, &want));
	buf_free(&b);
	return 0;
}
