#include "flip.h"

/* A change of a word, flag or market, tried alone and beside others. */
typedef struct word_change {
  pi_fact fact;
  pi_value to;
} word_change;

enum { WORD_CHANGES_MAX = 64 };

/* What the search goes through besides the trials themselves. */
typedef struct plan {
  pi_trial trial;
  pi_flips *out;
  const pubint_policy *policy;
  uint32_t wanted;
  int64_t alone[PI_FACT_COUNT]; /* how far each strength must go alone; INT64_MAX: it never turns the case */
  pi_fact strengths[PI_FACT_COUNT];
  uint32_t strengths_count;
  word_change words[WORD_CHANGES_MAX]; /* that do not turn the case alone */
  uint32_t words_count;
  bool words_left_out; /* there were more than fit */
} plan;

/* --- the list --- */

static bool before(const pi_flip *a, const pi_flip *b) {
  if ((a->words > 0) != (b->words > 0)) return b->words > 0;
  if (a->distance != b->distance) return a->distance < b->distance;
  if (a->changes_count != b->changes_count) return a->changes_count < b->changes_count;
  /* What differs in one word alone stands together. */
  return a->changes_count == 2 && a->words == 1 && b->words == 1 && a->changes[1].fact < b->changes[1].fact;
}

/* Puts a change in its place; the farthest goes where there are too many. */
static void add(plan *self, const pi_flip *flip) {
  pi_flips *out = self->out;
  uint32_t index = out->count;
  while (index > 0 && before(flip, &out->flips[index - 1])) index--;
  if (index >= self->wanted) return;
  uint32_t last = out->count < self->wanted ? out->count++ : self->wanted - 1;
  for (uint32_t i = last; i > index; i--) out->flips[i] = out->flips[i - 1];
  out->flips[index] = *flip;
}

/* What a change of strengths alone must be nearer than to be listed. */
static int64_t cut(const plan *self) {
  const pi_flips *out = self->out;
  if (out->count < self->wanted) return INT64_MAX;
  const pi_flip *last = &out->flips[self->wanted - 1];
  return last->words > 0 ? INT64_MAX : last->distance;
}

/* --- one fact --- */

/* Gates are listed apart while the case is weighed; of one that is not, they are all there is to change. */
static void take_turns(plan *self) {
  const pi_turns *turns = &self->out->turns;
  bool weighed = turns->basis != PUBINT_NOT_ELIGIBLE && turns->basis != PUBINT_INCOMPLETE;
  for (uint32_t i = 0; i < turns->turns_count; i++) {
    const pi_turn *turn = &turns->turns[i];
    if (PI_FACTS[turn->fact].type == PI_TYPE_STRENGTH) self->alone[turn->fact] = turn->distance;
    if (turn->gate < PI_GATE_COUNT && weighed) continue;
    pi_flip flip = {.changes_count = 1,
                    .words = PI_FACTS[turn->fact].type == PI_TYPE_STRENGTH ? 0 : 1,
                    .changes = {{turn->fact, turn->from, turn->to}},
                    .distance = PI_FACTS[turn->fact].type == PI_TYPE_STRENGTH ? turn->distance : PI_MICRO,
                    .outcome = turn->outcome,
                    .basis = turn->basis};
    add(self, &flip);
  }
}

/* Once the search is over nothing more is evaluated: what was looked at last, and all behind it, is left. */
static void note_left(plan *self, pi_fact_set facts) {
  if (self->trial.cut) self->out->left |= facts;
}

/* --- two strengths --- */

/* A pair that is no nearer than one of its facts alone says nothing. */
static int64_t pair_cut(const plan *self, pi_fact a, pi_fact b) {
  int64_t least = cut(self);
  if (self->alone[a] < least) least = self->alone[a];
  if (self->alone[b] < least) least = self->alone[b];
  return least;
}

static void try_strengths(plan *self) {
  const pi_case *input = self->trial.input;
  for (uint32_t i = 0; i < self->strengths_count; i++) {
    for (uint32_t j = i + 1; j < self->strengths_count; j++) {
      pi_fact a = self->strengths[i], b = self->strengths[j];
      /* An evaluation is a function of what it read: without either of them nothing changes. */
      if ((self->out->turns.reads & (PI_FACT_BIT(a) | PI_FACT_BIT(b))) == 0) continue;
      pi_flip nearest = {.changes_count = 0};
      for (unsigned way = 0; way < 4; way++) {
        pi_flip flip;
        int64_t least = pair_cut(self, a, b);
        if (nearest.changes_count > 0 && nearest.distance < least) least = nearest.distance;
        pi_axis along_a = {a, pi_case_strength(input, a), (way & 1) != 0};
        pi_axis along_b = {b, pi_case_strength(input, b), (way & 2) != 0};
        if (pi_flip_pair(&self->trial, along_a, along_b, least, &flip)) nearest = flip;
      }
      if (nearest.changes_count > 0) add(self, &nearest);
      note_left(self, PI_FACT_BIT(a) | PI_FACT_BIT(b));
    }
  }
}

/* The pairs that are listed; they may change places by it. */
static void polish(plan *self) {
  pi_flips *out = self->out;
  for (uint32_t i = 0; i < out->count; i++) {
    pi_flip flip = out->flips[i];
    if (flip.changes_count != 2) continue;
    pi_flip_polish(&self->trial, &flip);
    uint32_t index = i;
    for (; index > 0 && before(&flip, &out->flips[index - 1]); index--) {
      out->flips[index] = out->flips[index - 1];
    }
    out->flips[index] = flip;
  }
}

/* --- words beside strengths and words --- */

static void collect_word(plan *self, pi_fact fact, pi_value to) {
  pi_trial *trial = &self->trial;
  pi_trial_reset(trial);
  pi_case_set(&trial->changed, fact, to);
  bool turns = pi_trial_turns(trial, NULL, NULL);
  note_left(self, PI_FACT_BIT(fact));
  if (turns) return;
  if (self->words_count == WORD_CHANGES_MAX) {
    self->out->left |= PI_FACT_BIT(fact);
    self->words_left_out = true;
  } else {
    self->words[self->words_count++] = (word_change){fact, to};
  }
}

/* Every other value of every word, flag and market that the evaluation looked at. */
static void collect_words(plan *self, bool weighed) {
  const pi_case *input = self->trial.input;
  for (int f = 0; f < PI_FACT_COUNT; f++) {
    pi_fact fact = (pi_fact)f;
    bool gate = pi_gate_of(fact) < PI_GATE_COUNT;
    bool looked_at =
        weighed ? (self->out->turns.reads & PI_FACT_BIT(fact)) != 0 || fact == PI_FACT_MARKET : gate;
    if (!looked_at || (weighed && gate) || !pi_case_knows(input, fact)) continue;
    if (PI_FACTS[fact].type == PI_TYPE_STRENGTH) continue;
    pi_value to;
    for (uint32_t i = 0; pi_turn_value(self->policy, fact, i, &to); i++) {
      if (!pi_turn_same_value(fact, to, pi_case_value(input, fact))) collect_word(self, fact, to);
    }
  }
}

static void try_word_and_strengths(plan *self, const word_change *word) {
  pi_trial *trial = &self->trial;
  for (uint32_t i = 0; i < self->strengths_count; i++) {
    pi_fact fact = self->strengths[i];
    pi_flip flip = {.changes_count = 0};
    int64_t least = self->alone[fact];
    for (int up = 0; up < 2; up++) {
      pi_flip_change change;
      pubint_outcome outcome;
      pubint_basis basis;
      pi_trial_reset(trial);
      pi_case_set(&trial->changed, word->fact, word->to);
      pi_axis axis = {fact, pi_case_strength(trial->input, fact), up != 0};
      if (!pi_flip_along(trial, axis, least, &change, &outcome, &basis)) continue;
      int64_t moved = change.to.micro - change.from.micro;
      least = moved < 0 ? -moved : moved;
      flip = (pi_flip){.changes_count = 2, .words = 1, .distance = PI_MICRO + least};
      flip.changes[0] = (pi_flip_change){word->fact, pi_case_value(trial->input, word->fact), word->to};
      flip.changes[1] = change;
      flip.outcome = outcome;
      flip.basis = basis;
    }
    if (flip.changes_count > 0) add(self, &flip);
  }
}

static void try_two_words(plan *self, const word_change *a, const word_change *b) {
  pi_trial *trial = &self->trial;
  if (a->fact == b->fact) return;
  pi_trial_reset(trial);
  pi_case_set(&trial->changed, a->fact, a->to);
  pi_case_set(&trial->changed, b->fact, b->to);
  pi_flip flip = {.changes_count = 2, .words = 2, .distance = 2 * PI_MICRO};
  if (!pi_trial_turns(trial, &flip.outcome, &flip.basis)) return;
  flip.changes[0] = (pi_flip_change){a->fact, pi_case_value(trial->input, a->fact), a->to};
  flip.changes[1] = (pi_flip_change){b->fact, pi_case_value(trial->input, b->fact), b->to};
  add(self, &flip);
}

/* They come after all that changes strengths alone, so they are searched only where the list has room. */
static void try_words(plan *self, bool weighed) {
  const pi_flips *out = self->out;
  uint32_t strengths_only = 0;
  while (strengths_only < out->count && out->flips[strengths_only].words == 0) strengths_only++;
  if (strengths_only >= self->wanted) return;
  collect_words(self, weighed);
  for (uint32_t i = 0; i < self->words_count; i++) {
    if (weighed) try_word_and_strengths(self, &self->words[i]);
    for (uint32_t j = i + 1; j < self->words_count; j++)
      try_two_words(self, &self->words[i], &self->words[j]);
    note_left(self, PI_FACT_BIT(self->words[i].fact));
  }
  if (self->words_left_out) self->trial.cut = true;
}

/* --- the whole --- */

pubint_status pi_flips_find(pi_flips *out, pubint_engine *engine, const pi_case *input,
                            const pubint_policy *policy, const pi_flip_options *options,
                            pubint_error *error) {
  static const pi_flip_options USUAL = {0};
  if (options == NULL) options = &USUAL;
  uint32_t bound = options->evaluations_max > 0 ? options->evaluations_max : PI_FLIP_EVALUATIONS_MAX;
  uint64_t most = options->instructions_max > 0 ? options->instructions_max : PI_FLIP_INSTRUCTIONS_MAX;
  pi_turn_options fine = {.step_micro = PI_FLIP_STEP_MICRO,
                          .evaluations_max = bound,
                          .instructions_max = most,
                          .stop = options->stop};
  out->complete = true;
  out->left = 0;
  out->count = 0;
  out->evaluations = 0;
  pubint_status status = pi_turns_find(&out->turns, engine, input, policy, &fine, error);
  if (status != PUBINT_OK || out->turns.state != PI_TURNS_TRIED) return status;
  plan self = {.trial = {.engine = engine,
                         .input = input,
                         .evaluations_max = bound,
                         .instructions_max = most,
                         .stop = options->stop,
                         .error = error,
                         .evaluations = out->turns.evaluations,
                         .instructions = out->turns.instructions,
                         .cut = !out->turns.complete,
                         .outcome = out->turns.outcome},
               .out = out,
               .policy = policy,
               .wanted = options->wanted > 0 ? options->wanted : PI_FLIPS_WANTED};
  if (self.wanted > PI_FLIPS_MAX) self.wanted = PI_FLIPS_MAX;
  for (int f = 0; f < PI_FACT_COUNT; f++) {
    self.alone[f] = INT64_MAX;
    bool strength = PI_FACTS[f].type == PI_TYPE_STRENGTH && pi_case_knows(input, (pi_fact)f);
    if (strength) self.strengths[self.strengths_count++] = (pi_fact)f;
  }
  take_turns(&self);
  if (out->turns.weighed) {
    try_strengths(&self);
    polish(&self);
  }
  try_words(&self, out->turns.weighed);
  out->complete = !self.trial.cut;
  out->evaluations = self.trial.evaluations;
  return self.trial.status;
}
