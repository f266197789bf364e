#include "process_required.h"

#include "process_table.h"

pubint_status pi_process_required(pi_ledger *ledger, int *out, pubint_error *error) {
  struct sqlite3_stmt *statement =
      pi_ledger_statement(ledger, "SELECT max(backgrounds) FROM required", error);
  if (statement == NULL) return PUBINT_E_SYSTEM;
  bool row;
  pubint_status status = pi_ledger_next(ledger, statement, &row, error);
  int64_t raised = status == PUBINT_OK && row ? pi_ledger_number(statement, 0) : 0;
  pi_ledger_reset(statement);
  *out = raised > PI_BACKGROUNDS_MIN && raised <= PI_BACKGROUNDS_MAX ? (int)raised : PI_BACKGROUNDS_MIN;
  return status;
}
