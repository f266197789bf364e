/* Errors that scripts cause, and the checks of arguments that raise them: one wording everywhere. */
#ifndef PI_SCRIPT_ERROR_H
#define PI_SCRIPT_ERROR_H

#include <lua.h>

#include "slice.h"

/* Raises; the place is added by the message handler. Returns for `return pi_script_raise(…)`. [-0, +0, v] */
__attribute__((format(printf, 2, 3))) int pi_script_raise(lua_State *L, const char *format, ...);

/* "nil", "a number", …, a handle by its name: for messages, without addresses. */
const char *pi_script_typename(lua_State *L, int index);

/* A text of a script's as a message shows it: 64 bytes of it, control bytes as "?". */
typedef struct pi_shown {
  char text[65];
} pi_shown;
pi_shown pi_script_show(pi_slice text);

/* Raises that `where` has no field like the string at `key`, with what serves instead of a name of Lua's, or
 * the nearest key of the table at `names` (string keys only). [-0, +0, v] */
int pi_script_raise_unknown(lua_State *L, const char *where, int key, int names);

/* Raises that there is no such fact, with the nearest path. [-0, +0, v] */
int pi_script_raise_unknown_fact(lua_State *L, pi_slice path);

/* Arguments of exactly that type. `form` is how a script writes the call, "balance:harm(id, strength,
 * weight)": what is wrong is named as it has it, never by a number that counts the hidden self. [-0, +0, v]
 */
const char *pi_script_check_string(lua_State *L, int index, const char *form, size_t *length);
/* A string; a number is taken as its text, as Lua's own functions take it. */
const char *pi_script_check_text(lua_State *L, int index, const char *form, size_t *length);
lua_Number pi_script_check_number(lua_State *L, int index, const char *form);
lua_Integer pi_script_check_integer(lua_State *L, int index, const char *form);
/* An integer, or `fallback` where the argument is nil or absent. */
lua_Integer pi_script_opt_integer(lua_State *L, int index, const char *form, lua_Integer fallback);

/* Raises that the argument, which may be any value, is missing. [-0, +0, v] */
int pi_script_raise_none(lua_State *L, int index, const char *form);

/* Raises that the whole number at `index` is not within those two. [-0, +0, v] */
int pi_script_raise_range(lua_State *L, int index, const char *form, lua_Integer low, lua_Integer high);

/* A table of the script's own: neither a handle nor a library. [-0, +0, v] */
void pi_script_check_table(lua_State *L, int index, const char *form);

#endif
