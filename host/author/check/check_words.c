#include "check_words.h"

#include <stdio.h>
#include <string.h>

#include "errors.h"
#include "nearest.h"
#include "rules.h"

enum { SHORTEST = 4, LONG = 8 }; /* words that can be told to be misspelt; those that may be by two letters */

/* ---- all words ---- */

static void offer_words(pi_nearest *nearest, pi_words words) {
  for (uint8_t i = 0; i < words.count; i++) pi_nearest_offer(nearest, words.words[i]);
}

static void offer_rules(pi_nearest *nearest, const pubint_policy *policy) {
  for (int rule = 0; rule < PI_RULE_COUNT; rule++) pi_nearest_offer(nearest, PI_RULES[rule].id);
  for (uint32_t i = 0; i < policy->scripts_count; i++) {
    if (policy->scripts[i].kind != PI_SCRIPT_LIB) pi_nearest_offer(nearest, policy->scripts[i].name);
  }
}

static void offer_kinds(pi_nearest *nearest) {
  for (int rule = 0; rule < PI_RULE_COUNT; rule++) offer_words(nearest, PI_RULES[rule].kinds);
}

/* Whether `word` is one that some fact or violation has, or is far from all of them. */
static bool is_fine(const pi_check *self, pi_slice word, pi_nearest *nearest) {
  pi_nearest_init(nearest, word);
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) offer_words(nearest, PI_FACTS[fact].words);
  offer_rules(nearest, self->policy);
  offer_kinds(nearest);
  offer_words(nearest, PI_GROUNDS);
  offer_words(nearest, PI_SPAN_KINDS);
  if (nearest->best.ptr == NULL || word.len < SHORTEST) return true;
  if (pi_slice_equal(nearest->best, word)) return true;
  return nearest->distance > (word.len >= LONG ? 2 : 1);
}

/* ---- findings ---- */

/* The caret stands under the word itself, not under its quote. */
static pi_finding at_token(unsigned code, const pi_script *script, const pi_token *token, pi_slice word) {
  return (pi_finding){.code = code,
                      .script = script,
                      .line = token->line,
                      .column = token->column + (token->kind == PI_TOKEN_STRING),
                      .token = word,
                      .fact = PI_FACT_COUNT};
}

static int shown_bytes(pi_slice text) {
  return text.len > 64 ? 64 : (int)text.len;
}

/* `said` is what comes before the word. */
static pubint_status tell(pi_check *self, const pi_finding *finding, const char *said, pi_slice word,
                          const pi_nearest *nearest) {
  bool near = nearest->best.ptr != NULL;
  return pi_check_add(self, *finding, NULL, "%s '%.*s'%s%.*s%s", said, shown_bytes(word), word.ptr,
                      near ? "; did you mean '" : "", near ? shown_bytes(nearest->best) : 0,
                      near ? nearest->best.ptr : "", near ? "'?" : "");
}

static pubint_status tell_word(pi_check *self, const pi_script *script, const pi_token *token, pi_slice word,
                               const char *said, const pi_nearest *nearest) {
  pi_finding finding = at_token(PI_E_CHECK_WORD, script, token, word);
  return tell(self, &finding, said, word, nearest);
}

/* ---- what a text is compared with ---- */

/* The token that ends what stands before the comparison at `t`, as in `context.target.kind == "public"`; or
 * behind it, as in `"public" == context.target.kind`. */
static uint32_t other_side(const pi_tokens *tokens, uint32_t string) {
  static const char *const SIGNS[] = {"==", "~="};
  for (size_t i = 0; i < 2; i++) {
    if (string >= 2 && pi_token_is(&tokens->items[string - 1], SIGNS[i])) return string - 2;
    if (string + 2 >= tokens->count || !pi_token_is(&tokens->items[string + 1], SIGNS[i])) continue;
    uint32_t at = string + 2;
    while (at + 2 < tokens->count && pi_token_is(&tokens->items[at + 1], ".")) at += 2;
    return at;
  }
  return UINT32_MAX;
}

/* `owner.key`, the last two names of what ends at `end`. */
static bool names_of(const pi_tokens *tokens, uint32_t end, pi_slice *owner, pi_slice *key) {
  if (end < 2 || tokens->items[end].kind != PI_TOKEN_NAME) return false;
  if (!pi_token_is(&tokens->items[end - 1], ".") || tokens->items[end - 2].kind != PI_TOKEN_NAME)
    return false;
  *owner = tokens->items[end - 2].text;
  *key = tokens->items[end].text;
  return true;
}

static pi_fact fact_of(pi_slice owner, pi_slice key) {
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    pi_slice group =
        PI_FACTS[fact].group == PI_GROUP_ROOT ? PI_SLICE("case") : PI_GROUPS[PI_FACTS[fact].group].key;
    if (pi_slice_equal(PI_FACTS[fact].key, key) && pi_slice_equal(group, owner)) return (pi_fact)fact;
  }
  return PI_FACT_COUNT;
}

static pubint_status check_fact(pi_check *self, const pi_script *script, const pi_token *token, pi_slice word,
                                pi_fact fact) {
  const pi_fact_row *row = &PI_FACTS[fact];
  char said[120];
  pi_nearest nearest;
  pi_nearest_init(&nearest, word);
  if (row->type == PI_TYPE_STRENGTH || row->type == PI_TYPE_COUNT) {
    snprintf(said, sizeof said, "%s reads as a number, never as", row->path.ptr);
  } else if (row->type == PI_TYPE_BOOL) {
    snprintf(said, sizeof said, "%s reads as true or false, never as", row->path.ptr);
  } else if (row->type == PI_TYPE_WORD) {
    offer_words(&nearest, row->words);
    if (nearest.best.ptr != NULL && pi_slice_equal(nearest.best, word)) return PUBINT_OK;
    snprintf(said, sizeof said, "%s is never", row->path.ptr);
  } else {
    return PUBINT_OK;
  }
  return tell_word(self, script, token, word, said, &nearest);
}

/* Of a rule with kinds, its own script sees no others. */
static pubint_status check_violation(pi_check *self, const pi_script *script, const pi_token *token,
                                     pi_slice word, pi_slice key) {
  bool kind = pi_slice_equal(key, PI_SLICE("kind"));
  pi_nearest nearest;
  if (!kind && !pi_slice_equal(key, PI_SLICE("rule"))) return PUBINT_OK;
  pi_nearest_init(&nearest, word);
  pi_rule rule = script->kind == PI_SCRIPT_RULE ? pi_rule_find(script->name) : PI_RULE_OTHER;
  if (!kind) {
    offer_rules(&nearest, self->policy);
  } else if (rule < PI_RULE_COUNT) {
    offer_words(&nearest, PI_RULES[rule].kinds);
  } else {
    offer_kinds(&nearest);
  }
  if (nearest.best.ptr != NULL && pi_slice_equal(nearest.best, word)) return PUBINT_OK;
  /* Rules and kinds that no table has are the author's own: only a near one is a typo. */
  bool own = rule >= PI_RULE_COUNT && (nearest.best.ptr == NULL || nearest.distance > 2);
  if (own) return PUBINT_OK;
  return tell_word(self, script, token, word, kind ? "the kind of a violation is never" : "the rule is never",
                   &nearest);
}

/* Whether what ends at `end` is type(…). */
static bool is_type_call(const pi_tokens *tokens, uint32_t end) {
  int depth = 0;
  for (uint32_t t = end; t > 0; t--) {
    depth += pi_token_is(&tokens->items[t], ")") ? 1 : pi_token_is(&tokens->items[t], "(") ? -1 : 0;
    if (depth <= 0) return depth == 0 && t < end && pi_token_is(&tokens->items[t - 1], "type");
  }
  return false;
}

static pubint_status check_type(pi_check *self, const pi_script *script, const pi_token *token,
                                pi_slice word) {
  static const pi_slice TYPES[] = {
      PI_SLICE_INIT("nil"),   PI_SLICE_INIT("boolean"),  PI_SLICE_INIT("number"),  PI_SLICE_INIT("string"),
      PI_SLICE_INIT("table"), PI_SLICE_INIT("userdata"), PI_SLICE_INIT("function")};
  pi_nearest nearest;
  pi_nearest_init(&nearest, word);
  offer_words(&nearest, (pi_words){TYPES, sizeof TYPES / sizeof *TYPES});
  if (nearest.best.ptr != NULL && pi_slice_equal(nearest.best, word)) return PUBINT_OK;
  return tell_word(self, script, token, word, "type never gives", &nearest);
}

static pubint_status check_compared(pi_check *self, const pi_script *script, const pi_tokens *tokens,
                                    uint32_t string, pi_slice word) {
  uint32_t end = other_side(tokens, string);
  pi_slice owner, key;
  pi_nearest nearest;
  const pi_token *token = &tokens->items[string];
  if (end == UINT32_MAX) return PUBINT_OK;
  if (is_type_call(tokens, end)) return check_type(self, script, token, word);
  if (names_of(tokens, end, &owner, &key)) {
    pi_fact fact = fact_of(owner, key);
    if (pi_slice_equal(owner, PI_SLICE("signals"))) return PUBINT_OK;
    if (fact != PI_FACT_COUNT) return check_fact(self, script, token, word, fact);
    if (pi_slice_equal(owner, PI_SLICE("violation"))) {
      return check_violation(self, script, token, word, key);
    }
  }
  if (is_fine(self, word, &nearest)) return PUBINT_OK;
  return tell_word(self, script, token, word, "no fact, rule or kind has the word", &nearest);
}

/* A key of a set, as in { violence = true }. */
static bool is_of_set(const pi_tokens *tokens, uint32_t t) {
  return t > 0 && t + 2 < tokens->count && tokens->items[t].kind == PI_TOKEN_NAME &&
         (pi_token_is(&tokens->items[t - 1], "{") || pi_token_is(&tokens->items[t - 1], ",")) &&
         pi_token_is(&tokens->items[t + 1], "=") && pi_token_is(&tokens->items[t + 2], "true");
}

/* ---- signals ---- */

/* Whether the token at `t` names a signal: case.signals.NAME, or the text behind (case, balance, … */
static pi_slice signal_at(const pi_tokens *tokens, uint32_t t) {
  const pi_token *token = &tokens->items[t];
  pi_slice none = {NULL, 0};
  if (t < 4) return none;
  if (token->kind == PI_TOKEN_NAME) {
    bool field =
        pi_token_is(token - 1, ".") && pi_token_is(token - 2, "signals") && pi_token_is(token - 3, ".");
    return field ? token->text : none;
  }
  if (token->kind != PI_TOKEN_STRING) return none;
  bool argument = pi_token_is(token - 1, ",") && pi_token_is(token - 2, "balance") &&
                  pi_token_is(token - 3, ",") && pi_token_is(token - 4, "case");
  bool index =
      pi_token_is(token - 1, "[") && pi_token_is(token - 2, "signals") && pi_token_is(token - 3, ".");
  return argument || index ? pi_token_string(token) : none;
}

static bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Offers the words of a comment. */
static void offer_comment(pi_nearest *nearest, pi_slice text) {
  for (size_t i = 0; i < text.len;) {
    size_t from = i;
    while (i < text.len && is_letter(text.ptr[i])) i++;
    if (i > from) pi_nearest_offer(nearest, (pi_slice){text.ptr + from, i - from});
    i += i == from;
  }
}

static pubint_status check_signal(pi_check *self, const pi_script *script, const pi_tokens *all,
                                  const pi_token *token, pi_slice name) {
  pi_nearest nearest;
  pi_nearest_init(&nearest, name);
  for (uint32_t i = 0; i < all->count; i++) {
    bool says = all->items[i].kind == PI_TOKEN_COMMENT && !pi_waivers_is(&all->items[i]);
    if (says) offer_comment(&nearest, all->items[i].text);
  }
  if (nearest.best.ptr != NULL && pi_slice_equal(nearest.best, name)) return PUBINT_OK;
  pi_finding finding = at_token(PI_E_CHECK_SIGNAL, script, token, name);
  return tell(self, &finding, "no comment names the signal", name, &nearest);
}

/* ---- all of them ---- */

pubint_status pi_check_words(pi_check *self, const pi_script *script) {
  const pi_tokens *tokens = &self->coverage->places.tokens[script->index];
  const pi_tokens *all = &self->waivers.tokens[script->index];
  pi_nearest nearest;
  pubint_status status = PUBINT_OK;
  for (uint32_t t = 0; t < tokens->count && status == PUBINT_OK; t++) {
    const pi_token *token = &tokens->items[t];
    pi_slice word = token->kind == PI_TOKEN_STRING ? pi_token_string(token) : (pi_slice){NULL, 0};
    if (word.ptr != NULL) status = check_compared(self, script, tokens, t, word);
    if (status == PUBINT_OK && is_of_set(tokens, t) && !is_fine(self, token->text, &nearest)) {
      status = tell_word(self, script, token, token->text, "no fact, rule or kind has the word", &nearest);
    }
    pi_slice signal = script->kind == PI_SCRIPT_MARKET ? signal_at(tokens, t) : (pi_slice){NULL, 0};
    if (status == PUBINT_OK && signal.ptr != NULL) status = check_signal(self, script, all, token, signal);
  }
  return status;
}
