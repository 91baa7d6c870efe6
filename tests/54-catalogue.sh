#!/bin/bash
# takes long
# The catalogue against the real schemas: each table and column that it names for
# today is there, and those that only older releases have are known as such, so
# that a slip of the pen in the table is found.
. "$(dirname "$0")/lib/lib.sh"
. "$lib/places.sh"
. "$lib/zed.sh"
ZED_PARTS='files db'

# "ROLE TABLE" of each table, "ROLE TABLE COLUMN [THROUGH]" of each column.
tables() {
	awk '/^static const char \*const [a-z_]*_tables\[\]/ {
		role = $5
		sub(/_tables.*/, "", role)
		sub(/^\*/, "", role)
		in_list = 1
	}
	in_list {
		line = $0
		while (match(line, /"[a-z0-9_]*"/)) {
			print role, substr(line, RSTART + 1, RLENGTH - 2)
			line = substr(line, RSTART + RLENGTH)
		}
	}
	/^};/ { in_list = 0 }' "$top/archive/address/catalog_roles.h"
}
columns() {
	local table=$top/archive/address/catalog_table.h
	sed -n 's/^\t[A-Z]*("\([a-z_]*\)", "\([a-z0-9_]*\)", "\([a-z0-9_]*\)",.*/\1 \2 \3/p' "$table"
	sed -n 's/^\tNETWORK("\([a-z_]*\)", "\([a-z0-9_]*\)", .*, "\([a-z_]*\)"),$/\1 \2 \3/p' "$table"
}

# What only other releases have: Essex to Havana, quantum, and what came or went
# since.  A table stands for its columns.
cat >"$TMPDIR/older" <<'EOF'
cinder iscsi_targets
glance images location
glance node_reference
keystone credential blob
keystone tenant extra
neutron ipamavailabilityranges
neutron ipavailabilityranges
neutron network_bindings
neutron ovs_network_bindings
neutron ovs_tunnel_endpoints
neutron ovs_tunnel_ips
nova auth_tokens
nova cells password
nova cells rpc_host
nova compute_node_stats
nova instance_actions error
nova instances admin_pass
nova iscsi_targets
nova sm_backend_config
nova sm_flavors
nova volume_metadata
nova volumes
EOF

zed_new
sql "SELECT table_schema, table_name FROM information_schema.tables WHERE
    table_type = 'BASE TABLE'
    UNION ALL SELECT table_schema, CONCAT(table_name, ' ', column_name)
    FROM information_schema.columns" | tr '\t' ' ' | LC_ALL=C sort -u >"$TMPDIR/here"
(tables; columns) | LC_ALL=C sort -u >"$TMPDIR/named"
n=$(columns | wc -l)
assert "the catalogue is read ($n columns)" test "$n" -gt 200
macros=$(grep -cE '^	[A-Z]+\("' "$top/archive/address/catalog_table.h")
networks=$(grep -c '^	NETWORK(' "$top/archive/address/catalog_table.h")
assert_equal "each of its lines" "$((macros + networks))" "$n"
LC_ALL=C comm -23 "$TMPDIR/named" "$TMPDIR/here" |
    awk 'FILENAME == ARGV[1] { older[$0] = 1; next }
	!($1 " " $2 in older) && !($0 in older)' "$TMPDIR/older" - >"$TMPDIR/lost"
assert_equal "all that is named for today is there" '' "$(cat "$TMPDIR/lost")"
assert_equal "what only others have is not there" '' \
    "$(LC_ALL=C comm -12 "$TMPDIR/older" "$TMPDIR/here")"
assert_equal "and is named" '' "$(LC_ALL=C comm -23 "$TMPDIR/older" "$TMPDIR/named")"
