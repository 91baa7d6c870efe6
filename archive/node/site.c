#include "archive/node/site.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/node/site_mounts.h"
#include "archive/node/site_table.h"
#include "archive/warn.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

static int
source_read(void *cookie, const char *path, struct buf *out)
{

	return root_read(cookie, path, out);
}

static int
source_list(void *cookie, const char *path, char ***names, size_t *n)
{

	return root_list(cookie, path, names, n);
}

struct oslo_source
site_source(struct root *r)
{
	struct oslo_source source = { source_read, source_list, r };

	return source;
}

/* Copy a string: 0, or -1 said. */
static int
copy(char **to, const char *from)
{

	if ((*to = strdup(from)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	return 0;
}

/* What an option says, or NULL where it is not set or set to nothing. */
static const char *
value(struct oslo *o, const char *section, const char *option)
{
	const char *v = oslo_get(o, section, option, NULL);

	return v == NULL || *v == '\0' ? NULL : v;
}

/* The name that this machine goes by; of the root that is read, if it says. */
static int
machine_name(const struct oslo_source *source, char **to)
{
	struct buf b = BUF_EMPTY;
	char name[256] = "";
	int rc;

	if ((rc = source->read(source->cookie, "/etc/hostname", &b)) < 0)
		goto done;
	if (rc == 1 && b.len > 0)
		b.data[strcspn(b.data, " \t\r\n#")] = '\0';
	if (rc == 1 && b.len > 0 && *b.data != '\0') {
		rc = copy(to, b.data);
		goto done;
	}
	if (gethostname(name, sizeof(name) - 1) != 0 || *name == '\0')
		strncpy(name, "localhost", sizeof(name) - 1);
	rc = copy(to, name);
done:
	buf_free(&b);
	return rc;
}

/* What nova.conf (or its absence) tells of the node itself. */
static int
take_nova(struct site *s, struct oslo *o, const struct oslo_source *source)
{
	const char *v, *type;
	size_t i;

	v = value(o, "DEFAULT", "host");
	s->host_is_set = v != NULL;
	if (v != NULL ? copy(&s->host, v) : machine_name(source, &s->host))
		return -1;
	if ((v = value(o, "DEFAULT", "my_ip")) != NULL && copy(&s->my_ip, v))
		return -1;
	/* Set to nothing is as good as not set: a folder must have a name. */
	v = value(o, "DEFAULT", "state_path");
	if (copy(&s->state_path, v != NULL ? v : "/var/lib/nova"))
		return -1;
	v = value(o, "DEFAULT", "instances_path");
	if (copy(&s->instances_path, v != NULL ? v : "/var/lib/nova/instances"))
		return -1;
	if ((v = value(o, "libvirt", "connection_uri")) == NULL)
		v = value(o, "DEFAULT", "libvirt_uri");
	if ((type = value(o, "libvirt", "virt_type")) == NULL)
		type = value(o, "DEFAULT", "libvirt_type");
	for (i = 0; v == NULL && type != NULL && i < COUNT(site_hypervisors);
	     i++)
		if (strcmp(type, site_hypervisors[i].type) == 0)
			v = site_hypervisors[i].uri;
	return copy(&s->libvirt_uri, v == NULL ? "qemu:///system" : v);
}

/* "file:/etc/nova/nova.conf [database] connection", as places are named. */
static char *
place_name(
    const struct oslo *o, const char *file, const struct site_connection *c)
{
	struct buf b = BUF_EMPTY;
	int rc;

	if (oslo_file_dialect(o, file) == PLACE_FLAGS)
		rc = buf_addf(&b, "file:%s --%s", file, c->option);
	else
		rc = buf_addf(
		    &b, "file:%s [%s] %s", file, c->section, c->option);
	if (rc) {
		buf_free(&b);
		return NULL;
	}
	return buf_steal(&b);
}

/* "nova.conf my_ip", "nova.conf [vnc] server_listen": for people. */
static char *
option_name(const char *file, const char *section, const char *option)
{
	const char *slash = strrchr(file, '/');
	struct buf b = BUF_EMPTY;

	if (buf_adds(&b, slash == NULL ? file : slash + 1) ||
	    (strcmp(section, "DEFAULT") != 0 &&
		buf_addf(&b, " [%s]", section)) ||
	    buf_addf(&b, " %s", option)) {
		buf_free(&b);
		return NULL;
	}
	return buf_steal(&b);
}

int
site_add_database(struct site *s, const char *role, const char *url,
    const char *source, const char *leave)
{
	struct site_database *more, *d;

	more = reallocarray(s->databases, s->ndatabases + 1, sizeof(*more));
	if (more == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	s->databases = more;
	d = &more[s->ndatabases];
	memset(d, 0, sizeof(*d));
	s->ndatabases++;
	if (copy(&d->role, role) || copy(&d->url, url) ||
	    copy(&d->source, source) ||
	    (leave != NULL && copy(&d->leave, leave)))
		return -1;
	return 0;
}

static int
add_database(struct site *s, struct oslo *o, const struct site_connection *c,
    const char *url, const char *file)
{
	char *source = place_name(o, file, c);
	int rc;

	if (source == NULL)
		return -1;
	rc = site_add_database(s, c->role, url, source, NULL);
	free(source);
	return rc;
}

/* The databases that one service names. */
static int
take_databases(struct site *s, struct oslo *o, const char *service)
{
	const struct site_connection *c;
	const char *url, *file, *done = "";
	size_t i;

	for (i = 0; i < COUNT(site_connections); i++) {
		c = &site_connections[i];
		if (strcmp(c->service, service) != 0 ||
		    strcmp(c->role, done) == 0)
			continue;
		url = oslo_get(o, c->section, c->option, &file);
		if (url == NULL || *url == '\0' || file == NULL)
			continue;
		if (add_database(s, o, c, url, file))
			return -1;
		done = c->role;
	}
	return 0;
}

/* The addresses that one service calls its node's own. */
static int
take_addresses(struct site *s, struct oslo *o, const char *service)
{
	const struct site_own *own;
	struct site_address *more, *a;
	const char *text, *file;
	size_t i;

	for (i = 0; i < COUNT(site_owns); i++) {
		own = &site_owns[i];
		if (strcmp(own->service, service) != 0)
			continue;
		text = oslo_get(o, own->section, own->option, &file);
		if (text == NULL || *text == '\0' || file == NULL)
			continue;
		more = reallocarray(
		    s->addresses, s->naddresses + 1, sizeof(*more));
		if (more == NULL) {
			warn_msg("out of memory");
			return -1;
		}
		s->addresses = more;
		a = &more[s->naddresses++];
		memset(a, 0, sizeof(*a));
		if (copy(&a->text, text) ||
		    (a->where = option_name(file, own->section, own->option)) ==
			NULL)
			return -1;
	}
	return 0;
}

static int
take_files(struct site *s, const struct oslo *o)
{
	const char *const *files;
	char **more;
	size_t n, i;

	files = oslo_files(o, &n);
	for (i = 0; i < n; i++) {
		more = reallocarray(s->files, s->nfiles + 1, sizeof(*more));
		if (more == NULL) {
			warn_msg("out of memory");
			return -1;
		}
		s->files = more;
		if (copy(&more[s->nfiles], files[i]))
			return -1;
		s->nfiles++;
	}
	return 0;
}

static int
take_service(struct site *s, const struct oslo_source *source,
    const struct site_service *service)
{
	int nova = strcmp(service->name, "nova") == 0, rc = -1, there;
	struct oslo *o;
	size_t i;

	if ((o = oslo_new()) == NULL)
		return -1;
	for (i = 0; nova && i < COUNT(site_defaults); i++)
		if (oslo_default(o, "DEFAULT", site_defaults[i].option,
			site_defaults[i].value))
			goto done;
	for (i = 0; i < COUNT(service->files) && service->files[i] != NULL;
	     i++) {
		if ((there = oslo_read(o, source, service->files[i])) < 0)
			goto done;
		if (nova && there && i == 0)
			s->has_nova = 1;
	}
	if ((nova && take_nova(s, o, source)) ||
	    take_databases(s, o, service->name) ||
	    take_addresses(s, o, service->name) || take_files(s, o) ||
	    site_mounts_take(s, o, service->name) || oslo_failed(o))
		goto done;
	rc = 0;
done:
	oslo_free(o);
	return rc;
}

int
site_load(const struct oslo_source *source, struct site **out)
{
	struct site *s;
	size_t i;

	if ((s = calloc(1, sizeof(*s))) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	for (i = 0; i < COUNT(site_services); i++)
		if (take_service(s, source, &site_services[i]))
			goto err1;
	*out = s;
	return 0;

err1:
	site_free(s);
	return -1;
}

void
site_drop_database(struct site *s)
{
	struct site_database *d = &s->databases[--s->ndatabases];

	free(d->role);
	if (d->url != NULL)
		explicit_bzero(d->url, strlen(d->url));
	free(d->url);
	free(d->source);
	free(d->leave);
}

void
site_free(struct site *s)
{
	size_t i;

	if (s == NULL)
		return;
	while (s->ndatabases > 0)
		site_drop_database(s);
	free(s->databases);
	for (i = 0; i < s->naddresses; i++) {
		free(s->addresses[i].text);
		free(s->addresses[i].where);
	}
	free(s->addresses);
	for (i = 0; i < s->nfiles; i++)
		free(s->files[i]);
	free(s->files);
	for (i = 0; i < s->nmounts; i++)
		free(s->mounts[i]);
	free(s->mounts);
	free(s->host);
	free(s->my_ip);
	free(s->instances_path);
	free(s->state_path);
	free(s->libvirt_uri);
	free(s);
}
