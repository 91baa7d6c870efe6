#ifndef ARCHIVE_FILESET_TABLE_H
#define ARCHIVE_FILESET_TABLE_H

/**
 * The files of a node, as data to be reviewed without reading C.
 *
 *   set     its name, as it stands in the manifest
 *   glob    below the root; * and ? within one part of the path, and a last
 *           part ** for the folder itself and all that is below it.
 *           $instances_path and $state_path are what nova.conf says.
 *   form    AUTO: by name and content (.conf and .ini, nova's flags, .json,
 *           .xml, else lines of text); TEXT: lines, whatever it looks like;
 *           XML, JSON
 *   what    for people
 *
 * Not here, because libvirt itself is asked for them: the definitions below
 * /etc/libvirt/qemu, nwfilter, secrets and storage.  Not here, because they
 * are data: disks, images, consoles, logs.
 */
enum fileset_form { AUTO, TEXT, XML, JSON };

struct fileset_row {
	const char *set, *glob;
	enum fileset_form form;
	const char *what;
};

static const struct fileset_row fileset_rows[] = {
	/* OpenStack's own services */
	{ "nova", "/etc/nova/**", AUTO, "nova's configuration" },
	{ "cinder", "/etc/cinder/**", AUTO, "cinder's configuration" },
	{ "keystone", "/etc/keystone/**", AUTO,
	    "keystone's configuration and keys" },
	{ "glance", "/etc/glance/**", AUTO, "glance's configuration" },
	{ "neutron", "/etc/neutron/**", AUTO, "neutron's configuration" },
	{ "quantum", "/etc/quantum/**", AUTO,
	    "quantum's configuration (before neutron)" },
	{ "placement", "/etc/placement/**", AUTO, "placement's configuration" },
	{ "horizon", "/etc/openstack-dashboard/**", TEXT,
	    "the dashboard's settings" },
	{ "horizon",
	    "/usr/share/openstack-dashboard/openstack_dashboard/local/"
	    "local_settings.py",
	    TEXT, "the dashboard's settings" },
	{ "openrc", "/root/*openrc*", TEXT, "an administrator's environment" },
	{ "openrc", "/root/.config/openstack/clouds.yaml", TEXT,
	    "an administrator's clouds" },
	{ "openrc", "/etc/openstack/*", TEXT, "clouds for all users" },

	/* instances and identity */
	{ "instances", "$instances_path/*/libvirt.xml", XML,
	    "an instance's definition as nova wrote it" },
	{ "instances", "$instances_path/*/disk.info", JSON,
	    "formats of an instance's disks" },
	{ "identity", "$state_path/compute_id", TEXT,
	    "the node's identity for nova" },
	{ "identity", "/etc/hostname", TEXT, "the node's name" },

	/* libvirt and QEMU */
	{ "libvirt", "/etc/libvirt/*.conf", TEXT, "libvirt's own settings" },
	{ "libvirt", "/etc/libvirt/hooks/**", TEXT, "libvirt's hooks" },
	{ "libvirt", "/etc/default/libvirt*", TEXT, "how libvirt is started" },
	{ "libvirt", "/etc/sysconfig/libvirt*", TEXT,
	    "how libvirt is started" },

	/* block storage: initiator and targets */
	{ "iscsi", "/etc/iscsi/**", TEXT,
	    "open-iscsi's settings, its name, its nodes" },
	{ "iscsi", "/var/lib/iscsi/nodes/**", TEXT, "open-iscsi's nodes" },
	{ "iscsi", "/var/lib/iscsi/send_targets/**", TEXT,
	    "open-iscsi's discovered portals" },
	{ "nvme", "/etc/nvme/**", TEXT, "the node's name for NVMe targets" },
	{ "tgt", "/etc/tgt/**", TEXT, "tgt's targets" },
	{ "tgt", "/etc/systemd/system/tgt.service.d/*", TEXT,
	    "how tgt is started" },
	{ "tgt", "$state_path/volumes/*", TEXT, "targets of nova-volume" },
	{ "tgt", "/var/lib/cinder/volumes/*", TEXT, "targets of cinder" },
	{ "lio", "/etc/target/*.json", JSON, "LIO's targets" },
	{ "lio", "/etc/rtslib-fb-target/*.json", JSON, "LIO's targets" },
	{ "ceph", "/etc/ceph/*", AUTO, "ceph's monitors and keys" },

	/* the services around OpenStack */
	{ "hosts", "/etc/hosts", TEXT, "names that the node knows by itself" },
	{ "mysql", "/etc/mysql/**", TEXT,
	    "MySQL's or MariaDB's configuration" },
	{ "mysql", "/etc/my.cnf", TEXT, "MySQL's or MariaDB's configuration" },
	{ "mysql", "/etc/my.cnf.d/**", TEXT,
	    "MySQL's or MariaDB's configuration" },
	{ "rabbitmq", "/etc/rabbitmq/**", TEXT, "RabbitMQ's configuration" },
	{ "memcached", "/etc/memcached.conf", TEXT, "memcached's options" },
	{ "memcached", "/etc/sysconfig/memcached", TEXT,
	    "memcached's options" },
	{ "chrony", "/etc/chrony/**", TEXT, "chrony's configuration" },
	{ "chrony", "/etc/chrony.conf", TEXT, "chrony's configuration" },
	{ "ntp", "/etc/ntp.conf", TEXT, "ntpd's configuration" },
	{ "haproxy", "/etc/haproxy/**", TEXT, "haproxy's configuration" },
	{ "keepalived", "/etc/keepalived/**", TEXT,
	    "keepalived's configuration" },
	{ "apache", "/etc/apache2/ports.conf", TEXT, "where apache listens" },
	{ "apache", "/etc/apache2/sites-available/**", TEXT, "apache's sites" },
	{ "apache", "/etc/httpd/conf.d/**", TEXT, "apache's sites" },
	{ "dnsmasq", "/etc/dnsmasq.conf", TEXT, "dnsmasq's configuration" },
	{ "dnsmasq", "/etc/dnsmasq.d/**", TEXT, "dnsmasq's configuration" },
};

/* Files of these names hold keys: their bytes are carried, never looked into.
 */
static const char *const fileset_keys[] = {
	"*.key",
	"*.p12",
	"*.pfx",
	"*.jks",
	"*.der",
	"*.keyring",
	"*/fernet-keys/*",
	"*/credential-keys/*",
	"*/.erlang.cookie",
	"*/id_rsa",
	"*/id_dsa",
	"*/id_ecdsa",
	"*/id_ed25519",
	"*/rndc.key",
	"*/hmac",
};

/* A link to a file below one of these: the link alone is captured. */
static const char *const fileset_system[] = {
	"/usr/",
	"/lib/",
	"/lib64/",
	"/bin/",
	"/sbin/",
	"/proc/",
	"/sys/",
	"/dev/",
	"/run/",
	"/var/run/",
	"/tmp/",
};

#endif
