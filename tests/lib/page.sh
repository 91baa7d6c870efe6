# page.sh: pages of --html, looked at in a real browser (tests/page/*.js).
#
#   page EXIT NAME COMMAND...   a page in $pages, and the document of the same run
#   browse SCRIPT               look at them
#
# PAGES=DIR keeps them there.
# shellcheck shell=bash disable=SC2154
need node chromium
page_tools=$top/build/page
[ -e "$page_tools/installed" ] || skip "tests/lib/page-tools has installed nothing"
pages=${PAGES:-$TMPDIR/pages}
mkdir "$pages"

page() {
	expect_exit "$1" novark "${@:3}" --html "$pages/$2.html" --json
	cp "$OUT" "$pages/$2.json"
	assert_mode 600 "$pages/$2.html"
}

browse() {
	NODE_PATH=$page_tools/node_modules node "$top/tests/page/$1.js" "$pages" ||
	    fail "tests/page/$1.js"
}
