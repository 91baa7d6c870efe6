/**
 * A journal.  Its records have digests, which no fuzzer makes; so the input is
 * a recipe, a line each, and what is no such line is passed:
 *
 *   asked JSON      the records of journal_inner.h, right but for their order
 *   change N        and numbers; a change has N bytes of content
 *   sealed          sealed N: over so many changes
 *   way N, intent N, done N, end N
 *   type T N        a record of another type, with a number
 *   sync            all that stands there is durable from here on
 *   durable N       it is said that N bytes are
 *   number N        the next record has this number
 *   zero N          zero bytes, not durable
 *   poke OFF N      the byte at OFF becomes N, when all is written
 *   cut N           the file ends N bytes sooner, when all is written
 *
 * A model that knows the records as numbers tells what each prefix of them
 * means.  Whatever was done to the file: it is refused, or read as one of the
 * prefixes that reach what was durable, and its changes are read both ways.
 */
#include <fcntl.h>
#include <inttypes.h>

#include "restore/journal/journal_inner.h"
#include "tests/fuzz/fuzz.h"

#define RECORDS 128

/* What a prefix means. */
struct state {
	int asked, sealed, ended;
	uint64_t way, changes, intended, done, made;
	uint64_t end; /* where it ends in the file */
};

struct recipe {
	struct journal *j; /* for its digests */
	struct buf file;
	struct state state[RECORDS + 1]; /* before each record, and at last */
	size_t records;
	uint64_t number;
	uint64_t told; /* by the next record: so much is durable */
	uint64_t last; /* by the last record that is fine */
	int fine;      /* all so far follows the rules */
	struct digest *over;
	int64_t poke_at, poke, cut;
};

/* What one more record makes of the state: 0, or -1: it cannot stand here. */
static int
model(struct state *s, uint64_t type, const char *body, size_t len)
{
	uint64_t n = 0;

	if (type == RECORD_ASKED) {
		if (s->asked || s->changes > 0)
			return -1;
		s->asked = 1;
		return 0;
	}
	if (!s->asked)
		return -1;
	if (type == RECORD_CHANGE) {
		s->changes++;
		return s->sealed ? -1 : 0;
	}
	if (type == RECORD_SEALED) {
		memcpy(&n, body, sizeof(n));
		if (s->sealed || n != s->changes ||
		    len != sizeof(struct journal_seal_body))
			return -1;
		s->sealed = 1;
		return 0;
	}
	if (len != sizeof(n) || !s->sealed)
		return -1;
	memcpy(&n, body, sizeof(n));
	if (n > s->changes || type > RECORD_END || type < RECORD_SEALED)
		return -1;
	if (type == RECORD_INTENT) {
		s->intended = n;
	} else if (type == RECORD_DONE) {
		s->done = n;
		if (s->way == 0 ? n > s->made : n < s->made)
			s->made = n;
	} else {
		if (n > 1)
			return -1;
		s->way = n;
		s->ended = type == RECORD_END;
		if (s->ended)
			s->made = n == 0 ? s->changes : 0;
		else
			s->done = n == 0 ? 0 : s->intended;
	}
	return 0;
}

static void
add_record(struct recipe *r, uint64_t type, const void *body, size_t len)
{
	struct journal_head head = { .type = type,
		.number = r->number,
		.len = len,
		.durable = r->told };
	struct state *s = &r->state[r->records];
	size_t start = r->file.len;

	if (r->records == RECORDS)
		return;
	memcpy(head.mark, JOURNAL_MARK, sizeof(head.mark));
	MUST(buf_add(&r->file, &head, sizeof(head)) == 0);
	MUST(buf_add(&r->file, body, len) == 0);
	MUST(journal_record_close(r->j, &r->file, start, start) == 0);
	if (r->fine && s->end == start && r->number == r->records &&
	    r->told <= start) {
		s[1] = s[0];
		r->fine = model(&s[1], type, body, len) == 0;
		s[1].end = r->file.len;
		r->records += (size_t)r->fine;
		if (r->fine)
			r->last = r->told;
	} else {
		r->fine = 0;
	}
	r->number++;
}

static void
add_number(struct recipe *r, uint64_t type, uint64_t n)
{

	add_record(r, type, &n, sizeof(n));
}

static void
add_asked(struct recipe *r, const char *text)
{
	json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, NULL);

	/* jansson's own business. */
	if (json == NULL)
		text = "{}";
	json_decref(json);
	add_record(r, RECORD_ASKED, text, strlen(text));
}

static void
add_change(struct recipe *r, uint64_t n)
{
	static char content[4096];
	struct plan_cell cell = { .name = "content",
		.after = content,
		.after_len =
		    n < sizeof(content) ? (size_t)n : sizeof(content) };
	struct plan_record rec = { .type = PLAN_CREATE,
		.kind = ITEM_FILE,
		.item = "file:/x",
		.cells = &cell,
		.ncells = 1 };
	struct buf body = BUF_EMPTY;
	uint64_t len;

	MUST(plan_encode(&rec, &body) == 0);
	len = body.len;
	MUST(digest_add(r->over, &len, sizeof(len)) == 0);
	MUST(digest_add(r->over, body.data, body.len) == 0);
	add_record(r, RECORD_CHANGE, body.data, body.len);
	buf_free(&body);
}

static void
add_sealed(struct recipe *r, uint64_t n)
{
	struct journal_seal_body seal = { .changes = n };
	char hex[65];

	MUST(digest_hex(r->over, hex) == 0);
	memcpy(seal.digest, hex, 64);
	add_record(r, RECORD_SEALED, &seal, sizeof(seal));
}

static void
cook(struct recipe *r, const char *line)
{
	static const char zeros[4096];
	uint64_t n, type;

	if (strncmp(line, "asked ", 6) == 0)
		add_asked(r, line + 6);
	else if (sscanf(line, "change %" SCNu64, &n) == 1)
		add_change(r, n);
	else if (sscanf(line, "sealed %" SCNu64, &n) == 1)
		add_sealed(r, n);
	else if (strcmp(line, "sealed") == 0)
		add_sealed(r, r->state[r->records].changes);
	else if (sscanf(line, "way %" SCNu64, &n) == 1)
		add_number(r, RECORD_WAY, n);
	else if (sscanf(line, "intent %" SCNu64, &n) == 1)
		add_number(r, RECORD_INTENT, n);
	else if (sscanf(line, "done %" SCNu64, &n) == 1)
		add_number(r, RECORD_DONE, n);
	else if (sscanf(line, "end %" SCNu64, &n) == 1)
		add_number(r, RECORD_END, n);
	else if (sscanf(line, "type %" SCNu64 " %" SCNu64, &type, &n) == 2 &&
		 type != RECORD_ASKED && type != RECORD_CHANGE)
		add_number(r, type, n);
	else if (strcmp(line, "sync") == 0)
		r->told = r->file.len;
	else if (sscanf(line, "durable %" SCNu64, &n) == 1)
		r->told = n;
	else if (sscanf(line, "number %" SCNu64, &n) == 1)
		r->number = n;
	else if (sscanf(line, "zero %" SCNu64, &n) == 1)
		MUST(buf_add(&r->file, zeros, n < 4096 ? n : 4096) == 0);
	else if (sscanf(line, "poke %" SCNd64 " %" SCNd64, &r->poke_at,
		     &r->poke) != 2)
		(void)sscanf(line, "cut %" SCNd64, &r->cut);
}

/* What is done to the file at last.  1 when it is as it was written. */
static int
spoil(struct recipe *r)
{
	size_t at = (size_t)r->poke_at;
	int same = 1;

	if (r->poke_at >= 0 && at < r->file.len) {
		same = r->file.data[at] == (char)r->poke;
		r->file.data[at] = (char)r->poke;
	}
	if (r->cut > 0 && r->file.len > 0) {
		r->file.len -=
		    (size_t)r->cut < r->file.len ? (size_t)r->cut : r->file.len;
		same = 0;
	}
	return same;
}

/* The changes, each way. */
static void
read_changes(struct journal *j)
{
	const struct plan_record *rec;
	uint64_t n, i, way;
	int rc;

	for (way = JOURNAL_FORWARD; way <= JOURNAL_BACK; way++) {
		MUST(journal_rewind(j, (enum journal_way)way) == 0);
		for (i = 0; i < j->changes; i++) {
			MUST(journal_next(j, &rec, &n) == 1);
			MUST(n ==
			     (way == JOURNAL_FORWARD ? i : j->changes - 1 - i));
			MUST(strcmp(rec->item, "file:/x") == 0);
		}
		rc = journal_next(j, &rec, &n);
		MUST(rc == 0);
	}
}

/* Is it what one of the prefixes means that end at ${j}->written? */
static void
check(const struct recipe *r, const struct journal *j)
{
	const struct state *s;
	size_t i;

	for (i = 0; i <= r->records; i++)
		if (r->state[i].end == j->written)
			break;
	MUST(i <= r->records);
	s = &r->state[i];
	MUST((j->asked != NULL) == s->asked && j->sealed == s->sealed);
	MUST(j->changes == s->changes && j->intended == s->intended);
	MUST(j->ended == s->ended && (uint64_t)j->way == s->way);
	MUST(j->done == s->done && j->made == s->made);
	MUST(j->made <= j->changes && j->intended <= j->changes);
}

static void
scan(struct recipe *r)
{
	struct journal *j = journal_new("/d", "20261122T161547Z-0123abcd");
	int whole = r->file.len == r->state[r->records].end && r->fine;
	int same = spoil(r), rc;
	char path[64];

	MUST(j != NULL);
	j->fd = fuzz_file(r->file.data, r->file.len, path);
	rc = journal_scan(j, r->file.len);
	if (same && whole)
		MUST(rc == 0 && j->written == r->file.len);
	/* What was durable is damaged, and a later record tells. */
	if (!same && whole && r->cut <= 0 && (uint64_t)r->poke_at < r->last)
		MUST(rc == -1);
	if (rc == 0) {
		check(r, j);
		if (j->sealed)
			read_changes(j);
	}
	j->sealed = 0;
	journal_close(j);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	const char *pos = (const char *)data, *end = pos + len;
	struct recipe *r = calloc(1, sizeof(*r));
	char line[256];
	int steps = 0;

	MUST(r != NULL);
	r->fine = 1;
	r->poke_at = -1;
	MUST((r->over = digest_new()) != NULL);
	MUST((r->j = journal_new("/d", "20261122T161547Z-0123abcd")) != NULL);
	while (steps++ < RECORDS && fuzz_line(&pos, end, line, sizeof(line)))
		cook(r, line);
	scan(r);
	journal_close(r->j);
	digest_free(r->over);
	buf_free(&r->file);
	free(r);
	warn_forget();
	return 0;
}
