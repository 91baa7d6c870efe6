#include "archive/warn.h"
#include "restore/files/stale_certificates.h"
#include "restore/next/next_inner.h"

static int
add_certificate(
    void *cookie, const struct certificate *c, const struct address *a)
{
	struct next *n = cookie;
	const char *path = c->file;
	struct buf text = BUF_EMPTY, command = BUF_EMPTY;
	char old[ADDRESS_TEXT];
	int rc = -1;

	address_print(a, old);
	if (buf_addf(&text, "issue the certificate %s again", path) == -1 ||
	    buf_adds(&command,
		"openssl x509 -noout -ext subjectAltName -in ") == -1 ||
	    next_quote(path, &command) == -1)
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

	return n->r->root == NULL
		   ? 0
		   : stale_certificates(n->r, add_certificate, n);
}
