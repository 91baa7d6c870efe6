#include <stdlib.h>
#include <sys/stat.h>

#include "archive/keys/sign.h"
#include "archive/warn.h"
#include "cmd/cmd.h"
#include "cmd/report.h"

enum outcome
cmd_keygen(const struct options *o)
{
	struct report r;
	char *id = NULL;

	report_start(&r, "keygen", o->json, o->quiet);
	/* The public half is for others to read; the private one is made with a
	 * mode of its own. */
	umask(022);
	if (sign_keygen(o->out, &id))
		return report_end(&r, OUTCOME_FAILED, "no key was made");
	report_line(&r, "private key  %s.key", o->out);
	report_line(&r, "public key   %s.pub", o->out);
	report_line(&r, "fingerprint  %s", id);
	report_put(&r, "private_key", json_sprintf("%s.key", o->out));
	report_put(&r, "public_key", json_sprintf("%s.pub", o->out));
	report_put(&r, "fingerprint", report_text(id));
	free(id);
	return report_end(&r, OUTCOME_DONE,
	    "done: keep %s.key secret, take %s.pub to where bundles are read",
	    o->out, o->out);
}
