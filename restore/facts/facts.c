#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/warn.h"
#include "restore/facts/facts_internal.h"

static int
no_memory(void)
{

	warn_msg("out of memory");
	return -1;
}

int
facts_unseen(struct facts *f, const char *fmt, ...)
{
	char **more;
	va_list ap;

	more = reallocarray(f->unseen, f->nunseen + 1, sizeof(*more));
	if (more == NULL)
		return no_memory();
	f->unseen = more;
	va_start(ap, fmt);
	more[f->nunseen] = warn_text(fmt, ap);
	va_end(ap);
	if (more[f->nunseen] == NULL)
		return -1;
	f->nunseen++;
	return 0;
}

struct fact_interface *
facts_new_interface(struct facts *f, const char *name)
{
	struct fact_interface *more;

	more = reallocarray(f->interfaces, f->ninterfaces + 1, sizeof(*more));
	if (more == NULL)
		goto err0;
	f->interfaces = more;
	more += f->ninterfaces;
	memset(more, 0, sizeof(*more));
	if ((more->name = strdup(name)) == NULL)
		goto err0;
	f->ninterfaces++;
	return more;

err0:
	(void)no_memory();
	return NULL;
}

int
facts_new_address(struct fact_interface *i, const struct address *a)
{
	struct address *more;

	more = reallocarray(i->addresses, i->naddresses + 1, sizeof(*more));
	if (more == NULL)
		return no_memory();
	i->addresses = more;
	more[i->naddresses++] = *a;
	return 0;
}

int
facts_new_program(struct fact_program **list, size_t *n, const char *name,
    uint64_t pid, const char *unit)
{
	struct fact_program *more;

	if ((more = reallocarray(*list, *n + 1, sizeof(*more))) == NULL)
		return no_memory();
	*list = more;
	more += *n;
	more->pid = pid;
	more->unit = NULL;
	if ((more->name = strdup(name)) == NULL)
		return no_memory();
	if (unit != NULL && (more->unit = strdup(unit)) == NULL) {
		free(more->name);
		return no_memory();
	}
	(*n)++;
	return 0;
}

/* The first word of a file below the root: 1 with ${*to}, 0 none, -1 said. */
static int
first_word(struct root *root, const char *path, char **to)
{
	struct buf b = BUF_EMPTY;
	int rc;

	if ((rc = root_read(root, path, &b)) != 1)
		goto out;
	rc = 0;
	if (b.len == 0)
		goto out;
	b.data[strcspn(b.data, " \t\r\n#")] = '\0';
	if (b.data[0] == '\0')
		goto out;
	if ((*to = strdup(b.data)) == NULL)
		rc = no_memory();
	else
		rc = 1;
out:
	buf_free(&b);
	return rc;
}

/* A running system has the name that its kernel knows; one that is below
 * another folder will have the one that stands there. */
static int
host_name(struct facts *f)
{
	char name[256] = "";
	int rc = 0;

	if (strcmp(root_dir(f->root), "/") != 0)
		rc = first_word(f->root, "/etc/hostname", &f->host_name);
	if (rc != 0)
		return rc == 1 ? 0 : -1;
	if (gethostname(name, sizeof(name) - 1) == -1 || name[0] == '\0')
		return facts_unseen(f, "this host's name is not to be had");
	f->host_name = strdup(name);
	return f->host_name == NULL ? no_memory() : 0;
}

struct facts *
facts_here(struct root *root, struct virt *v)
{
	struct facts *f;

	if ((f = calloc(1, sizeof(*f))) == NULL) {
		(void)no_memory();
		return NULL;
	}
	f->root = root;
	f->virt = v;
	if (host_name(f) ||
	    first_word(root, "/etc/machine-id", &f->machine_id) == -1 ||
	    facts_interfaces(f) || facts_services(f) || facts_clients(f))
		goto err0;
	if (v != NULL && facts_virt(f))
		goto err0;
	return f;

err0:
	facts_free(f);
	return NULL;
}

static void
programs_free(struct fact_program *list, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		free(list[i].name);
		free(list[i].unit);
	}
	free(list);
}

void
facts_clear(struct facts *f)
{
	size_t i;

	facts_virt_free(f);
	for (i = 0; i < f->ninterfaces; i++) {
		free(f->interfaces[i].name);
		free(f->interfaces[i].addresses);
	}
	free(f->interfaces);
	programs_free(f->services, f->nservices);
	programs_free(f->clients, f->nclients);
	for (i = 0; i < f->nunseen; i++)
		free(f->unseen[i]);
	free(f->unseen);
	free(f->host_name);
	free(f->machine_id);
	memset(f, 0, sizeof(*f));
}

void
facts_free(struct facts *f)
{

	if (f == NULL)
		return;
	facts_clear(f);
	free(f);
}

int
facts_has_address(const struct facts *f, const struct address *a)
{
	const struct fact_interface *in;
	size_t i, j;

	/* Any address, and loopback, which is no matter of the place. */
	if (address_special(a))
		return 1;
	for (i = 0; i < f->ninterfaces; i++) {
		in = &f->interfaces[i];
		for (j = 0; j < in->naddresses; j++) {
			if (address_compare(&in->addresses[j], a) == 0)
				return 1;
		}
	}
	return 0;
}

const struct fact_interface *
facts_interface(const struct facts *f, const char *name)
{
	size_t i;

	for (i = 0; i < f->ninterfaces; i++) {
		if (strcmp(f->interfaces[i].name, name) == 0)
			return &f->interfaces[i];
	}
	return NULL;
}
