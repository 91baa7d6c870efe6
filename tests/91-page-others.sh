#!/bin/bash
# Pages of all else, in a real browser: several bundles and a folder of them, an
# encrypted one that is shut and opened, drift, a restore that stopped, going on
# and back, a receipt of one that left something; instances by all their names.
# takes long
. "$(dirname "$0")/lib/lib.sh"
. "$lib/page.sh"

need openssl

site_new
story_load 3
cd "$TMPDIR"
story_move move.map
move=("$TMPDIR/all" --trust "$PUB" --map-file "$TMPDIR/move.map" "${SITE_ARGS[@]}")
again=(--root "$ROOT" --yes)
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 365 \
    -subj "/O=new/CN=new site" -keyout new.key -out new.pem 2>/dev/null
mkdir folder
expect_exit 0 site_snapshot all
expect_exit 0 site_snapshot folder/rows.bundle --no-libvirt
expect_exit 0 site_snapshot folder/files.bundle --no-libvirt --no-database
expect_exit 0 site_snapshot sealed --encrypt-to new.pem

page 0 joined audit all folder/files.bundle --trust "$PUB"
page 4 folder audit folder --trust "$PUB"
page 0 shut audit sealed --trust "$PUB"
page 0 opened audit sealed --trust "$PUB" --decrypt new.key

# A later row fails; then it goes on, is taken back, and drifts.
sql nova "CREATE TRIGGER no BEFORE UPDATE ON volumes FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not today'"
page 5 partial restore "${move[@]}" --yes
sql nova "DROP TRIGGER no"
expect_exit 1 novark restore --resume "${again[@]}" --html "$pages/partial.html"
assert_contains "$ERR" "--force"
page 0 resumed restore --resume "${again[@]}"
page 0 undone restore --undo "${again[@]}"
sql nova "UPDATE floating_ips SET address = '10.9.9.9' WHERE id = 1"
page 6 drift restore "${move[@]}" --dry-run
sql nova "UPDATE floating_ips SET address = '$OLD' WHERE id = 1"

# A file that came later is left over; findings were waived.
printf '[DEFAULT]\nmy_ip = %s\n' "$OLD" >"$ROOT/etc/nova/later.conf"
page 4 left restore "${move[@]}" --yes --sign "$KEY" --receipt "$TMPDIR/ticket.json"
page 0 receipt audit ticket.json --trust "$PUB"
sed -i 's/^--my_ip=.*/--my_ip=10.9.9.9/' "$ROOT/etc/nova/nova.conf"
page 6 changed restore --undo "${again[@]}"
page 1 failed restore "${move[@]/$TMPDIR\/all/$TMPDIR/none}" --dry-run

browse others
