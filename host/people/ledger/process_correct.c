#include "process_correct.h"

#include <stdio.h>
#include <string.h>

#include "errors.h"
#include "process_inside.h"
#include "times.h"

enum { ARENA_BLOCK = 64 * 1024, ARENA_MAX = 64 * 1024 * 1024 };

/* The record at hand, with the times as of which those beside it count. */
typedef struct beside {
  bool found;
  int64_t at, before, after; /* INT64_MIN, INT64_MAX: there is none */
} beside;

/* What is later is still to come: by the clock, which a correction may be a little ahead of, and never by a
 * time that somebody says was before. */
static int64_t now_of(pi_ledger *ledger, const pi_correct *correction) {
  int64_t now = pi_ledger_now(ledger);
  return correction->at > now ? correction->at : now;
}

/* Finds the record that is meant: the one that is named, else the first still to come, else the last. */
static pubint_status find(pi_ledger *ledger, int64_t case_entry, pi_correct *correction, beside *out,
                          pubint_error *error) {
  pi_query *rows =
      pi_ledger_statement(ledger, "SELECT entry, at FROM case_times WHERE case_entry = :case ORDER BY entry");
  pi_ledger_bind_number(rows, ":case", case_entry);
  pubint_status status = PUBINT_OK;
  bool last = correction->record == 0;
  int64_t now = now_of(ledger, correction);
  *out = (beside){.before = INT64_MIN, .after = INT64_MAX};
  while (pi_ledger_next(rows, &status, error)) {
    int64_t entry = pi_ledger_number(rows, 0), at = pi_ledger_number(rows, 1);
    bool settled = out->found && (!last || out->at > now);
    if (settled) {
      if (at < out->after) out->after = at;
    } else if (last || entry == correction->record) {
      if (out->found && out->at > out->before) out->before = out->at;
      out->found = true;
      out->at = at;
      correction->record = entry;
    } else if (at > out->before) {
      out->before = at;
    }
  }
  pi_ledger_reset(rows);
  if (status != PUBINT_OK || out->found) return status;
  status = pi_error_set(error, PI_E_NOT_A_RECORD);
  if (error != NULL) snprintf(error->found, sizeof error->found, "%lld", (long long)correction->record);
  return status;
}

static pubint_status check_fit(const pi_correct *correction, const beside *of, pubint_error *error) {
  int64_t first = of->before, last = of->after < correction->at ? of->after : correction->at;
  if (!correction->has_time || (correction->time >= first && correction->time <= last)) return PUBINT_OK;
  pubint_status status = pi_error_set(error, PI_E_TIME_UNFIT);
  if (error == NULL) return status;
  char text[2][PI_TIME_BYTES];
  pi_time_write(correction->time, text[0]);
  snprintf(error->found, sizeof error->found, "%s", text[0]);
  pi_time_write(last, text[1]);
  if (first == INT64_MIN) {
    snprintf(error->expected, sizeof error->expected, "at most %s", text[1]);
    return status;
  }
  pi_time_write(first, text[0]);
  if (first > last) {
    snprintf(error->expected, sizeof error->expected,
             "the record before it corrected first: it counts as of %s", text[0]);
  } else {
    snprintf(error->expected, sizeof error->expected, "%s to %s", text[0], text[1]);
  }
  return status;
}

/* A correction comes after the record that it is about, except where that is still to come. */
static pubint_status check_order(const pi_correct *correction, const beside *of, int64_t now,
                                 pubint_error *error) {
  if (correction->at >= of->at || of->at > now) return PUBINT_OK;
  pubint_status status = pi_error_set(error, PI_E_TIME_UNFIT);
  if (error == NULL) return status;
  char text[PI_TIME_BYTES];
  pi_time_write(correction->at, text);
  snprintf(error->found, sizeof error->found, "a correction of %s", text);
  pi_time_write(of->at, text);
  snprintf(error->expected, sizeof error->expected, "one at or after its record: %s", text);
  return status;
}

static pubint_status write(pi_pending *self, const pi_correct *correction, int64_t entry,
                           pubint_error *error) {
  pi_query *insert = pi_ledger_statement(
      self->ledger, "INSERT INTO corrections (entry, record, at, who, time, note)\n"
                    "VALUES (:entry, :record, :at, :who, iif(:timed, :time, NULL), :note)");
  pi_ledger_bind_number(insert, ":entry", entry);
  pi_ledger_bind_number(insert, ":record", correction->record);
  pi_ledger_bind_number(insert, ":at", correction->at);
  pi_ledger_bind_text(insert, ":who", correction->who);
  pi_ledger_bind_number(insert, ":timed", correction->has_time);
  pi_ledger_bind_number(insert, ":time", correction->time);
  pi_ledger_bind_text(insert, ":note", correction->note);
  return pi_ledger_run(insert, error);
}

/* Within the transaction. */
static pubint_status carry_out(pi_pending *self, pi_correct *correction, pi_done *done, pubint_error *error) {
  beside of;
  int64_t entry;
  pubint_status status =
      pi_record_read(&self->record, self->ledger, correction->id, PI_RECORD_STEPS, &self->arena, error);
  if (status == PUBINT_OK) status = find(self->ledger, self->record.entry, correction, &of, error);
  if (status != PUBINT_OK) return status;
  int64_t now = now_of(self->ledger, correction);
  status = check_order(correction, &of, now, error);
  if (status != PUBINT_OK) return status;
  if (!correction->has_time && of.at > now) {
    correction->has_time = true;
    correction->time = correction->at;
  }
  status = check_fit(correction, &of, error);
  if (status == PUBINT_OK) status = pi_process_begin(self, &entry, error);
  if (status == PUBINT_OK) status = write(self, correction, entry, error);
  if (status == PUBINT_OK) status = pi_process_append(self, "correct", entry, done, error);
  if (!correction->has_time) correction->time = of.at;
  return status;
}

pubint_status pi_process_correct(pi_ledger *ledger, pi_correct *correction, pi_done *done,
                                 pubint_error *error) {
  pi_pending self = {
      .ledger = ledger,
      .act = {
          .id = correction->id, .who = correction->who, .at = correction->at, .reason = correction->note}};
  *done = (pi_done){0};
  pubint_status status = pi_process_check(&self.act, pi_ledger_now(ledger), error);
  if (status != PUBINT_OK) return status;
  pi_arena_init(&self.arena, ARENA_BLOCK, ARENA_MAX);
  status = pi_ledger_begin(ledger, true, error);
  if (status == PUBINT_OK) status = pi_ledger_end(ledger, carry_out(&self, correction, done, error), error);
  pi_arena_dispose(&self.arena);
  return status;
}
