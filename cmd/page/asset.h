#ifndef CMD_PAGE_ASSET_H
#define CMD_PAGE_ASSET_H

#include <stddef.h>

/* page.css and page.js, as the build puts them into the program. */
extern const unsigned char page_css[], page_js[];
extern const size_t page_css_len, page_js_len;

#endif
