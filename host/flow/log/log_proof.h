/* Proves a decision log: its chain, line by line, and its evaluations, recomputed by the policies they name.
 */
#ifndef PI_LOG_PROOF_H
#define PI_LOG_PROOF_H

#include "log_proof_options.h"

/* PUBINT_OK where all holds. Else the first fault, with its segment, its line in it and n; what was proved
 * before it stands in *out. Memory does not grow with the log. */
pubint_status pi_log_prove(pi_log_proof *out, const pi_log_proof_options *options, pubint_error *error);

#endif
