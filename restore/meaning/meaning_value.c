#include "restore/meaning/meaning_value.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "archive/address/address.h"
#include "archive/num.h"

/* The longest value that is looked at by anything but its text. */
#define SHORT 256

static const char blank[] = " \t\r\n";

/* The value without the blanks around it, as a string: 0, or -1 too long. */
static int
trim(const char *s, char out[SHORT])
{
	size_t len;

	s += strspn(s, blank);
	len = strlen(s);
	while (len > 0 && strchr(blank, s[len - 1]) != NULL)
		len--;
	if (len >= SHORT)
		return -1;
	memcpy(out, s, len);
	out[len] = '\0';
	return 0;
}

static int
same_text(const char *a, const char *b)
{
	size_t alen, blen;

	a += strspn(a, blank);
	b += strspn(b, blank);
	alen = strlen(a);
	blen = strlen(b);
	while (alen > 0 && strchr(blank, a[alen - 1]) != NULL)
		alen--;
	while (blen > 0 && strchr(blank, b[blen - 1]) != NULL)
		blen--;
	return alen == blen && memcmp(a, b, alen) == 0;
}

static int
same_address(const char *a, const char *b)
{
	struct address x, y;

	return address_parse(a, &x) == 0 && address_parse(b, &y) == 0 &&
	       address_compare(&x, &y) == 0;
}

/* Decimal, or hexadecimal behind 0x: 0 or -1. */
static int
number(const char *s, uint64_t *n)
{
	char *end;

	if (strncmp(s, "0x", 2) != 0)
		return num_u64(s, UINT64_MAX, n);
	if (strspn(s + 2, "0123456789abcdefABCDEF") != strlen(s + 2) ||
	    s[2] == '\0')
		return -1;
	errno = 0;
	*n = strtoull(s + 2, &end, 16);
	return errno == 0 ? 0 : -1;
}

static int
same_number(const char *a, const char *b)
{
	uint64_t x, y;

	return number(a, &x) == 0 && number(b, &y) == 0 && x == y;
}

/* Bytes of one of a unit, or 0 when there is no such. */
static uint64_t
unit_bytes(const char *unit)
{
	static const char letters[] = "kmgtpe";
	const char *at;
	uint64_t step = 1024, bytes = 1;

	if (unit == NULL)
		return 1024;
	if (strcasecmp(unit, "b") == 0 || strcasecmp(unit, "bytes") == 0)
		return 1;
	if (unit[0] == '\0' || (at = strchr(letters, unit[0] | 0x20)) == NULL)
		return 0;
	if (strcasecmp(unit + 1, "b") == 0)
		step = 1000;
	else if (unit[1] != '\0' && strcasecmp(unit + 1, "ib") != 0)
		return 0;
	for (; at >= letters; at--)
		bytes *= step;
	return bytes;
}

/* In KiB, rounded up as libvirt does: 0 or -1. */
static int
kib(const char *s, const char *unit, uint64_t *n)
{
	uint64_t bytes = unit_bytes(unit), value;

	if (bytes == 0 || num_u64(s, UINT64_MAX, &value) ||
	    value > UINT64_MAX / bytes)
		return -1;
	*n = value * bytes / 1024 + (value * bytes % 1024 != 0);
	return 0;
}

static int
same_size(const char *a, const char *aunit, const char *b, const char *bunit)
{
	uint64_t x, y;

	return kib(a, aunit, &x) == 0 && kib(b, bunit, &y) == 0 && x == y;
}

/* ${b} is ${a}, or the next power of two. */
static int
same_vram(const char *a, const char *b)
{
	uint64_t x, y, power = 1;

	if (num_u64(a, UINT32_MAX, &x) || num_u64(b, UINT32_MAX, &y))
		return 0;
	while (power < x)
		power *= 2;
	return x == y || y == power;
}

static int
alias_of(const char *alias, const char *machine)
{

	return (strcmp(alias, "pc") == 0 &&
		   strncmp(machine, "pc-i440fx-", 10) == 0) ||
	       (strcmp(alias, "q35") == 0 &&
		   strncmp(machine, "pc-q35-", 7) == 0);
}

/* The members of "0-3,^1,8" as bits: 0 or -1. */
static int
set(const char *s, unsigned char bits[SHORT])
{
	unsigned long from, to, i;
	char *end;
	int without;

	memset(bits, 0, SHORT);
	do {
		s += strspn(s, " ,");
		if (*s == '\0')
			return 0;
		without = *s == '^';
		s += without;
		if (strspn(s, "0123456789") == 0)
			return -1;
		from = to = strtoul(s, &end, 10);
		if (*end == '-' && strspn(end + 1, "0123456789") > 0)
			to = strtoul(end + 1, &end, 10);
		if (to >= (unsigned long)SHORT * 8)
			return -1;
		for (i = from; i <= to; i++)
			if (without)
				bits[i / 8] &= (unsigned char)~(1u << (i % 8));
			else
				bits[i / 8] |= (unsigned char)(1u << (i % 8));
		s = end;
	} while (*s == ',' || *s == ' ');
	return *s == '\0' ? 0 : -1;
}

static int
same_set(const char *a, const char *b)
{
	unsigned char x[SHORT], y[SHORT];

	return set(a, x) == 0 && set(b, y) == 0 && memcmp(x, y, SHORT) == 0;
}

int
meaning_value(enum meaning_value how, const char *want, const char *want_unit,
    const char *here, const char *here_unit)
{
	char a[SHORT], b[SHORT];

	if (how == VALUE_ANY)
		return 1;
	if (how != VALUE_KIB && same_text(want, here))
		return 1;
	if (trim(want, a) || trim(here, b))
		return 0;
	switch (how) {
	case VALUE_TEXT:
		return same_address(a, b);
	case VALUE_NOCASE:
		return strcasecmp(a, b) == 0;
	case VALUE_NUMBER:
		return same_number(a, b);
	case VALUE_KIB:
		return same_size(a, want_unit, b, here_unit);
	case VALUE_VRAM:
		return same_vram(a, b);
	case VALUE_MACHINE:
		return alias_of(a, b) || alias_of(b, a);
	case VALUE_SET:
		return same_set(a, b);
	case VALUE_PORT:
		return strcmp(a, "-1") == 0;
	case VALUE_ANY:
		break;
	}
	return 1;
}
