/* The calls that reach libvirt and the database servers. */
#undef _FORTIFY_SOURCE
#include <sys/socket.h>
#include <sys/un.h>

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>
#include <mysql.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "tests/fault/fault.h"

/* Cut each connection to a libvirtd. */
static void
lose_libvirt(void)
{
	struct sockaddr_un addr;
	socklen_t len;
	int fd;

	for (fd = 3; fd < 1024; fd++) {
		memset(&addr, 0, sizeof(addr));
		len = sizeof(addr) - 1;
		if (getpeername(fd, (struct sockaddr *)&addr, &len) == 0 &&
		    addr.sun_family == AF_UNIX &&
		    strstr(addr.sun_path, "libvirt-sock") != NULL)
			(void)shutdown(fd, SHUT_RDWR);
	}
}

/* ${none}: a call without its object, that leaves the library's own error. */
#define VIR(kind, ret, name, what, params, args, none)                         \
	ret name params                                                        \
	{                                                                      \
		static ret(*real) params;                                      \
                                                                               \
		REAL(name);                                                    \
		switch (fault_point(kind, #name, what, -1, CALLER)) {          \
		case FAULT_REAL:                                               \
			break;                                                 \
		case FAULT_LOSE:                                               \
			lose_libvirt();                                        \
			break;                                                 \
		default:                                                       \
			return real none;                                      \
		}                                                              \
		return real args;                                              \
	}
#define DEFINE_FLAGS(type)                                                     \
	VIR(FAULT_VIRT, vir##type##Ptr, vir##type##DefineXMLFlags, #type,      \
	    (virConnectPtr c, const char *xml, unsigned flags),                \
	    (c, xml, flags), (NULL, xml, flags))
#define DEFINE(type)                                                           \
	VIR(FAULT_VIRT, vir##type##Ptr, vir##type##DefineXML, #type,           \
	    (virConnectPtr c, const char *xml), (c, xml), (NULL, xml))
#define ON_FLAGS(kind, type, verb)                                             \
	VIR(kind, int, vir##type##verb, #type,                                 \
	    (vir##type##Ptr p, unsigned flags), (p, flags), (NULL, flags))
#define ON_ONE(kind, type, verb)                                               \
	VIR(kind, int, vir##type##verb, #type, (vir##type##Ptr p), (p), (NULL))
#define AUTOSTART(type)                                                        \
	VIR(FAULT_VIRT, int, vir##type##SetAutostart, #type,                   \
	    (vir##type##Ptr p, int on), (p, on), (NULL, on))                   \
	VIR(FAULT_VIRTLOOK, int, vir##type##GetAutostart, #type,               \
	    (vir##type##Ptr p, int *on), (p, on), (NULL, on))
#define XML(type)                                                              \
	VIR(FAULT_VIRTLOOK, char *, vir##type##GetXMLDesc, #type,              \
	    (vir##type##Ptr p, unsigned flags), (p, flags), (NULL, flags))
#define LIST(type)                                                             \
	VIR(FAULT_VIRTLOOK, int, virConnectListAll##type##s, #type,            \
	    (virConnectPtr c, vir##type##Ptr * *list, unsigned flags),         \
	    (c, list, flags), (NULL, list, flags))
#define LOOKUP(type, by)                                                       \
	VIR(FAULT_VIRTLOOK, vir##type##Ptr, vir##type##LookupBy##by, #type,    \
	    (virConnectPtr c, const char *name), (c, name), (NULL, name))

DEFINE(Domain)
DEFINE_FLAGS(Domain)
ON_ONE(FAULT_VIRT, Domain, Undefine)
ON_FLAGS(FAULT_VIRT, Domain, UndefineFlags)
AUTOSTART(Domain)
XML(Domain)
LIST(Domain)
LOOKUP(Domain, Name)
ON_ONE(FAULT_VIRTLOOK, Domain, IsPersistent)
ON_ONE(FAULT_VIRTLOOK, Domain, IsActive)
DEFINE(NWFilter)
DEFINE_FLAGS(NWFilter)
ON_ONE(FAULT_VIRT, NWFilter, Undefine)
XML(NWFilter)
LIST(NWFilter)
LOOKUP(NWFilter, Name)
DEFINE(Network)
DEFINE_FLAGS(Network)
ON_ONE(FAULT_VIRT, Network, Undefine)
AUTOSTART(Network)
XML(Network)
LIST(Network)
LOOKUP(Network, Name)
VIR(FAULT_VIRT, virStoragePoolPtr, virStoragePoolDefineXML, "StoragePool",
    (virConnectPtr c, const char *xml, unsigned flags), (c, xml, flags),
    (NULL, xml, flags))
ON_ONE(FAULT_VIRT, StoragePool, Undefine)
AUTOSTART(StoragePool)
XML(StoragePool)
LIST(StoragePool)
LOOKUP(StoragePool, Name)
VIR(FAULT_VIRT, virSecretPtr, virSecretDefineXML, "Secret",
    (virConnectPtr c, const char *xml, unsigned flags), (c, xml, flags),
    (NULL, xml, flags))
ON_ONE(FAULT_VIRT, Secret, Undefine)
VIR(FAULT_VIRT, int, virSecretSetValue, "Secret",
    (virSecretPtr p, const unsigned char *v, size_t n, unsigned flags),
    (p, v, n, flags), (NULL, v, n, flags))
VIR(FAULT_VIRTLOOK, unsigned char *, virSecretGetValue, "Secret",
    (virSecretPtr p, size_t *n, unsigned flags), (p, n, flags),
    (NULL, n, flags))
XML(Secret)
LIST(Secret)
LOOKUP(Secret, UUIDString)

virConnectPtr
virConnectOpen(const char *uri)
{
	static virConnectPtr (*real)(const char *);
	virConnectPtr c;

	REAL(virConnectOpen);
	if (fault_point(FAULT_VIRTLOOK, "virConnectOpen", uri, -1, CALLER) !=
	    FAULT_REAL)
		return real("none:///");
	c = real(uri);
	if (c != NULL && fault_ours(CALLER))
		fault_handle("libvirt", 1);
	return c;
}

int
virConnectClose(virConnectPtr c)
{
	static int (*real)(virConnectPtr);

	REAL(virConnectClose);
	if (c != NULL && fault_ours(CALLER))
		fault_handle("libvirt", -1);
	return real(c);
}

/* What a made-up error belongs to; it lasts until the next statement. */
static struct {
	const MYSQL *session;
	unsigned number;
} made_up;

static int
is_look(const char *sql)
{

	return strncasecmp(sql, "SELECT", 6) == 0 ||
	       strncasecmp(sql, "SHOW", 4) == 0 ||
	       strncasecmp(sql, "SET ", 4) == 0 ||
	       strncasecmp(sql, "EXPLAIN", 7) == 0 ||
	       strncasecmp(sql, "ROLLBACK", 8) == 0 ||
	       strcasestr(sql, "READ ONLY") != NULL;
}

static enum fault_kind
kind_of(const char *sql)
{

	return strncasecmp(sql, "COMMIT", 6) == 0 ? FAULT_COMMIT
	       : is_look(sql)                     ? FAULT_SQLLOOK
						  : FAULT_SQL;
}

static void
cut(MYSQL *m)
{

	(void)shutdown((int)mysql_get_socket(m), SHUT_RDWR);
}

static int (*real_query(void))(MYSQL *, const char *, unsigned long)
{
	static int (*real)(MYSQL *, const char *, unsigned long);

	REAL(mysql_real_query);
	return real;
}

/* 1 when the statement is to be done, 0 when it has failed. */
static int
before_statement(MYSQL *m, enum fault_act act)
{

	made_up.session = NULL;
	if (act == FAULT_LOSE)
		cut(m);
	if (act != FAULT_FAIL)
		return 1;
	made_up.session = m;
	made_up.number = fault_number();
	/* The server has taken the transaction back. */
	if (made_up.number == 1213)
		(void)real_query()(m, "ROLLBACK", 8);
	return 0;
}

/* The statement is done, and its answer lost. */
static int
late(MYSQL *m)
{

	cut(m);
	made_up.session = m;
	made_up.number = 2013;
	return 1;
}

int STDCALL
mysql_real_query(MYSQL *m, const char *sql, unsigned long len)
{
	enum fault_act act;

	act = fault_point(kind_of(sql), "mysql_real_query", sql, -1, CALLER);
	if (!before_statement(m, act))
		return 1;
	if (real_query()(m, sql, len))
		return 1;
	return act == FAULT_LATE ? late(m) : 0;
}

/* Statements by what they are, for a few at a time. */
static struct {
	const MYSQL_STMT *stmt;
	enum fault_kind kind;
	char sql[128];
} prepared[64];
#define PREPARED (sizeof(prepared) / sizeof(prepared[0]))

static size_t
slot(const MYSQL_STMT *stmt)
{
	size_t i;

	for (i = 0; i < PREPARED - 1; i++)
		if (prepared[i].stmt == stmt || prepared[i].stmt == NULL)
			break;
	return i;
}

int STDCALL
mysql_stmt_prepare(MYSQL_STMT *stmt, const char *sql, unsigned long len)
{
	static int (*real)(MYSQL_STMT *, const char *, unsigned long);
	enum fault_act act;
	size_t i = slot(stmt);

	REAL(mysql_stmt_prepare);
	prepared[i].stmt = stmt;
	prepared[i].kind = kind_of(sql);
	snprintf(prepared[i].sql, sizeof(prepared[i].sql), "%s", sql);
	/* Preparing changes nothing yet. */
	act = fault_point(FAULT_SQLLOOK, "mysql_stmt_prepare", sql, -1, CALLER);
	return before_statement(stmt->mysql, act) ? real(stmt, sql, len) : 1;
}

int STDCALL
mysql_stmt_execute(MYSQL_STMT *stmt)
{
	static int (*real)(MYSQL_STMT *);
	enum fault_act act;
	size_t i = slot(stmt);

	REAL(mysql_stmt_execute);
	act = fault_point(prepared[i].kind, "mysql_stmt_execute",
	    prepared[i].sql, -1, CALLER);
	if (!before_statement(stmt->mysql, act))
		return 1;
	if (real(stmt))
		return 1;
	return act == FAULT_LATE ? late(stmt->mysql) : 0;
}

#define ERROR(name, type, of)                                                  \
	unsigned STDCALL name(type *p)                                         \
	{                                                                      \
		static unsigned(STDCALL * real)(type *);                       \
                                                                               \
		REAL(name);                                                    \
		return made_up.session != NULL && made_up.session == (of)      \
			   ? made_up.number                                    \
			   : real(p);                                          \
	}
#define TEXT(name, type, of)                                                   \
	const char *STDCALL name(type *p)                                      \
	{                                                                      \
		static const char *(STDCALL * real)(type *);                   \
                                                                               \
		REAL(name);                                                    \
		return made_up.session != NULL && made_up.session == (of)      \
			   ? "an error that a test made up"                    \
			   : real(p);                                          \
	}
ERROR(mysql_errno, MYSQL, p)
ERROR(mysql_stmt_errno, MYSQL_STMT, p->mysql)
TEXT(mysql_error, MYSQL, p)
TEXT(mysql_stmt_error, MYSQL_STMT, p->mysql)

MYSQL *STDCALL
mysql_real_connect(MYSQL *m, const char *host, const char *user,
    const char *password, const char *db, unsigned port, const char *socket,
    unsigned long flags)
{
	static MYSQL *(*real)(MYSQL *, const char *, const char *, const char *,
	    const char *, unsigned, const char *, unsigned long);
	enum fault_act act;

	REAL(mysql_real_connect);
	act = fault_point(FAULT_SQLLOOK, "mysql_real_connect", "", -1, CALLER);
	if (act != FAULT_REAL)
		socket = "/nowhere";
	return real(m, host, user, password, db, port, socket, flags);
}

MYSQL *STDCALL
mysql_init(MYSQL *m)
{
	static MYSQL *(*real)(MYSQL *);
	MYSQL *made;

	REAL(mysql_init);
	if ((made = real(m)) != NULL && fault_ours(CALLER))
		fault_handle("database", 1);
	return made;
}

void STDCALL
mysql_close(MYSQL *m)
{
	static void (*real)(MYSQL *);

	REAL(mysql_close);
	if (m != NULL && fault_ours(CALLER))
		fault_handle("database", -1);
	made_up.session = NULL;
	real(m);
}
