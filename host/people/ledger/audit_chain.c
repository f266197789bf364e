#include "audit_chain.h"

#include <stdio.h>

#include "errors.h"
#include "ledger_schema.h"
#include "sha256.h"

static void add_number(pi_sha256 *sha, int64_t number) {
  char text[32];
  int length = snprintf(text, sizeof text, "i%lld;", (long long)number);
  pi_sha256_add(sha, text, (size_t)length);
}

static void add_text(pi_sha256 *sha, pi_slice text) {
  char head[32];
  int length = snprintf(head, sizeof head, "t%zu:", text.len);
  pi_sha256_add(sha, head, (size_t)length);
  pi_sha256_add(sha, text.ptr, text.len);
}

static void add_column(pi_sha256 *sha, pi_query *row, int column) {
  switch (pi_ledger_kind(row, column)) {
  case PI_COLUMN_NULL: pi_sha256_add(sha, "n", 1); break;
  case PI_COLUMN_NUMBER: add_number(sha, pi_ledger_number(row, column)); break;
  case PI_COLUMN_TEXT: add_text(sha, pi_ledger_text(row, column)); break;
  }
}

/* The rows of one table that the operation wrote. */
static pubint_status add_rows(pi_sha256 *sha, pi_ledger *ledger, const pi_record_table *table, int64_t entry,
                              pubint_error *error) {
  pi_query *rows = pi_ledger_statement(ledger, table->rows);
  pi_ledger_bind_number(rows, ":entry", entry);
  if (!table->later) add_text(sha, pi_slice_of(table->name));
  pubint_status status = PUBINT_OK;
  while (pi_ledger_next(rows, &status, error)) {
    if (table->later) add_text(sha, pi_slice_of(table->name));
    for (int i = 0; i < pi_ledger_columns(rows); i++) add_column(sha, rows, i);
  }
  pi_ledger_reset(rows);
  return status;
}

pubint_status pi_chain_link(pi_ledger *ledger, const pi_audit_entry *entry, int64_t sequence,
                            const char before[PI_LINK_BYTES + 1], char out[PI_LINK_BYTES + 1],
                            pubint_error *error) {
  pi_sha256 state, *sha = &state;
  pi_sha256_begin(sha);
  add_text(sha, PI_SLICE("pubint ledger 1"));
  add_text(sha, (pi_slice){before, PI_LINK_BYTES});
  add_number(sha, sequence);
  add_number(sha, entry->at);
  add_text(sha, entry->actor);
  add_text(sha, entry->action);
  add_text(sha, entry->subject);
  pubint_status status = PUBINT_OK;
  for (int i = 0; i < PI_RECORD_TABLES_COUNT && status == PUBINT_OK; i++) {
    status = add_rows(sha, ledger, &PI_RECORD_TABLES[i], entry->sequence, error);
  }
  if (status == PUBINT_OK) pi_sha256_hex(sha, out);
  return status;
}
