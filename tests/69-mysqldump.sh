#!/bin/bash
# database.tar.zst holds byte for byte what mysqldump --tab writes.
. "$(dirname "$0")/lib/lib.sh"
need mysqldump zstd

site_new files db
story_load 12
# What is easily got wrong: tab, newline, backslash, NUL, quotes, 8-bit and
# 4-byte text, empty and NULL, binary, time with fractions, floats.
sql <<'END'
USE nova;
ALTER TABLE instance_metadata ADD blob_ BLOB, ADD bin_ VARBINARY(16), ADD d DOUBLE,
  ADD n DECIMAL(20,5), ADD t TIMESTAMP(6) NULL, ADD j TEXT CHARACTER SET utf8mb4,
  ADD l VARCHAR(40) CHARACTER SET latin1, ADD z INT UNSIGNED;
INSERT INTO instance_metadata (id, instance_id, `key`, `value`, blob_, bin_, d, n, t, j, l, z) VALUES
  (101, 95, 'tab\tkey', 'new\nline \\ back\\N', x'00010203ff5c0a090d27', x'deadbeef', 1e-7, 12345.678901, '2012-11-05 03:04:05.678901', '😀 "quoted" ''single''', 'Größe', 4294967295),
  (102, 95, '', NULL, '', NULL, -0.0, -1.5, NULL, '\\N', '', 0),
  (103, 95, '\r\n', 'N', 'NULL', x'00', 1.7976931348623157e308, 0, '2038-01-19 03:14:07', '', NULL, 1);
END
expect_exit 0 site_snapshot "$TMPDIR/b"
mkdir "$TMPDIR/x"
tar -xOf "$TMPDIR/b" database.tar.zst | zstd -dc | tar -xf - -C "$TMPDIR/x"
n=0
rm -rf "$TMPDIR/x/accounts"
for file in "$TMPDIR"/x/*/*.txt; do
	schema=$(basename "$(dirname "$file")") table=$(basename "$file" .txt)
	mkdir -p "$TMPDIR/tab/$schema"
	chmod 777 "$TMPDIR/tab/$schema"
	mysqldump --defaults-file="$CNF" --default-character-set=binary --tz-utc \
	    --order-by-primary --tab="$TMPDIR/tab/$schema" "$schema" "$table"
	cmp "$TMPDIR/tab/$schema/$table.txt" "$file" || fail "$schema.$table differs"
	ok "$schema.$table as mysqldump writes it"
	n=$((n + 1))
done
assert "at least ten tables were compared ($n)" test "$n" -ge 10
