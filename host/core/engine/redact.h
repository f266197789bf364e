/* Blots private data out of a Tweet's text (R095). */
#ifndef PI_REDACT_H
#define PI_REDACT_H

#include "arena.h"
#include "case.h"

/* The case's text with every span of every violation replaced by exactly █████; overlapping spans make
 * one blot, touching ones two. Where the text of a span, four code points or more, stands again outside the
 * blots, letter for letter, it is blotted too: an address written twice is marked once. The text itself where
 * there are no spans; .ptr NULL where it is unknown. False when memory ran out. */
bool pi_redact(const pi_case *input, pi_arena *arena, pi_slice *out);

/* Another text, such as what people wrote: wherever the text of a span of any of the cases, four code points
 * or more, stands in it, it is blotted, as a repeat is. The text itself where there is no such span. False
 * when memory ran out. */
bool pi_redact_other(const pi_case *const *cases, size_t count, pi_slice text, pi_arena *arena,
                     pi_slice *out);

#endif
