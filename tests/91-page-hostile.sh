#!/bin/bash
# A bundle full of markup and script: in files, their names, definitions and rows.
# Its page shows it as text, and runs none of it.
. "$(dirname "$0")/lib/lib.sh"
. "$lib/page.sh"

# What would run, each in its way, were it markup; every one of them by an
# address that the map changes.
hit='window.hit=(window.hit||0)+1'
evil=("<script>$hit</script>" "<img src=x onerror=\"$hit\">"
    "\"><svg/onload='$hit'>" "</script><script>$hit</script>"
    "</title></style><iframe srcdoc='<script>parent.$hit</script>'>"
    "'onmouseover='$hit' autofocus onfocus='$hit" "javascript:$hit"
    "<a href=\"javascript:$hit\">click</a>" "<!--" "]]>" "&lt;script&gt;" "&#60;b"
    "<base href=http://203.0.113.1/>" "<meta http-equiv=refresh content=0>"
    "<link rel=stylesheet href=http://203.0.113.1/x.css>" "<style>*{display:none}</style>"
    $'\xe2\x80\xae reversed \xe2\x80\xac' $'\xe2\x81\xa6 isolate'
    $'\xff\xfe no UTF-8' $'\x1b[31m red' '<plaintext>' '<textarea>' '{{1+1}}')

site_new
mkdir -p "$ROOT/etc/nova" "$ROOT/etc/nova/conf.d"
{
	echo "[DEFAULT]"
	echo "my_ip = $OLD"
	echo "sql_connection = mysql://root:r00t-Pass@$OLD/nova"
	n=0
	for text in "${evil[@]}"; do
		echo "evil$((n += 1)) = http://$OLD/ $text"
		echo "# $text $OLD"
	done
	echo "<script>$hit</script> = $OLD"
	echo "[<img src=x onerror=$hit>]"
	echo "my_ip = $OLD"
} >"$ROOT/etc/nova/nova.conf"
printf 'my_ip = %s\n' "$OLD" \
    >"$ROOT/etc/nova/<img src=x onerror=$hit>.conf"
printf 'my_ip = %s\n' "$OLD" >"$ROOT/etc/nova/\"><svg onload=$hit>'.conf"
story_instance 95
# shellcheck disable=SC2034
name="x'\"><img src=q onerror=$hit>"
plain=$(story_xml | sed 's:instances/x[^<]*/:instances/x/:; /filterref/,/\/filterref/d')
xml=${plain//"$name"/"x&apos;&quot;&gt;&lt;img src=q onerror=$hit&gt;"}
printf '%s\n' "$xml" >"$TMPDIR/evil.xml"
define "$TMPDIR/evil.xml"
{
	cat "$story/nova.sql"
	echo "USE nova;"
	story_rows 95
	n=100
	for text in "${evil[@]}"; do
		hex=$(printf '%s %s' "$OLD" "$text" | iconv -c -f utf-8 -t utf-8 | od -An -v -tx1 | tr -d ' \n')
		echo "INSERT INTO floating_ips (created_at, deleted, id, address, pool, project_id)
		    VALUES ('2012-11-05', 0, $((n += 1)), CONVERT(0x$hex USING utf8), 'p', 'p');"
		echo "INSERT INTO instance_metadata (deleted, id, instance_id, \`key\`, \`value\`)
		    VALUES (0, $n, 95, '<b>', CONVERT(0x$hex USING utf8));"
	done
} >"$SITE/load.sql"
sql <"$SITE/load.sql"

bundle=$TMPDIR/evil.bundle
move=("$bundle" --trust "$PUB" --map "$OLD=$NEW" "${SITE_ARGS[@]}")
expect_exit 0 site_snapshot "$bundle"
page 0 audit audit "$bundle" --trust "$PUB"
waive missing-nwfilter
code=0
novark restore "${move[@]}" --dry-run --json >"$OUT" 2>"$ERR" || code=$?
page "$code" dry restore "${move[@]}" --dry-run
page 4 differs verify "${move[@]}"
assert_contains "$pages/dry.json" "onerror"
browse hostile
