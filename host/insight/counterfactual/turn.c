#include "turn.h"

#include "decimal.h"
#include "entries.h"
#include "extreme.h"
#include "trial.h"

/* One search: what stays the same over its trials. */
typedef struct search {
  pi_trial trial;
  const pubint_policy *policy;
  pi_turns *out;
  pi_gate_result gates[PI_GATE_COUNT]; /* of the case as it stands */
} search;

/* What one evaluation says. */
typedef struct finding {
  pubint_outcome outcome;
  pubint_basis basis;
  pi_gate gate; /* the first whose result differs from the case's; PI_GATE_COUNT: none */
} finding;

static bool over(const search *self) {
  return pi_trial_over(&self->trial);
}

/* Evaluates the trial; false once the search is over. */
static bool evaluate(search *self, finding *out) {
  const pubint_evaluation *evaluation = pi_trial_evaluate(&self->trial);
  if (evaluation == NULL) return false;
  *out = (finding){evaluation->outcome, evaluation->basis, PI_GATE_COUNT};
  for (int gate = PI_GATE_COUNT - 1; gate >= 0; gate--) {
    if (evaluation->gates.results[gate] != self->gates[gate]) out->gate = (pi_gate)gate;
  }
  return true;
}

/* Evaluates the case with one fact changed; *turned says that the outcome is another. */
static bool try_value(search *self, pi_fact fact, pi_value value, finding *out, bool *turned) {
  pi_trial_reset(&self->trial);
  pi_case_set(&self->trial.changed, fact, value);
  if (!evaluate(self, out)) return false;
  *turned = out->outcome != self->out->outcome;
  return true;
}

/* --- a known strength --- */

typedef struct point {
  int32_t at;
  bool turned;
  finding found;
} point;

static bool try_strength(search *self, pi_fact fact, int32_t micro, point *out) {
  out->at = micro;
  return try_value(self, fact, (pi_value){.micro = micro}, &out->found, &out->turned);
}

/* Brings `turned` as near to `same` as it goes; between them lies the turning point. */
static bool refine(search *self, pi_fact fact, int32_t same, point *turned) {
  while (turned->at - same > 1 || same - turned->at > 1) {
    point middle;
    if (!try_strength(self, fact, same + (turned->at - same) / 2, &middle)) return false;
    if (middle.turned) {
      *turned = middle;
    } else {
      same = middle.at;
    }
  }
  return true;
}

/* The next multiple of the step above or below `at`; -1 where the strength ends. */
static int32_t next_step(const search *self, int32_t at, bool up) {
  int32_t step = self->out->step_micro;
  if (up) {
    if (at >= PI_MICRO) return -1;
    int32_t next = (at / step + 1) * step;
    return next < PI_MICRO ? next : (int32_t)PI_MICRO;
  }
  return at > 0 ? (at - 1) / step * step : -1;
}

static int32_t away(int32_t a, int32_t b) {
  return a > b ? a - b : b - a;
}

static void add_turn(search *self, pi_fact fact, pi_value to, int64_t distance, const finding *what) {
  pi_turns *out = self->out;
  if (out->turns_count >= PI_TURNS_MAX) {
    self->trial.cut = true;
    return;
  }
  out->turns[out->turns_count++] = (pi_turn){.fact = fact,
                                             .gate = what->gate,
                                             .from = pi_case_value(self->trial.input, fact),
                                             .to = to,
                                             .distance = distance,
                                             .outcome = what->outcome,
                                             .basis = what->basis};
}

/* Outwards in both directions, the nearer step first. The first step that turns it is refined; so is the
 * step on the other side that begins nearer than the turning point, if it turns it too. */
static void turn_strength(search *self, pi_fact fact) {
  int32_t from = pi_case_strength(self->trial.input, fact);
  int32_t same[2] = {from, from}; /* [1]: upwards */
  while (!over(self)) {
    int32_t next[2] = {next_step(self, same[0], false), next_step(self, same[1], true)};
    if (next[0] < 0 && next[1] < 0) return;
    bool up = next[0] < 0 || (next[1] >= 0 && away(next[1], from) <= away(next[0], from));
    point found;
    if (!try_strength(self, fact, next[up], &found)) return;
    if (!found.turned) {
      same[up] = found.at;
      continue;
    }
    if (!refine(self, fact, same[up], &found)) return;
    point other;
    if (next[!up] >= 0 && away(same[!up], from) < away(found.at, from)) {
      if (!try_strength(self, fact, next[!up], &other)) return;
      if (other.turned) {
        if (!refine(self, fact, same[!up], &other)) return;
        if (away(other.at, from) < away(found.at, from)) found = other;
      }
    }
    add_turn(self, fact, (pi_value){.micro = found.at}, away(found.at, from), &found.found);
    return;
  }
}

/* --- facts with few values --- */

/* The market of that index among those that have a script. */
static bool market_at(const pubint_policy *policy, uint32_t index, pi_value *out) {
  const pi_script *market = pi_policy_next(policy, PI_SCRIPT_MARKET, NULL);
  while (market != NULL && index-- > 0) market = pi_policy_next(policy, PI_SCRIPT_MARKET, market);
  if (market != NULL) out->string = market->name;
  return market != NULL;
}

bool pi_turn_value(const pubint_policy *policy, pi_fact fact, uint32_t index, pi_value *out) {
  *out = (pi_value){0};
  switch (PI_FACTS[fact].type) {
  case PI_TYPE_BOOL: out->boolean = index == 0; return index < 2;
  case PI_TYPE_WORD: out->word = (uint8_t)index; return index < PI_FACTS[fact].words.count;
  case PI_TYPE_COUNT: out->count = PI_FACTS[fact].limit + (int64_t)index; return index < 2;
  case PI_TYPE_STRENGTH: out->micro = index == 0 ? 0 : (int32_t)PI_MICRO; return index < 2;
  case PI_TYPE_MARKET: return market_at(policy, index, out);
  case PI_TYPE_ID:
  case PI_TYPE_STRING:
  case PI_TYPE_TEXT:
  case PI_TYPE_TIME:
  case PI_TYPE_COUNTRY:
  case PI_TYPE_COUNTRIES:
  case PI_TYPE_TREE: break;
  }
  return false;
}

bool pi_turn_same_value(pi_fact fact, pi_value a, pi_value b) {
  switch (PI_FACTS[fact].type) {
  case PI_TYPE_BOOL: return a.boolean == b.boolean;
  case PI_TYPE_WORD: return a.word == b.word;
  case PI_TYPE_COUNT: return a.count == b.count;
  case PI_TYPE_STRENGTH: return a.micro == b.micro;
  case PI_TYPE_MARKET: return pi_slice_equal(a.string, b.string);
  case PI_TYPE_ID:
  case PI_TYPE_STRING:
  case PI_TYPE_TEXT:
  case PI_TYPE_TIME:
  case PI_TYPE_COUNTRY:
  case PI_TYPE_COUNTRIES:
  case PI_TYPE_TREE: break;
  }
  return false;
}

static void turn_values(search *self, pi_fact fact) {
  pi_value from = pi_case_value(self->trial.input, fact);
  pi_value value;
  for (uint32_t i = 0; pi_turn_value(self->policy, fact, i, &value); i++) {
    finding found;
    bool turned;
    if (pi_turn_same_value(fact, value, from)) continue;
    if (!try_value(self, fact, value, &found, &turned)) return;
    if (!turned) continue;
    int64_t distance = PI_MICRO;
    if (PI_FACTS[fact].type == PI_TYPE_COUNT) {
      distance = value.count > from.count ? value.count - from.count : from.count - value.count;
    }
    add_turn(self, fact, value, distance, &found);
  }
}

/* --- what is unknown --- */

static void try_unknown(search *self, pi_fact fact) {
  pi_unknown *unknown = &self->out->unknowns[self->out->unknowns_count++];
  *unknown = (pi_unknown){.fact = fact};
  uint32_t tried = 0;
  bool known = pi_case_knows(self->trial.input, fact);
  pi_value value;
  for (uint32_t i = 0; pi_turn_value(self->policy, fact, i, &value); i++) {
    finding found;
    bool turned;
    if (known && pi_turn_same_value(fact, value, pi_case_value(self->trial.input, fact))) continue;
    if (!try_value(self, fact, value, &found, &turned)) return;
    unknown->tried = true;
    tried++;
    if (!turned || unknown->trials_count >= PI_TRIALS_MAX) continue;
    unknown->trials[unknown->trials_count++] = (pi_turn_trial){value, found.outcome, found.basis};
  }
  unknown->every = tried > 0 && unknown->trials_count == tried;
}

/* Somebody looked for private data in the text, and there is none. */
static void assess_spans(pi_case *trial) {
  for (uint32_t i = 0; i < trial->violations_count; i++) {
    pi_violation *violation = &trial->violations[i];
    if (violation->rule < PI_RULE_COUNT && PI_RULES[violation->rule].spans) violation->spans_known = true;
  }
}

static void try_spans(search *self) {
  finding found;
  pi_trial_reset(&self->trial);
  assess_spans(&self->trial.changed);
  if (!evaluate(self, &found)) return;
  self->out->spans_tried = true;
  self->out->spans = found.outcome;
}

/* A word that is known and settles nothing (a blue badge, A09; a judge, A05) is not known in the end: where
 * it stands, the first word that settles it takes its place. */
static void settle_gates(pi_case *trial) {
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    pi_gates gates;
    pi_gates_judge(&gates, trial);
    if ((gates.missing & PI_FACT_BIT(fact)) == 0 || PI_FACTS[fact].type != PI_TYPE_WORD) continue;
    for (uint8_t word = 0; word < PI_FACTS[fact].words.count && (gates.missing & PI_FACT_BIT(fact)) != 0;
         word++) {
      pi_case_set(trial, (pi_fact)fact, (pi_value){.word = word});
      pi_gates_judge(&gates, trial);
    }
  }
}

/* All unknown facts at once: a single one of five unassessed ones settles nothing, and the five do. What a
 * case that becomes eligible is then weighed on may be unknown too, so every fact with a side is set; so are
 * the others of a gate whose own nobody knew, for which it does not ask until it is known. */
static bool try_together(search *self, bool best, pubint_outcome *out) {
  pi_trial_reset(&self->trial);
  pi_fact_set named = 0;
  for (uint32_t i = 0; i < self->out->unknowns_count; i++) {
    named |= PI_FACT_BIT(self->out->unknowns[i].fact);
  }
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    pi_gate gate = pi_gate_of((pi_fact)fact);
    bool open = PI_FACTS[fact].side != PI_SIDE_NEUTRAL ||
                (gate < PI_GATE_COUNT && (named & PI_FACT_BIT(PI_GATES[gate].own)) != 0);
    if ((named & PI_FACT_BIT(fact)) == 0 && (!open || pi_case_knows(self->trial.input, (pi_fact)fact)))
      continue;
    pi_value value = {0};
    if (pi_extreme((pi_fact)fact, best, &value)) pi_case_set(&self->trial.changed, (pi_fact)fact, value);
  }
  settle_gates(&self->trial.changed);
  assess_spans(
      &self->trial.changed); /* private data that is found is blotted out, so it makes nothing worse */
  finding found;
  if (!evaluate(self, &found)) return false;
  *out = found.outcome;
  return true;
}

/* --- the whole --- */

/* What the evaluation looked at. */
typedef struct scope {
  pi_fact_set reads;   /* facts that scripts read */
  pi_fact_set unknown; /* unknown facts that were asked for, and known ones that settle nothing */
} scope;

static bool look(search *self, scope *out) {
  const pubint_evaluation *evaluation = pi_trial_look(&self->trial);
  if (evaluation == NULL) return false;
  self->out->outcome = evaluation->outcome;
  self->out->basis = evaluation->basis;
  for (int gate = 0; gate < PI_GATE_COUNT; gate++) self->gates[gate] = evaluation->gates.results[gate];
  if (evaluation->basis == PUBINT_NEVER_EXCEPTED || evaluation->basis == PUBINT_NO_VIOLATION) {
    self->out->state = PI_TURNS_VIOLATIONS_DECIDE;
    return false;
  }
  out->unknown = evaluation->unknown | evaluation->gates.missing;
  for (uint32_t i = 0; i < evaluation->entries_count; i++) {
    const pi_entry *entry = &evaluation->entries[i];
    if (entry->error.failure != PI_FAILURE_NONE) self->out->state = PI_TURNS_SCRIPT_FAILED;
    out->unknown |= entry->unassessed;
    if (entry->script != NULL) out->reads |= PI_FACT_BIT(PI_FACT_PUBLIC_CONCERN); /* the host's condition */
  }
  self->out->reads = pi_entries_reads(evaluation);
  out->reads |= self->out->reads;
  self->out->weighed = evaluation->weighed;
  self->out->spans_unknown = (out->unknown & PI_SPANS_BIT) != 0;
  if (!evaluation->weighed) return true;
  /* The host itself looks at the market, to find its script. */
  if (pi_case_knows(self->trial.input, PI_FACT_MARKET)) {
    out->reads |= PI_FACT_BIT(PI_FACT_MARKET);
  } else {
    pi_value market;
    if (pi_turn_value(self->policy, PI_FACT_MARKET, 0, &market)) out->unknown |= PI_FACT_BIT(PI_FACT_MARKET);
  }
  return self->out->state == PI_TURNS_TRIED;
}

/* Nearest first within a class: what is weighed before gates, strengths before words. */
static bool before(const pi_turn *a, const pi_turn *b) {
  bool a_gate = a->gate < PI_GATE_COUNT, b_gate = b->gate < PI_GATE_COUNT;
  if (a_gate != b_gate) return b_gate;
  bool a_strength = PI_FACTS[a->fact].type == PI_TYPE_STRENGTH;
  bool b_strength = PI_FACTS[b->fact].type == PI_TYPE_STRENGTH;
  if (a_strength != b_strength) return a_strength;
  if (a_gate && a->gate != b->gate) return a->gate < b->gate;
  return a->distance < b->distance;
}

static void sort_turns(pi_turns *out) {
  for (uint32_t i = 1; i < out->turns_count; i++) {
    pi_turn turn = out->turns[i];
    uint32_t index = i;
    for (; index > 0 && before(&turn, &out->turns[index - 1]); index--) {
      out->turns[index] = out->turns[index - 1];
    }
    out->turns[index] = turn;
  }
}

/* Once the search is over nothing more is evaluated: what was looked at last, and all behind it, is left. */
static void note_left(search *self, pi_fact_set facts) {
  if (over(self)) self->out->left |= facts;
}

/* Everything that is unknown, alone and together. */
static void try_unknowns(search *self, pi_fact_set unknown) {
  pi_turns *out = self->out;
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if ((unknown & PI_FACT_BIT(fact)) == 0) continue;
    if (!over(self)) try_unknown(self, (pi_fact)fact);
    note_left(self, PI_FACT_BIT(fact));
  }
  if (out->spans_unknown) {
    if (!over(self)) try_spans(self);
    note_left(self, PI_SPANS_BIT);
  }
  if (out->unknowns_count > 0 || out->spans_unknown) {
    out->together = try_together(self, true, &out->best) && try_together(self, false, &out->worst);
  }
}

static void turn_known(search *self, const scope *looked) {
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    bool looked_at = (looked->reads & PI_FACT_BIT(fact)) != 0 || pi_gate_of((pi_fact)fact) < PI_GATE_COUNT;
    if (!looked_at || !pi_case_knows(self->trial.input, (pi_fact)fact)) continue;
    if ((looked->unknown & PI_FACT_BIT(fact)) != 0) continue;
    pi_value value;
    bool strength = PI_FACTS[fact].type == PI_TYPE_STRENGTH;
    if (!strength && !pi_turn_value(self->policy, (pi_fact)fact, 0, &value)) continue; /* a text, a time */
    if (strength) {
      turn_strength(self, (pi_fact)fact);
    } else {
      turn_values(self, (pi_fact)fact);
    }
    note_left(self, PI_FACT_BIT(fact));
  }
  sort_turns(self->out);
}

pubint_status pi_turns_find(pi_turns *out, pubint_engine *engine, const pi_case *input,
                            const pubint_policy *policy, const pi_turn_options *options,
                            pubint_error *error) {
  static const pi_turn_options USUAL = {0};
  if (options == NULL) options = &USUAL;
  *out = (pi_turns){.step_micro = options->step_micro > 0 ? options->step_micro : PI_TURN_STEP_MICRO};
  search self = {.trial = {.engine = engine,
                           .input = input,
                           .evaluations_max = options->evaluations_max > 0 ? options->evaluations_max
                                                                           : PI_TURN_EVALUATIONS_MAX,
                           .instructions_max = options->instructions_max > 0 ? options->instructions_max
                                                                             : PI_TURN_INSTRUCTIONS_MAX,
                           .stop = options->stop,
                           .error = error},
                 .policy = policy,
                 .out = out};
  scope looked = {0};
  if (look(&self, &looked)) {
    try_unknowns(&self, looked.unknown);
    if (!options->unknown_only) turn_known(&self, &looked);
  }
  out->complete = !self.trial.cut;
  out->evaluations = self.trial.evaluations;
  out->instructions = self.trial.instructions;
  return self.trial.status;
}
