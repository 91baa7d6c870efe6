#include "archive/keys/pem.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/limits.h"
#include "archive/warn.h"

int
pem_read(const char *what, const char *file, mode_t *mode, struct buf *out)
{
	struct stat st;
	ssize_t n;
	char *to;
	int fd;

	fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd == -1) {
		warn_errno("cannot open the %s %s", what, file);
		goto err0;
	}
	if (fstat(fd, &st) == -1 || !S_ISREG(st.st_mode)) {
		warn_msg("the %s %s is no regular file", what, file);
		goto err1;
	}
	*mode = st.st_mode & 07777;
	while (out->len <= LIMIT_KEY) {
		if ((to = buf_reserve(out, LIMIT_KEY + 1 - out->len)) == NULL)
			goto err1;
		n = read(fd, to, LIMIT_KEY + 1 - out->len);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1) {
			warn_errno("cannot read the %s %s", what, file);
			goto err1;
		}
		if (n == 0)
			break;
		out->len += (size_t)n;
	}
	if (out->len > LIMIT_KEY) {
		warn_msg(
		    "the %s %s is too long for a PEM %s", what, file, what);
		goto err1;
	}
	close(fd);
	return 0;

err1:
	close(fd);
err0:
	return -1;
}

int
pem_has(const struct buf *pem, const char *text)
{

	return memmem(pem->data == NULL ? "" : pem->data, pem->len, text,
		   strlen(text)) != NULL;
}

int
pem_no_phrase(char *to, int size, int rw, void *cookie)
{

	(void)to;
	(void)size;
	(void)rw;
	(void)cookie;
	return -1;
}

static BIO *
text(const struct buf *pem)
{

	return BIO_new_mem_buf(pem->len ? pem->data : "", (int)pem->len);
}

EVP_PKEY *
pem_secret(const struct buf *pem)
{
	EVP_PKEY *pkey;
	BIO *bio;

	if ((bio = text(pem)) == NULL)
		return NULL;
	pkey = PEM_read_bio_PrivateKey(bio, NULL, pem_no_phrase, NULL);
	BIO_free(bio);
	ERR_clear_error();
	return pkey;
}

/* By its one form: PEM_read_bio_PUBKEY tries every form that there is, and
 * takes four times as long. */
EVP_PKEY *
pem_public(const struct buf *pem)
{
	EVP_PKEY *pkey = NULL;
	unsigned char *der = NULL;
	const unsigned char *at;
	long len;
	BIO *bio;

	if ((bio = text(pem)) == NULL)
		return NULL;
	if (PEM_bytes_read_bio(&der, &len, NULL, PEM_STRING_PUBLIC, bio,
		pem_no_phrase, NULL) == 1) {
		at = der;
		pkey = d2i_PUBKEY(NULL, &at, len);
	}
	OPENSSL_free(der);
	BIO_free(bio);
	ERR_clear_error();
	return pkey;
}

int
pem_exposed(const char *file, mode_t mode)
{

	if ((mode & 077) == 0)
		return 0;
	warn_msg("others may use the private key %s (mode %04o): chmod 600 it",
	    file, (unsigned int)mode);
	return 1;
}
