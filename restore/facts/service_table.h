#ifndef RESTORE_SERVICE_TABLE_H
#define RESTORE_SERVICE_TABLE_H

/**
 * Programs that write where a restore writes: while one of them runs, what is
 * compared with the plan may change under it.  Shell patterns on the program's
 * name; included by facts_services.c alone.
 */
static const char *const services[] = {
	/* nova; nova-network and nova-volume of the early releases. */
	"nova-compute",
	"nova-network",
	"nova-volume",
	"nova-api*",
	"nova-metadata*",
	"nova-scheduler",
	"nova-conductor",
	"nova-cert",
	"nova-console",
	"nova-consoleauth",
	"nova-cells",
	"nova-placement-api*",
	"nova-manage",

	"cinder-api*",
	"cinder-scheduler",
	"cinder-volume*",
	"cinder-backup",
	"cinder-manage",

	"glance-api*",
	"glance-registry",
	"glance-scrubber",
	"glance-manage",

	"keystone",
	"keystone-all",
	"keystone-admin*",
	"keystone-public*",
	"keystone-wsgi-*",
	"keystone-manage",

	"placement-api*",
	"placement-manage",

	"neutron-server",
	"neutron-api*",
	"neutron-rpc-server*",
	"neutron-*-agent",
	"neutron-db-manage",
	"quantum-server",
	"quantum-*-agent",

	/* They bring the configuration back to what they think it is. */
	"puppet",
	"chef-client",
	"salt-minion",
};

/* What runs a program that its first argument names. */
static const char *const interpreters[] = {
	"python*",
	"pypy*",
	"ruby*",
	"sh",
	"bash",
	"dash",
};

/* What runs a program that one of its arguments names. */
static const char *const hosts[] = {
	"uwsgi*",
	"gunicorn*",
};

#endif
