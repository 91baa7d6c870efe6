#!/bin/bash
# Bundles that a hostile hand has made and signed with the right key, so that
# the parsers behind the signature are reached: tests/hostile/*.recipe, which
# tests/wrong makes bundles of.  Each should-refuse-* is refused by audit, verify
# and restore, with one message that names member or item and the rule, nothing
# changed, at most 64 MiB of memory and 2 seconds; each should-accept-* is odd,
# but right, and is restored to what it says.
#
# In a recipe:
#   expect 3 TEXT       refused, and the message has the text
#   expect 6 TEXT       a finding: audit and verify read it, restore stops
#   check COMMAND       of one that is accepted: holds in the root, afterwards
. "$(dirname "$0")/lib/lib.sh"

MOST_KIB=65536 MOST_MS=2000
[ -z "${NOVARK_SLOW:-}" ] || MOST_MS=120000
site_new
mkdir -p "$ROOT/etc/nova" "$ROOT/var/lib/nova/instances"
printf '[DEFAULT]\nmy_ip = 10.2.15.3\n[database]\nconnection = %s\n' \
    "mysql+pymysql://nova:x@127.0.0.1/nova" >"$ROOT/etc/nova/nova.conf"
sql 'CREATE DATABASE nova'
sql nova 'CREATE TABLE volumes (id int(11) NOT NULL AUTO_INCREMENT,
    provider_location varchar(255) DEFAULT NULL, PRIMARY KEY (id))
    DEFAULT CHARSET=utf8mb3'
bundle=$TMPDIR/b.bundle
waive host-name address-absent
most_kib=0 most_ms=0 refused=0 accepted=0

# What no item of it asks for is not opened: it takes its time.
args() { # RECIPE
	ARGS=("${SITE_ARGS[@]}")
	grep -qE '^(secret|nwfilter|network|pool|domain) ' "$1" ||
	    ARGS+=(--no-libvirt)
	grep -qE '^(table|account) ' "$1" || ARGS+=(--no-database)
}

state() { # FILE
	"$HELPERS/tree" "$SITE/root" var/lib/novark >"$1"
	# libvirt makes folders of its own as it likes, and this one when it is used.
	[ ! -d "$DEFS" ] || find "$DEFS" -name '*.xml' -exec cksum {} + | sort >>"$1"
}

cost() { # NAME COMMAND...: its exit code in $code
	local kib ms passed
	code=0
	# Words on purpose.
	# shellcheck disable=SC2086
	"$HELPERS/cost" "$TMPDIR/cost" ${NOVARK_WRAP:-} "$NOVARK" "${@:2}" \
	    >"$OUT" 2>"$ERR" </dev/null || code=$?
	# Of the processor: others may have it meanwhile.
	read -r passed ms kib <"$TMPDIR/cost"
	[ "$kib" -le "$most_kib" ] || most_kib=$kib
	[ "$ms" -le "$most_ms" ] || most_ms=$ms
	if [ -z "${NOVARK_SLOW:-}" ] && [ "$kib" -gt $MOST_KIB ]; then
		fail "$1: $2 took $kib KiB of memory"
	fi
	if [ "$ms" -gt $MOST_MS ] || [ "$passed" -gt $((MOST_MS * 10)) ]; then
		fail "$1: $2 took $ms ms, while $passed passed"
	fi
}

spoken() { # NAME WHAT
	show "$OUT"
	show "$ERR"
	fail "$1: $2"
}

refusal() { # NAME TEXT
	local command lines
	for command in audit verify "restore --yes"; do
		case $command in
		audit) cost "$1" audit "$bundle" --trust "$PUB" ;;
		verify) cost "$1" verify "$bundle" --trust "$PUB" \
		    --map "10.2.116.14=10.2.15.3" "${ARGS[@]}" ;;
		*) cost "$1" restore --yes "$bundle" --trust "$PUB" \
		    --map "10.2.116.14=10.2.15.3" "${ARGS[@]}" "${WAIVE[@]}" ;;
		esac
		[ "$code" -eq 3 ] || spoken "$1" "$command ends with $code, not 3"
		lines=$(grep -c '^novark: ' "$ERR" || :)
		[ "$lines" -eq 1 ] || spoken "$1" "$command says $lines messages"
		grep '^novark: ' "$ERR" | grep -qF -e "$2" ||
		    spoken "$1" "$command does not say '$2'"
		if LC_ALL=C grep -q '[^ -~]' "$ERR"; then
			spoken "$1" "$command says bytes as they are"
		fi
	done
	refused=$((refused + 1))
}

# What libvirt could be told to do is no fault of the form: a finding.
finding() { # NAME TEXT
	cost "$1" audit "$bundle" --trust "$PUB"
	[ "$code" -eq 0 ] || spoken "$1" "audit ends with $code, not 0"
	cost "$1" restore --yes "$bundle" --trust "$PUB" \
	    --map "10.2.116.14=10.2.15.3" "${ARGS[@]}" "${WAIVE[@]}"
	[ "$code" -eq 6 ] || spoken "$1" "restore ends with $code, not 6"
	grep -qF -e "$2" "$OUT" "$ERR" || spoken "$1" "restore does not say '$2'"
	refused=$((refused + 1))
}

acceptance() { # NAME RECIPE
	local check
	cost "$1" audit "$bundle" --trust "$PUB"
	[ "$code" -eq 0 ] || spoken "$1" "audit ends with $code, not 0"
	cost "$1" restore --yes "$bundle" --trust "$PUB" \
	    --map "10.2.116.14=10.2.15.3" "${ARGS[@]}" "${WAIVE[@]}"
	[ "$code" -eq 0 ] || spoken "$1" "restore ends with $code, not 0"
	while read -r check; do
		(cd "$ROOT" && eval "$check") ||
		    spoken "$1" "does not hold: $check"
	done < <(sed -n 's/^check //p' "$2")
	if ! grep -q '^restore: nothing to do' "$OUT"; then
		cost "$1" restore --undo --yes "${SITE_ARGS[@]}"
		[ "$code" -eq 0 ] || spoken "$1" "undo ends with $code, not 0"
	fi
	accepted=$((accepted + 1))
}

state "$TMPDIR/before"
site_rows >"$TMPDIR/rows-before"
# HOSTILE='should-refuse-name-*' tries some.
# A pattern on purpose.
# shellcheck disable=SC2086
for recipe in tests/hostile/${HOSTILE:-*}.recipe; do
	name=${recipe##*/} name=${name%.recipe}
	head -n 1 "$recipe" | grep -q '^# .' || fail "$name does not say what it is"
	args "$recipe"
	"$HELPERS/wrong" "$KEY" "$recipe" "$bundle" || fail "$name makes no bundle"
	read -r _ want text < <(grep '^expect ' "$recipe" || echo)
	case $name in
	should-refuse-*)
		case $want in
		3) refusal "$name" "$text" ;;
		6) finding "$name" "$text" ;;
		*) fail "$name does not say what to expect" ;;
		esac ;;
	should-accept-*) acceptance "$name" "$recipe" ;;
	*) fail "$name: should-refuse or should-accept?" ;;
	esac
	state "$TMPDIR/after"
	cmp -s "$TMPDIR/before" "$TMPDIR/after" ||
	    { diff "$TMPDIR/before" "$TMPDIR/after" | sed 's/^/#   /' || :
		fail "$name changed something"; }
	ok "$name"
done
site_rows >"$TMPDIR/rows-after"
assert_same "$TMPDIR/rows-before" "$TMPDIR/rows-after"
echo "# figure: $refused refused, $accepted accepted; at most $most_kib KiB and $most_ms ms each"
