#include <string.h>

#include "archive/num.h"
#include "archive/warn.h"
#include "restore/map/addrmap_inner.h"

#define DNS_NAME_MAX  253
#define DNS_LABEL_MAX 63

/* 010.002.116.014: the address as decimal, for the message. */
static int
is_padded(const char *text, char plain[ADDRESS_TEXT])
{
	struct address_token t;
	size_t pos = 0;

	if (!address_next(text, strlen(text), &pos, &t) ||
	    t.spelling != ADDRESS_PADDED || t.len != strlen(text))
		return 0;
	address_print(&t.addr, plain);
	return 1;
}

int
addrmap_range(const char *where, char *text, struct address *a, int *prefix)
{
	char *slash = strchr(text, '/'), plain[ADDRESS_TEXT];
	struct address net;
	uint64_t n;

	if (slash != NULL)
		*slash = '\0';
	if (is_padded(text, plain)) {
		warn_msg("%s: padded octets are ambiguous: write %s for %s",
		    where, plain, text);
		return -1;
	}
	if (address_parse(text, a)) {
		warn_msg("%s: \"%s\" is not an address (for a DNS name: "
			 "name OLD = NEW)",
		    where, text);
		return -1;
	}
	*prefix = a->family == 4 ? 32 : 128;
	if (slash == NULL)
		return 0;
	if (num_u64(slash + 1, (uint64_t)*prefix, &n)) {
		warn_msg("%s: \"%s\" is not a prefix length: 0 to %d", where,
		    slash + 1, *prefix);
		return -1;
	}
	*prefix = (int)n;
	net = *a;
	addrmap_cut(&net, *prefix);
	if (address_compare(&net, a) != 0) {
		address_print(&net, plain);
		warn_msg(
		    "%s: %s/%d has host bits: write %s/%d for the range, or "
		    "%s for the one address",
		    where, text, *prefix, plain, *prefix, text);
		return -1;
	}
	return 0;
}

/* Does s consist of these characters only?  And of letters and digits. */
static int
made_of(const char *s, const char *others)
{

	for (; *s != '\0'; s++)
		if (!(*s >= 'a' && *s <= 'z') && !(*s >= 'A' && *s <= 'Z') &&
		    !(*s >= '0' && *s <= '9') && strchr(others, *s) == NULL)
			return 0;
	return 1;
}

/* Labels of letters, digits, - and _; the root's dot is cut off. */
static int
is_name(char *s)
{
	size_t len = strlen(s), label, i;
	int bad;

	if (len > 1 && s[len - 1] == '.')
		s[--len] = '\0';
	bad = !made_of(s, "-_.") || len > DNS_NAME_MAX;
	for (i = 0; i < len && !bad; i += label + 1) {
		label = strcspn(s + i, ".");
		bad = label == 0 || label > DNS_LABEL_MAX || s[i] == '-' ||
		      i + label + 1 == len;
	}
	return !bad;
}

int
addrmap_check_name(const char *where, char *s)
{
	int good = is_name(s);
	struct address a;

	if (address_parse(s, &a) == 0) {
		warn_msg(
		    "%s: \"%s\" is an address: leave \"name\" out", where, s);
		return -1;
	}
	if (!good)
		warn_msg("%s: \"%s\" is not a DNS name", where, s);
	return good ? 0 : -1;
}

/* A host may well be named by its address. */
int
addrmap_check_host(const char *where, char *s)
{

	if (is_name(s))
		return 0;
	warn_msg("%s: \"%s\" is not the name of a host", where, s);
	return -1;
}

int
addrmap_check_path(const char *where, char *s)
{
	static const char refused[] = "\"'`<>&\\|;,:";
	size_t len = strlen(s);
	const char *c;

	while (len > 1 && s[len - 1] == '/')
		s[--len] = '\0';
	if (s[0] != '/' || len == 1 || strstr(s, "//") != NULL ||
	    strstr(s, "/./") != NULL || strstr(s, "/../") != NULL) {
		warn_msg("%s: \"%s\" is not an absolute path", where, s);
		return -1;
	}
	for (c = s; *c != '\0'; c++) {
		if ((unsigned char)*c <= ' ' || *c == 0x7f ||
		    strchr(refused, *c) != NULL) {
			warn_msg("%s: a path in a rule may not hold blanks, "
				 "quotes or any of <>&\\|;,:",
			    where);
			return -1;
		}
	}
	return 0;
}

int
addrmap_check_word(const char *where, char *s)
{

	if (made_of(s, "-_.+"))
		return 0;
	warn_msg("%s: \"%s\" is not a name of that kind", where, s);
	return -1;
}
