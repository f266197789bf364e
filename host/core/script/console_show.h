/* Shows a value of Lua to people: tables and parts of a case with sorted keys, bounded in depth and size. */
#ifndef PI_CONSOLE_SHOW_H
#define PI_CONSOLE_SHOW_H

#include <lua.h>

#include "utf8.h"

/* Appends the value at `index` without a newline at its end, on one line where `width` columns hold it, as
 * `columns` measures. Nothing in it is obeyed by a terminal. [-0, +0, v] */
void pi_console_show(lua_State *L, int index, unsigned width, pi_utf8_measure *columns, pi_buffer *out);

#endif
