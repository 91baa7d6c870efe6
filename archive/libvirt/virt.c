#include "archive/libvirt/virt.h"

#include <libvirt/virterror.h>
#include <libxml/parser.h>

#include <stdlib.h>
#include <string.h>

#include "archive/libvirt/virt_kind.h"
#include "archive/warn.h"

/* libvirt would print every error itself; ours name the object and the way
 * out, and are said once. */
static void
no_printing(void *cookie, virErrorPtr error)
{

	(void)cookie;
	(void)error;
}

/* What must be done before the first session, and only once. */
static int
prepare(const char *uri)
{
	static int quiet, loop;

	if (!quiet) {
		/* A driver inside this process logs to stderr by default; an
		 * operator who asked for libvirt's log gets it. */
		if (getenv("LIBVIRT_DEBUG") == NULL &&
		    setenv("LIBVIRT_LOG_OUTPUTS", "4:file:/dev/null", 0))
			return -1;
		if (virInitialize())
			return -1;
		/* Threads will read definitions. */
		xmlInitParser();
		virSetErrorFunc(NULL, no_printing);
		quiet = 1;
	}
	/* The driver inside the process refuses to start without an event
	 * loop.  It need not run: defining waits for no event.  A connection to
	 * a daemon must not see one that does not run. */
	if (!loop && strstr(uri, "/embed") != NULL) {
		if (virEventRegisterDefaultImpl())
			return -1;
		loop = 1;
	}
	return 0;
}

/* "libvirt 9.0.0, QEMU 7.2.0" */
static int
read_version(struct virt *v)
{
	const unsigned long million = 1000000, thousand = 1000;
	struct buf b = BUF_EMPTY;
	const char *type;
	unsigned long n;

	if (virConnectGetLibVersion(v->conn, &n))
		n = LIBVIR_VERSION_NUMBER;
	v->libversion = n;
	if (buf_addf(&b, "libvirt %lu.%lu.%lu", n / million,
		n / thousand % thousand, n % thousand))
		goto err0;
	if ((type = virConnectGetType(v->conn)) != NULL &&
	    buf_addf(&b, ", %s", type))
		goto err0;
	if (type != NULL && virConnectGetVersion(v->conn, &n) == 0 && n > 0 &&
	    buf_addf(&b, " %lu.%lu.%lu", n / million, n / thousand % thousand,
		n % thousand))
		goto err0;
	if ((v->version = buf_steal(&b)) == NULL)
		goto err0;
	return 0;
err0:
	buf_free(&b);
	return -1;
}

struct virt *
virt_open(const char *uri)
{
	char words[VIRT_WORDS];
	struct virt *v;

	if (prepare(uri)) {
		warn_msg("libvirt does not start: %s (--no-libvirt leaves it "
			 "out)",
		    virt_words(words, sizeof(words)));
		goto err0;
	}
	if ((v = calloc(1, sizeof(*v))) == NULL ||
	    (v->uri = strdup(uri)) == NULL) {
		warn_msg("out of memory");
		goto err1;
	}
	if ((v->conn = virConnectOpen(uri)) == NULL) {
		warn_msg("libvirt does not answer at %s: %s (--connect names "
			 "another, --no-libvirt leaves it out)",
		    uri, virt_words(words, sizeof(words)));
		goto err1;
	}
	if (read_version(v))
		goto err1;
	return v;
err1:
	virt_close(v);
err0:
	return NULL;
}

void
virt_close(struct virt *v)
{

	if (v == NULL)
		return;
	if (v->conn != NULL)
		(void)virConnectClose(v->conn);
	free(v->version);
	free(v->uri);
	free(v);
}

void
virt_without_secrets(struct virt *v)
{

	v->no_secrets = 1;
}

const char *
virt_version(const struct virt *v)
{

	return v->version;
}

char *
virt_host_name(struct virt *v)
{

	return virConnectGetHostname(v->conn);
}

int
virt_supports(struct virt *v, enum item_kind kind)
{
	const struct virt_kind *k = virt_kind(kind);
	virErrorPtr e;

	if (k == NULL)
		return 0;
	if (k->count(v->conn) != -1)
		return 1;
	/* Any other trouble is told by the call that needs the kind. */
	e = virGetLastError();
	return e == NULL || e->code != VIR_ERR_NO_SUPPORT;
}
