/* What people decided: lines of {"id", "decision": notice or remove, "reason", "decided_by"}, or a CSV file
 * with these columns; each case once.
 *
 * They are kept in memory, by id: some hundred bytes each.
 */
#ifndef PI_DECISIONS_H
#define PI_DECISIONS_H

#include "evaluation_read.h"
#include "tally.h"

typedef struct pi_decision {
  pubint_outcome outcome; /* notice or remove */
  pi_slice reason;        /* .ptr NULL: not given; as decided_by */
  pi_slice decided_by;
  uint64_t line;
  size_t input; /* the file of the evaluation that it is about, and its line; 0: none yet */
  uint64_t evaluated_at;
} pi_decision;

typedef struct pi_decisions {
  pi_tally cases; /* pi_decision, by id */
  pi_arena arena; /* of texts */
} pi_decisions;

/* Reads a file of decisions: CSV where its name ends in .csv, else JSON lines ("-": standard input). E4047
 * for a line that is none, E4048 for a case that is decided twice, with the place of the first. Dispose in
 * either case. */
pubint_status pi_decisions_read(pi_decisions *out, const char *name, pubint_error *error);
void pi_decisions_dispose(pi_decisions *decisions);

#endif
