#include <string.h>
#include <strings.h>

#include "archive/address/place_walk.h"

/*
 * What a name says of its value.  Compared without case, - as _.
 */

/* Secret when the name is this ... */
static const char *const secret_exact[] = { "key", "pass", "pwd", "token",
	"keyring", "adminpass", "rootpass", "accesskey", "privatekey",
	"incominguser", "outgoinguser", NULL };

/* ... or ends so ... */
static const char *const secret_end[] = { "_key", "_pass", "_pwd", "_token",
	"_keyring", ".key", ".token", NULL };

/* ... or has this in it, unless ... */
static const char *const secret_in[] = { "password", "passwd", "passphrase",
	"secret", NULL };

/* ... it ends so: then it tells of the secret, or where it is. */
static const char *const secret_not[] = { "_uuid", "_url", "_uri", "_file",
	"_dir", "_path", "_type", "_name", "_id", "_host", "_ip", "_address",
	"_port", "_user", "_length", "_format", "_usage", "validto",
	"public_key", NULL };

/* Options that mean something to the map.  Section NULL: any. */
static const struct {
	const char *section, *option;
	enum place_role role;
} options[] = {
	{ "DEFAULT", "host", PLACE_HOST },
	{ NULL, "backend_host", PLACE_HOST },
	{ NULL, "flat_network_bridge", PLACE_BRIDGE },
	{ NULL, "vlan_bridge", PLACE_BRIDGE },
	{ NULL, "integration_bridge", PLACE_BRIDGE },
	{ NULL, "tunnel_bridge", PLACE_BRIDGE },
	{ NULL, "ovs_bridge", PLACE_BRIDGE },
	{ NULL, "ovs_integration_bridge", PLACE_BRIDGE },
	{ NULL, "external_network_bridge", PLACE_BRIDGE },
	{ NULL, "libvirt_ovs_bridge", PLACE_BRIDGE },
	{ NULL, "linuxnet_ovs_integration_bridge", PLACE_BRIDGE },
	{ NULL, "xenapi_ovs_integration_bridge", PLACE_BRIDGE },
	{ NULL, "ovs_vif_bridge", PLACE_BRIDGE },
};

/* XML paths, as they end. */
static const struct {
	const char *end;
	enum place_role role;
} xml_paths[] = {
	{ "/domain/os/type/@machine", PLACE_MACHINE },
	{ "/domain/devices/interface/source/@bridge", PLACE_BRIDGE },
	{ "/network/bridge/@name", PLACE_BRIDGE },
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* Names that are longer than this are judged by their end. */
#define NAME_MAX_LOOKED_AT 127

static int
ends(const char *name, size_t len, const char *end)
{
	size_t n = strlen(end);

	return len >= n && memcmp(name + len - n, end, n) == 0;
}

enum place_role
place_name_role(const char *name, size_t len)
{
	char low[NAME_MAX_LOOKED_AT + 1];
	size_t i;

	if (len > NAME_MAX_LOOKED_AT) {
		name += len - NAME_MAX_LOOKED_AT;
		len = NAME_MAX_LOOKED_AT;
	}
	for (i = 0; i < len; i++)
		low[i] = name[i] == '-' ? '_'
			 : name[i] >= 'A' && name[i] <= 'Z'
			     ? (char)(name[i] | 0x20)
			     : name[i];
	low[len] = '\0';
	for (i = 0; secret_not[i] != NULL; i++)
		if (ends(low, len, secret_not[i]))
			return PLACE_PLAIN;
	for (i = 0; secret_exact[i] != NULL; i++)
		if (strcmp(low, secret_exact[i]) == 0)
			return PLACE_SECRET;
	for (i = 0; secret_end[i] != NULL; i++)
		if (ends(low, len, secret_end[i]))
			return PLACE_SECRET;
	for (i = 0; secret_in[i] != NULL; i++)
		if (strstr(low, secret_in[i]) != NULL)
			return PLACE_SECRET;
	return PLACE_PLAIN;
}

int
place_is_secret(const char *name)
{

	return place_name_role(name, strlen(name)) == PLACE_SECRET;
}

/* Equal as option names: no case, - as _. */
static int
same_name(const char *a, size_t len, const char *b)
{
	size_t i;

	if (strlen(b) != len)
		return 0;
	for (i = 0; i < len; i++)
		if ((a[i] == '-' ? '_' : a[i]) != b[i])
			return 0;
	return 1;
}

enum place_role
place_option_role(const char *section, size_t section_len, const char *option,
    size_t option_len)
{
	size_t i;

	for (i = 0; i < COUNT(options); i++)
		if (same_name(option, option_len, options[i].option) &&
		    (options[i].section == NULL ||
			(section_len == strlen(options[i].section) &&
			    strncasecmp(section, options[i].section,
				section_len) == 0)))
			return options[i].role;
	return place_name_role(option, option_len);
}

/* Does the path end so, indexes left out? */
static int
path_ends(const char *path, size_t len, const char *end)
{
	size_t n = strlen(end);

	while (n > 0) {
		if (len > 0 && path[len - 1] == ']') {
			while (len > 0 && path[len - 1] != '[')
				len--;
			if (len > 0)
				len--;
		}
		if (len == 0 || path[len - 1] != end[n - 1])
			return 0;
		len--;
		n--;
	}
	return 1;
}

enum place_role
place_xml_role(const char *path, size_t len)
{
	size_t i, last = len;

	for (i = 0; i < COUNT(xml_paths); i++)
		if (path_ends(path, len, xml_paths[i].end))
			return xml_paths[i].role;
	if (len > 0 && path[len - 1] == ']')
		while (len > 0 && path[--len] != '[')
			;
	for (last = len;
	     last > 0 && path[last - 1] != '/' && path[last - 1] != '@';)
		last--;
	return place_name_role(path + last, len - last);
}
