# kept_rows.sh: the rows of site_rows.sh, brought back before each run.  After
# site_rows.sh.
#
#   rows_keep N          make the site of N instances anew and keep a copy, in
#                        the database kept
#   rows_back, rows_out  SQL: the rows as they were kept; no rows at all.  What a
#                        run left for the server to do is done by then.
#   rows_digest          of all rows, in the order of their keys
# shellcheck shell=bash disable=SC2034,SC2154
rows_tables=(instances instance_info_caches volumes block_device_mapping)

# A server with room for its rows, as a site has it.
DB_ARGS=(--innodb-buffer-pool-size=1G --innodb-log-file-size=256M)

rows_keep() { # N
	local table
	sql "DROP DATABASE IF EXISTS nova; DROP DATABASE IF EXISTS kept; CREATE DATABASE kept"
	site_rows "$1"
	for table in "${rows_tables[@]}"; do
		sql "CREATE TABLE kept.$table SELECT * FROM nova.$table"
		sql "ANALYZE TABLE nova.$table" >"$TMPDIR/analyze"
	done
}

rows_settle() {
	echo 'SET GLOBAL innodb_max_purge_lag_wait = 0;'
}

rows_out() {
	local table
	echo 'SET foreign_key_checks = 0;'
	for table in "${rows_tables[@]}"; do
		echo "TRUNCATE nova.$table;"
	done
	rows_settle
}

rows_back() {
	local table
	rows_out
	echo 'SET unique_checks = 0;'
	for table in "${rows_tables[@]}"; do
		echo "INSERT INTO nova.$table SELECT * FROM kept.$table;"
	done
	rows_settle
}

rows_digest() {
	local table
	for table in "${rows_tables[@]}"; do
		sql nova "SELECT * FROM $table ORDER BY id"
	done | sha256sum
}
