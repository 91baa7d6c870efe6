#ifndef ARCHIVE_VERSION_H
#define ARCHIVE_VERSION_H

/* The version of this source: --version, manifests. */
#define NOVARK_VERSION "0.1.0"

#endif
