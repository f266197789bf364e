/* The tokens of a Lua source, with their places: enough to find what a script says and to change it. */
#ifndef PI_TOKENS_H
#define PI_TOKENS_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "slice.h"

typedef enum pi_token_kind {
  PI_TOKEN_NAME, /* keywords too */
  PI_TOKEN_NUMBER,
  PI_TOKEN_STRING, /* with its quotes */
  PI_TOKEN_OPERATOR,
  PI_TOKEN_COMMENT,
} pi_token_kind;

typedef struct pi_token {
  pi_token_kind kind;
  pi_slice text; /* into the source */
  uint32_t line; /* 1-based, where it begins */
  uint32_t column;
} pi_token;

typedef struct pi_tokens {
  const pi_token *items;
  uint32_t count;
} pi_tokens;

/* Splits a source that Lua accepts; comments are left out unless `comments`. False when memory runs out. */
bool pi_tokens_read(pi_slice source, bool comments, pi_arena *arena, pi_tokens *out);

static inline bool pi_token_is(const pi_token *token, const char *text) {
  return pi_slice_equal(token->text, pi_slice_of(text));
}

/* The line where it ends: strings and comments may go over many. */
uint32_t pi_token_last_line(const pi_token *token);

/* What a quoted string without escapes says; .ptr NULL for any other token. */
pi_slice pi_token_string(const pi_token *token);

/* The value of a number of up to 31 characters; NaN for any other token. */
double pi_token_number(const pi_token *token);

#endif
