#include <stdlib.h>
#include <string.h>

#include "archive/limits.h"
#include "archive/manifest/manifest_kinds.h"
#include "archive/manifest/manifest_private.h"
#include "archive/manifest/manifest_take.h"

/* More certificates than this, and more addresses of one, are refused. */
#define CERTIFICATES_MAX 65536

static void
certificate_clear(struct certificate *c)
{

	free(c->file);
	free(c->subject);
	free(c->not_after);
	free(c->named_by);
	free(c->addresses);
}

void
certificates_free(struct certificate *c, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		certificate_clear(&c[i]);
	free(c);
}

int
manifest_add_certificate(struct manifest *m, const struct certificate *from)
{
	struct certificate c = { .file = NULL };
	size_t i;

	if (manifest_grow(&m->certificates, m->ncertificates,
		sizeof(*m->certificates)) == -1 ||
	    manifest_set(&c.file, from->file) == -1 ||
	    manifest_set(&c.subject, from->subject) == -1 ||
	    manifest_set(&c.not_after, from->not_after) == -1 ||
	    manifest_set(&c.named_by, from->named_by) == -1)
		goto err0;
	for (i = 0; i < from->naddresses; i++) {
		if (manifest_grow(
			&c.addresses, c.naddresses, sizeof(*c.addresses)) == -1)
			goto err0;
		c.addresses[c.naddresses++] = from->addresses[i];
	}
	m->certificates[m->ncertificates++] = c;
	return 0;

err0:
	certificate_clear(&c);
	return -1;
}

static json_t *
print_one(const struct certificate *c)
{
	char text[ADDRESS_TEXT];
	json_t *o, *list;
	size_t i;

	if ((list = json_array()) == NULL)
		return NULL;
	for (i = 0; i < c->naddresses; i++) {
		address_print(&c->addresses[i], text);
		if (json_array_append_new(list, json_string(text)) == -1) {
			json_decref(list);
			return NULL;
		}
	}
	o = json_pack("{s:s, s:s, s:o, s:s}", "file", c->file, "subject",
	    c->subject, "addresses", list, "not_after", c->not_after);
	if (o != NULL && c->named_by != NULL &&
	    json_object_set_new(o, "named_by", json_string(c->named_by)) ==
		-1) {
		json_decref(o);
		return NULL;
	}
	return o;
}

json_t *
certificates_print(const struct manifest *m)
{
	json_t *all = json_array();
	size_t i;

	for (i = 0; all != NULL && i < m->ncertificates; i++) {
		if (json_array_append_new(
			all, print_one(&m->certificates[i])) == -1) {
			json_decref(all);
			return NULL;
		}
	}
	return all;
}

/* Text without control bytes. */
static int
is_plain(const char *s)
{

	for (; s != NULL && *s != '\0'; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7f)
			return 0;
	return 1;
}

/* "2027-11-22T10:00:00Z" */
static int
is_time(const char *s)
{
	static const char form[] = "dddd-dd-ddTdd:dd:ddZ";
	size_t i;

	for (i = 0; form[i] != '\0'; i++)
		if (form[i] == 'd' ? s[i] < '0' || s[i] > '9' : s[i] != form[i])
			return 0;
	return s[i] == '\0';
}

static int
parse_addresses(const struct parsing *p, json_t *list, struct certificate *c)
{
	const char *text;
	size_t i;

	if (json_array_size(list) == 0 ||
	    json_array_size(list) > CERTIFICATES_MAX)
		return manifest_refuse(p, "a certificate names no address");
	for (i = 0; i < json_array_size(list); i++) {
		if (manifest_grow(&c->addresses, c->naddresses,
			sizeof(*c->addresses)) == -1)
			return -1;
		text = json_string_value(json_array_get(list, i));
		if (text == NULL ||
		    manifest_address(text, &c->addresses[c->naddresses]) == -1)
			return manifest_refuse(
			    p, "an address of a certificate is none");
		c->naddresses++;
	}
	return 0;
}

static int
parse_one(const struct parsing *p, json_t *json)
{
	struct take t = { p->what, "a certificate", json, 0, 0 };
	struct certificate c = { .file = NULL };
	json_t *list;
	int rc = -1;

	take_text(&t, "file", 1, &c.file);
	take_text(&t, "subject", 1, &c.subject);
	list = take_any(&t, "addresses", 1, JSON_ARRAY);
	take_text(&t, "not_after", 1, &c.not_after);
	take_text(&t, "named_by", 0, &c.named_by);
	if (take_end(&t) == -1)
		goto done;
	if (c.file[0] != '/' || !is_plain(c.file) || !is_plain(c.subject) ||
	    !is_plain(c.named_by) || !is_time(c.not_after)) {
		rc = manifest_refuse(p, "a certificate is none");
		goto done;
	}
	if (parse_addresses(p, list, &c) == 0)
		rc = manifest_add_certificate(p->m, &c);
done:
	certificate_clear(&c);
	return rc;
}

int
certificates_parse(const struct parsing *p, json_t *json)
{
	size_t i;

	if (!json_is_array(json) || json_array_size(json) == 0 ||
	    json_array_size(json) > CERTIFICATES_MAX)
		return manifest_refuse(p, "certificates is no list of them");
	for (i = 0; i < json_array_size(json); i++)
		if (parse_one(p, json_array_get(json, i)))
			return -1;
	return 0;
}
