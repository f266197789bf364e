#include "waivers.h"

#include <string.h>

#include "errors.h"

enum { CODE_DIGITS = 4 };

static void skip_blanks(pi_slice *text) {
  while (text->len > 0 && (unsigned char)*text->ptr <= ' ') text->ptr++, text->len--;
  while (text->len > 0 && (unsigned char)text->ptr[text->len - 1] <= ' ') text->len--;
}

static bool skip(pi_slice *text, const char *word) {
  size_t length = strlen(word);
  if (text->len < length || memcmp(text->ptr, word, length) != 0) return false;
  *text = (pi_slice){text->ptr + length, text->len - length};
  return true;
}

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/* Takes a word, up to a blank, off the text. */
static pi_slice take_word(pi_slice *text) {
  pi_slice word = *text;
  while (text->len > 0 && (unsigned char)*text->ptr > ' ') text->ptr++, text->len--;
  word.len -= text->len;
  skip_blanks(text);
  return word;
}

/* The number of a code as it is written; 0: it is none. */
static unsigned read_code(pi_slice shown) {
  unsigned code = 0;
  if (shown.len != CODE_DIGITS + 1 || shown.ptr[0] != 'E') return 0;
  for (size_t i = 1; i < shown.len; i++) {
    if (!is_digit(shown.ptr[i])) return 0;
    code = code * 10 + (unsigned)(shown.ptr[i] - '0');
  }
  return code;
}

/* Behind `waives:`: "E6020 why", and of a finding that names a fact "E6005 tweet.lang why". */
static void read_inline(pi_slice text, pi_code_waiver *out) {
  skip_blanks(&text);
  out->shown = take_word(&text);
  while (out->shown.len > 0 && out->shown.ptr[out->shown.len - 1] == ':') out->shown.len--;
  out->code = read_code(out->shown);
  out->named = (pi_slice){text.ptr, 0};
  if (pi_waivers_of_fact(out->code)) out->named = take_word(&text);
  while (out->named.len > 0 && out->named.ptr[out->named.len - 1] == ':') out->named.len--;
  if (skip(&text, ":")) skip_blanks(&text);
  out->reason = text;
}

/* Whether the comment waives a code: what it says of it, the place left out. */
static bool read_comment(pi_slice text, pi_code_waiver *out) {
  if (!skip(&text, "--")) return false;
  skip_blanks(&text);
  if (!skip(&text, "waives")) return false;
  skip_blanks(&text);
  if (skip(&text, ":")) {
    read_inline(text, out);
    return true;
  }
  if (text.len < 2 || (text.ptr[0] != 'E' && text.ptr[0] != 'e') || !is_digit(text.ptr[1])) return false;
  size_t length = 1;
  while (length < text.len && is_digit(text.ptr[length])) length++;
  out->shown = (pi_slice){text.ptr, length};
  out->code = read_code(out->shown);
  text = (pi_slice){text.ptr + length, text.len - length};
  const char *colon = memchr(text.ptr, ':', text.len);
  size_t before = colon != NULL ? (size_t)(colon - text.ptr) : text.len;
  out->named = (pi_slice){text.ptr, before};
  skip_blanks(&out->named);
  out->reason = (pi_slice){text.ptr + before + (colon != NULL), text.len - before - (colon != NULL)};
  skip_blanks(&out->reason);
  return true;
}

/* The line of code that the comment at `at` is about: its own where code ends in it, else the next. */
static uint32_t line_about(const pi_tokens *tokens, uint32_t at) {
  uint32_t before = at;
  while (before > 0 && tokens->items[before - 1].kind == PI_TOKEN_COMMENT) before--;
  if (before > 0 && pi_token_last_line(&tokens->items[before - 1]) == tokens->items[at].line)
    return tokens->items[at].line;
  for (uint32_t t = at + 1; t < tokens->count; t++) {
    if (tokens->items[t].kind != PI_TOKEN_COMMENT) return tokens->items[t].line;
  }
  return 0;
}

static void read_script(const pi_script *script, const pi_tokens *tokens, pi_code_waiver *items,
                        uint32_t *count) {
  for (uint32_t t = 0; t < tokens->count; t++) {
    const pi_token *token = &tokens->items[t];
    pi_code_waiver waiver = {.script = script, .line = token->line};
    if (token->kind != PI_TOKEN_COMMENT || !read_comment(token->text, &waiver)) continue;
    waiver.column = token->column + (uint32_t)(waiver.shown.ptr - token->text.ptr);
    waiver.about = line_about(tokens, t);
    if (items != NULL) items[*count] = waiver;
    ++*count;
  }
}

bool pi_waivers_find(pi_waivers *out, const pubint_policy *policy, pi_arena *arena) {
  *out = (pi_waivers){.facts_used = pi_arena_alloc(arena, (policy->scripts_count + 1) * sizeof(pi_fact_set))};
  pi_tokens *tokens = pi_arena_alloc(arena, (policy->scripts_count + 1) * sizeof *tokens);
  if (out->facts_used == NULL || tokens == NULL) return false;
  out->tokens = tokens;
  memset(out->facts_used, 0, (policy->scripts_count + 1) * sizeof(pi_fact_set));
  uint32_t count = 0;
  for (uint32_t i = 0; i < policy->scripts_count; i++) {
    if (!pi_tokens_read(policy->scripts[i].source, true, arena, &tokens[i])) return false;
    read_script(&policy->scripts[i], &tokens[i], NULL, &count);
  }
  out->items = pi_arena_alloc(arena, (count + 1u) * sizeof *out->items);
  if (out->items == NULL) return false;
  for (uint32_t i = 0; i < policy->scripts_count; i++) {
    read_script(&policy->scripts[i], &tokens[i], out->items, &out->count);
  }
  return true;
}

/* ---- what is asked of them ---- */

bool pi_waivers_known(unsigned code) {
  return code >= PI_E_CHECK_FAILS && code <= PI_E_CHECK_CONCERN && code != PI_E_CHECK_UNSEEN &&
         code != PI_E_CHECK_MUTANT;
}

bool pi_waivers_takes(unsigned code) {
  return pi_waivers_known(code) && code != PI_E_CHECK_FAILS && code != PI_E_CHECK_DIFFERS &&
         code != PI_E_CHECK_CONCERN;
}

bool pi_waivers_of_fact(unsigned code) {
  return code == PI_E_CHECK_HARM_HELPS || code == PI_E_CHECK_INTEREST_HURTS || code == PI_E_CHECK_UNFAIR ||
         code == PI_E_CHECK_ABSENT;
}

bool pi_waivers_stand(const pi_waivers *self, unsigned code, const pi_script *script, uint32_t line) {
  for (uint32_t i = 0; i < self->count; i++) {
    const pi_code_waiver *waiver = &self->items[i];
    if (waiver->code == code && waiver->script == script && waiver->about == line) return true;
  }
  return false;
}

bool pi_waivers_is(const pi_token *token) {
  pi_code_waiver waiver;
  return token->kind == PI_TOKEN_COMMENT && read_comment(token->text, &waiver);
}
