/* pubint ledger audit: the chain of what was done. */
#include <stdio.h>
#include <string.h>

#include "audit.h"
#include "errors.h"
#include "ledger_commands.h"
#include "outline.h"
#include "quoted_limits.h"
#include "times.h"

#define NEWEST_COUNT 20
enum { LINK_SHOWN = 12 };

typedef struct audit_options {
  pi_ledger_options shared;
  bool head;
  bool verify;
  const char *expect;
  uint64_t count;
} audit_options;

static const pi_option OPTIONS[] = {
    PI_LEDGER_OPTION(audit_options),
    {0, "head", PI_OPTION_FLAG, NULL, NULL, offsetof(audit_options, head),
     "print the newest entry's number and link, to keep elsewhere"},
    {0, "verify", PI_OPTION_FLAG, NULL, NULL, offsetof(audit_options, verify),
     "recompute every link from the rows as they stand"},
    {0, "expect", PI_OPTION_TEXT, "HEAD", NULL, offsetof(audit_options, expect),
     "with --verify: what --head printed once must still be in the chain"},
    {'n', "count", PI_OPTION_COUNT, "N", NULL, offsetof(audit_options, count),
     "print the newest N entries (else " PI_SPELL(NEWEST_COUNT) ")"},
};

static pi_exit print_head(pi_ledger *ledger, const pi_call *call) {
  pubint_error error;
  int64_t sequence;
  char link[PI_LINK_BYTES + 1];
  if (pi_audit_head(ledger, &sequence, link, &error) != PUBINT_OK) return pi_complain(&error);
  if (call->common.json) {
    pi_outline out = pi_outline_begin(call->out);
    pi_outline_integer(&out, "entry", sequence);
    pi_outline_text(&out, "link", link);
    pi_outline_end(&out);
  } else {
    pi_buffer_printf(call->out, "%lld:%s\n", (long long)sequence, link);
  }
  return PI_EXIT_DONE;
}

static void say_whole(const pi_call *call, const pi_audit_expected *expected, int64_t entries) {
  pi_buffer_printf(call->out, "%lld entr%s, each as it was written%s.\n", (long long)entries,
                   entries == 1 ? "y" : "ies",
                   expected != NULL ? "; the one that was expected is among them" : "");
}

static pi_exit verify(pi_ledger *ledger, const pi_call *call, const pi_audit_expected *expected) {
  pubint_error error;
  int64_t entries;
  bool whole = pi_audit_verify(ledger, expected, &entries, &error) == PUBINT_OK;
  if (call->common.json) {
    pi_outline out = pi_outline_begin(call->out);
    pi_outline_bool(&out, "whole", whole);
    pi_outline_integer(&out, whole ? "entries" : "before", entries);
    if (!whole) pi_outline_code(&out, "code", error.code);
    if (!whole) pi_outline_text(&out, "message", error.message);
    pi_outline_end(&out);
  } else if (whole) {
    say_whole(call, expected, entries);
  }
  if (!whole && error.code == PI_E_AUDIT_SCHEMA) { /* the entries were looked at before */
    snprintf(error.hint, sizeof error.hint,
             "entries that are as they were written: %lld; go back to a copy that is whole",
             (long long)entries);
  }
  return whole ? PI_EXIT_DONE : pi_complain(&error);
}

/* ---- the entries ---- */

typedef struct listing {
  const pi_call *call;
  pi_page *page;
} listing;

static void write_entry(pi_buffer *buffer, const pi_audit_entry *entry) {
  pi_outline out = pi_outline_begin(buffer);
  pi_outline_integer(&out, "entry", entry->sequence);
  pi_outline_time(&out, "at", entry->at);
  pi_outline_string(&out, "by", entry->actor);
  pi_outline_string(&out, "action", entry->action);
  pi_outline_string(&out, "id", entry->subject);
  pi_outline_text(&out, "link", entry->link);
  pi_outline_end(&out);
}

static pubint_status take_entry(void *data, const pi_audit_entry *entry, pubint_error *error) {
  listing *self = data;
  char at[PI_TIME_BYTES], sequence[32];
  (void)error;
  if (self->call->common.json) {
    pi_buffer line;
    pi_buffer_init(&line, 64 * 1024);
    write_entry(&line, entry);
    pi_ledger_shared_put_json(self->call, &line);
    return PUBINT_OK;
  }
  pi_time_say(entry->at, at);
  pi_slice link = pi_slice_of(entry->link);
  if (link.len > LINK_SHOWN) link.len = LINK_SHOWN;
  snprintf(sequence, sizeof sequence, "%lld", (long long)entry->sequence);
  const pi_cell cells[] = {
      {0, 8, PI_STYLE_FAINT, true, pi_slice_of(sequence)}, {10, 16, PI_STYLE_PLAIN, false, pi_slice_of(at)},
      {28, 9, PI_STYLE_STRONG, false, entry->action},      {39, 24, PI_STYLE_PLAIN, false, entry->subject},
      {65, 20, PI_STYLE_PLAIN, false, entry->actor},       {87, 13, PI_STYLE_FAINT, false, link},
  };
  pi_page_row(self->page, cells, sizeof cells / sizeof cells[0]);
  return PUBINT_OK;
}

static pi_exit print_newest(pi_ledger *ledger, const pi_call *call, int64_t count) {
  pi_page page;
  pubint_error error;
  listing self = {call, &page};
  pi_command_page(call, &page);
  pi_exit status = PI_EXIT_DONE;
  if (pi_audit_each(ledger, count, take_entry, &self, &error) != PUBINT_OK) status = pi_complain(&error);
  pi_page_dispose(&page);
  return status;
}

static bool read_expected(const char *text, pi_audit_expected *out, pi_exit *status) {
  if (text == NULL || pi_audit_expected_read(pi_slice_of(text), out)) return true;
  pubint_error error;
  pi_error_setf(&error, PI_E_OPTION_VALUE, "the value of --expect is not right");
  pi_error_found(&error, text, strlen(text));
  snprintf(error.expected, sizeof error.expected, "what `pubint ledger audit --head` printed: NUMBER:LINK");
  *status = pi_complain(&error);
  return false;
}

static pi_exit run(const pi_command *self, pi_call *call) {
  audit_options options = {.count = NEWEST_COUNT};
  pi_exit status;
  pi_audit_expected expected;
  if (!pi_command_begin(self, call, &options, &status)) return status;
  if (options.expect != NULL && !options.verify)
    return pi_ledger_shared_lacks(self, "--expect goes with --verify");
  if (!read_expected(options.expect, &expected, &status)) return status;
  pi_ledger_use use = options.verify ? PI_LEDGER_AUDIT : PI_LEDGER_READ;
  pi_ledger *ledger = pi_ledger_shared_open(&options.shared, use, &status);
  if (ledger == NULL) return status;
  if (options.verify) {
    status = verify(ledger, call, options.expect != NULL ? &expected : NULL);
    if (status == PI_EXIT_DONE && options.head) status = print_head(ledger, call);
  } else if (options.head) {
    status = print_head(ledger, call);
  } else {
    status = print_newest(ledger, call, (int64_t)options.count);
  }
  pi_ledger_close(ledger);
  return status;
}

const pi_command pi_ledger_command_audit = {
    .name = "ledger audit",
    .form = "[--verify [--expect HEAD]] [--head]",
    .summary = "show the log of what was done, and prove that it is whole",
    .about = "Every operation has an entry: its number, time, person, action, case, and a link. The link is "
             "the SHA-256 of everything that the operation wrote and of the link before it. Without options, "
             "the newest entries are printed.\n"
             "--verify recomputes every link from the records. It names the first entry that was changed, "
             "removed, reordered or cut off. It also checks what follows from the records, the triggers that "
             "guard them, and the file itself.\n"
             "A person who can write the file could build a new chain from any entry on, or cut off the end. "
             "Therefore keep what --head prints in a place where that person cannot write, and pass it to "
             "--expect later: that entry must still be there, with that link. The log may have grown "
             "meanwhile. --verify and --head together print the head only if the log is whole.\n",
    .options = OPTIONS,
    .options_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .run = run,
};
