#include <inttypes.h>
#include <string.h>

#include "restore/facts/facts.h"
#include "restore/preflight/finding.h"
#include "restore/preflight/preflight.h"

static int
unseen(struct restore *r)
{
	size_t i;

	for (i = 0; i < r->facts->nunseen; i++) {
		if (plan_say(r->plan, PLAN_NOTE, PLAN_HOST, NULL, NULL,
			"unseen", "not looked at: %s", r->facts->unseen[i]))
			return -1;
	}
	return 0;
}

/* "systemctl stop NAME" takes the unit's name without its end. */
static int
running(struct restore *r, const struct fact_program *p)
{
	const char *unit = p->unit != NULL ? p->unit : p->name;
	int len = (int)strlen(unit);

	if (p->unit != NULL && strrchr(unit, '.') != NULL)
		len = (int)(strrchr(unit, '.') - unit);
	return finding_add(r, PLAN_HOST, p->name, NULL, "service-running",
	    "it runs here (pid %" PRIu64 ") and writes where this restore "
	    "does; stop it: systemctl stop %.*s",
	    p->pid, len, unit);
}

/* A service that was told is not told again as a client. */
static int
is_service(const struct facts *f, uint64_t pid)
{
	size_t i;

	for (i = 0; i < f->nservices; i++) {
		if (pid != 0 && f->services[i].pid == pid)
			return 1;
	}
	return 0;
}

static int
connected(struct restore *r, const struct fact_program *p)
{
	char pid[48] = "";

	if (p->pid != 0)
		snprintf(pid, sizeof(pid), ", pid %" PRIu64, p->pid);
	return finding_add(r, PLAN_HOST, p->name, NULL, "libvirt-client",
	    "it is connected to libvirt here%s, and could change what this "
	    "restore defines: end it, or wait until it has ended",
	    pid);
}

int
preflight_programs(struct restore *r)
{
	const struct facts *f = r->facts;
	size_t i;

	for (i = 0; i < f->nservices; i++) {
		if (running(r, &f->services[i]))
			return -1;
	}
	for (i = 0; i < f->nclients; i++) {
		if (!is_service(f, f->clients[i].pid) &&
		    connected(r, &f->clients[i]))
			return -1;
	}
	return 0;
}

enum outcome
preflight_host(struct restore *r)
{
	enum outcome rc;

	/* Only a description may tell nothing of its host. */
	if (r->facts == NULL) {
		if (r->against != NULL &&
		    plan_say(r->plan, PLAN_NOTE, PLAN_HOST, NULL, NULL,
			"unseen", "not looked at: the host that is described"))
			return OUTCOME_FAILED;
		return OUTCOME_DONE;
	}
	if ((r->against == NULL && preflight_unfinished(r)) ||
	    preflight_programs(r))
		return OUTCOME_FAILED;
	if ((rc = preflight_addresses(r)) != OUTCOME_DONE)
		return rc;
	if (preflight_names(r) || preflight_room(r) || unseen(r))
		return OUTCOME_FAILED;
	return OUTCOME_DONE;
}
