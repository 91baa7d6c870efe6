#include "archive/address/kind_label.h"

#include <string.h>

int
kind_label_path(struct kind_label *l, const char *label)
{
	size_t n = 0;

	for (; *label != '\0'; label++) {
		if (*label == '[') {
			label += strcspn(label, "]");
			if (*label == '\0')
				break;
			continue;
		}
		if (n + 1 == sizeof(l->option))
			return -1;
		l->option[n++] = *label;
	}
	l->option[n] = '\0';
	return 0;
}

/* As the table writes names: 0, or -1: empty, or too long. */
static int
set_option(struct kind_label *l, const char *name, size_t len)
{
	size_t i;

	if (len == 0 || len >= sizeof(l->option))
		return -1;
	for (i = 0; i < len; i++)
		l->option[i] = name[i] == '-' || name[i] == ' ' ? '_'
			       : name[i] >= 'A' && name[i] <= 'Z'
				   ? (char)(name[i] | 0x20)
				   : name[i];
	l->option[len] = '\0';
	return 0;
}

static int
has(const char *set, char c)
{

	return c != '\0' && strchr(set, c) != NULL;
}

/* The first word of a line, behind what may lead it in. */
static int
first_word(struct kind_label *l, const char *bytes, size_t len)
{
	static const char export[] = "export ";
	size_t s = 0, e;

	while (s < len && has(" \t\"'{[(", bytes[s]))
		s++;
	if (len - s > sizeof(export) - 1 &&
	    memcmp(bytes + s, export, sizeof(export) - 1) == 0)
		s += sizeof(export) - 1;
	/* In a list of YAML. */
	if (len - s > 2 && bytes[s] == '-' && bytes[s + 1] == ' ')
		s += 2;
	while (s < len && has(" \t", bytes[s]))
		s++;
	for (e = s; e < len && !has(" \t\r\n=:,;\"'", bytes[e]);)
		e++;
	return set_option(l, bytes + s, e - s);
}

/* The last key of a path in JSON. */
static int
last_key(struct kind_label *l, const char *label)
{
	const char *dot = strrchr(label, '.');
	const char *name = dot != NULL ? dot + 1 : label;

	return set_option(l, name, strcspn(name, "["));
}

int
kind_label_option(struct kind_label *l, const char *set, const char *label,
    const char *bytes, size_t len)
{
	const char *name;

	memset(l, 0, sizeof(*l));
	l->set = set;
	if (label[0] == '[' && (name = strstr(label, "] ")) != NULL) {
		l->section = label + 1;
		l->section_len = (size_t)(name - l->section);
		name += 2;
		return set_option(l, name, strcspn(name, "#"));
	}
	if (strncmp(label, "line ", 5) == 0)
		return first_word(l, bytes, len);
	if (label[0] == '-') {
		l->section = "DEFAULT";
		l->section_len = 7;
		name = label + strspn(label, "-");
		return set_option(l, name, strcspn(name, "#"));
	}
	return last_key(l, label);
}
