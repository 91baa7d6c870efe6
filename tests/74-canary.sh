#!/bin/bash
# takes long
# Secrets stay secret.  One of its own stands in every kind of place; no eight
# bytes of any are in what a command says, as text or JSON, in a receipt or a
# saved plan, or in a file that anybody but its owner may read, at any moment; a
# crash leaves no core.  audit --cat --show-secrets is the one way to see them.
. "$(dirname "$0")/lib/lib.sh"
. "$lib/canary.sh"
need jq openssl zstd

canary_start
site_new
story_load 3
canary_files
canary_rows
canary_domains
story_move "$TMPDIR/map"
bundle=$TMPDIR/b

# --- making
quiet 0 keygen keygen --out "$TMPDIR/k"
grep -v -- ----- "$TMPDIR/k.key" | cut -c 20- | secret_is signing-key
quiet 0 snapshot snapshot --output "$bundle" --sign "$KEY" "${SITE_ARGS[@]}"
quiet 0 "snapshot --json" snapshot --output "$bundle" --force --json --sign "$KEY" "${SITE_ARGS[@]}"
quiet 0 "snapshot --describe" snapshot --output "$TMPDIR/here" --describe --sign "$KEY" "${SITE_ARGS[@]}"

# --- what is in the bundle: all of them
open_bundle() { # FOLDER
	local part
	mkdir -m 700 "$1"
	for part in files libvirt database; do
		mkdir "$1/$part"
		tar -xOf "$bundle" "$part.tar.zst" | zstd -dcq | tar -xf - -C "$1/$part"
	done
	gunzip "$1/files/etc/nova/old.conf.gz"
	chmod -R go= "$1"
}
open_bundle "$TMPDIR/open"
find "$TMPDIR/open" -type f -exec "$HELPERS/canary" each "$CANARIES" {} + | sort -u >"$TMPDIR/in" || :
cut -d ' ' -f 1 "$CANARIES" | sed 's,/.*,,' | grep -vxE '(signing|recipient)-key|account-.*|token-.*' | sort -u >"$TMPDIR/all"
# Sessions and hashes of accounts are not taken along.
assert_equal "each secret stands in the bundle" "" "$(comm -23 "$TMPDIR/all" "$TMPDIR/in")"
cd "$TMPDIR/open" || exit
find . -type f -exec "$HELPERS/canary" find "$CANARIES" {} + | sed 's/: .*//; s/old.conf$/&.gz/
	s,^\./files/,file:/,; s,^\./libvirt/domains/\(.*\)\.xml,domain:\1,
	s,^\./database/\(.*\)/\(.*\)\.txt,table:\1.\2,' | sort -u >"$TMPDIR/items" || :
cd "$TMPDIR" || exit
echo "# $(wc -l <items) items have one"

# --- encrypted, none of it can be seen at all
openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=new -keyout site.key -out site.pem 2>/dev/null
grep -v -- ----- site.key | tail -n +9 | secret_is recipient-key
quiet 0 "snapshot --encrypt-to" snapshot --output sealed --sign "$KEY" --encrypt-to site.pem "${SITE_ARGS[@]}"
seen "an encrypted bundle" sealed
open=(--trust "$PUB" --decrypt site.key)
quiet 0 "audit --decrypt" audit sealed "${open[@]}" --find "$OLD"
quiet 0 "audit without the key" audit sealed --trust "$PUB"
quiet 0 "restore --decrypt" restore sealed "${open[@]}" --map-file map "${SITE_ARGS[@]}" --dry-run
quiet 4 "verify --decrypt" verify sealed "${open[@]}" --map-file map "${SITE_ARGS[@]}"

# --- looking at each of them
mkdir cats
each_item() { # FOLDER OPTION...
	local item n=0
	while IFS= read -r item; do
		n=$((n + 1))
		novark audit "$bundle" --trust "$PUB" --cat "$item" "${@:2}" \
		    >"$1/$n" 2>"$1/$n.err" </dev/null || :
	done
}
each_item cats <items
seen "audit --cat" cats/*
rm cats/*
grep -vE 'file:/(root|var|etc/(ceph|redis|heat|nginx))' items | each_item cats --json
seen "audit --cat --json" cats/*
rm -r cats
audit=(audit "$bundle" --trust "$PUB")
for how in "" "--json"; do
	# Words on purpose.
	# shellcheck disable=SC2086
	{
		quiet 0 "audit $how" "${audit[@]}" $how
		quiet 0 "audit --list $how" "${audit[@]}" --list $how
		quiet 0 "audit --find $how" "${audit[@]}" $how --find "$OLD" --find 0.0.0.0/0 --find ::/0
		quiet 0 "audit --advice $how" "${audit[@]}" --advice $how
	}
done
quiet 0 "audit --draft-map" "${audit[@]}" --draft-map

# --- other secrets everywhere: what differs is told, what it is, is not
canary_change
quiet 0 "snapshot of the others" snapshot --output "$TMPDIR/b2" --sign "$KEY" "${SITE_ARGS[@]}"
quiet 4 "audit --diff" "${audit[@]}" --diff "$TMPDIR/b2"
assert_contains "$OUT" "only secrets differ"
quiet 4 "audit --diff --json" "${audit[@]}" --diff "$TMPDIR/b2" --json
quiet 0 "audit of two" audit "$bundle" "$TMPDIR/here" --trust "$PUB"

# --- restoring: the site holds others than the bundle
move=("$bundle" --trust "$PUB" --map-file "$TMPDIR/map" "${SITE_ARGS[@]}")
quiet 6 "drift" restore "${move[@]}" --yes
quiet 6 "drift --json" restore "${move[@]}" --yes --json
for drift in keep rewrite replay; do
	quiet 0 "dry run, $drift" restore "${move[@]}" --dry-run --on-drift "$drift"
	quiet 0 "dry run --json, $drift" restore "${move[@]}" --dry-run --on-drift "$drift" --json
done
quiet 4 verify verify "${move[@]}"
quiet 4 "verify --json" verify "${move[@]}" --json
quiet 0 "save a plan" restore "${move[@]}" --dry-run --on-drift replay --save-plan "$TMPDIR/plan"
seen "a saved plan" "$TMPDIR/plan"
quiet 0 "apply a plan" restore --plan "$TMPDIR/plan" --receipt "$TMPDIR/receipt" --yes
assert_equal "the bundle's secrets are back" \
    "$(sed -n "s/^ini-password //p" "$CANARIES")" \
    "$(sed -n 's/^password = \([^"]\)/\1/p' "$ROOT/etc/nova/nova-compute.conf")"
seen "a receipt" "$TMPDIR/receipt" "$ROOT"/var/lib/novark/2*/receipt.json
here=(--root "$ROOT" --connect "$URI" --defaults-file "$CNF" --yes)
quiet 0 undo restore --undo "${here[@]}"
quiet 0 "restore --json" restore "${move[@]}" --on-drift rewrite --yes --json
quiet 4 "verify of others" verify "${move[@]}"
quiet 0 "undo --json" restore --undo "${here[@]}" --json
canary_end
