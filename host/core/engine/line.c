#include "line.h"

#include "errors.h"

enum { ARENA_BLOCK = 64 * 1024, ARENA_MAX = 64 * 1024 * 1024 };

void pi_line_init(pi_line *self) {
  pi_arena_init(&self->arena, ARENA_BLOCK, ARENA_MAX);
  self->memory = (pi_decode_memory){0};
  self->input.known = 0;
}

void pi_line_dispose(pi_line *self) {
  pi_arena_dispose(&self->arena);
}

pubint_status pi_line_read(pi_line *self, pi_slice text, uint64_t number) {
  pi_arena_reset(&self->arena);
  return pi_decode_case(&self->input, text, number, &self->arena, &self->memory, &self->refusal);
}

/* Of a status that came with `refusal`: what ends the run, and what is the line's own. */
static pubint_status answer(pi_line *self, pubint_status status, const pubint_evaluation **out,
                            pubint_error *error) {
  if (status == PUBINT_OK) return status;
  *out = NULL;
  if (status == PUBINT_E_SYSTEM) {
    if (error != NULL) *error = self->refusal;
    return status;
  }
  /* How much longer it is was perhaps never looked at, and that depends on how the line came. */
  if (self->refusal.code == PI_E_LINE_TOO_LONG) self->refusal.found[0] = '\0';
  return PUBINT_OK;
}

pubint_status pi_line_evaluate(pi_line *self, pubint_engine *engine, pi_slice text, uint64_t number,
                               const pubint_evaluation **out, pubint_error *error) {
  pubint_status status = pi_line_read(self, text, number);
  if (status != PUBINT_OK) pi_error_hint_line(&self->refusal, text);
  if (status != PUBINT_OK) return answer(self, status, out, error);
  return pi_line_evaluate_again(self, engine, out, error);
}

pubint_status pi_line_evaluate_again(pi_line *self, pubint_engine *engine, const pubint_evaluation **out,
                                     pubint_error *error) {
  return answer(self, pi_engine_evaluate(engine, &self->input, out, &self->refusal), out, error);
}

pi_slice pi_line_id(const pi_line *self) {
  return pi_case_knows(&self->input, PI_FACT_ID) ? pi_case_text(&self->input, PI_FACT_ID) : (pi_slice){"", 0};
}
