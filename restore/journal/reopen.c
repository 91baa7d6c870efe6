#include "restore/journal/reopen.h"

#include <stdlib.h>
#include <unistd.h>

#include "archive/keys/trust.h"
#include "archive/warn.h"
#include "restore/allow/schema.h"
#include "restore/journal/engine.h"
#include "restore/journal/lock.h"
#include "restore/journal/state_dir.h"

/* Is there a state folder at all?  The lock would make one. */
static enum outcome
take_lock(struct restore *r)
{
	int fd, rc;

	if (r->opt->root != NULL && (r->root = root_open(r->opt->root)) == NULL)
		return OUTCOME_FAILED;
	if (restore_state_dir(r) == -1 ||
	    (rc = state_dir_open(r->state_dir, &fd)) == -1)
		return OUTCOME_FAILED;
	if (rc == 0) {
		warn_msg("%s: no such folder, so no restore was made that it "
			 "tells of (--state-dir or --root names another)",
		    r->state_dir);
		return OUTCOME_FAILED;
	}
	close(fd);
	r->lock = lock_take(r->state_dir);
	return r->lock == -1 ? OUTCOME_FAILED : OUTCOME_DONE;
}

/* Counts those that there are, and says them when it is told to. */
struct census {
	uint64_t n, unsealed;
	int say;
};

/* journal_tell */
static int
count_one(void *cookie, const char *id, enum journal_state state)
{
	struct census *c = cookie;

	if (state == JOURNAL_UNSEALED) {
		c->unsealed++;
		return 0;
	}
	c->n++;
	if (c->say)
		warn_msg("there is %s, %s", id,
		    state == JOURNAL_UNFINISHED ? "not finished"
		    : state == JOURNAL_APPLIED  ? "finished"
						: "taken back");
	return 0;
}

/* No journal was found: is that what was asked for already? */
static enum outcome
found_none(struct restore *r, const char *id, enum journal_way way)
{
	struct census c = { 0, 0, id != NULL };

	if (id != NULL)
		warn_msg("%s: there is no restore whose name starts so", id);
	if (journal_list(r->state_dir, count_one, &c) == -1)
		return OUTCOME_FAILED;
	if (id != NULL)
		return OUTCOME_FAILED;
	if (c.n == 0 && c.unsealed == 0) {
		warn_msg("%s tells of no restore (--state-dir or --root names "
			 "another folder)",
		    r->state_dir);
		return OUTCOME_FAILED;
	}
	if (c.unsealed > 0 && way == JOURNAL_FORWARD) {
		warn_msg("the last restore was cut before it changed anything: "
			 "run it again");
		return OUTCOME_FAILED;
	}
	if (c.unsealed > 0) {
		warn_info(
		    "the last restore was cut before it changed anything");
		return OUTCOME_DONE;
	}
	warn_info(way == JOURNAL_FORWARD
		      ? "every restore here is finished or taken back"
		      : "every restore here is taken back");
	return OUTCOME_DONE;
}

static enum outcome
open_journal(struct restore *r, const char *id, enum journal_way way, int *todo)
{
	enum journal_state state;
	char *found;
	int rc;

	rc = journal_find(
	    r->state_dir, id, id == NULL && way == JOURNAL_FORWARD, &found);
	if (rc == -1)
		return OUTCOME_FAILED;
	if (rc == 0)
		return found_none(r, id, way);
	r->journal = journal_open(r->state_dir, found);
	free(found);
	if (r->journal == NULL)
		return OUTCOME_FAILED;
	state = journal_state(r->journal);
	if (state == JOURNAL_UNDONE && way == JOURNAL_FORWARD) {
		warn_msg("%s is taken back already: run the restore itself "
			 "again",
		    journal_id(r->journal));
		return OUTCOME_FAILED;
	}
	*todo = state == JOURNAL_UNFINISHED ||
		(state == JOURNAL_APPLIED && way == JOURNAL_BACK);
	return OUTCOME_DONE;
}

/* What was asked then, but where the command line says otherwise. */
static int
merge_options(struct restore *r, const struct restore_options *opt)
{
	struct restore_options *m = &r->merged;

	r->asked = asked_parse(journal_asked(r->journal));
	if (r->asked == NULL)
		return -1;
	*m = *asked_options(r->asked);
	/* As it must be named again. */
	m->state_dir = opt->state_dir;
	if (opt->root != NULL)
		m->root = opt->root;
	else if (m->root != NULL && m->state_dir == NULL)
		m->state_dir = r->state_dir;
	if (opt->connect != NULL)
		m->connect = opt->connect;
	if (opt->defaults_file != NULL)
		m->defaults_file = opt->defaults_file;
	if (opt->decrypt != NULL)
		m->decrypt = opt->decrypt;
	r->opt = m;
	return 0;
}

/* What this way needs, and no more. */
static enum outcome
open_host(struct restore *r, enum journal_way way)
{
	const struct restore_options *o = r->opt;
	int has[ITEM_PARTS];
	const char *uri;

	if (r->root == NULL &&
	    (r->root = root_open(o->root == NULL ? "/" : o->root)) == NULL)
		return OUTCOME_FAILED;
	if (root_temp_tag(r->root, journal_id(r->journal)) == -1 ||
	    (r->site = asked_site(r->asked)) == NULL ||
	    engine_count(r, way, has) == -1)
		return OUTCOME_FAILED;
	if (has[PART_LIBVIRT]) {
		uri = o->connect == NULL ? r->site->libvirt_uri : o->connect;
		if ((r->virt = virt_open(uri)) == NULL ||
		    (r->schemas = schemas_new()) == NULL)
			return OUTCOME_FAILED;
	}
	if (has[PART_DATABASE])
		return db_connect(r->site, o->defaults_file, &r->db);
	return OUTCOME_DONE;
}

/* What a key vouched for that is revoked since is not gone on with. */
static enum outcome
check_signer(struct restore *r)
{
	const struct asked_bundle *b = asked_bundle(r->asked);
	enum outcome rc;

	if (b->signer == NULL)
		return OUTCOME_DONE;
	rc = trust_still(r->opt->root, b->file, b->signer);
	if (rc == OUTCOME_REFUSED)
		warn_info("what was made of it so far can be taken back: "
			  "novark restore --undo %s",
		    journal_id(r->journal));
	return rc;
}

enum outcome
restore_reopen(const struct restore_options *opt, const char *id,
    enum journal_way way, struct restore *r, int *todo)
{
	enum outcome rc;

	*todo = 0;
	r->opt = opt;
	r->lock = -1;
	if ((rc = take_lock(r)) != OUTCOME_DONE ||
	    (rc = open_journal(r, id, way, todo)) != OUTCOME_DONE)
		return rc;
	if (r->journal == NULL)
		return OUTCOME_DONE;
	if (merge_options(r, opt) == -1)
		return OUTCOME_FAILED;
	if (!*todo)
		return OUTCOME_DONE;
	if (way == JOURNAL_FORWARD && (rc = check_signer(r)) != OUTCOME_DONE)
		return rc;
	return open_host(r, way);
}
