/* Eight bytes at a time, in one register: how the reader passes over text that needs no look at each byte. */
#ifndef PI_SWAR_H
#define PI_SWAR_H

#include <stdint.h>
#include <string.h>

#define PI_SWAR_ONES  UINT64_C(0x0101010101010101)
#define PI_SWAR_HIGHS UINT64_C(0x8080808080808080)

/* Eight bytes from `p`, the first in the lowest place. */
static inline uint64_t pi_swar_load(const char *p) {
  uint64_t word;
  memcpy(&word, p, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64(word);
#endif
  return word;
}

/* The high bit of the lowest byte that a JSON string cannot pass over: a quote, a backslash, a control
 * byte or one that is not ASCII; 0 where there is none. Bits above the lowest may be wrong: a borrow. */
static inline uint64_t pi_swar_special(uint64_t word) {
  uint64_t quote = word ^ PI_SWAR_ONES * '"';
  uint64_t backslash = word ^ PI_SWAR_ONES * '\\';
  uint64_t is_quote = (quote - PI_SWAR_ONES) & ~quote;
  uint64_t is_backslash = (backslash - PI_SWAR_ONES) & ~backslash;
  uint64_t is_control = (word - PI_SWAR_ONES * 0x20) & ~word;
  return (is_quote | is_backslash | is_control | word) & PI_SWAR_HIGHS;
}

/* The same for a byte that is not written into a JSON string as it is: a quote, a backslash, a control byte
 * or DEL. */
static inline uint64_t pi_swar_escaped(uint64_t word) {
  uint64_t del = word ^ PI_SWAR_ONES * 0x7F;
  uint64_t ascii_only = ~word & PI_SWAR_HIGHS;
  return ((pi_swar_special(word) & ascii_only) | ((del - PI_SWAR_ONES) & ~del & PI_SWAR_HIGHS));
}

/* The place (0..7) of the byte whose high bit is the lowest set in `bits`, which is not 0. */
static inline unsigned pi_swar_first(uint64_t bits) {
  return (unsigned)__builtin_ctzll(bits) / 8;
}

#endif
