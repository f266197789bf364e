/* PCRE2 patterns of a vm: a bounded cache of compiled ones, and matching with counted steps. */
#ifndef PI_PATTERNS_H
#define PI_PATTERNS_H

#include <lua.h>

#include "slice.h"
#include "vm.h"

#define PI_PATTERN_BYTES_MAX 256
#define PI_SUBJECT_BYTES     100, 000
enum { PI_SUBJECT_BYTES_MAX = PI_NUMBER(PI_SUBJECT_BYTES) };

/* NULL when memory ran out. */
pi_pattern_cache *pi_patterns_new(void);
void pi_patterns_free(pi_pattern_cache *cache);

typedef struct pi_match {
  size_t start; /* byte offsets, end exclusive */
  size_t end;
} pi_match;

/* A search that goes on from match to match. */
typedef struct pi_search {
  const void *pattern; /* compiled; lives until the next search begins */
  pi_slice subject;
  size_t flags; /* with an \X: so many halves of flags stand in a row */
  size_t from;
  bool after_empty; /* the last match was empty: the next must not be, at the same place */
} pi_search;

/* Checks pattern and subject, charges for both, compiles or finds the pattern. Raises for a pattern that
 * is not right, too long, or asks for what is not allowed, and for a subject that is not UTF-8 or too
 * long. [-0, +0, v] */
void pi_search_begin(lua_State *L, pi_search *search, pi_slice subject, pi_slice pattern,
                     const char *function);

/* The next match; false when there is none. A tripped limit of PCRE2 ends the script. [-0, +0, v] */
bool pi_search_next(lua_State *L, pi_search *search, pi_match *match);

#endif
