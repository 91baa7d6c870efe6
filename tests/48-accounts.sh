#!/bin/bash
# MySQL accounts that are bound to an address: captured without any password,
# renamed with all their rights, taken back, gone on with; what a login may not
# do is told with the statement that does it.
. "$(dirname "$0")/lib/lib.sh"

site_new files db
story_load 4
secret='n0vark-Geheim' # of every account; its hash must stand nowhere
sql "CREATE USER nova@'10.2.116.14' IDENTIFIED BY '$secret';
    CREATE USER glance@'10.2.116.%' IDENTIFIED BY '$secret';
    CREATE USER cinder@'10.2.116.0/255.255.255.0' IDENTIFIED BY '$secret';
    CREATE USER keystone@'10.2.%' IDENTIFIED BY '$secret';
    CREATE USER wide@'10.2.112.0/255.255.240.0' IDENTIFIED BY '$secret';
    CREATE USER far@'192.0.2.7' IDENTIFIED BY '$secret';
    CREATE USER dns@'10.2.116.53' IDENTIFIED BY '$secret';
    CREATE USER named@'ctl.old.example' IDENTIFIED BY '$secret';
    CREATE USER ''@'10.2.116.15' IDENTIFIED BY '$secret';
    CREATE USER 'we''ird\`x'@'10.2.116.16' IDENTIFIED BY '$secret';
    CREATE USER six@'2001:db8:1::14' IDENTIFIED BY '$secret';
    CREATE USER local@localhost IDENTIFIED BY '$secret';
    CREATE USER all_@'%' IDENTIFIED BY '$secret';
    CREATE USER loopy@'127.0.0.1' IDENTIFIED BY '$secret';
    CREATE ROLE role_"
hash=$(sql "SELECT PASSWORD('$secret')")
sql nova "CREATE PROCEDURE p() SELECT 1;
    GRANT role_ TO nova@'10.2.116.14';
    GRANT PROCESS ON *.* TO nova@'10.2.116.14';
    GRANT SELECT, INSERT ON nova.* TO nova@'10.2.116.14' WITH GRANT OPTION;
    GRANT DELETE ON nova.volumes TO nova@'10.2.116.14';
    GRANT UPDATE (host) ON nova.instances TO nova@'10.2.116.14';
    GRANT EXECUTE ON PROCEDURE nova.p TO nova@'10.2.116.14';
    GRANT ALL ON glance.* TO glance@'10.2.116.%'"
cat >"$TMPDIR/map" <<'END_MAP'
10.2.116.0/24   = 10.2.15.0/24
10.2.116.14     = 10.2.15.3
10.2.116.53     = 10.2.15.54
2001:db8:1::/64 = 2001:db8:2::/64
name ctl.old.example = ctl.new.example
END_MAP

accounts() { # all there are
	sql "SELECT CONCAT(User, '@', Host) FROM mysql.user ORDER BY 1"
}
grants() { # USER HOST...: what they may do, but for their name
	local host user=$1
	for host in "${@:2}"; do
		sql "SHOW GRANTS FOR '$user'@'$host'" | sed "s/\`$host\`/HOST/"
	done
}
accounts >"$TMPDIR/accounts"
grants nova 10.2.116.14 >"$TMPDIR/grants"
assert_equal "nova has rights of each kind" 6 "$(wc -l <"$TMPDIR/grants")"

# --- captured: those bound to an address or a name, no other, and no hash
expect_exit 0 site_snapshot "$TMPDIR/b" --only 'account:*' --only 'table:nova.volumes'
expect_exit 0 novark audit "$TMPDIR/b" --trust "$PUB" --list
for a in nova@10.2.116.14 glance@10.2.116.% cinder@10.2.116.0/255.255.255.0 \
    keystone@10.2.% far@192.0.2.7 dns@10.2.116.53 named@ctl.old.example \
    @10.2.116.15 "we'ird\`x@10.2.116.16" six@2001:db8:1::14; do
	assert_contains "$OUT" "account:$a "
done
for a in local@ all_@ loopy@ role_@ root@localhost; do
	assert_lacks "$OUT" "account:$a"
done
expect_exit 0 novark audit "$TMPDIR/b" --trust "$PUB" --cat account:nova@10.2.116.14
printf '%s\n' 'nova account nova 10.2.116.14' 'nova server *.* PROCESS' \
    'nova schema nova INSERT,SELECT,GRANT OPTION' 'nova table nova.volumes DELETE' \
    'nova column nova.instances.host UPDATE' 'nova routine nova.p EXECUTE' |
    tr ' ' '\t' | sed 's/GRANT\tOPTION/GRANT OPTION/' |
    sed "s/^nova/$(cut -f 1 "$OUT" | head -n 1)/" >"$TMPDIR/want"
assert_same "$TMPDIR/want" "$OUT"
expect_exit 0 novark audit "$TMPDIR/b" --trust "$PUB" --json
assert_equal "in JSON" "nova 10.2.116.14" "$(jq -r '.bundles[0].items[] |
    select(.name == "account:nova@10.2.116.14") | "\(.account.user) \(.account.host)"' "$OUT")"
expect_exit 0 novark audit "$TMPDIR/b" --trust "$PUB" --find 10.2.116.14
assert_contains "$OUT" "account:nova@10.2.116.14"
tar -xOf "$TMPDIR/b" MANIFEST.json >"$TMPDIR/manifest"
assert "the index counts it" grep -q '^"10.2.116.14":' "$TMPDIR/manifest"
tar -xOf "$TMPDIR/b" database.tar.zst | zstd -dc >"$TMPDIR/database.tar"
for file in "$TMPDIR/manifest" "$TMPDIR/database.tar"; do
	assert "no hash in $file" test "$(grep -acF -e "${hash#\*}" -e "$secret" "$file")" = 0
done
expect_exit 0 site_snapshot "$TMPDIR/none" --no-database
expect_exit 0 novark audit "$TMPDIR/none" --trust "$PUB" --list
assert_lacks "$OUT" account:
expect_exit 0 site_snapshot "$TMPDIR/none" --not 'account:*' --force
expect_exit 0 novark audit "$TMPDIR/none" --trust "$PUB" --list
assert_lacks "$OUT" account:nova

# --- planned and made: the rights go along
base=("$TMPDIR/b" --trust "$PUB" --map-file "$TMPDIR/map" "${SITE_ARGS[@]}")
one=("${base[@]}" --only account:nova@10.2.116.14)
move=("${base[@]}" --only 'account:*' --only 'table:nova.volumes')
expect_exit 0 novark restore "${move[@]}" --dry-run
assert_contains "$OUT" "+nova@10.2.15.3"
assert_contains "$OUT" "+glance@10.2.15.%"
assert_contains "$OUT" "+cinder@10.2.15.0/255.255.255.0"
assert_contains "$OUT" "+six@2001:db8:2::14"
assert_contains "$OUT" "+named@ctl.new.example"
assert_contains "$OUT" "held      account:wide@10.2.112.0/255.255.240.0: a pattern wider than the rule: "
assert_lacks "$OUT" keystone@ # what moves stays below it
assert "a line of the summary" grep -qE '^account +0 +8 +1 +0 +0' "$OUT"
accounts >"$TMPDIR/now"
assert_same "$TMPDIR/accounts" "$TMPDIR/now"
expect_exit 4 novark verify "${move[@]}"
assert_contains "$OUT" "account:nova@10.2.116.14"

# A part of a network that stays: nobody knows whether the account is for that.
echo 'keep 10.2.116.77' >>"$TMPDIR/map"
expect_exit 0 novark restore "${move[@]}" --dry-run
assert_contains "$OUT" "held      account:glance@10.2.116.%: a pattern of which other rules keep or move a part"
expect_exit 0 novark restore "${move[@]}" --dry-run --also 'account:glance@*'
assert_contains "$OUT" "+glance@10.2.15.%"
sed -i '/^keep/d' "$TMPDIR/map"

expect_exit 0 novark restore "${move[@]}" --yes
cp "$OUT" "$TMPDIR/said"
cat "$ERR" >>"$TMPDIR/said"
accounts >"$TMPDIR/after"
sed -e 's/^nova@10.2.116.14/nova@10.2.15.3/' -e 's/^dns@10.2.116.53/dns@10.2.15.54/' -e 's/^\(glance\|cinder\)@10.2.116/\1@10.2.15/' \
    -e 's/^@10.2.116.15/@10.2.15.15/' -e 's/^\(we.*\)@10.2.116.16/\1@10.2.15.16/' \
    -e 's/old.example/new.example/' -e 's/db8:1/db8:2/' "$TMPDIR/accounts" | sort >"$TMPDIR/want"
sort "$TMPDIR/after" >"$TMPDIR/now"
assert_same "$TMPDIR/want" "$TMPDIR/now"
grants nova 10.2.15.3 >"$TMPDIR/now"
assert_same "$TMPDIR/grants" "$TMPDIR/now"
expect_exit 0 novark verify "${move[@]}"
expect_exit 0 novark restore "${move[@]}" --yes
assert_contains "$OUT" "nothing to do"

# --- no hash on a screen, in the journal, in the receipt
for file in "$TMPDIR/said" "$ROOT"/var/lib/novark/*/*; do
	assert "no hash in ${file##*/}" test "$(grep -acF -e "${hash#\*}" -e "$secret" "$file")" = 0
done

# --- taken back
expect_exit 0 novark restore --undo --root "$ROOT" --yes
accounts >"$TMPDIR/now"
assert_same "$TMPDIR/accounts" "$TMPDIR/now"
grants nova 10.2.116.14 >"$TMPDIR/now"
assert_same "$TMPDIR/grants" "$TMPDIR/now"

# --- rows fail behind the accounts: stopped part-way, gone on with
sql nova "CREATE TRIGGER no BEFORE UPDATE ON volumes FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not today'"
expect_exit 5 novark restore "${move[@]}" --yes
accounts >"$TMPDIR/now"
assert_same "$TMPDIR/after" "$TMPDIR/now"
sql nova "DROP TRIGGER no"
expect_exit 0 novark restore --resume --root "$ROOT" --yes
expect_exit 0 novark verify "${move[@]}"
expect_exit 0 novark restore --undo --root "$ROOT" --yes
accounts >"$TMPDIR/now"
assert_same "$TMPDIR/accounts" "$TMPDIR/now"

# --- both names are here, and neither
sql "CREATE USER nova@'10.2.15.3'"
expect_exit 6 novark restore "${one[@]}" --yes
assert_contains "$OUT" "finding   account-exists: account:nova@10.2.116.14"
expect_exit 0 novark restore "${one[@]}" --yes --force-preflight account-exists
sql "DROP USER nova@'10.2.15.3'; RENAME USER nova@'10.2.116.14' TO away@'10.2.15.9'"
expect_exit 0 novark restore "${one[@]}" --yes
assert_contains "$OUT" "has no such account (nor one at 10.2.15.3), and none is made"
assert_contains "$OUT" "it had rights on: server *.*, schema nova, table nova.volumes,"
sql "RENAME USER away@'10.2.15.9' TO nova@'10.2.116.14'"

# --- a definer keeps its old name
sql nova "CREATE DEFINER=nova@'10.2.116.14' VIEW v AS SELECT 1"
expect_exit 6 novark restore "${one[@]}" --yes
assert_contains "$OUT" "account-definer: account:nova@10.2.116.14"
assert_contains "$OUT" "1 view on"
expect_exit 4 novark restore "${one[@]}" --yes --force-preflight account-definer
assert_contains "$OUT" "account:nova@10.2.116.14 DEFINER: of 1 view on"
sql nova "DROP VIEW v"
expect_exit 0 novark verify "${one[@]}"
expect_exit 0 novark restore --undo --root "$ROOT" --yes

# --- rights that a server left under the old name, when it went down amidst a rename
sql "RENAME USER nova@'10.2.116.14' TO nova@'10.2.15.3';
    INSERT INTO mysql.db (Host, Db, User, Select_priv) VALUES ('10.2.116.14', 'glance', 'nova', 'Y')"
expect_exit 4 novark verify "${one[@]}"
assert_contains "$OUT" "account:nova@10.2.116.14 GRANT: "
sql "DELETE FROM mysql.db WHERE User = 'nova' AND Db = 'glance'; FLUSH PRIVILEGES"
expect_exit 0 novark verify "${one[@]}"
sql "RENAME USER nova@'10.2.15.3' TO nova@'10.2.116.14'"

# --- logins that may less
login() { # NAME: options for it, with the password of all
	printf '[client]\nsocket=%s\nuser=%s\npassword=%s\n' "$SOCKET" "$1" "$secret" >"$TMPDIR/$1.cnf"
	chmod 600 "$TMPDIR/$1.cnf"
}
as() { # NAME COMMAND...: with --defaults-file of that login
	local cnf=$TMPDIR/$1.cnf
	set -- "${@:2}"
	novark "${@/#$CNF/$cnf}"
}
login reader
login blind
sql "CREATE USER reader@localhost IDENTIFIED BY '$secret';
    CREATE USER blind@localhost IDENTIFIED BY '$secret';
    GRANT SELECT ON *.* TO reader@localhost;
    GRANT ALL ON nova.* TO blind@localhost"
statement="RENAME USER 'nova'@'10.2.116.14' TO 'nova'@'10.2.15.3';"
for name in reader blind; do
	expect_exit 6 as $name restore "${one[@]}" --yes
	assert_contains "$OUT" "finding   account: account:nova@10.2.116.14"
	assert_contains "$OUT" "$statement"
	expect_exit 0 as $name restore "${one[@]}" --dry-run --force-preflight account
done
accounts | grep -v -e ^reader -e ^blind >"$TMPDIR/now"
assert_same "$TMPDIR/accounts" "$TMPDIR/now"
sql "${statement%;}"
expect_exit 0 as reader restore "${one[@]}" --yes
assert_contains "$OUT" "nothing to do"
expect_exit 0 as blind verify "${one[@]}"
assert_contains "$OUT" "may not read the accounts"
expect_exit 0 as blind snapshot --output "$TMPDIR/blind" --sign "$KEY" "${SITE_ARGS[@]}" \
    --only 'account:*' --only 'table:nova.volumes'
assert_contains "$ERR" "accounts bound to an address cannot be read by this login"
sql "RENAME USER nova@'10.2.15.3' TO nova@'10.2.116.14'"

# --- as a program reads it, and as a plan that was saved
expect_exit 0 novark restore "${one[@]}" --dry-run --json --save-plan "$TMPDIR/plan"
assert_equal "in JSON" "change account nova@10.2.116.14 nova@10.2.15.3" "$(jq -r '.changes[] |
    "\(.type) \(.kind) \(.cells[0].before) \(.cells[0].after)"' "$OUT")"
expect_exit 0 novark restore "${one[@]}" --plan "$TMPDIR/plan" --yes
cat "$ROOT"/var/lib/novark/*/receipt.json >"$TMPDIR/receipts"
assert_contains "$TMPDIR/receipts" "\"item\":\"account:nova@10.2.116.14\",\"what\":\"change\""
expect_exit 0 novark restore --undo --root "$ROOT" --yes

# --- each database with a login of its own: the one that may is taken
sql "CREATE USER may@localhost IDENTIFIED BY '$secret';
    GRANT ALL ON *.* TO may@localhost"
mkdir -p "$TMPDIR/two/etc/nova" "$TMPDIR/two/etc/keystone"
printf '[database]\nconnection=mysql://blind:%s@localhost/nova?unix_socket=%s\n' \
    "$secret" "$SOCKET" >"$TMPDIR/two/etc/nova/nova.conf"
printf '[database]\nconnection=mysql://may:%s@localhost/keystone?unix_socket=%s\n' \
    "$secret" "$SOCKET" >"$TMPDIR/two/etc/keystone/keystone.conf"
expect_exit 0 novark snapshot --output "$TMPDIR/b2" --sign "$KEY" --root "$TMPDIR/two" \
    --no-libvirt --only 'account:nova@*'
assert_lacks "$ERR" "cannot be read"
expect_exit 0 novark restore "$TMPDIR/b2" --trust "$PUB" --map-file "$TMPDIR/map" \
    --defaults-file "$CNF" --root "$ROOT" --no-libvirt --only 'account:nova@*' --yes
expect_exit 0 novark restore --undo --root "$ROOT" --yes
accounts | grep -v -e ^reader -e ^blind -e ^may@ >"$TMPDIR/now"
assert_same "$TMPDIR/accounts" "$TMPDIR/now"
