#include <string.h>
#include <strings.h>

#include "archive/address/place_walk.h"
#include "archive/address/secret_name_table.h"

/* Options that mean something to the map.  Section NULL: any. */
static const struct {
	const char *section, *option;
	enum place_role role;
} options[] = {
	{ "DEFAULT", "host", PLACE_HOST }, { NULL, "backend_host", PLACE_HOST },
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
	{ "p11_crypto_plugin", "login", PLACE_SECRET }, /* barbican's PIN */
};

/* Options whose value begins with a secret and goes on with what is none, by
 * section and how their names begin: swift's "user_ACCOUNT_NAME = KEY .admin
 * URL". */
static const struct {
	const char *section, *begins;
} first_words[] = {
	{ "filter:tempauth", "user_" },
	{ "filter:tempauth", "user64_" },
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

/* Names that are longer than this are judged by their end; each of their bytes
 * may become two. */
#define NAME_LONGEST       1024
#define NAME_MAX_LOOKED_AT (2 * NAME_LONGEST)

static int
lower(char c)
{

	return c >= 'A' && c <= 'Z' ? c | 0x20 : c == '-' ? '_' : c;
}

/* The name as the tables have names: its length in ${low}. */
static size_t
plain_name(const char *name, size_t len, char low[NAME_MAX_LOOKED_AT + 1])
{
	size_t i, n = 0;

	if (len > NAME_LONGEST) {
		name += len - NAME_LONGEST;
		len = NAME_LONGEST;
	}
	for (i = 0; i < len; i++) {
		if (i > 0 && name[i] >= 'A' && name[i] <= 'Z' &&
		    name[i - 1] >= 'a' && name[i - 1] <= 'z')
			low[n++] = '_';
		low[n++] = (char)lower(name[i]);
	}
	while (n > 1 && low[n - 1] >= '0' && low[n - 1] <= '9')
		n--;
	if (n > 1 && low[n - 1] == '_')
		n--;
	low[n] = '\0';
	return n;
}

/* Does the name end as one of the list does? */
static int
ends_as(const char *low, size_t len, const struct secret_word *w)
{

	for (; w->text != NULL; w++)
		if (len >= w->len && low[len - 1] == w->text[w->len - 1] &&
		    memcmp(low + len - w->len, w->text, w->len) == 0)
			return 1;
	return 0;
}

static int
is_one(const char *low, size_t len, const struct secret_word *w)
{

	for (; w->text != NULL; w++)
		if (len == w->len && low[0] == w->text[0] &&
		    memcmp(low, w->text, len) == 0)
			return 1;
	return 0;
}

/* Has the name one of the list in it? */
static int
has_one(const char *low, size_t len, const struct secret_word *w)
{
	const char *at, *end = low + len;

	for (; w->text != NULL; w++)
		for (at = low; (size_t)(end - at) >= w->len &&
			       (at = memchr(at, w->text[0],
				    (size_t)(end - at) - w->len + 1)) != NULL;
		     at++)
			if (memcmp(at, w->text, w->len) == 0)
				return 1;
	return 0;
}

enum place_role
place_name_role(const char *name, size_t len)
{
	char low[NAME_MAX_LOOKED_AT + 1];
	size_t text;

	len = plain_name(name, len, low);
	/* Up to a NUL, if it has one. */
	text = strlen(low);
	if ((is_one(low, text, secret_exact) || ends_as(low, len, secret_end) ||
		has_one(low, text, secret_in)) &&
	    !ends_as(low, len, secret_not))
		return PLACE_SECRET;
	return PLACE_PLAIN;
}

int
place_name_spaced(const char *name, size_t len)
{
	char low[NAME_MAX_LOOKED_AT + 1];

	len = plain_name(name, len, low);
	return is_one(low, strlen(low), spaced_exact) ||
	       ends_as(low, len, spaced_end);
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

int
place_option_first_word(
    const char *section, size_t section_len, const char *option, size_t len)
{
	size_t i, n;

	for (i = 0; i < COUNT(first_words); i++) {
		n = strlen(first_words[i].begins);
		if (section_len == strlen(first_words[i].section) &&
		    strncasecmp(section, first_words[i].section, section_len) ==
			0 &&
		    len > n && memcmp(option, first_words[i].begins, n) == 0)
			return 1;
	}
	return 0;
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
