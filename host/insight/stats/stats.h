/* What evaluations add up to: outcomes, gates, rules, margins, factors, unknown facts, markets, months. */
#ifndef PI_STATS_H
#define PI_STATS_H

#include "batch.h"
#include "figures.h"
#include "sheet.h"
#include "tally.h"

enum {
  PI_STATS_BIN_LOW = -20, /* margins are counted by whole points; the first and last bin take the rest */
  PI_STATS_BIN_HIGH = 20,
  PI_STATS_BINS = PI_STATS_BIN_HIGH - PI_STATS_BIN_LOW + 1
};

typedef struct pi_stats_rule {
  uint64_t entries;
  uint64_t verdicts[PI_OUTCOMES];
  pi_exact_sum margin;
} pi_stats_rule;

/* By the verdict of the rule under which it was weighed. */
typedef struct pi_stats_factor {
  uint64_t times; /* it had points */
  pi_exact_sum points[PI_OUTCOMES];
} pi_stats_factor;

/* Cases of one market, or of one month. */
typedef struct pi_stats_group {
  uint64_t outcomes[PI_OUTCOMES];
} pi_stats_group;

typedef struct pi_stats_fact {
  uint64_t unknown;    /* cases in which scripts read it while it was unknown */
  uint64_t unassessed; /* in which a rule's verdict waits for it, or would */
  uint64_t missing;    /* in which it would decide a gate */
  uint64_t alone;      /* reviews for which it is the only fact that people wait for */
  uint64_t tried;      /* cases that were evaluated anew with values of it */
  uint64_t left;       /* in which the search ended before it had tried them all */
  uint64_t turned;     /* of which some value turned the outcome */
  uint64_t turned_to[PI_OUTCOMES];
} pi_stats_fact;

enum { PI_STATS_FACTS = PI_FACT_COUNT + 1 };

typedef struct pi_stats {
  uint64_t lines;
  uint64_t evaluated;
  uint64_t refused;
  bool with_cases;
  uint64_t cases[PI_OUTCOMES][PI_BASES];
  uint64_t gates[PI_GATE_COUNT][PI_GATE_UNKNOWN + 1];
  uint64_t margins[PI_STATS_BINS];
  uint64_t weighed;                      /* entries that have a margin */
  pi_stats_fact by_fact[PI_STATS_FACTS]; /* of the table, then PI_SPANS_BIT */
  pi_tally codes;                        /* uint64_t */
  pi_tally policies;                     /* uint64_t */
  pi_tally rules;                        /* pi_stats_rule */
  pi_tally factors;                      /* pi_stats_factor, by pi_factor_name */
  pi_tally markets;                      /* pi_stats_group */
  pi_tally months;                       /* pi_stats_group */
} pi_stats;

typedef struct pi_stats_options {
  const char *const *evaluations; /* none: standard input */
  size_t evaluations_count;
  const char
      *cases; /* what the evaluations were made of, line for line; NULL: months and turns are not counted */
  const pubint_policy *policy; /* with cases: what the evaluations were made with */
  void (*progress)(void *context, const pi_batch_progress *now); /* as of a batch; may be NULL */
  void *context;
} pi_stats_options;

/* Reads and counts. Stops at the first line that is no evaluation. Dispose in either case. */
pubint_status pi_stats_count(pi_stats *out, const pi_stats_options *options, pubint_error *error);
void pi_stats_dispose(pi_stats *stats);

/* Fills a book, which is initialised, with what was counted; `names` says what was read. */
void pi_stats_book(const pi_stats *stats, const char *name, pi_book *out);

#endif
