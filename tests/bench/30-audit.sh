#!/bin/bash
# A bundle with the rows of a site and many files: its listing, all its digests,
# and where an address stands in it.  Against tar, zstd, openssl, grep, rg.
. "$(dirname "$0")/bench.sh"
. "$(dirname "$0")/site_rows.sh"
need zstd rg
site_new files db

# A bundle of that many instances and files; its members for the peers, which
# have the same content as one .tar.zst, too.
make_bundle() { # INSTANCES FILES
	local part
	rm -rf "$TMPDIR/b" "$TMPDIR/members" "$ROOT"
	mkdir -p "$ROOT" "$TMPDIR/members/all"
	sql 'DROP DATABASE IF EXISTS nova'
	site_rows "$1"
	site_files "$2"
	site_snapshot "$TMPDIR/b"
	tar -C "$TMPDIR/members" -xf "$TMPDIR/b"
	for part in $parts; do
		zstd -qdc "$TMPDIR/members/$part.tar.zst" |
		    tar -C "$TMPDIR/members/all" -xf -
	done
	tar -C "$TMPDIR/members/all" -c . |
	    zstd -q -3 -T1 -f -o "$TMPDIR/all.tar.zst"
	rm -r "$TMPDIR/members/all"
}

# One line of sh for each part, its bytes to the command.
each_part() { # COMMAND
	local part
	for part in $parts; do
		printf "zstd -qdc '%s' | %s\n" "$TMPDIR/members/$part.tar.zst" "$1"
	done
}

parts='files libvirt database'
audit="exec '$NOVARK' audit '$TMPDIR/b' --trust '$PUB'"
instances=$(sized 5000 50000)
files=$(sized 2000 20000)
make_bundle "$instances" "$files"

ours="$audit --list"
theirs="tar --zstd -tf '$TMPDIR/all.tar.zst'"
pair "audit --list: $((6 * instances)) rows, $files files" 'tar -tf' 0.1
# Folders on the way to an item are in a tar that tar made.
assert_equal 'the listing has every entry of the tar' \
    "$(tar --zstd -tf "$TMPDIR/all.tar.zst" | grep -c '[^/]$')" \
    "$("$NOVARK" audit "$TMPDIR/b" --trust "$PUB" --list --json 2>/dev/null |
	grep -cE '"kind": ?"(table|account)"|"type": ?"file"')"

ours=$audit
theirs=$(each_part 'openssl dgst -sha256')
pair 'audit, every digest' 'zstd -dc | openssl dgst' 1.1
novark audit "$TMPDIR/b" --trust "$PUB" --list --json >"$OUT" 2>"$ERR"
assert_equal 'the digests are of as many bytes as items have' \
    "$(eval "$(each_part 'tar -xOf -')" | wc -c)" \
    "$(grep -oE '"size": ?[0-9]+' "$OUT" | awk -F ': ?' '{ n += $2 } END { print n }')"
flip "$TMPDIR/b" "$TMPDIR/flipped" $(($(stat -c %s "$TMPDIR/b") - 4096))
expect_exit 3 novark audit "$TMPDIR/flipped" --trust "$PUB"

ours="$audit --find $RARE"
theirs="{ $(each_part cat)
} | grep -c -F $RARE"
pair "audit --find, $((instances / 500)) places" 'zstd -dc | grep -cF' 1.2
assert_equal 'both find the same' "$(sh -c "$theirs")" \
    "$("$NOVARK" audit "$TMPDIR/b" --trust "$PUB" --find "$RARE" 2>/dev/null | grep -cF "$RARE")"
theirs="{ $(each_part cat)
} | rg -c -F $RARE"
pair "audit --find, $((instances / 500)) places" 'zstd -dc | rg -cF' 1.2

# One that stands in nearly every row: each place is told.
ours="$audit --find $OLD"
theirs="{ $(each_part cat)
} | grep -F $OLD"
pair "audit --find, $((4 * instances)) places and more, all shown" \
    'zstd -dc | grep -F' 1.2

for rows in 1000 $(sized 10000 '10000 100000 1000000'); do
	make_bundle $((rows / 6)) 100
	ours="$audit --list"
	grow 'audit --list, rows' "$rows"
	ours=$audit
	grow 'audit, rows' "$rows"
	ours="$audit --find $RARE"
	grow 'audit --find, rows' "$rows"
done
