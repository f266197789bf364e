/* pubint ledger notice: what people see instead of the Tweet. */
#include <string.h>

#include "decode.h"
#include "errors.h"
#include "ledger_commands.h"
#include "notice.h"
#include "policy.h"
#include "record.h"

#define ARENA_BLOCK_BYTES ((size_t)64 * 1024)
#define ARENA_BYTES_MAX   ((size_t)64 * 1024 * 1024)

typedef struct notice_options {
  pi_ledger_options shared;
  const char *lang;
} notice_options;

static const pi_option OPTIONS[] = {
    PI_LEDGER_OPTION(notice_options),
    {'l', "lang", PI_OPTION_TEXT, "LANG", NULL, offsetof(notice_options, lang),
     "the notice's language (default: the market's, else the Tweet's, where the policy has it, else en)"},
};

/* The facts of the decision in force, which must be a notice. */
static pubint_status read_notice(pi_notice *out, pi_ledger *ledger, const char *id, pi_arena *arena,
                                 pubint_error *error) {
  pi_record record;
  pubint_status status = pi_record_read(&record, ledger, pi_slice_of(id), PI_RECORD_WHOLE, arena, error);
  if (status != PUBINT_OK) return status;
  const pi_round *round;
  const pi_step *decision = pi_record_decision(&record, &round);
  if (decision == NULL || decision->position != PI_POSITION_NOTICE) {
    status = pi_error_set(error, PI_E_NO_NOTICE);
    const char *found = decision == NULL ? "no decision yet" : "removal, the decision in force";
    pi_error_found(error, found, strlen(found));
    return status;
  }
  pi_case *input = pi_arena_alloc(arena, sizeof *input);
  if (input == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  status = pi_decode_case(input, round->facts, 1, arena, NULL, error);
  if (status != PUBINT_OK) return status;
  out->input = input;
  return pi_notice_text(input, arena, &out->redacted_text) ? PUBINT_OK : pi_error_set(error, PI_E_NO_MEMORY);
}

/* What is spoken where the Tweet is read: the language of its market's notices, else its own; English where
 * the policy has no wording in either (A35). */
static pi_slice language_of(const pubint_policy *policy, const pi_case *input) {
  pi_slice found = {NULL, 0};
  if (pi_case_knows(input, PI_FACT_MARKET)) {
    const pi_script *market = pi_policy_script(policy, PI_SCRIPT_MARKET, pi_case_text(input, PI_FACT_MARKET));
    if (market != NULL && market->language.ptr != NULL) found = pi_locale_find(policy, market->language);
  }
  if (found.ptr == NULL && pi_case_knows(input, PI_FACT_TWEET_LANG)) {
    found = pi_locale_find(policy, pi_case_text(input, PI_FACT_TWEET_LANG));
  }
  return found.ptr != NULL ? found : PI_SLICE("en");
}

static void print(const pi_call *call, const pubint_policy *policy, const char *lang,
                  const pi_notice *notice) {
  pi_wording wording;
  pi_wording_init(&wording, policy, lang != NULL ? pi_slice_of(lang) : language_of(policy, notice->input));
  if (call->common.json) {
    pi_buffer line;
    pi_buffer_init(&line, ARENA_BYTES_MAX);
    pi_notice_json(&line, &wording, notice);
    pi_ledger_shared_put_json(call, &line);
  } else {
    pi_page page;
    pi_command_page(call, &page);
    pi_notice_page(&page, &wording, notice);
    pi_page_dispose(&page);
  }
  if (wording.failed) call->out->failed = true;
  pi_wording_dispose(&wording);
}

static pi_exit show(const pi_call *call, const pubint_policy *policy, pi_ledger *ledger, const char *lang) {
  pubint_error error;
  pi_arena arena;
  pi_notice notice = {.learn_more = policy->learn_more};
  pi_exit status = PI_EXIT_DONE;
  pi_arena_init(&arena, ARENA_BLOCK_BYTES, ARENA_BYTES_MAX);
  if (read_notice(&notice, ledger, call->arguments.items[0], &arena, &error) == PUBINT_OK) {
    print(call, policy, lang, &notice);
  } else {
    status = pi_complain(&error);
  }
  pi_arena_dispose(&arena);
  return status;
}

static pi_exit run(const pi_command *self, pi_call *call) {
  notice_options options = {.lang = NULL};
  pi_exit status;
  if (!pi_command_begin(self, call, &options, &status)) return status;
  if (call->arguments.count == 0) return pi_ledger_shared_lacks(self, "the case's id is missing");
  pubint_policy *policy = pi_command_policy(&call->common, &status);
  if (policy == NULL) return status;
  if (options.lang == NULL || pi_command_locale(policy, options.lang, &status)) {
    pi_ledger *ledger = pi_ledger_shared_open(&options.shared, PI_LEDGER_READ, &status);
    if (ledger != NULL) status = show(call, policy, ledger, options.lang);
    pi_ledger_close(ledger);
  }
  pubint_policy_free(policy);
  return status;
}

const pi_command pi_ledger_command_notice = {
    .name = "ledger notice",
    .form = "ID",
    .summary = "show the notice that people see instead of the Tweet",
    .about =
        "Prints the notice, if the decision in force is one. The notice names the rules that the Tweet "
        "breaks, says why it can still be viewed and what the notice does, and links to more information. "
        "It shows the Tweet's text with private data blotted out, and nothing of the weighing.\n"
        "Wording and link come from the policy (see -p). The language is that of the case's market, or "
        "else of the Tweet, if the policy has a locale for it (nl for nl-BE); otherwise it is English.\n",
    .options = OPTIONS,
    .options_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .arguments_max = 1,
    .run = run,
};
