#include "literals.h"

#include <stdlib.h>

#include "decimal.h"
#include "errors.h"
#include "policy_load.h"

/* ---- finding them ---- */

static bool is_one_of(const pi_token *token, const char *const *words, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (pi_token_is(token, words[i])) return true;
  }
  return false;
}

/* An operator that makes something else of the number beside it. */
static bool is_computing(const pi_token *token) {
  static const char *const OPERATORS[] = {"+",  "-",  "*",  "/",  "//", "%", "^", "..", "<",  ">",
                                          "<=", ">=", "==", "~=", "&",  "|", "~", "<<", ">>", "#"};
  return token->kind == PI_TOKEN_OPERATOR &&
         is_one_of(token, OPERATORS, sizeof OPERATORS / sizeof *OPERATORS);
}

/* `: interest ( "id" , … , NUMBER )` with the number at `t`, where the commas are the call's own. */
static bool is_weight(const pi_tokens *tokens, uint32_t t, pi_slice *factor) {
  int depth = 0, commas = 0;
  if (t + 1 >= tokens->count || !pi_token_is(&tokens->items[t + 1], ")")) return false;
  for (uint32_t i = t; i-- > 0;) {
    const pi_token *token = &tokens->items[i];
    if (is_one_of(token, (const char *const[]){")", "}", "]", "end"}, 4)) depth++;
    if (is_one_of(token, (const char *const[]){"(", "{", "[", "function", "do", "then"}, 6)) depth--;
    if (depth == 0 && pi_token_is(token, ",")) commas++;
    if (depth == 0 && commas == 0) return false; /* the number does not stand alone */
    if (depth >= 0) continue;
    bool calls =
        i >= 2 && pi_token_is(token, "(") && pi_token_is(&tokens->items[i - 2], ":") &&
        (pi_token_is(&tokens->items[i - 1], "interest") || pi_token_is(&tokens->items[i - 1], "harm"));
    *factor = pi_token_string(&tokens->items[i + 1]);
    if (!pi_token_is(&tokens->items[i + 2], ",")) *factor = (pi_slice){NULL, 0};
    return calls && commas == 2;
  }
  return false;
}

static pi_literal literal_of(const pi_script *script, const pi_tokens *tokens, uint32_t t) {
  const pi_token *token = &tokens->items[t];
  pi_literal out = {.script = script, .token = token};
  const pi_token *before = t > 0 ? token - 1 : NULL, *behind = t + 1 < tokens->count ? token + 1 : NULL;
  if ((before != NULL && is_computing(before)) || (behind != NULL && is_computing(behind)))
    out.form = PI_LITERAL_COMPUTED;
  else if (!pi_balance_milli(pi_token_number(token), 0, PI_BAR_POINTS_MAX * PI_MILLI, &out.milli))
    out.form = PI_LITERAL_UNFIT;
  else if (is_weight(tokens, t, &out.factor))
    out.form = PI_LITERAL_WEIGHT;
  else if (script->kind == PI_SCRIPT_RULE && t >= 2 && pi_token_is(before, "=") &&
           pi_token_is(before - 1, "bar") && out.milli == script->bar)
    out.form = PI_LITERAL_BAR;
  return out;
}

pubint_status pi_literals_find(pi_literals *out, const pi_places *places, pi_arena *arena,
                               pubint_error *error) {
  const pubint_policy *policy = places->policy;
  uint32_t count = 0;
  *out = (pi_literals){.policy = policy};
  for (uint32_t s = 0; s < policy->scripts_count; s++) {
    const pi_tokens *tokens = &places->tokens[s];
    for (uint32_t t = 0; t < tokens->count; t++) count += tokens->items[t].kind == PI_TOKEN_NUMBER;
  }
  pi_literal *items = pi_arena_alloc(arena, ((size_t)count + 1) * sizeof *items);
  if (items == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  for (uint32_t s = 0; s < policy->scripts_count; s++) {
    const pi_tokens *tokens = &places->tokens[s];
    for (uint32_t t = 0; t < tokens->count; t++) {
      if (tokens->items[t].kind != PI_TOKEN_NUMBER) continue;
      items[out->count++] = literal_of(&policy->scripts[s], tokens, t);
    }
  }
  out->items = items;
  return PUBINT_OK;
}

/* ---- their names ---- */

/* The name that the number at `t` is given to, in a list as in local a, b = 1, 2 too; NULL: none. */
static const pi_token *name_of(const pi_tokens *tokens, uint32_t t) {
  uint32_t behind = 0;
  while (t > 1 && pi_token_is(&tokens->items[t - 1], ",")) {
    if (tokens->items[t - 2].kind != PI_TOKEN_NUMBER) return NULL;
    t -= 2;
    behind++;
  }
  if (t < 2 || !pi_token_is(&tokens->items[t - 1], "=")) return NULL;
  uint32_t last = t - 2, names = 1;
  if (last >= 3 && pi_token_is(&tokens->items[last], ">")) last -= 3; /* local w <const> = */
  while (last >= 2 * names && pi_token_is(&tokens->items[last - 2 * names + 1], ",")) names++;
  if (behind >= names) return NULL;
  const pi_token *name = &tokens->items[last - 2 * (names - 1 - behind)];
  return name->kind == PI_TOKEN_NAME ? name : NULL;
}

static bool is_computed_in(const pi_tokens *tokens, const pi_token *name) {
  for (uint32_t t = 0; t < tokens->count; t++) {
    const pi_token *token = &tokens->items[t];
    if (token == name || token->kind != PI_TOKEN_NAME || !pi_slice_equal(token->text, name->text)) continue;
    uint32_t first = t; /* of a.b.name */
    while (first >= 2 && pi_token_is(&tokens->items[first - 1], ".")) first -= 2;
    if (first > 0 && is_computing(&tokens->items[first - 1])) return true;
    if (t + 1 < tokens->count && is_computing(&tokens->items[t + 1])) return true;
  }
  return false;
}

bool pi_literals_name_is_computed(const pi_literals *self, const pi_places *places, uint32_t index) {
  const pi_literal *literal = &self->items[index];
  const pi_tokens *own = &places->tokens[literal->script->index];
  const pi_token *name = name_of(own, (uint32_t)(literal->token - own->items));
  if (name == NULL) return false;
  if (is_computed_in(own, name)) return true;
  bool local = name > own->items && pi_token_is(name - 1, "local");
  for (uint32_t s = 0; s < self->policy->scripts_count && !local; s++) {
    if (is_computed_in(&places->tokens[s], name)) return true;
  }
  return false;
}

/* ---- the policy with other numbers ---- */

/* The policy's own source, but for the scripts that numbers change in. */
typedef struct edited {
  const pi_literals *literals;
  const int32_t *milli;
} edited;

static bool is_changed(const edited *self, uint32_t i, const char *path) {
  return self->milli[i] >= 0 && pi_slice_equal(self->literals->items[i].script->file, pi_slice_of(path));
}

static pubint_status list_files(const pi_policy_source *source, const char *folder, pi_policy_take_name *take,
                                void *context, pubint_error *error) {
  const pi_policy_source *own = &((const edited *)source->state)->literals->policy->source;
  return own->list(own, folder, take, context, error);
}

static pubint_status read_file(const pi_policy_source *source, const char *path, pi_buffer *out,
                               pubint_error *error) {
  const edited *self = source->state;
  const pi_policy_source *own = &self->literals->policy->source;
  const char *from = NULL; /* as far as the script was taken */
  pi_slice text = {NULL, 0};
  for (uint32_t i = 0; i < self->literals->count; i++) {
    const pi_literal *literal = &self->literals->items[i];
    char digits[PI_DECIMAL_BYTES];
    if (!is_changed(self, i, path)) continue;
    text = literal->script->source;
    if (from == NULL) from = text.ptr;
    pi_buffer_append(out, from, (size_t)(literal->token->text.ptr - from));
    pi_buffer_append(out, digits, pi_decimal_write(digits, self->milli[i], 3));
    from = literal->token->text.ptr + literal->token->text.len;
  }
  if (from == NULL) return own->read(own, path, out, error);
  pi_buffer_append(out, from, (size_t)(text.ptr + text.len - from));
  return PUBINT_OK;
}

pubint_status pi_literals_load(pubint_policy **out, const pi_literals *self, const int32_t *milli,
                               pubint_error *error) {
  edited state = {self, milli};
  pi_policy_source source = {
      .name = self->policy->source.name, .state = &state, .list = list_files, .read = read_file};
  pubint_status status = pi_policy_load_source(out, source, error);
  if (status == PUBINT_OK) (*out)->source = (pi_policy_source){.name = (*out)->source.name};
  return status;
}
