#include "process_required.h"

#include "process_table.h"

pubint_status pi_process_required(pi_ledger *ledger, int *out, pubint_error *error) {
  int64_t raised;
  pubint_status status =
      pi_ledger_ask(pi_ledger_statement(ledger, "SELECT max(backgrounds) FROM required"), &raised, error);
  *out = raised > PI_BACKGROUNDS_MIN && raised <= PI_BACKGROUNDS_MAX ? (int)raised : PI_BACKGROUNDS_MIN;
  return status;
}
