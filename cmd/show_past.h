#ifndef CMD_SHOW_PAST_H
#define CMD_SHOW_PAST_H

#include "archive/look/past.h"
#include "cmd/report.h"

/* What was left alone as history: a line for each table; for programs the array
 * "history". */
void show_past(struct report *r, const struct past *past, int lines);

#endif
