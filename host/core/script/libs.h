/* The functions behind the allow-list (allow.c says what each is and why it is safe). */
#ifndef PI_LIBS_H
#define PI_LIBS_H

#include <lua.h>

/* lib_base.c */
int l_base_assert(lua_State *L);
int l_base_data(lua_State *L);
int l_base_error(lua_State *L);
int l_base_ipairs(lua_State *L);
int l_base_require(lua_State *L);
int l_base_select(lua_State *L);
int l_base_tonumber(lua_State *L);
int l_base_tostring(lua_State *L);
int l_base_type(lua_State *L);

/* lib_table.c */
int l_base_pairs(lua_State *L);
int l_table_concat(lua_State *L);
int l_table_insert(lua_State *L);
int l_table_remove(lua_State *L);
int l_table_sort(lua_State *L);
int l_table_unpack(lua_State *L);

/* lib_string.c */
int l_string_byte(lua_State *L);
int l_string_format(lua_State *L);
int l_string_len(lua_State *L);
int l_string_lower(lua_State *L);
int l_string_rep(lua_State *L);
int l_string_sub(lua_State *L);
int l_string_upper(lua_State *L);

/* lib_math.c */
int l_math_abs(lua_State *L);
int l_math_ceil(lua_State *L);
int l_math_floor(lua_State *L);
int l_math_max(lua_State *L);
int l_math_min(lua_State *L);
int l_math_sqrt(lua_State *L);

/* lib_text.c */
int l_text_contains(lua_State *L);
int l_text_count(lua_State *L);
int l_text_find(lua_State *L);
int l_text_length(lua_State *L);
int l_text_matches(lua_State *L);

/* lib_time.c */
int l_time_before(lua_State *L);
int l_time_days(lua_State *L);
int l_time_hours(lua_State *L);
int l_time_valid(lua_State *L);

/* Pushes the text of any value as a script may see it: no address, no metamethod. [-0, +1, m] */
const char *pi_lib_tostring(lua_State *L, int index, size_t *length);

#endif
