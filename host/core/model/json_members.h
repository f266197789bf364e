/* Objects read by tables: each row is a key, what stands there, and where in a struct it goes.
 *
 * Strict: an unknown key, a key twice, one that is missing and a value of another kind are refused with their
 * place, with the reader's own code.
 */
#ifndef PI_JSON_MEMBERS_H
#define PI_JSON_MEMBERS_H

#include "facts.h"
#include "json_read.h"

enum { PI_MEMBERS_MAX = 24 };
_Static_assert(PI_MEMBERS_MAX <= 32, "what was seen is a uint32_t");

typedef struct pi_member_reader {
  pi_json json;
  unsigned code;     /* of refusals */
  const char *keys;  /* what an unknown key should have been, in words; NULL: one of the table, by name */
  size_t free_bytes; /* what a value that nothing is made of may take, and how deep it may nest */
  unsigned free_depth;
} pi_member_reader;

typedef enum pi_member_kind {
  PI_MEMBER_TEXT,   /* pi_slice */
  PI_MEMBER_ID,     /* pi_slice, not empty */
  PI_MEMBER_FLAG,   /* bool */
  PI_MEMBER_NUMBER, /* int64_t, scaled by `decimals` */
  PI_MEMBER_WORD,   /* int: its index among `words` */
  PI_MEMBER_FACTS,  /* pi_fact_set: a list of paths */
  PI_MEMBER_OPEN,   /* the same of what nobody assessed, in which PI_SPANS_PATH is PI_SPANS_BIT */
  PI_MEMBER_FREE,   /* any value; nothing is kept of it */
  PI_MEMBER_OWN,    /* what `read` makes of it */
} pi_member_kind;

typedef struct pi_member {
  pi_slice key;
  bool required;
  pi_member_kind kind;
  size_t offset;
  unsigned decimals;
  const pi_words *words;
  pubint_status (*read)(pi_member_reader *self, void *into);
} pi_member;

/* Reads an object by its table of at most PI_MEMBERS_MAX rows; *seen gets the members that it has, by their
 * decimals. */
pubint_status pi_members_read(pi_member_reader *self, const pi_member *members, size_t count, void *into,
                              uint32_t *seen);

/* Reads an array of at most `max` values, each by `read` into the place behind the one before. */
pubint_status pi_members_array(pi_member_reader *self, size_t max, size_t size, void *first, uint32_t *count,
                               pubint_status (*read)(pi_member_reader *, void *));

/* One value of a kind. */
pubint_status pi_members_text(pi_member_reader *self, bool id, pi_slice *into);
pubint_status pi_members_word(pi_member_reader *self, const pi_words *words, int *into);
pubint_status pi_members_flag(pi_member_reader *self, bool *into);
pubint_status pi_members_number(pi_member_reader *self, unsigned decimals, int64_t *into);

/* Refuse the next value, or the one that was just taken: something else is expected. */
pubint_status pi_members_refuse(pi_member_reader *self, const char *expected);
pubint_status pi_members_refuse_taken(pi_member_reader *self, const char *expected);

#endif
