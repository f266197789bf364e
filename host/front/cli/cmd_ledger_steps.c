/* pubint ledger recommend, advise, inform, decide and require: the steps that people take. */
#include <stdio.h>
#include <string.h>

#include "errors.h"
#include "ledger_commands.h"
#include "nearest.h"
#include "outline.h"
#include "process.h"

typedef struct step_options {
  pi_ledger_options shared;
  const char *by;
  const char *reason;
  const char *team;
  const char *finding;
  unsigned position;
  unsigned background;
} step_options;

#define BY_OPTION(help)                                                                                      \
  { 0, "by", PI_OPTION_TEXT, "WHO", NULL, offsetof(step_options, by), help }
#define REASON_OPTION(name, help)                                                                            \
  { 0, name, PI_OPTION_TEXT, "TEXT", NULL, offsetof(step_options, reason), help }

static const char *const POSITIONS[] = {"notice", "remove", "none", NULL};

static const pi_option RECOMMEND_OPTIONS[] = {
    PI_LEDGER_OPTION(step_options),
    BY_OPTION("who of Trust & Safety recommends"),
    {0, "finding", PI_OPTION_TEXT, "TEXT", NULL, offsetof(step_options, finding),
     "with notice: how the Tweet contributes directly to understanding of, or dialogue about, a matter of public "
     "concern"},
    REASON_OPTION("reason", "why; needed against the evaluation"),
    PI_LEDGER_AT_OPTION(step_options),
};

static const pi_option ADVISE_OPTIONS[] = {
    PI_LEDGER_OPTION(step_options),
    BY_OPTION("who advises"),
    {'b', "background", PI_OPTION_CHOICE, "WORD", PI_BACKGROUND_NAMES, offsetof(step_options, background),
     NULL},
    {0, "team", PI_OPTION_TEXT, "NAME", NULL, offsetof(step_options, team),
     "the internal team that WHO is of; for the market one of those that its script names"},
    {0, "position", PI_OPTION_CHOICE, "WORD", POSITIONS, offsetof(step_options, position), NULL},
    REASON_OPTION("note", "what is to be considered; needed with --position none"),
    PI_LEDGER_AT_OPTION(step_options),
};

static const pi_option INFORM_OPTIONS[] = {
    PI_LEDGER_OPTION(step_options),
    BY_OPTION("who informs them"),
    PI_LEDGER_AT_OPTION(step_options),
};

static const pi_option DECIDE_OPTIONS[] = {
    PI_LEDGER_OPTION(step_options),
    BY_OPTION("who of the senior leadership decides; not who recommended or advised"),
    {0, "finding", PI_OPTION_TEXT, "TEXT", NULL, offsetof(step_options, finding),
     "with notice, where the recommendation has none: how the Tweet contributes directly to understanding of, or "
     "dialogue about, a matter of public concern"},
    REASON_OPTION("reason", "why; needed against the recommendation or the majority of the advice"),
    PI_LEDGER_AT_OPTION(step_options),
};

static const pi_option REQUIRE_OPTIONS[] = {
    PI_LEDGER_OPTION(step_options),
    BY_OPTION("who of the senior leadership raises it"),
    REASON_OPTION("reason", "why"),
    PI_LEDGER_AT_OPTION(step_options),
};

/* Not given, of a choice. */
enum { UNSET = 99 };

static bool refuse_position(const pi_command *command, const char *found, pi_exit *status) {
  pubint_error error;
  pi_nearest nearest;
  pi_error_setf(&error, PI_E_ARGUMENTS, "a case is removed or put behind a notice, nothing else");
  pi_error_found(&error, found, strlen(found));
  snprintf(error.expected, sizeof error.expected, "pubint %s %s", command->name, command->form);
  pi_nearest_init(&nearest, pi_slice_of(found));
  for (int i = 0; PI_POSITION_NAMES[i] != NULL; i++)
    pi_nearest_offer(&nearest, pi_slice_of(PI_POSITION_NAMES[i]));
  if (nearest.best.ptr != NULL) snprintf(error.hint, sizeof error.hint, "did you mean %s?", nearest.best.ptr);
  *status = pi_complain(&error);
  return false;
}

/* Reads the command line into `act`; false on failure, said already. `words` of 2: the id and the position.
 */
static bool read_act(const pi_command *command, pi_call *call, step_options *options, size_t words,
                     pi_act *act, pi_exit *status) {
  if (!pi_command_begin(command, call, options, status)) return false;
  const char *const *arguments = call->arguments.items;
  *act = (pi_act){.position = PI_POSITION_NONE, .background = PI_BACKGROUND_NONE};
  *status = PI_EXIT_USAGE;
  if (call->arguments.count < words) {
    pi_ledger_shared_lacks(command, call->arguments.count == 0 ? "the case's id is missing"
                                                               : "notice or remove is missing");
    return false;
  }
  if (options->by == NULL) {
    pi_ledger_shared_lacks(command, "--by is missing: who does it");
    return false;
  }
  act->id = pi_slice_of(arguments[0]);
  act->who = pi_slice_of(options->by);
  if (options->reason != NULL) act->reason = pi_slice_of(options->reason);
  if (options->team != NULL) act->team = pi_slice_of(options->team);
  if (options->finding != NULL) act->finding = pi_slice_of(options->finding);
  if (words > 1) {
    act->position = (pi_position)pi_process_word_find(PI_POSITION_NAMES, pi_slice_of(arguments[1]));
    if (act->position == PI_POSITION_NONE) return refuse_position(command, arguments[1], status);
  }
  return pi_ledger_shared_time(&options->shared, &act->at, status);
}

static pi_exit take(const pi_call *call, const step_options *options, pi_action action, const pi_act *act) {
  pi_exit status;
  pi_ledger *ledger = pi_ledger_shared_open(&options->shared, PI_LEDGER_WRITE, &status);
  if (ledger == NULL) return status;
  pubint_error error;
  pi_done done;
  if (action == PI_ACTION_RECOMMEND || action == PI_ACTION_DECIDE)
    pi_ledger_shared_warn_of_record(ledger, act->id);
  status = pi_process_step(ledger, action, act, &done, &error) == PUBINT_OK
               ? pi_ledger_shared_say_done(call, act->id, action, &done)
               : pi_complain(&error);
  pi_ledger_close(ledger);
  return status;
}

static pi_exit run_recommend(const pi_command *command, pi_call *call) {
  step_options options = {0};
  pi_act act;
  pi_exit status;
  if (!read_act(command, call, &options, 2, &act, &status)) return status;
  return take(call, &options, PI_ACTION_RECOMMEND, &act);
}

static pi_exit run_advise(const pi_command *command, pi_call *call) {
  step_options options = {.position = UNSET, .background = UNSET};
  pi_act act;
  pi_exit status;
  if (!read_act(command, call, &options, 1, &act, &status)) return status;
  if (options.background == UNSET) return pi_ledger_shared_lacks(command, "--background is missing");
  if (options.position == UNSET)
    return pi_ledger_shared_lacks(command, "--position is missing: notice, remove or none");
  act.background = (pi_background)options.background;
  act.position = (pi_position)options.position;
  if (act.position == PI_POSITION_NONE && act.reason.ptr == NULL) {
    return pi_ledger_shared_lacks(command,
                                  "--note is missing: advice without a position says something else");
  }
  return take(call, &options, PI_ACTION_ADVISE, &act);
}

static pi_exit run_inform(const pi_command *command, pi_call *call) {
  step_options options = {0};
  pi_act act;
  pi_exit status;
  if (!read_act(command, call, &options, 1, &act, &status)) return status;
  return take(call, &options, PI_ACTION_INFORM, &act);
}

static pi_exit run_decide(const pi_command *command, pi_call *call) {
  step_options options = {0};
  pi_act act;
  pi_exit status;
  if (!read_act(command, call, &options, 2, &act, &status)) return status;
  return take(call, &options, PI_ACTION_DECIDE, &act);
}

static pi_exit run_require(const pi_command *command, pi_call *call) {
  step_options options = {0};
  pi_act act;
  pi_exit status;
  if (!read_act(command, call, &options, 1, &act, &status)) return status;
  bool digit = act.id.len == 1 && act.id.ptr[0] >= '0' && act.id.ptr[0] <= '9';
  if (!digit)
    return pi_ledger_shared_lacks(command, "how many backgrounds a decision needs is a number from 4 to 6");
  int backgrounds = act.id.ptr[0] - '0';
  pi_ledger *ledger = pi_ledger_shared_open(&options.shared, PI_LEDGER_WRITE, &status);
  if (ledger == NULL) return status;
  pubint_error error;
  pi_done done;
  if (pi_process_require(ledger, backgrounds, &act, &done, &error) != PUBINT_OK) {
    status = pi_complain(&error);
  } else {
    status = PI_EXIT_DONE;
    if (call->common.json) {
      pi_outline out = pi_outline_begin(call->out);
      pi_outline_integer(&out, "required", backgrounds);
      pi_outline_integer(&out, "entry", done.entry);
      pi_outline_text(&out, "link", done.link);
      pi_outline_end(&out);
    } else {
      pi_buffer_printf(call->out, "From now on a decision needs %d of the six backgrounds, and the market.\n",
                       backgrounds);
    }
  }
  pi_ledger_close(ledger);
  return status;
}

const pi_command pi_ledger_command_recommend = {
    .name = "ledger recommend",
    .form = "ID --by WHO notice --finding TEXT | remove",
    .summary = "Trust & Safety recommends",
    .about =
        "Records whether continued access to the Tweet serves the public interest (R033, R034). A notice "
        "needs a finding: how the Tweet contributes directly to understanding of, or dialogue about, a "
        "matter of public concern (R003). The finding stays in the record; a statement of reasons says "
        "that there is one, but not what it says. A recommendation against the evaluation needs a reason. "
        "So does any recommendation on a case that needs review.\n",
    .options = RECOMMEND_OPTIONS,
    .options_count = sizeof RECOMMEND_OPTIONS / sizeof RECOMMEND_OPTIONS[0],
    .arguments_max = 2,
    .run = run_recommend,
};

const pi_command pi_ledger_command_advise = {
    .name = "ledger advise",
    .form = "ID --by WHO --team NAME --background WORD --position WORD",
    .summary = "people of other backgrounds, and of the market, advise",
    .about =
        "Records what a person of another team thinks of the recommendation (R035 to R037). A person "
        "advises once a round, and whoever recommended may not advise. Nobody from outside advises on a "
        "case (R045): every adviser names an internal team. The market advises through the teams that its "
        "script named when the case was opened. Only these teams are checked; every other team, like "
        "every person, is taken at the caller's word. Advice is not a vote: the person who decides reads "
        "it.\n",
    .options = ADVISE_OPTIONS,
    .options_count = sizeof ADVISE_OPTIONS / sizeof ADVISE_OPTIONS[0],
    .arguments_max = 1,
    .run = run_advise,
};

const pi_command pi_ledger_command_inform = {
    .name = "ledger inform",
    .form = "ID --by WHO",
    .summary = "record that the advisers were told of recommendation and advice",
    .about = "Records that everybody who advised in this round, by name, was informed of the recommendation "
             "and of the advice of the others (R039). It is possible once the advice is complete. A decision "
             "needs this step, and later advice makes it necessary again. Anybody may do it, because it does "
             "not affect the outcome.\n",
    .options = INFORM_OPTIONS,
    .options_count = sizeof INFORM_OPTIONS / sizeof INFORM_OPTIONS[0],
    .arguments_max = 1,
    .run = run_inform,
};

const pi_command pi_ledger_command_decide = {
    .name = "ledger decide",
    .form = "ID --by WHO notice|remove [--finding TEXT]",
    .summary = "senior leadership decides",
    .about = "Records the final decision (R038 to R040). It needs a recommendation, and advice from at least "
             "three backgrounds and from the market; those who advised must have been informed. Whoever "
             "recommended or advised may not decide. A decision against the recommendation, or against the "
             "majority of the advice, needs a reason. A notice needs a finding (R003) if the recommendation "
             "has none. Only removal is possible for a Tweet that is never excepted or no longer eligible, "
             "that would publish private data that nobody marked, or that is of no public concern.\n",
    .options = DECIDE_OPTIONS,
    .options_count = sizeof DECIDE_OPTIONS / sizeof DECIDE_OPTIONS[0],
    .arguments_max = 2,
    .run = run_decide,
};

const pi_command pi_ledger_command_require = {
    .name = "ledger require",
    .form = "COUNT --by WHO",
    .summary = "raise how many backgrounds a decision needs",
    .about = "From now on, a decision in this ledger needs advice from COUNT of the six backgrounds, besides "
             "the market. The number starts at three, goes up to six, and never goes down.\n",
    .options = REQUIRE_OPTIONS,
    .options_count = sizeof REQUIRE_OPTIONS / sizeof REQUIRE_OPTIONS[0],
    .arguments_max = 1,
    .run = run_require,
};
