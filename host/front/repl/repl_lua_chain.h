/* What stands before the cursor in a line of Lua: whether it is code, and whose member is meant. */
#ifndef PI_REPL_LUA_CHAIN_H
#define PI_REPL_LUA_CHAIN_H

#include <stdbool.h>

#include "slice.h"

enum { PI_REPL_CHAIN_MAX = 12 };

/* evaluation.rules[1].margin: its owner is evaluation, rules, [1]. */
typedef struct pi_repl_chain {
  char sign;      /* '.' or ':' before the name at the cursor; '\0': it is nobody's member */
  bool known;     /* the owner is a name with members, not what a call gives or a text */
  size_t begin;   /* where the whole begins in the line: behind a sign whose owner is not known the name */
  size_t name;    /* where the name at the cursor begins, which may be empty */
  unsigned count; /* of steps */
  pi_slice steps[PI_REPL_CHAIN_MAX]; /* names; an index is what stands between its brackets */
  bool indices[PI_REPL_CHAIN_MAX];
} pi_repl_chain;

/* Whether what comes behind these lines is code: no text, no comment. */
bool pi_repl_lua_is_code(pi_slice begun, pi_slice line);

/* False where no name can stand: within a number, behind a label's sign. */
bool pi_repl_chain_read(pi_slice line, pi_repl_chain *out);

#endif
