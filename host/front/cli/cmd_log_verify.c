/* pubint log verify: proves chain and evaluations of a decision log. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "batch.h"
#include "errors.h"
#include "interrupt.h"
#include "log_commands.h"
#include "log_line.h"
#include "log_proof.h"
#include "log_shared.h"
#include "option_values.h"
#include "outline.h"

typedef struct verify_options {
  pi_option_list policies; /* arguments behind the log's folder are more of them */
  const char *from;
  const char *head;
  uint64_t threads;
} verify_options;

static const pi_option OPTIONS[] = {
    {0, "policies", PI_OPTION_LIST, "DIR…", NULL, offsetof(verify_options, policies),
     "the policies that decided: folders or git:REV:PATH, as many as there were (else -p)"},
    {0, "from", PI_OPTION_TEXT, "LINK", NULL, offsetof(verify_options, from),
     "begin behind the line that has this link, which itself may be removed"},
    {0, "head", PI_OPTION_TEXT, "HEAD", NULL, offsetof(verify_options, head),
     "what `pubint log head` printed once must still be in the chain"},
    {'j', "threads", PI_OPTION_COUNT, "N", NULL, offsetof(verify_options, threads),
     "number of threads (one for each processor)"},
};

/* ---- what is asked ---- */

static bool is_link(const char *text) {
  return strlen(text) == PI_SHA256_HEX && strspn(text, "0123456789abcdef") == PI_SHA256_HEX;
}

/* NUMBER:LINK, as `log head` prints it. */
static bool read_head(const char *text, uint64_t *n, const char **link) {
  enum { DIGITS_MAX = 18 };
  size_t digits = strspn(text, "0123456789");
  if (digits == 0 || digits > DIGITS_MAX || text[digits] != ':' || !is_link(text + digits + 1)) return false;
  *n = strtoull(text, NULL, 10);
  *link = text + digits + 1;
  return true;
}

static pi_exit read_options(const pi_command *self, const pi_call *call, const verify_options *options,
                            pi_log_proof_options *out) {
  pubint_error error;
  uint64_t before;
  if (call->arguments.count == 0 || (call->arguments.count > 1 && options->policies.count == 0)) {
    pi_error_setf(&error, PI_E_ARGUMENTS,
                  call->arguments.count == 0 ? "no decision log is named" : "one decision log is verified");
    snprintf(error.expected, sizeof error.expected, "pubint %s %s", self->name, self->form);
    return pi_complain(&error);
  }
  out->folder = call->arguments.items[0];
  out->from = options->from;
  if (options->from != NULL && !is_link(options->from) && !read_head(options->from, &before, &out->from))
    return pi_option_refuse_value("from", options->from, "a link of 64 hexadecimal digits");
  if (options->head != NULL && !read_head(options->head, &out->head, &out->link))
    return pi_option_refuse_value("head", options->head, "what `pubint log head` printed: NUMBER:LINK");
  out->threads = (unsigned)options->threads;
  out->stop = pi_interrupt_stop();
  return pi_threads_check(options->threads);
}

/* ---- the policies ---- */

typedef struct policies {
  pubint_policy **items;
  size_t count;
} policies;

static void dispose_policies(policies *self) {
  for (size_t i = 0; i < self->count; i++) pubint_policy_free(self->items[i]);
  free(self->items);
}

static bool load(policies *self, const pi_call *call, const char *name, pi_exit *status) {
  pi_common common = call->common;
  common.policy = name;
  pubint_policy *policy = pi_command_policy(&common, status);
  if (policy != NULL) self->items[self->count++] = policy;
  return policy != NULL;
}

static bool load_all(policies *self, const pi_call *call, const pi_option_list *named, pi_exit *status) {
  pubint_error error;
  *self = (policies){.items = calloc(named->count + call->arguments.count, sizeof *self->items)};
  if (self->items == NULL) {
    pi_error_set(&error, PI_E_NO_MEMORY);
    *status = pi_complain(&error);
    return false;
  }
  if (named->count == 0) return load(self, call, call->common.policy, status);
  bool done = true;
  for (size_t i = 0; i < named->count && done; i++) done = load(self, call, named->items[i], status);
  for (size_t i = 1; i < call->arguments.count && done; i++)
    done = load(self, call, call->arguments.items[i], status);
  return done;
}

/* ---- what came of it ---- */

static void write_json(const pi_call *call, const pi_log_proof *proof, const pubint_error *fault) {
  pi_outline out = pi_outline_begin(call->out);
  pi_outline_bool(&out, "whole", fault == NULL);
  pi_outline_count(&out, "lines", proof->lines);
  pi_outline_count(&out, "recomputed", proof->recomputed);
  pi_outline_count(&out, "redacted", proof->redacted);
  pi_outline_count(&out, "shadows", proof->shadows);
  pi_outline_count(&out, "shadows_not_recomputed", proof->shadows_other);
  pi_outline_count(&out, "torn_bytes", proof->torn_bytes);
  pi_outline_count(&out, "n", proof->n);
  pi_outline_text(&out, "link", proof->link);
  if (fault != NULL) {
    pi_outline_code(&out, "code", fault->code);
    pi_outline_text(&out, "message", fault->message);
    pi_outline_text(&out, "file", fault->file);
    pi_outline_count(&out, "line", fault->line);
    if (!call->common.no_excerpts && fault->found[0] != '\0') pi_outline_text(&out, "found", fault->found);
    if (fault->expected[0] != '\0') pi_outline_text(&out, "expected", fault->expected);
  }
  pi_outline_end(&out);
}

static void say(const pi_call *call, const pi_log_proof *proof) {
  pi_buffer *out = call->out;
  pi_buffer_printf(out, "%llu line%s, in one chain; %llu evaluation%s recomputed, each the same.\n",
                   (unsigned long long)proof->lines, proof->lines == 1 ? "" : "s",
                   (unsigned long long)proof->recomputed, proof->recomputed == 1 ? "" : "s");
  if (proof->redacted > 0)
    pi_buffer_printf(out, "%llu cannot be recomputed: private data was kept out of the log.\n",
                     (unsigned long long)proof->redacted);
  if (proof->shadows + proof->shadows_other > 0)
    pi_buffer_printf(out, "Shadow evaluations: %llu recomputed, %llu of a policy that is not given.\n",
                     (unsigned long long)proof->shadows, (unsigned long long)proof->shadows_other);
  pi_buffer_printf(out, "Head %llu:%s\n", (unsigned long long)proof->n, proof->link);
}

static pi_exit verify(const pi_call *call, const pi_log_proof_options *options) {
  pi_log_proof proof;
  pubint_error error = {0};
  bool whole = pi_log_prove(&proof, options, &error) == PUBINT_OK;
  if (pi_interrupt_came()) return PI_EXIT_INTERRUPTED;
  bool faulty = !whole && error.status == PUBINT_E_UNMET;
  if (call->common.json && (whole || faulty))
    write_json(call, &proof, whole ? NULL : &error);
  else if (whole)
    say(call, &proof);
  if (whole) pi_log_shared_tell_torn(proof.torn_bytes);
  if (call->common.no_excerpts) error.found[0] = error.expected[0] = '\0';
  return whole ? PI_EXIT_DONE : pi_complain(&error);
}

static pi_exit run(const pi_command *self, pi_call *call) {
  verify_options options = {.threads = pi_batch_processors()};
  pi_log_proof_options proof = {.folder = NULL};
  policies given = {.items = NULL};
  pi_exit status;
  if (!pi_command_begin(self, call, &options, &status)) return status;
  status = read_options(self, call, &options, &proof);
  if (status != PI_EXIT_DONE) return status;
  if (load_all(&given, call, &options.policies, &status)) {
    proof.policies = (const pubint_policy *const *)given.items;
    proof.policies_count = given.count;
    pi_interrupt_catch();
    status = verify(call, &proof);
  }
  dispose_policies(&given);
  return status;
}

const pi_command pi_log_command_verify = {
    .name = "log verify",
    .form = "DIR [--policies DIR…] [--from LINK] [--head HEAD]",
    .summary = "prove the chain, and recompute every evaluation",
    .about =
        "Recomputes every link, and every evaluation by the policy that it names, and compares the bytes. It "
        "names the first line that does not hold: its segment, its line there, and its number n. Missing "
        "segments, changed, removed, repeated and reordered lines are found. An end that was cut off shows "
        "only against --head.\n"
        "A policy is found by its digest among those of --policies, which can be given several times or take "
        "several: --policies policies/2026-01 policies/2026-02. Without it, -p is the only one. An "
        "evaluation of another version of pubint cannot be recomputed, which is a fault.\n"
        "Where old segments were removed, --from names the link of the last line that was removed (LINK, or "
        "what `pubint log head` printed then). What stands before is not looked at.\n"
        "Lines of a log that keeps private data out are marked: their chain is proved, and they are counted, "
        "but they cannot be recomputed. A last line that is not whole is no fault; it is told. The exit code "
        "is 1 if anything does not hold.\n",
    .options = OPTIONS,
    .options_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .arguments_max = SIZE_MAX,
    .run = run,
};
