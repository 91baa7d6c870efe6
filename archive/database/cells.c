#include "archive/database/cells.h"

#include <stdlib.h>
#include <string.h>

#include "archive/database/db_query.h"
#include "archive/database/db_schema.h"
#include "archive/database/db_url.h"
#include "archive/node/path.h"
#include "archive/warn.h"

#define ROLE  "nova_api"
#define TABLE "cell_mappings"

/* A stretch of a URL. */
struct stretch {
	const char *s;
	size_t len;
};

/* The parts of a URL, as Python's urlparse cuts them. */
enum part {
	PART_SCHEME,
	PART_USERNAME,
	PART_PASSWORD,
	PART_HOSTNAME,
	PART_PORT,
	PART_PATH,
	PART_QUERY,
	PART_FRAGMENT
};
static const char *const parts[] = { "scheme", "username", "password",
	"hostname", "port", "path", "query", "fragment" };
#define PARTS (sizeof(parts) / sizeof(parts[0]))

int
cells_columns(const struct item_table *t, struct cell_columns *at)
{
	size_t i, cell = 0;
	int found = 0;

	memset(at, 0, sizeof(*at));
	for (i = 0; i < t->ncolumns; i++) {
		if (t->columns[i].generated)
			continue;
		if (strcmp(t->columns[i].name, "id") == 0) {
			at->id = cell;
			found |= 1;
		} else if (strcmp(t->columns[i].name, "name") == 0) {
			at->name = cell;
			found |= 2;
		} else if (strcmp(t->columns[i].name, "database_connection") ==
			   0) {
			at->connection = cell;
			found |= 4;
		}
		cell++;
	}
	return found == 7;
}

void
cells_take(const struct cell_columns *at, const char *schema,
    const struct db_value *row, struct cell *cell)
{

	cell->schema = schema;
	cell->id = row[at->id];
	cell->name = row[at->name];
	cell->connection = row[at->connection];
}

/* Cut off what stands in front of the first byte of ${stop}, or all. */
static struct stretch
cut(const char **s, const char *stop)
{
	struct stretch part = { *s, strcspn(*s, stop) };

	*s += part.len;
	return part;
}

static void
cut_host(struct stretch host, struct stretch *part)
{
	const char *end = NULL, *colon;

	if (host.len > 0 && host.s[0] == '[')
		end = memchr(host.s, ']', host.len);
	if (end != NULL) {
		part[PART_HOSTNAME] =
		    (struct stretch){ host.s + 1, (size_t)(end - host.s - 1) };
		end++;
	} else {
		colon = memchr(host.s, ':', host.len);
		end = colon == NULL ? host.s + host.len : colon;
		part[PART_HOSTNAME] =
		    (struct stretch){ host.s, (size_t)(end - host.s) };
	}
	if (end < host.s + host.len && *end == ':')
		part[PART_PORT] = (struct stretch){ end + 1,
			(size_t)(host.s + host.len - end - 1) };
}

/* 0, or -1: it is no URL. */
static int
cut_url(const char *url, struct stretch part[PARTS])
{
	const char *s = strstr(url, "://"), *at, *colon;
	struct stretch host;
	size_t i;

	for (i = 0; i < PARTS; i++)
		part[i] = (struct stretch){ "", 0 };
	if (s == NULL)
		return -1;
	part[PART_SCHEME] = (struct stretch){ url, (size_t)(s - url) };
	s += 3;
	host = cut(&s, "/?#");
	if ((at = memrchr(host.s, '@', host.len)) != NULL) {
		colon = memchr(host.s, ':', (size_t)(at - host.s));
		part[PART_USERNAME] = (struct stretch){ host.s,
			(size_t)((colon == NULL ? at : colon) - host.s) };
		if (colon != NULL)
			part[PART_PASSWORD] = (struct stretch){ colon + 1,
				(size_t)(at - colon - 1) };
		host.len -= (size_t)(at + 1 - host.s);
		host.s = at + 1;
	}
	cut_host(host, part);
	s += strspn(s, "/");
	part[PART_PATH] = cut(&s, "?#");
	if (*s == '?') {
		s++;
		part[PART_QUERY] = cut(&s, "#");
	}
	if (*s == '#')
		part[PART_FRAGMENT] = (struct stretch){ s + 1, strlen(s + 1) };
	return 0;
}

int
cells_fill(const char *url, const char *connection, struct buf *out)
{
	struct stretch part[PARTS];
	size_t i, len;

	if (strchr(url, '{') == NULL)
		return buf_adds(out, url) ? -1 : 1;
	if (connection == NULL || cut_url(connection, part))
		return 0;
	while (*url != '\0') {
		if (url[0] != '{' || url[1] == '{') {
			url +=
			    url[0] == '{' || (url[0] == '}' && url[1] == '}');
			if (buf_addc(out, *url++))
				return -1;
			continue;
		}
		len = strcspn(++url, "}");
		for (i = 0; i < PARTS; i++)
			if (strlen(parts[i]) == len &&
			    strncmp(parts[i], url, len) == 0)
				break;
		if (i == PARTS || url[len] == '\0')
			return 0;
		if (buf_add(out, part[i].s, part[i].len))
			return -1;
		url += len + 1;
	}
	return 1;
}

/* nova.conf's own database. */
static const char *
connection_of(const struct site *s)
{
	size_t i;

	for (i = 0; i < s->ndatabases; i++)
		if (strcmp(s->databases[i].role, "nova") == 0)
			return s->databases[i].url;
	return NULL;
}

/* "table:nova_cell1.*" appended, of the schema that the URL names; of one that
 * cannot be read the row itself. */
static int
leave_name(const char *url, const char *row, struct buf *out)
{
	struct db_url u;
	const char *why;
	int rc;

	if (db_url_parse(url, &u, &why))
		return buf_adds(out, row);
	rc = buf_addf(out, "table:%s.*", u.schema);
	db_url_free(&u);
	return rc;
}

static int
is_left(const char *const *except, const char *leave)
{

	for (; except != NULL && *except != NULL; except++)
		if (path_glob(*except, leave))
			return 1;
	return 0;
}

static int
add_url(
    struct site *s, const char *row, const char *url, const char *const *except)
{
	struct buf leave = BUF_EMPTY, source = BUF_EMPTY;
	size_t i;
	int rc = -1;

	for (i = 0; i < s->ndatabases; i++)
		if (strcmp(s->databases[i].role, "nova") == 0 &&
		    strcmp(s->databases[i].url, url) == 0)
			return 0;
	if (leave_name(url, row, &leave) ||
	    buf_addf(&source, "%s database_connection", row))
		goto out;
	rc = is_left(except, leave.data)
		 ? 0
		 : site_add_database(s, "nova", url, source.data, leave.data);
out:
	buf_free(&leave);
	buf_free(&source);
	return rc;
}

/* A value as a string, or NULL: memory ended (said). */
static char *
text_of(const struct db_value *v)
{
	char *text = v->data == NULL ? strdup("") : strndup(v->data, v->len);

	if (text == NULL)
		warn_msg("out of memory");
	return text;
}

int
cells_add(struct site *s, const struct cell *cell, const char *const *except)
{
	struct buf row = BUF_EMPTY, url = BUF_EMPTY;
	char *text = text_of(&cell->connection), *id = text_of(&cell->id);
	int rc = -1;

	if (text == NULL || id == NULL ||
	    buf_addf(&row, "row:%s." TABLE ":%s", cell->schema, id) ||
	    (rc = cells_fill(text, connection_of(s), &url)) == -1)
		goto out;
	if (rc == 1)
		rc = add_url(
		    s, row.data, url.data == NULL ? "" : url.data, except);
	else
		warn_info("%s: its database_connection is a template that "
			  "nova.conf's [database] connection cannot fill: that "
			  "cell's database is left out",
		    row.data);
out:
	if (text != NULL)
		explicit_bzero(text, strlen(text));
	free(text);
	free(id);
	buf_free(&row);
	buf_wipe(&url);
	return rc;
}

/* The cells that one database tells of: 0 or -1. */
static int
read_cells(struct site *s, struct db *db, const char *schema,
    const char *const *except)
{
	const struct db_value *cells;
	struct cell_columns at;
	struct db_rows *rows;
	struct item *item;
	struct cell cell;
	int rc;

	if ((item = item_new(ITEM_TABLE)) == NULL)
		return -1;
	if ((rc = db_table(db, schema, TABLE, item)) != 1 ||
	    !cells_columns(item->table, &at))
		goto out;
	if ((rc = db_read_table(db, item->table, &rows)) != 0)
		goto out;
	while ((rc = db_next(rows, &cells)) == 1) {
		cells_take(&at, schema, cells, &cell);
		if ((rc = cells_add(s, &cell, except)) != 0)
			break;
	}
	db_rows_free(rows);
out:
	item_free(item);
	return rc == -1 ? -1 : 0;
}

enum outcome
cells_connect(struct site *s, const char *defaults_file,
    const char *const *except, struct db_set *set)
{
	size_t known = s->ndatabases, i, j;
	struct db_server *server;

	for (i = 0; i < set->nservers; i++) {
		server = &set->servers[i];
		for (j = 0; j < server->nschemas; j++)
			if (strcmp(server->schemas[j].role, ROLE) == 0 &&
			    read_cells(s, server->db, server->schemas[j].schema,
				except))
				return OUTCOME_FAILED;
	}
	return db_connect_more(s, known, defaults_file, set);
}
