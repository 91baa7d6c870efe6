#!/bin/bash
# audit as its user meets it: the contents, who vouches for them, several
# bundles at once; nothing of a bundle is shown that another key signed.
. "$(dirname "$0")/lib/lib.sh"
need jq

site_new
story_load 6
cd "$TMPDIR" || exit
virsh_ autostart instance-0000005b >/dev/null
site_snapshot a.bundle >/dev/null 2>&1 || fail "no snapshot"
site_snapshot b.bundle --no-libvirt --no-files >/dev/null 2>&1 || fail "no snapshot"

# --- the contents; neither node, libvirt nor database is asked
db_stop
mv "$ROOT" "$ROOT.away"
expect_exit 0 novark audit a.bundle --trust "$PUB"
assert_equal "outcome" "audit: signature and all digests hold" "$(tail -n 1 "$OUT")"
assert_equal "nothing on stderr" "" "$(cat "$ERR")"
for text in "bundle      a.bundle" "host        cloud01" "signed by   SHA256:" \
    "10.2.116.14  (nova.conf my_ip)" "nova: nova on unix:" \
    "keystone: keystone on unix:" "libvirt     $URI" \
    "instances   /var/lib/nova/instances" "0 of 6 domains ran at snapshot time" \
    "libvirt has lost domain instance-0000005f"; do
	assert_contains "$OUT" "$text"
done
for line in '^file +[0-9]+ ' '^domain +6 ' '^table +[0-9]+ ' \
    '^file:/etc/nova/nova.conf +1\.[0-9] kB$' '^file:/etc/nova +-  folder$' \
    '^domain:instance-0000005b .*  autostart$' \
    '^domain:instance-0000005f .*  from /var/lib/nova/.*libvirt had lost it$' \
    '^table:nova.volumes .* rows?$'; do
	assert "a line fits $line" grep -qE "$line" "$OUT"
done
for secret in n0va-Pass r00t-Pass ch4p-Secret; do
	assert_lacks "$OUT" "$secret"
done

# --- what was looked at comes last
coverage() { # FILE LINE: the lines of the statement
	sed -n '/^coverage /,/^audit: /p' "$1" | sed '$d'
}
assert "the coverage statement is the end" grep -qE \
    '^coverage +[0-9]+ kinds of place looked at: [0-9]+ found, [0-9]+ absent here$' "$OUT"
assert_equal "three lines of it" 3 "$(coverage "$OUT" | wc -l)"
read -r looked found absent < <(sed -nE 's/^coverage +([0-9]+) [^:]*: ([0-9]+) found, ([0-9]+) absent.*/\1 \2 \3/p' "$OUT")
assert_equal "it adds up" "$looked" "$((found + absent))"

# --- the same as one document
expect_exit 0 novark audit a.bundle --trust "$PUB" --json
jq '.bundles[0]' "$OUT" >doc
assert_equal "members" "1 audit done 0 0 cloud01" \
    "$(jq -r '"\(.schema_version) \(.command) \(.outcome) \(.exit) \(.errors | length) \(.bundles[0].host)"' "$OUT")"
assert_equal "coverage" "$looked $found $absent" \
    "$(jq -r '.coverage | "\(.looked_at) \(.found) \(.absent)"' doc)"
assert_equal "found are those that have places" "$found" \
    "$(jq '[.coverage.kinds[][] | select(. > 0)] | length' doc)"
assert_equal "kinds by their names" "1 6 2" "$(jq -r '.coverage.kinds |
    "\(.option["VNC listen address"]) \(.file["libvirt.xml of an instance"]) \(.column["iSCSI portal of a volume"])"' doc)"
assert_equal "history is that of the tables" "$(jq .coverage.history.rows doc)" 2
assert "no certificate" jq -e '.certificates == []' doc
expect_exit 0 novark audit b.bundle --trust "$PUB"
assert_contains "$OUT" "files and their options were not looked at"
assert_contains "$OUT" "definitions were not looked at"
assert_lacks "$OUT" "databases were not looked at"
assert_equal "items" "$(jq '[.kinds[].items] | add' doc)" "$(jq '.items | length' doc)"
assert_equal "the lost domain" "/var/lib/nova/instances/instance-0000005f/libvirt.xml" \
    "$(jq -r '.items[] | select(.name == "domain:instance-0000005f") | .libvirt.recovered_from' doc)"
assert_equal "own address" "10.2.116.14" "$(jq -r '.own_addresses[0].address' doc)"
assert_equal "rows" "$(jq '[.items[] | select(.kind == "table") | .table.rows] | add' doc)" \
    "$(novark audit a.bundle --trust "$PUB" | awk '/^table:/ { n += $(NF - 1) } END { print n }')"
assert "bytes of every part" jq -e '[.stored.files, .stored.libvirt, .stored.database] | min > 0' doc

# --- a listing reads no part: one that is broken goes unseen, and it says so
expect_exit 0 novark audit a.bundle --trust "$PUB" --list
assert_equal "outcome of a listing" \
    "audit: signature holds; the digests of the parts were not checked" "$(tail -n 1 "$OUT")"
assert_contains "$OUT" "file:/etc/nova/nova.conf"
flip a.bundle bad.bundle $(($(stat -c %s a.bundle) - 3000))
expect_exit 0 novark audit bad.bundle --trust "$PUB" --list
expect_exit 3 novark audit bad.bundle --trust "$PUB"
assert "REFUSED is the last word" grep -q "^audit: REFUSED: bad.bundle" <(tail -n 1 "$OUT")

# --- without --trust all is shown, but nobody vouches for it
expect_exit 3 novark audit a.bundle
assert_contains "$OUT" "file:/etc/nova/nova.conf"
assert_contains "$OUT" "signed by   not checked"
assert "the last line says so" grep -q \
    "^audit: REFUSED: all digests hold; nobody vouches for it: without --trust" <(tail -n 1 "$OUT")
expect_exit 3 novark audit a.bundle --list --json
assert_equal "document" "refused 3 null" \
    "$(jq -r '"\(.outcome) \(.exit) \(.bundles[0].signer)"' "$OUT")"
for look in "--cat file:/etc/nova/nova.conf" "--find 10.2.116.14" --draft-map "--diff b.bundle"; do
	# Words on purpose.
	# shellcheck disable=SC2086
	expect_exit 3 novark audit a.bundle $look
	assert_contains <(cat "$OUT" "$ERR") "nobody vouches for it"
done

# --- the wrong key: nothing of the contents is shown
novark keygen --out other >/dev/null
for how in "" --list --json --draft-map "--find 10.2.116.14" "--cat file:/etc/nova/nova.conf"; do
	# shellcheck disable=SC2086
	expect_exit 3 novark audit a.bundle --trust other.pub $how
	for text in cloud01 10.2.116 nova.conf; do
		! grep -F "$text" "$OUT" "$ERR" | grep -vF -- "--cat" ||
		    fail "$text is shown of a bundle that is refused ($how)"
	done
done
expect_exit 3 novark audit a.bundle --trust other.pub
assert_contains "$ERR" "the signature does not hold"
assert_equal "outcome" "audit: REFUSED: a.bundle" "$(tail -n 1 "$ERR")"
expect_exit 1 novark audit a.bundle --trust none.pub
assert_contains "$ERR" "none.pub"
expect_exit 1 novark audit a.bundle --trust "$KEY"

# --- several: each for itself, the worst decides
expect_exit 0 novark audit a.bundle b.bundle --trust "$PUB"
assert_contains "$OUT" "a.bundle: signature and all digests hold"
assert_contains "$OUT" "b.bundle: signature and all digests hold"
assert_equal "outcome of two" "audit: 2 of 2 files hold; joined: nothing is missing" "$(tail -n 1 "$OUT")"
expect_exit 3 novark audit none.bundle bad.bundle a.bundle --trust "$PUB"
assert_contains "$OUT" "a.bundle: signature and all digests hold"
assert "outcome of three" grep -q "^audit: REFUSED: 1 of 3 files hold$" <(tail -n 1 "$OUT")
expect_exit 1 novark audit none.bundle a.bundle --trust "$PUB" --json
assert_equal "outcomes" "failed done" "$(jq -r '[.bundles[].outcome] | join(" ")' "$OUT")"

# --- anybody who can read the file can audit it
if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null; then
	mkdir open
	chmod 755 . open
	cp a.bundle open/
	cp "$PUB" open/key.pub
	cp "$NOVARK" open/novark
	chmod 644 open/a.bundle open/key.pub
	chmod 755 open/novark
	if (cd open && setpriv --reuid 65534 --regid 65534 --clear-groups test -r a.bundle); then
		expect_exit 0 setpriv --reuid 65534 --regid 65534 --clear-groups \
		    open/novark audit open/a.bundle --trust open/key.pub
	fi
fi
