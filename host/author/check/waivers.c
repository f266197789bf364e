#include "waivers.h"

#include <string.h>

#include "tokens.h"

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

/* Whether the comment waives a code: what it says of it, the place left out. */
static bool read_comment(pi_slice text, pi_code_waiver *out) {
  if (!skip(&text, "--")) return false;
  skip_blanks(&text);
  if (!skip(&text, "waives")) return false;
  skip_blanks(&text);
  if (text.len < 2 || (text.ptr[0] != 'E' && text.ptr[0] != 'e') || !is_digit(text.ptr[1])) return false;
  size_t length = 1;
  unsigned code = 0;
  for (; length < text.len && is_digit(text.ptr[length]); length++) {
    if (length <= CODE_DIGITS) code = code * 10 + (unsigned)(text.ptr[length] - '0');
  }
  out->shown = (pi_slice){text.ptr, length};
  out->code = length == CODE_DIGITS + 1 && text.ptr[0] == 'E' ? code : 0;
  text = (pi_slice){text.ptr + length, text.len - length};
  skip_blanks(&text);
  if (skip(&text, ":"))
    skip_blanks(&text);
  else
    text.len = 0;
  out->reason = text;
  return true;
}

/* The line of code that the comment at `at` is about: its own, else the next. */
static uint32_t line_about(const pi_tokens *tokens, uint32_t at) {
  if (at > 0 && tokens->items[at - 1].line == tokens->items[at].line) return tokens->items[at].line;
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
