#define _GNU_SOURCE /* memmem: linear in text and pattern, whatever they are */
#include <lauxlib.h>
#include <string.h>

#include "libs.h"
#include "patterns.h"
#include "script_error.h"
#include "utf8.h"
#include "vm.h"

/* [-0, +0, v] */
static pi_slice check_slice(lua_State *L, int index, const char *form) {
  pi_slice text;
  text.ptr = pi_script_check_string(L, index, form, &text.len);
  return text;
}

/* text.contains(s, plain) -> boolean [-0, +1, v] */
int l_text_contains(lua_State *L) {
  static const char FORM[] = "text.contains(s, plain)";
  pi_slice text = check_slice(L, 1, FORM);
  pi_slice plain = check_slice(L, 2, FORM);
  pi_vm_charge(L, pi_vm_bytes_cost(text.len) + pi_vm_bytes_cost(plain.len));
  lua_pushboolean(L, memmem(text.ptr, text.len, plain.ptr, plain.len) != NULL);
  return 1;
}

/* text.length(s) -> code points [-0, +1, v] */
int l_text_length(lua_State *L) {
  pi_slice text = check_slice(L, 1, "text.length(s)");
  pi_vm_charge(L, pi_vm_bytes_cost(text.len));
  if (pi_utf8_check(text) != text.ptr + text.len)
    return pi_script_raise(L, "text.length: the text is not UTF-8");
  lua_pushinteger(L, (lua_Integer)pi_utf8_count(text));
  return 1;
}

/* text.matches(s, pattern) -> boolean [-0, +1, v] */
int l_text_matches(lua_State *L) {
  static const char FORM[] = "text.matches(s, pattern)";
  pi_search search;
  pi_match match;
  pi_search_begin(L, &search, check_slice(L, 1, FORM), check_slice(L, 2, FORM), "text.matches");
  lua_pushboolean(L, pi_search_next(L, &search, &match));
  return 1;
}

/* text.find(s, pattern) -> first and last byte, or nil [-0, +2, v] */
int l_text_find(lua_State *L) {
  static const char FORM[] = "text.find(s, pattern)";
  pi_search search;
  pi_match match;
  pi_search_begin(L, &search, check_slice(L, 1, FORM), check_slice(L, 2, FORM), "text.find");
  if (!pi_search_next(L, &search, &match)) {
    lua_pushnil(L);
    return 1;
  }
  lua_pushinteger(L, (lua_Integer)match.start + 1);
  lua_pushinteger(L, (lua_Integer)match.end);
  return 2;
}

/* text.count(s, pattern) -> integer [-0, +1, v] */
int l_text_count(lua_State *L) {
  static const char FORM[] = "text.count(s, pattern)";
  pi_search search;
  pi_match match;
  lua_Integer count = 0;
  pi_search_begin(L, &search, check_slice(L, 1, FORM), check_slice(L, 2, FORM), "text.count");
  while (pi_search_next(L, &search, &match)) count++;
  lua_pushinteger(L, count);
  return 1;
}
