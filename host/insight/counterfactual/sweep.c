#include "sweep.h"

#include "decimal.h"
#include "entries.h"
#include "trial.h"

bool pi_sweep_takes(pi_fact fact) {
  pi_fact_type type = PI_FACTS[fact].type;
  return type == PI_TYPE_STRENGTH || type == PI_TYPE_COUNT || type == PI_TYPE_WORD || type == PI_TYPE_BOOL;
}

pi_sweep_range pi_sweep_whole(pi_fact fact, int64_t now) {
  enum { STEPS = 100 };
  if (PI_FACTS[fact].type == PI_TYPE_STRENGTH) return (pi_sweep_range){0, PI_MICRO, PI_MICRO / STEPS};
  if (PI_FACTS[fact].type == PI_TYPE_BOOL) return (pi_sweep_range){0, 1, 1};
  if (PI_FACTS[fact].type == PI_TYPE_WORD) return (pi_sweep_range){0, PI_FACTS[fact].words.count - 1, 1};
  int64_t to = now > PI_FACTS[fact].limit ? now : PI_FACTS[fact].limit;
  int64_t end = to / STEPS * STEPS + STEPS;
  return (pi_sweep_range){0, end, end / STEPS};
}

pi_value pi_sweep_value(pi_fact fact, int64_t at) {
  switch (PI_FACTS[fact].type) {
  case PI_TYPE_STRENGTH: return (pi_value){.micro = (int32_t)at};
  case PI_TYPE_BOOL: return (pi_value){.boolean = at != 0};
  case PI_TYPE_WORD: return (pi_value){.word = (uint8_t)at};
  case PI_TYPE_COUNT:
  case PI_TYPE_ID:
  case PI_TYPE_STRING:
  case PI_TYPE_TEXT:
  case PI_TYPE_TIME:
  case PI_TYPE_COUNTRY:
  case PI_TYPE_MARKET:
  case PI_TYPE_COUNTRIES:
  case PI_TYPE_TREE: break;
  }
  return (pi_value){.count = at};
}

typedef struct sweeper {
  pi_trial trial;
  pi_sweep *out;
} sweeper;

static bool try_at(sweeper *self, int64_t at, pi_sweep_point *out) {
  pi_fact fact = self->out->fact;
  pi_case_set(&self->trial.changed, fact, pi_sweep_value(fact, at));
  const pubint_evaluation *evaluation = pi_trial_evaluate(&self->trial);
  if (evaluation == NULL) return false;
  *out = (pi_sweep_point){.at = at, .outcome = evaluation->outcome, .basis = evaluation->basis};
  const pi_entry *lowest = pi_entries_lowest(evaluation);
  out->weighed = lowest != NULL;
  if (lowest != NULL) out->margin = lowest->margin;
  return true;
}

/* The turns between two neighbours of the sweep, by halving: away from the outcome below, and on from
 * what that leads to until it is the outcome above. */
static void refine(sweeper *self, pi_sweep_point below, pi_sweep_point end) {
  pi_sweep *out = self->out;
  bool between = PI_FACTS[out->fact].type == PI_TYPE_STRENGTH || PI_FACTS[out->fact].type == PI_TYPE_COUNT;
  while (below.outcome != end.outcome) {
    pi_sweep_point above = end;
    if (out->turns_count >= PI_SWEEP_TURNS_MAX) {
      out->complete = false;
      return;
    }
    while (between && above.at - below.at > 1) {
      pi_sweep_point middle;
      if (!try_at(self, below.at + (above.at - below.at) / 2, &middle)) return;
      if (middle.outcome == below.outcome) {
        below = middle;
      } else {
        above = middle;
      }
    }
    out->turns[out->turns_count++] = (pi_sweep_turn){below.at, above.at, below.outcome, above.outcome};
    below = above;
  }
}

pubint_status pi_sweep_run(pi_sweep *out, pubint_engine *engine, const pi_case *input, pi_fact fact,
                           pi_sweep_range range, const pi_stop *stop, pubint_error *error) {
  out->fact = fact;
  out->points_count = 0;
  out->turns_count = 0;
  out->complete = true;
  out->end = range.to;
  sweeper self = {.trial = {.engine = engine,
                            .input = input,
                            .evaluations_max = UINT32_MAX,
                            .instructions_max = PI_SWEEP_INSTRUCTIONS_MAX / 2,
                            .stop = stop,
                            .error = error},
                  .out = out};
  pi_trial_reset(&self.trial);
  int64_t points = PI_SWEEP_POINTS_MAX - 1;
  if ((range.to - range.from) / range.step >= points) range.step = (range.to - range.from) / points + 1;
  for (int64_t at = range.from; out->points_count < PI_SWEEP_POINTS_MAX; at += range.step) {
    if (at > range.to) at = range.to;
    if (!try_at(&self, at, &out->points[out->points_count])) break;
    out->points_count++;
    if (at >= range.to) break;
  }
  out->complete = !self.trial.cut;
  self.trial.cut = false; /* between the points there are, turns are found all the same */
  self.trial.stop = NULL;
  self.trial.instructions_max = PI_SWEEP_INSTRUCTIONS_MAX;
  for (uint32_t i = 1; i < out->points_count && self.trial.status == PUBINT_OK; i++) {
    if (out->points[i].outcome != out->points[i - 1].outcome)
      refine(&self, out->points[i - 1], out->points[i]);
  }
  if (self.trial.cut) out->complete = false;
  return self.trial.status;
}
