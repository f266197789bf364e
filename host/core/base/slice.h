/* A run of bytes somebody else owns: not ended by NUL, never NULL with a length above 0. */
#ifndef PI_SLICE_H
#define PI_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

typedef struct pi_slice {
  const char *ptr;
  size_t len;
} pi_slice;

#define PI_SLICE(literal) ((pi_slice){"" literal, sizeof(literal) - 1})
/* The same within the initializer of a static table, where C wants a constant. */
#define PI_SLICE_INIT(literal)                                                                               \
  { "" literal, sizeof(literal) - 1 }

static inline bool pi_slice_equal(pi_slice a, pi_slice b) {
  return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline pi_slice pi_slice_of(const char *text) {
  return (pi_slice){text, strlen(text)};
}

/* Bytewise order, a prefix first: the order of `sort` in the C locale. */
static inline int pi_slice_compare(pi_slice a, pi_slice b) {
  size_t shorter = a.len < b.len ? a.len : b.len;
  int order = shorter > 0 ? memcmp(a.ptr, b.ptr, shorter) : 0;
  if (order != 0) return order;
  return (a.len > b.len) - (a.len < b.len);
}

#endif
