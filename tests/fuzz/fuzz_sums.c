/**
 * SHA256SUMS.  A regular expression written from FORMAT.md, section 2, says
 * what may stand there; what is read is printed as the very same bytes.
 */
#include <regex.h>

#include "archive/bundle/sums.h"
#include "tests/fuzz/fuzz.h"

#define HEX "[0-9a-f]{64}  "

#define FIRST                                                                  \
	"^# novark-bundle 1 [0-9a-f]{32} "                                     \
	"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z [!-~]+\n"

static const char *const forms[] = {
	FIRST HEX "MANIFEST\\.json\n" HEX "files\\.tar\\.zst\n" HEX
		  "libvirt\\.tar\\.zst\n" HEX "database\\.tar\\.zst\n$",
	FIRST HEX "KEY\\.cms\n" HEX "MANIFEST\\.json\\.enc\n" HEX
		  "files\\.tar\\.zst\\.enc\n" HEX
		  "libvirt\\.tar\\.zst\\.enc\n" HEX
		  "database\\.tar\\.zst\\.enc\n$",
};

/* Is it what FORMAT.md says?  The host's length is counted by hand. */
static int
wanted(const char *text, size_t len, int sealed)
{
	static regex_t re[2];
	static int ready;
	int i;

	for (i = 0; i < 2 && !ready; i++)
		MUST(regcomp(&re[i], forms[i], REG_EXTENDED | REG_NOSUB) == 0);
	ready = 1;
	return strlen(text) == len &&
	       regexec(&re[sealed], text, 0, NULL, 0) == 0 &&
	       strcspn(text, "\n") <=
		   strlen("# novark-bundle 1   ") + 32 + 20 + 255;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct buf in = BUF_EMPTY, out = BUF_EMPTY;
	struct sums s;
	int rc;

	rc = sums_parse((const char *)data, len, &s);
	MUST(buf_add(&in, data, len) == 0 && buf_adds(&in, "") == 0);
	MUST((rc == 0) ==
	     (wanted(in.data, in.len, 0) || wanted(in.data, in.len, 1)));
	if (rc == 0) {
		MUST(wanted(in.data, in.len, s.sealed));
		MUST(sums_check(s.id, s.created, s.host) == NULL);
		MUST(sums_print(&s, &out) == 0 && fuzz_same(&in, &out));
	}
	buf_free(&in);
	buf_free(&out);
	warn_forget();
	return 0;
}
