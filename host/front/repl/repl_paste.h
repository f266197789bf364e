/* What was pasted into a line: it goes in whole, and line by line, whatever keys its bytes would be. */
#ifndef PI_REPL_PASTE_H
#define PI_REPL_PASTE_H

#include <stdbool.h>
#include <stddef.h>
#include <wchar.h>

#include "buffer.h"

#define PI_REPL_PASTE_BYTES_MAX ((size_t)4 * 1024 * 1024)

typedef struct pi_repl_paste {
  pi_buffer text; /* lines that are still to be taken begin at `at` */
  size_t at;
  bool after_return;
} pi_repl_paste;

void pi_repl_paste_init(pi_repl_paste *self);
void pi_repl_paste_dispose(pi_repl_paste *self);
void pi_repl_paste_forget(pi_repl_paste *self);

/* Adds one character; a carriage return, which terminals send for a newline, is one, and a tab a blank. */
void pi_repl_paste_add(pi_repl_paste *self, wchar_t c);

/* Whether more is left to be taken. */
bool pi_repl_paste_waits(const pi_repl_paste *self);

/* Takes the next line, ending in a NUL that does not count, into *out, which is empty; *ended is false of a
 * last one without a newline. False where there is none, or memory ran out: then nothing is left of it. */
bool pi_repl_paste_take(pi_repl_paste *self, pi_buffer *out, bool *ended);

#endif
