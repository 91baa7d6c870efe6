#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"
#include "restore/journal/journal.h"
#include "restore/journal/lock.h"
#include "restore/journal/reopen.h"
#include "restore/journal/state_dir.h"

#define STATE_DIR "/var/lib/novark"

static int
state_below(struct restore *r, const char *root)
{
	char *top;
	int rc = -1;

	if (root_check_parents(r->root, STATE_DIR "/lock") == -1 ||
	    (top = state_dir_resolve(root)) == NULL)
		return -1;
	if (asprintf(&r->state_dir, "%s" STATE_DIR,
		strcmp(top, "/") == 0 ? "" : top) == -1) {
		warn_msg("out of memory");
		r->state_dir = NULL;
	} else {
		rc = 0;
	}
	free(top);
	return rc;
}

int
restore_state_dir(struct restore *r)
{
	const char *root = r->opt->root == NULL ? "" : r->opt->root;

	free(r->state_dir);
	r->state_dir = NULL;
	/* A link of the tree below DIR would lead out of it. */
	if (r->opt->state_dir == NULL && root[0] != '\0')
		return state_below(r, root);
	r->state_dir = state_dir_resolve(
	    r->opt->state_dir != NULL ? r->opt->state_dir : STATE_DIR);
	return r->state_dir == NULL ? -1 : 0;
}

/* A word as a shell takes it. */
static int
add_word(struct buf *b, const char *s)
{

	if (s[strcspn(s, " \t\n\"'`\\$&|;<>()*?[]#~!{}")] == '\0')
		return buf_adds(b, s);
	if (buf_addc(b, '\''))
		return -1;
	for (; *s != '\0'; s++) {
		if (*s == '\'' ? buf_adds(b, "'\\''") : buf_addc(b, *s))
			return -1;
	}
	return buf_addc(b, '\'');
}

char *
restore_command(const struct restore *r, const char *what, const char *id)
{
	const char *name = NULL, *value = NULL;
	struct buf b = BUF_EMPTY;

	if (r->opt->state_dir != NULL) {
		name = "state-dir";
		value = r->opt->state_dir;
	} else if (r->opt->root != NULL) {
		name = "root";
		value = r->opt->root;
	}
	if (buf_addf(&b, "novark restore %s %s", what, id) ||
	    (name != NULL &&
		(buf_addf(&b, " --%s ", name) || add_word(&b, value)))) {
		buf_free(&b);
		return NULL;
	}
	return buf_steal(&b);
}

void
restore_say_ways(const struct restore *r, const char *id, const char *first)
{
	char *resume = restore_command(r, "--resume", id);
	char *undo = restore_command(r, "--undo", id);

	if (resume != NULL && undo != NULL)
		warn_msg("%s; go on with: %s; or take it back with: %s", first,
		    resume, undo);
	free(resume);
	free(undo);
}

/* Is there one that stopped part-way?  Another over it would mix the two. */
static enum outcome
check_unfinished(struct restore *r)
{
	char *id, *first;
	int rc;

	if ((rc = journal_find(r->state_dir, NULL, 1, &id)) == -1)
		return OUTCOME_FAILED;
	if (rc == 0)
		return OUTCOME_DONE;
	if (asprintf(&first,
		"the restore %s stopped part-way and is not finished",
		id) == -1) {
		warn_msg("out of memory");
		free(id);
		return OUTCOME_FAILED;
	}
	restore_say_ways(r, id, first);
	free(first);
	free(id);
	return OUTCOME_UNSAFE;
}

enum outcome
restore_idle(struct restore *r)
{

	if (restore_state_dir(r) == -1 ||
	    lock_there(r->state_dir, &r->lock) == -1)
		return OUTCOME_FAILED;
	return check_unfinished(r);
}

enum outcome
restore_lock(struct restore *r)
{

	/* Held since restore_idle. */
	if (r->lock != -1)
		return OUTCOME_DONE;
	if (r->state_dir == NULL && restore_state_dir(r) == -1)
		return OUTCOME_FAILED;
	if ((r->lock = lock_take(r->state_dir)) == -1)
		return OUTCOME_FAILED;
	return check_unfinished(r);
}
