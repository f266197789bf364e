#include "ledger_shared.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "errors.h"
#include "evaluation.h"
#include "outline.h"
#include "policy.h"
#include "process.h"
#include "record.h"
#include "target.h"
#include "times.h"
#include "transparency.h"

enum { LINE_BYTES_MAX = 64 * 1024, ARENA_BLOCK = 64 * 1024, ARENA_MAX = 256 * 1024 * 1024 };

static const char *name_of(const pi_ledger_options *options) {
  const char *file = options->ledger != NULL ? options->ledger : getenv("PUBINT_LEDGER");
  return file != NULL ? file : "";
}

bool pi_ledger_shared_lacks_file(const pi_ledger_options *options) {
  struct stat file;
  const char *name = name_of(options);
  return name[0] != '\0' && (stat(name, &file) != 0 || (S_ISREG(file.st_mode) && file.st_size == 0));
}

/* What readers leave beside a ledger, which may be gone since: an empty log, and its index of 32 KiB. */
static bool is_left_by_readers(const char *name) {
  char log[PI_TARGET_NAME_BYTES], shared[PI_TARGET_NAME_BYTES];
  struct stat file;
  snprintf(log, sizeof log, "%s-wal", name);
  snprintf(shared, sizeof shared, "%s-shm", name);
  if (lstat(log, &file) != 0 || !S_ISREG(file.st_mode) || file.st_size != 0) return false;
  return lstat(shared, &file) != 0 || (S_ISREG(file.st_mode) && file.st_size == 32 * 1024);
}

/* What lies where SQLite keeps files of its own beside a new ledger is somebody else's, and would be lost. */
static pubint_status check_beside(const char *name, pubint_error *error) {
  static const char *const ENDINGS[] = {"", "-wal", "-shm", "-journal"};
  struct stat empty;
  pubint_status status = PUBINT_OK;
  size_t first = stat(name, &empty) == 0 ? 1 : 0; /* a link to nothing is no new ledger */
  bool left = is_left_by_readers(name);
  for (size_t i = first; i < sizeof ENDINGS / sizeof *ENDINGS && status == PUBINT_OK; i++) {
    char beside[PI_TARGET_NAME_BYTES];
    pi_target_there there;
    if (left && (i == 1 || i == 2)) continue;
    int length = snprintf(beside, sizeof beside, "%s%s", name, ENDINGS[i]);
    if (length < 0 || (size_t)length >= sizeof beside) break; /* no file can have that name */
    status = pi_target_check(beside, PI_TARGET_NEW, &there, error);
  }
  return status;
}

bool pi_ledger_shared_spares_policy(const pi_call *call, const pi_ledger_options *options, pi_exit *status) {
  return !pi_ledger_shared_lacks_file(options) ||
         pi_command_spares_policy(&call->common, name_of(options), "", status);
}

pi_ledger *pi_ledger_shared_open(const pi_ledger_options *options, pi_ledger_use use, pi_exit *status) {
  pi_ledger *ledger;
  pubint_error error;
  bool begins = use == PI_LEDGER_CREATE && pi_ledger_shared_lacks_file(options);
  if ((!begins || check_beside(name_of(options), &error) == PUBINT_OK) &&
      pi_ledger_open(&ledger, name_of(options), use, &error) == PUBINT_OK)
    return ledger;
  *status = pi_complain(&error);
  return NULL;
}

static void write_done(const pi_call *call, pi_slice id, pi_action action, const pi_done *done) {
  pi_buffer line;
  pi_buffer_init(&line, LINE_BYTES_MAX);
  pi_outline out = pi_outline_begin(&line);
  pi_outline_string(&out, "id", id);
  pi_outline_text(&out, "action", PI_ACTION_NAMES[action]);
  pi_outline_integer(&out, "round", done->round);
  pi_outline_text(&out, "state", PI_STATE_NAMES[done->state]);
  pi_outline_integer(&out, "entry", done->entry);
  pi_outline_text(&out, "link", done->link);
  pi_outline_end(&out);
  pi_ledger_shared_put_json(call, &line);
}

void pi_ledger_shared_put_json(const pi_call *call, pi_buffer *line) {
  const char *json = pi_buffer_end(line);
  if (json != NULL) pi_terminal_json(call->out, (pi_slice){json, line->len});
  if (json == NULL) call->out->failed = true;
  pi_buffer_dispose(line);
}

pi_exit pi_ledger_shared_say_done(const pi_call *call, pi_slice id, pi_action action, const pi_done *done) {
  if (call->common.json) {
    write_done(call, id, action, done);
    return PI_EXIT_DONE;
  }
  pi_page page;
  char text[160], round[32] = "";
  const char *was = done->advice > 1 ? "has another piece of advice" : PI_ACTIONS[action].was;
  if (done->round > 1) snprintf(round, sizeof round, "round %d, ", done->round);
  pi_command_page(call, &page);
  pi_page_text(&page, PI_STYLE_STRONG, id);
  snprintf(text, sizeof text, " %s (%sentry %lld of the audit log). %s", was, round, (long long)done->entry,
           PI_STATES[done->state].next);
  pi_page_wrap(&page, 0, PI_STYLE_PLAIN, pi_slice_of(text));
  pi_page_dispose(&page);
  return PI_EXIT_DONE;
}

static void warn_of_rule(pi_slice id, pi_slice nearest) {
  fprintf(stderr, "pubint: the policy has no rule %.*s", (int)id.len, id.ptr);
  if (nearest.ptr != NULL) fprintf(stderr, "; was %.*s meant?", (int)nearest.len, nearest.ptr);
  fprintf(stderr, "\n");
}

void pi_ledger_shared_warn_of_rules(const pubint_evaluation *evaluation) {
  const pi_case *input = evaluation->input;
  for (uint32_t i = 0; i < input->violations_count; i++) {
    pi_slice id = input->violations[i].rule_id;
    pi_rule_name name = pi_policy_rule_name(evaluation->policy, id);
    if (!name.known && !pi_case_breaks(input, id, i)) warn_of_rule(id, name.nearest);
  }
}

/* A case that is not there is refused by whoever asked for it. */
void pi_ledger_shared_warn_of_record(pi_ledger *ledger, pi_slice id) {
  pi_record record;
  pi_arena arena;
  pi_arena_init(&arena, ARENA_BLOCK, ARENA_MAX);
  if (pi_record_read(&record, ledger, id, PI_RECORD_ROUND, &arena, NULL) == PUBINT_OK) {
    const pi_round *round = pi_record_last(&record);
    for (int i = 0; i < round->rules_count; i++) {
      pi_rule_name name = pi_policy_rule_name(NULL, round->rules[i]);
      if (!name.known && pi_round_lacks_script(round, round->rules[i], &arena))
        warn_of_rule(round->rules[i], name.nearest);
    }
  }
  pi_arena_dispose(&arena);
}

pi_exit pi_ledger_shared_lacks(const pi_command *self, const char *message) {
  pubint_error error;
  pi_error_setf(&error, PI_E_ARGUMENTS, "%s", message);
  snprintf(error.expected, sizeof error.expected, "pubint %s %s", self->name, self->form);
  snprintf(error.hint, sizeof error.hint, "see `pubint help %s`", self->name);
  return pi_complain(&error);
}

bool pi_ledger_shared_time(const pi_ledger_options *options, int64_t *at, pi_exit *status) {
  const char *fault = NULL;
  if (options->at == NULL) {
    *at = (int64_t)time(NULL);
  } else {
    fault = pi_time_read(pi_slice_of(options->at), at);
  }
  if (fault == NULL) return true;
  pubint_error error;
  pi_error_setf(&error, PI_E_OPTION_VALUE, "the value of --at is not right: %s", fault);
  pi_error_found(&error, options->at, strlen(options->at));
  snprintf(error.expected, sizeof error.expected, "a time as in 2020-05-29T04:53:00Z");
  *status = pi_complain(&error);
  return false;
}

bool pi_ledger_shared_year(uint64_t year, pi_exit *status) {
  enum { YEAR_MIN = 2006, YEAR_MAX = 9999 }; /* the first Tweet; what a time can say */
  if (year == 0 || (year >= YEAR_MIN && year <= YEAR_MAX)) return true;
  pubint_error error;
  pi_error_setf(&error, PI_E_OPTION_VALUE, "the value of --year is not right");
  snprintf(error.found, sizeof error.found, "%llu", (unsigned long long)year);
  snprintf(error.expected, sizeof error.expected, "%d to %d", YEAR_MIN, YEAR_MAX);
  *status = pi_complain(&error);
  return false;
}

pi_exit pi_ledger_shared_transparency(const pi_call *call, pi_ledger *ledger, uint64_t year, bool csv,
                                      bool all_counts) {
  pubint_error error;
  pi_transparency counts;
  pi_exit status = PI_EXIT_DONE;
  if (pi_transparency_count(&counts, ledger, (int)year, all_counts, &error) != PUBINT_OK) {
    status = pi_complain(&error);
  } else if (csv) {
    pi_transparency_csv(call->out, &counts);
  } else if (call->common.json) {
    pi_transparency_json(call->out, &counts);
  } else {
    pi_page page;
    pi_wording wording;
    pi_command_page(call, &page);
    pi_wording_init(&wording, NULL, PI_SLICE("en"));
    pi_transparency_page(&page, &wording, &counts);
    pi_wording_dispose(&wording);
    pi_page_dispose(&page);
  }
  pi_transparency_dispose(&counts);
  return status;
}
