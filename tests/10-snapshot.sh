#!/bin/bash
# snapshot as its user meets it: what it says, what the options leave out, what
# stops it, and that nothing is left when it is stopped.
. "$(dirname "$0")/lib/lib.sh"
need jq

site_new
story_load 6
cd "$TMPDIR" || exit
mkdir b

# --- the result: items by kind, rows, size, identity, signer
expect_exit 0 site_snapshot b/a.bundle
for kind in file domain table; do
	assert "tells the number of ${kind}s" grep -qE "^$kind +[0-9]+" "$OUT"
done
assert_contains "$OUT" "signer    SHA256:"
assert "the outcome is last" grep -qE \
    '^snapshot: done: b/a.bundle, [0-9]+ items, [0-9]+ rows, ' <(tail -n 1 "$OUT")
assert_mode 600 b/a.bundle
assert_contains "$ERR" "libvirt has lost domain instance-0000005f"
for secret in n0va-Pass r00t-Pass ch4p-Secret; do
	assert_lacks "$OUT" "$secret"
	assert_lacks "$ERR" "$secret"
done
assert_lacks "$ERR" "$(printf '\033')"

# --- quiet: no notes, the result stays
expect_exit 0 site_snapshot b/b.bundle --quiet
assert_equal "nothing on stderr" "" "$(cat "$ERR")"
assert_contains "$OUT" "snapshot: done: b/b.bundle"

# --- one document
expect_exit 0 site_snapshot b/c.bundle --json
assert_equal "document" "snapshot done 0 6 b/c.bundle" \
    "$(jq -r '"\(.command) \(.outcome) \(.exit) \(.items.domain) \(.file)"' "$OUT")"
assert_equal "size" "$(stat -c %s b/c.bundle)" "$(jq .size "$OUT")"

# --- an existing file stays, unless --force
cp b/a.bundle before
expect_exit 1 site_snapshot b/a.bundle
assert_contains "$ERR" "b/a.bundle"
assert_equal "outcome" "snapshot: FAILED: no bundle was written" "$(tail -n 1 "$ERR")"
assert_same b/a.bundle before
expect_exit 0 site_snapshot b/a.bundle --force
assert "replaced" test "$(cksum <b/a.bundle)" != "$(cksum <before)"

# --- parts left out, items chosen
kinds() { # FILE: kinds of items, "file:66 ..."
	novark audit "$1" --trust "$PUB" --json |
	    jq -r '.bundles[0].kinds | to_entries | map(select(.value.items > 0) |
		"\(.key):\(.value.items)") | join(" ")'
}
expect_exit 0 site_snapshot b/d.bundle --no-libvirt --no-database
assert "only files" grep -qE '^file:[0-9]+$' <(kinds b/d.bundle)
expect_exit 0 site_snapshot b/e.bundle --no-files --no-libvirt
assert "only the database's" grep -qE '^table:[0-9]+( account:[0-9]+)?$' <(kinds b/e.bundle)
expect_exit 0 site_snapshot b/f.bundle --no-files --no-database --not 'domain:*5e'
assert_equal "only domains, but one" "domain:5" "$(kinds b/f.bundle)"
expect_exit 0 site_snapshot b/g.bundle --only 'table:nova.volumes' --only 'domain:*5f'
assert_equal "what was named" "domain:1 table:1" "$(kinds b/g.bundle)"

# --- what stops it: a message that names the thing and the way out; no bundle
stops() { # CODE TEXT ARGUMENT...
	local code=$1 text=$2
	shift 2
	expect_exit "$code" novark snapshot --output b/no.bundle "$@"
	assert_contains "$ERR" "$text"
	assert_file_absent b/no.bundle
}
stops 1 "none.key" --sign none.key "${SITE_ARGS[@]}"
stops 1 "key.pub" --sign "$PUB" "${SITE_ARGS[@]}"
cp "$KEY" open.key
chmod 644 open.key
stops 1 "open.key" --sign open.key "${SITE_ARGS[@]}"
stops 1 "--no-libvirt" --sign "$KEY" --root "$ROOT" --defaults-file "$CNF" \
    --connect "qemu+unix:///system?socket=$TMPDIR/none"
printf '[client]\nsocket=%s/none\n' "$TMPDIR" >none.cnf
stops 1 "--no-database" --sign "$KEY" --root "$ROOT" --connect "$URI" \
    --defaults-file none.cnf
stops 1 "none" --sign "$KEY" --root "$TMPDIR/none" --no-libvirt --no-database
expect_exit 1 novark snapshot --output none/x --sign "$KEY" "${SITE_ARGS[@]}"
assert_contains "$ERR" "none"

# --- a signal: exit 1, the outcome, one document, nothing left
ls -A b >list
for signal in INT TERM HUP; do
	for json in "" --json; do
		code=0
		# Stopped at the database, which does not answer.
		kill -STOP "$DB_PID"
		# A shell leaves SIGINT ignored in what it starts behind "&".
		env --default-signal=INT "$NOVARK" snapshot --output b/no.bundle \
		    --sign "$KEY" "${SITE_ARGS[@]}" $json >"$OUT" 2>"$ERR" </dev/null &
		pid=$!
		sleep 1
		kill "-$signal" "$pid"
		wait "$pid" || code=$?
		kill -CONT "$DB_PID"
		assert_equal "exit after SIG$signal $json" 1 "$code"
		assert_equal "outcome after SIG$signal" \
		    "snapshot: FAILED: interrupted, nothing was changed" "$(tail -n 1 "$ERR")"
		[ -z "$json" ] || assert_equal "document after SIG$signal" "failed 1" \
		    "$(jq -r '"\(.outcome) \(.exit)"' "$OUT")"
		assert_equal "nothing is left" "$(cat list)" "$(ls -A b)"
	done
done

# --- a terminal sees a bar, in colour unless NO_COLOR; a dumb one does not
if command -v script >/dev/null; then
	terminal() { # NAME=VALUE...
		script -qec "env $* ${NOVARK@Q} audit ${PWD@Q}/b/a.bundle --trust ${PUB@Q} \
		    --find 10.2.116.14" /dev/null </dev/null
	}
	terminal TERM=xterm >seen
	assert_contains seen "$(printf '\r\033[K')"
	terminal TERM=dumb >seen
	assert_lacks seen "$(printf '\033[K')"
fi
