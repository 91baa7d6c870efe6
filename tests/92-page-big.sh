#!/bin/bash
# A page of 50,000 changes and one of far more: no larger than 10 MB, opened and
# filtered in a browser; it says what it leaves out.  Times are shown, not judged.
# takes long
. "$(dirname "$0")/lib/lib.sh"
. "$lib/page.sh"

[ -z "${NOVARK_WRAP:-}" ] || skip "machine: under valgrind it takes hours"

site_new files db
story_load 2
# Volumes and their attachments, as nova has them.
grow() { # FROM TO
	sql <<-END
	USE nova;
	INSERT INTO volumes (created_at, deleted, id, user_id, project_id, host,
	    size, availability_zone, instance_id, mountpoint, status,
	    attach_status, provider_location)
	    SELECT '2012-11-05 03:20:01', 0,
	    CONCAT('5bd10000-1a19-4d3e-a8d5-', LPAD(HEX(seq), 12, '0')), 'u1',
	    'p1', 'cloud01', 20, 'nova', 95, '/dev/vdb', 'in-use', 'attached',
	    CONCAT('$OLD:3260,1 iqn.2010-10.org.openstack:volume-',
	    LPAD(HEX(seq), 8, '0'), ' 1') FROM seq_$1_to_$2;
	INSERT INTO block_device_mapping (created_at, deleted, id, instance_id,
	    device_name, delete_on_termination, volume_id, volume_size,
	    connection_info) SELECT '2012-11-05 03:20:01', 0, 10000 + seq, 95,
	    '/dev/vdb', 0,
	    CONCAT('5bd10000-1a19-4d3e-a8d5-', LPAD(HEX(seq), 12, '0')), 20,
	    CONCAT('{"driver_volume_type": "iscsi", "data": {"target_discovered"',
	    ': false, "target_iqn": "iqn.2010-10.org.openstack:volume-',
	    LPAD(HEX(seq), 8, '0'), '", "target_portal": "$OLD:3260", ',
	    '"volume_id": ', seq, ', "auth_method": "CHAP"}}') FROM seq_$1_to_$2;
	END
}
plan_page() { # NAME: of a plan
	expect_exit 0 site_snapshot "$TMPDIR/$1.bundle"
	page 0 "$1" restore "$TMPDIR/$1.bundle" --trust "$PUB" --map "$OLD=$NEW" \
	    "${SITE_ARGS[@]}" --dry-run
	size=$(stat -c %s "$pages/$1.html")
	assert "$1: no larger than 10 MB" test "$size" -le 10000000
	echo "# figure: $1: $(jq '.changes | length' "$pages/$1.json") changes, page of $((size / 1000)) kB"
}
grow 1 25000
plan_page big
grow 25001 60000
plan_page more
browse big
