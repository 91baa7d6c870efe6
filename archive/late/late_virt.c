#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "archive/late/late.h"

#define VIRT(ret, name, params, args, none)                                    \
	LATE(LATE_VIRT, ret, name, params, args, none)

/* What all kinds have. */
#define KIND(type, list, by)                                                   \
	VIRT(int, list,                                                        \
	    (virConnectPtr c, type##Ptr * *all, unsigned int flags),           \
	    (c, all, flags), -1)                                               \
	VIRT(type##Ptr, type##LookupBy##by,                                    \
	    (virConnectPtr c, const char *name), (c, name), NULL)              \
	VIRT(int, type##Ref, (type##Ptr p), (p), -1)                           \
	VIRT(int, type##Free, (type##Ptr p), (p), -1)                          \
	VIRT(int, type##GetUUIDString, (type##Ptr p, char *uuid), (p, uuid),   \
	    -1)                                                                \
	VIRT(char *, type##GetXMLDesc, (type##Ptr p, unsigned int flags),      \
	    (p, flags), NULL)

/* What all but secrets have. */
#define NAMED(type) VIRT(const char *, type##GetName, (type##Ptr p), (p), NULL)

/* What all but domains do alike. */
#define UNDEFINE(type) VIRT(int, type##Undefine, (type##Ptr p), (p), -1)

/* What can run. */
#define RUNNING(type)                                                          \
	VIRT(int, type##IsPersistent, (type##Ptr p), (p), -1)                  \
	VIRT(int, type##IsActive, (type##Ptr p), (p), -1)                      \
	VIRT(int, type##GetAutostart, (type##Ptr p, int *on), (p, on), -1)     \
	VIRT(int, type##SetAutostart, (type##Ptr p, int on), (p, on), -1)

#define DEFINE(type, name)                                                     \
	VIRT(type##Ptr, name,                                                  \
	    (virConnectPtr c, const char *xml, unsigned int flags),            \
	    (c, xml, flags), NULL)
#define DEFINE_PLAIN(type)                                                     \
	VIRT(type##Ptr, type##DefineXML, (virConnectPtr c, const char *xml),   \
	    (c, xml), NULL)

KIND(virDomain, virConnectListAllDomains, Name)
KIND(virNetwork, virConnectListAllNetworks, Name)
KIND(virStoragePool, virConnectListAllStoragePools, Name)
KIND(virNWFilter, virConnectListAllNWFilters, Name)
KIND(virSecret, virConnectListAllSecrets, UUIDString)
NAMED(virDomain)
NAMED(virNetwork)
NAMED(virStoragePool)
NAMED(virNWFilter)
UNDEFINE(virNetwork)
UNDEFINE(virStoragePool)
UNDEFINE(virNWFilter)
UNDEFINE(virSecret)
RUNNING(virDomain)
RUNNING(virNetwork)
RUNNING(virStoragePool)
DEFINE(virDomain, virDomainDefineXMLFlags)
DEFINE(virStoragePool, virStoragePoolDefineXML)
DEFINE(virSecret, virSecretDefineXML)
#if LIBVIR_VERSION_NUMBER >= 7007000
DEFINE(virNetwork, virNetworkDefineXMLFlags)
DEFINE(virNWFilter, virNWFilterDefineXMLFlags)
#else
DEFINE_PLAIN(virNetwork)
DEFINE_PLAIN(virNWFilter)
#endif

VIRT(int, virInitialize, (void), (), -1)
LATE_VOID(LATE_VIRT, virSetErrorFunc, (void *cookie, virErrorFunc handler),
    (cookie, handler))
VIRT(virErrorPtr, virGetLastError, (void), (), NULL)
VIRT(const char *, virGetLastErrorMessage, (void), (), late_why())
VIRT(int, virEventRegisterDefaultImpl, (void), (), -1)

VIRT(virConnectPtr, virConnectOpen, (const char *uri), (uri), NULL)
VIRT(int, virConnectClose, (virConnectPtr c), (c), -1)
VIRT(int, virConnectIsAlive, (virConnectPtr c), (c), -1)
VIRT(const char *, virConnectGetType, (virConnectPtr c), (c), NULL)
VIRT(int, virConnectGetVersion, (virConnectPtr c, unsigned long *version),
    (c, version), -1)
VIRT(int, virConnectGetLibVersion, (virConnectPtr c, unsigned long *version),
    (c, version), -1)
VIRT(int, virGetVersion,
    (unsigned long *version, const char *type, unsigned long *type_version),
    (version, type, type_version), -1)
VIRT(char *, virConnectGetHostname, (virConnectPtr c), (c), NULL)
VIRT(char *, virConnectGetCapabilities, (virConnectPtr c), (c), NULL)
VIRT(char *, virConnectGetDomainCapabilities,
    (virConnectPtr c, const char *emulator, const char *arch,
	const char *machine, const char *type, unsigned int flags),
    (c, emulator, arch, machine, type, flags), NULL)

VIRT(int, virDomainUndefineFlags, (virDomainPtr p, unsigned int flags),
    (p, flags), -1)
VIRT(int, virDomainHasManagedSaveImage, (virDomainPtr p, unsigned int flags),
    (p, flags), -1)
VIRT(int, virDomainSnapshotNum, (virDomainPtr p, unsigned int flags),
    (p, flags), -1)
VIRT(int, virDomainListAllCheckpoints,
    (virDomainPtr p, virDomainCheckpointPtr **all, unsigned int flags),
    (p, all, flags), -1)

VIRT(unsigned char *, virSecretGetValue,
    (virSecretPtr p, size_t *len, unsigned int flags), (p, len, flags), NULL)
VIRT(int, virSecretSetValue,
    (virSecretPtr p, const unsigned char *value, size_t len,
	unsigned int flags),
    (p, value, len, flags), -1)
