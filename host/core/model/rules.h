/* The table of rules (rules.def), as C sees it. */
#ifndef PI_RULES_H
#define PI_RULES_H

#include <stdbool.h>

#include "facts.h"
#include "quoted_limits.h"
#include "slice.h"

typedef enum pi_rule {
#define RULE(name, id, never, grounds, spans, kinds) PI_RULE_##name,
#include "rules.def"
#undef RULE
  PI_RULE_COUNT,
  PI_RULE_OTHER = PI_RULE_COUNT, /* a rule without a row: its id is what the violation says */
} pi_rule;

typedef struct pi_rule_row {
  pi_slice id;
  bool never;   /* never excepted (R072, R108–R112) */
  bool grounds; /* a violation may name grounds */
  bool spans;   /* a violation may have spans */
  pi_words kinds;
} pi_rule_row;

extern const pi_rule_row PI_RULES[PI_RULE_COUNT];

/* Kinds of private_information, in the order of its row: what the host's own condition asks (R095). */
typedef enum pi_private_kind { PI_PRIVATE_POSTED, PI_PRIVATE_THREAT, PI_PRIVATE_INCITEMENT } pi_private_kind;

/* The protected grounds of hateful_conduct (R096), and the kinds of private data a span may name. */
extern const pi_words PI_GROUNDS;
extern const pi_words PI_SPAN_KINDS;

/* PI_RULE_OTHER where no row has that id. */
pi_rule pi_rule_find(pi_slice id);

#define PI_ID_PATTERN "^[a-z][a-z0-9_]{0,47}$"
_Static_assert(PI_ID_LENGTH_MAX == 1 + 47, "what the pattern says");

/* Whether `id` has the form of PI_ID_PATTERN, of rules, kinds, factors and conditions. */
bool pi_id_valid(pi_slice id);

#endif
