#include "tokens.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct lexer {
  const char *begin;
  const char *p;
  const char *end;
  const char *line_begin;
  uint32_t line;
} lexer;

static bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/* Length of the opening of a long bracket at `p` ("[==["), 0 where none begins. */
static size_t long_opening(const char *p, const char *end) {
  if (p >= end || *p != '[') return 0;
  const char *q = p + 1;
  while (q < end && *q == '=') q++;
  return q < end && *q == '[' ? (size_t)(q - p) + 1 : 0;
}

/* Behind the closing bracket that fits an opening of that length. */
static const char *long_end(const char *p, const char *end, size_t opening) {
  for (p += opening; p < end; p++) {
    if (*p != ']') continue;
    const char *q = p + 1;
    while (q < end && *q == '=') q++;
    if (q < end && *q == ']' && (size_t)(q - p) + 1 == opening) return q + 1;
  }
  return end;
}

static const char *string_end(const char *p, const char *end) {
  char quote = *p++;
  while (p < end && *p != quote && *p != '\n') p += *p == '\\' && p + 1 < end ? 2 : 1;
  return p < end ? p + 1 : end;
}

static const char *number_end(const char *p, const char *end) {
  bool hex = end - p > 2 && *p == '0' && (p[1] == 'x' || p[1] == 'X');
  while (p < end) {
    bool exponent = hex ? *p == 'p' || *p == 'P' : *p == 'e' || *p == 'E';
    if (exponent && p + 1 < end && (p[1] == '+' || p[1] == '-')) {
      p += 2;
    } else if (is_digit(*p) || is_letter(*p) || *p == '.') {
      p++;
    } else {
      break;
    }
  }
  return p;
}

static const char *operator_end(const char *p, const char *end) {
  static const char *const LONG[] = {"...", "<<", ">>", "//", "==", "~=", "<=", ">=", "::", ".."};
  for (size_t i = 0; i < sizeof LONG / sizeof *LONG; i++) {
    size_t length = strlen(LONG[i]);
    if ((size_t)(end - p) >= length && memcmp(p, LONG[i], length) == 0) return p + length;
  }
  return p + 1;
}

/* Where the token that begins at `p` ends, and its kind. */
static const char *token_end(const char *p, const char *end, pi_token_kind *kind) {
  size_t opening = long_opening(p, end);
  if (end - p >= 2 && p[0] == '-' && p[1] == '-') {
    *kind = PI_TOKEN_COMMENT;
    opening = long_opening(p + 2, end);
    if (opening > 0) return long_end(p + 2, end, opening);
    const char *stop = memchr(p, '\n', (size_t)(end - p));
    return stop != NULL ? stop : end;
  }
  if (opening > 0) {
    *kind = PI_TOKEN_STRING;
    return long_end(p, end, opening);
  }
  if (*p == '"' || *p == '\'') {
    *kind = PI_TOKEN_STRING;
    return string_end(p, end);
  }
  if (is_digit(*p) || (*p == '.' && p + 1 < end && is_digit(p[1]))) {
    *kind = PI_TOKEN_NUMBER;
    return number_end(p, end);
  }
  if (is_letter(*p)) {
    *kind = PI_TOKEN_NAME;
    while (p < end && (is_letter(*p) || is_digit(*p))) p++;
    return p;
  }
  *kind = PI_TOKEN_OPERATOR;
  return operator_end(p, end);
}

static void pass(lexer *self, const char *to) {
  for (; self->p < to; self->p++) {
    if (*self->p != '\n') continue;
    self->line++;
    self->line_begin = self->p + 1;
  }
}

static bool next(lexer *self, pi_token *out) {
  const char *p = self->p;
  while (p < self->end && (unsigned char)*p <= ' ') p++;
  pass(self, p);
  if (p >= self->end) return false;
  out->line = self->line;
  out->column = (uint32_t)(p - self->line_begin) + 1;
  const char *stop = token_end(p, self->end, &out->kind);
  out->text = (pi_slice){p, (size_t)(stop - p)};
  pass(self, stop);
  return true;
}

static lexer lexer_of(pi_slice source) {
  return (lexer){source.ptr, source.ptr, source.ptr + source.len, source.ptr, 1};
}

bool pi_tokens_read(pi_slice source, bool comments, pi_arena *arena, pi_tokens *out) {
  uint32_t count = 0;
  pi_token token;
  for (lexer counter = lexer_of(source); next(&counter, &token);) count++;
  pi_token *items = pi_arena_alloc(arena, ((size_t)count + 1) * sizeof *items);
  if (items == NULL) return false;
  *out = (pi_tokens){items, 0};
  for (lexer reader = lexer_of(source); next(&reader, &token);) {
    if (token.kind == PI_TOKEN_COMMENT && !comments) continue;
    items[out->count++] = token;
  }
  return true;
}

uint32_t pi_token_last_line(const pi_token *token) {
  uint32_t line = token->line;
  for (size_t i = 0; i < token->text.len; i++) line += token->text.ptr[i] == '\n';
  return line;
}

pi_slice pi_token_string(const pi_token *token) {
  pi_slice none = {NULL, 0};
  if (token->kind != PI_TOKEN_STRING || token->text.len < 2 || token->text.ptr[0] == '[') return none;
  pi_slice inner = {token->text.ptr + 1, token->text.len - 2};
  return inner.len > 0 && memchr(inner.ptr, '\\', inner.len) != NULL ? none : inner;
}

double pi_token_number(const pi_token *token) {
  char copy[32];
  if (token->kind != PI_TOKEN_NUMBER || token->text.len >= sizeof copy) return NAN;
  memcpy(copy, token->text.ptr, token->text.len);
  copy[token->text.len] = '\0';
  return strtod(copy, NULL);
}
