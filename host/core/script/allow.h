/* Everything a script can use, on one page (allow.c). What is not in the table does not exist. */
#ifndef PI_ALLOW_H
#define PI_ALLOW_H

#include <stddef.h>

struct lua_State; /* so that the table can be printed where Lua is not seen */

typedef struct pi_allow_row {
  const char *library; /* "" for a name of the environment itself */
  const char *name;
  int (*function)(struct lua_State *L); /* NULL: a constant or an argument of weigh */
  const char *form;                     /* "rep(s, n [, separator])" */
  const char *doc;
  const char *safe; /* why it is safe, or how it is bounded */
} pi_allow_row;

extern const pi_allow_row PI_ALLOW[];
extern const size_t PI_ALLOW_COUNT;

/* The libraries that rows name, as a script calls them. */
extern const char *const PI_ALLOW_LIBRARIES[];
extern const size_t PI_ALLOW_LIBRARIES_COUNT;

/* What handles have beside the facts (facts.def): `library` is the handle's name, `function` is NULL, and a
 * form with parentheses is a method. */
extern const pi_allow_row PI_ALLOW_FIELDS[];
extern const size_t PI_ALLOW_FIELDS_COUNT;

/* Makes the environment's metatable, the libraries and the methods of strings. [-0, +0, e] */
void pi_allow_open(struct lua_State *L);

#endif
