#ifndef CMD_MANUAL_SOURCE_H
#define CMD_MANUAL_SOURCE_H

/* novark.8.in as it is, its marks not filled: made by make. */
extern const char manual_source[];

#endif
