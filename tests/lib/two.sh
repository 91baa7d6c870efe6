# two.sh: the two hosts of zed.sh, each with files and a libvirt of its own, and
# one set of databases.
#
#   two_new            ONE, TWO: nova's names of the hosts; ROOT, URI of the first,
#                      ROOT2, URI2 of the second
#   two_take HOST FILE [ARGUMENT...]   a snapshot on that host
# shellcheck shell=bash disable=SC2034,SC2154
ONE=ip-10-2-116-14 TWO=ip-10-2-116-15

two_config() { # ROOT HOST ADDRESS
	local service
	mkdir -p "$1"/etc/{nova,cinder,keystone,glance,neutron,placement}
	cat >"$1/etc/nova/nova.conf" <<-END
	[DEFAULT]
	host = $2
	my_ip = $3
	instances_path = /var/lib/nova/instances
	[database]
	connection = mysql+pymysql://nova:n0va-Pass@10.2.116.14/nova
	[api_database]
	connection = mysql+pymysql://nova:n0va-Pass@10.2.116.14/nova_api
	END
	for service in cinder keystone neutron; do
		cat >"$1/etc/$service/$service.conf" <<-END
		[database]
		connection = mysql+pymysql://$service:s0me-Pass@10.2.116.14/$service
		END
	done
	cat >"$1/etc/glance/glance-api.conf" <<-END
	[database]
	connection = mysql+pymysql://glance:s0me-Pass@10.2.116.14/glance
	END
	cat >"$1/etc/placement/placement.conf" <<-END
	[placement_database]
	connection = mysql+pymysql://placement:s0me-Pass@10.2.116.14/placement
	END
}

# Without its database: what most compute nodes have.
two_without_database() { # ROOT
	rm -r "$1"/etc/{cinder,keystone,glance,placement,neutron}
	sed -i '/database\]/d; /^connection/d' "$1/etc/nova/nova.conf"
}

two_domains() { # URI FIRST LAST
	local n name
	mkdir -p "$SITE/xml.$2"
	for n in $(seq "$2" "$3"); do
		printf -v name 'instance-%08x' "$n"
		places_template "$name" >"$SITE/xml.$2/$name.xml"
	done
	URI=$1 define "$SITE/xml.$2"/*.xml
}

two_new() {
	zed_new
	zed_fill
	ROOT2=$SITE/root2 URI2="qemu:///embed?root=$SITE/embed2"
	mkdir -p "$ROOT2/etc" "$SITE/embed2"
	cp -a "$TEMPLATE/embed/cache" "$SITE/embed2/"
	embed_settings "$SITE/embed2"
	two_config "$ROOT" "$ONE" 10.2.116.14
	two_config "$ROOT2" "$TWO" 10.2.116.15
	two_domains "$URI" 1 10
	two_domains "$URI2" 11 20
}

two_take() { # HOST FILE [ARGUMENT...]
	local root=$ROOT uri=$URI
	[ "$1" = "$ONE" ] || { root=$ROOT2 uri=$URI2; }
	novark snapshot --output "$2" --sign "$KEY" --root "$root" \
	    --connect "$uri" --defaults-file "$CNF" "${@:3}"
}
