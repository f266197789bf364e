/* What an evaluation came to, kept while the engine goes on, and how two of them differ. */
#ifndef PI_REPL_SNAPSHOT_H
#define PI_REPL_SNAPSHOT_H

#include "evaluation.h"
#include "page.h"

enum { PI_REPL_CONDITIONS_MAX = PI_CONDITIONS_MAX + PI_HOST_CONDITIONS_COUNT };

typedef struct pi_repl_entry {
  char rule[PI_ID_LENGTH_MAX + 1];
  pubint_outcome verdict;
  pubint_basis basis;
  bool weighed;
  bool failed; /* a script of it did */
  int64_t interest, harm, bar, market, margin;
  bool bar_replaced;
  pi_balance balance;                /* without notes; its ids stand below */
  bool replaced[PI_FACTORS_MAX];     /* by factor: its weight is an override */
  bool open[PI_REPL_CONDITIONS_MAX]; /* by condition: nobody assessed it */
  char ids[PI_FACTORS_MAX + PI_REPL_CONDITIONS_MAX][PI_ID_LENGTH_MAX + 1];
} pi_repl_entry;

typedef struct pi_repl_snapshot {
  pubint_outcome outcome;
  pubint_basis basis;
  pi_gate_result gates[PI_GATE_COUNT];
  uint32_t entries_count;
  pi_repl_entry entries[PI_VIOLATIONS_MAX];
} pi_repl_snapshot;

void pi_repl_snapshot_take(pi_repl_snapshot *out, const pubint_evaluation *evaluation);

/* Prints outcome, margins, gates, conditions and factors that differ, before → after; one line when nothing
 * does. */
void pi_repl_snapshot_compare(pi_page *page, const pi_repl_snapshot *before, const pi_repl_snapshot *after);

/* Prints outcome and basis, then a line for each rule: verdict, margin and what it is made of. */
void pi_repl_snapshot_print(pi_page *page, const pi_repl_snapshot *now);

/* Goes to `indent` of the next line where the current one has less room than that. */
void pi_repl_make_room(pi_page *page, unsigned indent, unsigned columns);

/* Appends value × 10^-decimals with U+2212 for minus. */
void pi_repl_put_decimal(pi_page *page, pi_style style, int64_t value, unsigned decimals);

pi_style pi_repl_outcome_style(pubint_outcome outcome);

#endif
