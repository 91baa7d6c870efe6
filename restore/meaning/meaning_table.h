#ifndef RESTORE_MEANING_TABLE_H
#define RESTORE_MEANING_TABLE_H

#include "restore/meaning/meaning_value.h"

/**
 * What the comparison of definitions knows of libvirt, as tables.  A pattern
 * names an element by the end of its path ("video/model"), or an attribute
 * ("video/model@vram"); "/domain/memory" is the whole path.
 */

/* How values are equal where it is not by their text.  The first row that fits
 * decides. */
static const struct {
	const char *where;
	enum meaning_value how;
} values[] = {
	/* Of a running domain, or of this one host. */
	{ "/domain@id", VALUE_ANY },
	{ "@aliasfile", VALUE_ANY },
	{ "source@index", VALUE_ANY },
	{ "source@portid", VALUE_ANY },
	{ "console@tty", VALUE_ANY },
	/* What a pool holds today. */
	{ "/pool/capacity", VALUE_ANY },
	{ "/pool/allocation", VALUE_ANY },
	{ "/pool/available", VALUE_ANY },
	{ "/pool/capacity@unit", VALUE_ANY },
	{ "/pool/allocation@unit", VALUE_ANY },
	{ "/pool/available@unit", VALUE_ANY },
	/* Given, but decided by libvirt: autoport. */
	{ "graphics@port", VALUE_PORT },
	{ "graphics@tlsPort", VALUE_PORT },
	{ "graphics@websocket", VALUE_PORT },
	/* Sizes: the unit is part of the value. */
	{ "/domain/memory", VALUE_KIB },
	{ "/domain/currentMemory", VALUE_KIB },
	{ "/domain/maxMemory", VALUE_KIB },
	{ "/domain/memory@unit", VALUE_ANY },
	{ "/domain/currentMemory@unit", VALUE_ANY },
	{ "/domain/maxMemory@unit", VALUE_ANY },
	{ "memtune/hard_limit", VALUE_KIB },
	{ "memtune/soft_limit", VALUE_KIB },
	{ "memtune/swap_hard_limit", VALUE_KIB },
	{ "memtune/min_guarantee", VALUE_KIB },
	{ "memtune/hard_limit@unit", VALUE_ANY },
	{ "memtune/soft_limit@unit", VALUE_ANY },
	{ "memtune/swap_hard_limit@unit", VALUE_ANY },
	{ "memtune/min_guarantee@unit", VALUE_ANY },
	{ "hugepages/page@size", VALUE_KIB },
	{ "hugepages/page@unit", VALUE_ANY },
	{ "cell@memory", VALUE_KIB },
	{ "cell@unit", VALUE_ANY },
	{ "video/model@vram", VALUE_VRAM },
	{ "video/model@ram", VALUE_VRAM },
	{ "os/type@machine", VALUE_MACHINE },
	/* Sets of processors and memory nodes. */
	{ "@cpuset", VALUE_SET },
	{ "@nodeset", VALUE_SET },
	{ "cell@cpus", VALUE_SET },
	/* Any case. */
	{ "uuid", VALUE_NOCASE },
	{ "@uuid", VALUE_NOCASE },
	{ "mac@address", VALUE_NOCASE },
	/* 4 is 0x04. */
	{ "address@domain", VALUE_NUMBER },
	{ "address@bus", VALUE_NUMBER },
	{ "address@slot", VALUE_NUMBER },
	{ "address@function", VALUE_NUMBER },
	{ "address@controller", VALUE_NUMBER },
	{ "address@target", VALUE_NUMBER },
	{ "address@unit", VALUE_NUMBER },
	{ "address@port", VALUE_NUMBER },
	{ "address@iobase", VALUE_NUMBER },
	{ "address@irq", VALUE_NUMBER },
	{ "target@chassis", VALUE_NUMBER },
	{ "target@port", VALUE_NUMBER },
	{ "vendor@id", VALUE_NUMBER },
	{ "product@id", VALUE_NUMBER },
};

/* In the first only: libvirt drops it from a definition. */
static const char *const dropped[] = {
	"/domain@id",
	"alias",
	"seclabel", /* of a running domain; its own are kept and compared */
	"disk/backingStore",
	"disk/mirror",
	"source@index",
	"source@portid",
	"console@tty",
	"graphics/listen@fromConfig",
	"graphics@port",
	"graphics@tlsPort",
	"graphics@websocket",
	"/pool/capacity",
	"/pool/allocation",
	"/pool/available",
	"@default", /* marks the value that is used anyway */
};

/* In the second only: libvirt adds it. A definition that is not a domain is
 * taken to have nothing else added. */
static const char *const added[] = {
	"uuid",
	"/network/mac",
	"/network/bridge",
	"/network/forward/nat",
	"bridge@stp",
	"bridge@delay",
	"bridge@name",
	"/pool/capacity",
	"/pool/allocation",
	"/pool/available",
	"/pool/source",
	"target/permissions",
	"/filter@chain",
	"/filter@priority",
	"rule@priority",
	"rule@statematch",
	"host@port",
	"connection",
	"/network@connections",
};

/* In the second only, in a domain: libvirt never adds it by itself. */
static const char *const never_added[] = {
	"devices/disk",
	"devices/interface",
	"devices/filesystem",
	"devices/hostdev",
	"devices/graphics",
	"devices/channel",
	"devices/tpm",
	"devices/memory",
	"devices/redirdev",
	"devices/smartcard",
	"devices/rng",
	"devices/shmem",
	"devices/sound",
	"devices/vsock",
	"devices/iommu",
	"devices/parallel",
	"devices/lease",
	"filterref",
	"filterref/parameter",
	"commandline",
	"commandline/arg",
	"commandline/env",
	"graphics@passwd",
	"graphics@passwdValidTo",
	"graphics@websocket",
	"graphics@keymap",
	"disk/readonly",
	"disk/shareable",
	"disk/transient",
	"disk/serial",
	"disk/wwn",
	"disk/iotune",
	"disk/auth",
	"disk/encryption",
	"disk/boot",
	"disk/blockio",
	"disk@snapshot",
	"driver@cache",
	"driver@io",
	"driver@discard",
	"driver@error_policy",
	"source/host",
	"source/auth",
	"source/encryption",
	"source@startupPolicy",
	"interface/bandwidth",
	"interface/boot",
	"interface/driver",
	"interface/guest",
	"interface/ip",
	"interface/link",
	"interface/mtu",
	"interface/route",
	"interface/script",
	"interface/virtualport",
	"interface/vlan",
	"os/bootmenu",
	"os/cmdline",
	"os/initrd",
	"os/kernel",
	"os/dtb",
	"os/smbios",
	"/domain/blkiotune",
	"/domain/bootloader",
	"/domain/cputune",
	"/domain/description",
	"/domain/genid",
	"/domain/idmap",
	"/domain/iothreads",
	"/domain/keywrap",
	"/domain/launchSecurity",
	"/domain/maxMemory",
	"/domain/memoryBacking",
	"/domain/memtune",
	"/domain/metadata",
	"/domain/numatune",
	"/domain/perf",
	"/domain/sysinfo",
	"/domain/title",
	"/domain/vcpus",
	"/domain/vcpu@cpuset",
	"/domain/vcpu@current",
	"cpu/feature",
	"cpu/numa",
	"cpu/topology",
	"clock/timer",
	"clock@adjustment",
	"features/acpi",
	"features/apic",
	"features/hap",
	"features/hyperv",
	"features/kvm",
	"features/pae",
	"features/privnet",
	"features/pvspinlock",
	"features/smm",
	"features/viridian",
};

/* Below these the second may hold nothing that the first does not. */
static const char *const exact[] = { "/domain/metadata", "commandline",
	"sysinfo" };

/* Which of several elements of a name is meant: the one whose key is equal.
 * The key is an attribute of the element or of a child. */
static const struct {
	const char *where, *child, *attr;
} keys[] = {
	{ "devices/disk", "target", "dev" },
	{ "devices/interface", "mac", "address" },
	{ "devices/filesystem", "target", "dir" },
	{ "devices/controller", NULL, "type" },
	{ "devices/channel", "target", "name" },
	{ "devices/graphics", NULL, "type" },
	{ "devices/input", NULL, "type" },
	{ "filterref/parameter", NULL, "name" },
	{ "cpu/feature", NULL, "name" },
	{ "clock/timer", NULL, "name" },
	{ "cputune/vcpupin", NULL, "vcpu" },
	{ "numatune/memnode", NULL, "cellid" },
	{ "numa/cell", NULL, "id" },
	{ "vcpus/vcpu", NULL, "id" },
	{ "portgroup", NULL, "name" },
};

/* Their order has a meaning of its own. */
static const char *const ordered[] = { "os/boot", "/filter/rule",
	"/filter/filterref", "dns/forwarder", "graphics/listen",
	"commandline/arg" };

#endif
