#!/bin/bash
# Snapshot of many small files, against tar piped to zstd and a digest of that.
. "$(dirname "$0")/bench.sh"
. "$(dirname "$0")/site_rows.sh"
site_new files
ours="rm -f '$TMPDIR/b'; exec '$NOVARK' snapshot --output '$TMPDIR/b' --sign '$KEY' ${SITE_ARGS[*]}"
theirs="tar -C '$ROOT' -c . | zstd -q -3 -T1 -f -o '$TMPDIR/t.zst'; sha256sum '$TMPDIR/t.zst'"

count=$(sized 2000 20000)
site_files "$count"
pair "snapshot: $count small files" "tar | zstd, sha256sum" 1.0
files=$(tar --zstd -tf "$TMPDIR/t.zst" | grep -c '/var/.*[^/]$')
assert_equal "every file is in the archive" "$count" "$files"
assert_equal "every file is in the bundle" "$files" \
    "$("$NOVARK" audit "$TMPDIR/b" --trust "$PUB" --list | grep -c '/var/.*\.\(xml\|info\)')"

for files in 1000 $(sized 10000 '10000 20000'); do
	rm -rf "${ROOT:?}/var"
	site_files "$files"
	grow "snapshot, files" "$files"
done
