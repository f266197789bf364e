/* How many constants each function of a chunk has. Lua 5.4.4 miscompiles some expressions in functions
 * with more than 256 of them, and nothing but the compiled form tells their number. */
#ifndef PI_CONSTANTS_H
#define PI_CONSTANTS_H

#include <lua.h>
#include <stdbool.h>
#include <stdint.h>

/* Finds the first function of the Lua function on top of the stack that has more than `most` constants;
 * *line gets the line it begins at (0: the chunk itself), 0 and false where there is none. Raises when
 * memory runs out. [-0, +0, m] */
bool pi_constants_exceed(lua_State *L, unsigned most, uint32_t *line);

#endif
