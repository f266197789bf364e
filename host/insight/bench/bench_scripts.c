#include <string.h>

#include "bench.h"
#include "bench_times.h"
#include "errors.h"
#include "redact.h"
#include "sample.h"
#include "sandbox.h"

enum {
  CALLS = 2000,
  BLOCK_CALLS = 200,
  WARM_UP = 200,
  ARENA_BLOCK = 64 * 1024,
  ARENA_MAX = 64 * 1024 * 1024
};

/* What measuring one script needs. */
typedef struct bench {
  const pi_script *script;
  pi_sandbox *sandbox;
  pi_sandbox *shared; /* for the same calls without isolation */
  pi_sample_plan plan;
  pi_arena arena;
  pi_case input;
  pi_slice text;
  pi_balance balance;
  uint64_t times[CALLS];
  uint64_t shared_times[CALLS];
  uint64_t instructions[CALLS];
} bench;

typedef pubint_status weigh(pi_sandbox *sandbox, pi_script_call *call, pubint_error *error);

/* Calls the script for the first violation of the case that was made last. */
static pubint_status call_once(bench *self, pi_sandbox *sandbox, weigh *function, uint64_t *took,
                               pi_script_call *call, pubint_error *error) {
  *call = (pi_script_call){.script = self->script,
                           .input = &self->input,
                           .violation = &self->input.violations[0],
                           .text = self->text,
                           .balance = &self->balance,
                           .arena = &self->arena};
  pi_balance_init(&self->balance);
  uint64_t begun = pi_bench_clock(CLOCK_MONOTONIC);
  pubint_status status = function(sandbox, call, error);
  *took = pi_bench_clock(CLOCK_MONOTONIC) - begun;
  return status;
}

/* Makes case `number` and calls the script without and with isolation; `call` is the latter. */
static pubint_status call_twice(bench *self, uint64_t number, uint64_t took[2], pi_script_call *call,
                                pubint_error *error) {
  pi_arena_reset(&self->arena);
  if (!pi_sample_case(&self->plan, number, &self->input, &self->arena) ||
      !pi_redact(&self->input, &self->arena, &self->text)) {
    return pi_error_set(error, PI_E_NO_MEMORY);
  }
  pubint_status status = call_once(self, self->shared, pi_sandbox_weigh_shared, &took[0], call, error);
  if (status != PUBINT_OK) return status;
  return call_once(self, self->sandbox, pi_sandbox_weigh, &took[1], call, error);
}

/* The lower quartile of the means of blocks: each has its share of collections, and what disturbs the machine
 * only adds. */
static uint64_t mean_of(const uint64_t times[CALLS]) {
  uint64_t blocks[CALLS / BLOCK_CALLS] = {0};
  for (size_t i = 0; i < CALLS; i++) blocks[i / BLOCK_CALLS] += times[i];
  pi_bench_sort(blocks, CALLS / BLOCK_CALLS);
  return pi_bench_quantile(blocks, CALLS / BLOCK_CALLS, 25) / BLOCK_CALLS;
}

static pubint_status measure(bench *self, pi_bench_script *out, pubint_error *error) {
  pi_script_call call;
  *out = (pi_bench_script){.script = self->script};
  for (uint64_t number = 0; number < WARM_UP + CALLS; number++) {
    uint64_t took[2] = {0, 0};
    pubint_status status = call_twice(self, number, took, &call, error);
    if (status != PUBINT_OK) return status;
    if (number < WARM_UP) continue;
    self->shared_times[out->calls] = took[0];
    self->times[out->calls] = took[1];
    self->instructions[out->calls++] = call.usage.instructions;
    if (call.error.failure != PI_FAILURE_NONE) out->failed++;
    if (call.usage.memory_peak_bytes > out->memory_max) out->memory_max = call.usage.memory_peak_bytes;
  }
  out->mean = mean_of(self->times);
  out->shared_mean = mean_of(self->shared_times);
  pi_bench_sort(self->times, CALLS);
  pi_bench_sort(self->instructions, CALLS);
  out->p50 = pi_bench_quantile(self->times, CALLS, 50);
  out->p99 = pi_bench_quantile(self->times, CALLS, 99);
  out->instructions_p50 = pi_bench_quantile(self->instructions, CALLS, 50);
  out->instructions_max = self->instructions[CALLS - 1];
  return PUBINT_OK;
}

static pubint_status measure_script(const pubint_policy *policy, const pi_script *script,
                                    const pi_sample_plan *plan, pi_bench_script *out, pubint_error *error) {
  bench *self = calloc(1, sizeof *self);
  if (self == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  self->script = script;
  self->plan = *plan;
  pi_arena_init(&self->arena, ARENA_BLOCK, ARENA_MAX);
  pubint_status status = pi_sandbox_new(&self->sandbox, policy, error);
  if (status == PUBINT_OK) status = pi_sandbox_new(&self->shared, policy, error);
  if (status == PUBINT_OK) status = measure(self, out, error);
  pi_sandbox_free(self->sandbox);
  pi_sandbox_free(self->shared);
  pi_arena_dispose(&self->arena);
  free(self);
  return status;
}

/* The ids of the policy's rule scripts, in the arena. */
static pi_slice *rules_of(const pubint_policy *policy, size_t *count, pi_arena *arena) {
  pi_slice *rules = pi_arena_alloc(arena, (policy->scripts_count + 1) * sizeof *rules);
  const pi_script *rule = NULL;
  *count = 0;
  while (rules != NULL && (rule = pi_policy_next(policy, PI_SCRIPT_RULE, rule)) != NULL) {
    rules[(*count)++] = rule->name;
  }
  return rules;
}

pubint_status pi_bench_call(const pubint_policy *policy, uint32_t index, pi_bench_script *out,
                            pubint_error *error) {
  const pi_script *script = &policy->scripts[index];
  pi_sample_plan plan = {.seed = 1, .eligible = true};
  pi_arena arena;
  pi_arena_init(&arena, ARENA_BLOCK, ARENA_MAX);
  if (script->kind == PI_SCRIPT_RULE) {
    plan.rules = &script->name;
    plan.rules_count = 1;
  } else {
    plan.markets = &script->name;
    plan.markets_count = 1;
    plan.rules = rules_of(policy, &plan.rules_count, &arena); /* none: any rule */
  }
  pubint_status status = plan.rules != NULL ? measure_script(policy, script, &plan, out, error)
                                            : pi_error_set(error, PI_E_NO_MEMORY);
  pi_arena_dispose(&arena);
  return status;
}

pubint_status pi_bench_empty(const pubint_policy *policy, pi_bench_script *out, pubint_error *error) {
  static const pi_slice SOURCE = PI_SLICE_INIT("return { weigh = function(case, balance) end }\n");
  static const pi_slice NAME = PI_SLICE_INIT("empty");
  pi_script script = {.kind = PI_SCRIPT_RULE,
                      .name = NAME,
                      .file = PI_SLICE("rules/empty.lua"),
                      .source = SOURCE,
                      .class_name = PI_SLICE("possible")};
  struct pubint_policy alone = *policy; /* borrows all that it has */
  alone.scripts = &script;
  alone.scripts_count = 1;
  pi_sample_plan plan = {.seed = 1, .eligible = true, .rules = &NAME, .rules_count = 1};
  pubint_status status = measure_script(&alone, &script, &plan, out, error);
  out->script = NULL;
  return status;
}
