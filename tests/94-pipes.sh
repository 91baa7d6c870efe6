#!/bin/bash
# takes long
# Bundles through pipes: to standard output and from standard input, with ssh,
# openssl and curl at the other end; pieces that come slowly, readers that go
# away, streams that are cut.  What waits is nowhere in plain.
. "$(dirname "$0")/lib/lib.sh"
need jq openssl strace python3 curl sshd ssh script

site_new
story_load 4
story_move "$TMPDIR/map"
plain=$TMPDIR/plain.bundle sealed=$TMPDIR/sealed.bundle
openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=new \
    -keyout "$TMPDIR/site.key" -out "$TMPDIR/site.pem" 2>/dev/null
mkdir "$TMPDIR/tmp" "$TMPDIR/work"
cd "$TMPDIR/work"
say=$TMPDIR/say
umask 077

give() { # ARGUMENT...: a snapshot to standard output
	TMPDIR=$TMPDIR/tmp novark snapshot --output - --sign "$KEY" "${SITE_ARGS[@]}" "$@"
}
take() { # SUBCOMMAND ARGUMENT...: of the bundle on standard input, which may be slow
	TMPDIR=$TMPDIR/tmp novark "$1" - --trust "$PUB" "${@:2}"
}
expect_in() { # CODE FILE SUBCOMMAND ARGUMENT...
	local code=0
	# shellcheck disable=SC2002
	cat "$2" | take "${@:3}" >"$OUT" 2>"$ERR" || code=$?
	[ "$code" -eq "$1" ] || { show "$OUT"; show "$ERR"; fail "exit $code, not $1: $3 -"; }
	ok "exit $1: $3 - (${2##*/})"
}

# --- out: a pipe, a file that is nobody else's; text is on standard error
give 2>"$say" | cat >"$plain"
give --encrypt-to "$TMPDIR/site.pem" 2>"$say.2" | cat >"$sealed"
assert_contains "$say" "snapshot: done: standard output, "
assert_contains "$say" "bundle    "
expect_exit 0 novark audit "$plain" --trust "$PUB"
expect_exit 0 novark audit "$sealed" --trust "$PUB" --decrypt "$TMPDIR/site.key"
expect_exit 0 site_snapshot "$TMPDIR/file.bundle"
novark audit "$plain" --trust "$PUB" --list --json | jq -S '[.bundles[0].items[] | [.name, .sha256]]' >one
novark audit "$TMPDIR/file.bundle" --trust "$PUB" --list --json |
    jq -S '[.bundles[0].items[] | [.name, .sha256]]' >two
assert_same one two
give >own 2>"$say"
expect_exit 0 novark audit own --trust "$PUB"
size=$(stat -c %s own)
assert "it tells its size" grep -q "standard output, .* $(awk -v n="$size" 'BEGIN { printf "%.1f kB", n / 1e3 }')" "$say"

# --- what cannot be
: >wide
chmod 644 wide
expect_exit 2 novark snapshot --output - --sign "$KEY" --json
assert_contains "$ERR" "standard output is the bundle"
expect_exit 2 novark snapshot --output - --sign "$KEY" --force
code=0
give >>wide 2>"$ERR" || code=$?
assert_equal "a file that others may read" "2 0" "$code $(stat -c %s wide)"
assert_contains "$ERR" "mode 0644"
expect_exit 2 novark audit - - --trust "$PUB"
assert_contains "$ERR" "one bundle only"
expect_exit 2 novark audit - --diff - --trust "$PUB"
for command in "$NOVARK snapshot --output - --sign $KEY" "$NOVARK audit - --trust $PUB"; do
	code=0
	script -qec "$command" /dev/null </dev/null >"$OUT" || code=$?
	assert_equal "a terminal: ${command#"$NOVARK "}" 2 "$code"
	assert_contains "$OUT" "is a terminal"
done

# --- in: audit, restore, verify, as from the file
expect_in 0 "$plain" audit --json
assert "json names it" jq -e '.bundles[0].file == "-" and .outcome == "done"' "$OUT"
expect_in 0 "$plain" audit --find "$OLD"
novark audit "$plain" --trust "$PUB" --find "$OLD" >found
assert_same found "$OUT"
expect_in 0 "$sealed" audit --decrypt "$TMPDIR/site.key"
expect_in 0 "$sealed" audit
code=0
take audit <"$plain" >"$OUT" 2>"$ERR" || code=$?
assert_equal "a file that was opened by the shell" 0 "$code"
cp "$plain" ./-
expect_exit 0 novark audit ./- --trust "$PUB"
move=(--map-file "$TMPDIR/map" "${SITE_ARGS[@]}" ${WAIVE[@]+"${WAIVE[@]}"})
site_state "$TMPDIR/before"
story_lose
expect_in 2 "$plain" restore "${move[@]}"
assert_contains "$ERR" "standard input is the bundle"
expect_in 0 "$plain" restore "${move[@]}" --preflight
expect_in 0 "$plain" restore "${move[@]}" --dry-run --save-plan "$TMPDIR/plan"
cp "$OUT" dry
code=0
# shellcheck disable=SC2002
cat "$plain" | novark restore --plan "$TMPDIR/plan" --yes >"$OUT" 2>"$ERR" || code=$?
[ "$code" -eq 0 ] || show "$ERR"
assert_equal "a saved plan has its bundle from there, too" 0 "$code"
expect_in 0 "$plain" verify --map-file "$TMPDIR/map" "${SITE_ARGS[@]}"
here=(--root "$ROOT" --connect "$URI" --defaults-file "$CNF" --yes)
expect_exit 0 novark restore --undo "${here[@]}"
expect_in 0 "$sealed" restore "${move[@]}" --yes --decrypt "$TMPDIR/site.key"
site_state "$TMPDIR/after"
story_prove "$TMPDIR/before" "$TMPDIR/after" 4
expect_in 0 "$plain" restore "${move[@]}" --yes
assert_contains "$OUT" "nothing to do"

# --- a cut one is refused, and so is what is none; at once, where it never ends
for length in 0 1 511 512 700 4096 $((size / 2)) $((size - 1)); do
	head -c "$length" "$plain" >"$TMPDIR/cut"
	expect_in 3 "$TMPDIR/cut" audit
done
assert_contains "$ERR" "standard input: refused: it is cut short"
expect_in 3 "$TMPDIR/cut" restore "${move[@]}" --yes
head -c $((size + 1)) <(cat "$plain" /dev/zero) >"$TMPDIR/cut"
expect_in 3 "$TMPDIR/cut" verify "${move[@]:0:2}"
flip "$plain" "$TMPDIR/cut" $((size / 2))
expect_in 3 "$TMPDIR/cut" audit
code=0
yes | timeout 20 "$NOVARK" audit - --trust "$PUB" >"$OUT" 2>"$ERR" || code=${PIPESTATUS[1]}
assert_equal "an endless stream that is no bundle" 3 "$code"
assert_contains "$ERR" "not a novark bundle"

# --- pieces, slowly, and through a pipe that does not wait
pieces() { # FILE
	python3 - "$1" <<-'END'
	import os, sys, time
	whole = open(sys.argv[1], 'rb').read()
	at, step = 0, 1
	while at < len(whole):
	    at += os.write(1, whole[at:at + step])
	    if at < 3000:
	        time.sleep(0.001)
	    step = step * 2 + 1 if step < 200000 else 200000
	END
}
pieces "$plain" | take audit >"$OUT" 2>"$ERR"
ok "pieces of every size"
python3 - "$NOVARK" "$PUB" "$plain" <<'END'
import fcntl, os, subprocess, sys, time
r, w = os.pipe()
fcntl.fcntl(r, fcntl.F_SETFL, os.O_NONBLOCK)
p = subprocess.Popen([sys.argv[1], 'audit', '-', '--trust', sys.argv[2]],
                     stdin=r, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
os.close(r)
time.sleep(0.3)
with os.fdopen(w, 'wb') as f:
    f.write(open(sys.argv[3], 'rb').read())
assert p.wait() == 0, p.returncode
END
ok "standard input that does not wait"
python3 - "$NOVARK" "$KEY" "$TMPDIR/slow" "${SITE_ARGS[@]}" <<'END'
import fcntl, os, subprocess, sys, time
r, w = os.pipe()
fcntl.fcntl(w, fcntl.F_SETFL, os.O_NONBLOCK)
fcntl.fcntl(w, fcntl.F_SETPIPE_SZ if hasattr(fcntl, "F_SETPIPE_SZ") else 1031, 4096)
p = subprocess.Popen([sys.argv[1], 'snapshot', '--output', '-', '--sign', sys.argv[2]] +
                     sys.argv[4:], stdout=w, stderr=subprocess.DEVNULL)
os.close(w)
time.sleep(2)
with open(sys.argv[3], 'wb') as f:
    while True:
        b = os.read(r, 30000)
        if not b:
            break
        f.write(b)
assert p.wait() == 0, p.returncode
END
expect_exit 0 novark audit "$TMPDIR/slow" --trust "$PUB"

# --- openssl, curl, and ssh as the README has it
give 2>"$say" | openssl enc -aes-256-ctr -pbkdf2 -pass "file:$PUB" -out hidden
openssl enc -d -aes-256-ctr -pbkdf2 -pass "file:$PUB" -in hidden | take audit >"$OUT" 2>"$ERR"
ok "openssl enc"

cat >store.py <<'END'
import http.server
class Store(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    def log_message(self, *a):
        pass
    def do_PUT(self):
        if self.headers.get('Expect') == '100-continue':
            self.send_response_only(100)
            self.end_headers()
        with open('stored', 'wb') as f:
            while True:
                n = int(self.rfile.readline(), 16)
                f.write(self.rfile.read(n))
                self.rfile.readline()
                if n == 0:
                    break
        self.send_response(201)
        self.send_header('Content-Length', '0')
        self.end_headers()
    def do_GET(self):
        b = open('stored', 'rb').read()
        self.send_response(200)
        self.send_header('Content-Length', str(len(b)))
        self.end_headers()
        self.wfile.write(b)
s = http.server.HTTPServer(('127.0.0.1', 0), Store)
print(s.server_port, flush=True)
s.serve_forever()
END
python3 store.py >port &
at_exit kill $!
for _ in $(seq 50); do [ -s port ] || sleep 0.1; done
url=http://127.0.0.1:$(cat port)/node.bundle
unset http_proxy https_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY all_proxy
give 2>"$say" | curl -sS --noproxy '*' -T - "$url"
curl -sS --noproxy '*' "$url" | take audit >"$OUT" 2>"$ERR"
ok "an object store, by curl"

# --- one that does not fit into the memory for what is laid aside
head -c 18000000 /dev/urandom | base64 -w 76 >"$ROOT/etc/nova/large.conf"
rm "$plain"
give 2>"$say" >"$plain"

# A reader that goes away, a full disk.
code=0
give 2>"$ERR" | head -c 100000 >/dev/null || code=${PIPESTATUS[0]}
assert_equal "a reader that went away" 1 "$code"
assert_contains "$ERR" "cannot write standard output: Broken pipe"
assert_contains "$ERR" "what went to standard output is no bundle"
code=0
give --no-files >/dev/full 2>"$ERR" || code=$?
assert_equal "a full disk" 1 "$code"
assert_contains "$ERR" "No space left"
mkdir "$TMPDIR/small"
if [ -n "${NOVARK_ALONE:-}" ] && mount -t tmpfs -o size=1m tmpfs "$TMPDIR/small" 2>/dev/null; then
	at_exit umount -l "$TMPDIR/small"
	code=0
	# shellcheck disable=SC2002
	cat "$plain" | TMPDIR=$TMPDIR/small "$NOVARK" audit - --trust "$PUB" >"$OUT" 2>"$ERR" || code=$?
	assert_equal "no room to lay it aside" 1 "$code"
	assert_contains "$ERR" "TMPDIR names another folder"
else
	ok "# SKIP nothing may be mounted here"
fi

# Nothing in plain: half of the bundle has come, and waits.
mkfifo pipe
TMPDIR=$TMPDIR/tmp "$NOVARK" audit - --trust "$PUB" <pipe >"$OUT" 2>"$ERR" &
reader=$!
exec 7>pipe
head -c 17500000 "$plain" >&7
sleep 0.5
aside=
for _ in 1 2 3 4 5 6 7 8 9 10; do
	for fd in /proc/$reader/fd/*; do
		case $(readlink "$fd") in "$TMPDIR"/tmp/*deleted*) aside=$fd ;; esac
	done
	[ -z "$aside" ] || break
	sleep 0.5
done
assert "more than memory holds is in a file without a name" test -n "$aside"
cat "$aside" >laid
exec 7>&-
code=0
wait "$reader" || code=$?
assert_equal "cut there, it is refused" 3 "$code"
assert "there is much in it" test "$(stat -c %s laid)" -gt 17000000
python3 - laid "$plain" <<'END'
import sys, zlib
laid, plain = (open(f, 'rb').read() for f in sys.argv[1:])
assert b'SHA256SUMS' not in laid and laid[:512] != plain[:512]
same = sum(a == b for a, b in zip(laid, plain))
assert same < len(laid) / 100, same
windows = {plain[i:i + 16] for i in range(0, len(plain) - 16, 4096)}
assert not any(laid[i:i + 16] in windows for i in range(0, len(laid) - 16, 4096))
assert len(zlib.compress(laid[:65536])) > 65000
END
ok "and it is nothing that anybody could read"

# Nor goes anything else to a disk: what is written there, call by call.
NOVARK_WRAP="strace -f -y -o $TMPDIR/calls -e trace=openat,write,pwrite64,memfd_create" give 2>"$say" |
    NOVARK_WRAP="strace -f -y -o $TMPDIR/calls.in -e trace=openat,write,pwrite64,memfd_create" take audit >"$OUT" 2>"$ERR"
made() { # FILE: files that were made or written, but those without a name, the site's and libvirt's own
	grep -E 'O_CREAT|O_TMPFILE|O_WRONLY|O_RDWR' "$1" | grep -vE 'ENOENT|"/(dev|proc|sys)/|/libvirt/' |
	    grep -v "$SITE" | grep -v 'O_TMPFILE' || :
}
assert "what waited was first in memory" grep -q 'memfd_create("novark"' "$TMPDIR/calls"
assert "by standard input, too" grep -q 'memfd_create("novark"' "$TMPDIR/calls.in"
assert_equal "no file of a name is made by audit -" "" "$(made "$TMPDIR/calls.in")"
assert_equal "nor by snapshot --output -" "" "$(made "$TMPDIR/calls")"
assert_lacks "$TMPDIR/calls.in" 'SHA256SUMS\0'
assert_equal "nothing is left in TMPDIR" "" "$(ls -A "$TMPDIR/tmp")"

[ -n "${NOVARK_ALONE:-}" ] || skip "machine: ssh wants namespaces of its own, or root"
. "$lib/sshd.sh"
sshd_start 127.0.0.1 2222
sshd_client 2222
printf 'Hostname 127.0.0.1\n' >>"$SSHD/client"
{
	echo '#!/bin/bash'
	declare -p NOVARK SITE_ARGS
	cat <<-'END'
	case $1 in
	snapshot | restore | verify) exec "$NOVARK" "$@" "${SITE_ARGS[@]}" ;;
	*) exec "$NOVARK" "$@" ;;
	esac
	END
} >bin-novark
mkdir bin
install -m 755 bin-novark bin/novark
sshd_ssh bin/ssh
cp "$KEY" move.key
cp "$PUB" move.pub
readme_blocks >blocks.sh
assert_contains blocks.sh "--output -"
PATH=$PWD/bin:$PATH bash -euo pipefail blocks.sh >"$OUT" 2>"$ERR" || {
	show "$OUT"
	show "$ERR"
	fail "the README's example"
}
assert_contains "$OUT" "signature and all digests hold"
assert_mode 600 node.bundle
ok "ssh, as the README has it"
