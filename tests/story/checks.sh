# checks.sh: look at the story's site without novark: grep, sed, awk, SQL and
# libvirt's own files.  BEFORE and AFTER are folders that site_state filled.
#
#   story_count STATE PART   lines that hold OLD as a whole address, in files,
#                            domains or rows
#   story_held STATE PART    those that stay on purpose: comments, tenants' own
#                            rows, history
#   story_expected BEFORE F  what must stand in AFTER, made by sed and awk, as
#                            a folder F of the same form
#   story_decoys STATE       every decoy with its place, and the rows that are held
#   story_prove BEFORE AFTER the story's assertions; N instances as third
# shellcheck shell=bash disable=SC2154
token='(^|[^0-9.]|[^0-9]\.)10\.2\.116\.14($|[^0-9.]|\.($|[^0-9]))'

story_lines() { # STATE PART: "name:line" for each line with OLD
	case $2 in
	files) (cd "$1/root" && grep -rIE "$token" . | LC_ALL=C sort) || : ;;
	domains) (cd "$1/domains" && grep -E "$token" -- *.xml /dev/null) || : ;;
	rows) grep -E "$token" "$1/rows" || : ;;
	esac
}

# The rows that are a tenant's, and those that are history.  The first columns
# of nova's tables are created_at, updated_at, deleted_at, deleted.
story_tenant='
	BEGIN { FS = "\t" }
	/^nova\.(security_group|instance_metadata)/ { print; next }
	/^nova\.instances / { print; next }
	/^nova\.block_device_mapping / && $4 != 0 { print }'

story_held() { # STATE PART
	case $2 in
	files) story_lines "$1" files | grep -E '^[^:]*:[ 	]*#' || : ;;
	domains) ;;
	rows) story_lines "$1" rows | awk "$story_tenant" ;;
	esac
}

story_count() { # STATE PART
	story_lines "$1" "$2" | wc -l
}

story_replace() { # stdin to stdout
	sed -E ":a; s/$token/\\1$NEW\\2/; ta"
}

story_expected() { # BEFORE FOLDER
	local file
	mkdir -p "$2"
	cp -a "$1/root" "$2/root"
	while IFS= read -r file; do
		sed -E "/^[ 	]*#/!{:a; s/$token/\\1$NEW\\2/; ta}" \
		    <"$1/root/$file" >"$2/root/$file"
	done < <(cd "$1/root" && grep -rlIE "$token" .)
	find "$2/root/etc/iscsi" -depth -name "$OLD,*" | while IFS= read -r file; do
		mv "$file" "${file%/"$OLD",*}/$NEW,${file##*/"$OLD",}"
	done
	file=$2/root/var/lib/nova/instances/instance-0000005f/libvirt.xml
	sed -i -e 's:/usr/bin/kvm:/usr/bin/qemu-system-x86_64:' \
	    -e "s:machine='pc-1.0':machine='$(story_machine)':" "$file"
	awk "$story_tenant" "$1/rows" | LC_ALL=C sort >"$2/held"
	LC_ALL=C sort "$1/rows" | LC_ALL=C comm -23 - "$2/held" | story_replace |
	    LC_ALL=C sort - "$2/held" >"$2/rows"
	rm "$2/held"
}

story_decoys() { # STATE
	(cd "$1" && grep -rIoE '[^[:space:]"]*\b1?10\.2\.116\.140?\b[^[:space:]"]*' \
	    root rows | grep -E '10\.2\.116\.140|110\.2\.116\.14') | LC_ALL=C sort
	story_held "$1" rows
}

# Where the address stands, by kind of place, as "COUNT KIND" lines.
story_census() { # STATE
	story_lines "$1" files | sed -E '
	    s:^\./etc/([^/]*)/.*:\1 configuration:
	    s:^\./var/lib/nova/instances/[^ ]*libvirt\.xml\:.*:libvirt.xml files:
	    s:^iscsi configuration:open-iscsi records:' | sort | uniq -c
	story_lines "$1" domains | sed 's/.*/libvirt definitions/' | sort | uniq -c
	story_lines "$1" rows | sed 's/ .*//' | sort | uniq -c
}

story_prove() { # BEFORE AFTER [N]
	local n=${3:-36} part decoys
	story_expected "$1" "$TMPDIR/expected"
	virsh_ list --all --name | sed '/^$/d' >"$TMPDIR/domains"
	assert_equal "$n domains are defined, instance-0000005f among them" "$n instance-0000005f" \
	    "$(wc -l <"$TMPDIR/domains") $(grep -x instance-0000005f "$TMPDIR/domains")"
	assert_equal "each of them listens for VNC at $NEW" "$n" \
	    "$(grep -lE "<graphics .*listen='$NEW'" "$2"/domains/*.xml | wc -l)"
	assert "every file is the old one with the address replaced, and nothing else" \
	    diff -r "$TMPDIR/expected/root" "$2/root"
	assert "so is every row in nova, keystone and glance" \
	    diff "$TMPDIR/expected/rows" <(LC_ALL=C sort "$2/rows")
	for part in files domains rows; do
		assert_equal "leftovers in $part: 0" 0 \
		    $(($(story_count "$2" "$part") - $(story_held "$2" "$part" | wc -l)))
	done
	decoys=$(story_decoys "$1")
	assert_equal "decoys intact: all $(wc -l <<<"$decoys")" \
	    "$decoys" "$(story_decoys "$2")"
	rm -rf "$TMPDIR/expected" "$TMPDIR/domains"
}
