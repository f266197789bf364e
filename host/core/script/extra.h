/* Runs texts that are no scripts of the policy, its tests, in a sandbox state of their own, with C functions
 * that scripts do not have.
 *
 * They have all that a script has but case and balance. A limit ends what runs as it ends a script; what is
 * called by pi_extra_call starts with fresh limits, so that one call among many can fail alone. How many
 * calls there may be is the caller's to bound.
 */
#ifndef PI_EXTRA_H
#define PI_EXTRA_H

#include <lauxlib.h>
#include <lua.h>

#include <pubint/error.h>

#include "policy.h"
#include "records.h"
#include "sandbox.h"

typedef struct pi_extra pi_extra;

/* Nodes that the trees of one state may have in all. */
enum { PI_EXTRA_NODES_MAX = 2 * 1024 * 1024 };

/* How a call failed. `script` is NULL where it was the text itself that raised. */
typedef struct pi_extra_fault {
  bool failed;
  bool parsing;       /* the text could not be read: nothing of it ran */
  pi_failure failure; /* PI_FAILURE_NONE also when the watchdog ended it */
  const pi_script *script;
  uint32_t line;
  char message[304];
} pi_extra_fault;

/* Makes a state whose names are those of the sandbox and `functions` (ending in {NULL, NULL}), each with
 * `context` as its first upvalue. `unknown` is the name of a value that stands for a fact nobody knows (a
 * full userdata); NULL: there is none. `records` knows the objects that are pushed; NULL: they have any keys.
 * `policy` is borrowed. On failure *out is NULL. */
pubint_status pi_extra_new(pi_extra **out, const pubint_policy *policy, const luaL_Reg *functions,
                           const char *unknown, pi_record_find *records, void *context, pubint_error *error);
void pi_extra_free(pi_extra *extra);

/* Compiles `source` under the name `file` and runs it. PUBINT_OK also when it failed, see *fault; else the
 * system had no memory. */
pubint_status pi_extra_run(pi_extra *extra, pi_slice file, pi_slice source, pi_extra_fault *fault,
                           pubint_error *error);

/* Within a C function of the state: calls the function below its `arguments` on top of the stack, in
 * protected mode, with fresh limits; they are fresh again afterwards. Raises only when the system has no
 * memory. [-(arguments + 1), +0, v] */
void pi_extra_call(lua_State *L, int arguments, pi_extra_fault *fault);

/* What C did meanwhile is none of the call's own time. [-0, +0, -] */
void pi_extra_rest(lua_State *L);

/* Pushes a JSON value as scripts see data: scalars as they are, containers as immutable handles. `json` must
 * outlive the state. False, and nothing pushed, when it is no JSON. [-0, +(0|1), v] */
bool pi_extra_push_json(lua_State *L, pi_slice json);

/* Whether the value at `index` is a handle, and how many keys or items it has. [-0, +0, v] */
bool pi_extra_is_handle(lua_State *L, int index);

/* Pushes an array of the keys of the table or handle at `index`, in the order of pairs; raises for other
 * values. Returns their number. [-0, +1, e] */
uint32_t pi_extra_keys(lua_State *L, int index);

/* Pushes value[key] of the table (raw) or handle at `index`; the key is on top of the stack. [-1, +1, e] */
void pi_extra_get(lua_State *L, int index);

/* Whether the handle or table at `index` is a list: its keys are 1 to n. [-0, +0, e] */
bool pi_extra_is_list(lua_State *L, int index);

#endif
