#ifndef TESTS_UNIT_MARIADB_H
#define TESTS_UNIT_MARIADB_H

/**
 * A MariaDB server of a test's own: a private folder and a socket, no network.
 * mariadb_start returns 1 when it runs, 0 when there is no server program here
 * (said: main then returns 77, which is a skip); a server that does not start
 * fails the test.
 */

#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <mysql.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct mariadb {
	char dir[80]; /* a socket has 108 bytes in all */
	char socket[100];
	pid_t pid;
	MYSQL *mysql;
};

/* Where the program is, or NULL. */
static inline const char *
mariadb_program(const char *const *paths)
{

	for (; *paths != NULL; paths++)
		if (access(*paths, X_OK) == 0)
			return *paths;
	return NULL;
}

/* Start a program with its output in file; its pid. */
static inline pid_t
mariadb_spawn(char *const argv[], const char *log)
{
	pid_t pid = fork();
	int fd;

	if (pid != 0)
		return pid;
	/* A test that crashes takes its server along. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if ((fd = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600)) < 0 ||
	    dup2(fd, 1) < 0 || dup2(fd, 2) < 0)
		_exit(126);
	execv(argv[0], argv);
	_exit(127);
}

/* Run a program to its end: its exit code. */
static inline int
mariadb_run(char *const argv[], const char *log)
{
	pid_t pid = mariadb_spawn(argv, log);
	int status;

	if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status);
}

static inline int
mariadb_unlink(
    const char *path, const struct stat *st, int type, struct FTW *ftw)
{

	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static inline void
mariadb_stop(struct mariadb *m)
{
	int status;

	if (m->mysql != NULL)
		mysql_close(m->mysql);
	m->mysql = NULL;
	if (m->pid > 0) {
		kill(m->pid, SIGKILL);
		waitpid(m->pid, &status, 0);
	}
	m->pid = 0;
	if (m->dir[0] != '\0')
		nftw(m->dir, mariadb_unlink, 16, FTW_DEPTH | FTW_PHYS);
	m->dir[0] = '\0';
}

static inline void
mariadb_show(const char *log)
{
	char line[512];
	FILE *f = fopen(log, "re");

	while (f != NULL && fgets(line, sizeof(line), f) != NULL)
		fputs(line, stderr);
	if (f != NULL)
		fclose(f);
}

/* Run statements, separated by semicolons; a failure ends the program. */
static inline void
mariadb_sql(struct mariadb *m, const char *sql)
{
	MYSQL_RES *res;
	int more;

	more = mysql_real_query(m->mysql, sql, strlen(sql));
	while (more == 0) {
		if ((res = mysql_store_result(m->mysql)) != NULL)
			mysql_free_result(res);
		more = mysql_next_result(m->mysql);
	}
	if (more > 0 || mysql_errno(m->mysql) != 0) {
		fprintf(stderr, "%s: %.200s\n", mysql_error(m->mysql), sql);
		mariadb_stop(m);
		exit(1);
	}
}

/* The first cell of a query's first row, malloced; NULL for none or NULL. */
static inline char *
mariadb_get(struct mariadb *m, const char *sql)
{
	char *out = NULL;
	MYSQL_RES *res;
	MYSQL_ROW row;

	if (mysql_real_query(m->mysql, sql, strlen(sql)) ||
	    (res = mysql_store_result(m->mysql)) == NULL) {
		fprintf(stderr, "%s: %.200s\n", mysql_error(m->mysql), sql);
		mariadb_stop(m);
		exit(1);
	}
	if ((row = mysql_fetch_row(res)) != NULL && row[0] != NULL)
		out = strdup(row[0]);
	mysql_free_result(res);
	return out;
}

/* Wait until the server answers: 0, or -1 after 60 s or when it ended. */
static inline int
mariadb_wait(struct mariadb *m)
{
	int i, status;

	for (i = 0; i < 1200; i++) {
		if ((m->mysql = mysql_init(NULL)) == NULL)
			return -1;
		if (mysql_real_connect(m->mysql, NULL, "root", "", NULL, 0,
			m->socket, CLIENT_MULTI_STATEMENTS) != NULL)
			return 0;
		mysql_close(m->mysql);
		m->mysql = NULL;
		if (waitpid(m->pid, &status, WNOHANG) == m->pid) {
			m->pid = 0;
			return -1;
		}
		usleep(50000);
	}
	return -1;
}

/* Start the server program on the folder: its pid is m->pid.  A commit that it
 * has answered outlives its being killed. */
static inline void
mariadb_serve(struct mariadb *m)
{
	static const char *const servers[] = { "/usr/sbin/mariadbd",
		"/usr/libexec/mariadbd", "/usr/sbin/mysqld", NULL };
	const char *server = mariadb_program(servers);
	char a[5][PATH_MAX], log[PATH_MAX / 2];

	if (server == NULL)
		return;
	snprintf(log, sizeof(log), "%s/log", m->dir);
	snprintf(a[0], sizeof(a[0]), "%s", server);
	snprintf(a[1], sizeof(a[1]), "--datadir=%s/data", m->dir);
	snprintf(a[2], sizeof(a[2]), "--socket=%s", m->socket);
	snprintf(a[3], sizeof(a[3]), "--pid-file=%s/pid", m->dir);
	snprintf(a[4], sizeof(a[4]), "--tmpdir=%s", m->dir);
	{
		char no[] = "--no-defaults";
		char names[] = "--skip-name-resolve";
		/* Only root may ask for a user, and has to. */
		char root[] = "--user=root";
		char *user = geteuid() == 0 ? root : names;
		char net[] = "--skip-networking",
		     pool[] = "--innodb-buffer-pool-size=16M";
		char flush[] = "--innodb-flush-log-at-trx-commit=2";
		char size[] = "--innodb-log-file-size=8M";
		char *serve[] = { a[0], no, a[1], a[2], a[3], a[4], user, net,
			pool, flush, size, names, NULL };

		m->pid = mariadb_spawn(serve, log);
	}
}

static inline int
mariadb_start(struct mariadb *m)
{
	static const char *const servers[] = { "/usr/sbin/mariadbd",
		"/usr/libexec/mariadbd", "/usr/sbin/mysqld", NULL };
	static const char *const installers[] = { "/usr/bin/mariadb-install-db",
		"/usr/bin/mysql_install_db", NULL };
	const char *server = mariadb_program(servers);
	const char *installer = mariadb_program(installers);
	const char *tmp = getenv("TMPDIR");
	char a[2][PATH_MAX], log[PATH_MAX / 2];

	memset(m, 0, sizeof(*m));
	if (server == NULL || installer == NULL) {
		fprintf(stderr, "no mariadbd here\n");
		return 0;
	}
	/* The kernel wants a socket's path short. */
	if (tmp == NULL || strlen(tmp) > 50)
		tmp = "/tmp";
	snprintf(m->dir, sizeof(m->dir), "%s/novark-db-XXXXXX", tmp);
	if (mkdtemp(m->dir) == NULL)
		exit(1);
	snprintf(m->socket, sizeof(m->socket), "%s/s", m->dir);
	snprintf(log, sizeof(log), "%s/log", m->dir);
	snprintf(a[0], sizeof(a[0]), "%s", installer);
	snprintf(a[1], sizeof(a[1]), "--datadir=%s/data", m->dir);
	{
		char no[] = "--no-defaults", skip[] = "--skip-test-db";
		char auth[] = "--auth-root-authentication-method=normal";
		char names[] = "--skip-name-resolve";
		char root[] = "--user=root";
		char *user = geteuid() == 0 ? root : names;
		char size[] = "--innodb-log-file-size=8M";
		char *install[] = { a[0], no, a[1], auth, skip, user, names,
			size, NULL };

		if (mariadb_run(install, log) == 0) {
			mariadb_serve(m);
			if (m->pid > 0 && mariadb_wait(m) == 0)
				return 1;
		}
	}
	mariadb_show(log);
	mariadb_stop(m);
	exit(1);
}

/* Kill the server and start it again at once; it may be some time until it
 * answers (mariadb_wait). */
static inline void
mariadb_again(struct mariadb *m)
{
	int status;

	if (m->mysql != NULL)
		mysql_close(m->mysql);
	m->mysql = NULL;
	kill(m->pid, SIGKILL);
	waitpid(m->pid, &status, 0);
	mariadb_serve(m);
}

#endif
