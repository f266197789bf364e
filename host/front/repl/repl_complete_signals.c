#include "repl_complete_signals.h"

#include <stdio.h>

#include "tokens.h"

enum { NAME_BYTES = 128 };

static void put(pi_repl_candidates *out, const char *prefix, pi_slice name) {
  char text[2 * NAME_BYTES];
  if (name.len == 0 || name.len > NAME_BYTES) return;
  int length = snprintf(text, sizeof text, "%s%.*s", prefix, (int)name.len, name.ptr);
  if (length > 0 && (size_t)length < sizeof text)
    pi_repl_candidates_put(out, (pi_slice){text, (size_t)length});
}

static bool is(const pi_tokens *tokens, uint32_t at, const char *text) {
  return at < tokens->count && pi_token_is(&tokens->items[at], text);
}

/* Whether the token is signals, or a local that stands for them as in `local s = case.signals`. */
static bool is_signals(const pi_tokens *tokens, uint32_t at) {
  const pi_token *name = &tokens->items[at];
  if (name->kind != PI_TOKEN_NAME) return false;
  if (pi_token_is(name, "signals")) return true;
  for (uint32_t t = 0; t + 2 < at; t++) {
    if (!pi_slice_equal(tokens->items[t].text, name->text) || !is(tokens, t + 1, "=")) continue;
    uint32_t end = t + 2;
    while (is(tokens, end + 1, ".")) end += 2;
    if (end > t + 2 && is(tokens, end, "signals")) return true;
  }
  return false;
}

/* Whether the text at `at` is the last of what a function is handed along with the case, as in
 * signals.days(case, balance, "days_to_election"). */
static bool is_handed(const pi_tokens *tokens, uint32_t at) {
  if (at < 3 || !is(tokens, at - 1, ",") || !is(tokens, at + 1, ")")) return false;
  for (uint32_t t = at - 1; t > 0 && !is(tokens, t, "("); t--) {
    if (is(tokens, t, "case") && is(tokens, t - 1, "(")) return true;
  }
  return false;
}

/* Names behind a dot or in brackets, and those that functions are handed. */
static void put_of_script(pi_repl_candidates *out, const char *prefix, const pi_tokens *tokens, bool market) {
  for (uint32_t t = 2; t < tokens->count; t++) {
    const pi_token *token = &tokens->items[t];
    bool owned = is_signals(tokens, t - 2);
    if (token->kind == PI_TOKEN_NAME && owned && is(tokens, t - 1, ".") && !is(tokens, t + 1, "("))
      put(out, prefix, token->text);
    if (token->kind != PI_TOKEN_STRING) continue;
    pi_slice text = pi_token_string(token);
    bool named = (owned && is(tokens, t - 1, "[")) || (market && is_handed(tokens, t));
    if (text.ptr != NULL && named && pi_id_valid(text)) put(out, prefix, text);
  }
}

static void put_of_case(const pi_case *facts, const char *prefix, pi_repl_candidates *out) {
  if (!pi_case_knows(facts, PI_FACT_SIGNALS)) return;
  const pi_tree *tree = pi_case_tree(facts, PI_FACT_SIGNALS);
  const pi_node *root = &tree->nodes[pi_tree_root(tree)];
  for (uint32_t i = root->as.first; i < root->as.first + root->count; i++) {
    if (pi_id_valid(tree->nodes[i].key)) put(out, prefix, tree->nodes[i].key);
  }
}

void pi_repl_complete_signals(const pi_repl_session *session, const char *prefix, pi_repl_candidates *out) {
  const pi_case *facts = session->hand.open ? &session->hand.facts : NULL;
  const pubint_policy *policy = session->policy.loaded;
  const pi_script *own = NULL;
  if (facts != NULL) put_of_case(facts, prefix, out);
  if (facts != NULL && pi_case_knows(facts, PI_FACT_MARKET))
    own = pi_policy_script(policy, PI_SCRIPT_MARKET, pi_case_text(facts, PI_FACT_MARKET));
  pi_arena arena;
  pi_arena_init(&arena, 64 * 1024, (size_t)64 * 1024 * 1024);
  for (uint32_t i = 0; i < policy->scripts_count; i++) {
    const pi_script *script = &policy->scripts[i];
    bool market = script->kind == PI_SCRIPT_MARKET && (own == NULL || script == own);
    pi_tokens tokens;
    pi_arena_reset(&arena);
    if (!market && script->kind != PI_SCRIPT_LIB) continue;
    if (pi_tokens_read(script->source, false, &arena, &tokens)) put_of_script(out, prefix, &tokens, market);
  }
  pi_arena_dispose(&arena);
}
