#!/bin/bash
# Snapshot of many small files, against tar piped to zstd and a digest of that.
. "$(dirname "$0")/bench.sh"
site_new files
count=$(sized 2000 20000)
instances=$ROOT/var/lib/nova/instances
mkdir -p "$ROOT/etc/nova" "$instances"
printf '[DEFAULT]\nmy_ip = 10.2.116.14\n' >"$ROOT/etc/nova/nova.conf"
# A file as a node has them: a definition with two addresses, 2 KiB.
for ((n = 0; n < count; n++)); do
	dir=$instances/instance-$(printf %08x "$n")
	mkdir "$dir"
	{
		printf '<domain type="kvm"><name>instance-%08x</name>' "$n"
		printf '<graphics type="vnc" listen="10.2.116.14"/>'
		printf '<parameter name="IP" value="10.0.%d.%d"/>' $((n / 250 % 250)) $((n % 250))
		head -c 1500 /dev/zero | tr '\0' ' '
		printf '</domain>\n'
	} >"$dir/libvirt.xml"
done
ours="rm -f '$TMPDIR/b'; exec '$NOVARK' snapshot --output '$TMPDIR/b' --sign '$KEY' ${SITE_ARGS[*]}"
theirs="tar -C '$ROOT' -c . | zstd -q -3 -T1 -f -o '$TMPDIR/t.zst'; sha256sum '$TMPDIR/t.zst'"
pair "snapshot: $count small files" "tar | zstd, sha256sum" 1.0
assert_equal "every file is in both" \
    "$(tar --zstd -tf "$TMPDIR/t.zst" | grep -c 'libvirt\.xml$')" \
    "$("$NOVARK" audit "$TMPDIR/b" --trust "$PUB" --list | grep -c 'libvirt\.xml')"
