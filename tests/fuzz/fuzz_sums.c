/**
 * SHA256SUMS.  A regular expression written from FORMAT.md, section 2, says
 * what may stand there; what is read is printed as the very same bytes.
 */
#include <regex.h>

#include "archive/bundle/sums.h"
#include "tests/fuzz/fuzz.h"

#define HEX "[0-9a-f]{64}  "

static const char *const form =
    ("^# novark-bundle 1 [0-9a-f]{32} "
     "[0-9]{4}-[0-9]{2}-[0-9]{2}T"
     "[0-9]{2}:[0-9]{2}:[0-9]{2}Z [!-~]+\n" HEX "MANIFEST\\.json\n" HEX
     "files\\.tar\\.zst\n" HEX "libvirt\\.tar\\.zst\n" HEX
     "database\\.tar\\.zst\n$");

/* Is it what FORMAT.md says?  The host's length is counted by hand. */
static int
wanted(const char *text, size_t len)
{
	static regex_t re;
	static int ready;
	size_t first;

	if (!ready)
		MUST(regcomp(&re, form, REG_EXTENDED | REG_NOSUB) == 0);
	ready = 1;
	if (strlen(text) != len || regexec(&re, text, 0, NULL, 0) != 0)
		return 0;
	first = strcspn(text, "\n");
	return first <= strlen("# novark-bundle 1   ") + 32 + 20 + 255;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct buf in = BUF_EMPTY, out = BUF_EMPTY;
	struct sums s;
	int rc;

	rc = sums_parse((const char *)data, len, &s);
	MUST(buf_add(&in, data, len) == 0 && buf_adds(&in, "") == 0);
	MUST((rc == 0) == wanted(in.data, in.len));
	if (rc == 0) {
		MUST(sums_check(s.id, s.created, s.host) == NULL);
		MUST(sums_print(&s, &out) == 0 && fuzz_same(&in, &out));
	}
	buf_free(&in);
	buf_free(&out);
	warn_forget();
	return 0;
}
