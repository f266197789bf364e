/* One case in memory: the facts by number, the violations, and which facts are known. */
#ifndef PI_CASE_H
#define PI_CASE_H

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>

#include <pubint/case.h>

#include "arena.h"
#include "facts.h"
#include "quoted_limits.h"
#include "rules.h"
#include "tree.h"

enum {
  PI_GROUNDS_MAX = 10,
  PI_TEXT_POINTS_MAX = PI_NUMBER(PI_TEXT_POINTS),
  PI_SIGNALS_BYTES_MAX = PI_SIGNALS_KIB * 1024,
};
#define PI_FOLLOWERS_MAX ((int64_t)PI_COUNT_MAX)
_Static_assert(PUBINT_CASE_BYTES_MAX == PI_NUMBER(PI_CASE_BYTES), "what E1013 says, too");
_Static_assert(PUBINT_CASE_BYTES_MAX == PI_CASE_MIB * 1024 * 1024, "what E1013 says");

typedef struct pi_countries {
  const pi_slice *codes;
  uint32_t count;
} pi_countries;

/* Which member holds is the fact's type in PI_FACTS. */
typedef union pi_value {
  pi_slice string; /* ID STRING TEXT TIME COUNTRY MARKET */
  uint8_t word;    /* WORD: index into the fact's words */
  bool boolean;    /* BOOL */
  int64_t count;   /* COUNT */
  int32_t micro;   /* STRENGTH, in millionths: 0..1000000 */
  pi_countries countries;
  pi_tree tree;
} pi_value;

/* Private data in the text, in code points; end exclusive. */
typedef struct pi_span {
  uint32_t start;
  uint32_t end;
  int8_t kind; /* index into PI_SPAN_KINDS, -1 absent */
} pi_span;

typedef struct pi_violation {
  pi_rule rule;
  pi_slice rule_id; /* also for PI_RULE_OTHER */
  pi_slice kind;    /* .ptr NULL: absent */
  int8_t kind_word; /* index into the rule's kinds; -1 absent, or a rule without a row */
  uint16_t grounds; /* bit i: PI_GROUNDS word i */
  bool spans_known; /* the rule has spans and they are given: none says that the text holds no private data */
  uint8_t spans_count;
  const pi_span *spans;
} pi_violation;

/* Everything a pi_case points at lives in the input it was decoded from or in the arena. */
typedef struct pi_case {
  pi_fact_set known; /* absent and null facts are unknown: neither false nor 0 */
  pi_value facts[PI_FACT_COUNT];
  uint32_t violations_count;
  bool has_spans; /* any violation has one */
  pi_violation violations[PI_VIOLATIONS_MAX];
} pi_case;

static inline bool pi_case_knows(const pi_case *self, pi_fact fact) {
  return (self->known & PI_FACT_BIT(fact)) != 0;
}

/* What a fact that is known says; each asks for the one type that its name says, `text` for all that are
 * written as a string. A fact's value is read and set by these alone, so that nobody takes one type for
 * another. */
static inline pi_value pi_case_value(const pi_case *self, pi_fact fact) {
  return self->facts[fact];
}

static inline pi_slice pi_case_text(const pi_case *self, pi_fact fact) {
  assert(pi_fact_is_text(fact));
  return self->facts[fact].string;
}

static inline uint8_t pi_case_word(const pi_case *self, pi_fact fact) {
  assert(PI_FACTS[fact].type == PI_TYPE_WORD);
  return self->facts[fact].word;
}

static inline bool pi_case_flag(const pi_case *self, pi_fact fact) {
  assert(PI_FACTS[fact].type == PI_TYPE_BOOL);
  return self->facts[fact].boolean;
}

static inline int64_t pi_case_count(const pi_case *self, pi_fact fact) {
  assert(PI_FACTS[fact].type == PI_TYPE_COUNT);
  return self->facts[fact].count;
}

static inline int32_t pi_case_strength(const pi_case *self, pi_fact fact) {
  assert(PI_FACTS[fact].type == PI_TYPE_STRENGTH);
  return self->facts[fact].micro;
}

static inline pi_countries pi_case_countries(const pi_case *self, pi_fact fact) {
  assert(PI_FACTS[fact].type == PI_TYPE_COUNTRIES);
  return self->facts[fact].countries;
}

static inline const pi_tree *pi_case_tree(const pi_case *self, pi_fact fact) {
  assert(PI_FACTS[fact].type == PI_TYPE_TREE);
  return &self->facts[fact].tree;
}

/* Setting a fact makes it known. */
static inline void pi_case_set(pi_case *self, pi_fact fact, pi_value value) {
  self->known |= PI_FACT_BIT(fact);
  self->facts[fact] = value;
}

static inline void pi_case_set_text(pi_case *self, pi_fact fact, pi_slice text) {
  assert(pi_fact_is_text(fact));
  pi_case_set(self, fact, (pi_value){.string = text});
}

static inline void pi_case_set_word(pi_case *self, pi_fact fact, uint8_t word) {
  assert(PI_FACTS[fact].type == PI_TYPE_WORD && word < PI_FACTS[fact].words.count);
  pi_case_set(self, fact, (pi_value){.word = word});
}

static inline void pi_case_set_count(pi_case *self, pi_fact fact, int64_t count) {
  assert(PI_FACTS[fact].type == PI_TYPE_COUNT);
  pi_case_set(self, fact, (pi_value){.count = count});
}

static inline void pi_case_set_strength(pi_case *self, pi_fact fact, int32_t micro) {
  assert(PI_FACTS[fact].type == PI_TYPE_STRENGTH);
  pi_case_set(self, fact, (pi_value){.micro = micro});
}

static inline void pi_case_set_countries(pi_case *self, pi_fact fact, pi_countries countries) {
  assert(PI_FACTS[fact].type == PI_TYPE_COUNTRIES);
  pi_case_set(self, fact, (pi_value){.countries = countries});
}

static inline void pi_case_set_tree(pi_case *self, pi_fact fact, pi_tree tree) {
  assert(PI_FACTS[fact].type == PI_TYPE_TREE);
  pi_case_set(self, fact, (pi_value){.tree = tree});
}

/* Whether one of the first `count` violations is of that rule: each rule is taken up once, though a case may
 * break it in several ways, where none before is of it. */
static inline bool pi_case_breaks(const pi_case *self, pi_slice rule, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    if (pi_slice_equal(self->violations[i].rule_id, rule)) return true;
  }
  return false;
}

/* Of private information: whether data is said to stand in the text, which is where a violation says nothing
 * else (R091); a threat or an incitement to publish it need not hold any (R092). */
static inline bool pi_violation_is_posted(const pi_violation *self) {
  return self->kind_word < 0 || self->kind_word == PI_PRIVATE_POSTED;
}

/* Whether a violation before that one is of the same rule: a rule that is broken in two kinds is named once.
 */
static inline bool pi_case_repeats_rule(const pi_case *self, uint32_t violation) {
  for (uint32_t i = 0; i < violation; i++) {
    if (pi_slice_equal(self->violations[i].rule_id, self->violations[violation].rule_id)) return true;
  }
  return false;
}

/* The public type: a case that owns its memory. */
struct pubint_case {
  pi_case facts;
  pi_arena arena;
};

#endif
