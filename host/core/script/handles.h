/* What scripts hold of the case: values that name a thing of the host, never a pointer to it.
 *
 * A handle is a light userdata whose 64 bits are a kind, a generation and, for trees, a file and a node.
 * It costs no memory, compares by value, and one checker refuses it once its evaluation has ended.
 */
#ifndef PI_HANDLES_H
#define PI_HANDLES_H

#include <lauxlib.h>
#include <lua.h>
#include <stdint.h>

#include "handle_bits.h"
#include "vm.h"

/* Makes the metatable of handles and the tables of keys; `balance_methods` are those of the balance.
 * [-0, +0, e] */
void pi_handles_open(lua_State *L, const luaL_Reg *balance_methods);

/* Gives back what was made outside of the state, which is closed. */
void pi_handles_close(pi_vm *vm);

/* Pushes a handle of this call. [-0, +1, -] */
void pi_handle_push(lua_State *L, pi_handle_kind kind);

/* Pushes a node of a tree: a scalar as it is, a container as a handle, null as nil. [-0, +1, m] */
void pi_handle_push_node(lua_State *L, uint32_t file, uint32_t node);

/* The one checker: raises unless the value at `index` is a handle of this call. [-0, +0, v] */
pi_handle pi_handle_check(lua_State *L, int index);

/* Raises unless argument 1 is the handle of that kind: `form` shows how it is called. [-0, +0, v] */
void pi_handle_check_self(lua_State *L, pi_handle_kind kind, const char *form);

/* Items of a list-like handle (lists, arrays); raises for the others. [-0, +0, v] */
uint32_t pi_handle_length(lua_State *L, pi_handle handle);

/* Pushes field `key` (at `index`) of the handle, as `handle.key` does. [-0, +1, e] */
void pi_handle_field(lua_State *L, pi_handle handle, int index);

/* Pushes an array of the handle's keys in sorted order, methods left out; returns their number. [-0, +1, e]
 */
uint32_t pi_handle_keys(lua_State *L, pi_handle handle);

#endif
