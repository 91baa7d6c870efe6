#include <errmsg.h>
#include <mysql.h>

#include "archive/late/late.h"

#define DB(ret, name, params, args, none)                                      \
	LATE(LATE_MYSQL, ret, name, params, args, none)

DB(MYSQL *, mysql_init, (MYSQL * m), (m), NULL)
LATE_VOID(LATE_MYSQL, mysql_close, (MYSQL * m), (m))
DB(unsigned int, mysql_errno, (MYSQL * m), (m), CR_UNKNOWN_ERROR)
DB(const char *, mysql_error, (MYSQL * m), (m), late_why())
DB(int, mysql_options, (MYSQL * m, enum mysql_option option, const void *value),
    (m, option, value), 1)
DB(MYSQL *, mysql_real_connect,
    (MYSQL * m, const char *host, const char *user, const char *password,
	const char *schema, unsigned int port, const char *socket,
	unsigned long flags),
    (m, host, user, password, schema, port, socket, flags), NULL)
DB(my_socket, mysql_get_socket, (MYSQL * m), (m), -1)
DB(char *, mysql_get_server_info, (MYSQL * m), (m), NULL)
DB(unsigned long, mysql_get_server_version, (MYSQL * m), (m), 0)

DB(int, mysql_real_query, (MYSQL * m, const char *sql, unsigned long len),
    (m, sql, len), 1)
DB(MYSQL_RES *, mysql_store_result, (MYSQL * m), (m), NULL)
DB(MYSQL_RES *, mysql_use_result, (MYSQL * m), (m), NULL)
LATE_VOID(LATE_MYSQL, mysql_free_result, (MYSQL_RES * r), (r))
DB(unsigned int, mysql_num_fields, (MYSQL_RES * r), (r), 0)
DB(MYSQL_ROW, mysql_fetch_row, (MYSQL_RES * r), (r), NULL)
DB(unsigned long *, mysql_fetch_lengths, (MYSQL_RES * r), (r), NULL)

DB(MYSQL_STMT *, mysql_stmt_init, (MYSQL * m), (m), NULL)
DB(my_bool, mysql_stmt_close, (MYSQL_STMT * s), (s), 1)
DB(unsigned int, mysql_stmt_errno, (MYSQL_STMT * s), (s), CR_UNKNOWN_ERROR)
DB(const char *, mysql_stmt_error, (MYSQL_STMT * s), (s), late_why())
DB(int, mysql_stmt_prepare,
    (MYSQL_STMT * s, const char *sql, unsigned long len), (s, sql, len), 1)
DB(unsigned long, mysql_stmt_param_count, (MYSQL_STMT * s), (s), 0)
DB(my_bool, mysql_stmt_attr_set,
    (MYSQL_STMT * s, enum enum_stmt_attr_type type, const void *value),
    (s, type, value), 1)
DB(my_bool, mysql_stmt_bind_param, (MYSQL_STMT * s, MYSQL_BIND *bind),
    (s, bind), 1)
DB(int, mysql_stmt_execute, (MYSQL_STMT * s), (s), 1)
DB(unsigned long long, mysql_stmt_affected_rows, (MYSQL_STMT * s), (s),
    (unsigned long long)-1)
/* Nobody here asks for what takes more arguments. */
DB(my_bool, mariadb_get_infov,
    (MYSQL * m, enum mariadb_value value, void *answer, ...),
    (m, value, answer), 1)
