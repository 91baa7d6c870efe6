#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "archive/bundle/digest.h"
#include "archive/judge/json_judge.h"
#include "archive/limits.h"
#include "archive/warn.h"
#include "restore/papers/paper.h"

struct paper {
	FILE *f;
	const char *what, *kind;
	int version;
	struct digest *digest; /* of the lines so far */
	char *line;            /* the line read last, without its comma */
	size_t len;            /* with newline and comma */
	int comma;             /* it had one */
	int first;             /* the line before it opened something */
	int inside;            /* a list */
	json_t *value;         /* the one that was told last */
};

int
paper_refuse(const struct paper *p, const char *why)
{

	warn_msg("%s: refused: %s", p->what, why);
	return -1;
}

static int
damaged(const struct paper *p)
{

	return paper_refuse(p, "it is damaged, or not as novark wrote it");
}

/* The next line: 0, or -1 said. */
static int
read_line(struct paper *p)
{
	int before = p->comma, first = p->first;

	errno = 0;
	if (fgets(p->line, LIMIT_PAPER_LINE, p->f) == NULL) {
		if (ferror(p->f)) {
			warn_errno("%s: cannot be read", p->what);
			return -1;
		}
		return damaged(p);
	}
	p->len = strlen(p->line);
	if (p->len == 0 || p->line[p->len - 1] != '\n')
		return damaged(p);
	p->line[p->len - 1] = '\0';
	p->comma = p->len > 1 && p->line[p->len - 2] == ',';
	if (p->comma)
		p->line[p->len - 2] = '\0';
	p->first = strcmp(p->line, "{") == 0;
	/* Values stand behind a comma, or are the first; closers are neither.
	 */
	if ((p->line[0] == ']' || p->line[0] == '}') ? before
						     : !before && !first)
		return damaged(p);
	return 0;
}

/* Add the line to the digest, as it stood. */
static int
count_line(struct paper *p)
{
	size_t len = p->len - 1 - (p->comma ? 1 : 0);

	if (digest_add(p->digest, p->line, len) == -1)
		return -1;
	return digest_add(p->digest, p->comma ? ",\n" : "\n", p->comma ? 2 : 1);
}

static int
parse(struct paper *p, const char *text)
{

	json_decref(p->value);
	p->value = json_open(text, strlen(text),
	    JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, LIMIT_JSON_WEIGHT, NULL);
	return p->value == NULL ? damaged(p) : 0;
}

/* The name of a member ends in ${p->line}; its value begins behind it. */
static char *
split(struct paper *p)
{
	char *end;

	if (p->line[0] != '"' || (end = strchr(p->line + 1, '"')) == NULL ||
	    end[1] != ':')
		return NULL;
	*end = '\0';
	return strchr(p->line, '\\') == NULL ? end + 2 : NULL;
}

/* The last two lines: the digest, and the end. */
static int
end_document(struct paper *p, const char *value)
{
	char hex[65], want[68];

	if (digest_hex(p->digest, hex) == -1)
		return -1;
	snprintf(want, sizeof(want), "\"%s\"", hex);
	if (strcmp(value, want) != 0 || p->comma)
		return damaged(p);
	if (read_line(p) == -1)
		return -1;
	if (strcmp(p->line, "}") != 0 || p->comma || getc(p->f) != EOF)
		return damaged(p);
	return 0;
}

int
paper_next(struct paper *p, const char **name, const json_t **value)
{
	char *text;

	if (p->inside || read_line(p) == -1)
		return -1;
	text = strcmp(p->line, "}") == 0 ? NULL : strstr(p->line, "\":");
	if (text == NULL)
		return damaged(p);
	if (strncmp(p->line, "\"sha256\":", 9) == 0)
		return end_document(p, p->line + 9);
	if (count_line(p) == -1)
		return -1;
	if ((text = split(p)) == NULL)
		return damaged(p);
	*name = p->line + 1;
	*value = NULL;
	if (strcmp(text, "[") == 0) {
		p->inside = p->first = 1;
		return 1;
	}
	if (parse(p, text) == -1)
		return -1;
	*value = p->value;
	return 1;
}

int
paper_element(struct paper *p, const json_t **value)
{

	if (!p->inside || read_line(p) == -1 || count_line(p) == -1)
		return -1;
	if (strcmp(p->line, "]") == 0) {
		p->inside = 0;
		return 0;
	}
	if (parse(p, p->line) == -1)
		return -1;
	*value = p->value;
	return 1;
}

int
paper_rewind(struct paper *p)
{
	const json_t *value;
	const char *name;
	char hex[65];

	if (fseeko(p->f, 0, SEEK_SET) == -1) {
		warn_errno("%s: cannot be read", p->what);
		return -1;
	}
	p->comma = p->inside = 0;
	p->first = 1;
	if (digest_hex(p->digest, hex) == -1 || read_line(p) == -1 ||
	    count_line(p) == -1)
		return -1;
	if (strcmp(p->line, "{") != 0 || p->comma ||
	    paper_next(p, &name, &value) != 1 || strcmp(name, "kind") != 0 ||
	    value == NULL || !json_is_string(value) ||
	    strcmp(json_string_value(value), p->kind) != 0)
		return damaged(p);
	if (paper_next(p, &name, &value) != 1 ||
	    strcmp(name, "schema_version") != 0 || !json_is_integer(value))
		return damaged(p);
	if (json_integer_value(value) != p->version)
		return paper_refuse(
		    p, "another version of novark wrote it, in another form");
	return 0;
}

struct paper *
paper_open(FILE *f, const char *what, const char *kind, int version)
{
	struct paper *p;

	if ((p = calloc(1, sizeof(*p))) == NULL ||
	    (p->line = malloc(LIMIT_PAPER_LINE)) == NULL) {
		warn_msg("out of memory");
		free(p);
		return NULL;
	}
	p->f = f;
	p->what = what;
	p->kind = kind;
	p->version = version;
	if ((p->digest = digest_new()) == NULL || paper_rewind(p) == -1) {
		paper_close(p);
		return NULL;
	}
	return p;
}

void
paper_close(struct paper *p)
{

	if (p == NULL)
		return;
	json_decref(p->value);
	digest_free(p->digest);
	free(p->line);
	free(p);
}
