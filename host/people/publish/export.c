#include "export.h"

#include <stdio.h>
#include <string.h>

#include "audit.h"
#include "decode.h"
#include "errors.h"
#include "statement_make.h"

#define ARENA_BLOCK_BYTES ((size_t)64 * 1024)
#define ARENA_BYTES_MAX   ((size_t)16 * 1024 * 1024)
#define FLUSH_BYTES       ((size_t)1024 * 1024)

typedef struct exporting {
  pi_export *options;
  pi_ledger *ledger;
  pi_arena arena;
  size_t in_batch;
} exporting;

/* The decision's link in the audit log: unique, and telling nothing of the case to who has not the ledger. */
static pubint_status read_link(exporting *self, int64_t entry, char link[PI_LINK_BYTES + 1],
                               pubint_error *error) {
  pi_query *statement = pi_ledger_statement(self->ledger, "SELECT link FROM audit WHERE sequence = :entry");
  pi_ledger_bind_number(statement, ":entry", entry);
  pubint_status status = PUBINT_OK;
  link[0] = '\0';
  if (pi_ledger_next(statement, &status, error)) {
    pi_slice text = pi_ledger_text(statement, 0);
    if (text.len == PI_LINK_BYTES) memcpy(link, text.ptr, PI_LINK_BYTES + 1);
  }
  pi_ledger_reset(statement);
  return status;
}

static pubint_outcome outcome_of(pi_slice word) {
  for (int i = PUBINT_NO_ACTION; i <= PUBINT_REVIEW; i++) {
    if (pi_slice_equal(word, pi_slice_of(pubint_outcome_name((pubint_outcome)i)))) return (pubint_outcome)i;
  }
  return PUBINT_REVIEW;
}

static pubint_outcome decided(const pi_step *step) {
  return step != NULL && step->position == PI_POSITION_NOTICE ? PUBINT_NOTICE : PUBINT_REMOVE;
}

static bool superseding(const pi_record *record, const pi_step *decision) {
  for (int i = 0; i < record->rounds_count; i++) {
    const pi_step *earlier = pi_round_step(&record->rounds[i], PI_ACTION_DECIDE);
    if (earlier != NULL && earlier != decision) return true;
  }
  return false;
}

static void put_statement(exporting *self, const pi_statement *statement, pubint_error *error) {
  pi_buffer *out = self->options->out;
  if (self->options->batches) {
    pi_buffer_text(out, self->in_batch == 0 ? "{\"statements\":[" : ",");
    self->in_batch++;
  }
  pi_statement_write(statement, out, error); /* it was checked when it was made */
  if (!self->options->batches) {
    pi_buffer_byte(out, '\n');
  } else if (self->in_batch == PI_EXPORT_BATCH) {
    pi_buffer_text(out, "]}\n");
    self->in_batch = 0;
  }
  self->options->statements++;
}

/* Makes both statements of a case before it writes one. */
static pubint_status export_decision(exporting *self, const pi_record *record, const pi_round *round,
                                     const pi_step *decision, pubint_error *error) {
  char puid[sizeof "pubint-" + PI_LINK_BYTES];
  char link[PI_LINK_BYTES + 1];
  pi_arena_reset(&self->arena);
  pi_case *input = pi_arena_alloc(&self->arena, sizeof *input);
  if (input == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  pubint_status status = pi_decode_case(input, round->facts, 1, &self->arena, NULL, error);
  if (status == PUBINT_OK) status = read_link(self, decision->entry, link, error);
  if (status != PUBINT_OK) return status;
  snprintf(puid, sizeof puid, "pubint-%s", link);
  const pi_step *recommendation = pi_round_step(round, PI_ACTION_RECOMMEND);
  pi_hearing hearing;
  pi_round_hearing(round, &hearing);
  pi_stated_decision stated = {.input = input,
                               .decision = decided(decision),
                               .eligible = !pi_slice_equal(round->basis, PI_SLICE("not_eligible")) &&
                                           !pi_slice_equal(round->basis, PI_SLICE("never_excepted")),
                               .evaluation = outcome_of(round->outcome),
                               .recommendation = decided(recommendation),
                               .found = recommendation != NULL && recommendation->finding.ptr != NULL,
                               .found_later = decision->finding.ptr != NULL,
                               .advisers_count = (uint32_t)pi_round_advisers(round),
                               .backgrounds_count = (uint32_t)hearing.backgrounds,
                               .market_heard = hearing.market,
                               .teams_count = (uint32_t)pi_round_teams(round),
                               .informed = pi_round_informed(round),
                               .superseding = superseding(record, decision),
                               .decided_at = decision->at,
                               .learn_more = self->options->learn_more,
                               .puid = pi_slice_of(puid)};
  pi_statements statements;
  status = pi_statements_make(&statements, &stated, &self->arena, error);
  for (size_t i = 0; status == PUBINT_OK && i < statements.count; i++) {
    put_statement(self, &statements.items[i], error);
  }
  return status;
}

static pubint_status export_record(void *data, const pi_record *record, pubint_error *error) {
  exporting *self = data;
  pi_export *options = self->options;
  const pi_round *round;
  const pi_step *decision = pi_record_decision(record, &round);
  if (decision == NULL || decision->at < options->since || decision->at >= options->until) return PUBINT_OK;
  pubint_error refusal;
  pubint_status status = export_decision(self, record, round, decision, &refusal);
  if (status == PUBINT_E_INPUT) {
    options->refused(options->self, &refusal, record->id);
    return PUBINT_OK;
  }
  if (status == PUBINT_OK && options->out->failed) status = pi_error_set(&refusal, PI_E_NO_MEMORY);
  if (status != PUBINT_OK) {
    if (error != NULL) *error = refusal;
    return status;
  }
  bool flush = options->out->len >= FLUSH_BYTES && self->in_batch == 0;
  return !flush || options->flush(options->self, options->out) ? PUBINT_OK
                                                               : pi_error_set(error, PI_E_CANNOT_WRITE);
}

pubint_status pi_export_statements(pi_export *options, pi_ledger *ledger, pubint_error *error) {
  exporting self = {.options = options, .ledger = ledger};
  options->statements = 0;
  pi_arena_init(&self.arena, ARENA_BLOCK_BYTES, ARENA_BYTES_MAX);
  pubint_status status = pi_record_each(ledger, export_record, &self, error);
  if (self.in_batch > 0) pi_buffer_text(options->out, "]}\n");
  pi_arena_dispose(&self.arena);
  return status;
}
