#include "archive/libvirt/virt_kind.h"

#include <libvirt/virterror.h>

#include <stdio.h>
#include <stdlib.h>

/* Flags came to most define calls in libvirt 7.7.0. */
#if LIBVIR_VERSION_NUMBER >= 7007000
#define DEFINE(call, flag, c, xml, v) call##Flags(c, xml, (v) ? (flag) : 0)
#define DEFINE_POOL(c, xml, v)                                                 \
	virStoragePoolDefineXML(                                               \
	    c, xml, (v) ? VIR_STORAGE_POOL_DEFINE_VALIDATE : 0)
#define DEFINE_SECRET(c, xml, v)                                               \
	virSecretDefineXML(c, xml, (v) ? VIR_SECRET_DEFINE_VALIDATE : 0)
#else
#define DEFINE(call, flag, c, xml, v) ((void)(v), call(c, xml))
#define DEFINE_POOL(c, xml, v)        ((void)(v), virStoragePoolDefineXML(c, xml, 0))
#define DEFINE_SECRET(c, xml, v)      ((void)(v), virSecretDefineXML(c, xml, 0))
#endif

/* What every kind has, under the same names but for the type's. */
#define COMMON(kind, Type, list)                                               \
	static int kind##_count(virConnectPtr c)                               \
	{                                                                      \
                                                                               \
		return list(c, NULL, 0);                                       \
	}                                                                      \
	static int kind##_each(                                                \
	    virConnectPtr c, unsigned flags, virt_each_fn *fn, void *cookie)   \
	{                                                                      \
		Type##Ptr *all = NULL;                                         \
		int i, n, rc = 0;                                              \
                                                                               \
		if ((n = list(c, &all, flags)) == -1)                          \
			return -1;                                             \
		for (i = 0; i < n; i++) {                                      \
			if (rc == 0)                                           \
				rc = fn(cookie, all[i]);                       \
			(void)Type##Free(all[i]);                              \
		}                                                              \
		free(all);                                                     \
		return rc;                                                     \
	}                                                                      \
	static int kind##_keep(void *o)                                        \
	{                                                                      \
                                                                               \
		return Type##Ref(o);                                           \
	}                                                                      \
	static void kind##_release(void *o)                                    \
	{                                                                      \
                                                                               \
		(void)Type##Free(o);                                           \
	}                                                                      \
	static int kind##_uuid(void *o, char *uuid)                            \
	{                                                                      \
                                                                               \
		return Type##GetUUIDString(o, uuid);                           \
	}

/* What all but domains do alike. */
#define UNDEFINE(kind, Type)                                                   \
	static int kind##_undefine(void *o)                                    \
	{                                                                      \
                                                                               \
		return Type##Undefine(o);                                      \
	}

/* What all but secrets have. */
#define NAMED(kind, Type)                                                      \
	static void *kind##_find(virConnectPtr c, const char *name)            \
	{                                                                      \
                                                                               \
		return Type##LookupByName(c, name);                            \
	}                                                                      \
	static const char *kind##_name(void *o)                                \
	{                                                                      \
                                                                               \
		return Type##GetName(o);                                       \
	}

/* What can run. */
#define RUNNING(kind, Type)                                                    \
	static int kind##_persistent(void *o)                                  \
	{                                                                      \
                                                                               \
		return Type##IsPersistent(o);                                  \
	}                                                                      \
	static int kind##_active(void *o)                                      \
	{                                                                      \
                                                                               \
		return Type##IsActive(o);                                      \
	}                                                                      \
	static int kind##_autostart(void *o, int *on)                          \
	{                                                                      \
                                                                               \
		return Type##GetAutostart(o, on);                              \
	}                                                                      \
	static int kind##_set_autostart(void *o, int on)                       \
	{                                                                      \
                                                                               \
		return Type##SetAutostart(o, on);                              \
	}

COMMON(secret, virSecret, virConnectListAllSecrets)
COMMON(nwfilter, virNWFilter, virConnectListAllNWFilters)
COMMON(network, virNetwork, virConnectListAllNetworks)
COMMON(pool, virStoragePool, virConnectListAllStoragePools)
COMMON(domain, virDomain, virConnectListAllDomains)
UNDEFINE(secret, virSecret)
UNDEFINE(nwfilter, virNWFilter)
UNDEFINE(network, virNetwork)
UNDEFINE(pool, virStoragePool)
NAMED(nwfilter, virNWFilter)
NAMED(network, virNetwork)
NAMED(pool, virStoragePool)
NAMED(domain, virDomain)
RUNNING(network, virNetwork)
RUNNING(pool, virStoragePool)
RUNNING(domain, virDomain)

/* A domain's own memory (firmware settings, TPM) is no definition: it stays.
 * A saved state or snapshots keep libvirt from undefining it at all.  A driver
 * that does not know a flag does not know the memory either. */
static int
domain_undefine(void *o)
{
	static const unsigned flags[] = {
#if LIBVIR_VERSION_NUMBER >= 8009000
		VIR_DOMAIN_UNDEFINE_KEEP_NVRAM | VIR_DOMAIN_UNDEFINE_KEEP_TPM,
#endif
		VIR_DOMAIN_UNDEFINE_KEEP_NVRAM,
		0
	};
	virErrorPtr e;
	size_t i;

	for (i = 0; i < sizeof(flags) / sizeof(*flags); i++) {
		if (virDomainUndefineFlags(o, flags[i]) == 0)
			return 0;
		e = virGetLastError();
		if (e == NULL || e->code != VIR_ERR_INVALID_ARG)
			break;
	}
	return -1;
}

static void *
secret_find(virConnectPtr c, const char *uuid)
{

	return virSecretLookupByUUIDString(c, uuid);
}

static char *
secret_xml(void *o, int secrets)
{

	(void)secrets;
	return virSecretGetXMLDesc(o, 0);
}

static char *
nwfilter_xml(void *o, int secrets)
{

	(void)secrets;
	return virNWFilterGetXMLDesc(o, 0);
}

/* Some drivers know one definition only, and refuse the flag. */
static int
no_flag(void)
{
	virErrorPtr e = virGetLastError();

	return e != NULL && e->code == VIR_ERR_INVALID_ARG;
}

static char *
network_xml(void *o, int secrets)
{
	char *xml = virNetworkGetXMLDesc(o, VIR_NETWORK_XML_INACTIVE);

	(void)secrets;
	return xml == NULL && no_flag() ? virNetworkGetXMLDesc(o, 0) : xml;
}

static char *
pool_xml(void *o, int secrets)
{
	char *xml = virStoragePoolGetXMLDesc(o, VIR_STORAGE_XML_INACTIVE);

	(void)secrets;
	return xml == NULL && no_flag() ? virStoragePoolGetXMLDesc(o, 0) : xml;
}

static char *
domain_xml(void *o, int secrets)
{

	return virDomainGetXMLDesc(
	    o, VIR_DOMAIN_XML_INACTIVE |
		   (secrets ? (unsigned)VIR_DOMAIN_XML_SECURE : 0u));
}

static void *
secret_define(virConnectPtr c, const char *xml, int validate)
{

	return DEFINE_SECRET(c, xml, validate);
}

static void *
nwfilter_define(virConnectPtr c, const char *xml, int validate)
{

	return DEFINE(virNWFilterDefineXML, VIR_NWFILTER_DEFINE_VALIDATE, c,
	    xml, validate);
}

static void *
network_define(virConnectPtr c, const char *xml, int validate)
{

	return DEFINE(
	    virNetworkDefineXML, VIR_NETWORK_DEFINE_VALIDATE, c, xml, validate);
}

static void *
pool_define(virConnectPtr c, const char *xml, int validate)
{

	return DEFINE_POOL(c, xml, validate);
}

static void *
domain_define(virConnectPtr c, const char *xml, int validate)
{

	return virDomainDefineXMLFlags(
	    c, xml, validate ? VIR_DOMAIN_DEFINE_VALIDATE : 0);
}

#define ROW_COMMON(kind, traits)                                               \
	kind##_count, kind##_each, traits, kind##_find, kind##_keep,           \
	    kind##_release
#define ROW_RUNNING(kind)                                                      \
	kind##_persistent, kind##_active, kind##_autostart, kind##_set_autostart

/* A driver that does not know of such things has none. */
static void
domain_beside(void *domain, struct virt_object *o)
{
	int n;

	o->has_saved = virDomainHasManagedSaveImage(domain, 0) == 1;
	n = virDomainSnapshotNum(domain, 0);
	o->snapshots = n > 0 ? n : 0;
	n = virDomainListAllCheckpoints(domain, NULL, 0);
	o->checkpoints = n > 0 ? n : 0;
}

static const struct virt_trait network_traits[] = {
	{ VIR_CONNECT_LIST_NETWORKS_PERSISTENT, VIRT_PERSISTENT },
	{ VIR_CONNECT_LIST_NETWORKS_ACTIVE, VIRT_ACTIVE },
	{ VIR_CONNECT_LIST_NETWORKS_AUTOSTART, VIRT_AUTOSTART },
	{ 0, 0 },
};

static const struct virt_trait pool_traits[] = {
	{ VIR_CONNECT_LIST_STORAGE_POOLS_PERSISTENT, VIRT_PERSISTENT },
	{ VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE, VIRT_ACTIVE },
	{ VIR_CONNECT_LIST_STORAGE_POOLS_AUTOSTART, VIRT_AUTOSTART },
	{ 0, 0 },
};

static const struct virt_trait domain_traits[] = {
	{ VIR_CONNECT_LIST_DOMAINS_PERSISTENT, VIRT_PERSISTENT },
	{ VIR_CONNECT_LIST_DOMAINS_ACTIVE, VIRT_ACTIVE },
	{ VIR_CONNECT_LIST_DOMAINS_AUTOSTART, VIRT_AUTOSTART },
	{ VIR_CONNECT_LIST_DOMAINS_MANAGEDSAVE, VIRT_BESIDE },
	{ VIR_CONNECT_LIST_DOMAINS_HAS_SNAPSHOT, VIRT_BESIDE },
	{ VIR_CONNECT_LIST_DOMAINS_HAS_CHECKPOINT, VIRT_BESIDE },
	{ 0, 0 },
};

static const struct virt_kind kinds[ITEM_KINDS] = {
	[ITEM_SECRET] = { "secrets", 7007000, ROW_COMMON(secret, NULL), NULL,
	    secret_uuid, secret_xml, NULL, NULL, NULL, NULL, secret_define,
	    secret_undefine, NULL },
	[ITEM_NWFILTER] = { "nwfilters", 7007000, ROW_COMMON(nwfilter, NULL),
	    nwfilter_name, nwfilter_uuid, nwfilter_xml, NULL, NULL, NULL, NULL,
	    nwfilter_define, nwfilter_undefine, NULL },
	[ITEM_NETWORK] = { "networks", 7007000,
	    ROW_COMMON(network, network_traits), network_name, network_uuid,
	    network_xml, ROW_RUNNING(network), network_define, network_undefine,
	    NULL },
	[ITEM_POOL] = { "storage pools", 7007000, ROW_COMMON(pool, pool_traits),
	    pool_name, pool_uuid, pool_xml, ROW_RUNNING(pool), pool_define,
	    pool_undefine, NULL },
	[ITEM_DOMAIN] = { "domains", 1002012, ROW_COMMON(domain, domain_traits),
	    domain_name, domain_uuid, domain_xml, ROW_RUNNING(domain),
	    domain_define, domain_undefine, domain_beside },
};

const struct virt_kind *
virt_kind(enum item_kind kind)
{

	if ((int)kind < 0 || kind >= ITEM_KINDS || kinds[kind].count == NULL)
		return NULL;
	return &kinds[kind];
}

int
virt_absent(void)
{
	virErrorPtr e = virGetLastError();

	switch (e != NULL ? e->code : VIR_ERR_OK) {
	case VIR_ERR_NO_DOMAIN:
	case VIR_ERR_NO_NETWORK:
	case VIR_ERR_NO_STORAGE_POOL:
	case VIR_ERR_NO_NWFILTER:
	case VIR_ERR_NO_SECRET:
		return 1;
	default:
		return 0;
	}
}

const char *
virt_words(char *text, size_t len)
{
	char *p;

	(void)snprintf(text, len, "%s", virGetLastErrorMessage());
	for (p = text; *p != '\0'; p++)
		if (*p == '\n')
			*p = ' ';
	return text;
}
