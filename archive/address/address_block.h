#ifndef ARCHIVE_ADDRESS_BLOCK_H
#define ARCHIVE_ADDRESS_BLOCK_H

#include <stddef.h>
#include <stdint.h>

/**
 * address_block: which bytes of a block of 64 could be the first dot, dash or
 * colon of an address, by what stands near; for address_mark.h alone.  A mark
 * is a dot or dash, digits on both sides, with two more of them behind it as
 * near as octets put them; or a colon with a colon behind it or a group on
 * both sides, that has five more behind it as near as groups put them, or two
 * side by side in its block.  So dates, times, MACs and most UUIDs have none.
 * What the block's end leaves open is a mark.
 */
#define ADDRESS_BLOCK 64u

/**
 * address_block_find(d, n, bits):
 * Look at ${n} blocks from ${d} on: how many come before the first one that has
 * marks, which are then in ${*bits}, the lowest bit for the first byte; ${n}
 * and 0 when none has.
 */
typedef size_t
address_block_fn(const unsigned char *d, size_t n, uint64_t *bits);
address_block_fn address_block_find;

/* The ways to do it, all with the same result: byte by byte, and by what this
 * processor has; NULL behind the last. */
address_block_fn *address_block_way(size_t i);

#endif
