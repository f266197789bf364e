/* The 64 bits of a handle: a kind, a generation and, for trees, a file and a node. No Lua. */
#ifndef PI_HANDLE_BITS_H
#define PI_HANDLE_BITS_H

#include <stdint.h>

typedef enum pi_handle_kind {
  PI_HANDLE_NONE,
  PI_HANDLE_CASE, /* kinds up to PI_HANDLE_BALANCE have named fields */
  PI_HANDLE_TWEET,
  PI_HANDLE_ACCOUNT,
  PI_HANDLE_OFFICE,
  PI_HANDLE_CONTEXT,
  PI_HANDLE_TARGET,
  PI_HANDLE_OFFLINE_HARM,
  PI_HANDLE_VIOLATION,
  PI_HANDLE_BALANCE,
  PI_HANDLE_GROUNDS,   /* list of words */
  PI_HANDLE_COUNTRIES, /* list of codes */
  PI_HANDLE_TREE,      /* a container of signals (file 0) or of a data file (file i is data i-1) */
  PI_HANDLE_KINDS
} pi_handle_kind;

/* Generations count calls and wrap; no handle outlives even one call but in an interactive state. */
#define PI_HANDLE_GENERATIONS ((uint32_t)0xffffff)
#define PI_HANDLE_FILES_MAX   ((uint32_t)2047)
#define PI_HANDLE_FILE_EXTRA  PI_HANDLE_FILES_MAX /* no file of data/: what a test looks at (extra.h) */
#define PI_HANDLE_NODES_MAX   ((uint32_t)0xffffff)

typedef struct pi_handle {
  pi_handle_kind kind;
  uint32_t file;
  uint32_t node;
} pi_handle;

/* From the lowest bit: generation 24, node 24, file 11, kind 5. */
enum { PI_HANDLE_NODE_SHIFT = 24, PI_HANDLE_FILE_SHIFT = 48, PI_HANDLE_KIND_SHIFT = 59 };

static inline uint64_t pi_handle_bits(pi_handle handle, uint32_t generation) {
  return (uint64_t)handle.kind << PI_HANDLE_KIND_SHIFT | (uint64_t)handle.file << PI_HANDLE_FILE_SHIFT |
         (uint64_t)handle.node << PI_HANDLE_NODE_SHIFT | generation;
}

/* Of any bits, so it may be no kind. */
static inline unsigned pi_handle_bits_kind(uint64_t bits) {
  return (unsigned)(bits >> PI_HANDLE_KIND_SHIFT);
}

static inline uint32_t pi_handle_bits_generation(uint64_t bits) {
  return (uint32_t)(bits & PI_HANDLE_GENERATIONS);
}

/* The handle, where its kind is one. */
static inline pi_handle pi_handle_of_bits(uint64_t bits) {
  return (pi_handle){(pi_handle_kind)pi_handle_bits_kind(bits),
                     (uint32_t)(bits >> PI_HANDLE_FILE_SHIFT) & PI_HANDLE_FILES_MAX,
                     (uint32_t)(bits >> PI_HANDLE_NODE_SHIFT) & PI_HANDLE_NODES_MAX};
}

/* "case", "balance", "case.tweet" …; for messages and `type`-like texts. */
const char *pi_handle_name(pi_handle_kind kind);

#endif
