#include "restore/papers/saved_plan.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "archive/bundle/digest.h"
#include "archive/keys/sign.h"
#include "archive/version.h"
#include "archive/warn.h"
#include "restore/facts/destination.h"
#include "restore/papers/saved_plan_inner.h"

struct change_key *
saved_key(const struct restore *r, const char *salt)
{
	unsigned char key[CHANGE_KEY];
	struct change_key *k = NULL;
	char hex[65], pair[3] = "";
	struct digest *d;
	size_t i;

	if ((d = digest_new()) == NULL)
		return NULL;
	if (digest_add(d, salt, SAVED_SALT) == -1 ||
	    digest_add(d, bundle_signature(r->bundle), SIGN_LEN) == -1 ||
	    digest_hex(d, hex) == -1)
		goto out;
	for (i = 0; i < CHANGE_KEY; i++) {
		memcpy(pair, hex + 2 * i, 2);
		key[i] = (unsigned char)strtoul(pair, NULL, 16);
	}
	k = change_key_new(key);
	explicit_bzero(key, sizeof(key));
	explicit_bzero(hex, sizeof(hex));
out:
	digest_free(d);
	return k;
}

static int
make_salt(char salt[SAVED_SALT + 1])
{
	unsigned char bytes[SAVED_SALT / 2];
	size_t i;

	if (getrandom(bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes)) {
		warn_errno("no random bytes");
		return -1;
	}
	for (i = 0; i < sizeof(bytes); i++)
		snprintf(salt + 2 * i, 3, "%02x", bytes[i]);
	return 0;
}

/* What was asked, without the logins of the databases: they are read from the
 * bundle again. */
static json_t *
asked_without_logins(const struct restore *r)
{
	json_t *json;

	if ((json = asked_json(r)) == NULL)
		return NULL;
	if (json_object_set_new(json_object_get(json, "site"), "databases",
		json_array()) == -1) {
		warn_msg("out of memory");
		json_decref(json);
		return NULL;
	}
	return json;
}

static int
write_head(struct paper_new *p, const struct restore *r, const char *salt)
{
	json_t *asked, *destination;

	if (paper_put(p, "novark", json_string(NOVARK_VERSION)) == -1 ||
	    paper_put(p, "salt", json_string(salt)) == -1)
		return -1;
	if ((asked = asked_without_logins(r)) == NULL ||
	    paper_put(p, "asked", asked) == -1)
		return -1;
	if ((destination = destination_json(r)) == NULL)
		return -1;
	return paper_put(p, "destination", destination);
}

static int
write_changes(struct paper_new *p, struct restore *r, struct change_key *key)
{
	const struct plan_record *rec;
	uint64_t n = 0;
	char hex[65];
	json_t *json;
	int more;

	if (paper_list(p, "changes") == -1 || plan_rewind(r->plan) == -1)
		return -1;
	while ((more = plan_next(r->plan, &rec)) == 1) {
		if (rec->type != PLAN_CREATE && rec->type != PLAN_CHANGE)
			continue;
		if ((json = change_json(key, rec, 0)) == NULL ||
		    paper_add(p, json) == -1)
			return -1;
		n++;
	}
	if (more == -1 || paper_list_end(p, hex) == -1 ||
	    paper_put(p, "count", json_integer((json_int_t)n)) == -1)
		return -1;
	return paper_put(p, "digest", json_string(hex));
}

int
saved_plan_write(struct restore *r, const char *file, int force)
{
	struct change_key *key = NULL;
	char salt[SAVED_SALT + 1];
	struct paper_new *p;

	p = paper_create(file, force ? NEWFILE_FORCE : NEWFILE_KEEP, SAVED_KIND,
	    SAVED_VERSION);
	if (p == NULL)
		return -1;
	if (make_salt(salt) == -1 || (key = saved_key(r, salt)) == NULL ||
	    write_head(p, r, salt) == -1 || write_changes(p, r, key) == -1)
		goto err1;
	change_key_free(key);
	return paper_commit(p);

err1:
	change_key_free(key);
	paper_discard(p);
	warn_msg("%s: the plan is not saved", file);
	return -1;
}
