#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <openssl/evp.h>

#include "archive/bundle/base64.h"
#include "archive/version.h"
#include "archive/warn.h"
#include "cmd/page/asset.h"
#include "cmd/page/page_part.h"
#include "cmd/page/page_row.h"

/* 'sha256-BASE64', by which the policy knows what may run. */
static int
put_hash(struct html *h, const void *bytes, size_t len)
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	struct buf text = BUF_EMPTY;
	unsigned int n;

	if (EVP_Digest(bytes, len, digest, &n, EVP_sha256(), NULL) != 1) {
		warn_msg("SHA-256 cannot be computed");
		return -1;
	}
	if (base64_encode(digest, n, &text) == -1)
		return -1;
	html_put(h, "'sha256-%s'", text.data);
	buf_free(&text);
	return 0;
}

static void
put_asset(struct html *h, const void *bytes, size_t len)
{

	if (!h->failed && buf_add(&h->b, bytes, len) == -1)
		h->failed = 1;
}

/* What the page is called: a command and a host. */
static void
put_title(struct html *h, const json_t *doc)
{
	const json_t *bundles = json_object_get(doc, "bundles");
	const char *host = page_str(doc, "host");

	if (json_array_size(bundles) == 1)
		host = page_str(json_array_get(bundles, 0), "host");
	html_put(h, "<title>novark %s%s%s: %s</title>",
	    page_str(doc, "command"), host[0] == '\0' ? "" : " of ", host,
	    page_str(doc, "outcome"));
}

int
page_part_head(struct html *h, const json_t *doc)
{

	html_raw(h,
	    "<!doctype html>\n<html lang=en><head><meta charset=utf-8>\n"
	    "<meta http-equiv=Content-Security-Policy content=\""
	    "default-src 'none'; base-uri 'none'; form-action 'none'; "
	    "style-src ");
	if (put_hash(h, page_css, page_css_len) == -1)
		return -1;
	html_raw(h, "; script-src ");
	if (put_hash(h, page_js, page_js_len) == -1)
		return -1;
	html_raw(h,
	    "\">\n<meta name=viewport content=\"width=device-width, "
	    "initial-scale=1\">\n<meta name=color-scheme content=\""
	    "light dark\">\n<meta name=referrer content=no-referrer>\n");
	put_title(h, doc);
	html_raw(h, "\n<style>");
	put_asset(h, page_css, page_css_len);
	html_raw(h, "</style></head>\n<body>\n");
	return 0;
}

int
page_part_end(struct html *h, const json_t *doc)
{
	time_t now = time(NULL);
	struct tm tm;
	char when[40] = "";

	if (gmtime_r(&now, &tm) != NULL &&
	    strftime(when, sizeof(when), "%Y-%m-%d %H:%M UTC", &tm) == 0)
		when[0] = '\0';
	html_put(h,
	    "<footer><p>Made %s by novark %s (<code>novark %s</code>). Secrets "
	    "are masked. Nothing is loaded from elsewhere.</p></footer>\n",
	    when, NOVARK_VERSION, page_str(doc, "command"));
	html_raw(h, "<script>");
	put_asset(h, page_js, page_js_len);
	html_raw(h, "</script>\n</body></html>\n");
	return h->failed ? -1 : 0;
}
