#ifndef CMD_MANUAL_FILL_INNER_H
#define CMD_MANUAL_FILL_INNER_H

#include "archive/buf.h"

/* Inside the manual room only: what stands for each mark.  0, or -1 said. */

/* mdoc: every option, by the subcommands that have it. */
int fill_options(struct buf *b) MUST_CHECK;
/* mdoc: the items of two lists, findings and what --allow releases. */
int fill_findings(struct buf *b) MUST_CHECK;
int fill_releases(struct buf *b) MUST_CHECK;

/* bash: what each subcommand takes, as a function. */
int fill_bash(struct buf *b) MUST_CHECK;
/* zsh: lines of arrays for _describe (subcommands; topics of help; names of
 * findings and of what --allow releases); the arguments of each subcommand, as
 * branches of a case. */
int fill_zsh_commands(struct buf *b) MUST_CHECK;
int fill_zsh_topics(struct buf *b) MUST_CHECK;
int fill_zsh_names(struct buf *b) MUST_CHECK;
int fill_zsh_arguments(struct buf *b) MUST_CHECK;

/* Add ${text} as a sentence: a capital first, a full stop last, a newline. */
int fill_sentence(struct buf *b, const char *text) MUST_CHECK;
/* Add the sentences of ${text}, each a line of its own, as mdoc wants them. */
int fill_sentences(struct buf *b, const char *text) MUST_CHECK;

#endif
