#ifndef TESTS_UNIT_DBSITE_H
#define TESTS_UNIT_DBSITE_H

/**
 * A node without libvirt whose databases are on a test's own server: its
 * configuration, a key, snapshots of it and restores to it.  Include behind
 * cmocka.h.
 */

#include "tests/unit/keys.h"
#include "tests/unit/mariadb.h"
#include "tests/unit/said.h"

#include "archive/snapshot/snapshot.h"
#include "archive/warn.h"
#include "restore/restore.h"

struct dbsite {
	struct mariadb server;
	char root[128], cnf[128], key[128], trust[128], bundle[128];
};

static inline void
dbsite_write(const char *dir, const char *name, const char *text)
{
	char path[256];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	if ((f = fopen(path, "we")) == NULL || fputs(text, f) < 0 ||
	    fclose(f) != 0 || chmod(path, 0600) != 0)
		exit(1);
}

static inline void
dbsite_mkdir(const char *dir, const char *name)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	if (mkdir(path, 0755) != 0)
		exit(1);
}

/* 1, or 0: no server program here. */
static inline int
dbsite_start(struct dbsite *s)
{
	const char *dir = s->server.dir;
	char text[512], name[128];

	if (mariadb_start(&s->server) == 0)
		return 0;
	snprintf(s->root, sizeof(s->root), "%s/root", dir);
	snprintf(s->cnf, sizeof(s->cnf), "%s/my.cnf", dir);
	snprintf(s->key, sizeof(s->key), "%s/k.key", dir);
	snprintf(s->trust, sizeof(s->trust), "%s/k.pub", dir);
	snprintf(s->bundle, sizeof(s->bundle), "%s/bundle", dir);
	snprintf(name, sizeof(name), "%s/k", dir);
	if (keys_make(name) == -1)
		exit(1);
	dbsite_mkdir(dir, "root");
	dbsite_mkdir(s->root, "etc");
	dbsite_mkdir(s->root, "etc/nova");
	dbsite_mkdir(s->root, "etc/keystone");
	dbsite_write(s->root, "etc/nova/nova.conf",
	    "[DEFAULT]\nmy_ip=10.2.116.14\n"
	    "sql_connection=mysql://nova:canary@10.2.116.14/nova\n");
	dbsite_write(s->root, "etc/keystone/keystone.conf",
	    "[sql]\nconnection=mysql://k:canary@10.2.116.14/keystone\n");
	snprintf(text, sizeof(text),
	    "[client]\nsocket=%s\nuser=root\npassword=\n", s->server.socket);
	dbsite_write(dir, "my.cnf", text);
	return 1;
}

static inline void
dbsite_stop(struct dbsite *s)
{

	mariadb_stop(&s->server);
	warn_forget();
}

/* A new bundle of the node as it is. */
static inline enum outcome
dbsite_take(struct dbsite *s)
{
	struct snapshot_options opt = { .output = s->bundle,
		.key = s->key,
		.root = s->root,
		.defaults_file = s->cnf,
		.force = 1,
		.no_libvirt = 1 };
	struct snapshot_result result;
	enum outcome rc;

	rc = snapshot_take(&opt, &result);
	snapshot_result_free(&result);
	return rc;
}

/* The options of a restore of that bundle to the same node, rows only. */
static inline struct restore_options
dbsite_options(struct dbsite *s, const char *const *maps)
{
	struct restore_options opt = { .bundle = s->bundle,
		.trust = s->trust,
		.maps = maps,
		.root = s->root,
		.defaults_file = s->cnf,
		.no_libvirt = 1,
		.no_files = 1 };

	return opt;
}

/* What a query's first cell has to be. */
static inline void
dbsite_cell(struct dbsite *s, const char *sql, const char *want)
{
	char *got = mariadb_get(&s->server, sql);

	if (got == NULL || strcmp(got, want) != 0)
		fail_msg("%s:\n%s\nwant:\n%s", sql, got == NULL ? "NULL" : got,
		    want);
	free(got);
}

#endif
