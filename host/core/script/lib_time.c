/* How far times lie apart. There is no clock here: a script compares the times of its case, of data/ and of
 * its own text with each other, so that the same case weighs the same whenever it is weighed (sandbox.md). */
#include <string.h>

#include "libs.h"
#include "script_error.h"
#include "times.h"
#include "vm.h"

/* A moment: whole seconds since 1970 in UTC, and billionths of a second. */
typedef struct moment {
  int64_t seconds;
  int32_t nano;
} moment;

/* The argument as a time. Raises where it is a text that is none, or no text. [-0, +0, v] */
static moment check_moment(lua_State *L, int index, const char *form) {
  pi_slice text;
  text.ptr = pi_script_check_string(L, index, form, &text.len);
  pi_vm_charge(L, pi_vm_bytes_cost(text.len));
  moment out;
  const char *fault = pi_time_read(text, &out.seconds);
  if (fault == NULL) {
    out.nano = pi_time_fraction(text);
    return out;
  }
  int name = (int)(strchr(form, '(') - form);
  int64_t day;
  if (pi_time_date(text, &day))
    pi_script_raise(L, "%.*s: %s is a date, not a time: say when on that day, as in %sT00:00:00+01:00", name,
                    form, text.ptr, text.ptr);
  else
    pi_script_raise(L, "%.*s: \"%s\" is not a time such as 2021-03-04T21:10:00Z: %s", name, form,
                    pi_script_show(text).text, fault);
  return out;
}

/* Whether both arguments are there; else pushes nil. What one of them is wrong in is said all the same.
 * [-0, +(0|1), v] */
static bool check_both(lua_State *L, const char *form, moment out[2]) {
  bool both = true;
  for (int i = 0; i < 2; i++) {
    if (lua_isnone(L, i + 1)) pi_script_raise_none(L, i + 1, form);
    if (lua_isnil(L, i + 1))
      both = false;
    else
      out[i] = check_moment(L, i + 1, form);
  }
  if (!both) lua_pushnil(L);
  return both;
}

/* Seconds from the first to the second, over `unit`. Whole seconds are exact. [-0, +1, v] */
static int push_elapsed(lua_State *L, const char *form, int unit) {
  moment at[2];
  if (!check_both(L, form, at)) return 1;
  double seconds = (double)(at[1].seconds - at[0].seconds) + (double)(at[1].nano - at[0].nano) / 1e9;
  lua_pushnumber(L, seconds / unit);
  return 1;
}

/* time.days(from, to) -> number or nil [-0, +1, v] */
int l_time_days(lua_State *L) {
  return push_elapsed(L, "time.days(from, to)", PI_TIME_DAY);
}

/* time.hours(from, to) -> number or nil [-0, +1, v] */
int l_time_hours(lua_State *L) {
  return push_elapsed(L, "time.hours(from, to)", PI_TIME_HOUR);
}

/* time.before(a, b) -> boolean or nil [-0, +1, v] */
int l_time_before(lua_State *L) {
  moment at[2];
  if (!check_both(L, "time.before(a, b)", at)) return 1;
  bool before = at[0].seconds != at[1].seconds ? at[0].seconds < at[1].seconds : at[0].nano < at[1].nano;
  lua_pushboolean(L, before);
  return 1;
}

/* time.valid(v) -> boolean [-0, +1, v] */
int l_time_valid(lua_State *L) {
  if (lua_isnone(L, 1)) return pi_script_raise_none(L, 1, "time.valid(v)");
  pi_slice text = {NULL, 0};
  if (lua_type(L, 1) == LUA_TSTRING) text.ptr = lua_tolstring(L, 1, &text.len);
  pi_vm_charge(L, pi_vm_bytes_cost(text.len));
  lua_pushboolean(L, text.ptr != NULL && pi_time_fault(text) == NULL);
  return 1;
}
