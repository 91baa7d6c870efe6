#!/bin/bash
# Swapped at every call: while a restore runs, somebody puts a link that leads out
# of the root in the place of a folder on the way, of the file, or of the state
# folder, just before its k-th call; for each k.  Nothing is ever written outside;
# and once the folder is back, an undo ends where the restore began.
#
# Here some of the calls, by the day's seed; NOVARK_CRASH=all tries each.
. "$(dirname "$0")/lib/lib.sh"
[ -z "${NOVARK_WRAP:-}" ] || skip "machine: nothing is preloaded under valgrind"
[[ $NOVARK != */asan/* ]] || skip "machine: nothing is preloaded beside ASan"

# In memory where there is room: there, what is synced costs nothing.
if SITE=$(mktemp -d /dev/shm/novark.XXXXXX 2>/dev/null); then
	at_exit rm -rf "$SITE"
else
	SITE=$TMPDIR/site
fi
site_new files
out=$SITE/outside
conf=$ROOT/etc/nova/nova.conf
mkdir -p "$ROOT"/etc/{nova,keystone} "$ROOT/var/lib/nova/instances" "$ROOT/var/lib/novark"
chmod 700 "$ROOT/var/lib/novark"
printf '[DEFAULT]\nmy_ip = %s\n' "$OLD" >"$conf"
printf 'admin_endpoint = http://%s:35357/\n' "$OLD" >"$ROOT/etc/nova/api-paste.ini"
printf '[DEFAULT]\npublic_endpoint = http://%s:5000/\n' "$OLD" >"$ROOT/etc/keystone/keystone.conf"
expect_exit 0 site_snapshot "$SITE/b"
rm -r "$ROOT/etc/keystone"
cp -a "$ROOT" "$SITE/begin"

mkdir -p "$out/nova" "$out/keystone" "$out/lib/novark" "$out/novark"
cp "$conf" "$out/nova/nova.conf"
cp "$conf" "$out/nova.conf"
outside() {
	find "$out" -printf '%P %i %m %s %C@ %l\n' | sort
}

# The hook: what is to be swapped, and the link that takes its place.
cat >"$SITE/hook" <<-'END'
	#!/bin/bash
	mv -T "$SWAP" "$SWAP.aside" && ln -s "$LINK" "$SWAP"
END
chmod +x "$SITE/hook"
SEED=${NOVARK_SEED:-$(date -u +%Y%m%d)}
RANDOM=$((10#$SEED % 32768))
echo "# NOVARK_SEED=$SEED"
args=("$SITE/b" --trust "$PUB" --map "$OLD=$NEW" "${SITE_ARGS[@]}" --yes)
here=("${SITE_ARGS[@]:0:2}")

faulty() { # WORDS ARGUMENT...
	code=0
	NOVARK_WRAP="timeout -k 1 60 env LD_PRELOAD=$HELPERS/fault.so NOVARK_FAULT=$1,kinds=change+look,report=$SITE/report" \
	    novark "${@:2}" >"$OUT" 2>"$ERR" </dev/null || code=$?
}

fresh() {
	rm -rf "$ROOT"
	cp -a "$SITE/begin" "$ROOT"
	outside >"$SITE/look"
}

fresh
faulty do=count restore "${args[@]}"
assert_equal "undisturbed" 0 "$code"
calls=$(awk '$1 == "points" { print $2 }' "$SITE/report")
"$HELPERS/tree" "$ROOT" var/lib/novark >"$SITE/goal"
fresh
"$HELPERS/tree" "$ROOT" var/lib/novark >"$SITE/start"

tried=0
swapped() { # K
	local k=$1 what=${SWAP#"$ROOT"}
	fresh
	faulty "do=hook,hook=$SITE/hook,at=$k,how=once" restore "${args[@]}"
	case $code in
	0 | 1 | 3 | 4 | 5 | 6) ;;
	*) show "$ERR"; fail "$what swapped before call $k: ends with $code" ;;
	esac
	outside | cmp -s - "$SITE/look" ||
	    { show "$ERR"; outside | diff "$SITE/look" - || :; fail "$what swapped before call $k: written outside"; }
	tried=$((tried + 1))
	# The other way round, and all is taken back.
	[ -L "$SWAP" ] || return 0
	rm "$SWAP"
	mv -T "$SWAP.aside" "$SWAP"
	novark restore --undo "${here[@]}" --yes >"$OUT" 2>"$ERR" </dev/null || :
	"$HELPERS/tree" "$ROOT" var/lib/novark >"$SITE/now"
	cmp -s "$SITE/start" "$SITE/now" || {
		diff "$SITE/start" "$SITE/now" | sed 's/^/# /'
		show "$ERR"
		fail "$what swapped before call $k: not taken back"
	}
}

sweep() { # PATH LINK COUNT
	local k n=$3 first=${NOVARK_POINT:-}
	export SWAP=$ROOT/$1 LINK=$2
	if [ "${NOVARK_CRASH:-}" = all ]; then
		for ((k = 1; k <= calls; k++)); do swapped "$k"; done
	elif [ -n "$first" ]; then
		swapped "$first"
	else
		for ((k = 0; k < n; k++)); do
			swapped $((1 + calls * k / n + RANDOM % (1 + calls / n)))
		done
	fi
	ok "/$1 swapped with a link to ${2#"$SITE/"}"
}
sweep etc/nova "$out/nova" 16
sweep etc/nova/nova.conf "$out/nova.conf" 8
sweep etc "$out" 8
sweep var/lib/novark "$out/novark" 12
sweep var "$out" 8
echo "# figure: $tried restores, swapped before one of their $calls calls each, 0 escapes"
