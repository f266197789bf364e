/* The keys of the objects that are open: whether one stands twice, and their order by bytes.
 *
 * One stack for all open objects, the innermost on top. Faults are found at an object's end, in
 * n log n comparisons whatever the keys are; which of several is the first in the text is worked out only
 * once there is one.
 */
#ifndef PI_JSON_KEYS_H
#define PI_JSON_KEYS_H

#include <stdint.h>

#include "slice.h"

typedef struct pi_json_member {
  pi_slice key;   /* unescaped */
  const char *at; /* where it begins in the text */
  uint32_t index; /* 0 for the object's first member */
  uint32_t tag;   /* of equal keys equal */
} pi_json_member;

/* A key's tag: its length and three of its bytes. */
static inline uint32_t pi_json_key_tag(pi_slice key) {
  if (key.len == 0) return 0;
  const unsigned char *bytes = (const unsigned char *)key.ptr;
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[key.len / 2] << 16 | (uint32_t)bytes[key.len - 1] << 8 |
         (uint32_t)(key.len & 0xFF);
}

/* Sorts by key, bytewise, equal keys by their place in the text. */
void pi_json_keys_sort(pi_json_member *members, size_t count);

/* Whether no key stands twice; may sort. */
bool pi_json_keys_unique(pi_json_member *members, size_t count);

/* Of sorted members that repeat a key, the one that comes first in the text; *first gets the member it
 * repeats. NULL where there is none. */
const pi_json_member *pi_json_keys_repeat(const pi_json_member *members, size_t count,
                                          const pi_json_member **first);

/* Of sorted members, how many have `key`; *first is the index of the first of them. */
size_t pi_json_keys_find(const pi_json_member *members, size_t count, pi_slice key, size_t *first);

#endif
