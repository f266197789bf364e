/* The balance, as scripts call it: balance:interest, :harm, :condition and :note. */
#ifndef PI_BIND_BALANCE_H
#define PI_BIND_BALANCE_H

#include <lua.h>

/* Sets the methods in the table on top of the stack. [-0, +0, m] */
void pi_bind_balance_methods(lua_State *L);

#endif
