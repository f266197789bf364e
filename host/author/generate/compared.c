#include "compared.h"

#include <math.h>
#include <string.h>

static const pi_slice NONE = {NULL, 0};

typedef struct reader {
  const pi_script *script;
  const pi_tokens *tokens;
  pi_compared *out;
  uint32_t count;
  uint32_t most;
} reader;

/* The token at `at`; an empty one beyond the script. */
static const pi_token *token_at(const reader *self, uint32_t at) {
  static const pi_token NOTHING = {.kind = PI_TOKEN_OPERATOR};
  return at < self->tokens->count ? &self->tokens->items[at] : &NOTHING;
}

static bool is(const reader *self, uint32_t at, const char *text) {
  return pi_token_is(token_at(self, at), text);
}

static bool is_comparison(const reader *self, uint32_t at) {
  static const char *const SIGNS[] = {"<", ">", "<=", ">=", "==", "~="};
  for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++) {
    if (is(self, at, SIGNS[i])) return true;
  }
  return false;
}

/* ---- what is compared ---- */

/* A name behind a dot that is no function's. */
static bool is_field(const reader *self, uint32_t at) {
  return at > 0 && token_at(self, at)->kind == PI_TOKEN_NAME && is(self, at - 1, ".") &&
         !is(self, at + 1, "(");
}

/* What the tokens from..to read: a member of signals, else a text as in number(case, balance, "depth"), else
 * the last member. */
static pi_slice key_among(const reader *self, uint32_t from, uint32_t to) {
  pi_slice text = NONE, member = NONE;
  for (uint32_t t = from; t <= to; t++) {
    const pi_token *token = token_at(self, t);
    if (is_field(self, t) && t >= 2 && is(self, t - 2, "signals")) return token->text;
    if (is_field(self, t)) member = token->text;
    if (token->kind == PI_TOKEN_STRING && text.ptr == NULL) text = pi_token_string(token);
  }
  return text.ptr != NULL ? text : member;
}

/* Of a local, by the line that gave it a value last; NONE where there is none. */
static pi_slice key_of_local(const reader *self, uint32_t name) {
  for (uint32_t t = name; t-- > 0;) {
    bool given = pi_slice_equal(token_at(self, t)->text, token_at(self, name)->text) && is(self, t + 1, "=");
    if (!given) continue;
    uint32_t last = t + 1;
    while (last + 1 < self->tokens->count && token_at(self, last + 1)->line == token_at(self, t)->line)
      last++;
    return key_among(self, t + 2, last);
  }
  return NONE;
}

/* The bracket that opens what ends at `end`; `end` where there is none. */
static uint32_t opening(const reader *self, uint32_t end) {
  int depth = 0;
  for (uint32_t t = end + 1; t-- > 0;) {
    depth += is(self, t, ")") || is(self, t, "]") ? 1 : is(self, t, "(") || is(self, t, "[") ? -1 : 0;
    if (depth == 0) return t;
  }
  return end;
}

/* Of the operand that ends at `end`. */
static pi_slice key_ending(const reader *self, uint32_t end) {
  if (is(self, end, "]")) { /* WORDS[signals.alarm] is not what is looked up */
    const pi_token *index = token_at(self, end - 1);
    return index->kind == PI_TOKEN_STRING ? pi_token_string(index) : NONE;
  }
  if (is(self, end, ")")) return key_among(self, opening(self, end) + 1, end - 1);
  if (token_at(self, end)->kind != PI_TOKEN_NAME) return NONE;
  return is_field(self, end) ? token_at(self, end)->text : key_of_local(self, end);
}

/* Of the operand that begins at `begin`. */
static pi_slice key_beginning(const reader *self, uint32_t begin) {
  uint32_t end = begin;
  while (is(self, end + 1, ".")) end += 2;
  if (!is(self, end + 1, "(") && !is(self, end + 1, "[")) return key_ending(self, end);
  uint32_t close = end + 1;
  while (close < self->tokens->count && !is(self, close, ")") && !is(self, close, "]")) close++;
  return key_among(self, end + 2, close);
}

/* ---- literals ---- */

static void add(reader *self, pi_slice key, pi_slice word, double number) {
  for (uint32_t i = 0; i < self->count; i++) {
    const pi_compared *known = &self->out[i];
    bool same = known->script == self->script && pi_slice_equal(known->key, key) &&
                (known->key.ptr == NULL) == (key.ptr == NULL) &&
                (known->word.ptr == NULL) == (word.ptr == NULL) && pi_slice_equal(known->word, word) &&
                known->number <= number && known->number >= number;
    if (same) return;
  }
  if (self->count < self->most) self->out[self->count++] = (pi_compared){self->script, key, word, number};
}

/* The literal at `at`, of the other side's key. A number that nobody knows the key of is drawn anyhow. */
static void add_literal(reader *self, uint32_t at, bool negative, pi_slice key) {
  const pi_token *token = token_at(self, at);
  if (token->kind == PI_TOKEN_STRING) {
    pi_slice word = pi_token_string(token);
    if (word.ptr != NULL && word.len > 0) add(self, key, word, 0);
  }
  double number = pi_token_number(token);
  if (key.ptr != NULL && isfinite(number)) add(self, key, NONE, negative ? -number : number);
}

static bool is_literal(const reader *self, uint32_t at) {
  pi_token_kind kind = token_at(self, at)->kind;
  return kind == PI_TOKEN_STRING || kind == PI_TOKEN_NUMBER;
}

/* type(x) == "number" compares with none of the case's values. */
static bool is_type(const reader *self, uint32_t end) {
  uint32_t open = is(self, end, ")") ? opening(self, end) : 0;
  return open > 0 && is(self, open - 1, "type");
}

static void read_comparison(reader *self, uint32_t sign) {
  if (sign == 0) return;
  bool negative = is(self, sign + 1, "-");
  uint32_t right = sign + 1 + negative;
  if (is_literal(self, right) && !is_type(self, sign - 1)) {
    add_literal(self, right, negative, key_ending(self, sign - 1));
  } else if (is_literal(self, sign - 1)) {
    negative = sign >= 2 && is(self, sign - 2, "-");
    if (!is(self, right, "type")) add_literal(self, sign - 1, negative, key_beginning(self, right));
  }
}

/* ---- tables that are looked up ---- */

/* Whether the script has NAME[…], where what stands in the brackets is no literal. */
static bool is_looked_up(const reader *self, pi_slice name) {
  for (uint32_t t = 0; t + 2 < self->tokens->count; t++) {
    bool here = pi_slice_equal(token_at(self, t)->text, name) && is(self, t + 1, "[");
    if (here && !is_literal(self, t + 2)) return true;
  }
  return false;
}

/* NAME = { red = …, ["dark red"] = … } */
static void read_table(reader *self, uint32_t name) {
  int depth = 0;
  for (uint32_t t = name + 2; t < self->tokens->count; t++) {
    depth += is(self, t, "{") ? 1 : is(self, t, "}") ? -1 : 0;
    if (depth == 0) return;
    if (depth != 1) continue;
    bool first = is(self, t - 1, "{") || is(self, t - 1, ",");
    if (first && token_at(self, t)->kind == PI_TOKEN_NAME && is(self, t + 1, "="))
      add(self, NONE, token_at(self, t)->text, 0);
    if (first && is(self, t, "[")) add_literal(self, t + 1, false, NONE);
  }
}

uint32_t pi_compared_find(const pi_script *script, const pi_tokens *tokens, pi_compared *out, uint32_t count,
                          uint32_t most) {
  reader self = {script, tokens, out, count, most};
  for (uint32_t t = 0; t < tokens->count; t++) {
    if (is_comparison(&self, t)) read_comparison(&self, t);
    bool table = tokens->items[t].kind == PI_TOKEN_NAME && is(&self, t + 1, "=") && is(&self, t + 2, "{");
    if (table && is_looked_up(&self, tokens->items[t].text)) read_table(&self, t);
  }
  return self.count;
}
