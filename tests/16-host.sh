#!/bin/bash
# --host: of two hosts in one set of databases (the real schemas of zed.sh), the
# rows of one and what they need, told by SQL of our own; and the bundle alone
# has every row that a foreign key of another one refers to.
. "$(dirname "$0")/lib/lib.sh"
. "$lib/zed.sh"
. "$lib/two.sh"
need jq

two_new

# The rows of a bundle, loaded beside: schema "b_nova" for "nova".
load() { # BUNDLE
	local name schema table columns
	rm -rf "$TMPDIR/rows"
	mkdir "$TMPDIR/rows"
	tar -xOf "$1" database.tar.zst | zstd -dcq | tar -xf - -C "$TMPDIR/rows"
	tar -xOf "$1" MANIFEST.json >"$TMPDIR/manifest"
	for schema in $ZED_SCHEMAS; do
		echo "DROP DATABASE IF EXISTS b_$schema; CREATE DATABASE b_$schema;"
	done >"$TMPDIR/load.sql"
	jq -r '.items[] | select(.kind == "table") | .table |
	    [.schema, .table, ([.columns[] | select(.generated | not) | "`" + .name + "`"]
	    | join(","))] | @tsv' "$TMPDIR/manifest" |
	    while read -r schema table columns; do
		cat <<-END
		CREATE TABLE b_$schema.\`$table\` LIKE $schema.\`$table\`;
		LOAD DATA LOCAL INFILE '$TMPDIR/rows/$schema/$table.txt' INTO TABLE
		 b_$schema.\`$table\` CHARACTER SET binary ($columns);
		END
	done >>"$TMPDIR/load.sql"
	mariadb --defaults-file="$CNF" --local-infile=1 <<-END
	SET SESSION sql_mode = '', unique_checks = 0;
	$(cat "$TMPDIR/load.sql")
	END
}

# The rows of a table in the bundle are those for which the condition holds.
rows() { # SCHEMA.TABLE CONDITION
	local table=$1 n
	n=$(sql <<-END
	SET @one = '$ONE', @two = '$TWO', @host = '$host';
	SELECT (SELECT COUNT(*) FROM (SELECT * FROM $table WHERE $2
	 EXCEPT SELECT * FROM b_$table) x), (SELECT COUNT(*) FROM (SELECT * FROM
	 b_$table EXCEPT SELECT * FROM $table WHERE $2) y),
	 (SELECT COUNT(*) FROM b_$table);
	END
	)
	read -r lacking beyond count <<<"$n"
	assert_equal "$host: $table: $count rows, lacking, beyond" "0 0" "$lacking $beyond"
}

# Every foreign key between tables of the bundle finds its row.
references() {
	local schema table column of of_column
	while read -r schema table column of of_column; do
		if [ -e "$TMPDIR/rows/$schema/$table.txt" ] &&
		    [ -e "$TMPDIR/rows/$schema/$of.txt" ]; then
			echo "SELECT '$schema.$table.$column', (SELECT COUNT(*) FROM
			    b_$schema.\`$table\` c WHERE c.\`$column\` IS NOT NULL AND
			    NOT EXISTS (SELECT 1 FROM b_$schema.\`$of\` p
			    WHERE p.\`$of_column\` = c.\`$column\`));"
		fi
	done < <(sql "SELECT table_schema, table_name, column_name,
	    referenced_table_name, referenced_column_name FROM
	    information_schema.key_column_usage WHERE referenced_table_name IS NOT NULL
	    AND referenced_table_schema = table_schema") >"$TMPDIR/references.sql"
	sql <"$TMPDIR/references.sql" >"$TMPDIR/references"
	assert "$host: foreign keys of the bundle" [ "$(wc -l <"$TMPDIR/references")" -gt 50 ]
	assert_equal "$host: those that refer to nothing" "" \
	    "$(awk '$2 != 0' "$TMPDIR/references")"
}

mine="(SELECT uuid FROM nova.instances WHERE host = @host)"
ports="(SELECT id FROM neutron.ports WHERE device_id IN $mine UNION
    SELECT port_id FROM neutron.ml2_port_bindings WHERE host = @host)"
check() { # what holds for either host
	local table
	for table in services compute_nodes instances task_log; do
		rows "nova.$table" "host = @host"
	done
	for table in instance_info_caches instance_metadata instance_faults \
	    instance_system_metadata instance_actions block_device_mapping \
	    virtual_interfaces migrations; do
		rows "nova.$table" "instance_uuid IN $mine"
	done
	rows nova.instance_actions_events "action_id IN (SELECT id FROM
	    nova.instance_actions WHERE instance_uuid IN $mine)"
	rows nova_api.cell_mappings "1"
	rows nova_api.host_mappings "host = @host"
	rows nova_api.aggregate_hosts "host = @host"
	rows nova_api.aggregates "1"
	rows nova_api.request_specs "instance_uuid IN $mine"
	rows nova_api.build_requests "0"
	for table in region service endpoint; do
		rows "keystone.$table" "1"
	done
	for table in images image_locations image_properties; do
		rows "glance.$table" "1"
	done
	# A volume refers to the service that has it.
	rows cinder.services "SUBSTRING_INDEX(host, '@', 1) = @host OR uuid IN
	    (SELECT service_uuid FROM b_cinder.volumes)"
	rows placement.resource_providers "name = @host"
	for table in agents ml2_vxlan_endpoints ml2_gre_endpoints dvr_host_macs \
	    ml2_distributed_port_bindings; do
		rows "neutron.$table" "host = @host"
	done
	for table in ipallocations allowedaddresspairs portdnses; do
		rows "neutron.$table" "port_id IN (SELECT id FROM b_neutron.ports)"
	done
	for table in networksegments subnets; do
		rows "neutron.$table" "network_id IN (SELECT id FROM b_neutron.networks)"
	done
	for table in ipallocationpools dnsnameservers subnetroutes; do
		rows "neutron.$table" "subnet_id IN (SELECT id FROM b_neutron.subnets)"
	done
	references
}

host=$ONE
expect_exit 0 two_take "$ONE" "$TMPDIR/one" --host "$ONE"
assert_lacks "$ERR" "its rows only"
assert_contains "$ERR" "tables outside the catalogue are not searched"
load "$TMPDIR/one"
check
# All volumes are on the back end of this one, whoever has them attached; and all
# of what stands there.
for table in volumes volume_attachment snapshots backups consistencygroups \
    volume_metadata volume_admin_metadata image_volume_cache_entries; do
	rows "cinder.$table" "1"
done
# Its floating address leads to the router and the net outside.
rows neutron.floatingips "1"
rows neutron.routers "1"
rows neutron.networks "id IN (SELECT network_id FROM neutron.ports WHERE id IN $ports
    UNION SELECT floating_network_id FROM neutron.floatingips)"
rows neutron.ports "id IN $ports OR id IN (SELECT floating_port_id FROM
    neutron.floatingips UNION SELECT gw_port_id FROM neutron.routers)"

host=$TWO
expect_exit 0 two_take "$TWO" "$TMPDIR/two" --host "$TWO"
load "$TMPDIR/two"
check
attached="(SELECT volume_id FROM cinder.volume_attachment WHERE instance_uuid IN $mine)"
rows cinder.volume_attachment "instance_uuid IN $mine"
rows cinder.volumes "id IN $attached"
rows cinder.snapshots "volume_id IN $attached"
rows cinder.backups "0"
rows neutron.ports "id IN $ports"
rows neutron.networks "id IN (SELECT network_id FROM neutron.ports WHERE id IN $ports)"
rows neutron.floatingips "0"

# What it says of itself.
expect_exit 0 novark audit "$TMPDIR/two" --trust "$PUB" --json
assert_equal "rows of" "$TWO" "$(jq -r '.bundles[0].rows_of[]' "$OUT")"
expect_exit 0 novark audit "$TMPDIR/two" --trust "$PUB"
assert_contains "$OUT" "rows of     compute host $TWO only (--host)"
# A bundle of one host taken on the other has that one's files.
expect_exit 0 two_take "$ONE" "$TMPDIR/other" --host "$TWO" --quiet
expect_exit 0 novark audit "$TMPDIR/other" --trust "$PUB"
assert_contains "$OUT" "--host $TWO: its rows only: files and definitions are those of this node, $ONE"
# The same state, the same bytes.
expect_exit 0 two_take "$TWO" "$TMPDIR/again" --host "$TWO" --force
assert_equal "the same rows again" "$(tar -xOf "$TMPDIR/two" database.tar.zst | sha256sum)" \
    "$(tar -xOf "$TMPDIR/again" database.tar.zst | sha256sum)"
# Both hosts in one.
expect_exit 0 two_take "$ONE" "$TMPDIR/both" --host "$ONE" --host "$TWO"
host=both
load "$TMPDIR/both"
rows nova.instances "host IN (@one, @two)"
rows nova.services "host IN (@one, @two)"
references

# A host that is not there.
expect_exit 1 two_take "$ONE" "$TMPDIR/none" --host compute9
assert_contains "$ERR" "--host compute9: the databases know no such host; those that they know: gone, $ONE, $TWO"
assert_file_absent "$TMPDIR/none"
expect_exit 2 two_take "$ONE" "$TMPDIR/none" --host "$ONE" --no-database

# Where no database is named, there are no rows to pick from.
two_without_database "$ROOT2"
expect_exit 1 two_take "$TWO" "$TMPDIR/none" --host "$TWO"
assert_contains "$ERR" "the configuration of this node names no database"
expect_exit 0 two_take "$TWO" "$TMPDIR/bare"
assert_contains "$ERR" "rows must be taken at the controller"
