#include "restore/papers/receipt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "archive/keys/sign.h"
#include "archive/keys/trust.h"
#include "archive/version.h"
#include "archive/warn.h"
#include "restore/papers/receipt_inner.h"

/* Of what was asked, what a reader of the receipt wants to know; the rest are
 * the logins and names of the site. */
static const char *const members[] = { "host", "bundle", "map", "trust", "root",
	"connect", "only", "except", "also", "on_drift", "no_files",
	"no_libvirt", "no_database", "waived", "waived_findings",
	"saved_plan" };

static json_t *
now(void)
{
	time_t t = time(NULL);
	struct tm tm;
	char text[32];

	if (gmtime_r(&t, &tm) == NULL ||
	    strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
		return NULL;
	return json_string(text);
}

static int
write_head(struct paper_new *p, const struct restore *r,
    const struct receipt_about *about)
{
	const json_t *asked = journal_asked(r->journal);
	const char *way = about->way == JOURNAL_BACK ? "undo" : "restore";
	json_t *value;
	size_t i;

	if (paper_put(p, "novark", json_string(NOVARK_VERSION)) == -1 ||
	    paper_put(p, "way", json_string(way)) == -1 ||
	    paper_put(p, "id", paper_text(journal_id(r->journal))) == -1 ||
	    paper_put(p, "begun",
		json_deep_copy(json_object_get(asked, "started"))) == -1 ||
	    paper_put(p, "ended", now()) == -1 ||
	    paper_put(p, "outcome", json_integer((json_int_t)about->outcome)) ==
		-1)
		return -1;
	for (i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		value = json_object_get(asked, members[i]);
		if (value != NULL &&
		    paper_put(p, members[i], json_deep_copy(value)) == -1)
			return -1;
	}
	return 0;
}

static int
write_changes(struct paper_new *p, struct journal *j, enum journal_way way)
{
	unsigned flags = CHANGE_PLAIN | (way == JOURNAL_BACK ? CHANGE_BACK : 0);
	uint64_t n,
	    most = way == JOURNAL_BACK ? journal_intended(j) : UINT64_MAX;
	const struct plan_record *rec;
	struct change_key *key;
	char hex[65];
	json_t *json;
	int more = -1;

	if ((key = receipt_key(j)) == NULL || paper_list(p, "changes") == -1 ||
	    journal_rewind(j, way) == -1)
		goto out;
	while ((more = journal_next(j, &rec, &n)) == 1) {
		/* What was never begun is not taken back either. */
		if (n >= most)
			continue;
		if ((json = change_json(key, rec, flags)) == NULL ||
		    paper_add(p, json) == -1) {
			more = -1;
			break;
		}
	}
	if (more == 0)
		more = paper_list_end(p, hex);
	if (more == 0)
		more = paper_put(p, "digest", json_string(hex));
out:
	change_key_free(key);
	return more;
}

static int
write_to(const char *file, enum newfile_existing existing, struct restore *r,
    const struct receipt_about *about)
{
	struct paper_new *p;

	p = paper_create(file, existing, RECEIPT_KIND, RECEIPT_VERSION);
	if (p == NULL)
		return -1;
	if (write_head(p, r, about) == 0 &&
	    write_changes(p, r->journal, about->way) == 0 &&
	    receipt_result(p, r, about) == 0)
		return paper_commit(p);
	paper_discard(p);
	warn_msg("%s: the receipt is not written", file);
	return -1;
}

/* The same bytes under another name. */
static int
copy(const char *from, const char *to, enum newfile_existing existing)
{
	struct buf all = BUF_EMPTY;
	struct newfile *f;
	int rc = -1;

	if (receipt_load(from, &all) != OUTCOME_DONE ||
	    (f = newfile_open(to, 0600, existing)) == NULL)
		goto out;
	if (newfile_write(f, all.data, all.len) == -1)
		newfile_discard(f);
	else
		rc = newfile_commit(f);
out:
	buf_free(&all);
	return rc;
}

static char *
name_of(const struct journal *j, enum journal_way way)
{
	char *file;

	if (asprintf(&file, "%s/%s", journal_dir(j),
		way == JOURNAL_BACK ? "undo.json" : "receipt.json") == -1) {
		warn_msg("out of memory");
		return NULL;
	}
	return file;
}

int
receipt_there(const struct journal *j, enum journal_way way)
{
	char *file = name_of(j, way);
	int there;

	if (file == NULL)
		return 0;
	there = access(file, F_OK) == 0;
	free(file);
	return there;
}

int
receipt_write(struct restore *r, const struct receipt_about *about, char **file)
{
	enum newfile_existing existing;

	if ((*file = name_of(r->journal, about->way)) == NULL)
		return -1;
	if (write_to(*file, NEWFILE_FORCE, r, about) == -1 ||
	    (about->sign != NULL &&
		receipt_sign(*file, about->sign, NEWFILE_FORCE) == -1))
		goto err1;
	if (about->copy == NULL)
		return 0;
	existing = about->force ? NEWFILE_FORCE : NEWFILE_KEEP;
	if (copy(*file, about->copy, existing) == -1 ||
	    (about->sign != NULL &&
		receipt_sign(about->copy, about->sign, existing) == -1))
		goto err1;
	return 0;

err1:
	free(*file);
	*file = NULL;
	return -1;
}

/* The name must be free, and its folder there. */
static int
copy_ready(const char *file, int force)
{
	struct newfile *f;

	f = newfile_open(file, 0600, force ? NEWFILE_FORCE : NEWFILE_KEEP);
	if (f == NULL)
		return -1;
	newfile_discard(f);
	return 0;
}

int
receipt_ready(const char *sign, const char *root, const char *file, int force)
{
	char *sig;
	int rc = 0;

	if (sign != NULL && trust_may_sign(sign, root) == -1)
		return -1;
	if (file != NULL && (rc = copy_ready(file, force)) == 0 &&
	    sign != NULL) {
		if ((sig = receipt_sig_name(file)) == NULL)
			return -1;
		rc = copy_ready(sig, force);
		free(sig);
	}
	return rc;
}
