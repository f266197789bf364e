#include <stdlib.h>

#include "case.h"
#include "decode.h"
#include "errors.h"

/* A case takes its own bytes and what is unescaped, at most as much again; a tree of signals takes a node
 * for every two of its 16 Ki bytes, and room to sort them. */
enum { BLOCK_BYTES = 4096, ARENA_BYTES_MAX = 8 * 1024 * 1024 };

pubint_status pubint_case_parse(pubint_case **out, const char *json, size_t bytes, pubint_error *error) {
  *out = NULL;
  pubint_case *self = malloc(sizeof *self);
  if (self == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  pi_arena_init(&self->arena, BLOCK_BYTES, ARENA_BYTES_MAX);

  /* What is too long is refused without being copied; the decoder says so. */
  pi_slice input = {json, bytes};
  if (bytes <= PUBINT_CASE_BYTES_MAX) input = pi_arena_copy(&self->arena, input);
  pubint_status status = PUBINT_OK;
  if (input.ptr == NULL) status = pi_error_set(error, PI_E_NO_MEMORY);
  if (status == PUBINT_OK) status = pi_decode_case(&self->facts, input, 1, &self->arena, NULL, error);
  if (status == PUBINT_OK) {
    pi_slice *id = &self->facts.facts[PI_FACT_ID].string;
    *id = pi_arena_copy(&self->arena, *id);
    if (id->ptr == NULL) status = pi_error_set(error, PI_E_NO_MEMORY);
  }
  if (status != PUBINT_OK) {
    pubint_case_free(self);
    return status;
  }
  *out = self;
  return PUBINT_OK;
}

void pubint_case_free(pubint_case *self) {
  if (self == NULL) return;
  pi_arena_dispose(&self->arena);
  free(self);
}

const char *pubint_case_id(const pubint_case *self) {
  return self->facts.facts[PI_FACT_ID].string.ptr;
}
