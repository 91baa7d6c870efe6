#!/bin/bash
# What no catalogue lists: tables and files of nobody's, base64 and gzip, config
# drives.  A snapshot finds and says it, audit shows it, a restore leaves it
# alone and says so, --also releases what can be, --no-sweep looks at none of it.
. "$(dirname "$0")/lib/lib.sh"
need jq

site_new
story_load 4
cd "$TMPDIR" || exit

# --- plant
sql nova "
CREATE TABLE plugin_state (name varchar(40) PRIMARY KEY, n int, data text);
INSERT INTO plugin_state VALUES ('portal', 1, 'http://$OLD:8080/x'),
    ('near', 2, 'http://${OLD}0:8080/x'), ('none', 3, NULL),
    ('coded', 4, TO_BASE64('#!/bin/sh\nping $OLD\n'));
CREATE TABLE plugin_keyless (data text);
INSERT INTO plugin_keyless VALUES ('$OLD');
CREATE TABLE plugin_clean (id int PRIMARY KEY, data text);
INSERT INTO plugin_clean VALUES (1, 'nothing');
CREATE TABLE shadow_instances (id int PRIMARY KEY, access_ip_v4 varchar(39));
INSERT INTO shadow_instances VALUES (1, '$OLD'), (2, '$OLD'), (3, '10.9.9.9');
UPDATE instances SET user_data = '$(printf '#!/bin/sh\necho %s >/etc/motd\n' "$OLD" |
    gzip -n | base64 -w 0)' WHERE id = 93"
mkdir -p "$ROOT/etc/monitor/conf.d" "$ROOT/etc/ssl/certs"
printf 'server = %s\nother = %s0\n' "$OLD" "$OLD" >"$ROOT/etc/monitor/conf.d/agent.conf"
printf 'peer %s\n' "$OLD" >"$ROOT/etc/absent.conf"
printf '%s0\n' "$OLD" >"$ROOT/etc/near.conf"
printf '%s\n' "$OLD" >"$ROOT/etc/ssl/certs/x.pem"
drive=/var/lib/nova/instances/instance-0000005f/disk.config
{
	head -c 100000 /dev/zero
	printf 'address %s\n' "$OLD"
	head -c 100000 /dev/zero
} >"$ROOT$drive"
printf 'boot %s\n' "$OLD" >"$ROOT${drive%/*}/console.log"

# --- snapshot: everything is found, and what is found is said
expect_exit 0 site_snapshot b
assert_contains "$ERR" "table:nova.plugin_state: outside the catalogue: 2 rows hold"
assert_contains "$ERR" "table:nova.plugin_keyless: outside the catalogue: 1 rows hold"
assert_contains "$ERR" "table:nova.shadow_instances: 2 rows hold an address of this node; counted"
assert_contains "$ERR" "file:/etc/absent.conf: outside the catalogue: it holds"
assert_contains "$ERR" "$drive: an image that holds"
assert_lacks "$ERR" plugin_clean
tar -xOf b MANIFEST.json >manifest
items() { # CONDITION
	jq -r ".items[] | select($1) | .name" manifest | sort | paste -sd ' '
}
assert_equal "tables outside" "table:nova.plugin_keyless table:nova.plugin_state" \
    "$(items .table.outside)"
assert_equal "files outside" "file:/etc/absent.conf file:/etc/monitor/conf.d/agent.conf" \
    "$(items '.file.set == "outside"')"
assert_equal "what was found" "3 2" "$(jq -r '.sweep | "\(.found_rows) \(.found_files)"' manifest)"
expect_exit 0 novark audit b --trust "$PUB" --list
assert "tables outside are marked" grep -q \
    '^table:nova.plugin_state .* 2 rows, outside the catalogue$' "$OUT"
assert "files outside are marked" grep -q \
    '^file:/etc/absent.conf .* outside the catalogue$' "$OUT"
expect_exit 0 novark audit b --trust "$PUB" --cat table:nova.plugin_state
assert_equal "only rows that hold it" "coded portal" "$(cut -f 1 "$OUT" | paste -sd ' ')"

# --- audit: base64 and gzip are looked into, and not shown beyond the address
expect_exit 0 novark audit b --trust "$PUB" --find "$OLD"
assert "user data" grep -q \
    "^row:nova.instances:93.user_data (base64 gzip).$OLD.*(inside base64 gzip)" "$OUT"
assert "base64 of a plugin" grep -q \
    "^row:nova.plugin_state:coded.data (base64).$OLD.*(inside base64)" "$OUT"
assert_lacks "$OUT" motd
expect_exit 0 novark audit b --trust "$PUB" --draft-map
assert_contains "$OUT" "held: inside base64"

# --- restore: all of it is held, with the reason
rm "$ROOT/etc/absent.conf"
sql nova "DELETE FROM plugin_state WHERE name = 'portal'"
story_move map
move=(b --trust "$PUB" --map-file map "${SITE_ARGS[@]}")
expect_exit 0 novark restore "${move[@]}" --yes
for text in "file:/etc/absent.conf: outside the catalogue: it is not made here" \
    "file:/etc/monitor/conf.d/agent.conf [" "row:nova.plugin_state:portal" \
    "row:nova.plugin_state:coded data (base64): inside base64: $OLD" \
    "row:nova.instances:93 user_data (base64 gzip): inside base64 gzip: $OLD" \
    "look after 2 places held: inside base64 or gzip: row:nova."; do
	assert_contains "$OUT" "$text"
done
assert_equal "a row outside stays gone" 0 \
    "$(sql nova "SELECT COUNT(*) FROM plugin_state WHERE name = 'portal'")"
assert_file_absent "$ROOT/etc/absent.conf"
assert_contains "$ROOT/etc/monitor/conf.d/agent.conf" "server = $OLD"
assert_contains "$ROOT$drive" "$OLD"

# --- verify: held is no failure; what nobody captured is seen, too
printf 'x %s\n' "$OLD" >"$ROOT/etc/late.conf"
expect_exit 0 novark verify "${move[@]}"
assert_contains "$OUT" "file:/etc/late.conf line 1: outside the catalogue: x $OLD"
assert_contains "$OUT" "file:$drive: inside an image, which is never changed: $OLD"

# --- --also releases all but what is coded
rm "$ROOT/etc/late.conf"
expect_exit 0 novark restore "${move[@]}" --yes --also 'file:/etc/*' \
    --also 'table:nova.plugin_state' --also 'row:nova.*'
assert_contains "$ROOT/etc/absent.conf" "peer $NEW"
assert_contains "$ROOT/etc/monitor/conf.d/agent.conf" "server = $NEW"
assert_contains "$ROOT/etc/monitor/conf.d/agent.conf" "other = ${OLD}0"
assert_equal "the row is back, mapped" "http://$NEW:8080/x" \
    "$(sql nova "SELECT data FROM plugin_state WHERE name = 'portal'")"
assert_equal "a near miss stays" "http://${OLD}0:8080/x" \
    "$(sql nova "SELECT data FROM plugin_state WHERE name = 'near'")"
assert_equal "base64 stays" "#!/bin/sh ping $OLD" \
    "$(sql nova "SELECT REPLACE(FROM_BASE64(data), '\n', ' ') FROM plugin_state
	WHERE name = 'coded'" | sed 's/ *$//')"
assert_contains "$OUT" "user_data (base64 gzip): inside base64 gzip: $OLD"

# --- --no-sweep: none of it, and the bundle says so
expect_exit 0 site_snapshot c --no-sweep
assert_contains "$ERR" "was not searched for addresses of this node: --no-sweep"
tar -xOf c MANIFEST.json >manifest
assert_equal "nothing outside" "" "$(items '.table.outside or .file.set == "outside"')"
assert_equal "no sweep" null "$(jq -c .sweep manifest)"

# --- --address: another address of the node
sql nova "INSERT INTO plugin_clean VALUES (2, 'at 10.77.0.9, or [2001:DB8::77]:80')"
for address in 10.77.0.9 2001:db8:0::77; do
	expect_exit 0 site_snapshot c --force --address "$address"
	tar -xOf c MANIFEST.json >manifest
	assert_contains manifest '"table:nova.plugin_clean"'
	assert_contains manifest '"where":"--address"'
done
