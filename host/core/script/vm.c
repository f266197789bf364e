#include "vm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "errors.h"
#include "handle_bits.h"

/* Garbage that may lie about before it is collected between calls. */
enum { GARBAGE_BYTES = 256 * 1024, CALL_GARBAGE_BYTES = 1024 * 1024 };

/* A hook between two looks at the clock; each hook is PI_HOOK_INSTRUCTIONS. */
enum { HOOKS_PER_LOOK = 4 };

/* Bytes that steps without a hook may go over between two looks. */
enum { LOOK_BYTES = 64 * 1024 };

/* What Lua itself says as an ordinary error: a buffer may not grow; its own functions nest deeper than the
 * stack of C is trusted with. */
static const char BUFFER_REFUSED[] = "not enough memory";
static const char TOO_DEEP[] = "C stack overflow";

/* What a Lua string takes besides its bytes: header and final NUL. */
enum { STRING_HEADER = 25, SHORT_STRING = 40 };

/* ---- the watchdog ---- */

/* A case began no later than its call, so as long as neither limit can have passed one clock is read once. */
static bool out_of_time(const pi_vm *vm) {
  int64_t now = pi_stopwatch_now();
  return pi_stopwatch_passed(&vm->begun, now, PI_LIMIT_CALL_NANOSECONDS) ||
         (vm->clock->in_case && pi_stopwatch_passed(&vm->clock->begun, now, PI_LIMIT_CASE_NANOSECONDS));
}

void pi_vm_clock_begin(pi_vm_clock *clock) {
  clock->begun = pi_stopwatch_start(&clock->watch);
  clock->in_case = true;
}

/* ---- where the running script stands ---- */

const pi_script *pi_vm_script_of(const pi_vm *vm, const char *source) {
  if (source[0] != '=') return NULL;
  for (uint32_t i = 0; i < vm->policy->scripts_count; i++) {
    if (strcmp(vm->policy->scripts[i].file.ptr, source + 1) == 0) return &vm->policy->scripts[i];
  }
  return NULL;
}

/* Notes the innermost line of a script; safe wherever Lua calls out, since it pushes nothing. Where no script
 * runs, and it is false, the place before stands: an error gives its stack back and is refused memory for
 * that once more. */
static bool note_place(pi_vm *vm) {
  lua_Debug frame;
  for (int level = 0; lua_getstack(vm->L, level, &frame); level++) {
    if (lua_getinfo(vm->L, "Sl", &frame) == 0 || frame.currentline <= 0) continue;
    vm->fault_script = pi_vm_script_of(vm, frame.source);
    vm->fault_line = (uint32_t)frame.currentline;
    return true;
  }
  return false;
}

/* ---- memory ---- */

static size_t block_limit(const pi_vm *vm, int type) {
  if (type != LUA_TSTRING) return PI_LIMIT_BLOCK;
  return STRING_HEADER + (vm->string_permit > PI_LIMIT_STRING ? vm->string_permit : (size_t)PI_LIMIT_STRING);
}

static void *refuse(pi_vm *vm, pi_refusal why) {
  vm->refusals++;
  bool placed = vm->L != NULL && note_place(vm);
  if (placed || vm->refusal == PI_REFUSAL_NONE) vm->refusal = why;
  return NULL;
}

/* The table of all short strings grows by doubling, in a block of its own: refusing it would cost a full
 * collection for every new string. It is the one block of this size that a new state asks for. */
static bool holds_strings(const pi_vm *vm, const void *block, size_t osize, size_t nsize) {
  enum { FIRST_BYTES = 128 * sizeof(void *) };
  if (block != NULL) return block == vm->string_table;
  return vm->L == NULL && vm->string_table == NULL && osize == 0 && nsize == FIRST_BYTES;
}

/* Lua names the type of a new string alone. Tables double; the stack of calls doubles and has a few values to
 * spare, which makes their number odd. So may be that of a table that is written out, but that takes no
 * calls, and a stack of this size is full of them. */
static pi_refusal refusal_of(const pi_vm *vm, int type, size_t bytes) {
  enum { VALUE_BYTES = 16, CALLS = 10 };
  if (type == LUA_TSTRING) return PI_REFUSAL_STRING;
  lua_Debug frame;
  bool stack = bytes / VALUE_BYTES % 2 == 1 && lua_getstack(vm->L, CALLS, &frame) == 1;
  return stack ? PI_REFUSAL_STACK : PI_REFUSAL_TABLE;
}

/* lua_Alloc. `osize` is a type tag when `block` is NULL. A shrink never fails: Lua relies on that. */
static void *allocate(void *ud, void *block, size_t osize, size_t nsize) {
  pi_vm *vm = ud;
  size_t held = block != NULL ? osize : 0;
  bool strings = holds_strings(vm, block, osize, nsize);
  if (nsize == 0) {
    pi_slabs_free(&vm->slabs, block, held);
    vm->memory_used -= held;
    return NULL;
  }
  if (nsize > held) {
    int type = block == NULL ? (int)osize : LUA_TNIL;
    size_t more = nsize - held;
    bool too_large = nsize > block_limit(vm, type) && !strings;
    bool refused = vm->L != NULL && (too_large || vm->refusals >= PI_LIMIT_REFUSALS);
    if (refused || more > PI_LIMIT_MEMORY - vm->memory_used) {
      return refuse(vm, refused && too_large ? refusal_of(vm, type, nsize) : PI_REFUSAL_TOTAL);
    }
    /* Long strings are never shared, so they are charged for; short ones may or may not exist already. */
    if (type == LUA_TSTRING && nsize > STRING_HEADER + SHORT_STRING) {
      vm->instructions += pi_vm_bytes_cost(nsize);
      if (vm->instructions > PI_LIMIT_INSTRUCTIONS && vm->L != NULL && vm->fault_line == 0) note_place(vm);
    }
    if (nsize >= PI_LIMIT_BLOCK / 8 && vm->L != NULL && out_of_time(vm)) vm->trip = PI_TRIP_TIME;
  }
  void *moved = pi_slabs_resize(&vm->slabs, block, held, nsize);
  if (moved == NULL) {
    if (nsize > held) {
      vm->trip = PI_TRIP_SYSTEM;
      return refuse(vm, PI_REFUSAL_TOTAL);
    }
    moved = block;
  }
  if (strings) vm->string_table = moved;
  vm->memory_used += nsize - held;
  if (vm->memory_used > vm->memory_peak) vm->memory_peak = vm->memory_used;
  return moved;
}

/* ---- instructions ---- */

/* [-0, +0, v] */
int pi_vm_trip(lua_State *L, pi_trip trip) {
  pi_vm *vm = pi_vm_of(L);
  if (vm->trip == PI_TRIP_NONE) vm->trip = trip;
  return luaL_error(L, "limit");
}

/* [-0, +0, v] */
int pi_vm_no_memory(lua_State *L) {
  return pi_vm_trip(L, PI_TRIP_SYSTEM);
}

/* [-0, +0, v] */
void pi_vm_room(lua_State *L, int values) {
  if (lua_checkstack(L, values) != 0) return;
  pi_vm_of(L)->stack_refused = true;
  luaL_error(L, "limit");
}

bool pi_vm_count(pi_vm *vm, uint64_t instructions) {
  vm->instructions += instructions;
  return vm->instructions <= PI_LIMIT_INSTRUCTIONS;
}

bool pi_vm_step(pi_vm *vm, uint64_t instructions, size_t bytes) {
  vm->unseen_bytes += bytes;
  if (vm->unseen_bytes >= LOOK_BYTES) {
    vm->unseen_bytes = 0;
    if (vm->trip == PI_TRIP_NONE && out_of_time(vm)) vm->trip = PI_TRIP_TIME;
  }
  return pi_vm_count(vm, instructions) && vm->trip == PI_TRIP_NONE;
}

/* [-0, +0, v] */
void pi_vm_charge(lua_State *L, uint64_t instructions) {
  pi_vm *vm = pi_vm_of(L);
  if (!pi_vm_count(vm, instructions)) pi_vm_trip(L, PI_TRIP_INSTRUCTIONS);
  if (instructions >= PI_HOOK_INSTRUCTIONS && out_of_time(vm)) pi_vm_trip(L, PI_TRIP_TIME);
}

/* Count hook. A spent budget stays spent: every later hook raises again. [-0, +0, v] */
static void hook(lua_State *L, lua_Debug *frame) {
  (void)frame;
  pi_vm *vm = pi_vm_of(L);
  if (!pi_vm_count(vm, PI_HOOK_INSTRUCTIONS)) pi_vm_trip(L, PI_TRIP_INSTRUCTIONS);
  if (vm->trip != PI_TRIP_NONE) pi_vm_trip(L, vm->trip);
  if (++vm->hooks % HOOKS_PER_LOOK == 0 && out_of_time(vm)) pi_vm_trip(L, PI_TRIP_TIME);
  if (!vm->collecting && vm->memory_used > GARBAGE_BYTES + CALL_GARBAGE_BYTES) {
    vm->collecting = true;
    lua_gc(L, LUA_GCRESTART);
  }
}

/* Count and line hook, where somebody watches. The count is the same: Lua counts instructions whether or
 * not it looks at lines. [-0, +0, v] */
static void watching_hook(lua_State *L, lua_Debug *frame) {
  if (frame->event != LUA_HOOKLINE) {
    hook(L, frame);
    return;
  }
  const pi_vm *vm = pi_vm_of(L);
  const pi_script *script = lua_getinfo(L, "S", frame) != 0 ? pi_vm_script_of(vm, frame->source) : NULL;
  if (script != NULL) vm->watch->line(vm->watch->context, script, (uint32_t)frame->currentline);
}

/* ---- what Lua says ---- */

static bool says(pi_slice text, const char *what) {
  return pi_slice_equal(text, pi_slice_of(what));
}

/* The same behind a place or none: "input:1: C stack overflow". */
static bool says_somewhere(pi_slice text, const char *what) {
  size_t length = strlen(what);
  if (text.len < length + 3) return says(text, what);
  const char *end = text.ptr + text.len - length;
  return memcmp(end, what, length) == 0 && memcmp(end - 2, ": ", 2) == 0 && end[-3] >= '0' && end[-3] <= '9';
}

bool pi_vm_lua_says(pi_slice text) {
  return says(text, BUFFER_REFUSED) || says(text, TOO_DEEP);
}

/* ---- chunks ---- */

/* A script's text on its way to the parser, which runs no hook: it is given a line at a time, so that the
 * clock can be looked at, and so that an error without a line still has one. */
typedef struct feed {
  pi_vm *vm;
  const char *p;
  const char *end;
} feed;

static const char *next_piece(lua_State *L, void *context, size_t *size) {
  (void)L;
  feed *f = context;
  *size = 0;
  if (f->p == f->end) return NULL;
  if (out_of_time(f->vm)) {
    f->vm->trip = PI_TRIP_TIME; /* the text ends here; what that makes of it does not matter any more */
    return NULL;
  }
  const char *piece = f->p;
  const char *stop = memchr(piece, '\n', (size_t)(f->end - piece));
  f->p = stop != NULL ? stop + 1 : f->end;
  f->vm->parsed_lines++;
  *size = (size_t)(f->p - piece);
  return piece;
}

/* [-0, +1, m] */
int pi_vm_compile(lua_State *L, pi_slice source, const char *name) {
  pi_vm *vm = pi_vm_of(L);
  feed f = {vm, source.ptr, source.ptr + source.len};
  vm->parsed_lines = 0;
  int status = lua_load(L, next_piece, &f, name, "t");
  if (status == LUA_ERRSYNTAX || status == LUA_ERRRUN || status == LUA_ERRERR) {
    pi_slice text;
    text.ptr = lua_tolstring(L, -1, &text.len);
    if (says_somewhere(text, TOO_DEEP)) {
      lua_pop(L, 1);
      lua_pushfstring(L, "%s:%d: nested too deeply: brackets, blocks or functions within each other",
                      name + 1, (int)vm->parsed_lines);
    }
  }
  return status;
}

/* [-0, +1, e] */
void pi_vm_push_chunk(lua_State *L, const pi_script *script) {
  const pi_vm *vm = pi_vm_of(L);
  pi_vm_room(L, 6);
  lua_rawgeti(L, LUA_REGISTRYINDEX, PI_SLOT_CHUNKS);                         /* chunks */
  if (lua_rawgeti(L, -1, (lua_Integer)script->index + 1) != LUA_TFUNCTION) { /* chunks nil */
    lua_pop(L, 1);
    const char *name = lua_pushfstring(L, "=%s", script->file.ptr);
    int status = pi_vm_compile(L, script->source, name); /* chunks name chunk */
    if (status != LUA_OK) lua_error(L);
    if (vm->trip != PI_TRIP_NONE) pi_vm_trip(L, vm->trip); /* perhaps cut short: not to be kept */
    lua_remove(L, -2);                                     /* chunks chunk */
    lua_pushvalue(L, -1);                                  /* chunks chunk chunk */
    lua_rawseti(L, -3, (lua_Integer)script->index + 1);    /* chunks chunk */
  }
  lua_remove(L, -2);                                      /* chunk */
  lua_createtable(L, 0, 0);                               /* chunk env */
  lua_rawgeti(L, LUA_REGISTRYINDEX, PI_SLOT_ENVIRONMENT); /* chunk env meta */
  lua_setmetatable(L, -2);                                /* chunk env */
  lua_setupvalue(L, -2, 1);                               /* chunk */
}

/* ---- running ---- */

/* Cuts a message to its field at a character's end, without control bytes. */
static void note_message(pi_vm *vm, const char *text, size_t length) {
  pi_error_field(vm->fault_message, sizeof vm->fault_message, text, length);
}

/* Message handler: keeps text and place on our side, so that nothing a script builds outlives the run.
 * A limit that was passed meanwhile is remembered by vm->trip. [-1, +1, -] */
static int l_message(lua_State *L) {
  pi_vm *vm = pi_vm_of(L);
  vm->fault_script = NULL; /* not that of a refusal that was got over */
  vm->fault_line = 0;
  note_place(vm);
  if (lua_type(L, 1) != LUA_TSTRING) {
    snprintf(vm->fault_message, sizeof vm->fault_message, "the error is a %s, not a message",
             luaL_typename(L, 1));
    return 1;
  }
  pi_slice text;
  text.ptr = lua_tolstring(L, 1, &text.len);
  vm->buffer_refused = vm->refusals > 0 && says(text, BUFFER_REFUSED);
  if (vm->fault_script != NULL) { /* the place stands beside the message: once is enough */
    char place[96];
    int n = snprintf(place, sizeof place, "%s:%u: ", vm->fault_script->file.ptr, vm->fault_line);
    if (n > 0 && (size_t)n < sizeof place && text.len >= (size_t)n &&
        memcmp(text.ptr, place, (size_t)n) == 0) {
      text.ptr += n;
      text.len -= (size_t)n;
    }
  }
  if (says_somewhere(text, TOO_DEEP))
    text = PI_SLICE("nested too deeply: calls through table.sort or require within each other");
  note_message(vm, text.ptr, text.len);
  return 1;
}

void pi_vm_rest(pi_vm *vm) {
  vm->begun = pi_stopwatch_start(&vm->clock->watch);
}

void pi_vm_refill(pi_vm *vm) {
  vm->trip = PI_TRIP_NONE;
  vm->instructions = 0;
  vm->hooks = 0;
  vm->unseen_bytes = 0;
  pi_vm_rest(vm);
  vm->refusals = 0;
  vm->loading_count = 0;
  vm->fault_script = NULL;
  vm->fault_line = 0;
  vm->fault_message[0] = '\0';
  vm->refusal = PI_REFUSAL_NONE;
  vm->buffer_refused = false;
  vm->stack_refused = false;
}

static void start(pi_vm *vm) {
  pi_vm_refill(vm);
  vm->collecting = false;
  vm->reads = 0;
  vm->generation = (vm->generation + 1) & PI_HANDLE_GENERATIONS;
  if (vm->generation == 0) vm->generation = 1;
  vm->memory_peak = vm->memory_used;
  if (vm->watch != NULL) {
    lua_sethook(vm->L, watching_hook, LUA_MASKCOUNT | LUA_MASKLINE, PI_HOOK_INSTRUCTIONS);
  } else {
    lua_sethook(vm->L, hook, LUA_MASKCOUNT, PI_HOOK_INSTRUCTIONS);
  }
}

/* The collector rests during a call, for a call makes little garbage, and works between calls. */
static void tidy(pi_vm *vm) {
  lua_sethook(vm->L, NULL, 0, 0);
  lua_settop(vm->L, 0);
  vm->string_permit = 0;
  vm->refusals = 0;
  if (vm->memory_used > GARBAGE_BYTES) lua_gc(vm->L, LUA_GCCOLLECT);
  lua_gc(vm->L, LUA_GCSTOP);
}

_Static_assert(PI_LIMIT_BLOCK / 16 == 8192, "what is said of tables: 16 bytes an item");

/* What was to be made when it was refused. A buffer grows as a block of its own: it becomes a string. */
static const char *describe_refusal(const pi_vm *vm) {
  pi_refusal why = vm->stack_refused ? PI_REFUSAL_STACK : vm->refusal;
  if (why == PI_REFUSAL_TABLE && vm->buffer_refused) why = PI_REFUSAL_STRING;
  switch (why) {
  case PI_REFUSAL_STRING: return "made a string of more than " PI_SPELL(PI_SCRIPT_STRING_KIB) " KiB";
  case PI_REFUSAL_TABLE:
    return "made a table of more than 8,192 items or 4,096 named keys (" PI_SPELL(
        PI_SCRIPT_BLOCK_KIB) " KiB)";
  case PI_REFUSAL_STACK:
    return "nested too deeply: the stack of calls took more than " PI_SPELL(PI_SCRIPT_BLOCK_KIB) " KiB";
  case PI_REFUSAL_NONE:
  case PI_REFUSAL_TOTAL: break;
  }
  return "used more than " PI_SPELL(PI_SCRIPT_MEMORY_MIB) " MiB of memory";
}

void pi_vm_describe(pi_vm *vm, int status, pi_script_error *error) {
  const char *fixed = NULL;
  error->failure = PI_FAILURE_SCRIPT;
  error->code = PI_E_SCRIPT_ERROR;
  if (vm->trip == PI_TRIP_INSTRUCTIONS) {
    error->failure = PI_FAILURE_INSTRUCTIONS;
    error->code = PI_E_LIMIT_INSTRUCTIONS;
    fixed = "used more than " PI_SPELL(PI_SCRIPT_INSTRUCTIONS) " instructions";
  } else if (status == LUA_ERRMEM || vm->buffer_refused || vm->stack_refused) {
    error->failure = PI_FAILURE_MEMORY;
    error->code = PI_E_LIMIT_MEMORY;
    fixed = describe_refusal(vm);
  } else if (status == LUA_ERRERR) {
    fixed = "an error while an error was handled";
  } else if (vm->fault_message[0] == '\0') {
    fixed = "an error without a message";
  }
  if (fixed != NULL) note_message(vm, fixed, strlen(fixed));
  error->script = vm->fault_script;
  error->line = vm->fault_line;
}

pi_vm_end pi_vm_run(pi_vm *vm, lua_CFunction function, void *argument, pi_script_error *error) {
  lua_State *L = vm->L;
  start(vm);
  lua_rawgeti(L, LUA_REGISTRYINDEX, PI_SLOT_MESSAGE);
  lua_pushcfunction(L, function); /* light: a C function without upvalues needs no memory */
  lua_pushlightuserdata(L, argument);
  locale_t before = uselocale(vm->c_locale); /* whatever the embedder has chosen: order, numbers as text */
  int status = lua_pcall(L, 1, 0, 1);
  uselocale(before);
  if (status == LUA_OK && vm->trip == PI_TRIP_NONE && vm->instructions > PI_LIMIT_INSTRUCTIONS) {
    vm->trip = PI_TRIP_INSTRUCTIONS; /* charged since the last hook */
  }
  pi_vm_end end = PI_VM_DONE;
  if (vm->trip == PI_TRIP_TIME) {
    end = PI_VM_TIME;
  } else if (vm->trip == PI_TRIP_SYSTEM) {
    end = PI_VM_SYSTEM;
  } else if (status != LUA_OK || vm->trip != PI_TRIP_NONE) {
    end = PI_VM_FAILED;
    pi_vm_describe(vm, status, error);
  }
  tidy(vm);
  return end;
}

bool pi_vm_strained(const pi_vm *vm) {
  return vm->instructions > PI_LIMIT_INSTRUCTIONS / 2 || vm->memory_peak > PI_LIMIT_MEMORY / 2 ||
         vm->refusals > 0;
}

/* ---- making ---- */

/* Everything that can raise while a state is furnished. [-0, +0, e] */
static int furnish(lua_State *L) {
  const pi_vm *vm = pi_vm_of(L);
  lua_pushcfunction(L, l_message);
  lua_rawseti(L, LUA_REGISTRYINDEX, PI_SLOT_MESSAGE);
  lua_createtable(L, (int)vm->policy->scripts_count, 0);
  lua_rawseti(L, LUA_REGISTRYINDEX, PI_SLOT_CHUNKS);
  vm->furniture->open(L);
  return 0;
}

pubint_status pi_vm_new(pi_vm **out, const pubint_policy *policy, const pi_vm_furniture *furniture,
                        pubint_error *error) {
  *out = NULL;
  pi_vm *vm = calloc(1, sizeof *vm);
  if (vm == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  vm->policy = policy;
  vm->furniture = furniture;
  vm->clock = &vm->own_clock;
  vm->c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
  bool ready = pi_slabs_open(&vm->slabs) && vm->c_locale != (locale_t)0;
  lua_State *L = ready ? lua_newstate(allocate, vm) : NULL;
  if (L == NULL) {
    pi_vm_free(vm);
    return pi_error_set(error, PI_E_NO_MEMORY);
  }
  *(pi_vm **)lua_getextraspace(L) = vm;
  lua_gc(L, LUA_GCSTOP);
  lua_pushcfunction(L, furnish);
  if (lua_pcall(L, 0, 0, 0) != LUA_OK) {
    lua_close(L);
    vm->L = NULL;
    pi_vm_free(vm);
    return pi_error_set(error, PI_E_NO_MEMORY);
  }
  lua_settop(L, 0);
  vm->L = L; /* from here on the limits hold */
  *out = vm;
  return PUBINT_OK;
}

void pi_vm_free(pi_vm *vm) {
  if (vm == NULL) return;
  if (vm->L != NULL) lua_close(vm->L);
  if (vm->c_locale != (locale_t)0) freelocale(vm->c_locale);
  pi_slabs_dispose(&vm->slabs);
  vm->furniture->close(vm);
  free(vm);
}
