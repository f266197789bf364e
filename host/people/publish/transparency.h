/* What the public is told of how the exception is used: counts of decisions by year, rule and market, how
 * often people decided otherwise than was recommended, what was reversed, how long it took.
 *
 * R059 counts uses as a fact. It is no quota (A30): nothing here is read by an evaluation or a decision.
 */
#ifndef PI_TRANSPARENCY_H
#define PI_TRANSPARENCY_H

#include "buffer.h"
#include "crosstab.h"
#include "page.h"
#include "phrases.h"
#include "store.h"

/* The columns of a table of decisions. */
typedef enum pi_crosstab_decision {
  PI_CROSSTAB_NOTICE,
  PI_CROSSTAB_REMOVE,
  PI_CROSSTAB_DECISIONS
} pi_crosstab_decision;

/* The rows of what people did with what came before: one column, no sum. */
typedef enum pi_second_thought {
  PI_AGAINST_EVALUATION,
  PI_AGAINST_RECOMMENDATION,
  PI_AGAINST_MAJORITY,
  PI_NOTICE_REVERSED, /* a later round removed */
  PI_REMOVE_REVERSED, /* a later round placed a notice */
  PI_DECISION_UPHELD, /* a later round decided the same */
  PI_SECOND_THOUGHTS_COUNT
} pi_second_thought;

/* Every decision counts, in the year it was taken, one that was superseded later too. */
typedef struct pi_transparency {
  pi_arena arena;
  int first_year;
  size_t years_count;
  int year;              /* what is shown: one year, or 0 for all of them */
  bool all_counts;       /* nothing is withheld */
  pi_crosstab by_rule;   /* the last row is every decision once; a decision on several rules counts in each */
  pi_crosstab by_market; /* rows as market_names, then every decision */
  pi_crosstab second_thoughts;
  const pi_slice *rule_names; /* the last is "other" */
  size_t rules_count;
  const pi_slice *market_names; /* those with enough decisions to be named; the last is "other" */
  size_t markets_count;
  uint64_t timed_count; /* decisions of the years shown */
  int64_t
      median_seconds; /* from opened or reopened to decided; of an even number the lower of the middle two */
  int64_t longest_seconds;
} pi_transparency;

/* Counts; `year` 0 is all years. With `all_counts` nothing is withheld. Disposing is legal after a failure.
 */
pubint_status pi_transparency_count(pi_transparency *out, pi_ledger *ledger, int year, bool all_counts,
                                    pubint_error *error);
void pi_transparency_dispose(pi_transparency *self);

/* The years shown, as indices: from *first up to *end. */
void pi_transparency_years(const pi_transparency *self, size_t *first, size_t *end);

/* The index that stands for what is shown: the year's, or that of all of them. */
size_t pi_transparency_shown(const pi_transparency *self);

/* Words of each row of second_thoughts, as in JSON. */
extern const char *const PI_SECOND_THOUGHT_NAMES[PI_SECOND_THOUGHTS_COUNT];

/* For people (the wording names the rules), as one line of JSON, and as CSV (RFC 4180) with a heading. A
 * withheld count is "fewer than 5" or "withheld", null, and an empty field. */
void pi_transparency_page(pi_page *page, pi_wording *wording, const pi_transparency *self);
void pi_transparency_json(pi_buffer *out, const pi_transparency *self);
void pi_transparency_csv(pi_buffer *out, const pi_transparency *self);

#endif
