#include "trying.h"

#include <string.h>

#include "alike.h"
#include "errors.h"
#include "evaluate.h"
#include "generate.h"

enum { CASES = 400, CASES_TRIED = 4000, SEED = 1 };

static pubint_status keep_case(pi_trying *self, const pi_case *input, pubint_error *error) {
  const pubint_evaluation *evaluation;
  pubint_status status = pi_engine_evaluate(self->engine, input, &evaluation, error);
  if (status == PUBINT_E_LIMIT) return PUBINT_OK;
  if (status != PUBINT_OK || !evaluation->weighed) return status;
  pi_case *kept = pi_arena_alloc(self->arena, sizeof *kept);
  if (kept == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  *kept = *input;
  self->cases[self->count++] = kept;
  return PUBINT_OK;
}

pubint_status pi_trying_begin(pi_trying *out, const pi_places *places, pi_arena *arena, pubint_error *error) {
  *out = (pi_trying){.arena = arena};
  pi_generator *generator = pi_arena_alloc(arena, sizeof *generator);
  out->cases = pi_arena_alloc(arena, CASES * sizeof(pi_case *));
  if (generator == NULL || out->cases == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  memset(generator, 0, sizeof *generator);
  pi_generator_begin(generator, places, SEED);
  pubint_status status = pubint_engine_new(&out->engine, places->policy, error);
  for (uint64_t i = 0; i < CASES_TRIED && out->count < CASES && status == PUBINT_OK; i++) {
    pi_case input;
    status = pi_generate_case(generator, i, &input, arena) ? keep_case(out, &input, error)
                                                           : pi_error_set(error, PI_E_NO_MEMORY);
  }
  return status;
}

void pi_trying_end(pi_trying *self) {
  pubint_engine_free(self->engine);
}

pubint_status pi_trying_run(pi_trying *self, const pubint_policy *changed, pi_trying_take *take,
                            void *context, pubint_error *error) {
  pubint_engine *engine;
  bool goes_on = true;
  pubint_status status = pubint_engine_new(&engine, changed, error);
  for (uint32_t i = 0; i < self->count && status == PUBINT_OK && goes_on; i++) {
    const pubint_evaluation *now, *then;
    status = pi_engine_evaluate(self->engine, self->cases[i], &now, error);
    if (status == PUBINT_OK) status = pi_engine_evaluate(engine, self->cases[i], &then, error);
    if (status == PUBINT_OK)
      goes_on = take(context, now, then);
    else if (status == PUBINT_E_LIMIT)
      status = PUBINT_OK; /* the watchdog ended it: it says nothing */
  }
  pubint_engine_free(engine);
  return status;
}

/* ---- one literal ---- */

typedef struct single {
  int32_t from, to;
  pi_tried *out;
  uint32_t cases;
} single;

/* Weights are compared factor by factor as far as both sides have the same ones. */
static void take_entry(const single *self, const pi_entry *now, const pi_entry *then) {
  unsigned weights = 0;
  self->out->fails = self->out->fails || (now->weighed && !then->weighed);
  for (uint32_t i = 0; i < now->balance.factors_count && i < then->balance.factors_count; i++) {
    const pi_factor *factor = &now->balance.factors[i], *other = &then->balance.factors[i];
    if (!pi_slice_equal(factor->id, other->id)) break;
    if (factor->weight == other->weight) continue;
    if (weights++ == 0 && self->out->factor[0] == '\0') {
      memcpy(self->out->factor, factor->id.ptr, factor->id.len);
      self->out->market = factor->from == PI_FROM_MARKET;
    }
    self->out->other = self->out->other || factor->weight != self->from || other->weight != self->to;
  }
  bool bar = now->bar != then->bar;
  self->out->weight = self->out->weight || weights > 0;
  self->out->bar = self->out->bar || bar;
  self->out->twice = self->out->twice || weights + bar > 1;
}

/* What does something else is none, and only why has to be told: a few cases more show that. */
static bool take_case(void *context, const pubint_evaluation *now, const pubint_evaluation *then) {
  enum { CASES_TO_TELL = 48 };
  single *self = context;
  self->out->other = self->out->other || !pi_alike_but_weights(now, then);
  for (uint32_t i = 0; i < now->entries_count && i < then->entries_count; i++)
    take_entry(self, &now->entries[i], &then->entries[i]);
  self->cases++;
  return !self->out->other || self->cases < CASES_TO_TELL;
}

/* Of the scripts' declarations: a bar that is `to` now has come of it. */
static void take_bars(const single *self, const pubint_policy *now, const pubint_policy *then) {
  for (uint32_t i = 0; i < now->scripts_count; i++) {
    int32_t bar = now->scripts[i].bar, other = then->scripts[i].bar;
    if (bar == other) continue;
    self->out->bar = true;
    self->out->other = self->out->other || bar != self->from || other != self->to;
  }
}

pubint_status pi_trying_one(pi_trying *self, const pi_literals *literals, uint32_t index, int32_t to,
                            int32_t *milli, pi_tried *out, pubint_error *error) {
  pubint_policy *changed;
  single what = {literals->items[index].milli, to, out, 0};
  for (uint32_t i = 0; i < literals->count; i++) milli[i] = i == index ? to : -1;
  pubint_status status = pi_literals_load(&changed, literals, milli, error);
  if (status == PUBINT_E_POLICY) {
    out->refused = true;
    return PUBINT_OK;
  }
  if (status != PUBINT_OK) return status;
  take_bars(&what, literals->policy, changed);
  status = pi_trying_run(self, changed, take_case, &what, error);
  pubint_policy_free(changed);
  return status;
}
