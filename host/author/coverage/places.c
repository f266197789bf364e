#include "places.h"

#include <stdio.h>

#include "policy_place.h"

void pi_place_fill(pubint_error *error, const pi_script *script, uint32_t line, pi_slice token) {
  if (script == NULL) return;
  pi_policy_place_set(error, script, line, token);
  /* An id is often a fact's name too, and may be a signal's: where it stands in quotes behind a bracket is
   * meant, or only in quotes. */
  for (size_t i = 0; i < 2 && error->column == 0 && token.len > 0 && token.len <= 64; i++) {
    char quoted[72];
    snprintf(quoted, sizeof quoted, "%s\"%.*s\"", i == 0 ? "(" : "", (int)token.len, token.ptr);
    pi_policy_place_set(error, script, line, pi_slice_of(quoted));
    if (error->column > 0) error->column += 2 - i;
  }
}

/* Whether the tokens at `t` are balance : method ( "id". */
static bool is_contribution(const pi_tokens *tokens, uint32_t t, pi_place_kind *kind) {
  if (t + 3 >= tokens->count || !pi_token_is(&tokens->items[t], ":")) return false;
  if (!pi_token_is(&tokens->items[t + 2], "(") || tokens->items[t + 3].kind != PI_TOKEN_STRING) return false;
  const pi_token *method = &tokens->items[t + 1];
  if (pi_token_is(method, "interest")) {
    *kind = PI_PLACE_INTEREST;
  } else if (pi_token_is(method, "harm")) {
    *kind = PI_PLACE_HARM;
  } else if (pi_token_is(method, "condition")) {
    *kind = PI_PLACE_CONDITION;
  } else {
    return false;
  }
  return true;
}

static void add_rows(pi_places *out, const pi_script *script) {
  const pi_tokens *tokens = &out->tokens[script->index];
  for (uint32_t t = 0; t < tokens->count; t++) {
    pi_place_kind kind;
    if (!is_contribution(tokens, t, &kind)) continue;
    const pi_token *id = &tokens->items[t + 3];
    pi_slice text = pi_token_string(id);
    /* "a" .. name is no id that stands there */
    bool whole = t + 4 < tokens->count && pi_token_is(&tokens->items[t + 4], ",");
    if (text.ptr == NULL || !whole) continue;
    out->rows[out->count++] = (pi_place_row){.kind = kind, .script = script, .id = text, .line = id->line};
  }
}

pubint_status pi_places_find(pi_places *out, const pubint_policy *policy, pi_arena *arena,
                             pubint_error *error) {
  *out = (pi_places){.policy = policy};
  pi_tokens *tokens = pi_arena_alloc(arena, (policy->scripts_count + 1) * sizeof *tokens);
  if (tokens == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  uint32_t most = 0;
  for (uint32_t i = 0; i < policy->scripts_count; i++) {
    if (!pi_tokens_read(policy->scripts[i].source, false, arena, &tokens[i])) {
      return pi_error_set(error, PI_E_NO_MEMORY);
    }
    most += tokens[i].count / 5 + 1; /* : method ( "id" , */
  }
  out->tokens = tokens;
  out->rows = pi_arena_alloc(arena, ((size_t)most + 1) * sizeof *out->rows);
  if (out->rows == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  for (uint32_t i = 0; i < policy->scripts_count; i++) add_rows(out, &policy->scripts[i]);
  return PUBINT_OK;
}

const pi_place_row *pi_places_of(const pi_places *places, const pi_script *script, bool condition,
                                 pi_slice id) {
  const pi_place_row *in_lib = NULL;
  for (uint32_t i = 0; i < places->count; i++) {
    const pi_place_row *row = &places->rows[i];
    if ((row->kind == PI_PLACE_CONDITION) != condition || !pi_slice_equal(row->id, id)) continue;
    if (row->script == script) return row;
    if (row->script->kind == PI_SCRIPT_LIB && in_lib == NULL) in_lib = row;
  }
  return in_lib;
}

const pi_token *pi_places_mention(const pi_places *places, const pi_script *script, pi_slice id) {
  const pi_tokens *tokens = &places->tokens[script->index];
  for (uint32_t t = 0; t < tokens->count && id.ptr != NULL; t++) {
    pi_slice text =
        tokens->items[t].kind == PI_TOKEN_STRING ? pi_token_string(&tokens->items[t]) : (pi_slice){NULL, 0};
    if (text.ptr != NULL && pi_slice_equal(text, id)) return &tokens->items[t];
  }
  return NULL;
}

uint32_t pi_places_key(const pi_places *places, const pi_script *script, const char *key) {
  const pi_tokens *tokens = &places->tokens[script->index];
  for (uint32_t t = 0; t + 1 < tokens->count; t++) {
    bool found = pi_token_is(&tokens->items[t], key) && pi_token_is(&tokens->items[t + 1], "=");
    if (found) return tokens->items[t].line;
  }
  return 1;
}

uint32_t pi_places_note(const pi_places *places, const pi_script *script) {
  const pi_tokens *tokens = &places->tokens[script->index];
  for (uint32_t t = 1; t < tokens->count; t++) {
    bool call = pi_token_is(&tokens->items[t], "note") && pi_token_is(&tokens->items[t - 1], ":");
    if (call) return tokens->items[t].line;
  }
  return 0;
}
