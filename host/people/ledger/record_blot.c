#include <string.h>

#include "decode.h"
#include "record_show.h"
#include "redact.h"

/* The cases whose private data is looked for: those of the rounds that marked some. */
typedef struct blotter {
  const pi_case **cases;
  size_t count;
  pi_arena *arena;
  bool failed;
} blotter;

/* Facts that cannot be read mark nothing: the audit tells of them. */
static void read_facts(blotter *self, const pi_round *round) {
  pi_case *input = pi_arena_alloc(self->arena, sizeof *input);
  pubint_error error;
  if (input == NULL) {
    self->failed = true;
    return;
  }
  pubint_status status = pi_decode_case(input, round->facts, 1, self->arena, NULL, &error);
  if (status == PUBINT_OK && input->has_spans) self->cases[self->count++] = input;
  if (status == PUBINT_E_SYSTEM) self->failed = true;
}

static void blot(blotter *self, pi_slice *text) {
  if (!pi_redact_other(self->cases, self->count, *text, self->arena, text)) self->failed = true;
}

static void blot_round(blotter *self, pi_round *round) {
  pi_step *steps = pi_arena_alloc(self->arena, ((size_t)round->steps_count + 1) * sizeof *steps);
  if (steps == NULL) {
    self->failed = true;
    return;
  }
  blot(self, &round->reason);
  for (int i = 0; i < round->steps_count; i++) {
    steps[i] = round->steps[i];
    blot(self, &steps[i].reason);
    blot(self, &steps[i].finding);
    blot(self, &steps[i].team);
  }
  round->steps = steps;
}

static void blot_corrections(blotter *self, pi_record *record) {
  pi_correction *out = pi_arena_alloc(self->arena, ((size_t)record->corrections_count + 1) * sizeof *out);
  if (out == NULL) {
    self->failed = true;
    return;
  }
  for (int i = 0; i < record->corrections_count; i++) {
    out[i] = record->corrections[i];
    blot(self, &out[i].note);
  }
  record->corrections = out;
}

bool pi_record_blot(pi_record *out, const pi_record *record, pi_arena *arena) {
  *out = *record;
  size_t count = (size_t)record->rounds_count;
  blotter self = {.arena = arena, .cases = pi_arena_alloc(arena, (count + 1) * sizeof *self.cases)};
  pi_round *rounds = pi_arena_alloc(arena, (count + 1) * sizeof *rounds);
  if (self.cases == NULL || rounds == NULL) return false;
  for (size_t i = 0; i < count && !self.failed; i++) {
    rounds[i] = record->rounds[i];
    read_facts(&self, &rounds[i]);
  }
  if (self.count == 0) return !self.failed;
  for (size_t i = 0; i < count && !self.failed; i++) blot_round(&self, &rounds[i]);
  out->rounds = rounds;
  if (!self.failed) blot_corrections(&self, out);
  return !self.failed;
}
