# places_virt.sh: the definitions among the places of places.sh: domains, made of
# what places_template prints; and, beside a real libvirtd, networks, nwfilters,
# pools and secrets, whole in the table.
#
#   places_define old|new     all of them
#   places_beside FOLDER      those that are no domains, copied there
#   places_value PLACE KEY [FOLDER]
#                             what stands there, in libvirt's own file, or in a
#                             dump of places_dump
# shellcheck shell=bash disable=SC2034,SC2154

places_define() { # old|new
	! declare -F places_template >/dev/null || places_domains "$1"
	places_others "$1"
}

# A definition with the table's parts in it.
places_domain() { # old|new NAME; the template on stdin
	awk -F'\t' -v which="$1" -v name="domain:$2" '
	FILENAME == ARGV[1] {
		if ($3 == "domain" && $4 == name) {
			v = which == "old" ? $7 : $8
			if (v ~ /^<(metadata|description|title|qemu:)/) top = top v "\n"
			else devices = devices v "\n"
		}
		next
	}
	{ print }
	/<\/uuid>/ { printf "%s", top }
	/<devices>/ { printf "%s", devices }' "$PLACES/table" -
}

# Define every domain that places_template NAME makes; each with parts of the
# table where it has some.
places_domains() { # old|new
	local name dir=$PLACES/domains.$1
	mkdir -p "$dir"
	for name in $(places_template); do
		places_template "$name" | places_domain "$1" "$name" >"$dir/$name.xml"
	done
	define "$dir"/*.xml
}

places_others() { # old|new
	local place value kind
	awk -F'\t' -v OFS='\t' -v which="$1" '$3 == "virt" && $7 != "-" {
		print $4, which == "old" ? $7 : $8
	}' "$PLACES/table" | while IFS=$'\t' read -r place value; do
		kind=${place%%:*}
		printf '%s\n' "$value" >"$PLACES/define.xml"
		# Of a secret libvirt does not change what it is for.
		[ "$kind" != secret ] ||
		    virsh_ secret-undefine "${place#*:}" >/dev/null 2>&1 || :
		virsh_ "${kind/network/net}-define" "$PLACES/define.xml" \
		    >"$PLACES/define.log" 2>&1 ||
		    { show "$PLACES/define.log"; fail "libvirt does not take $place"; }
	done
}

# Embed has none of them.
places_beside() { # FOLDER
	local dir
	mkdir -p "$1/beside"
	[ "$DEFS" = /etc/libvirt/qemu ] || return 0
	for dir in nwfilter secrets storage; do
		[ ! -d "${DEFS%/*}/$dir" ] || cp -a "${DEFS%/*}/$dir" "$1/beside/"
	done
}

places_value() { # PLACE KEY [FOLDER]
	local name=${1#*:} beside=${DEFS%/*} domains=$DEFS file key
	[ $# -lt 3 ] || beside=$3/beside domains=$3/domains
	case $1 in
	domain:*) file=$domains/$name.xml ;;
	network:*) file=$domains/networks/$name.xml ;;
	nwfilter:*) file=$beside/nwfilter/$name.xml ;;
	pool:*) file=$beside/storage/$name.xml ;;
	secret:*) file=$beside/secrets/$name.xml ;;
	esac
	key=$(sed -E 's|/([a-z]+:[a-z]+)|/*[name()="\1"]|g' <<<"$2")
	xmllint --xpath "string($key)" "$file" 2>/dev/null
}
