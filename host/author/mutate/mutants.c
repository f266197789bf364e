#include "mutants.h"

#include <pubint/engine.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "errors.h"
#include "outline.h"
#include "places.h"
#include "tests.h"
#include "tokens.h"

enum { ARENA_BLOCK = 256 * 1024, ARENA_MAX = 256 * 1024 * 1024, AFTER_BYTES = 64 };

/* ---- finding them ---- */

/* Words and operators, and what each becomes. */
static const struct {
  const char *what;
  const char *before;
  const char *after;
} SWAPS[] = {
    {"comparison", "<", "<="},    {"comparison", "<=", "<"},      {"comparison", ">", ">="},
    {"comparison", ">=", ">"},    {"comparison", "==", "~="},     {"comparison", "~=", "=="},
    {"logic", "and", "or"},       {"logic", "or", "and"},         {"logic", "true", "false"},
    {"logic", "false", "true"},   {"factor", "interest", "harm"}, {"factor", "harm", "interest"},
    {"comparison", "max", "min"}, {"comparison", "min", "max"},   {"arithmetic", "+", "-"},
    {"arithmetic", "-", "+"},     {"arithmetic", "*", "+"},       {"arithmetic", "/", "*"},
    {"arithmetic", "//", "/"},
};

static bool add(pi_mutants *self, const pi_script *script, const char *what, const pi_token *token,
                pi_slice before, pi_slice after) {
  if (self->count == PI_MUTANTS_MAX) {
    self->all = false;
    return true;
  }
  pi_slice kept = pi_arena_copy(&self->arena, after);
  if (kept.ptr == NULL) return false;
  self->items[self->count++] = (pi_mutant){.script = script,
                                           .what = what,
                                           .line = token->line,
                                           .column = token->column,
                                           .from = (size_t)(before.ptr - script->source.ptr),
                                           .before = before,
                                           .after = kept};
  return true;
}

/* The smallest step that a table of weights and limits is read in: one for whole numbers, a hundredth for
 * others. A weight of 10 goes down, since there is none above, and so does a strength of 1. */
static bool step_number(const pi_token *token, bool weight, char out[AFTER_BYTES]) {
  char text[32], *end;
  if (token->text.len >= sizeof text) return false;
  memcpy(text, token->text.ptr, token->text.len);
  text[token->text.len] = '\0';
  if (memchr(text, '.', token->text.len) == NULL) {
    unsigned long value = strtoul(text, &end, 10);
    if (*end != '\0') return false;
    snprintf(out, AFTER_BYTES, "%lu", value == 10 || (value == 1 && !weight) ? value - 1 : value + 1);
    return true;
  }
  const char *point = strchr(text, '.');
  unsigned long whole = strtoul(text, &end, 10);
  if (end != point) return false;
  unsigned long part = strtoul(point + 1, &end, 10);
  size_t digits = strlen(point + 1);
  if (*end != '\0' || digits == 0 || digits > 9) return false;
  unsigned long unit = 1, step = 1;
  for (size_t i = 0; i < digits; i++) unit *= 10;
  for (size_t i = 2; i < digits; i++) step *= 10;
  if (digits == 1) {
    unit *= 10;
    part *= 10;
    digits = 2;
  }
  unsigned long value = whole * unit + part + step;
  snprintf(out, AFTER_BYTES, "%lu.%0*lu", value / unit, (int)digits, value % unit);
  return true;
}

/* balance:condition("id", MET, …): MET becomes its opposite. */
static bool add_condition(pi_mutants *self, const pi_script *script, const pi_tokens *tokens, uint32_t t) {
  uint32_t first = t + 5, last = first;
  int depth = 0;
  for (; last < tokens->count; last++) {
    const pi_token *token = &tokens->items[last];
    bool opens = pi_token_is(token, "(") || pi_token_is(token, "{") || pi_token_is(token, "[") ||
                 pi_token_is(token, "function");
    bool closes = pi_token_is(token, ")") || pi_token_is(token, "}") || pi_token_is(token, "]") ||
                  pi_token_is(token, "end");
    if (depth == 0 && (closes || pi_token_is(token, ","))) break;
    depth += opens ? 1 : closes ? -1 : 0;
  }
  if (last == first || last >= tokens->count) return true;
  const pi_token *end = &tokens->items[last - 1];
  const char *begin = tokens->items[first].text.ptr;
  pi_slice before = {begin, (size_t)(end->text.ptr + end->text.len - begin)};
  pi_buffer after;
  pi_buffer_init(&after, 4096);
  pi_buffer_text(&after, "not (");
  pi_buffer_slice(&after, before);
  pi_buffer_text(&after, ")");
  bool done = !after.failed && add(self, script, "condition", &tokens->items[first], before,
                                   (pi_slice){after.data, after.len});
  pi_buffer_dispose(&after);
  return done;
}

/* Whether the token is what a name says of itself and no call or key: harm in `balance:harm(`. */
static bool is_method(const pi_tokens *tokens, uint32_t t) {
  return t > 0 && t + 1 < tokens->count &&
         (pi_token_is(&tokens->items[t - 1], ":") || pi_token_is(&tokens->items[t - 1], ".")) &&
         pi_token_is(&tokens->items[t + 1], "(");
}

/* Whether something stands left of the operator at `t`: the minus of -1 has nothing there. */
static bool has_left(const pi_tokens *tokens, uint32_t t) {
  static const char *const WORDS[] = {"return", "and", "or", "not", "then", "else", "in", "do"};
  if (t == 0) return false;
  const pi_token *left = &tokens->items[t - 1];
  for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
    if (pi_token_is(left, WORDS[i])) return false;
  }
  return left->kind != PI_TOKEN_OPERATOR || pi_token_is(left, ")") || pi_token_is(left, "]");
}

static bool add_token(pi_mutants *self, const pi_script *script, const pi_tokens *tokens, uint32_t t) {
  const pi_token *token = &tokens->items[t];
  char after[AFTER_BYTES];
  if (token->kind == PI_TOKEN_NUMBER) {
    bool weight = t > 0 && t + 1 < tokens->count && pi_token_is(&tokens->items[t - 1], ",") &&
                  pi_token_is(&tokens->items[t + 1], ")");
    return !step_number(token, weight, after) ||
           add(self, script, "number", token, token->text, pi_slice_of(after));
  }
  if (token->kind != PI_TOKEN_NAME && token->kind != PI_TOKEN_OPERATOR) return true;
  if (pi_token_is(token, "condition") && is_method(tokens, t) && t + 4 < tokens->count &&
      pi_token_is(&tokens->items[t + 3], ",")) {
    return add_condition(self, script, tokens, t - 1);
  }
  if (pi_token_is(token, "not")) return add(self, script, "logic", token, token->text, PI_SLICE(""));
  for (size_t i = 0; i < sizeof SWAPS / sizeof *SWAPS; i++) {
    if (!pi_token_is(token, SWAPS[i].before)) continue;
    if (SWAPS[i].what[0] == 'a' && !has_left(tokens, t)) return true;
    bool name = strcmp(SWAPS[i].what, "factor") == 0 || SWAPS[i].before[0] == 'm';
    if (name && !is_method(tokens, t)) return true;
    return add(self, script, SWAPS[i].what, token, token->text, pi_slice_of(SWAPS[i].after));
  }
  return true;
}

pubint_status pi_mutants_find(pi_mutants *out, const pubint_policy *policy, pubint_error *error) {
  *out = (pi_mutants){.all = true};
  pi_arena_init(&out->arena, ARENA_BLOCK, ARENA_MAX);
  out->items = pi_arena_alloc(&out->arena, PI_MUTANTS_MAX * sizeof *out->items);
  bool done = out->items != NULL;
  for (uint32_t i = 0; i < policy->scripts_count && done; i++) {
    const pi_script *script = &policy->scripts[i];
    pi_tokens tokens;
    done = pi_tokens_read(script->source, false, &out->arena, &tokens);
    for (uint32_t t = 0; done && t < tokens.count; t++) done = add_token(out, script, &tokens, t);
  }
  return done ? PUBINT_OK : pi_error_set(error, PI_E_NO_MEMORY);
}

void pi_mutants_dispose(pi_mutants *self) {
  pi_arena_dispose(&self->arena);
}

/* ---- trying them ---- */

/* Runs the tests on a policy until one fails. */
static pubint_status run_tests(const pubint_policy *policy, const pi_mutants_options *options, bool *passed,
                               pubint_error *error) {
  pubint_engine *engine;
  pi_test_totals totals = {0};
  pi_test_options what = {.filter = options->filter, .stop_at_failure = true, .stop = options->stop};
  pubint_status status = pubint_engine_new(&engine, policy, error);
  if (status == PUBINT_OK) status = pi_tests_run(policy, engine, &what, &totals, error);
  pubint_engine_free(engine);
  *passed = totals.failed == 0;
  return status;
}

static pubint_status try_mutant(pi_mutant *mutant, const pubint_policy *policy, pi_buffer *source,
                                const pi_mutants_options *options, pubint_error *error) {
  pi_slice text = mutant->script->source;
  size_t behind = mutant->from + mutant->before.len;
  pi_buffer_reset(source);
  pi_buffer_append(source, text.ptr, mutant->from);
  pi_buffer_slice(source, mutant->after);
  pi_buffer_append(source, text.ptr + behind, text.len - behind);
  if (source->failed) return pi_error_set(error, PI_E_NO_MEMORY);
  pi_policy_change change = {mutant->script->file, {source->data, source->len}};
  pubint_policy *changed;
  pubint_status status = pi_policy_load_changed(&changed, policy, &change, error);
  if (status == PUBINT_E_POLICY) { /* it does not even load */
    mutant->end = PI_MUTANT_NOTICED;
    return PUBINT_OK;
  }
  bool passed = true;
  if (status == PUBINT_OK) status = run_tests(changed, options, &passed, error);
  pubint_policy_free(changed);
  if (pi_stop_asked(options->stop)) return status; /* not run to its end */
  mutant->end = passed ? PI_MUTANT_SURVIVED : PI_MUTANT_NOTICED;
  return status;
}

pubint_status pi_mutants_run(pi_mutants *out, const pubint_policy *policy, const pi_mutants_options *options,
                             pubint_error *error) {
  bool passed = true;
  pubint_status status = pi_mutants_find(out, policy, error);
  if (status == PUBINT_OK) status = run_tests(policy, options, &passed, error);
  if (status == PUBINT_OK && !passed) return pi_error_set(error, PI_E_TESTS_FAIL);
  pi_buffer source;
  pi_buffer_init(&source, 4 * 1024 * 1024);
  for (uint32_t i = 0; i < out->count && status == PUBINT_OK; i++) {
    if (pi_stop_asked(options->stop)) break;
    if (options->progress != NULL) options->progress(options->context, i, out->count);
    status = try_mutant(&out->items[i], policy, &source, options, error);
    out->noticed += out->items[i].end == PI_MUTANT_NOTICED;
    out->survived += out->items[i].end == PI_MUTANT_SURVIVED;
  }
  pi_buffer_dispose(&source);
  return status;
}

/* ---- telling them ---- */

/* "number: 1.5 → 0.5", cut where it is long. */
static void change_text(const pi_mutant *mutant, char *out, size_t size) {
  snprintf(out, size, "%s: %.*s → %.*s", mutant->what,
           mutant->before.len > 100 ? 100 : (int)mutant->before.len, mutant->before.ptr,
           mutant->after.len > 110 ? 110 : (int)mutant->after.len,
           mutant->after.len > 0 ? mutant->after.ptr : "(nothing)");
}

void pi_mutants_print(const pi_mutants *self, pi_page *page) {
  char text[400];
  for (uint32_t i = 0; i < self->count; i++) {
    const pi_mutant *mutant = &self->items[i];
    if (mutant->end != PI_MUTANT_SURVIVED) continue;
    char change[300];
    change_text(mutant, change, sizeof change);
    snprintf(text, sizeof text, "%s:%u:%u: E%d: no test notices this %s", mutant->script->file.ptr,
             mutant->line, mutant->column, PI_E_CHECK_MUTANT, change);
    pi_page_wrap(page, 4, PI_STYLE_PLAIN, pi_slice_of(text));
  }
  if (!self->all) {
    snprintf(text, sizeof text, "There are more than %d changes; the first of them were tried.",
             PI_MUTANTS_MAX);
    pi_page_wrap(page, 0, PI_STYLE_OPEN, pi_slice_of(text));
  }
  snprintf(text, sizeof text, "%u changes, %u noticed, %u not", self->count, self->noticed, self->survived);
  pi_page_wrap(page, 0, self->survived > 0 ? PI_STYLE_BAD : PI_STYLE_GOOD, pi_slice_of(text));
}

void pi_mutants_write(const pi_mutants *self, pi_buffer *out) {
  pi_outline outline = pi_outline_begin(out);
  pi_outline_count(&outline, "changes", self->count);
  pi_outline_count(&outline, "noticed", self->noticed);
  pi_outline_open(&outline, "survived", '[');
  for (uint32_t i = 0; i < self->count; i++) {
    const pi_mutant *mutant = &self->items[i];
    if (mutant->end != PI_MUTANT_SURVIVED) continue;
    pi_outline_open(&outline, NULL, '{');
    pi_outline_string(&outline, "code", PI_SLICE("E6019"));
    pi_outline_string(&outline, "script", mutant->script->file);
    pi_outline_count(&outline, "line", mutant->line);
    pi_outline_count(&outline, "column", mutant->column);
    pi_outline_text(&outline, "what", mutant->what);
    pi_outline_string(&outline, "before", mutant->before);
    pi_outline_string(&outline, "after", mutant->after);
    pi_outline_close(&outline, '}');
  }
  pi_outline_close(&outline, ']');
  pi_outline_end(&outline);
}

void pi_mutants_results(const pi_mutants *self, pi_results *out) {
  for (uint32_t i = 0; i < self->count; i++) {
    const pi_mutant *mutant = &self->items[i];
    if (mutant->end != PI_MUTANT_SURVIVED) continue;
    char change[400], message[440];
    change_text(mutant, change, sizeof change);
    snprintf(message, sizeof message, "no test notices this %s", change);
    pi_results_add(out, &(pi_result){.code = PI_E_CHECK_MUTANT,
                                     .file = mutant->script->file,
                                     .line = mutant->line,
                                     .column = mutant->column,
                                     .text = pi_results_line(mutant->script->source, mutant->line),
                                     .message = pi_slice_of(message),
                                     .key = pi_slice_of(change)});
  }
}
