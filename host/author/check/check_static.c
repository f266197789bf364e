#include "check_static.h"

#include "check_names.h"
#include "check_whole.h"
#include "check_words.h"
#include "errors.h"

static pi_finding at(unsigned code, const pi_script *script, uint32_t line, pi_slice token) {
  return (pi_finding){.code = code, .script = script, .line = line, .token = token, .fact = PI_FACT_COUNT};
}

/* ---- languages and comments ---- */

/* language = "xx" of a market whose notices nobody has translated. */
static pubint_status check_language(pi_check *self, const pi_script *script) {
  const pi_tokens *tokens = &self->coverage->places.tokens[script->index];
  for (uint32_t t = 0; t + 2 < tokens->count; t++) {
    const pi_token *token = &tokens->items[t + 2];
    bool key = pi_token_is(token - 2, "language") && pi_token_is(token - 1, "=");
    pi_slice language = key ? pi_token_string(token) : (pi_slice){NULL, 0};
    if (language.ptr == NULL) continue;
    for (uint32_t i = 0; i < self->policy->locales_count; i++) {
      if (pi_slice_equal(self->policy->locales[i].name, language)) return PUBINT_OK;
    }
    pi_finding finding = at(PI_E_CHECK_LANGUAGE, script, token->line, language);
    finding.note = true;
    return pi_check_add(self, finding, NULL, "there is no locales/%.*s.json: notices are in English",
                        language.len > 48 ? 48 : (int)language.len, language.ptr);
  }
  return PUBINT_OK;
}

/* The first line of the paragraph of `line`, which goes up to an empty one. */
static uint32_t paragraph_of(pi_slice source, uint32_t line) {
  uint32_t first = 1, at = 1;
  bool empty = true;
  for (size_t i = 0; i < source.len && at < line; i++) {
    if ((unsigned char)source.ptr[i] > ' ') empty = false;
    if (source.ptr[i] != '\n') continue;
    if (empty) first = at + 1;
    empty = true;
    at++;
  }
  return first;
}

/* A comment anywhere in the paragraph above, or beside it, will do; but a waiver says why a finding stands,
 * and not what something is for. */
static bool is_documented(const pi_check *self, const pi_place_row *row) {
  const pi_tokens *tokens = &self->waivers.tokens[row->script->index];
  uint32_t first = paragraph_of(row->script->source, row->line);
  for (uint32_t t = 0; t < tokens->count && tokens->items[t].line <= row->line; t++) {
    const pi_token *token = &tokens->items[t];
    bool says = token->kind == PI_TOKEN_COMMENT && !pi_waivers_is(token);
    if (says && pi_token_last_line(token) >= first) return true;
  }
  return false;
}

static pubint_status check_places(pi_check *self) {
  pubint_status status = PUBINT_OK;
  for (uint32_t i = 0; i < self->coverage->places.count && status == PUBINT_OK; i++) {
    const pi_place_row *row = &self->coverage->places.rows[i];
    bool condition = row->kind == PI_PLACE_CONDITION;
    int shown = row->id.len > 48 ? 48 : (int)row->id.len;
    if (!is_documented(self, row)) {
      status = pi_check_add(self, at(PI_E_CHECK_UNDOCUMENTED, row->script, row->line, row->id), NULL,
                            "no comment says what %s '%.*s' is for", condition ? "condition" : "factor",
                            shown, row->id.ptr);
    }
    if (status != PUBINT_OK) break;
    status = pi_check_name(self, row->script, row->line, condition ? "condition" : "factor", row->id);
  }
  return status;
}

/* ---- classes and bars ---- */

/* A rule less likely to be excepted has no lower bar than one that is more likely to be; said of the one with
 * the lower bar. */
static pubint_status check_bars(pi_check *self) {
  const pubint_policy *policy = self->policy;
  pubint_status status = PUBINT_OK;
  for (uint32_t i = 0; i < policy->scripts_count && status == PUBINT_OK; i++) {
    const pi_script *script = &policy->scripts[i];
    const pi_script *worst = NULL;
    for (uint32_t j = 0; j < policy->scripts_count && pi_whole_class(script) == PI_CLASS_STRICTER; j++) {
      const pi_script *other = &policy->scripts[j];
      if (pi_whole_class(other) != PI_CLASS_LOOSER) continue;
      if (other->bar > script->bar && (worst == NULL || other->bar > worst->bar)) worst = other;
    }
    if (worst == NULL) continue;
    uint32_t line = pi_places_key(&self->coverage->places, script, "bar");
    status = pi_check_add(self, at(PI_E_CHECK_BAR_ORDER, script, line, PI_SLICE("bar")), NULL,
                          "the bar of %s (%s) is lower than that of %s (%s)", script->name.ptr,
                          script->class_name.ptr, worst->name.ptr, worst->class_name.ptr);
  }
  return status;
}

/* ---- state and holes ---- */

static pubint_status check_state(pi_check *self, const pi_script *script) {
  const pi_script_seen *seen = &self->coverage->scripts[script->index];
  pubint_status status = PUBINT_OK;
  for (uint32_t line = 1; line <= seen->lines_count && status == PUBINT_OK; line++) {
    if (pi_line_set_has(&seen->code.globals, line)) {
      status = pi_check_add(self, at(PI_E_CHECK_STATE, script, line, (pi_slice){"", 0}), NULL,
                            "a name is set without local");
    }
    if (status == PUBINT_OK && pi_line_set_has(&seen->code.assigns, line)) {
      pi_finding finding = at(PI_E_CHECK_STATE, script, line, (pi_slice){"", 0});
      finding.which = 1;
      status = pi_check_add(self, finding, NULL,
                            "a function sets something outside itself, which is gone at the next call");
    }
  }
  return status;
}

/* { 1, nil, 3 }: a nil that stands for an item, with another item behind it. */
static pubint_status check_holes(pi_check *self, const pi_script *script) {
  const pi_tokens *tokens = &self->coverage->places.tokens[script->index];
  char open[256]; /* brackets around */
  size_t depth = 0;
  pubint_status status = PUBINT_OK;
  for (uint32_t t = 0; t < tokens->count && status == PUBINT_OK; t++) {
    const pi_token *token = &tokens->items[t];
    char c = token->text.len == 1 ? token->text.ptr[0] : '\0';
    if ((c == '{' || c == '(' || c == '[') && depth < sizeof open) open[depth++] = c;
    if ((c == '}' || c == ')' || c == ']') && depth > 0) depth--;
    bool item = pi_token_is(token, "nil") && depth > 0 && open[depth - 1] == '{' && t > 0 &&
                (pi_token_is(&tokens->items[t - 1], ",") || pi_token_is(&tokens->items[t - 1], "{"));
    if (!item || t + 2 >= tokens->count || !pi_token_is(&tokens->items[t + 1], ",")) continue;
    if (pi_token_is(&tokens->items[t + 2], "}")) continue;
    pi_finding finding = at(PI_E_CHECK_HOLES, script, token->line, PI_SLICE("nil"));
    finding.which = finding.column = token->column;
    status = pi_check_add(self, finding, NULL, "a list with a hole: its length is not one number");
  }
  return status;
}

pubint_status pi_check_static(pi_check *self) {
  pubint_status status = check_places(self);
  if (status == PUBINT_OK) status = check_bars(self);
  for (uint32_t i = 0; i < self->policy->scripts_count && status == PUBINT_OK; i++) {
    const pi_script *script = &self->policy->scripts[i];
    if (script->kind == PI_SCRIPT_RULE) {
      uint32_t line = pi_places_key(&self->coverage->places, script, "rule");
      status = pi_check_name(self, script, line, "rule", script->name);
    }
    if (status == PUBINT_OK && script->kind == PI_SCRIPT_MARKET) status = check_language(self, script);
    if (status == PUBINT_OK) status = check_state(self, script);
    if (status == PUBINT_OK) status = check_holes(self, script);
    if (status == PUBINT_OK) status = pi_check_words(self, script);
  }
  return status;
}
