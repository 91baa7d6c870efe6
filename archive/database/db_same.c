#include "archive/database/db_same.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/database/db_query.h"
#include "archive/database/db_trouble.h"

/* The first cell of a query's only row, appended (nothing of NULL): 0 or -1. */
static int
ask(struct db *db, const struct buf *sql, struct buf *out)
{
	const struct db_value *cells;
	struct db_rows *rows;
	int rc;

	if (db_select(db, sql, 0, &rows))
		return -1;
	rc = db_next(rows, &cells);
	if (rc == 1 && cells[0].data != NULL)
		rc = buf_add(out, cells[0].data, cells[0].len);
	db_rows_free(rows);
	return rc < 0 ? -1 : 0;
}

static int
ask_text(struct db *db, const char *sql, struct buf *out)
{
	struct buf b = BUF_EMPTY;
	int rc;

	rc = buf_adds(&b, sql) || ask(db, &b, out) ? -1 : 0;
	buf_free(&b);
	return rc;
}

/* What a server calls itself: 1 the same, 0, -1. */
static int
same_name(struct db *a, struct db *b)
{
	static const char sql[] =
	    "SELECT CONCAT_WS('|', @@hostname, @@port, @@datadir)";
	struct buf first = BUF_EMPTY, second = BUF_EMPTY;
	int rc = -1;

	if (ask_text(a, sql, &first) == 0 && ask_text(b, sql, &second) == 0)
		rc = first.len == second.len && first.len > 0 &&
		     memcmp(first.data, second.data, first.len) == 0;
	buf_free(&first);
	buf_free(&second);
	return rc;
}

/* With the lock's name: 1 seen, 0 not, -1 there are no such locks. */
static int
sees_lock(struct db *a, struct db *b, const char *name)
{
	struct buf sql = BUF_EMPTY, got = BUF_EMPTY;
	int rc = -1;

	if (buf_addf(&sql, "SELECT GET_LOCK('%s', 0)", name) ||
	    ask(a, &sql, &got) || got.len != 1 || got.data[0] != '1')
		goto out;
	buf_clear(&sql);
	buf_clear(&got);
	if (buf_addf(&sql, "SELECT IS_USED_LOCK('%s')", name) == 0 &&
	    ask(b, &sql, &got) == 0)
		rc = got.len > 0;
	buf_clear(&sql);
	buf_clear(&got);
	if (buf_addf(&sql, "SELECT RELEASE_LOCK('%s')", name) ||
	    ask(a, &sql, &got))
		rc = -1;
out:
	buf_free(&sql);
	buf_free(&got);
	return rc;
}

int
db_same(struct db *a, struct db *b)
{
	struct buf name = BUF_EMPTY;
	uint64_t random;
	int rc, locks;

	if ((rc = same_name(a, b)) != 1)
		return rc;
	if (getentropy(&random, sizeof(random)) ||
	    buf_addf(&name, "novark-%016" PRIx64, random)) {
		buf_free(&name);
		return -1;
	}
	/* That there are no locks is said to nobody. */
	db_hush(a, 2);
	db_hush(b, 2);
	locks = sees_lock(a, b, name.data);
	db_hush(a, 0);
	db_hush(b, 0);
	buf_free(&name);
	return locks == 0 ? 0 : 1;
}
