#!/bin/bash
# What somebody has planted in the destination beforehand: links at each folder
# on the way and in the file's own place, hard links, FIFOs, sockets, devices,
# mounts, immutable files, a state folder that leads elsewhere.  A restore says
# what it does with each, waits for none of them, and writes nothing outside the
# root; nor does an undo or a resume, when it was planted in between.
. "$(dirname "$0")/lib/lib.sh"

site_new files
out=$TMPDIR/outside
conf=$ROOT/etc/nova/nova.conf

# The captured node: small, because it is put back for each planting.
mkdir -p "$ROOT"/etc/{nova,keystone} "$ROOT/var/lib/nova/instances"
cat >"$conf" <<-END
	[DEFAULT]
	my_ip = $OLD
	sql_connection = mysql://nova:n0va-Pass@$OLD/nova
	instances_path = /var/lib/nova/instances
END
printf 'admin_endpoint = http://%s:35357/\n' "$OLD" >"$ROOT/etc/nova/api-paste.ini"
printf '[DEFAULT]\npublic_endpoint = http://%s:5000/\n' "$OLD" >"$ROOT/etc/keystone/keystone.conf"
chmod 640 "$conf"
expect_exit 0 site_snapshot "$TMPDIR/b"
cp -a "$ROOT" "$TMPDIR/captured"
args=("$TMPDIR/b" --trust "$PUB" --map "$OLD=$NEW" "${SITE_ARGS[@]}")

# What stands outside: the same names, so that a write through a link would fit.
mkdir -p "$out"/etc "$out"/state
cp -a "$TMPDIR/captured/etc/nova" "$out/etc/nova"
cp -a "$TMPDIR/captured/etc/nova" "$out/nova"
echo "the key to the vault" >"$out/secret"
cp "$conf" "$out/nova.conf"

outside() { # all that stands there, and when it was last changed
	find "$out" -printf '%P %i %m %U:%G %s %C@ %l\n' | sort
	find "$out" -type f -exec sha256sum {} +
}

fresh() { # the destination as it was captured, and nothing of an earlier one
	rm -rf "$ROOT"
	cp -a "$TMPDIR/captured" "$ROOT"
	outside >"$TMPDIR/outside.before"
}

same_outside() { # WHAT
	outside >"$TMPDIR/outside.after"
	cmp -s "$TMPDIR/outside.before" "$TMPDIR/outside.after" || {
		diff "$TMPDIR/outside.before" "$TMPDIR/outside.after" | sed 's/^/# /'
		fail "$1: something outside was changed"
	}
}

tree() { "$HELPERS/tree" "$ROOT" "$@"; }

run() { # ARGUMENT...: novark, and it has to come back; its exit in $code
	code=0
	# Words on purpose.
	# shellcheck disable=SC2086
	timeout 60 ${NOVARK_WRAP:-} "$NOVARK" "$@" >"$OUT" 2>"$ERR" </dev/null || code=$?
	[ "$code" -ne 124 ] || fail "$*: waits"
}

# refused CODE TEXT WHAT: the restore of what was planted ends so, and has
# changed nothing at all; a dry run says the same, and a verify comes back.
refused() {
	local want=$1 text=$2 what=$3 command
	tree >"$TMPDIR/before"
	for command in "restore --dry-run" "restore --yes"; do
		# shellcheck disable=SC2086
		run $command "${args[@]}" ${WAIVE[@]+"${WAIVE[@]}"}
		cat "$ERR" >>"$OUT"
		[ "$code" -eq "$want" ] || { show "$OUT"; fail "$what: $command ends with $code, not $want"; }
		grep -qF -e "$text" "$OUT" || { show "$OUT"; fail "$what: $command does not say '$text'"; }
		tree >"$TMPDIR/after"
		cmp -s "$TMPDIR/before" "$TMPDIR/after" || {
			diff "$TMPDIR/before" "$TMPDIR/after" | sed 's/^/# /'
			fail "$what: $command has changed something"
		}
	done
	run verify "${args[@]}"
	[ "$code" -ne 0 ] || fail "$what: verify finds nothing wrong"
	same_outside "$what"
	ok "exit $want, nothing changed, nothing outside: $what"
}

# --- in the place of a folder on the way
parent() { # WHAT TEXT PATH COMMAND...
	local what=$1 text=$2 path=$3
	shift 3
	fresh
	mv "$ROOT/$path" "$ROOT/$path.aside"
	"$@" "$ROOT/$path"
	refused 6 "$text" "$what in the place of /$path"
}
link() { ln -s "$1" "$2"; }
node() { mknod "$3" "$1" 1 "$2"; }
sock() { perl -MSocket -e 'socket(S, PF_UNIX, SOCK_STREAM, 0) and
    bind(S, sockaddr_un($ARGV[0])) or die "$!"' "$1"; }
through="is a symbolic link: nothing is written through it"
for path in etc etc/nova; do
	parent "a link out of the root" "$through" $path link "$out/${path##*/}"
	parent "a link by way of .." "$through" $path link "../../../../../../../..$out/${path##*/}"
	parent "a link to a folder of the root" "$through" $path link "/$path.aside"
	parent "a link to nothing" "$through" $path link "/nowhere"
done
parent "a FIFO" "is no folder" etc/nova mkfifo
parent "a file" "is no folder" etc/nova cp "$out/secret"
parent "a link to itself" "$through" etc/nova link nova
parent "a link to /proc/self/cwd" "$through" etc/nova link /proc/self/cwd
parent "a socket" "is no folder" etc/nova sock

# --- in the place of the file itself
leaf() { # WHAT TEXT COMMAND...
	local what=$1 text=$2
	shift 2
	fresh
	rm "$conf"
	"$@" "$conf"
	refused 6 "$text" "$what in the place of nova.conf"
}
other="is of another type"
leaf "a link to a file outside" "$other" link "$out/nova.conf"
leaf "a link to a secret outside" "$other" link "$out/secret"
leaf "a link by way of .." "$other" link "../../../../../../../../..$out/nova.conf"
leaf "a link inside the root" "$other" link api-paste.ini
leaf "a link to nothing outside" "$other" link "$out/none"
leaf "a link to itself" "$other" link nova.conf
leaf "a link to /proc/self/mem" "$other" link /proc/self/mem
leaf "a FIFO" "$other" mkfifo
leaf "a socket" "$other" sock
leaf "a folder" "$other" mkdir
leaf "a folder with something in it" "$other" cp -r "$out/nova"
if node c 3 "$TMPDIR/null" 2>/dev/null; then
	leaf "a character device" "$other" node c 3
	leaf "a block device" "$other" node b 7
else
	echo "ok - # SKIP machine: no devices can be made here"
fi

# --- files that are there under more than one name, or cannot be changed
fresh
ln -f "$out/nova.conf" "$conf"
cp "$conf" "$TMPDIR/was"
run restore "${args[@]}" --yes ${WAIVE[@]+"${WAIVE[@]}"}
assert_equal "a hard link to outside: restored" 0 "$code"
assert_contains "$OUT" "file:/etc/nova/nova.conf: it has another name here (hard link)"
assert_contains "$conf" "my_ip = $NEW"
assert "the other name keeps its bytes" cmp "$out/nova.conf" "$TMPDIR/was"
assert_equal "and is alone now" 1 "$(stat -c %h "$out/nova.conf")"
run restore --undo "${SITE_ARGS[@]:0:2}" --yes
assert_equal "and taken back" 0 "$code"
assert "the other name still has its bytes" cmp "$out/nova.conf" "$TMPDIR/was"

attributes() { # WHAT TEXT FILE FLAG
	fresh
	chattr "+$4" "$3" 2>/dev/null || {
		echo "ok - # SKIP machine: no attributes here"
		return 0
	}
	refused 6 "$2" "$1"
	chattr "-$4" "$3"
}
attributes "an immutable file" "it is immutable" "$conf" i
attributes "a file that only grows" "it can only be appended to" "$conf" a
attributes "an immutable folder" "its folder is immutable" "$ROOT/etc/nova" i
attributes "a folder that only grows" "its folder can only be added to" "$ROOT/etc/nova" a

# --- mounts
if mount --bind "$out" "$out" 2>/dev/null; then
	umount "$out"
	fresh
	mount --bind "$out/nova.conf" "$conf"
	at_exit umount -q "$conf"
	refused 6 "it is a mount of its own" "a file that is a mount"
	umount "$conf"

	fresh
	mount --bind "$out/nova" "$ROOT/etc/nova"
	mount -o remount,bind,ro "$ROOT/etc/nova"
	refused 6 "its file system is read-only" "a folder that is a mount, read-only"
	umount "$ROOT/etc/nova"

	# What is mounted below the root is part of it: who could mount decided that.
	fresh
	mount -t tmpfs -o mode=755,size=1m none "$ROOT/etc/nova"
	at_exit umount -q "$ROOT/etc/nova"
	cp -a "$TMPDIR/captured/etc/nova/." "$ROOT/etc/nova/"
	run restore "${args[@]}" --yes ${WAIVE[@]+"${WAIVE[@]}"}
	assert_equal "a folder that is a mount: restored in it" 0 "$code"
	assert_contains "$conf" "my_ip = $NEW"
	same_outside "a folder that is a mount"
	umount "$ROOT/etc/nova"
	assert_contains "$conf" "my_ip = $OLD"
	run restore --undo "${SITE_ARGS[@]:0:2}" --yes
	assert_equal "an undo without the mount finds all as it was" 0 "$code"
	assert_contains "$conf" "my_ip = $OLD"
	same_outside "an undo without the mount"
else
	echo "ok - # SKIP machine: nothing can be mounted here"
fi

# --- the state folder
state() { # CODE TEXT WHAT COMMAND...: PATH behind the command
	local want=$1 text=$2 what=$3
	shift 3
	fresh
	mkdir -p "$ROOT/var/lib"
	"$@"
	tree >"$TMPDIR/before"
	run restore "${args[@]}" --yes ${WAIVE[@]+"${WAIVE[@]}"}
	assert_equal "the state folder, $what" "$want" "$code"
	cat "$ERR" >>"$OUT"
	assert_contains "$OUT" "$text"
	tree >"$TMPDIR/after"
	assert_same "$TMPDIR/before" "$TMPDIR/after"
	same_outside "$what"
}
lib=$ROOT/var/lib/novark
locked() { mkdir -m 700 "$lib" && "$@" "$lib/lock"; }
state 1 "$through" "a link" ln -s "$out/state" "$lib"
state 1 "$through" "a link above it" bash -c "mv '$ROOT/var' '$ROOT/v' && ln -s ../../../../../..'$out' '$ROOT/var'"
state 1 "is no folder" "a FIFO" mkfifo "$lib"
state 1 "is no folder" "a file" cp "$out/secret" "$lib"
state 1 "lock: cannot be opened" "its lock a link" locked link "$out/secret"
state 1 "lock: cannot be opened" "its lock a link to nothing" locked link "$out/none"
state 1 "lock: is no regular file" "its lock a FIFO" locked mkfifo
state 1 "lock: cannot be opened" "its lock a folder" locked mkdir
id=20261122T161547Z-0a1b2c3d
state 1 "$id" "a journal that is a link" bash -c "mkdir -m 700 '$lib'; ln -s '$out/state' '$lib/$id'"
state 1 "$id" "a journal whose file is a link" \
    bash -c "mkdir -p -m 700 '$lib/$id'; ln -s '$out/secret' '$lib/$id/journal'"
state 1 "$id" "a journal whose file is a FIFO" \
    bash -c "mkdir -p -m 700 '$lib/$id'; mkfifo '$lib/$id/journal'"

# --- planted between a restore and its undo
restored() {
	fresh
	rm -r "$ROOT/etc/keystone"
	run restore "${args[@]}" --yes ${WAIVE[@]+"${WAIVE[@]}"}
	[ "$code" -eq 0 ] || { show "$ERR"; fail "no restore to take back: $code"; }
}
undone() { # CODE TEXT WHAT
	tree var/lib/novark >"$TMPDIR/before"
	run restore --undo "${SITE_ARGS[@]:0:2}" --yes
	cat "$ERR" >>"$OUT"
	[ "$code" -eq "$1" ] || { show "$OUT"; fail "undo, $3: $code, not $1"; }
	assert_contains "$OUT" "$2"
	tree var/lib/novark >"$TMPDIR/after"
	assert_same "$TMPDIR/before" "$TMPDIR/after"
	same_outside "undo, $3"
}
for path in etc etc/nova; do
	restored
	mv "$ROOT/$path" "$ROOT/$path.aside"
	ln -s "$out/${path##*/}" "$ROOT/$path"
	undone 6 "$through" "/$path is a link now"
done
restored
mv "$conf" "$conf.aside"
ln -s "$out/nova.conf" "$conf"
undone 6 "nova.conf" "nova.conf is a link now"
restored
rm "$conf"
mkfifo "$conf"
undone 6 "nova.conf" "nova.conf is a FIFO now"
restored
rm -r "$ROOT/etc/keystone"
ln -s "$out/nova" "$ROOT/etc/keystone"
undone 6 "etc/keystone" "a folder that was made is a link now"
restored
ln -s "$out/secret" "$ROOT/etc/keystone/more"
undone 6 "etc/keystone" "a link in a folder that was made"
restored
ln "$conf" "$out/harder"
outside >"$TMPDIR/outside.before"
cp "$conf" "$TMPDIR/was"
run restore --undo "${SITE_ARGS[@]:0:2}" --yes
assert_equal "undo, a hard link to outside" 0 "$code"
assert_contains "$conf" "my_ip = $OLD"
assert "the other name keeps what was restored" cmp "$out/harder" "$TMPDIR/was"
rm "$out/harder"
