/* Blots private data out of a Tweet's text (R095). */
#ifndef PI_REDACT_H
#define PI_REDACT_H

#include "arena.h"
#include "case.h"

/* The case's text with every span of every violation replaced by exactly █████; overlapping spans make
 * one blot, touching ones two. The text itself where there are no spans; .ptr NULL where it is unknown.
 * False when memory ran out. */
bool pi_redact(const pi_case *input, pi_arena *arena, pi_slice *out);

#endif
