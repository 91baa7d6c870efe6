#include "restore/papers/paper.h"

#include <stdlib.h>
#include <string.h>

#include "archive/buf.h"
#include "archive/bundle/digest.h"
#include "archive/warn.h"

/* Written when so many bytes wait. */
#define ENOUGH (64u << 10)

struct paper_new {
	struct newfile *file;
	struct digest *all, *list; /* of every byte; of a list's lines */
	struct buf wait;
	int fresh;  /* nothing stands yet where the next value goes */
	int inside; /* a list */
};

json_t *
paper_text(const char *s)
{
	json_t *json;
	char *text;

	if (s == NULL)
		return json_null();
	if ((json = json_string(s)) != NULL)
		return json;
	if ((text = warn_escape(s, strlen(s))) == NULL)
		return NULL;
	json = json_string(text);
	free(text);
	return json;
}

static int
flush(struct paper_new *p)
{

	if (p->wait.len == 0)
		return 0;
	if (digest_add(p->all, p->wait.data, p->wait.len) == -1 ||
	    newfile_write(p->file, p->wait.data, p->wait.len) == -1)
		return -1;
	buf_clear(&p->wait);
	return 0;
}

/* Begin a line: behind what stands before it. */
static int
begin(struct paper_new *p, const char *name)
{

	if (p->wait.len >= ENOUGH && flush(p) == -1)
		return -1;
	if (buf_adds(&p->wait, p->fresh ? "\n" : ",\n") == -1)
		return -1;
	p->fresh = 0;
	return name == NULL ? 0 : buf_addf(&p->wait, "\"%s\":", name);
}

/* The value as text, and in the digest of its list; it is given away. */
static int
put_value(struct paper_new *p, json_t *value)
{
	char *text = NULL;
	int rc = -1;

	if (value != NULL)
		text = json_dumps(value, PAPER_DUMP);
	json_decref(value);
	if (text == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	if (!p->inside || (digest_add(p->list, text, strlen(text)) == 0 &&
			      digest_add(p->list, "\n", 1) == 0))
		rc = buf_adds(&p->wait, text);
	free(text);
	return rc;
}

struct paper_new *
paper_create(const char *file, enum newfile_existing existing, const char *kind,
    int version)
{
	struct paper_new *p;

	if ((p = calloc(1, sizeof(*p))) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	p->fresh = 1;
	if ((p->all = digest_new()) == NULL ||
	    (p->list = digest_new()) == NULL ||
	    (p->file = newfile_open(file, 0600, existing)) == NULL ||
	    buf_addc(&p->wait, '{') == -1 ||
	    paper_put(p, "kind", json_string(kind)) == -1 ||
	    paper_put(p, "schema_version", json_integer(version)) == -1) {
		paper_discard(p);
		return NULL;
	}
	return p;
}

int
paper_put(struct paper_new *p, const char *name, json_t *value)
{

	if (begin(p, name) == -1) {
		json_decref(value);
		return -1;
	}
	return put_value(p, value);
}

int
paper_list(struct paper_new *p, const char *name)
{

	if (begin(p, name) == -1)
		return -1;
	p->fresh = p->inside = 1;
	return buf_addc(&p->wait, '[');
}

int
paper_add(struct paper_new *p, json_t *value)
{

	return paper_put(p, NULL, value);
}

int
paper_list_end(struct paper_new *p, char hex[65])
{

	p->fresh = p->inside = 0;
	if (buf_adds(&p->wait, "\n]") == -1)
		return -1;
	return digest_hex(p->list, hex);
}

int
paper_commit(struct paper_new *p)
{
	char hex[65];
	int rc = -1;

	if (buf_adds(&p->wait, ",\n") == -1 || flush(p) == -1 ||
	    digest_hex(p->all, hex) == -1 ||
	    buf_addf(&p->wait, "\"sha256\":\"%s\"\n}\n", hex) == -1 ||
	    flush(p) == -1)
		goto out;
	rc = newfile_commit(p->file);
	p->file = NULL;
out:
	paper_discard(p);
	return rc;
}

void
paper_discard(struct paper_new *p)
{

	if (p == NULL)
		return;
	newfile_discard(p->file);
	digest_free(p->all);
	digest_free(p->list);
	buf_free(&p->wait);
	free(p);
}
