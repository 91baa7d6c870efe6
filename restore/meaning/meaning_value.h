#ifndef RESTORE_MEANING_VALUE_H
#define RESTORE_MEANING_VALUE_H

/**
 * meaning_value: when do two values of a definition mean the same, although
 * they are written differently?
 */
enum meaning_value {
	VALUE_TEXT, /* equal but for the blanks around; addresses by number */
	VALUE_ANY,  /* always */
	VALUE_NOCASE,
	VALUE_NUMBER,  /* decimal or 0x hexadecimal */
	VALUE_KIB,     /* a size, in KiB unless its unit says otherwise */
	VALUE_VRAM,    /* libvirt rounds it up to a power of two */
	VALUE_MACHINE, /* pc stands for pc-i440fx-N, q35 for pc-q35-N */
	VALUE_SET,     /* 0,1,2 is 0-2 */
	VALUE_PORT     /* -1 is: any */
};

/* 1 when ${here} means ${want}; the units are NULL where there are none. */
int meaning_value(enum meaning_value how, const char *want,
    const char *want_unit, const char *here, const char *here_unit);

#endif
