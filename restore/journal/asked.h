#ifndef RESTORE_ASKED_H
#define RESTORE_ASKED_H

#include <jansson.h>

#include "restore/restore.h"

/**
 * asked: what a restore was asked to do, as JSON, so that it can be resumed,
 * taken back or compared weeks later without the bundle, the map files or the
 * command line.  It holds the logins of the databases: only for files of mode
 * 0600.
 *
 *   bundle: {file (absolute), id, created, host, signer, digest (SHA-256 of
 *   SHA256SUMS)}, trust, decrypt (the file's name; absent in journals of
 *   before there was encryption), map: [rule lines, as given, without
 *   comments], root, connect, defaults_file, state_dir, only, except, also,
 *   on_drift, no_files, no_libvirt, no_database, waived: [names],
 *   allow: [names] (absent in older journals),
 *   waived_findings: [{name, item, text}], saved_plan: its digest,
 *   site: {databases: [...], libvirt_uri, ...}, host, started (UTC)
 *
 * Names of files are absolute.  A string that is not UTF-8 stands as {"base64":
 * ...}.
 */
struct asked;

/* From a restore that is open: NULL, said. */
json_t *asked_json(const struct restore *r) MUST_CHECK;

/* The other way: NULL and said when it is not of that form. */
struct asked *asked_parse(const json_t *json) MUST_CHECK;
void asked_free(struct asked *a);

/* The options, borrowed from ${a}; the bundle is the file's name as it was. */
const struct restore_options *asked_options(const struct asked *a);
/* As it was read from the bundle's configuration, mapped. */
struct site *asked_site(const struct asked *a) MUST_CHECK;

/* Which bundle it was; the strings live as long as ${a}. */
struct asked_bundle {
	char *file, *id, *created, *host, *signer, *digest;
};
const struct asked_bundle *asked_bundle(const struct asked *a);
/* The machine's name then, and the time: 2026-11-22T16:15:47Z. */
const char *asked_host(const struct asked *a);
const char *asked_started(const struct asked *a);

#endif
