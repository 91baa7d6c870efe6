#ifndef ARCHIVE_SECRET_NAME_TABLE_H
#define ARCHIVE_SECRET_NAME_TABLE_H

/**
 * Names of secrets, data for place_name.c alone: of options, JSON keys, XML
 * elements and attributes, columns, environment.  A name is compared in lower
 * case, - as _, words of camelCase parted by _, a number behind it left out.
 */

struct secret_word {
	const char *text;
	size_t len;
};
#define W(s)                                                                   \
	{                                                                      \
		s, sizeof(s) - 1                                               \
	}

/* Secret when the name is this ... */
static const struct secret_word secret_exact[] = { W("key"), W("pass"),
	W("pwd"), W("token"), W("keyring"), W("adminpass"), W("rootpass"),
	W("accesskey"), W("privatekey"), W("incominguser"), W("outgoinguser"),
	W("psk"), W("kek"), W("cookie"), W("setcookie"), W("requirepass"),
	W("masterauth"), W("wsrep_sst_auth"), W("http_auth"),
	W("swift_hash_path_suffix"), W("swift_hash_path_prefix"), W("authkey"),
	W("encrypted_blob"), W("cypher_text"), W("private_blob"), { NULL, 0 } };

/* ... or ends so ... */
static const struct secret_word secret_end[] = { W("_key"), W("_pass"),
	W("_pwd"), W("_token"), W("_keyring"), W(".key"), W(".token"),
	W("_psk"), W("_cookie"), { NULL, 0 } };

/* ... or has this in it, unless ... */
static const struct secret_word secret_in[] = { W("password"), W("passwd"),
	W("passphrase"), W("secret"), { NULL, 0 } };

/* ... it ends so: then it tells of the secret, or where it is. */
static const struct secret_word secret_not[] = { W("_uuid"), W("_url"),
	W("_uri"), W("_file"), W("_dir"), W("_path"), W("_type"), W("_name"),
	W("_id"), W("_host"), W("_ip"), W("_address"), W("_port"), W("_user"),
	W("_length"), W("_format"), W("_usage"), W("_valid_to"),
	W("public_key"), W("_expires_at"), W("_created_at"), { NULL, 0 } };

/* In free text such a word has its secret behind it, with a blank between:
 * what ends so, or is this.  (Bare "key" and "token" are words of a sentence.)
 */
static const struct secret_word spaced_end[] = { W("_key"), W("_pass"),
	W("_pwd"), W("_token"), W("_psk"), W("_cookie"), W("password"),
	W("passwd"), W("passphrase"), W("_secret"), { NULL, 0 } };
static const struct secret_word spaced_exact[] = { W("psk"), W("setcookie"),
	W("requirepass"), W("masterauth"), W("secret"), W("basic"), W("bearer"),
	W("auth_pass"), { NULL, 0 } };

#undef W

#endif
