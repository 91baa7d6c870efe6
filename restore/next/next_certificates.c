#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "archive/warn.h"
#include "restore/next/next_inner.h"

/* Does the certificate name the address, and not what it becomes? */
static int
names_old(
    const X509 *cert, const struct address *old, const struct address *new)
{
	char was[ADDRESS_TEXT], is[ADDRESS_TEXT];

	address_print(old, was);
	address_print(new, is);
	return X509_check_ip_asc((X509 *)(uintptr_t)cert, was, 0) == 1 &&
	       X509_check_ip_asc((X509 *)(uintptr_t)cert, is, 0) != 1;
}

/* The first certificate of a file: for which old address of the node?  NULL:
 * for none. */
static const struct address *
old_address(const struct next *n, const struct buf *pem)
{
	const struct manifest *m = n->r->manifest;
	const struct address *found = NULL;
	struct address new;
	X509 *cert;
	BIO *bio;
	size_t i;

	if ((bio = BIO_new_mem_buf(pem->data, (int)pem->len)) == NULL)
		return NULL;
	cert = PEM_read_bio_X509(bio, NULL, NULL, NULL);
	BIO_free(bio);
	ERR_clear_error();
	for (i = 0; cert != NULL && found == NULL && i < m->nown; i++) {
		if (addrmap_address(n->r->map, &m->own[i].addr, &new, NULL) ==
			ADDRMAP_NEW &&
		    names_old(cert, &m->own[i].addr, &new))
			found = &m->own[i].addr;
	}
	X509_free(cert);
	return found;
}

static int
add_certificate(struct next *n, const char *path, const struct address *a)
{
	struct buf text = BUF_EMPTY, command = BUF_EMPTY;
	char old[ADDRESS_TEXT];
	int rc = -1;

	address_print(a, old);
	if (buf_addf(&text, "issue the certificate %s again", path) == -1 ||
	    buf_addf(&command,
		"openssl x509 -noout -ext subjectAltName -in '%s'", path) == -1)
		goto out;
	rc = buf_addf(&text, ": it is for %s", old);
	if (rc == 0)
		rc = next_add(n, text.data, buf_steal(&command),
		    "clients refuse it at the new address; novark does not "
		    "change certificates");
out:
	buf_free(&text);
	buf_free(&command);
	return rc;
}

int
next_certificates(struct next *n)
{
	const struct manifest *m = n->r->manifest;
	const struct address *a;
	struct buf pem = BUF_EMPTY;
	const char *path;
	size_t i;
	int rc = 0;

	for (i = 0; m != NULL && n->r->map != NULL && i < m->nitems; i++) {
		if (m->items[i]->kind != ITEM_FILE)
			continue;
		path = m->items[i]->name + strlen("file:");
		if (m->items[i]->file->type != FILE_REGULAR ||
		    strchr(path, '\'') != NULL || m->items[i]->size > 1u << 20)
			continue;
		buf_clear(&pem);
		if ((rc = root_read(n->r->root, path, &pem)) == -1)
			break;
		if (rc == 0 || pem.len == 0 ||
		    strstr(pem.data, "-----BEGIN CERTIFICATE-----") == NULL)
			continue;
		if ((a = old_address(n, &pem)) != NULL &&
		    (rc = add_certificate(n, path, a)) == -1)
			break;
	}
	buf_wipe(&pem);
	return rc == -1 ? -1 : 0;
}
