#include "restore/map/host_place.h"

#include <string.h>
#include <strings.h>

/* Options of the services, beside those that are PLACE_HOST themselves. */
static const struct {
	const char *option;
	enum host_place way;
} options[] = {
	{ "network_host", HOST_PLACE_NAME },
	{ "console_host", HOST_PLACE_NAME },
	{ "isolated_hosts", HOST_PLACE_LIST },
};

/* Keys of what nova and neutron keep as JSON in columns of class H. */
static const char *const keys[] = { "host", "hosts", "node",
	"hypervisor_hostname", "launched_on", "compute_host", "source_compute",
	"dest_compute", "source_node", "dest_node", "force_hosts",
	"force_nodes", "ignore_hosts", "migrating_to" };

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* The length of ${s} without a mark at its end: "#2", "[0]". */
static size_t
bare(const char *s, char mark)
{
	const char *at = strrchr(s, mark);

	return at != NULL && at > s ? (size_t)(at - s) : strlen(s);
}

/* "[scheduler] isolated_hosts", "--network_host", each with "#2" perhaps. */
static enum host_place
option(const char *label)
{
	const char *name = strrchr(label, ' ');
	size_t i, len;

	name = name != NULL ? name + 1 : label;
	while (*name == '-')
		name++;
	len = bare(name, '#');
	for (i = 0; i < COUNT(options); i++)
		if (strlen(options[i].option) == len &&
		    strncasecmp(name, options[i].option, len) == 0)
			return options[i].way;
	return HOST_PLACE_NONE;
}

/* "nova_object.data.force_hosts[0]": its last key is one of them. */
static int
is_key(const char *label)
{
	const char *key = strrchr(label, '.');
	size_t i, len;

	key = key != NULL ? key + 1 : label;
	len = bare(key, '[');
	for (i = 0; i < COUNT(keys); i++)
		if (strlen(keys[i]) == len && strncmp(key, keys[i], len) == 0)
			return 1;
	return 0;
}

static int
is_connector(const char *label)
{
	static const char end[] = "connector.host";
	size_t len = strlen(label), n = strlen(end);

	if (strcmp(label, "host") == 0)
		return 1;
	return len >= n && strcmp(label + len - n, end) == 0 &&
	       (len == n || label[len - n - 1] == '.');
}

enum host_place
host_place(enum place_format format, const struct place *place,
    enum catalog_hosts hosts)
{
	int is = 0;

	if (place->role == PLACE_HOST)
		return HOST_PLACE_NAME;
	if (place->role != PLACE_PLAIN)
		return HOST_PLACE_NONE;
	switch (format) {
	case PLACE_INI:
	case PLACE_FLAGS:
		return option(place->label);
	case PLACE_JSON:
		is = hosts == CATALOG_HOSTS       ? is_key(place->label)
		     : hosts == CATALOG_CONNECTOR ? is_connector(place->label)
						  : 0;
		break;
	case PLACE_VALUE:
	case PLACE_TEXT:
		is = hosts != CATALOG_NO_HOSTS;
		break;
	case PLACE_OPAQUE:
	case PLACE_XML:
		break;
	}
	return is ? HOST_PLACE_NAME : HOST_PLACE_NONE;
}
