/* What scripts hold of the case: values that name a thing of the host, never a pointer to it.
 *
 * A handle is a light userdata whose 64 bits are a kind, a generation and, for trees, a file and a node.
 * It costs no memory, compares by value, and one checker refuses it once its evaluation has ended.
 */
#ifndef PI_HANDLES_H
#define PI_HANDLES_H

#include <lua.h>
#include <stdint.h>

#include "tree.h"
#include "vm.h"

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

/* "case", "balance", "tweet" …; for messages and `type`-like texts. */
const char *pi_handle_name(pi_handle_kind kind);

/* Makes the metatable of handles and the tables of keys. [-0, +0, e] */
void pi_handles_open(lua_State *L);

/* Pushes a handle of this call. [-0, +1, -] */
void pi_handle_push(lua_State *L, pi_handle_kind kind);

/* Pushes a node of a tree: a scalar as it is, a container as a handle, null as nil. [-0, +1, m] */
void pi_handle_push_node(lua_State *L, uint32_t file, uint32_t node);

/* The one checker: raises unless the value at `index` is a handle of this call. [-0, +0, v] */
pi_handle pi_handle_check(lua_State *L, int index);

/* Items of a list-like handle (lists, arrays); raises for the others. [-0, +0, v] */
uint32_t pi_handle_length(lua_State *L, pi_handle handle);

/* Pushes field `key` (at `index`) of the handle, as `handle.key` does. [-0, +1, e] */
void pi_handle_field(lua_State *L, pi_handle handle, int index);

/* Pushes an array of the handle's keys in sorted order, methods left out; returns their number. [-0, +1, e]
 */
uint32_t pi_handle_keys(lua_State *L, pi_handle handle);

#endif
