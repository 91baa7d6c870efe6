#ifndef TESTS_VIRT_OTHERS_H
#define TESTS_VIRT_OTHERS_H

#include "tests/unit/virt_plan.h"

/* Secrets, filters, a network and a pool on a node, and what a plan of them
 * says when they are there and when they are lost. */

#define SECRET_A "11111111-2222-3333-4444-000000000001"
#define SECRET_B "11111111-2222-3333-4444-000000000002"
#define SECRET_C "11111111-2222-3333-4444-000000000003"
#define SECRET(uuid, private, use)                                             \
	"<secret ephemeral='no' private='" private "'><uuid>" uuid             \
						   "</uuid><usage "            \
						   "type='iscsi'><target>" use \
						   "</target></usage></"       \
						   "secret>"
#define FILTER(name, address)                                                  \
	"<filter name='" name "'><rule action='drop' direction='in'>"          \
	"<ip srcipaddr='" address "'/></rule></filter>"
#define NETWORK(address)                                                       \
	"<network><name>n e t</name><bridge name='virbr90'/>"                  \
	"<ip address='" address "' prefix='24'/></network>"
#define POOL(address)                                                          \
	"<pool type='netfs'><name>p</name><source><host name='" address        \
	"'/><dir path='/x'/><format type='nfs'/></source>"                     \
	"<target><path>/mnt/x</path></target></pool>"

#define OTHERS_CHANGE                                                          \
	"change nwfilter:z xml\nchange network:n e t xml\n"                    \
	"change pool:p xml\n"
#define OTHERS_CREATE                                                          \
	"create secret:" SECRET_A " xml value(secret)\n"                       \
	"note secret:" SECRET_B " =private\n"                                  \
	"create secret:" SECRET_B " xml\n"                                     \
	"create nwfilter:z xml\ncreate nwfilter:a xml\n"                       \
	"create network:n e t xml\ncreate pool:p xml\n"                        \
	"change network:n e t autostart\n"

static inline void
others_there(struct virt_node *n)
{

	define(n, ITEM_SECRET, "a", SECRET(SECRET_A, "no", "u1"));
	define(n, ITEM_SECRET, "b", SECRET(SECRET_B, "yes", "u2"));
	assert_int_equal(virt_secret_value(n->v, SECRET_A, "aGFsbG8="), 0);
	define(n, ITEM_NWFILTER, "z", FILTER("z", OLD));
	define(n, ITEM_NWFILTER, "a",
	    "<filter name='a'><filterref filter='z'/></filter>");
	define(n, ITEM_NETWORK, "n e t", NETWORK(OLD));
	define(n, ITEM_POOL, "p", POOL(OLD));
	assert_int_equal(virt_autostart(n->v, ITEM_NETWORK, "n e t", 1), 0);
}

#endif
