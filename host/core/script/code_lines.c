#include "code_lines.h"

#include <lauxlib.h>
#include <lua.h>
#include <string.h>

#include "dump.h"

/* Instructions that are looked at (lopcodes.h of Lua 5.4). */
enum {
  OP_MOVE = 0,
  OP_GETUPVAL = 9,
  OP_SETUPVAL = 10,
  OP_GETTABUP = 11,
  OP_GETTABLE = 12,
  OP_GETI = 13,
  OP_GETFIELD = 14,
  OP_SETTABUP = 15,
  OP_SETTABLE = 16,
  OP_SETI = 17,
  OP_SETFIELD = 18,
  OP_NEWTABLE = 19,
  OP_SHR = 45,
  OP_UNM = 49,
  OP_CONCAT = 53,
  OP_TESTSET = 67,
  OP_CALL = 68,
  OP_CLOSURE = 79,
  OP_VARARG = 80,
};

/* What a register holds, followed from instruction to instruction and not through jumps: enough for how
 * scripts are written, and what is lost is only a finding. */
typedef enum holding {
  HOLDS_OWN,
  HOLDS_OUTSIDE, /* a table that stands around the function: what is put into it is gone at the next call */
  HOLDS_TABLE,   /* the library `table` */
  HOLDS_CHANGER, /* table.insert, remove or sort */
} holding;

enum { REGISTERS = 256 };

typedef struct finder {
  pi_code_lines *out;
  unsigned char registers[REGISTERS];
} finder;

/* Whether an upvalue is a local of the file, or the environment: what lasts only for one script call. What
 * belongs to a function around ends with that function anyway. */
static bool is_outside(const pi_dump_function *function, unsigned upvalue) {
  while (function->around != NULL && upvalue < function->upvalues_count) {
    const unsigned char *row = function->upvalues + (size_t)PI_DUMP_UPVALUE_BYTES * upvalue;
    bool local = row[0] != 0;
    if (local) return function->around->around == NULL;
    upvalue = row[1];
    function = function->around;
  }
  return function->around == NULL;
}

/* The environment is what the file's own function has around it. */
static bool is_environment(const pi_dump_function *function, unsigned upvalue) {
  while (function->around != NULL && upvalue < function->upvalues_count) {
    const unsigned char *row = function->upvalues + (size_t)PI_DUMP_UPVALUE_BYTES * upvalue;
    if (row[0] != 0) return false;
    upvalue = row[1];
    function = function->around;
  }
  return function->around == NULL;
}

static bool writes_first(unsigned op) {
  return op <= OP_GETUPVAL || (op >= OP_GETTABUP && op <= OP_GETFIELD) ||
         (op >= OP_NEWTABLE && op <= OP_SHR) || (op >= OP_UNM && op <= OP_CONCAT) || op == OP_TESTSET ||
         op == OP_CLOSURE || op == OP_VARARG;
}

static holding held_after(const finder *self, const pi_dump_function *function, uint32_t word) {
  unsigned b = pi_dump_b(word), c = pi_dump_c(word);
  switch (pi_dump_op(word)) {
  case OP_MOVE: return (holding)self->registers[b];
  case OP_GETUPVAL:
    return is_outside(function, b) && !is_environment(function, b) ? HOLDS_OUTSIDE : HOLDS_OWN;
  case OP_GETTABUP:
    if (!is_environment(function, b)) return is_outside(function, b) ? HOLDS_OUTSIDE : HOLDS_OWN;
    return pi_slice_equal(pi_dump_string(function, c), PI_SLICE("table")) ? HOLDS_TABLE : HOLDS_OWN;
  case OP_GETFIELD:
    if (self->registers[b] == HOLDS_TABLE) {
      pi_slice name = pi_dump_string(function, c);
      bool changes = pi_slice_equal(name, PI_SLICE("insert")) || pi_slice_equal(name, PI_SLICE("remove")) ||
                     pi_slice_equal(name, PI_SLICE("sort"));
      return changes ? HOLDS_CHANGER : HOLDS_OWN;
    }
    return (holding)self->registers[b];
  case OP_GETTABLE:
  case OP_GETI: return self->registers[b] == HOLDS_OUTSIDE ? HOLDS_OUTSIDE : HOLDS_OWN;
  default: return HOLDS_OWN;
  }
}

static void look_for_state(finder *self, const pi_dump_function *function, uint32_t word, uint32_t line) {
  unsigned op = pi_dump_op(word), a = pi_dump_a(word);
  bool keeps = false;
  switch (op) {
  case OP_SETUPVAL: keeps = is_outside(function, pi_dump_b(word)); break;
  case OP_SETTABUP: keeps = is_outside(function, a); break;
  case OP_SETTABLE:
  case OP_SETI:
  case OP_SETFIELD: keeps = self->registers[a] == HOLDS_OUTSIDE; break;
  case OP_CALL:
    keeps =
        self->registers[a] == HOLDS_CHANGER && a + 1 < REGISTERS && self->registers[a + 1] == HOLDS_OUTSIDE;
    memset(self->registers + a, HOLDS_OWN, REGISTERS - a);
    break;
  default: break;
  }
  if (keeps) pi_line_set_add(&self->out->assigns, line);
  if (writes_first(op)) self->registers[a] = (unsigned char)held_after(self, function, word);
}

static void look_at(void *context, const pi_dump_function *function, size_t pc, uint32_t line) {
  finder *self = context;
  uint32_t word = pi_dump_word(function, pc);
  bool own = function->around == NULL;
  if (pc == 0) memset(self->registers, HOLDS_OWN, sizeof self->registers);
  /* The last instruction is the function's own end and no line of anybody's; with the first the file takes
   * its arguments. */
  if (pc + 1 == function->code_count || (own && pc == 0)) return;
  pi_line_set_add(&self->out->active, line);
  if (own && pi_dump_op(word) == OP_SETTABUP) pi_line_set_add(&self->out->globals, line);
  if (!own) look_for_state(self, function, word, line);
}

bool pi_code_lines_find(const pi_script *script, pi_code_lines *out) {
  memset(out, 0, sizeof *out);
  lua_State *L = luaL_newstate(); /* only parses: no library is opened and nothing is run */
  if (L == NULL) return false;
  pi_buffer buffer;
  pi_buffer_init(&buffer, PI_DUMP_MAX);
  bool done = luaL_loadbufferx(L, script->source.ptr, script->source.len, "=script", "t") == LUA_OK &&
              pi_dump_write(L, false, &buffer);
  lua_close(L);
  finder found = {.out = out};
  pi_dump_visitor visitor = {.instruction = look_at, .context = &found};
  if (done) pi_dump_read((pi_slice){buffer.data, buffer.len}, &visitor);
  pi_buffer_dispose(&buffer);
  return done;
}
