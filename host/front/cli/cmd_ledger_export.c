/* pubint ledger export: statements of reasons, tables of counts, whole records. */
#include <stdio.h>
#include <string.h>

#include "errors.h"
#include "export.h"
#include "ledger_commands.h"
#include "nearest.h"
#include "option_values.h"
#include "policy.h"
#include "record_show.h"
#include "times.h"

typedef struct export_options {
  pi_ledger_options shared;
  const char *since;
  const char *until;
  uint64_t year;
  bool batch;
  bool all_counts;
} export_options;

static const pi_option OPTIONS[] = {
    PI_LEDGER_OPTION(export_options),
    {0, "since", PI_OPTION_TEXT, "TIME", NULL, offsetof(export_options, since),
     "of dsa and jsonl: decided on that day or time, or later"},
    {0, "until", PI_OPTION_TEXT, "TIME", NULL, offsetof(export_options, until),
     "of dsa and jsonl: decided before that day or time"},
    {0, "year", PI_OPTION_COUNT, "YEAR", NULL, offsetof(export_options, year),
     "decided in that calendar year (UTC)"},
    {0, "batch", PI_OPTION_FLAG, NULL, NULL, offsetof(export_options, batch),
     "of dsa: lines {\"statements\":[…]} of at most " PI_SPELL(
         PI_EXPORT_BATCH) ", as the database takes them at once"},
    {0, "all-counts", PI_OPTION_FLAG, NULL, NULL, offsetof(export_options, all_counts),
     "of csv: withhold nothing; not for publication"},
};

typedef enum export_kind { EXPORT_DSA, EXPORT_CSV, EXPORT_JSONL, EXPORT_KINDS } export_kind;
static const char *const KINDS[] = {
    [EXPORT_DSA] = "dsa", [EXPORT_CSV] = "csv", [EXPORT_JSONL] = "jsonl", [EXPORT_KINDS] = NULL};

/* One run. */
typedef struct session {
  const pi_call *call;
  int64_t since, until;
  bool unwritten;    /* and said already */
  uint64_t refusals; /* cases of which nothing could be made */
} session;

/* --- the command line --- */

static pi_exit refuse_together(const char *message) {
  pubint_error error;
  pi_error_setf(&error, PI_E_OPTION_VALUE, "%s", message);
  return pi_complain(&error);
}

/* A time, or a day, which begins at midnight UTC. */
static bool read_time(const char *option, const char *text, int64_t *out, pi_exit *status) {
  if (text == NULL || pi_time_date(pi_slice_of(text), out) || pi_time_read(pi_slice_of(text), out) == NULL)
    return true;
  *status =
      pi_option_refuse_value(option, text, "a day as in 2020-05-29, or a time as in 2020-05-29T04:53:00Z");
  return false;
}

static bool read_period(session *self, const export_options *options, export_kind kind, pi_exit *status) {
  self->since = INT64_MIN;
  self->until = INT64_MAX;
  bool period = options->since != NULL || options->until != NULL;
  *status = PI_EXIT_USAGE;
  if (period && options->year != 0) {
    refuse_together("--since and --until do not go with --year");
    return false;
  }
  if (period && kind == EXPORT_CSV) {
    refuse_together(
        "counts are published by calendar year, so that no two periods can be subtracted: --year");
    return false;
  }
  if ((options->batch && kind != EXPORT_DSA) || (options->all_counts && kind != EXPORT_CSV)) {
    refuse_together("--batch goes with dsa, and --all-counts with csv");
    return false;
  }
  if (!pi_ledger_shared_year(options->year, status)) return false;
  char year[2][PI_TIME_BYTES];
  for (uint64_t i = 0; i < 2; i++) {
    snprintf(year[i], sizeof year[i], "%04llu-01-01", (unsigned long long)(options->year + i));
  }
  bool whole_year = options->year != 0;
  if (!read_time("since", whole_year ? year[0] : options->since, &self->since, status) ||
      !read_time("until", whole_year && options->year < 9999 ? year[1] : options->until, &self->until,
                 status)) {
    return false;
  }
  if (self->since < self->until) return true;
  *status = pi_option_refuse_value("until", options->until, "a day or a time after that of --since");
  return false;
}

static bool read_kind(const pi_command *command, const pi_call *call, export_kind *kind, pi_exit *status) {
  if (call->arguments.count == 0) {
    *status = pi_ledger_shared_lacks(command, "what to export is missing: dsa, csv or jsonl");
    return false;
  }
  const char *found = call->arguments.items[0];
  *kind = EXPORT_DSA;
  while (*kind < EXPORT_KINDS && strcmp(found, KINDS[*kind]) != 0) (*kind)++;
  if (*kind < EXPORT_KINDS) return true;
  pubint_error error;
  pi_nearest nearest;
  pi_error_setf(&error, PI_E_ARGUMENTS, "there is no such export");
  pi_error_found(&error, found, strlen(found));
  snprintf(error.expected, sizeof error.expected, "dsa, csv or jsonl");
  pi_nearest_init(&nearest, pi_slice_of(found));
  for (int i = 0; i < EXPORT_KINDS; i++) pi_nearest_offer(&nearest, pi_slice_of(KINDS[i]));
  if (nearest.best.ptr != NULL) snprintf(error.hint, sizeof error.hint, "did you mean %s?", nearest.best.ptr);
  *status = pi_complain(&error);
  return false;
}

/* --- writing --- */

static bool flush(void *data, pi_buffer *out) {
  session *self = data;
  self->unwritten = !pi_terminal_write(out, false);
  pi_buffer_reset(out);
  return !self->unwritten;
}

static void refuse_case(void *data, const pubint_error *error, pi_slice id) {
  session *self = data;
  pubint_error named = *error;
  self->refusals++;
  pi_error_field(named.file, sizeof named.file, id.ptr, id.len);
  named.line = 0;
  pi_complain(&named);
}

static pi_exit export_statements(session *self, pi_ledger *ledger, bool batch) {
  pi_exit status;
  pubint_policy *policy = pi_command_policy(&self->call->common, &status);
  if (policy == NULL) return status;
  pubint_error error = {0};
  pi_export options = {.since = self->since,
                       .until = self->until,
                       .batches = batch,
                       .learn_more = policy->learn_more,
                       .out = self->call->out,
                       .self = self,
                       .flush = flush,
                       .refused = refuse_case};
  if (pi_export_statements(&options, ledger, &error) == PUBINT_OK) {
    status = self->refusals > 0 ? PI_EXIT_REFUSED : PI_EXIT_DONE;
  } else {
    status = self->unwritten ? PI_EXIT_SYSTEM : pi_complain(&error);
  }
  pubint_policy_free(policy);
  return status;
}

/* A case whose latest decision lies in the period; without one, every case. */
static pubint_status put_record(void *data, const pi_record *record, pubint_error *error) {
  enum { FLUSH_BYTES = 1024 * 1024, RECORD_BYTES_MAX = 512 * 1024 * 1024 };
  session *self = data;
  pi_buffer *out = self->call->out;
  const pi_step *decision = pi_record_decision(record, NULL);
  bool whole = self->since == INT64_MIN && self->until == INT64_MAX;
  bool within = decision != NULL && decision->at >= self->since && decision->at < self->until;
  if (!whole && !within) return PUBINT_OK;
  pi_buffer line;
  pi_buffer_init(&line, RECORD_BYTES_MAX);
  pi_record_write(&line, record);
  pi_ledger_shared_put_json(self->call, &line);
  if (out->failed) return pi_error_set(error, PI_E_NO_MEMORY);
  return out->len < FLUSH_BYTES || flush(self, out) ? PUBINT_OK : pi_error_set(error, PI_E_CANNOT_WRITE);
}

static pi_exit export_records(session *self, pi_ledger *ledger) {
  pubint_error error = {0};
  if (pi_record_each(ledger, put_record, self, &error) == PUBINT_OK) return PI_EXIT_DONE;
  return self->unwritten ? PI_EXIT_SYSTEM : pi_complain(&error);
}

static pi_exit run(const pi_command *command, pi_call *call) {
  export_options options = {{0}, NULL, NULL, 0, false, false};
  session self = {.call = call};
  export_kind kind;
  pi_exit status;
  if (!pi_command_begin(command, call, &options, &status)) return status;
  if (!read_kind(command, call, &kind, &status) || !read_period(&self, &options, kind, &status))
    return status;
  pi_ledger *ledger = pi_ledger_shared_open(&options.shared, PI_LEDGER_READ, &status);
  if (ledger == NULL) return status;
  switch (kind) {
  case EXPORT_DSA: status = export_statements(&self, ledger, options.batch); break;
  case EXPORT_CSV:
    status = pi_ledger_shared_transparency(call, ledger, options.year, true, options.all_counts);
    break;
  case EXPORT_JSONL: status = export_records(&self, ledger); break;
  case EXPORT_KINDS: break;
  }
  pi_ledger_close(ledger);
  return status;
}

const pi_command pi_ledger_command_export = {
    .name = "ledger export",
    .form = "dsa|csv|jsonl",
    .summary = "write statements of reasons, tables of counts or whole records",
    .about =
        "dsa: one statement of reasons a line for each decision in force, as the DSA Transparency "
        "Database of the EU takes it, and one more if local law withholds the Tweet in countries of the "
        "EEA. Every field is checked before it is written. Free text is made only of fixed phrases and "
        "titles of rules; it holds no text, handle, id or reason. Nothing is sent anywhere.\n"
        "csv: the tables of `pubint ledger transparency`, with the same counts withheld.\n"
        "jsonl: the whole record of every case, one a line, as `show --json` prints it. It holds Tweets, "
        "names and reasons: do not publish it.\n",
    .options = OPTIONS,
    .options_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .arguments_max = 1,
    .run = run,
};
