#include "cmd/page/page_row.h"

#include <string.h>

#include "archive/warn.h"

const char *
page_str(const json_t *json, const char *key)
{
	const char *s = json_string_value(json_object_get(json, key));

	return s == NULL ? "" : s;
}

uint64_t
page_num(const json_t *json, const char *key)
{
	json_int_t n = json_integer_value(json_object_get(json, key));

	return n < 0 ? 0 : (uint64_t)n;
}

int
page_has(const json_t *doc, const char *member)
{
	const json_t *verify = json_object_get(doc, "verify");

	return member != NULL && (json_object_get(doc, member) != NULL ||
				     json_object_get(verify, member) != NULL);
}

void
page_row_begin(
    struct html *h, const char *class, const char *word, const char *item)
{

	if (class != NULL)
		html_put(h, "<b class=%s>", class);
	else
		html_raw(h, "<b>");
	html_put(h, "%s</b><code>%s</code>", word, item);
}

void
page_row_whose(
    struct page_lists *l, const struct page_list *to, const char *item)
{
	struct whose_instance of;

	if (l->whose == NULL || page_row_short(to) ||
	    strncmp(item, "row:", 4) != 0 || !whose_row(l->whose, item, &of))
		return;
	html_put(&l->row, " <samp>%s", of.name);
	if (of.shown != NULL)
		html_put(&l->row, " %s", of.shown);
	html_raw(&l->row, "</samp>");
}

/* By how many rows there are already. */
static const struct {
	uint64_t rows;
	size_t lines, around;
} sizes[] = {
	{ 200, 400, 60 },
	{ 1000, 60, 40 },
	{ 4000, 24, 24 },
	{ UINT64_MAX, 8, 0 },
};

static size_t
size_of(const struct page_list *to)
{
	size_t i = 0;

	while (to->n >= sizes[i].rows)
		i++;
	return i;
}

size_t
page_row_lines(const struct page_list *to)
{

	return sizes[size_of(to)].lines;
}

size_t
page_row_around(const struct page_list *to)
{

	return sizes[size_of(to)].around;
}

int
page_row_short(const struct page_list *to)
{

	return size_of(to) == sizeof(sizes) / sizeof(sizes[0]) - 1;
}

/* Nothing that a page shows otherwise than it is. */
static int
is_seen(const char *s)
{
	size_t n, len = strlen(s);

	for (; len > 0; s += n, len -= n) {
		if ((n = warn_visible(s, len)) == 0)
			return 0;
	}
	return 1;
}

static void
add_glob(struct html *h, const char *s)
{
	size_t n;

	for (; *s != '\0'; s += n) {
		n = strcspn(s, "[]*?\\'");
		html_bytes(h, s, n, 0);
		if (s[n] == '\0')
			return;
		if (s[n] == '\'')
			html_text(h, "'\\''");
		else
			html_raw(h, "\\");
		if (s[n] != '\'')
			html_bytes(h, s + n, 1, 0);
		n++;
	}
}

void
page_row_glob(struct html *h, const char *item, const char *place)
{

	if (!is_seen(item) || !is_seen(place))
		return;
	html_text(h, "'");
	add_glob(h, item);
	if (place[0] != '\0') {
		html_raw(h, " ");
		add_glob(h, place);
	}
	html_text(h, "'");
}
