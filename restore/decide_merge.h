#ifndef RESTORE_DECIDE_MERGE_H
#define RESTORE_DECIDE_MERGE_H

#include "restore/decide.h"

/**
 * decide_merge(in, out):
 * What to do where neither the wanted nor the captured bytes stand: compare
 * place by place, change only what the map touches, or call it drift and let
 * the policy decide.  ${out} holds wanted; for decide alone.
 */
enum decision decide_merge(
    const struct decide_input *in, struct decide_output *out) MUST_CHECK;

#endif
