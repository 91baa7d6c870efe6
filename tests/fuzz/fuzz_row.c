/**
 * Rows of a table through the map, cell by cell, as the catalogue wants it
 * (through.h).  The first line of the input is one of the tables below, the
 * rest its rows as they stand in a bundle.  Cells that are written and read
 * again are the same.
 */
#include "archive/database/tabfile.h"
#include "restore/rows/cell_rule.h"
#include "restore/rows/cells.h"
#include "tests/fuzz/through.h"

#define COLUMNS 6

static const struct {
	const char *role, *table;
	const char *column[COLUMNS];
} tables[] = {
	{ "nova", "block_device_mapping",
	    { "id", "device_name", "connection_info", "volume_id",
		"deleted" } },
	{ "nova", "instance_info_caches", { "id", "network_info", "deleted" } },
	{ "cinder", "volumes",
	    { "id", "host", "provider_location", "provider_auth", "deleted" } },
	{ "keystone", "endpoint", { "id", "url", "extra" } },
	{ "nova", "no_such_table", { "id", "text" } },
};

/* Bytes in pieces. */
struct source {
	const char *pos, *end;
	size_t piece;
};

/* tabfile_read */
static ssize_t
read_piece(void *cookie, void *buf, size_t len)
{
	struct source *s = cookie;
	size_t n = (size_t)(s->end - s->pos);

	if (n > s->piece)
		n = s->piece;
	if (n > len)
		n = len;
	memcpy(buf, s->pos, n);
	s->pos += n;
	return (ssize_t)n;
}

/* The rules of a table of the name in ${line}; 0: there is none. */
static int
rules_of(char *line, struct item_table *t, struct item_column *columns,
    struct cell_rules *rules)
{
	static char type[] = "text", charset[] = "utf8mb3";
	size_t i, k;

	for (i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		if (strcmp(line, tables[i].table) == 0)
			break;
	if (i == sizeof(tables) / sizeof(tables[0]))
		return 0;
	memset(t, 0, sizeof(*t));
	memset(columns, 0, COLUMNS * sizeof(*columns));
	t->table = line;
	t->columns = columns;
	for (k = 0; k < COLUMNS && tables[i].column[k] != NULL; k++) {
		MUST((columns[k].name = strdup(tables[i].column[k])) != NULL);
		columns[k].type = type;
		columns[k].charset = charset;
		columns[k].nullable = k > 0;
		columns[k].key = k == 0;
	}
	t->ncolumns = k;
	MUST(cell_rules(rules, tables[i].role, t) == 0);
	MUST(rules->n == k && rules->nkey == 1 && rules->key[0] == 0);
	return 1;
}

/* Rows that were written are read as the same. */
static void
check_again(const struct db_value *cells, size_t n)
{
	struct buf text = BUF_EMPTY;
	const struct db_value *again;
	struct source s;
	struct tabfile *t;
	size_t i;

	MUST(tabfile_encode(&text, cells, n) == 0);
	s = (struct source){ text.data, text.data + text.len, 4096 };
	MUST((t = tabfile_open("again", n, read_piece, &s)) != NULL);
	MUST(tabfile_next(t, &again) == 1);
	for (i = 0; i < n; i++)
		MUST(cells_same(&cells[i], &again[i]));
	MUST(tabfile_next(t, &again) == 0);
	tabfile_close(t);
	buf_free(&text);
}

static void
one_row(const struct cell_rules *rules, const struct db_value *cells)
{
	struct rewrite_options opt = { 0 };
	struct db_value now[COLUMNS];
	struct buf out[COLUMNS] = { BUF_EMPTY };
	const struct cell_rule *rule;
	size_t i;

	for (i = 0; i < rules->n; i++) {
		now[i] = cells[i];
		if (cells[i].data == NULL)
			continue;
		rule = &rules->rule[i];
		opt.role = rule->role;
		opt.hosts = rule->hosts;
		opt.hold_all = rule->hold;
		MUST(through(&opt, rule->format, cells[i].data, cells[i].len,
			 &out[i]) == 1);
		now[i].data = out[i].data;
		now[i].len = out[i].len;
		/* A key is no address. */
		MUST(i > 0 || cells_same(&now[0], &cells[0]));
	}
	check_again(cells, rules->n);
	check_again(now, rules->n);
	for (i = 0; i < rules->n; i++)
		buf_free(&out[i]);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	const char *pos = (const char *)data, *end = pos + len;
	struct item_column columns[COLUMNS];
	const struct db_value *cells;
	struct cell_rules rules;
	struct item_table table;
	struct tabfile *t;
	struct source s;
	char line[64];
	size_t i;

	if (!fuzz_line(&pos, end, line, sizeof(line)) ||
	    !rules_of(line, &table, columns, &rules))
		return 0;
	s = (struct source){ pos, end, 1 + len % 61 };
	MUST((t = tabfile_open("rows", rules.n, read_piece, &s)) != NULL);
	while (tabfile_next(t, &cells) == 1)
		one_row(&rules, cells);
	tabfile_close(t);
	cell_rules_free(&rules);
	for (i = 0; i < table.ncolumns; i++)
		free(columns[i].name);
	warn_forget();
	return 0;
}
