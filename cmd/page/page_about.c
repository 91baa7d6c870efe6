#include <string.h>

#include "cmd/page/page_part.h"
#include "cmd/page/page_row.h"

/* Of so many bundles each has a line. */
#define BUNDLES 1000

/* What is said of a bundle, where it is known. */
static const struct {
	const char *key, *name;
	int code;
} facts[] = {
	{ "host", "Host", 0 },
	{ "created", "Taken", 0 },
	{ "begun", "Begun", 0 },
	{ "ended", "Ended", 0 },
	{ "started", "Begun", 0 },
	{ "signer", "Signed by", 1 },
	{ "signed_by", "Signed by", 1 },
	{ "signer_file", "Key", 1 },
	{ "bundle", "Bundle", 1 },
	{ "file", "File", 1 },
	{ "id", "Id", 1 },
	{ "digest", "SHA256SUMS is", 1 },
	{ "restore_id", "Restore", 1 },
	{ "receipt", "Receipt", 1 },
	{ "saved_plan", "Saved plan", 1 },
	{ "hypervisor", "Hypervisor", 0 },
	{ "novark", "Written by novark", 0 },
};

static void
put_fact(struct html *h, const char *name, const char *value, int code)
{

	html_put(h, "<div><dt>%s</dt><dd>", name);
	if (code)
		html_put(h, "<code>%s</code></dd></div>", value);
	else
		html_put(h, "%s</dd></div>", value);
}

/* To whom it is encrypted. */
static void
put_recipients(struct html *h, const json_t *of)
{
	const json_t *list = json_object_get(of, "recipients"), *one;
	const json_t *encrypted = json_object_get(of, "encrypted");
	size_t i;

	if (encrypted == NULL)
		return;
	if (!json_is_true(encrypted)) {
		put_fact(h, "Encrypted", "no", 0);
		return;
	}
	html_raw(h, "<div><dt>Encrypted to</dt><dd>");
	for (i = 0; i < json_array_size(list); i++) {
		one = json_array_get(list, i);
		html_put(h, "%scertificate <code>%s</code> of %s",
		    i > 0 ? "; " : "", page_str(one, "serial"),
		    page_str(one, "issuer"));
	}
	html_raw(h, i == 0 ? "not read: nobody vouches for it</dd></div>"
			   : "</dd></div>");
}

/* A list of texts, or of objects by one or two members. */
static void
put_texts(struct html *h, const json_t *of, const char *key, const char *name,
    const char *first, const char *second)
{
	const json_t *list = json_object_get(of, key), *one;
	size_t i;

	if (json_array_size(list) == 0)
		return;
	html_put(h, "<div><dt>%s</dt><dd><ul>", name);
	for (i = 0; i < json_array_size(list) && i < 200; i++) {
		one = json_array_get(list, i);
		if (json_is_string(one))
			html_put(
			    h, "<li><code>%s</code>", json_string_value(one));
		else
			html_put(h, "<li><code>%s</code> %s",
			    page_str(one, first), page_str(one, second));
	}
	if (i < json_array_size(list))
		html_put(h, "<li>and %zu more", json_array_size(list) - i);
	html_raw(h, "</ul></dd></div>");
}

static void
put_against(struct html *h, const json_t *doc)
{
	const json_t *there = json_object_get(doc, "against");

	if (there == NULL)
		return;
	html_put(h,
	    "<div><dt>Against</dt><dd>the description of %s, taken %s "
	    "(<code>%s</code>)</dd></div>",
	    page_str(there, "host"), page_str(there, "created"),
	    page_str(there, "file"));
}

static void
put_facts(struct html *h, const json_t *of)
{
	const char *value;
	size_t i;

	for (i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
		value = page_str(of, facts[i].key);
		if (value[0] != '\0')
			put_fact(h, facts[i].name, value, facts[i].code);
	}
	put_recipients(h, of);
	put_texts(h, of, "rows_of", "Rows of", "", "");
	put_texts(h, of, "map", "Map", "", "");
	put_texts(h, of, "own_addresses", "Own addresses", "address", "where");
	put_texts(h, of, "databases", "Databases", "schema", "server");
	put_texts(h, of, "certificates", "Certificates to be issued again",
	    "file", "subject");
	put_texts(h, of, "warnings", "Warnings", "item", "text");
}

/* One of a joined audit's. */
static void
put_bundle_row(struct html *h, const json_t *b)
{

	html_put(h,
	    "<tr><th scope=row><code>%s</code></th><td>%s</td><td>%s</td>"
	    "<td>%s</td></tr>",
	    page_str(b, "file"), page_str(b, "host"), page_str(b, "created"),
	    page_str(b, "outcome"));
}

static void
put_bundles(struct html *h, const json_t *bundles)
{
	size_t i, n = json_array_size(bundles);

	html_raw(h, "<div class=wide tabindex=0 role=region aria-label=Bundles>"
		    "<table><thead><tr><th scope=col>Bundle</th><th scope=col>"
		    "Host</th><th scope=col>Taken</th><th scope=col>Outcome"
		    "</th></tr></thead><tbody>");
	for (i = 0; i < n && i < BUNDLES; i++)
		put_bundle_row(h, json_array_get(bundles, i));
	html_raw(h, "</tbody></table></div>");
	if (n > BUNDLES)
		html_put(h, "<p class=left>%zu more bundles: --json lists them",
		    n - BUNDLES);
}

/* A receipt: its own members, then those of its bundle. */
static void
put_receipt(struct html *h, const json_t *of)
{
	const json_t *receipt = json_object_get(of, "receipt");

	html_raw(h, "<dl class=facts>");
	put_facts(h, of);
	put_facts(h, receipt);
	html_raw(h, "</dl><h3>The bundle that was restored</h3><dl "
		    "class=facts>");
	put_facts(h, json_object_get(receipt, "bundle"));
	html_raw(h, "</dl>");
}

int
page_is_about(const json_t *doc)
{

	return json_array_size(json_object_get(doc, "bundles")) > 0 ||
	       page_str(doc, "bundle")[0] != '\0';
}

void
page_part_about(struct html *h, const json_t *doc)
{
	const json_t *bundles = json_object_get(doc, "bundles"), *one;

	if (!page_is_about(doc))
		return;
	one = json_array_get(bundles, 0);
	html_raw(h, "<section id=about aria-labelledby=h-about><h2 id=h-about>"
		    "What this is about</h2>");
	if (json_array_size(bundles) > 1) {
		put_bundles(h, bundles);
	} else if (json_object_get(one, "receipt") != NULL) {
		put_receipt(h, one);
	} else {
		html_raw(h, "<dl class=facts>");
		put_facts(h, one != NULL ? one : doc);
		put_against(h, doc);
		html_raw(h, "</dl>");
	}
	html_raw(h, "</section>\n");
}
