/* UTF-8: validity, lengths in code points, and what a terminal may be shown. */
#ifndef PI_UTF8_H
#define PI_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buffer.h"
#include "slice.h"

/* Bytes of the well-formed sequence at `p` (1..4), 0 where none begins (overlong forms, surrogates and
 * beyond U+10FFFF included). Never reads at or behind `end`. */
size_t pi_utf8_sequence(const char *p, const char *end);

/* Passes over well-formed sequences of more than one byte: the first byte from `p` on that is ASCII or begins
 * none, or `end`. */
const char *pi_utf8_skip(const char *p, const char *end);

/* The first byte that is not part of well-formed UTF-8; text.ptr + text.len when all is. */
const char *pi_utf8_check(pi_slice text);

/* Code points of well-formed text. */
size_t pi_utf8_count(pi_slice text);

/* Byte offset of code point `index` of well-formed text; text.len when it has no more than that. */
size_t pi_utf8_offset(pi_slice text, size_t index);

/* Writes code point `code` (a scalar value) to out[4]; returns its bytes. */
size_t pi_utf8_encode(uint32_t code, char out[4]);

/* Decodes the well-formed sequence at `p`; *bytes gets its length. */
uint32_t pi_utf8_decode(const char *p, size_t *bytes);

/* Appends text for a terminal: control characters (C0, DEL, C1) and bidirectional controls (U+061C,
 * U+200E, U+200F, U+202A..E, U+2066..9), U+2028/9 and what is not seen (U+200B, U+FEFF, tag characters) as
 * \u{XX}; bytes that are not UTF-8 as \xXX.
 * Newlines are kept only with `lines`. */
void pi_utf8_show(pi_buffer *buffer, pi_slice text, bool lines);

/* The same for the one character, or the one byte that is not UTF-8, at p < end, newlines escaped: writes
 * to out, its length to *out_len, and returns the bytes it took from `p`. */
enum { PI_UTF8_SHOWN_BYTES = 10 };
size_t pi_utf8_show_next(const char *p, const char *end, char out[PI_UTF8_SHOWN_BYTES], size_t *out_len);

/* How many columns well-formed text takes where it is shown. pi_utf8_count is one that takes each code point
 * for one; who shows text knows better (insight/page/columns.h). */
typedef size_t pi_utf8_measure(pi_slice text);

#endif
