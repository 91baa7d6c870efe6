#ifndef CMD_MANUAL_SOURCE_H
#define CMD_MANUAL_SOURCE_H

/* novark.8.in as it is, its marks not filled: made by make. */
extern const char manual_source[];

/* What novark can say, a line each: the folder of the source, a tab, the format
 * (messages.awk): made by make. */
extern const char manual_messages[];

#endif
