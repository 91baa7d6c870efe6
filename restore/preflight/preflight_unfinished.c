#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/warn.h"
#include "restore/journal/journal.h"
#include "restore/journal/reopen.h"
#include "restore/preflight/finding.h"
#include "restore/preflight/preflight.h"

static int
tell(struct restore *r, const char *id)
{
	char *resume = restore_command(r, "--resume", id);
	char *undo = restore_command(r, "--undo", id);
	int rc = -1;

	if (resume != NULL && undo != NULL)
		rc = finding_add(r, PLAN_HOST, id, NULL, "unfinished",
		    "this restore stopped part-way and is not finished; go on "
		    "with: %s; or take it back with: %s",
		    resume, undo);
	else
		warn_msg("out of memory");
	free(resume);
	free(undo);
	return rc;
}

int
preflight_unfinished(struct restore *r)
{
	char *id;
	int rc;

	if (r->state_dir == NULL && restore_state_dir(r) == -1)
		return -1;
	/* A rehearsal by somebody who may not look into it is worth a note. */
	if (access(r->state_dir, R_OK | X_OK) == -1) {
		if (errno == ENOENT)
			return 0;
		return plan_say(r->plan, PLAN_NOTE, PLAN_HOST, NULL, NULL,
		    "unseen", "not looked at: %s: %s", r->state_dir,
		    strerror(errno));
	}
	if ((rc = journal_find(r->state_dir, NULL, 1, &id)) != 1)
		return rc;
	rc = tell(r, id);
	free(id);
	return rc;
}
