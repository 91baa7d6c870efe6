#include "restore/plan/plan.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/warn.h"
#include "restore/plan/plan_record.h"
#include "restore/plan/spool.h"

/* In front of each record: its length, and a word that no hole in a file is. */
#define MARK 0x6e6f7661726b706cULL

struct head {
	uint64_t mark, len;
};

struct plan {
	FILE *spool;
	struct buf body; /* of the record written or read last */
	struct plan_decoded record;
	struct past *past;
	uint64_t count[PLAN_TYPES][PLAN_KINDS];
	uint64_t left; /* records still to be read */
	int reading;   /* else the file position is at the end */
};

struct plan *
plan_new(void)
{
	struct plan *p;

	if ((p = calloc(1, sizeof(*p))) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	if ((p->past = past_new()) == NULL ||
	    (p->spool = spool_open()) == NULL) {
		past_free(p->past);
		free(p);
		return NULL;
	}
	return p;
}

struct past *
plan_past(struct plan *p)
{

	return p->past;
}

void
plan_free(struct plan *p)
{

	if (p == NULL)
		return;
	fclose(p->spool);
	past_free(p->past);
	buf_wipe(&p->body);
	plan_decoded_free(&p->record);
	free(p);
}

static int
write_body(struct plan *p)
{
	struct head head = { MARK, p->body.len };

	if (p->reading && fseeko(p->spool, 0, SEEK_END) == -1)
		return -1;
	p->reading = 0;
	if (fwrite(&head, sizeof(head), 1, p->spool) != 1)
		return -1;
	return fwrite(p->body.data, p->body.len, 1, p->spool) == 1 ? 0 : -1;
}

int
plan_add(struct plan *p, const struct plan_record *r)
{

	if ((unsigned)r->type >= PLAN_TYPES ||
	    (unsigned)r->kind >= PLAN_KINDS) {
		warn_msg("plan: a record of no known type");
		return -1;
	}
	buf_clear(&p->body);
	if (plan_encode(r, &p->body) == -1)
		return -1;
	if (write_body(p) == -1) {
		warn_errno("the plan's temporary file cannot be written");
		return -1;
	}
	p->count[r->type][r->kind]++;
	return 0;
}

static int add_text(struct plan *p, const struct plan_record *r,
    const char *fmt, va_list ap) __attribute__((format(printf, 3, 0)));

static int
add_text(
    struct plan *p, const struct plan_record *r, const char *fmt, va_list ap)
{
	struct plan_record told = *r;
	char *text;
	int rc;

	if ((text = warn_text(fmt, ap)) == NULL)
		return -1;
	told.text = text;
	rc = plan_add(p, &told);
	free(text);
	return rc;
}

int
plan_tell(struct plan *p, const struct plan_record *r, const char *fmt, ...)
{
	va_list ap;
	int rc;

	va_start(ap, fmt);
	rc = add_text(p, r, fmt, ap);
	va_end(ap);
	return rc;
}

int
plan_say(struct plan *p, enum plan_type type, enum item_kind kind,
    const char *item, const char *place, const char *name, const char *fmt, ...)
{
	struct plan_record r = { .type = type,
		.kind = kind,
		.item = item,
		.source = item,
		.place = place,
		.name = name };
	va_list ap;
	int rc;

	va_start(ap, fmt);
	rc = add_text(p, &r, fmt, ap);
	va_end(ap);
	return rc;
}

uint64_t
plan_count(const struct plan *p, enum plan_type type, int kind)
{
	uint64_t n = 0;
	int k;

	for (k = 0; k < PLAN_KINDS; k++) {
		if (kind == -1 || kind == k)
			n += p->count[type][k];
	}
	return n;
}

int
plan_rewind(struct plan *p)
{
	int type;

	if (fflush(p->spool) == EOF || fseeko(p->spool, 0, SEEK_SET) == -1) {
		warn_errno("the plan's temporary file cannot be written");
		return -1;
	}
	p->left = 0;
	for (type = 0; type < PLAN_TYPES; type++)
		p->left += plan_count(p, (enum plan_type)type, -1);
	p->reading = 1;
	return 0;
}

int
plan_next(struct plan *p, const struct plan_record **r)
{
	struct head head;
	char *to;

	if (!p->reading || p->left == 0)
		return 0;
	if (fread(&head, sizeof(head), 1, p->spool) != 1 || head.mark != MARK)
		goto err0;
	buf_clear(&p->body);
	if ((to = buf_reserve(&p->body, head.len)) == NULL)
		return -1;
	if (fread(to, head.len, 1, p->spool) != 1)
		goto err0;
	p->body.len = head.len;
	if (plan_decode(p->body.data, p->body.len, &p->record) == -1)
		goto err0;
	p->left--;
	*r = &p->record.r;
	return 1;

err0:
	warn_msg(
	    "the plan's temporary file does not hold what was written to it");
	return -1;
}
