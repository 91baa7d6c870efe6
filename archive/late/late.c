#include "archive/late/late.h"

#include <dlfcn.h>
#include <stddef.h>

/* By enum late. */
static const char *const sonames[] = {
	[LATE_VIRT] = "libvirt.so.0",
	[LATE_MYSQL] = "libmariadb.so.3",
};

void *
late_find(enum late library, const char *name)
{

	/* Once it is there this only counts; nobody ever closes it, because
	 * libvirt cannot be. */
	if (dlopen(sonames[library], RTLD_LAZY | RTLD_GLOBAL) == NULL)
		return NULL;
	return dlsym(RTLD_DEFAULT, name);
}

const char *
late_why(void)
{
	const char *why = dlerror();

	return why == NULL ? "its library is not there" : why;
}
