#include "bind_balance.h"

#include "handles.h"
#include "script_error.h"
#include "vm.h"

/* The script's own from: what a market adds is marked as the market's. */
static pi_from from_of(const pi_vm *vm) {
  return vm->call->script->kind == PI_SCRIPT_MARKET ? PI_FROM_MARKET : PI_FROM_RULE;
}

/* Copies a string argument to where it outlives the call. [-0, +0, v] */
static pi_slice keep(lua_State *L, int index, const char *method, const char *form) {
  size_t length;
  const char *text = pi_script_check_string(L, index, form, &length);
  pi_vm_charge(L, pi_vm_bytes_cost(length));
  if (length > PI_NOTE_BYTES_MAX)
    pi_script_raise(L, "%s: a text of at most %d bytes expected", method, PI_NOTE_BYTES_MAX);
  pi_slice copy = pi_arena_copy(pi_vm_of(L)->call->arena, (pi_slice){text, length});
  if (copy.ptr == NULL) pi_vm_no_memory(L);
  return copy;
}

/* Raises unless the balance took it; `id` is shown, `what` is how many there may be. [-0, +0, v] */
static int conclude(lua_State *L, pi_balance_status status, const char *method, pi_slice id,
                    const char *what) {
  if (status == PI_BALANCE_OK) return 0;
  pi_shown shown = pi_script_show(id);
  switch (status) {
  case PI_BALANCE_OK: break;
  case PI_BALANCE_BAD_ID:
    pi_script_raise(L,
                    "%s: '%s' is not an id; one begins with a small letter and has at most %d small "
                    "letters, digits and underscores",
                    method, shown.text, PI_ID_LENGTH_MAX);
    break;
  case PI_BALANCE_REPEATED_ID:
    pi_script_raise(L, "%s: '%s' is on the balance already", method, shown.text);
    break;
  case PI_BALANCE_HOST_ID:
    pi_script_raise(L, "%s: '%s' is a condition of the host itself, which no script can state", method,
                    shown.text);
    break;
  case PI_BALANCE_TOO_MANY: pi_script_raise(L, "%s: no more than %s", method, what); break;
  case PI_BALANCE_BAD_STRENGTH:
    pi_script_raise(L, "%s '%s': a strength is a number from 0 to 1", method, shown.text);
    break;
  case PI_BALANCE_BAD_WEIGHT:
    pi_script_raise(L, "%s '%s': a weight is a multiple of 0.001 above 0, up to %d", method, shown.text,
                    PI_WEIGHT_POINTS_MAX);
    break;
  case PI_BALANCE_BAD_TEXT:
    pi_script_raise(L, "%s: a text of at most %d bytes of UTF-8 without control characters expected", method,
                    PI_NOTE_BYTES_MAX);
    break;
  }
  return 0;
}

/* Notes the line that put the last factor on the balance, for those who experiment. [-0, +0, -] */
static void note_place(lua_State *L, const pi_vm *vm) {
  lua_Debug frame;
  pi_factor_place *place = &vm->call->places[vm->call->balance->factors_count - 1];
  *place = (pi_factor_place){NULL, 0};
  if (lua_getstack(L, 1, &frame) == 0 || lua_getinfo(L, "Sl", &frame) == 0) return;
  place->script = pi_vm_script_of(vm, frame.source);
  place->line = frame.currentline > 0 ? (uint32_t)frame.currentline : 0;
}

/* [-0, +0, v] */
static int add_factor(lua_State *L, pi_side side, const char *method, const char *form) {
  pi_vm *vm = pi_vm_of(L);
  pi_handle_check_self(L, PI_HANDLE_BALANCE, form);
  pi_slice id = keep(L, 2, method, form);
  lua_Number strength = pi_script_check_number(L, 3, form);
  lua_Number weight = pi_script_check_number(L, 4, form);
  pi_balance_status status = pi_balance_factor(vm->call->balance, from_of(vm), side, id, strength, weight);
  if (status == PI_BALANCE_OK && vm->call->places != NULL) note_place(L, vm);
  return conclude(L, status, method, id, PI_SPELL(PI_FACTORS_MAX) " factors");
}

/* balance:interest(id, strength, weight) [-0, +0, v] */
static int l_balance_interest(lua_State *L) {
  return add_factor(L, PI_SIDE_INTEREST, "interest", "balance:interest(id, strength, weight)");
}

/* balance:harm(id, strength, weight) [-0, +0, v] */
static int l_balance_harm(lua_State *L) {
  return add_factor(L, PI_SIDE_HARM, "harm", "balance:harm(id, strength, weight)");
}

/* balance:condition(id, met [, why]) [-0, +0, v] */
static int l_balance_condition(lua_State *L) {
  static const char FORM[] = "balance:condition(id, met, why)";
  pi_vm *vm = pi_vm_of(L);
  pi_handle_check_self(L, PI_HANDLE_BALANCE, FORM);
  pi_slice id = keep(L, 2, "condition", FORM);
  if (lua_type(L, 3) != LUA_TBOOLEAN) {
    pi_script_raise(L, "condition '%.*s': met must be true or false, got %s", id.len > 48 ? 48 : (int)id.len,
                    id.ptr, pi_script_typename(L, 3));
  }
  pi_slice why = lua_isnoneornil(L, 4) ? (pi_slice){NULL, 0} : keep(L, 4, "condition", FORM);
  pi_balance_status status =
      pi_balance_condition(vm->call->balance, from_of(vm), id, lua_toboolean(L, 3) != 0, why);
  return conclude(L, status, "condition", id, PI_SPELL(PI_CONDITIONS_MAX) " conditions");
}

/* balance:note(text) [-0, +0, v] */
static int l_balance_note(lua_State *L) {
  static const char FORM[] = "balance:note(text)";
  pi_handle_check_self(L, PI_HANDLE_BALANCE, FORM);
  pi_slice text = keep(L, 2, "note", FORM);
  return conclude(L, pi_balance_note(pi_vm_of(L)->call->balance, text), "note", text,
                  PI_SPELL(PI_NOTES_MAX) " notes");
}

const luaL_Reg PI_BALANCE_METHODS[] = {{"interest", l_balance_interest},
                                       {"harm", l_balance_harm},
                                       {"condition", l_balance_condition},
                                       {"note", l_balance_note},
                                       {NULL, NULL}};
