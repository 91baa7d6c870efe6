#include "restore/journal/journal_inner.h"

const char *
journal_id(const struct journal *j)
{

	return j->id;
}

const char *
journal_dir(const struct journal *j)
{

	return j->dir;
}

const json_t *
journal_asked(const struct journal *j)
{

	return j->asked;
}

enum journal_state
journal_state(const struct journal *j)
{

	if (!j->sealed)
		return JOURNAL_UNSEALED;
	if (!j->ended)
		return JOURNAL_UNFINISHED;
	return j->way == JOURNAL_FORWARD ? JOURNAL_APPLIED : JOURNAL_UNDONE;
}

enum journal_way
journal_way(const struct journal *j)
{

	return j->way;
}

uint64_t
journal_changes(const struct journal *j)
{

	return j->changes;
}

const char *
journal_digest(const struct journal *j)
{

	return j->hex;
}

uint64_t
journal_intended(const struct journal *j)
{

	return j->intended;
}

uint64_t
journal_made(const struct journal *j)
{

	return j->made;
}

uint64_t
journal_done_to(const struct journal *j)
{

	return j->done;
}
