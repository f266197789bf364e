/* One Lua state with its limits: memory, instructions and the watchdog, none of which a script can catch.
 *
 * Every Lua C function finds its vm in the state's extra space. Nothing of a script survives a call (see
 * sandbox.h), so a vm holds only what is the same for every call: chunks, helpers, the allow-list.
 */
#ifndef PI_VM_H
#define PI_VM_H

#include <lauxlib.h>
#include <locale.h>
#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <pubint/error.h>

#include "policy.h"
#include "records.h"
#include "script_call.h"
#include "script_limits.h"
#include "slabs.h"
#include "stopwatch.h"

typedef struct pi_handle_names pi_handle_names;
typedef struct pi_pattern_cache pi_pattern_cache;

/* Places in the registry (integer keys: rawgeti finds them without hashing a string). */
typedef enum pi_slot {
  PI_SLOT_ENVIRONMENT = LUA_RIDX_LAST + 1, /* metatable of every environment */
  PI_SLOT_KEYS,                            /* array by handle kind: key → what it stands for */
  PI_SLOT_WORDS,                           /* array by fact: words, so that they are pushed without a copy */
  PI_SLOT_MODULES,                         /* name → value, of this call; nil before the first require */
  PI_SLOT_CHUNKS,                          /* array by script: compiled chunk, nil until it is needed */
  PI_SLOT_MESSAGE,                         /* the message handler */
  PI_SLOT_SHARED,                          /* weigh, kept by pi_sandbox_weigh_shared; else nil */
} pi_slot;

typedef enum pi_trip { PI_TRIP_NONE, PI_TRIP_INSTRUCTIONS, PI_TRIP_TIME, PI_TRIP_SYSTEM } pi_trip;

/* Why a block was refused. */
typedef enum pi_refusal {
  PI_REFUSAL_NONE,
  PI_REFUSAL_STRING,
  PI_REFUSAL_TABLE,
  PI_REFUSAL_STACK, /* of calls */
  PI_REFUSAL_TOTAL, /* PI_LIMIT_MEMORY */
} pi_refusal;

typedef struct pi_vm pi_vm;

/* What scripts find in a state: handed to the vm, which knows none of it (furnish.c). */
typedef struct pi_vm_furniture {
  void (*open)(lua_State *L); /* once, in the new state; raises only when memory runs out. [-0, +0, e] */
  void (*close)(pi_vm *vm);   /* behind the state's end, also where `open` raised or did not run */
} pi_vm_furniture;

/* What the watchdog counts from. */
typedef struct pi_vm_clock {
  pi_stopwatch watch;
  bool in_case; /* `begun` holds */
  pi_lap begun; /* the case, whose calls have a limit together */
} pi_vm_clock;

struct pi_vm {
  lua_State *L;
  const pubint_policy *policy;
  const pi_vm_furniture *furniture;
  pi_script_call *call; /* the one that runs; NULL at load */

  locale_t c_locale; /* in force while anything runs here */
  pi_slabs slabs;
  size_t memory_used;
  size_t memory_peak;
  const void *string_table; /* of all short strings: not bound by PI_LIMIT_BLOCK */
  size_t string_permit;     /* a string of up to this many bytes is taken: the Tweet's own text */
  unsigned refusals;
  pi_refusal refusal;  /* the last one's, PI_REFUSAL_NONE before the first */
  bool buffer_refused; /* Lua's auxiliary buffer could not grow: it says so by an ordinary error */
  bool stack_refused;  /* by pi_vm_room */
  bool collecting;     /* the collector was let loose within this call */

  uint64_t instructions;
  unsigned hooks;      /* since the call began */
  size_t unseen_bytes; /* gone over by pi_vm_step since the last look at the clock */
  pi_vm_clock own_clock;
  pi_vm_clock *clock; /* its own, or that of all states which weigh one case */
  pi_lap begun;       /* the call */
  pi_trip trip;

  pi_handle_names *names; /* of records, by address (handles.c) */
  uint32_t generation;    /* of handles: one a call, never 0 */
  pi_fact_set reads;

  uint32_t loading[PI_LIMIT_REQUIRES]; /* scripts whose chunks are being called by require */
  unsigned loading_count;
  uint32_t parsed_lines; /* of the text that was compiled last */

  const pi_script *fault_script; /* where the last error was raised, or memory refused */
  uint32_t fault_line;
  char fault_message[304];

  pi_pattern_cache *patterns;

  const pi_line_watch *watch; /* told of every line that runs; NULL: nobody */
  pi_tree extra;              /* evaluations that a test looks at (extra.h); empty for scripts */
  pi_record_find *records;    /* of its objects; NULL: they have any keys */
};

/* Makes a state with that furniture and no script compiled. `policy` and `furniture` are borrowed. */
pubint_status pi_vm_new(pi_vm **out, const pubint_policy *policy, const pi_vm_furniture *furniture,
                        pubint_error *error);
void pi_vm_free(pi_vm *vm);

static inline pi_vm *pi_vm_of(lua_State *L) {
  return *(pi_vm **)lua_getextraspace(L);
}

/* Gives what runs next the limits of a whole call. */
void pi_vm_refill(pi_vm *vm);

/* Lets the time of a call begin now: what has passed until here was not the script's. */
void pi_vm_rest(pi_vm *vm);

/* Lets the time of a case begin. */
void pi_vm_clock_begin(pi_vm_clock *clock);

/* Charges for work done in C, in instructions, before it is done; raises when that is too much.
 * [-0, +0, v] */
void pi_vm_charge(lua_State *L, uint64_t instructions);

/* The charge for going over `bytes` once. */
static inline uint64_t pi_vm_bytes_cost(size_t bytes) {
  return 1 + bytes / 16;
}

/* Counts without raising, for callbacks that end themselves: false once the limit is passed. */
bool pi_vm_count(pi_vm *vm, uint64_t instructions);

/* The same for a step that may go over `bytes` bytes in one go: it looks at the clock as well. False also
 * once the time is up. */
bool pi_vm_step(pi_vm *vm, uint64_t instructions, size_t bytes);

/* Makes room for that many values on the stack; where it may not grow the call ends as an exceeded limit of
 * memory. [-0, +0, v] */
void pi_vm_room(lua_State *L, int values);

/* Raises the end of the evaluation for a machine that has no memory. [-0, +0, v] */
int pi_vm_no_memory(lua_State *L);

/* Ends the call as an exceeded instruction limit. [-0, +0, v] */
int pi_vm_trip(lua_State *L, pi_trip trip);

/* Compiles a text called "=FILE", as lua_load does. Leaves the chunk or a message. [-0, +1, m] */
int pi_vm_compile(lua_State *L, pi_slice source, const char *name);

/* Pushes the compiled chunk of a script with a fresh environment of its own. [-0, +1, e] */
void pi_vm_push_chunk(lua_State *L, const pi_script *script);

/* The script whose chunk has that name ("=rules/violence.lua"); NULL for code that is not a script's. */
const pi_script *pi_vm_script_of(const pi_vm *vm, const char *source);

/* How a protected call ended. */
typedef enum pi_vm_end { PI_VM_DONE, PI_VM_FAILED, PI_VM_TIME, PI_VM_SYSTEM } pi_vm_end;

/* Whether Lua itself raises that text, so that a limit is read out of it: a script's own must be told apart.
 */
bool pi_vm_lua_says(pi_slice text);

/* What that status of a protected call, which is not LUA_OK or has tripped a limit, is told as: `error` is
 * filled as by pi_vm_run, and the message lies in vm->fault_message. */
void pi_vm_describe(pi_vm *vm, int status, pi_script_error *error);

/* Starts counting anew and calls `function` with `argument` in protected mode. On PI_VM_FAILED `error` is
 * filled with failure, code, script and line; its message lies in vm->fault_message. */
pi_vm_end pi_vm_run(pi_vm *vm, lua_CFunction function, void *argument, pi_script_error *error);

/* Whether the last run used more than half of a limit: then only a pristine state may judge. */
bool pi_vm_strained(const pi_vm *vm);

#endif
