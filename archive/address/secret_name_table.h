#ifndef ARCHIVE_SECRET_NAME_TABLE_H
#define ARCHIVE_SECRET_NAME_TABLE_H

/**
 * Names of secrets, data for place_name.c alone: of options, JSON keys, XML
 * elements and attributes, columns, environment.  A name is compared in lower
 * case, - as _, words of camelCase parted by _, a number behind it left out.
 */

/* Secret when the name is this ... */
static const char *const secret_exact[] = { "key", "pass", "pwd", "token",
	"keyring", "adminpass", "rootpass", "accesskey", "privatekey",
	"incominguser", "outgoinguser", "psk", "kek", "cookie", "setcookie",
	"requirepass", "masterauth", "wsrep_sst_auth", "http_auth",
	"swift_hash_path_suffix", "swift_hash_path_prefix", "authkey",
	"encrypted_blob", "cypher_text", "private_blob", NULL };

/* ... or ends so ... */
static const char *const secret_end[] = { "_key", "_pass", "_pwd", "_token",
	"_keyring", ".key", ".token", "_psk", "_cookie", NULL };

/* ... or has this in it, unless ... */
static const char *const secret_in[] = { "password", "passwd", "passphrase",
	"secret", NULL };

/* ... it ends so: then it tells of the secret, or where it is. */
static const char *const secret_not[] = { "_uuid", "_url", "_uri", "_file",
	"_dir", "_path", "_type", "_name", "_id", "_host", "_ip", "_address",
	"_port", "_user", "_length", "_format", "_usage", "_valid_to",
	"public_key", "_expires_at", "_created_at", NULL };

/* In free text such a word has its secret behind it, with a blank between:
 * what ends so, or is this.  (Bare "key" and "token" are words of a sentence.)
 */
static const char *const spaced_end[] = { "_key", "_pass", "_pwd", "_token",
	"_psk", "_cookie", "password", "passwd", "passphrase", "_secret",
	NULL };
static const char *const spaced_exact[] = { "psk", "setcookie", "requirepass",
	"masterauth", "secret", "basic", "bearer", "auth_pass", NULL };

#endif
