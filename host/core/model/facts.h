/* The table of facts (facts.def), as C sees it. */
#ifndef PI_FACTS_H
#define PI_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "quoted_limits.h"
#include "slice.h"
#include "words.h"

typedef enum pi_group {
#define GROUP(name, parent, key, path) PI_GROUP_##name,
#include "groups.def"
#undef GROUP
  PI_GROUP_COUNT
} pi_group;

typedef enum pi_fact {
#define FACT(name, group, key, type, side, doc) PI_FACT_##name,
#include "facts.def"
#undef FACT
  PI_FACT_COUNT
} pi_fact;

_Static_assert(PI_FACT_COUNT < 64, "a set of facts is a uint64_t whose last bit is PI_SPANS_BIT");

/* A set of facts: bit i is fact i. */
typedef uint64_t pi_fact_set;
#define PI_FACT_BIT(fact) ((pi_fact_set)1 << (fact))

/* In a set of what nobody assessed: whether the text holds private data (R095). It is no fact of the table,
 * stands behind all of them, and is called PI_SPANS_PATH. */
#define PI_SPANS_BIT  ((pi_fact_set)1 << 63)
#define PI_SPANS_PATH PI_SLICE("violations.spans")

typedef enum pi_fact_type {
  PI_TYPE_ID,        /* string, 1–64 bytes, no control bytes */
  PI_TYPE_STRING,    /* string, ≤ 256 bytes */
  PI_TYPE_TEXT,      /* string, ≤ 25,000 code points */
  PI_TYPE_TIME,      /* string, RFC 3339, a date that exists */
  PI_TYPE_WORD,      /* one of the fact's words */
  PI_TYPE_BOOL,      /* true or false */
  PI_TYPE_COUNT,     /* integer 0..2^53−1 */
  PI_TYPE_COUNTRY,   /* two capital letters */
  PI_TYPE_MARKET,    /* [A-Z]{2}(-[A-Z0-9]{1,3})? */
  PI_TYPE_STRENGTH,  /* 0..1, true, false or a word */
  PI_TYPE_COUNTRIES, /* list of countries without repeats */
  PI_TYPE_TREE,      /* JSON object, ≤ 16 KiB as written, depth ≤ 16 of its own */
} pi_fact_type;

typedef enum pi_side { PI_SIDE_NEUTRAL, PI_SIDE_INTEREST, PI_SIDE_HARM } pi_side;

/* The words of each fact that has words: what gates and generators compare with. */
#define W(name, word)            PI_##name,
#define WORDS(list, type, words) typedef enum type { words } type;
#include "fact_words.def"
#undef WORDS
#undef W

/* R024: strictly more than this. */
#define PI_FOLLOWERS_LIMIT ((int64_t)PI_NUMBER(PI_FOLLOWERS_NEEDED))

typedef struct pi_fact_row {
  const char *name; /* "PUBLIC_DEBATE" */
  pi_slice key;     /* "public_debate", the key within its group */
  pi_slice path;    /* "context.public_debate", as people and scripts write it */
  pi_group group;
  pi_fact_type type;
  pi_side side;
  pi_words words;      /* count 0 unless type is WORD */
  uint8_t best, worst; /* of the words: what speaks most for a Tweet, and least */
  int64_t limit;       /* of a COUNT: what is more differs from what is not */
  const char *doc;
} pi_fact_row;

typedef struct pi_group_row {
  pi_slice key;
  pi_slice path;
  pi_group parent;
} pi_group_row;

extern const pi_fact_row PI_FACTS[PI_FACT_COUNT];
extern const pi_group_row PI_GROUPS[PI_GROUP_COUNT];

/* Whether its value is written as a string, of whatever form. */
static inline bool pi_fact_is_text(pi_fact fact) {
  pi_fact_type type = PI_FACTS[fact].type;
  return type == PI_TYPE_ID || type == PI_TYPE_STRING || type == PI_TYPE_TEXT || type == PI_TYPE_TIME ||
         type == PI_TYPE_COUNTRY || type == PI_TYPE_MARKET;
}

/* The words of a strength: none 0, low 0.25, medium 0.5, high 0.75, severe 1. */
typedef struct pi_strength_word {
  pi_slice word;
  int32_t micro;
} pi_strength_word;
enum { PI_STRENGTH_WORDS_COUNT = 5 };
extern const pi_strength_word PI_STRENGTH_WORDS[PI_STRENGTH_WORDS_COUNT];

/* All facts whose side is HARM. */
pi_fact_set pi_facts_harm(void);

/* Whether it is a word that speaks for or against a Tweet, as a strength does. */
bool pi_fact_weighed_word(pi_fact fact);

/* The fact with that dotted path; PI_FACT_COUNT where there is none. */
pi_fact pi_fact_find(pi_slice path);

/* Whether `code` has the form of a country: two capital letters. */
bool pi_country_valid(pi_slice code);

/* Whether `market` is one: [A-Z]{2}(-[A-Z0-9]{1,3})?, "NL" or "US-CA". */
bool pi_market_valid(pi_slice market);

/* "a string of at most 256 bytes", "true or false": what a type accepts, in words. For a fact of type WORD
 * pi_words_list says more. Static. */
const char *pi_fact_type_name(pi_fact_type type);

#endif
