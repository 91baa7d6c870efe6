#include <stdlib.h>
#include <string.h>

#include "archive/bundle/base64.h"
#include "archive/node/path.h"
#include "restore/journal/asked_inner.h"

json_t *
asked_put(const char *s)
{
	struct buf text = BUF_EMPTY;
	json_t *json = NULL;

	if (s == NULL)
		return json_null();
	if (path_utf8(s, strlen(s)))
		return json_string(s);
	if (base64_encode(s, strlen(s), &text) == 0)
		json = json_pack("{s:s}", "base64", text.data);
	buf_wipe(&text);
	return json;
}

json_t *
asked_put_list(const char *const *list)
{
	json_t *array;

	if ((array = json_array()) == NULL)
		return NULL;
	for (; list != NULL && *list != NULL; list++) {
		if (json_array_append_new(array, asked_put(*list)) == -1) {
			json_decref(array);
			return NULL;
		}
	}
	return array;
}

/* A string, malloced: 0 or -1. */
static int
take_string(const json_t *json, char **out)
{
	struct buf bytes = BUF_EMPTY;
	const char *text;

	if (json_is_string(json)) {
		*out = strdup(json_string_value(json));
		return *out == NULL ? -1 : 0;
	}
	text = json_string_value(json_object_get(json, "base64"));
	if (text == NULL || base64_decode(text, strlen(text), &bytes) == -1 ||
	    bytes.len == 0 || memchr(bytes.data, '\0', bytes.len) != NULL) {
		buf_wipe(&bytes);
		return -1;
	}
	*out = buf_steal(&bytes);
	return *out == NULL ? -1 : 0;
}

int
asked_take(const json_t *object, const char *key, char **out)
{
	const json_t *json = json_object_get(object, key);

	*out = NULL;
	if (json_is_null(json))
		return 0;
	return take_string(json, out);
}

int
asked_take_list(const json_t *object, const char *key, char ***out)
{
	const json_t *array = json_object_get(object, key);
	size_t i, n = json_array_size(array);
	char **list;

	*out = NULL;
	if (!json_is_array(array))
		return -1;
	if (n == 0)
		return 0;
	if ((list = calloc(n + 1, sizeof(*list))) == NULL)
		return -1;
	for (i = 0; i < n; i++) {
		if (take_string(json_array_get(array, i), &list[i]) == -1) {
			asked_list_free(list);
			return -1;
		}
	}
	*out = list;
	return 0;
}

void
asked_list_free(char **list)
{
	char **at;

	for (at = list; at != NULL && *at != NULL; at++)
		free(*at);
	free(list);
}
