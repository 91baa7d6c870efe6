#ifndef CMD_MANUAL_FILL_TABLE_H
#define CMD_MANUAL_FILL_TABLE_H

#include "cmd/manual/fill_inner.h"

/* The marks, and what stands there.  Included by fill.c alone. */
static const struct fill_row {
	const char *mark;
	int (*fill)(struct buf *b);
} rows[] = {
	{ "options", fill_options },
	{ "findings", fill_findings },
	{ "releases", fill_releases },
	{ "bash", fill_bash },
	{ "zsh-commands", fill_zsh_commands },
	{ "zsh-arguments", fill_zsh_arguments },
	{ "zsh-topics", fill_zsh_topics },
	{ "zsh-names", fill_zsh_names },
};

#endif
