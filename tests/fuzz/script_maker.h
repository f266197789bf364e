/* Makes rule scripts of bytes: by a grammar, so that most of them load and run, and by moving the words of
 * scripts that are right, so that many nearly do. */
#ifndef PI_SCRIPT_MAKER_H
#define PI_SCRIPT_MAKER_H

#include <stddef.h>

#include "fuzz_policy.h"

/* Writes a script for rule hateful_conduct to out, ended by NUL; returns its length, below `size`. */
size_t script_make(fuzz_stream *stream, char *out, size_t size);

/* Writes `source` with up to eight of its words and signs replaced, dropped, doubled or swapped. */
size_t script_shuffle(fuzz_stream *stream, const char *source, size_t length, char *out, size_t size);

#endif
