#ifndef RESTORE_ALLOW_NAME_TABLE_H
#define RESTORE_ALLOW_NAME_TABLE_H

#include "restore/allow/allow.h"

/**
 * What --allow releases: its name, and what it is that a definition has then.
 * Included by allow_name.c alone; the manual has the same rows, by a test.
 */
static const struct allow_name names[] = {
	{ "commandline",
	    "arguments or settings that go past libvirt (qemu:commandline, "
	    "dnsmasq:options and the like)" },
	{ "confinement",
	    "a label or a capability of its own, with which it runs less "
	    "confined" },
	{ "connect",
	    "a connection of its own over the network (console, random "
	    "numbers, USB, network card)" },
	{ "console",
	    "a console, or its log, outside the instances folder or of a kind "
	    "that reaches the host" },
	{ "disk", "a disk outside the instances folder, nova's shares and the "
		  "captured pools" },
	{ "disk-format",
	    "a disk whose format is not said, or is one that names other "
	    "files" },
	{ "disk-kind", "a disk of a kind that nova does not make" },
	{ "emulator", "a program that libvirt here does not name as emulator" },
	{ "file",
	    "a kernel, firmware or other file outside the folders of such "
	    "files" },
	{ "filesystem",
	    "a folder of the host outside the instances folder and nova's "
	    "shares" },
	{ "hook",
	    "a file that the host runs or obeys as root (libvirt's hooks, "
	    "cron, programs)" },
	{ "host-disk", "a device that this host uses itself" },
	{ "hostdev", "a device of the host" },
	{ "pool", "a storage pool of a kind, or in a folder, of the system" },
	{ "schema", "what libvirt's schema does not allow" },
	{ "script", "a program that the host runs for it" },
	{ "socket", "a socket outside the folders of such sockets" },
	{ "unlisted", "something that is not in novark's list" },
};

#endif
