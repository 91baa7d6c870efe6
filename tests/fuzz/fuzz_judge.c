/**
 * What is taken for XML or JSON by a glance: libxml2 and jansson take it, too,
 * and it is within all limits.
 */
#include "archive/judge/json_judge.h"
#include "archive/judge/json_plain.h"
#include "archive/judge/xml_judge.h"
#include "archive/judge/xml_plain.h"
#include "archive/limits.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	const char *bytes = (const char *)data, *why;
	xmlDocPtr doc;
	json_t *json;

	if (xml_plain(bytes, len)) {
		MUST((doc = xml_open(bytes, len, &why)) != NULL);
		xmlFreeDoc(doc);
		MUST(xml_well_formed(bytes, len, &why) == 0 && why == NULL);
	}
	if (json_plain(bytes, len)) {
		json = json_open(bytes, len, JSON_DECODE_ANY | JSON_ALLOW_NUL,
		    LIMIT_JSON_WEIGHT, NULL);
		MUST(json != NULL);
		json_decref(json);
	}
	warn_forget();
	return 0;
}
