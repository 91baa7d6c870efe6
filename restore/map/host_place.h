#ifndef RESTORE_HOST_PLACE_H
#define RESTORE_HOST_PLACE_H

#include "archive/address/catalog.h"

/**
 * host_place: does the name of a host stand at a place, by the kind of place
 * (places.md class H)?  "host" rules apply there and nowhere else, however much
 * another value looks like that name.
 */
enum host_place {
	HOST_PLACE_NONE,
	HOST_PLACE_NAME, /* one, whole or in front of "@" */
	HOST_PLACE_LIST  /* several, with commas between */
};

/* Of a place of an item of ${format}; ${hosts} is what the item (a column, or
 * etc/hostname) is known for. */
enum host_place host_place(enum place_format format, const struct place *place,
    enum catalog_hosts hosts);

#endif
