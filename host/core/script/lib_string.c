#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

#include "libs.h"
#include "script_error.h"
#include "vm.h"

/* A start or end as Lua counts: negative from the end. Returns 1..; `length` + 1 at most for an end. */
static size_t place_from(lua_Integer i, size_t length) {
  if (i > 0) return (size_t)i;
  if (i == 0) return 1;
  return (lua_Unsigned)0 - (lua_Unsigned)i > length
             ? 1
             : length - (size_t)((lua_Unsigned)0 - (lua_Unsigned)i) + 1;
}

static size_t place_to(lua_Integer j, size_t length) {
  if (j > (lua_Integer)length) return length;
  if (j >= 0) return (size_t)j;
  return (lua_Unsigned)0 - (lua_Unsigned)j > length
             ? 0
             : length - (size_t)((lua_Unsigned)0 - (lua_Unsigned)j) + 1;
}

/* string.len(s) -> integer [-0, +1, v] */
int l_string_len(lua_State *L) {
  size_t length;
  pi_script_check_text(L, 1, "string.len(s)", &length);
  lua_pushinteger(L, (lua_Integer)length);
  return 1;
}

/* string.sub(s, i [, j]) -> string [-0, +1, v] */
int l_string_sub(lua_State *L) {
  static const char FORM[] = "string.sub(s, i [, j])";
  size_t length;
  const char *text = pi_script_check_text(L, 1, FORM, &length);
  size_t from = place_from(pi_script_check_integer(L, 2, FORM), length);
  size_t to = place_to(pi_script_opt_integer(L, 3, FORM, -1), length);
  if (from > to) {
    lua_pushliteral(L, "");
    return 1;
  }
  pi_vm_charge(L, pi_vm_bytes_cost(to - from + 1));
  lua_pushlstring(L, text + from - 1, to - from + 1);
  return 1;
}

/* string.byte(s [, i [, j]]) -> integers [-0, +n, v] */
int l_string_byte(lua_State *L) {
  static const char FORM[] = "string.byte(s [, i [, j]])";
  size_t length;
  const char *text = pi_script_check_text(L, 1, FORM, &length);
  lua_Integer first = pi_script_opt_integer(L, 2, FORM, 1);
  size_t from = place_from(first, length);
  size_t to = place_to(pi_script_opt_integer(L, 3, FORM, first), length);
  if (from > to) return 0;
  if (to - from >= PI_VALUES_MAX)
    return pi_script_raise(L, "string.byte: at most %d bytes at a time", PI_VALUES_MAX);
  int count = (int)(to - from + 1);
  pi_vm_room(L, count);
  pi_vm_charge(L, (uint64_t)count);
  for (int i = 0; i < count; i++) lua_pushinteger(L, (unsigned char)text[from - 1 + (size_t)i]);
  return count;
}

/* Adds the difference to every ASCII letter between low and high. [-0, +1, v] */
static int push_recased(lua_State *L, const char *form, char low, char high, int difference) {
  size_t length;
  const char *text = pi_script_check_text(L, 1, form, &length);
  pi_vm_charge(L, pi_vm_bytes_cost(length));
  luaL_Buffer buffer;
  char *out = luaL_buffinitsize(L, &buffer, length);
  for (size_t i = 0; i < length; i++) {
    char c = text[i];
    out[i] = c >= low && c <= high ? (char)(c + difference) : c;
  }
  luaL_pushresultsize(&buffer, length);
  return 1;
}

/* string.lower(s) -> string [-0, +1, v] */
int l_string_lower(lua_State *L) {
  return push_recased(L, "string.lower(s)", 'A', 'Z', 'a' - 'A');
}

/* string.upper(s) -> string [-0, +1, v] */
int l_string_upper(lua_State *L) {
  return push_recased(L, "string.upper(s)", 'a', 'z', 'A' - 'a');
}

/* string.rep(s, n [, separator]) -> string [-0, +1, v] */
int l_string_rep(lua_State *L) {
  static const char FORM[] = "string.rep(s, n [, separator])";
  size_t length, separator_length = 0;
  const char *text = pi_script_check_text(L, 1, FORM, &length);
  lua_Integer n = pi_script_check_integer(L, 2, FORM);
  const char *separator = lua_isnoneornil(L, 3) ? "" : pi_script_check_text(L, 3, FORM, &separator_length);
  if (n <= 0 || length + separator_length == 0) {
    lua_pushliteral(L, "");
    return 1;
  }
  bool long_for_sure = (lua_Unsigned)n > PI_LIMIT_STRING / (length + separator_length) + 1;
  size_t total = long_for_sure ? SIZE_MAX : (size_t)n * length + (size_t)(n - 1) * separator_length;
  if (total > PI_LIMIT_STRING) {
    return pi_script_raise(L, "string.rep: the result is longer than %d KiB", PI_SCRIPT_STRING_KIB);
  }
  pi_vm_charge(L, pi_vm_bytes_cost(total) + (uint64_t)n / 4);
  luaL_Buffer buffer;
  char *out = luaL_buffinitsize(L, &buffer, total);
  for (lua_Integer i = 0; i < n; i++) {
    memcpy(out, text, length);
    out += length;
    if (i + 1 == n || separator_length == 0) continue;
    memcpy(out, separator, separator_length);
    out += separator_length;
  }
  luaL_pushresultsize(&buffer, total);
  return 1;
}

/* ---- string.format ---- */

/* One directive: %[flags][width][.precision]verb, each part bounded. */
typedef struct directive {
  char flags[6];
  int width;     /* -1 absent */
  int precision; /* -1 absent */
  char verb;
} directive;

/* Up to two digits; -1 where there is none. */
static int read_digits(const char **p, const char *end) {
  if (*p == end || **p < '0' || **p > '9') return -1;
  int value = *(*p)++ - '0';
  if (*p != end && **p >= '0' && **p <= '9') value = value * 10 + (*(*p)++ - '0');
  return value;
}

/* Each verb has the flags that C gives a meaning under it. [-0, +0, v] */
static void check_flags(lua_State *L, const directive *d) {
  const char *allowed = d->verb == 's' ? "-" : d->verb == 'd' ? "-+ 0" : "-+ #0";
  char wrong = d->flags[strspn(d->flags, allowed)];
  if (wrong == ' ') pi_script_raise(L, "string.format: %%%c has no flag for a blank", d->verb);
  if (wrong != '\0') pi_script_raise(L, "string.format: %%%c has no flag %c", d->verb, wrong);
}

/* Reads what stands behind a %. [-0, +0, v] */
static directive read_directive(lua_State *L, const char **p, const char *end) {
  directive out = {.width = -1, .precision = -1};
  size_t flags = 0;
  while (*p != end && **p != '\0' && strchr("-+ #0", **p) != NULL && flags < sizeof out.flags - 1) {
    out.flags[flags++] = *(*p)++;
  }
  out.width = read_digits(p, end);
  if (*p != end && **p == '.') {
    ++*p;
    out.precision = read_digits(p, end);
    if (out.precision < 0) out.precision = 0;
  }
  if (*p == end || **p == '\0' || strchr("dsfge", **p) == NULL) {
    pi_script_raise(L, "string.format: only %%d %%s %%f %%g %%e and %%%% are known, widths up to 99");
  }
  out.verb = *(*p)++;
  check_flags(L, &out);
  return out;
}

/* A number under the C locale; nan and inf are written the same on every processor. [-0, +0, v] */
static void add_number(lua_State *L, luaL_Buffer *buffer, const directive *d, int argument) {
  static const char FORM[] = "string.format(form, …)";
  char form[64], text[512];
  char width[16] = "", precision[16] = ""; /* of at most two digits */
  if (d->width >= 0) snprintf(width, sizeof width, "%d", d->width);
  if (d->precision >= 0) snprintf(precision, sizeof precision, ".%d", d->precision);
  int length;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* built from checked parts just above */
  if (d->verb == 'd') {
    snprintf(form, sizeof form, "%%%s%s%slld", d->flags, width, precision);
    length = snprintf(text, sizeof text, form, (long long)pi_script_check_integer(L, argument, FORM));
  } else {
    lua_Number number = pi_script_check_number(L, argument, FORM);
    if (number != number) number = __builtin_nan("");
    snprintf(form, sizeof form, "%%%s%s%s%c", d->flags, width, precision, d->verb);
    length = snprintf(text, sizeof text, form, number);
  }
#pragma GCC diagnostic pop
  luaL_addlstring(buffer, text, length < 0 ? 0 : (size_t)length);
}

/* A value as text, cut to the precision and padded to the width. [-0, +0, v] */
static void add_string(lua_State *L, luaL_Buffer *buffer, const directive *d, int argument) {
  size_t length;
  const char *text = pi_lib_tostring(L, argument, &length); /* buffer's box may lie below */
  if (d->precision >= 0 && length > (size_t)d->precision) length = (size_t)d->precision;
  pi_vm_charge(L, pi_vm_bytes_cost(length));
  size_t padding = d->width > 0 && (size_t)d->width > length ? (size_t)d->width - length : 0;
  bool left = strchr(d->flags, '-') != NULL;
  lua_replace(L, argument); /* keeps the text alive and the buffer's place on the stack */
  if (!left)
    for (size_t i = 0; i < padding; i++) luaL_addchar(buffer, ' ');
  luaL_addlstring(buffer, text, length);
  if (left)
    for (size_t i = 0; i < padding; i++) luaL_addchar(buffer, ' ');
}

/* string.format(form, …) -> string [-0, +1, v] */
int l_string_format(lua_State *L) {
  size_t length;
  const char *p = pi_script_check_text(L, 1, "string.format(form, …)", &length);
  const char *end = p + length;
  int arguments = lua_gettop(L);
  int argument = 1;
  pi_vm_charge(L, pi_vm_bytes_cost(length));
  luaL_Buffer buffer;
  luaL_buffinit(L, &buffer);
  while (p < end) {
    if (*p != '%') {
      luaL_addchar(&buffer, *p++);
      continue;
    }
    p++;
    if (p < end && *p == '%') {
      luaL_addchar(&buffer, *p++);
      continue;
    }
    directive d = read_directive(L, &p, end);
    if (++argument > arguments) return pi_script_raise(L, "string.format: value %d is missing", argument - 1);
    pi_vm_charge(L, 8);
    if (d.verb == 's')
      add_string(L, &buffer, &d, argument);
    else
      add_number(L, &buffer, &d, argument);
  }
  luaL_pushresult(&buffer);
  return 1;
}
