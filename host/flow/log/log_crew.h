/* Threads that recompute the evaluations of a log while its chain is followed. */
#ifndef PI_LOG_CREW_H
#define PI_LOG_CREW_H

#include "log_proof_options.h"
#include "log_read.h"

typedef struct pi_log_crew pi_log_crew;

/* NULL: memory ran out. Where threads run out, fewer do the same work, or the caller itself. */
pi_log_crew *pi_log_crew_open(const pi_log_proof_options *options, pubint_error *error);

/* Hands a line over, of which it takes a copy. False once a fault was found, or memory ran out. */
bool pi_log_crew_take(pi_log_crew *self, const pi_log_text *text, const pi_log_line *line);

/* Waits for all that was handed over and ends; adds to the counts of *out. PUBINT_OK, or the fault of the
 * first line that has one. */
pubint_status pi_log_crew_close(pi_log_crew *self, pi_log_proof *out, pubint_error *error);

#endif
