/* pubint ledger correct: what is said of a record later. */
#include <stdio.h>
#include <string.h>

#include "errors.h"
#include "ledger_commands.h"
#include "option_values.h"
#include "outline.h"
#include "process_correct.h"
#include "times.h"

typedef struct correct_options {
  pi_ledger_options shared;
  const char *by;
  const char *note;
  const char *time;
  uint64_t entry;
} correct_options;

static const pi_option OPTIONS[] = {
    PI_LEDGER_OPTION(correct_options),
    {0, "by", PI_OPTION_TEXT, "WHO", NULL, offsetof(correct_options, by), "who corrects it"},
    {0, "note", PI_OPTION_TEXT, "TEXT", NULL, offsetof(correct_options, note),
     "what is wrong with the record"},
    {0, "entry", PI_OPTION_COUNT, "N", NULL, offsetof(correct_options, entry),
     "the record's entry in the audit log (else the first of the case that is still to come, else its last)"},
    {0, "time", PI_OPTION_TEXT, "TIME", NULL, offsetof(correct_options, time),
     "as of when the record counts, as in 2020-05-29T04:53:00Z"},
    PI_LEDGER_AT_OPTION(correct_options),
};

static bool read_time(const char *text, pi_correct *out, pi_exit *status) {
  out->has_time = text != NULL;
  if (text == NULL || pi_time_read(pi_slice_of(text), &out->time) == NULL) return true;
  *status = pi_option_refuse_value("time", text, "a time as in 2020-05-29T04:53:00Z");
  return false;
}

static void say(const pi_call *call, const pi_correct *correction, const pi_done *done) {
  if (call->common.json) {
    enum { LINE_BYTES_MAX = 64 * 1024 };
    pi_buffer line;
    pi_buffer_init(&line, LINE_BYTES_MAX);
    pi_outline out = pi_outline_begin(&line);
    pi_outline_string(&out, "id", correction->id);
    pi_outline_text(&out, "action", "correct");
    pi_outline_integer(&out, "record", correction->record);
    pi_outline_time(&out, "time", correction->time);
    pi_outline_integer(&out, "entry", done->entry);
    pi_outline_text(&out, "link", done->link);
    pi_outline_end(&out);
    pi_ledger_shared_put_json(call, &line);
    return;
  }
  pi_page page;
  char text[160], at[PI_TIME_BYTES];
  pi_time_say(correction->time, at);
  snprintf(text, sizeof text,
           " has a correction of entry %lld (entry %lld of the audit log), which counts as of %s.",
           (long long)correction->record, (long long)done->entry, at);
  pi_command_page(call, &page);
  pi_page_text(&page, PI_STYLE_STRONG, correction->id);
  pi_page_wrap(&page, 0, PI_STYLE_PLAIN, pi_slice_of(text));
  pi_page_dispose(&page);
}

static pi_exit run(const pi_command *command, pi_call *call) {
  correct_options options = {0};
  pi_exit status;
  if (!pi_command_begin(command, call, &options, &status)) return status;
  if (call->arguments.count < 1) return pi_ledger_shared_lacks(command, "the case's id is missing");
  if (options.by == NULL) return pi_ledger_shared_lacks(command, "--by is missing: who does it");
  if (options.note == NULL) return pi_ledger_shared_lacks(command, "--note is missing: what is wrong");
  pi_correct correction = {.id = pi_slice_of(call->arguments.items[0]),
                           .who = pi_slice_of(options.by),
                           .note = pi_slice_of(options.note),
                           .record = (int64_t)options.entry};
  if (!read_time(options.time, &correction, &status) ||
      !pi_ledger_shared_time(&options.shared, &correction.at, &status)) {
    return status;
  }
  pi_ledger *ledger = pi_ledger_shared_open(&options.shared, PI_LEDGER_WRITE, &status);
  if (ledger == NULL) return status;
  pubint_error error;
  pi_done done;
  status = PI_EXIT_DONE;
  if (pi_process_correct(ledger, &correction, &done, &error) == PUBINT_OK) {
    say(call, &correction, &done);
  } else {
    status = pi_complain(&error);
  }
  pi_ledger_close(ledger);
  return status;
}

const pi_command pi_ledger_command_correct = {
    .name = "ledger correct",
    .form = "ID --by WHO --note TEXT [--entry N] [--time TIME]",
    .summary = "correct a record by an entry beside it",
    .about =
        "A record is never rewritten. A correction says what is wrong with it, above all with its time. "
        "The correction is an entry of its own; `ledger show`, `export jsonl` and the audit show it "
        "beside the record.\n"
        "With --time, the record counts from then on as made at that time: in the order of the steps, in "
        "waiting times, in periods, and in counts by year. That time must lie between the times of the "
        "neighbouring records of the case, and not after the correction. Without --time, a record in the "
        "future counts as made at the time of the correction; every other record keeps its time. If "
        "several records are wrong, correct the first of them first. Anybody may correct.\n",
    .options = OPTIONS,
    .options_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .arguments_max = 1,
    .run = run,
};
