#include "archive/database/account_host.h"

#include <string.h>
#include <strings.h>

#include "archive/num.h"

#define WILD   "%_"
#define DIGITS "0123456789"
#define HEX    DIGITS "abcdefABCDEF"

/* Loopback, or every address there is. */
static int
is_local(const struct account_host *h)
{
	static const unsigned char zero[15];
	const unsigned char *b = h->net.bytes;

	if (h->net.family == 4 && b[0] == 127 && h->prefix >= 8)
		return 1;
	if (h->net.family == 6 && h->prefix == 128 && b[15] == 1 &&
	    memcmp(b, zero, 15) == 0)
		return 1;
	return h->prefix == 0 && h->tail > 0;
}

/* Bits of a netmask, or -1 when it has holes. */
static int
mask_bits(const struct address *mask)
{
	int n = mask->family == 4 ? 32 : 128, bits = 0, i;

	while (bits < n && (mask->bytes[bits / 8] >> (7 - bits % 8) & 1))
		bits++;
	for (i = bits; i < n; i++)
		if (mask->bytes[i / 8] >> (7 - i % 8) & 1)
			return -1;
	return bits;
}

/* "10.2.116.0/255.255.255.0", "10.2.116.0/24": 0, or -1 when it is neither. */
static int
read_masked(const char *host, struct account_host *h)
{
	const char *slash = strchr(host, '/');
	size_t len = slash == NULL ? 0 : (size_t)(slash - host);
	char text[ADDRESS_TEXT];
	struct address mask;
	uint64_t bits;

	if (len == 0 || len >= sizeof(text))
		return -1;
	memcpy(text, host, len);
	text[len] = '\0';
	if (address_parse(text, &h->net))
		return -1;
	if (num_u64(slash + 1, h->net.family == 4 ? 32 : 128, &bits) == 0)
		h->prefix = (int)bits;
	else if (address_parse(slash + 1, &mask) ||
		 mask.family != h->net.family ||
		 (h->prefix = mask_bits(&mask)) == -1)
		return -1;
	h->tail = len;
	return 0;
}

/* The whole octets in front of a wildcard: "10.2.116.%", "10.2.1%". */
static int
read_octets(const char *host, struct account_host *h)
{
	size_t n = 0, len;
	uint64_t octet;
	char text[4];

	if (strpbrk(host, WILD) == NULL ||
	    strspn(host, DIGITS "." WILD) != strlen(host))
		return -1;
	h->net.family = 4;
	for (; n < 3; n++) {
		len = strspn(host + h->tail, DIGITS);
		if (len == 0 || len > 3 || host[h->tail + len] != '.')
			break;
		memcpy(text, host + h->tail, len);
		text[len] = '\0';
		if (num_u64(text, 255, &octet))
			return -1;
		h->net.bytes[n] = (unsigned char)octet;
		h->tail += len + 1;
	}
	h->prefix = (int)(8 * n);
	return n == 0 ? -1 : 0;
}

/* The whole groups in front of a wildcard: "2001:db8:1:%".  Behind "::" nobody
 * knows which group is which. */
static int
read_groups(const char *host, struct account_host *h)
{
	size_t n = 0, len, i;
	unsigned int group;

	if (strpbrk(host, WILD) == NULL || strchr(host, ':') == NULL ||
	    strspn(host, HEX ":." WILD) != strlen(host))
		return -1;
	h->net.family = 6;
	for (; n < 7; n++) {
		len = strspn(host + h->tail, HEX);
		if (len == 0 || len > 4 || host[h->tail + len] != ':')
			break;
		for (group = 0, i = 0; i < len; i++)
			group = group << 4 |
				(unsigned int)(strchr("0123456789abcdef",
						   host[h->tail + i] | 0x20) -
					       "0123456789abcdef");
		h->net.bytes[2 * n] = (unsigned char)(group >> 8);
		h->net.bytes[2 * n + 1] = (unsigned char)group;
		h->tail += len + 1;
	}
	h->prefix = (int)(16 * n);
	if (host[h->tail] == ':')
		h->tail = 0;
	return n == 0 && h->tail > 0 ? -1 : 0;
}

/* 0, or -1 when it is no network. */
static int
read_network(const char *host, struct account_host *h)
{
	static int (*const read[])(const char *host,
	    struct account_host *h) = { read_masked, read_octets, read_groups };
	size_t i;

	for (i = 0; i < sizeof(read) / sizeof(read[0]); i++) {
		memset(h, 0, sizeof(*h));
		if (read[i](host, h) == 0)
			return 0;
	}
	return -1;
}

void
account_host_read(const char *host, struct account_host *h)
{

	memset(h, 0, sizeof(*h));
	if (strspn(host, WILD) == strlen(host) ||
	    strcasecmp(host, "localhost") == 0 ||
	    strncasecmp(host, "localhost.", 10) == 0)
		return;
	if (address_parse(host, &h->net) == 0) {
		h->prefix = h->net.family == 4 ? 32 : 128;
		h->bound = ACCOUNT_ADDRESS;
	} else if (read_network(host, h) == 0) {
		h->bound = ACCOUNT_NETWORK;
	} else {
		memset(h, 0, sizeof(*h));
		h->bound = ACCOUNT_NAME;
		return;
	}
	if (is_local(h))
		h->bound = ACCOUNT_ANYWHERE;
}
