#ifndef CMD_SHOW_PAST_H
#define CMD_SHOW_PAST_H

#include "archive/look/past.h"
#include "cmd/report.h"

/* What was left alone as history: as text, a line for each table. */
void show_past(struct report *r, const struct past *past);

/* As the array "history" of a document. */
void show_past_json(struct report *r, const struct past *past);

#endif
