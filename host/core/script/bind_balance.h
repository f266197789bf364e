/* The balance, as scripts call it: balance:interest, :harm, :condition and :note. */
#ifndef PI_BIND_BALANCE_H
#define PI_BIND_BALANCE_H

#include <lauxlib.h>

/* Ends in {NULL, NULL}. */
extern const luaL_Reg PI_BALANCE_METHODS[];

#endif
