#!/bin/bash
# The page of --html, in a real browser: its numbers are those of --json, filters,
# keyboard, paper, accessibility; what a hostile bundle says is only ever text.
# takes long
. "$(dirname "$0")/lib/lib.sh"
. "$lib/page.sh"

site_new
story_load 3
bundle=$TMPDIR/node.bundle
story_move "$TMPDIR/move.map"
move=("$bundle" --trust "$PUB" --map-file "$TMPDIR/move.map" "${SITE_ARGS[@]}")
expect_exit 0 site_snapshot "$bundle" --address 203.0.113.7
story_lose
site_state "$TMPDIR/before"

page 0 audit audit "$bundle" --trust "$PUB"
waived=("${WAIVE[@]}") WAIVE=()
page 6 unsafe restore "${move[@]}" --map 203.0.113.7=203.0.113.8 --dry-run
page 6 preflight restore "${move[@]}" --map 203.0.113.7=203.0.113.8 --preflight
WAIVE=("${waived[@]}")
page 0 unmapped restore "${move[@]}" --dry-run
move+=(--map 203.0.113.7=203.0.113.8)
page 0 dry restore "${move[@]}" --dry-run
site_state "$TMPDIR/after"
assert "a page changes nothing else" diff -r "$TMPDIR/before" "$TMPDIR/after"
page 4 differs verify "${move[@]}"

# A page that cannot be written is said before anything is done.
expect_exit 1 novark restore "${move[@]}" --yes --html "$pages/dry.html"
assert_contains "$ERR" "--force"
expect_exit 1 novark restore "${move[@]}" --yes --html "$pages/none/x.html"
site_state "$TMPDIR/now"
assert "nothing was done" diff -r "$TMPDIR/before" "$TMPDIR/now"
expect_exit 2 novark audit "$bundle" --list --cat file:/x --html "$pages/x.html"
expect_exit 2 novark audit "$bundle" --advice --html "$pages/x.html"
assert_file_absent "$pages/x.html"

page 0 restore restore "${move[@]}" --yes --sign "$KEY" --receipt "$TMPDIR/ticket.json"
page 0 verify verify "${move[@]}"
page 0 receipt audit "$TMPDIR/ticket.json" --trust "$PUB"
novark keygen --out "$TMPDIR/other" >/dev/null
page 3 refused audit "$bundle" --trust "$TMPDIR/other.pub"

# Secrets are masked as everywhere.
for secret in n0va-Pass k3y-Pass gl4nce-Pass ch4p-Secret; do
	for file in "$pages"/*.html; do
		assert_lacks "$file" "$secret"
	done
done
# As text, too, and with --quiet.
expect_exit 0 novark verify "${move[@]}" --quiet --html "$pages/verify.html" --force
assert_contains "$OUT" "all as expected"
assert_contains "$pages/verify.html" "<h1>All as expected</h1>"

browse story
