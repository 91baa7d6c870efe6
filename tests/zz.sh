. $(dirname $0)/lib/lib.sh
. $(dirname $0)/lib/crash.sh
crash_seed
crash_site
state_load $START
plain snapshot --output $SITE/b1 --sign $KEY "${SITE_ARGS[@]}"
plain snapshot --output $SITE/b2 --sign $KEY "${SITE_ARGS[@]}"
tar -xOf $SITE/b1 SHA256SUMS
tar -xOf $SITE/b2 SHA256SUMS
diff <(tar -xOf $SITE/b1 MANIFEST.json) <(tar -xOf $SITE/b2 MANIFEST.json) 
