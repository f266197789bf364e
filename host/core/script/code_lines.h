/* What the compiled form of a script says of its lines: those that can run, and those that keep state. */
#ifndef PI_CODE_LINES_H
#define PI_CODE_LINES_H

#include <stdbool.h>
#include <stdint.h>

#include "policy.h"

enum { PI_CODE_LINES_MAX = 32 * 1024 };

/* One bit a line, from line 1 at bit 1. Zero-initialise. */
typedef struct pi_line_set {
  uint64_t bits[PI_CODE_LINES_MAX / 64];
} pi_line_set;

static inline bool pi_line_set_has(const pi_line_set *set, uint32_t line) {
  return line < PI_CODE_LINES_MAX && (set->bits[line / 64] >> (line % 64) & 1) != 0;
}

static inline void pi_line_set_add(pi_line_set *set, uint32_t line) {
  if (line < PI_CODE_LINES_MAX) set->bits[line / 64] |= (uint64_t)1 << (line % 64);
}

/* What a script's lines are. */
typedef struct pi_code_lines {
  pi_line_set active;  /* some instruction is there, other than a function's own end */
  pi_line_set assigns; /* within a function of the file: something of the file around it is assigned */
  pi_line_set globals; /* a name without `local` is assigned */
} pi_code_lines;

/* Fills *out from the script's text, which must be one that loads. False when memory runs out. */
bool pi_code_lines_find(const pi_script *script, pi_code_lines *out);

#endif
