#include "script_error.h"

#include <lauxlib.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "absent.h"
#include "errors.h"
#include "facts.h"
#include "handle_bits.h"
#include "json_write.h"
#include "nearest.h"
#include "vm.h"

/* Lua's own formatter knows few directives and raises on its own, so the text is made here. */
int pi_script_raise(lua_State *L, const char *format, ...) {
  char message[304];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  lua_pushstring(L, message);
  return lua_error(L);
}

const char *pi_script_typename(lua_State *L, int index) {
  switch (lua_type(L, index)) {
  case LUA_TNONE: return "nothing";
  case LUA_TNIL: return "nil";
  case LUA_TBOOLEAN: return "a boolean";
  case LUA_TNUMBER: return "a number";
  case LUA_TSTRING: return "a string";
  case LUA_TTABLE: return "a table";
  case LUA_TFUNCTION: return "a function";
  default: break;
  }
  unsigned kind = pi_handle_bits_kind((uint64_t)(uintptr_t)lua_touserdata(L, index));
  return kind < PI_HANDLE_KINDS ? pi_handle_name((pi_handle_kind)kind) : "a handle";
}

pi_shown pi_script_show(pi_slice text) {
  pi_shown out;
  pi_error_field(out.text, sizeof out.text, text.ptr, text.len);
  return out;
}

int pi_script_raise_unknown(lua_State *L, const char *where, int key, int names) {
  size_t length;
  const char *text = lua_tolstring(L, key, &length);
  const char *instead = pi_absent_instead(where, text);
  if (instead != NULL) return pi_script_raise(L, "%s has no '%s'; %s", where, text, instead);
  pi_nearest nearest;
  pi_nearest_init(&nearest, (pi_slice){text, length});
  /* lua_next goes in hash order, so of equally near names the first bytewise is taken. */
  pi_vm_room(L, 3);
  for (lua_pushnil(L); lua_next(L, names) != 0; lua_pop(L, 1)) {
    if (lua_type(L, -2) != LUA_TSTRING) continue;
    pi_slice name;
    name.ptr = lua_tolstring(L, -2, &name.len);
    pi_nearest one;
    pi_nearest_init(&one, nearest.wanted);
    pi_nearest_offer(&one, name);
    if (one.best.ptr == NULL) continue;
    bool nearer = nearest.best.ptr == NULL || one.distance < nearest.distance ||
                  (one.distance == nearest.distance && pi_slice_compare(name, nearest.best) < 0);
    if (nearer) nearest = one;
  }
  pi_shown shown = pi_script_show(nearest.wanted);
  if (nearest.best.ptr == NULL) return pi_script_raise(L, "%s has no '%s'", where, shown.text);
  return pi_script_raise(L, "%s has no '%s'; did you mean '%.*s'?", where, shown.text, (int)nearest.best.len,
                         nearest.best.ptr);
}

int pi_script_raise_unknown_fact(lua_State *L, pi_slice path) {
  pi_nearest nearest;
  pi_nearest_init(&nearest, path);
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) pi_nearest_offer(&nearest, PI_FACTS[fact].path);
  pi_shown shown = pi_script_show(path);
  if (nearest.best.ptr == NULL) return pi_script_raise(L, "there is no fact '%s'", shown.text);
  return pi_script_raise(L, "there is no fact '%s'; did you mean '%.*s'?", shown.text, (int)nearest.best.len,
                         nearest.best.ptr);
}

/* The bytes of "…", and the letters of an argument's name. */
static const char PARTS[] = "…_abcdefghijklmnopqrstuvwxyz";

/* The argument at `index` as `form` has it: "n" at 2 of "string.rep(s, n [, separator])". Behind the colon of
 * a method the first is at 2; what stands for "…" is counted from there. */
static void name_argument(const char *form, int index, char *out, size_t size) {
  const char *p = strchr(form, '(');
  int at = memchr(form, ':', (size_t)(p - form)) != NULL ? 1 : 0;
  for (p += strcspn(p, PARTS); *p != '\0'; p += strcspn(p, PARTS)) {
    size_t length = strspn(p, PARTS);
    if (*p == PARTS[0]) {
      snprintf(out, size, "value %d", index - at);
      return;
    }
    if (++at == index) {
      snprintf(out, size, "%.*s", (int)length, p);
      return;
    }
    p += length;
  }
  snprintf(out, size, "argument %d", index);
}

/* What a form calls its function: "string.rep", and "harm" of "balance:harm(…)". */
static pi_slice name_function(const char *form) {
  size_t length = strcspn(form, "(");
  const char *colon = memchr(form, ':', length);
  size_t skip = colon != NULL ? (size_t)(colon + 1 - form) : 0;
  return (pi_slice){form + skip, length - skip};
}

/* [-0, +0, v] */
static int raise_type(lua_State *L, int index, const char *form, const char *wanted) {
  char argument[32];
  pi_slice function = name_function(form);
  name_argument(form, index, argument, sizeof argument);
  return pi_script_raise(L, "%.*s: %s must be %s, got %s", (int)function.len, function.ptr, argument, wanted,
                         pi_script_typename(L, index));
}

int pi_script_raise_none(lua_State *L, int index, const char *form) {
  return raise_type(L, index, form, "a value");
}

int pi_script_raise_range(lua_State *L, int index, const char *form, lua_Integer low, lua_Integer high) {
  char argument[32];
  pi_slice function = name_function(form);
  name_argument(form, index, argument, sizeof argument);
  return pi_script_raise(L, "%.*s: %s must be from %lld to %lld, got %lld", (int)function.len, function.ptr,
                         argument, (long long)low, (long long)high, (long long)lua_tointeger(L, index));
}

const char *pi_script_check_string(lua_State *L, int index, const char *form, size_t *length) {
  if (lua_type(L, index) != LUA_TSTRING) raise_type(L, index, form, "a string");
  return lua_tolstring(L, index, length);
}

const char *pi_script_check_text(lua_State *L, int index, const char *form, size_t *length) {
  if (lua_type(L, index) == LUA_TNUMBER) return lua_tolstring(L, index, length);
  return pi_script_check_string(L, index, form, length);
}

lua_Number pi_script_check_number(lua_State *L, int index, const char *form) {
  if (lua_type(L, index) != LUA_TNUMBER) raise_type(L, index, form, "a number");
  return lua_tonumber(L, index);
}

/* The number as a person wrote it, in as few digits as tell it from any other. */
static void show_number(lua_Number number, char *out, size_t size) {
  if (!isfinite(number)) {
    snprintf(out, size, "%s", isnan(number) ? "nan" : number > 0 ? "inf" : "-inf");
    return;
  }
  pi_buffer text;
  pi_buffer_init(&text, size);
  pi_json_write_double(&text, number);
  snprintf(out, size, "%.*s", (int)text.len, text.len > 0 ? text.data : "");
  pi_buffer_dispose(&text);
}

/* [-0, +0, v] */
static void raise_not_whole(lua_State *L, int index, const char *form) {
  char argument[32], shown[40];
  lua_Number number = lua_tonumber(L, index);
  pi_slice function = name_function(form);
  name_argument(form, index, argument, sizeof argument);
  show_number(number, shown, sizeof shown);
  bool beyond = isfinite(number) && floor(number) == number;
  pi_script_raise(L, "%.*s: %s must be a whole number, got %s%s", (int)function.len, function.ptr, argument,
                  shown, beyond ? ", which is beyond 64 bits" : "");
}

lua_Integer pi_script_check_integer(lua_State *L, int index, const char *form) {
  int whole = 0;
  if (lua_type(L, index) != LUA_TNUMBER) raise_type(L, index, form, "a whole number");
  lua_Integer value = lua_tointegerx(L, index, &whole);
  if (whole == 0) raise_not_whole(L, index, form);
  return value;
}

lua_Integer pi_script_opt_integer(lua_State *L, int index, const char *form, lua_Integer fallback) {
  return lua_isnoneornil(L, index) ? fallback : pi_script_check_integer(L, index, form);
}

void pi_script_check_table(lua_State *L, int index, const char *form) {
  if (lua_type(L, index) != LUA_TTABLE) raise_type(L, index, form, "a table");
  if (lua_getmetatable(L, index) != 0) {
    lua_pop(L, 1);
    pi_slice function = name_function(form);
    pi_script_raise(L, "%.*s: that table is read-only", (int)function.len, function.ptr);
  }
}
