/* How many of the six backgrounds a decision needs, as the ledger says. */
#ifndef PI_PROCESS_REQUIRED_H
#define PI_PROCESS_REQUIRED_H

#include "store.h"

/* How many a decision needs now. */
pubint_status pi_process_required(pi_ledger *ledger, int *out, pubint_error *error);

#endif
