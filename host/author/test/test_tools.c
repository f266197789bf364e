#include "test_tools.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#include <pubint/engine.h>

#include "errors.h"
#include "evaluate.h"
#include "test_case.h"
#include "test_runner.h"

#define SCRATCH_MAX ((size_t)1024 * 1024)
#define ARENA_MAX   ((size_t)64 * 1024 * 1024)
enum { ARENA_BLOCK = 64 * 1024 };

struct pi_test_tools {
  pi_test_runner runner;
  pi_test_options options; /* nobody is told */
  pi_test_totals totals;
  pi_overrides overrides; /* lent to the engine */
};

static const luaL_Reg TOOLS[] = {
    {"case", l_test_case},
    {"evaluate", l_test_evaluate},
    {"factor", l_test_factor},
    {"condition", l_test_condition},
    {NULL, NULL},
};
const luaL_Reg *const PI_TEST_TOOLS = TOOLS;

pubint_status pi_test_tools_new(pi_test_tools **out, const pubint_policy *policy, pubint_error *error) {
  *out = NULL;
  pi_test_tools *self = calloc(1, sizeof *self);
  if (self == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  self->runner = (pi_test_runner){
      .policy = policy, .options = &self->options, .totals = &self->totals, .as_tables = true};
  pi_arena_init(&self->runner.arena, ARENA_BLOCK, ARENA_MAX);
  pi_arena_init(&self->runner.making, ARENA_BLOCK, ARENA_MAX);
  pi_buffer_init(&self->runner.scratch, SCRATCH_MAX);
  pubint_status status = pubint_engine_new(&self->runner.engine, policy, error);
  if (status != PUBINT_OK) {
    pi_test_tools_free(self);
    return status;
  }
  pi_engine_override(self->runner.engine, &self->overrides);
  *out = self;
  return PUBINT_OK;
}

void pi_test_tools_free(pi_test_tools *self) {
  if (self == NULL) return;
  pubint_engine_free(self->runner.engine);
  pi_buffer_dispose(&self->runner.scratch);
  pi_arena_dispose(&self->runner.making);
  pi_arena_dispose(&self->runner.arena);
  free(self);
}

void *pi_test_tools_context(pi_test_tools *self) {
  return &self->runner;
}

void pi_test_tools_override(pi_test_tools *self, const pi_overrides *overrides) {
  self->overrides.count = overrides->count;
  memcpy(self->overrides.items, overrides->items, overrides->count * sizeof overrides->items[0]);
}
