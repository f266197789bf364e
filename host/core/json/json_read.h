/* A strict JSON reader: one pass over one value, strings as slices of the input where they have no
 * escapes, exact numbers, and for every refusal its code, place, what stood there and what could have.
 *
 * Refused besides bad syntax: duplicate keys (in free-form values; a caller that knows its keys checks
 * them itself), text that is not UTF-8 (overlong forms, lone surrogates), a BOM, control bytes in
 * strings, numbers beyond a double, anything behind the value, and depth beyond the caller's bound.
 *
 * The caller pulls: peek at the next value's kind, then take it with the call of that kind.
 */
#ifndef PI_JSON_READ_H
#define PI_JSON_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <pubint/error.h>

#include "arena.h"
#include "slice.h"
#include "tree.h"

enum { PI_JSON_DEPTH_MAX = 64 };

typedef enum pi_json_kind {
  PI_JSON_BAD, /* no value begins here: error filled */
  PI_JSON_OBJECT,
  PI_JSON_ARRAY,
  PI_JSON_STRING,
  PI_JSON_NUMBER,
  PI_JSON_TRUE,
  PI_JSON_FALSE,
  PI_JSON_NULL,
} pi_json_kind;

/* One step of the path to where the reader stands: a key, or an index where key.ptr is NULL. */
typedef struct pi_json_step {
  pi_slice key;
  size_t index;
} pi_json_step;

typedef struct pi_json {
  const char *begin;
  const char *p; /* the next byte to read */
  const char *end;
  const char *value;  /* where the last taken or peeked value begins: place of an error about it */
  pi_arena *arena;    /* for unescaped strings and trees; not owned */
  unsigned depth;     /* containers entered */
  unsigned depth_max; /* at most PI_JSON_DEPTH_MAX */
  bool first;         /* nothing was read yet in the innermost container */
  pi_json_step path[PI_JSON_DEPTH_MAX];
  pubint_error *error; /* the caller's, may be NULL */
  uint64_t line;       /* number of the line that `begin` starts */
} pi_json;

/* A number as it is written, checked for JSON's form. */
typedef struct pi_json_number {
  pi_slice text;
  bool negative;
  bool integer; /* neither fraction nor exponent */
} pi_json_number;

/* Starts on text[0..len), which must outlive the reader and all that is read. `line` is the number of the
 * first line. Empties `error`. Refuses what must not stand before a value: nothing at all (E1001), a BOM. */
pubint_status pi_json_init(pi_json *json, pi_slice text, uint64_t line, pi_arena *arena, unsigned depth_max,
                           pubint_error *error);

/* What the next value is; nothing is taken. Sets json->value. */
pi_json_kind pi_json_peek(pi_json *json);

/* `an object`, `"12" (a string)`, `the number 12` …: what stands at json->value, which is the value that was
 * peeked at or just taken, for pubint_error.found; a long one is cut, with a …, and so is any at `size`. */
void pi_json_describe(pi_json *json, char *out, size_t size);

/* Object: enter, then next_key until *more is false (which leaves it). The key lives as long as the input
 * and the arena. *at, which may be NULL, gets where the key begins. */
pubint_status pi_json_enter_object(pi_json *json);
pubint_status pi_json_next_key(pi_json *json, pi_slice *key, const char **at, bool *more);

/* Takes the next key of an object if it is `likely`, a key without escapes, spelt as programs do (at most one
 * blank, behind the comma); false, and nothing taken, for all else, which is for pi_json_next_key. */
bool pi_json_take_key(pi_json *json, pi_slice likely, const char **at);

/* Array: enter, then next_item until *more is false (which leaves it). */
pubint_status pi_json_enter_array(pi_json *json);
pubint_status pi_json_next_item(pi_json *json, bool *more);

/* Scalars; each wants the kind that peek has said. */
pubint_status pi_json_string(pi_json *json, pi_slice *out);
pubint_status pi_json_number_text(pi_json *json, pi_json_number *out);
pubint_status pi_json_literal(pi_json *json); /* true, false, null */

/* Any value, as a tree in the arena; its texts lie in the input or the arena. Keys are checked for repeats
 * (E1014 where the first fault of the text is one) and sorted. Refuses once it stands more than bytes_max
 * bytes long in the text, or nests deeper than depth_max of its own. */
typedef struct pi_json_tree_limits {
  size_t bytes_max;
  unsigned depth_max;
  unsigned bytes_code; /* the error codes for each */
  unsigned depth_code;
} pi_json_tree_limits;
pubint_status pi_json_tree(pi_json *json, const pi_json_tree_limits *limits, pi_tree *out);

/* Nothing but blanks may follow. */
pubint_status pi_json_finish(pi_json *json);

/* Syntax only: the whole of `text` is one strict JSON value, keys unique. The arena holds the keys. */
pubint_status pi_json_check(pi_slice text, pi_arena *arena, unsigned depth_max, pubint_error *error);

/* --- numbers: exact, from their decimal text --- */

/* A whole number 0..max; false when it has a fraction or exponent, a sign (but -0 is 0) or is beyond max. */
bool pi_json_number_unsigned(const pi_json_number *number, int64_t max, int64_t *out);

/* 0..1 in millionths, rounded half up from the decimal text; false when outside 0..1. */
bool pi_json_number_micro(const pi_json_number *number, int32_t *out);

/* value × 10^-decimals (decimals 0..9), exactly; false with an exponent, more digits behind the point than
 * that, or beyond 64 bits. */
bool pi_json_number_scaled(const pi_json_number *number, unsigned decimals, int64_t *out);

/* The nearest double, whatever the locale, -0 as 0; false when beyond a double. */
bool pi_json_number_double(const pi_json_number *number, double *out);

/* --- refusing --- */

/* Fills the error (if there is one and it is empty) with code, the place of `at`, the current path, and
 * returns PUBINT_E_INPUT. `found`, `expected` and `hint` may be NULL. */
pubint_status pi_json_refuse(pi_json *json, const char *at, unsigned code, const char *found,
                             const char *expected, const char *hint);

/* Memory ran out: PUBINT_E_SYSTEM. */
pubint_status pi_json_no_memory(pi_json *json);

#endif
