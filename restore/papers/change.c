#include "restore/papers/change.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/address/mask.h"
#include "archive/bundle/digest.h"
#include "archive/warn.h"
#include "restore/papers/paper.h"

#define HEX  64
#define TEXT (sizeof("sha256:") + HEX)

/* In front of a digest that needs the receipt's key. */
#define KEYED "keyed:"

struct change_key {
	EVP_MAC *mac;
	EVP_MAC_CTX *ctx;
	unsigned char key[CHANGE_KEY];
};

struct change_key *
change_key_new(const unsigned char key[CHANGE_KEY])
{
	char name[] = "SHA256";
	OSSL_PARAM params[2];
	struct change_key *k;

	if ((k = calloc(1, sizeof(*k))) == NULL)
		goto err0;
	memcpy(k->key, key, CHANGE_KEY);
	params[0] =
	    OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, 0);
	params[1] = OSSL_PARAM_construct_end();
	if ((k->mac = EVP_MAC_fetch(NULL, "HMAC", NULL)) == NULL ||
	    (k->ctx = EVP_MAC_CTX_new(k->mac)) == NULL ||
	    EVP_MAC_CTX_set_params(k->ctx, params) != 1)
		goto err1;
	return k;

err1:
	change_key_free(k);
err0:
	warn_msg("cannot start HMAC: out of memory");
	return NULL;
}

void
change_key_free(struct change_key *k)
{

	if (k == NULL)
		return;
	EVP_MAC_CTX_free(k->ctx);
	EVP_MAC_free(k->mac);
	OPENSSL_cleanse(k->key, sizeof(k->key));
	free(k);
}

/* Every field with its length in front, so that none runs into the next. */
static int
add(struct change_key *k, const void *bytes, size_t len)
{
	unsigned char head[9];
	size_t i;

	head[0] = bytes != NULL;
	for (i = 0; i < 8; i++)
		head[1 + i] = (unsigned char)((uint64_t)len >> (8 * i));
	return EVP_MAC_update(k->ctx, head, sizeof(head)) == 1 &&
		       (bytes == NULL || len == 0 ||
			   EVP_MAC_update(k->ctx, bytes, len) == 1)
		   ? 0
		   : -1;
}

static int
add_text(struct change_key *k, const char *s)
{

	return add(k, s, s == NULL ? 0 : strlen(s));
}

/* What root_write sets, but for the time. */
static int
add_file(struct change_key *k, const struct item_file *f)
{
	char text[64];
	size_t i;

	if (f == NULL)
		return add(k, NULL, 0);
	snprintf(text, sizeof(text), "%d %o %u %u", (int)f->type,
	    (unsigned int)f->mode, (unsigned int)f->uid, (unsigned int)f->gid);
	if (add_text(k, text) == -1 || add_text(k, f->user) == -1 ||
	    add_text(k, f->group) == -1 || add_text(k, f->target) == -1)
		return -1;
	for (i = 0; i < f->nxattrs; i++) {
		if (add_text(k, f->xattrs[i].name) == -1 ||
		    add(k, f->xattrs[i].value, f->xattrs[i].len) == -1)
			return -1;
	}
	return 0;
}

/* The keyed digest of one side of a record. */
static int
keyed(struct change_key *k, const struct plan_record *rec, int after,
    char text[TEXT])
{
	unsigned char md[HEX / 2];
	const struct plan_cell *c;
	size_t i, len = 0;

	if (EVP_MAC_init(k->ctx, k->key, sizeof(k->key), NULL) != 1 ||
	    add_text(k, rec->item) == -1 ||
	    add_file(k, after ? rec->will : rec->was) == -1)
		goto err0;
	for (i = 0; i < rec->ncells; i++) {
		c = &rec->cells[i];
		if (add_text(k, c->name) == -1 ||
		    (after ? add(k, c->after, c->after_len)
			   : add(k, c->before, c->before_len)) == -1)
			goto err0;
	}
	if (EVP_MAC_final(k->ctx, md, &len, sizeof(md)) != 1)
		goto err0;
	memcpy(text, KEYED, sizeof(KEYED) - 1);
	digest_print(md, sizeof(md), text + sizeof(KEYED) - 1);
	return 0;

err0:
	warn_msg("%s: HMAC failed", rec->item);
	return -1;
}

/* Is there nothing to hide in the bytes, read in any way that novark knows?  1,
 * 0, or -1 said. */
static int
is_open(const char *bytes, size_t len)
{
	static const enum place_format formats[] = { PLACE_INI, PLACE_FLAGS,
		PLACE_TEXT, PLACE_XML, PLACE_JSON };

	if (memchr(bytes, '\0', len) != NULL)
		return 0;
	return mask_none(
	    formats, sizeof(formats) / sizeof(formats[0]), bytes, len);
}

/* The cell that is the whole of a file or definition, or NULL. */
static const struct plan_cell *
whole(const struct plan_record *rec)
{
	const char *name = rec->kind == ITEM_FILE ? "content" : "xml";
	size_t i;

	if (rec->kind == ITEM_TABLE || rec->kind == ITEM_SECRET)
		return NULL;
	for (i = 0; i < rec->ncells; i++) {
		if (strcmp(rec->cells[i].name, name) == 0)
			return rec->cells[i].secret ? NULL : &rec->cells[i];
	}
	return NULL;
}

/* One side's digest as JSON; null where nothing was, or will be. */
static json_t *
side(struct change_key *k, const struct plan_record *rec, int after, unsigned f)
{
	const struct plan_cell *c = f & CHANGE_PLAIN ? whole(rec) : NULL;
	const char *bytes = NULL;
	char text[TEXT] = "sha256:";
	size_t len = 0;
	int plain = 0;

	if (!after && rec->type == PLAN_CREATE)
		return json_null();
	if (c != NULL) {
		bytes = after ? c->after : c->before;
		len = after ? c->after_len : c->before_len;
	}
	if (bytes != NULL && (plain = is_open(bytes, len)) == -1)
		return NULL;
	if (plain ? digest_bytes(bytes, len, text + strlen("sha256:")) == -1
		  : keyed(k, rec, after, text) == -1)
		return NULL;
	return json_string(text);
}

/* "create" or "change"; when it was taken back, "remove" or "put-back". */
static const char *
what(const struct plan_record *rec, unsigned flags)
{

	if (rec->type == PLAN_CREATE)
		return flags & CHANGE_BACK ? "remove" : "create";
	return flags & CHANGE_BACK ? "put-back" : "change";
}

/* The names of the cells; of what is new as a whole, none. */
static json_t *
cells(const struct plan_record *rec)
{
	json_t *list;
	size_t i;

	if ((list = json_array()) == NULL)
		return NULL;
	for (i = 0; i < rec->ncells && rec->type == PLAN_CHANGE; i++) {
		if (json_array_append_new(
			list, paper_text(rec->cells[i].name)) == -1) {
			json_decref(list);
			return NULL;
		}
	}
	return list;
}

json_t *
change_json(struct change_key *k, const struct plan_record *rec, unsigned flags)
{
	const char *old = flags & CHANGE_BACK ? "after" : "before";
	const char *new = flags &CHANGE_BACK ? "before" : "after";
	json_t *json;

	json = json_pack("{s:o,s:s,s:o,s:o,s:o}", "item", paper_text(rec->item),
	    "what", what(rec, flags), "cells", cells(rec), old,
	    side(k, rec, 0, flags), new, side(k, rec, 1, flags));
	if (json == NULL)
		warn_msg("%s: out of memory", rec->item);
	return json;
}

static int
is_digest(const json_t *json)
{
	const char *s = json_string_value(json);
	size_t n;

	if (json_is_null(json))
		return 1;
	if (s == NULL)
		return 0;
	n = strncmp(s, KEYED, 6) == 0 ? 6 : 7;
	if (n == 7 && strncmp(s, "sha256:", 7) != 0)
		return 0;
	return strlen(s + n) == HEX && strspn(s + n, "0123456789abcdef") == HEX;
}

const char *
change_check(const json_t *json)
{
	static const char *const words[] = { "create", "change", "remove",
		"put-back" };
	const char *item, *word;
	const json_t *list, *before, *after;
	size_t i, n;

	if (json_unpack((json_t *)(uintptr_t)json, "{s:s,s:s,s:o,s:o,s:o!}",
		"item", &item, "what", &word, "cells", &list, "before", &before,
		"after", &after) == -1)
		return "a change is not of the form that novark writes";
	for (i = 0; i < 4 && strcmp(words[i], word) != 0; i++)
		;
	if (i == 4 || !json_is_array(list) || !is_digest(before) ||
	    !is_digest(after))
		return "a change is not of the form that novark writes";
	n = json_array_size(list);
	for (i = 0; i < n; i++) {
		if (!json_is_string(json_array_get(list, i)))
			return "a cell's name is no text";
	}
	return NULL;
}
