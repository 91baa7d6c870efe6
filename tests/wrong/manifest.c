#include <openssl/evp.h>

#include <string.h>

#include "made.h"

static const char head[] =
    "{\n\"format\":1,\n"
    "\"id\":\"00112233445566778899aabbccddeeff\",\n"
    "\"created\":\"2026-11-22T16:15:47Z\",\n"
    "\"host\":\"compute1\",\n"
    "\"novark\":\"1.0\",\n"
    "\"node\":{\"instances_path\":\"/var/lib/nova/instances\","
    "\"addresses\":[{\"address\":\"10.2.116.14\",\"prefix\":24,"
    "\"where\":\"interface eth0\"}]},\n"
    "\"databases\":[],\n\"warnings\":[],\n\"items\":[";

void
digest_hex(const struct bytes *data, unsigned long long zeros, char hex[65])
{
	static const unsigned char zero[65536];
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	unsigned char md[32];
	size_t n;
	int i, ok;

	ok = ctx != NULL && EVP_DigestInit_ex(ctx, EVP_sha256(), NULL) == 1 &&
	     EVP_DigestUpdate(ctx, data->n > 0 ? data->p : "", data->n) == 1;
	for (; ok && zeros > 0; zeros -= n) {
		n = zeros < sizeof(zero) ? (size_t)zeros : sizeof(zero);
		ok = EVP_DigestUpdate(ctx, zero, n) == 1;
	}
	if (!ok || EVP_DigestFinal_ex(ctx, md, NULL) != 1)
		die("SHA-256 failed");
	EVP_MD_CTX_free(ctx);
	for (i = 0; i < 32; i++) {
		hex[2 * i] = "0123456789abcdef"[md[i] >> 4];
		hex[2 * i + 1] = "0123456789abcdef"[md[i] & 15];
	}
	hex[64] = '\0';
}

/* A name as one part of a path (FORMAT.md, section 4). */
static void
add_part(struct bytes *out, const char *p, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if ((unsigned char)p[i] < 0x20 || p[i] == 0x7f || p[i] == '/' ||
		    p[i] == '\\' || p[i] == '%')
			bytes_addf(out, "%%%02X", (unsigned char)p[i]);
		else
			bytes_addc(out, p[i]);
	}
}

void
thing_path(const struct thing *t, const struct bytes *name, struct bytes *out)
{
	const char *dot;
	size_t n;

	if (t->kind == NULL || t->part == FILES) {
		n = t->kind != NULL && name->p[0] == '/';
		bytes_add(out, name->p + n, name->n - n);
	} else if (strcmp(t->kind, "table") == 0) {
		dot = strchrnul(name->p, '.');
		n = (size_t)(dot - name->p);
		add_part(out, name->p, n);
		bytes_addc(out, '/');
		if (n < name->n)
			add_part(out, dot + 1, name->n - n - 1);
		bytes_adds(out, ".txt");
	} else {
		bytes_addf(out, "%ss/", t->kind);
		add_part(out, name->p, name->n);
		bytes_adds(out, t->part == DATABASE ? ".txt" : ".xml");
	}
}

static void
add_pair(struct bytes *out, const char *key, const struct bytes *value)
{

	bytes_addf(out, "\"%s\":", key);
	bytes_add_json(out, value);
}

static void
add_base64(struct bytes *out, const struct bytes *value)
{
	struct bytes text = { NULL, 0, 0 };

	bytes_adds(&text, "");
	while (text.cap < value->n * 2 + 8)
		bytes_addc(&text, ' ');
	text.n = (size_t)EVP_EncodeBlock((unsigned char *)text.p,
	    (const unsigned char *)value->p, (int)value->n);
	bytes_add_json(out, &text);
	bytes_free(&text);
}

static void
add_file(const struct thing *t, struct bytes *out)
{
	const struct edit *x;

	bytes_addf(out,
	    "\"file\":{\"type\":\"%s\",\"mode\":\"%04o\",\"uid\":%lld,"
	    "\"gid\":%lld",
	    t->type, t->mode, t->uid, t->gid);
	if (t->user.n > 0) {
		bytes_addc(out, ',');
		add_pair(out, "user", &t->user);
	}
	if (t->group.n > 0) {
		bytes_addc(out, ',');
		add_pair(out, "group", &t->group);
	}
	bytes_addf(out, ",\"mtime\":%lld", t->mtime);
	if (strcmp(t->type, "symlink") == 0) {
		bytes_addc(out, ',');
		add_pair(out, "target", &t->target);
	}
	bytes_addc(out, ',');
	add_pair(out, "format", &t->format);
	for (x = t->xattrs; x != NULL; x = x->next) {
		bytes_adds(out, x == t->xattrs ? ",\"xattrs\":{" : ",");
		bytes_add_json(out, &x->a);
		bytes_addc(out, ':');
		add_base64(out, &x->b);
	}
	bytes_adds(out, t->xattrs == NULL ? "}" : "}}");
}

static void
add_virt(const struct thing *t, const struct bytes *name, struct bytes *out)
{
	const char *uuid = strstr(t->data.p, "<uuid>");
	char hex[65];

	bytes_adds(out, "\"virt\":{");
	if (strcmp(t->kind, "secret") == 0)
		bytes_addf(out, "\"uuid\":\"%s\",", name->p);
	else if (uuid != NULL && strlen(uuid) > 42)
		bytes_addf(out, "\"uuid\":\"%.36s\",", uuid + 6);
	bytes_adds(
	    out, "\"persistent\":true,\"autostart\":false,\"active\":false");
	if (strcmp(t->kind, "secret") == 0)
		bytes_adds(out, ",\"private\":false");
	if (t->has_value) {
		digest_hex(&t->value, 0, hex);
		bytes_addf(out, ",\"value\":{\"size\":%zu,\"sha256\":\"%s\"}",
		    t->value.n, hex);
	}
	bytes_addc(out, '}');
}

/* "NAME:TYPE[:KEY]" */
static void
add_column(const char *p, size_t n, struct bytes *out)
{
	const char *type = memchr(p, ':', n), *key;
	size_t len;

	if (type == NULL)
		die("a column is NAME:TYPE[:KEY]");
	type++;
	len = n - (size_t)(type - p);
	if ((key = memchr(type, ':', len)) != NULL)
		len = (size_t)(key++ - type);
	bytes_addf(out,
	    "{\"name\":\"%.*s\",\"type\":\"%.*s\",%s\"nullable\":%s,"
	    "\"generated\":false,\"key\":%c}",
	    (int)(type - 1 - p), p, (int)len, type,
	    memmem(type, len, "char", 4) || memmem(type, len, "text", 4)
		? "\"charset\":\"utf8mb3\","
		: "",
	    key != NULL ? "false" : "true", key != NULL ? *key : '0');
}

static void
add_table(const struct thing *t, const struct bytes *name, struct bytes *out)
{
	size_t i, n = (size_t)(strchrnul(name->p, '.') - name->p), rows = 0;
	const char *c = t->columns.p;
	int first = 1;

	/* A newline behind a backslash is one of a value. */
	for (i = 0; i < t->data.n; i++) {
		rows += t->data.p[i] == '\n';
		i += t->data.p[i] == '\\';
	}
	bytes_addf(out,
	    "\"table\":{\"role\":\"%s\",\"schema\":\"%.*s\","
	    "\"table\":\"%s\",\"rows\":%zu,\"columns\":[",
	    t->role.p, (int)n, name->p, name->p + n + (n < name->n), rows);
	for (; *c != '\0'; c += n, c += strspn(c, " ")) {
		n = strcspn(c, " ");
		if (!first)
			bytes_addc(out, ',');
		add_column(c, n, out);
		first = 0;
	}
	bytes_adds(out, "]}");
}

static void
add_account(const struct thing *t, const struct bytes *name, struct bytes *out)
{
	const char *at = strchrnul(name->p, '@');

	bytes_addf(out,
	    "\"account\":{\"user\":\"%.*s\",\"host\":\"%s\","
	    "\"roles\":[\"%s\"]}",
	    (int)(at - name->p), name->p, *at == '@' ? at + 1 : at, t->role.p);
}

static void
add_item(const struct thing *t, unsigned long number, struct bytes *out)
{
	struct bytes name = { NULL, 0, 0 }, full = { NULL, 0, 0 },
		     path = { NULL, 0, 0 }, json = { NULL, 0, 0 };
	const struct edit *e;
	char hex[65];

	bytes_add_numbered(&name, &t->name, number);
	bytes_addf(&full, "%s:", t->kind);
	bytes_add(&full, name.p, name.n);
	thing_path(t, &name, &path);
	digest_hex(&t->data, t->zeros, hex);
	bytes_addc(&json, '{');
	add_pair(&json, "name", &full);
	bytes_addf(&json, ",\"kind\":\"%s\",\"part\":\"%s\",", t->kind,
	    part_names[t->part]);
	add_pair(&json, "path", &path);
	bytes_addf(&json, ",\"size\":%llu,\"sha256\":\"%s\",",
	    t->data.n + t->zeros, hex);
	if (t->part == FILES)
		add_file(t, &json);
	else if (t->part == LIBVIRT)
		add_virt(t, &name, &json);
	else if (strcmp(t->kind, "table") == 0)
		add_table(t, &name, &json);
	else
		add_account(t, &name, &json);
	bytes_addc(&json, '}');
	for (e = t->json; e != NULL; e = e->next)
		bytes_swap(&json, &e->a, &e->b);
	bytes_add(out, json.p, json.n);
	bytes_free(&name);
	bytes_free(&full);
	bytes_free(&path);
	bytes_free(&json);
}

void
manifest_write(const struct made *m, struct bytes *out)
{
	const struct thing *t;
	const struct edit *e;
	unsigned long i;
	int first = 1;

	bytes_adds(out, head);
	for (t = m->things; t != NULL; t = t->next)
		for (i = 0; t->kind != NULL && i < t->count; i++) {
			bytes_adds(out, first ? "\n" : ",\n");
			add_item(t, i, out);
			first = 0;
		}
	bytes_adds(out, "],\n\"index\":{}\n}\n");
	for (e = m->manifest; e != NULL; e = e->next)
		bytes_swap(out, &e->a, &e->b);
}
