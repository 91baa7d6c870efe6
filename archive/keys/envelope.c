#include "archive/keys/envelope.h"

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/rsa.h>
#include <stdlib.h>
#include <string.h>

#include "archive/keys/pem.h"
#include "archive/limits.h"
#include "archive/warn.h"

/* Padding and hash of a recipient, by the kind of its key: 1 when set. */
static int
set_ways(CMS_RecipientInfo *ri)
{
	EVP_PKEY_CTX *ctx = CMS_RecipientInfo_get0_pkey_ctx(ri);

	if (ctx == NULL)
		return 0;
	if (CMS_RecipientInfo_type(ri) == CMS_RECIPINFO_AGREE)
		return EVP_PKEY_CTX_set_ecdh_kdf_md(ctx, EVP_sha256()) > 0;
	return EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_OAEP_PADDING) > 0 &&
	       EVP_PKEY_CTX_set_rsa_oaep_md(ctx, EVP_sha256()) > 0 &&
	       EVP_PKEY_CTX_set_rsa_mgf1_md(ctx, EVP_sha256()) > 0;
}

/* For all of ${to}, with nothing in it yet: NULL, silent. */
static CMS_ContentInfo *
address(const struct recipients *to)
{
	CMS_RecipientInfo *ri;
	CMS_ContentInfo *cms;
	size_t i;

	cms = CMS_encrypt(
	    NULL, NULL, EVP_aes_256_cbc(), CMS_BINARY | CMS_PARTIAL);
	for (i = 0; cms != NULL && i < recipients_count(to); i++) {
		ri = CMS_add1_recipient_cert(
		    cms, recipients_certificate(to, i), CMS_KEY_PARAM);
		if (ri == NULL || !set_ways(ri)) {
			CMS_ContentInfo_free(cms);
			return NULL;
		}
	}
	return cms;
}

static int
put_der(CMS_ContentInfo *cms, struct buf *out)
{
	unsigned char *der = NULL;
	int len, rc;

	if ((len = i2d_CMS_ContentInfo(cms, &der)) <= 0) {
		warn_msg("the bundle's key cannot be encrypted");
		return -1;
	}
	if ((size_t)len > LIMIT_ENVELOPE) {
		warn_msg("too many recipients: the bundle's key for all of "
			 "them takes more than 64 KiB");
		rc = -1;
	} else {
		rc = buf_add(out, der, (size_t)len);
	}
	OPENSSL_free(der);
	return rc;
}

int
envelope_seal(const struct recipients *to, const unsigned char key[CIPHER_KEY],
    struct buf *out)
{
	static const char digits[] = "0123456789abcdef";
	CMS_ContentInfo *cms = NULL;
	char text[ENVELOPE_TEXT];
	BIO *in = NULL;
	int rc = -1;
	size_t i;

	for (i = 0; i < CIPHER_KEY; i++) {
		text[2 * i] = digits[key[i] >> 4];
		text[2 * i + 1] = digits[key[i] & 15];
	}
	text[2 * CIPHER_KEY] = '\n';
	if ((in = BIO_new_mem_buf(text, sizeof(text))) != NULL &&
	    (cms = address(to)) != NULL &&
	    CMS_final(cms, in, NULL, CMS_BINARY) == 1)
		rc = put_der(cms, out);
	else
		warn_msg("the bundle's key cannot be encrypted: %s",
		    ERR_reason_error_string(ERR_peek_last_error()));
	CMS_ContentInfo_free(cms);
	BIO_free(in);
	ERR_clear_error();
	explicit_bzero(text, sizeof(text));
	return rc;
}

static enum outcome
refuse(const char *what, const char *why)
{

	warn_msg("%s: refused: %s", what, why);
	ERR_clear_error();
	return OUTCOME_REFUSED;
}

/* The bytes as an envelope whose recipients are certificates. */
static enum outcome
parse(const char *what, const void *bytes, size_t len, CMS_ContentInfo **out)
{
	const unsigned char *p = bytes;
	STACK_OF(CMS_RecipientInfo) * list;
	CMS_ContentInfo *cms;
	int i, type;

	*out = NULL;
	if (len > LIMIT_ENVELOPE)
		return refuse(what, "it is longer than 64 KiB");
	cms = d2i_CMS_ContentInfo(NULL, &p, (long)len);
	if (cms == NULL)
		return refuse(what, "it is no CMS in DER");
	*out = cms;
	if (p != (const unsigned char *)bytes + len)
		return refuse(what, "bytes follow its CMS");
	if (OBJ_obj2nid(CMS_get0_type(cms)) != NID_pkcs7_enveloped ||
	    (list = CMS_get0_RecipientInfos(cms)) == NULL)
		return refuse(what, "it is no EnvelopedData");
	if (sk_CMS_RecipientInfo_num(list) == 0)
		return refuse(what, "it has no recipient");
	for (i = 0; i < sk_CMS_RecipientInfo_num(list); i++) {
		type =
		    CMS_RecipientInfo_type(sk_CMS_RecipientInfo_value(list, i));
		if (type != CMS_RECIPINFO_TRANS && type != CMS_RECIPINFO_AGREE)
			return refuse(
			    what, "it has a recipient that is no certificate");
	}
	return OUTCOME_DONE;
}

/* The operator's private key: NULL, said. */
static EVP_PKEY *
open_key(const char *file)
{
	struct buf pem = BUF_EMPTY;
	EVP_PKEY *pkey = NULL;
	mode_t mode;

	if (pem_read("key", file, &mode, &pem) == -1)
		goto done;
	if ((pkey = pem_secret(&pem)) == NULL) {
		warn_msg("%s %s", file,
		    pem_has(&pem, "ENCRYPTED")
			? "has a pass phrase, which novark does not ask for"
		    : pem_has(&pem, "CERTIFICATE")
			? "is a certificate; --decrypt takes its private key"
			: "is no private key in PEM");
	} else if (EVP_PKEY_get_base_id(pkey) != EVP_PKEY_RSA &&
		   EVP_PKEY_get_base_id(pkey) != EVP_PKEY_EC) {
		warn_msg("%s is neither an RSA nor an EC key: nothing is "
			 "encrypted to it",
		    file);
		EVP_PKEY_free(pkey);
		pkey = NULL;
	} else if (pem_exposed(file, mode)) {
		EVP_PKEY_free(pkey);
		pkey = NULL;
	}
done:
	buf_wipe(&pem);
	return pkey;
}

/* The key from the text that was in the envelope: 0 or -1. */
static int
take_text(const char *text, size_t len, unsigned char key[CIPHER_KEY])
{
	static const char digits[] = "0123456789abcdef";
	const char *at;
	size_t i;

	if (len != ENVELOPE_TEXT || text[len - 1] != '\n')
		return -1;
	for (i = 0; i + 1 < len; i++) {
		if ((at = memchr(digits, text[i], 16)) == NULL)
			return -1;
		key[i / 2] = (unsigned char)(key[i / 2] << 4 | (at - digits));
	}
	return 0;
}

/* What is in it, once a recipient's key fits. */
static enum outcome
unseal(const char *what, CMS_ContentInfo *cms, unsigned char key[CIPHER_KEY])
{
	enum outcome rc;
	char *text;
	long len;
	BIO *out;

	/* OpenSSL wipes the memory of such a BIO when it goes. */
	if ((out = BIO_new(BIO_s_mem())) == NULL) {
		warn_msg("out of memory");
		return OUTCOME_FAILED;
	}
	rc = OUTCOME_DONE;
	if (CMS_decrypt(cms, NULL, NULL, NULL, out, CMS_BINARY) != 1)
		rc = refuse(what, "its contents cannot be decrypted");
	else if ((len = BIO_get_mem_data(out, &text)) < 0 ||
		 take_text(text, (size_t)len, key) == -1)
		rc = refuse(what, "there is no key in it: 64 hex digits and a "
				  "newline");
	BIO_free(out);
	ERR_clear_error();
	return rc;
}

enum outcome
envelope_open(const char *what, const void *bytes, size_t len, const char *file,
    unsigned char key[CIPHER_KEY])
{
	CMS_ContentInfo *cms;
	EVP_PKEY *pkey = NULL;
	enum outcome rc;

	if ((rc = parse(what, bytes, len, &cms)) != OUTCOME_DONE)
		goto done;
	rc = OUTCOME_FAILED;
	if ((pkey = open_key(file)) == NULL)
		goto done;
	/* A key that does not fit shall be told from contents that are wrong.
	 * OpenSSL hides that from whoever sends messages to be tried; here
	 * nobody does, the bytes are signed. */
	if (CMS_decrypt(cms, NULL, NULL, NULL, NULL, CMS_DEBUG_DECRYPT) != 1 ||
	    CMS_decrypt_set1_pkey(cms, pkey, NULL) != 1) {
		warn_msg("%s: the key %s opens it for none of its %d "
			 "recipients",
		    what, file,
		    sk_CMS_RecipientInfo_num(CMS_get0_RecipientInfos(cms)));
		goto done;
	}
	rc = unseal(what, cms, key);
done:
	EVP_PKEY_free(pkey);
	CMS_ContentInfo_free(cms);
	ERR_clear_error();
	return rc;
}

static int
tell_one(const X509_NAME *issuer, const ASN1_INTEGER *serial,
    envelope_tell *tell, void *cookie)
{
	char *name, *hex = NULL;
	BIGNUM *n = NULL;
	int rc = -1;

	if ((name = issuer == NULL ? strdup("unnamed")
				   : recipients_name(issuer)) == NULL)
		return -1;
	if (serial != NULL && (n = ASN1_INTEGER_to_BN(serial, NULL)) != NULL)
		hex = BN_bn2hex(n);
	rc = tell(cookie, name, hex == NULL ? "" : hex);
	OPENSSL_free(hex);
	BN_free(n);
	free(name);
	return rc;
}

/* All certificates that one recipient stands for: one, but with EC maybe
 * several. */
static int
tell_recipient(CMS_RecipientInfo *ri, envelope_tell *tell, void *cookie)
{
	STACK_OF(CMS_RecipientEncryptedKey) * keys;
	ASN1_INTEGER *serial = NULL;
	X509_NAME *issuer = NULL;
	int i;

	if (CMS_RecipientInfo_type(ri) == CMS_RECIPINFO_TRANS) {
		CMS_RecipientInfo_ktri_get0_signer_id(
		    ri, NULL, &issuer, &serial);
		return tell_one(issuer, serial, tell, cookie);
	}
	keys = CMS_RecipientInfo_kari_get0_reks(ri);
	for (i = 0; i < sk_CMS_RecipientEncryptedKey_num(keys); i++) {
		issuer = NULL;
		serial = NULL;
		CMS_RecipientEncryptedKey_get0_id(
		    sk_CMS_RecipientEncryptedKey_value(keys, i), NULL, NULL,
		    NULL, &issuer, &serial);
		if (tell_one(issuer, serial, tell, cookie) == -1)
			return -1;
	}
	return 0;
}

enum outcome
envelope_list(const char *what, const void *bytes, size_t len,
    envelope_tell *tell, void *cookie)
{
	STACK_OF(CMS_RecipientInfo) * list;
	CMS_ContentInfo *cms;
	enum outcome rc;
	int i;

	if ((rc = parse(what, bytes, len, &cms)) == OUTCOME_DONE) {
		list = CMS_get0_RecipientInfos(cms);
		for (i = 0; i < sk_CMS_RecipientInfo_num(list); i++)
			if (tell_recipient(sk_CMS_RecipientInfo_value(list, i),
				tell, cookie) == -1) {
				rc = OUTCOME_FAILED;
				break;
			}
	}
	CMS_ContentInfo_free(cms);
	ERR_clear_error();
	return rc;
}
