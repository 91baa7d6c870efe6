#!/bin/bash
# Every place of an OpenStack of 2012: the tables of Essex and Folsom, an address
# planted in each place of tests/essex/places, as scenario 51 does for today's.
. "$(dirname "$0")/lib/lib.sh"
. "$lib/places.sh"

# The definition of an instance as Essex wrote it.  Without a name, all names.
places_template() { # [NAME]
	local n
	if [ $# -eq 0 ]; then
		seq -f 'instance-%08.0f' 6
		return
	fi
	n=$((10#${1#instance-}))
	cat <<-END
	<domain type='qemu'>
	  <name>$1</name>
	  <uuid>5bd10000-0000-4000-8000-$(printf %012d "$n")</uuid>
	  <memory>524288</memory>
	  <vcpu>1</vcpu>
	  <os>
	    <type arch='x86_64' machine='pc'>hvm</type>
	  </os>
	  <devices>
	    <emulator>/usr/bin/qemu-system-x86_64</emulator>
	    <interface type='bridge'>
	      <mac address='02:16:3e:00:00:0$n'/>
	      <source bridge='br100'/>
	      <model type='virtio'/>
	    </interface>
	  </devices>
	</domain>
	END
}

site_new files libvirt db
mkdir -p "$ROOT/var/lib"
sql <tests/essex/schema.sql
sql <tests/essex/fill.sql
# An instance whose console listens there needs it.
host_address 10.2.116.140/24
places_read tests/essex/places
places_plant
places_expect

cat >"$TMPDIR/map" <<END
10.2.116.14 = 10.2.15.3
10.2.116.192/27 = 10.2.15.192/27
END
bundle=$TMPDIR/site.bundle
move=("$bundle" --trust "$PUB" --map-file "$TMPDIR/map" "${SITE_ARGS[@]}")
expect_exit 0 site_snapshot "$bundle"
expect_exit 0 novark audit "$bundle" --trust "$PUB" --json --find 10.2.116.14 \
    --find 10.2.116.192/27
places_found "$OUT"
expect_exit 0 novark restore "${move[@]}" --dry-run --json
places_held "$OUT"
expect_exit 0 novark restore "${move[@]}" --yes
places_prove
expect_exit 0 novark verify "${move[@]}"
expect_exit 0 novark restore "${move[@]}" --yes
assert_contains "$OUT" "nothing to do"
