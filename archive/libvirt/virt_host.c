#include <libvirt/virterror.h>

#include "archive/libvirt/virt_kind.h"

char *
virt_capabilities(struct virt *v)
{

	return virConnectGetCapabilities(v->conn);
}

int
virt_domcaps(struct virt *v, const char *emulator, const char *arch,
    const char *machine, const char *type, char **xml)
{
	virErrorPtr e;

	*xml = virConnectGetDomainCapabilities(
	    v->conn, emulator, arch, machine, type, 0);
	if (*xml != NULL)
		return 1;
	e = virGetLastError();
	if ((e != NULL && e->code == VIR_ERR_NO_SUPPORT) ||
	    virConnectIsAlive(v->conn) != 1)
		return -1;
	return 0;
}
