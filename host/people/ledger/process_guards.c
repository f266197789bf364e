/* What a step asks for besides its place in the order, and how a refusal is told. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "bar.h"
#include "decode.h"
#include "errors.h"
#include "evaluation.h"
#include "nearest.h"
#include "process_inside.h"
#include "times.h"
#include "utf8.h"

static void put_found(pubint_error *error, pi_slice text) {
  if (error != NULL) pi_error_found(error, text.ptr, text.len);
}

/* Appends to a field of an error as far as it fits, cut at a character's end. */
__attribute__((format(printf, 3, 4))) static void add(char *field, size_t size, const char *format, ...) {
  size_t length = strlen(field);
  va_list arguments;
  va_start(arguments, format);
  (void)vsnprintf(field + length, size - length, format, arguments);
  va_end(arguments);
  pi_slice whole = pi_slice_of(field);
  field[pi_utf8_check(whole) - field] = '\0';
}

/* ---- the order ---- */

static pubint_status opened_already(const pi_pending *self, pubint_error *error) {
  pubint_status status = pi_error_set(error, PI_E_OPENED_ALREADY);
  if (error == NULL) return status;
  char at[PI_TIME_BYTES];
  pi_time_write(self->record.opened_at, at);
  pi_slice who = self->record.opened_by;
  char found[sizeof error->found];
  snprintf(found, sizeof found, "%.*s, opened %s by %.*s", (int)self->record.id.len, self->record.id.ptr, at,
           (int)who.len, who.ptr);
  put_found(error, pi_slice_of(found));
  return status;
}

/* R035–R039: says what is missing. */
static pubint_status advice_incomplete(const pi_pending *self, pubint_error *error) {
  pubint_status status = pi_error_set(error, PI_E_ADVICE_INCOMPLETE);
  if (error == NULL) return status;
  pi_hearing hearing;
  pi_round_hearing(self->round, &hearing);
  const char *part = "";
  for (unsigned i = 0; i < PI_BACKGROUND_COUNT; i++) {
    if ((hearing.heard >> i & 1u) == 0) continue;
    add(error->found, sizeof error->found, "%s%s", part, PI_BACKGROUND_NAMES[i]);
    part = ", ";
  }
  if (hearing.heard == 0) snprintf(error->found, sizeof error->found, "none");
  int missing = self->record.required - hearing.backgrounds;
  snprintf(error->expected, sizeof error->expected, "at least %d of the six backgrounds, and the market",
           self->record.required);
  char more[32] = "";
  if (missing > 0) snprintf(more, sizeof more, "%d more background%s", missing, missing == 1 ? "" : "s");
  snprintf(error->hint, sizeof error->hint, "still to be heard: %s%s%s", more,
           missing > 0 && !hearing.market ? " and " : "", hearing.market ? "" : "the market");
  return status;
}

/* R039: says who has yet to hear of what. */
static pubint_status not_informed(const pi_pending *self, pubint_error *error) {
  pubint_status status = pi_error_set(error, PI_E_NOT_INFORMED);
  if (error == NULL) return status;
  const pi_step *last = &self->round->steps[self->round->steps_count - 1];
  bool before = pi_round_step(self->round, PI_ACTION_INFORM) != NULL;
  char found[sizeof error->found];
  if (before) {
    snprintf(found, sizeof found, "advice of %.*s after they were informed", (int)last->who.len,
             last->who.ptr);
  } else {
    snprintf(found, sizeof found, "%d who advised, none of them informed", pi_round_advisers(self->round));
  }
  put_found(error, pi_slice_of(found));
  snprintf(error->expected, sizeof error->expected, "inform, and then decide");
  snprintf(error->hint, sizeof error->hint, "`pubint ledger inform ID --by WHO` records that they are told%s",
           before ? " again" : "");
  return status;
}

pubint_status pi_process_out_of_order(const pi_pending *self, pubint_error *error) {
  pi_state state = self->record.state;
  bool ends = self->action == PI_ACTION_INFORM || self->action == PI_ACTION_DECIDE;
  if (self->action == PI_ACTION_OPEN) return opened_already(self, error);
  if (ends && state == PI_STATE_RECOMMENDED) return advice_incomplete(self, error);
  if (self->action == PI_ACTION_DECIDE && state == PI_STATE_ADVISED) return not_informed(self, error);
  pubint_status status = pi_error_setf(error, PI_E_OUT_OF_ORDER, "`%s` is not open to the case now",
                                       PI_ACTION_NAMES[self->action]);
  if (error == NULL) return status;
  snprintf(error->found, sizeof error->found, "a case that waits for %s", PI_STATES[state].waits_for);
  const char *part = "";
  for (int i = 0; i < PI_TRANSITIONS_COUNT; i++) {
    if (PI_TRANSITIONS[i].from != state) continue;
    add(error->expected, sizeof error->expected, "%s%s", part, PI_ACTION_NAMES[PI_TRANSITIONS[i].action]);
    part = " or ";
  }
  return status;
}

/* ---- the guards ---- */

static pubint_status check_time(pi_pending *self, pubint_error *error) {
  int64_t last = pi_round_last_at(self->round);
  if (self->act.at >= last) return PUBINT_OK;
  pubint_status status = pi_error_set(error, PI_E_EARLIER);
  if (error == NULL) return status;
  char at[PI_TIME_BYTES];
  pi_time_write(self->act.at, at);
  snprintf(error->found, sizeof error->found, "%s", at);
  pi_time_write(last, at);
  snprintf(error->expected, sizeof error->expected, "%s or later", at);
  if (last > pi_ledger_now(self->ledger)) {
    snprintf(
        error->hint, sizeof error->hint,
        "that time is still to come: `pubint ledger correct ID --by WHO --note TEXT` says so on the record");
  }
  return status;
}

/* "office, followers" of the gates with that result; how many. */
static int list_gates(const pi_gates *gates, pi_gate_result result, char *out, size_t size) {
  int count = 0;
  out[0] = '\0';
  for (int i = 0; i < PI_GATE_COUNT; i++) {
    if (gates->results[i] == result) add(out, size, "%s%s", count++ > 0 ? ", " : "", PI_GATES[i].id.ptr);
  }
  return count;
}

static pubint_status refuse_unknown(const pi_case *input, const pi_gates *gates, pubint_error *error) {
  char names[160];
  int count = list_gates(gates, PI_GATE_UNKNOWN, names, sizeof names);
  pubint_status status =
      pi_error_setf(error, PI_E_NOT_ESCALATED, "the case is not escalated: gate%s %s %s unknown",
                    count == 1 ? "" : "s", names, count == 1 ? "is" : "are");
  if (error == NULL) return status;
  const char *part = "";
  for (int i = 0; i < PI_FACT_COUNT; i++) {
    if ((gates->missing & PI_FACT_BIT(i)) == 0) continue;
    add(error->expected, sizeof error->expected, "%s%s", part, PI_FACTS[i].path.ptr);
    if (pi_case_knows(input, (pi_fact)i)) { /* a word: a blue badge, a judge (A09, A05) */
      add(error->expected, sizeof error->expected, " (%s does not settle it)",
          PI_FACTS[i].words.words[pi_case_word(input, (pi_fact)i)].ptr);
    }
    part = ", ";
  }
  snprintf(error->hint, sizeof error->hint,
           "find out, and open it again: what is unknown is never taken for met");
  return status;
}

static pi_slice never_excepted_rule(const pi_case *input) {
  for (uint32_t i = 0; i < input->violations_count; i++) {
    pi_rule rule = input->violations[i].rule;
    if (rule < PI_RULE_COUNT && PI_RULES[rule].never) return input->violations[i].rule_id;
  }
  return (pi_slice){"", 0};
}

static pubint_status refuse_criteria(const pubint_evaluation *evaluation, pubint_error *error) {
  const pi_gates *gates = &evaluation->gates;
  char names[160];
  pubint_status status;
  if (gates->eligibility == PI_NEVER_EXCEPTED) {
    pi_slice rule = never_excepted_rule(evaluation->input);
    status = pi_error_setf(error, PI_E_NOT_ESCALATED, "the case is not escalated: %.*s is never excepted",
                           (int)rule.len, rule.ptr);
  } else {
    int count = list_gates(gates, PI_GATE_FAIL, names, sizeof names);
    status = pi_error_setf(error, PI_E_NOT_ESCALATED, "the case is not escalated: gate%s %s fail%s",
                           count == 1 ? "" : "s", names, count == 1 ? "s" : "");
  }
  if (error != NULL)
    snprintf(error->hint, sizeof error->hint, "ordinary enforcement applies: the Tweet is removed");
  return status;
}

/* R031, A11: there is something to decide, and nothing that decides it is unknown. */
static pubint_status check_assessed(pi_pending *self, pubint_error *error) {
  const pi_gates *gates = &self->evaluation->gates;
  if (gates->eligibility == PI_NOT_KNOWN) return refuse_unknown(self->evaluation->input, gates, error);
  if (gates->eligibility != PI_NOTHING_VIOLATED) return PUBINT_OK;
  pubint_status status = pi_error_setf(
      error, PI_E_NOT_ESCALATED, "the case is not escalated: gate rule_violation fails, no rule is broken");
  if (error != NULL)
    snprintf(error->hint, sizeof error->hint, "the Tweet stays as it is: there is nothing to except");
  return status;
}

/* R030, R032. */
static pubint_status check_eligible(pi_pending *self, pubint_error *error) {
  if (self->evaluation->gates.eligibility == PI_ELIGIBLE) return PUBINT_OK;
  return refuse_criteria(self->evaluation, error);
}

/* A14, R072: any id may be a rule's; but one letter must not turn what is never excepted into a rule that
 * people may except. */
static pubint_status check_no_slip(pi_pending *self, pubint_error *error) {
  const pi_case *input = self->evaluation->input;
  for (uint32_t i = 0; i < input->violations_count && !self->act.rule_as_written; i++) {
    pi_slice id = input->violations[i].rule_id;
    pi_rule_name name = pi_policy_rule_name(self->evaluation->policy, id);
    if (!name.never) continue;
    pubint_status status = pi_error_set(error, PI_E_RULE_SLIP);
    if (error == NULL) return status;
    put_found(error, id);
    snprintf(error->expected, sizeof error->expected, "%.*s, or a rule that the policy has",
             (int)name.nearest.len, name.nearest.ptr);
    snprintf(error->hint, sizeof error->hint,
             "correct the case; where the id is meant as it stands, say so with --rule-as-written");
    return status;
  }
  return PUBINT_OK;
}

/* What bars a notice, why, and what would have to be for one. */
static const struct {
  pi_slice bar;
  const char *why, *instead;
} BARS[] = {
    {PI_SLICE_INIT("never_excepted"), "its rule is never excepted", NULL},
    {PI_SLICE_INIT("not_eligible"), "it does not meet the criteria", NULL},
    {PI_SLICE_INIT("private_data"), "it would publish private data that nobody has marked",
     "the case opened again with `spans`, [] where the text of a threat or an incitement holds no such data"},
    {PI_SLICE_INIT("no_public_concern"), "it contributes to no matter of public concern",
     "the case opened again with context.public_concern assessed anew"},
};

static pubint_status refuse_notice(pi_slice bar, pubint_error *error) {
  size_t i = 0;
  while (i + 1 < sizeof BARS / sizeof BARS[0] && !pi_slice_equal(BARS[i].bar, bar)) i++;
  const char *instead = BARS[i].instead;
  pubint_status status = pi_error_setf(error, PI_E_NEVER_A_NOTICE,
                                       instead == NULL ? "this case can never stand behind a notice: %s"
                                                       : "a notice is barred: %s",
                                       BARS[i].why);
  if (error == NULL) return status;
  snprintf(error->found, sizeof error->found, "notice");
  snprintf(error->expected, sizeof error->expected, "remove");
  if (instead == NULL) return status;
  snprintf(error->expected, sizeof error->expected, "remove, or %s", instead);
  snprintf(error->hint, sizeof error->hint,
           "once it is decided, `pubint ledger reopen ID FILE --by WHO --reason TEXT` takes other facts");
  return status;
}

/* A round that was opened under earlier rules may not say what its facts do. */
static pubint_status check_facts(pi_pending *self, pubint_error *error) {
  pi_query *query = pi_ledger_statement(self->ledger, "SELECT facts FROM rounds WHERE entry = :entry");
  pi_ledger_bind_number(query, ":entry", self->round->entry);
  pubint_status status = PUBINT_OK;
  const char *bar = NULL;
  pi_case *input = pi_arena_alloc(&self->arena, sizeof *input);
  if (input == NULL) status = pi_error_set(error, PI_E_NO_MEMORY);
  if (pi_ledger_next(query, &status, error)) {
    status = pi_decode_case(input, pi_ledger_text(query, 0), 1, &self->arena, NULL, error);
    if (status == PUBINT_OK) bar = pi_bar_of_facts(input);
  }
  pi_ledger_reset(query);
  return bar != NULL ? refuse_notice(pi_slice_of(bar), error) : status;
}

static pubint_status check_not_barred(pi_pending *self, pubint_error *error) {
  pi_slice barred = self->round->barred;
  if (self->act.position != PI_POSITION_NOTICE) return PUBINT_OK;
  return barred.ptr != NULL ? refuse_notice(barred, error) : check_facts(self, error);
}

static pubint_status expect_reason(pubint_status status, pubint_error *error) {
  if (error != NULL) snprintf(error->expected, sizeof error->expected, "--reason TEXT");
  return status;
}

static pubint_status needs_reason(pubint_error *error, const char *against, pi_slice what) {
  return expect_reason(pi_error_setf(error, PI_E_REASON_NEEDED,
                                     "this goes against %s (%.*s), which needs a reason", against,
                                     (int)what.len, what.ptr),
                       error);
}

static pubint_status check_as_evaluated(pi_pending *self, pubint_error *error) {
  pi_slice outcome = self->round->outcome;
  if (self->act.reason.ptr != NULL) return PUBINT_OK;
  if (pi_slice_equal(outcome, pi_slice_of(PI_POSITION_NAMES[self->act.position]))) return PUBINT_OK;
  if (!pi_slice_equal(outcome, PI_SLICE("review"))) return needs_reason(error, "the evaluation", outcome);
  return expect_reason(pi_error_setf(error, PI_E_REASON_NEEDED,
                                     "the evaluation leaves it to people (%.*s): say why",
                                     (int)self->round->basis.len, self->round->basis.ptr),
                       error);
}

/* A22: advice is no vote, but who overrules most of it says why. */
static pubint_status check_as_advised(pi_pending *self, pubint_error *error) {
  if (self->act.reason.ptr != NULL) return PUBINT_OK;
  pi_position position = self->act.position;
  const pi_step *recommendation = pi_round_step(self->round, PI_ACTION_RECOMMEND);
  if (recommendation->position != position) {
    return needs_reason(error, "the recommendation",
                        pi_slice_of(position == PI_POSITION_NOTICE ? "remove" : "notice"));
  }
  pi_hearing hearing;
  pi_round_hearing(self->round, &hearing);
  int with = position == PI_POSITION_NOTICE ? hearing.notice : hearing.remove;
  int against = position == PI_POSITION_NOTICE ? hearing.remove : hearing.notice;
  if (against <= with) return PUBINT_OK;
  char majority[64];
  snprintf(majority, sizeof majority, "%d to %d for %s", against, with,
           position == PI_POSITION_NOTICE ? "remove" : "notice");
  return needs_reason(error, "the majority of the advice", pi_slice_of(majority));
}

static pubint_status check_reason(pi_pending *self, pubint_error *error) {
  if (self->act.reason.ptr != NULL) return PUBINT_OK;
  return expect_reason(pi_error_set(error, PI_E_REASON_NEEDED), error);
}

/* R003: what the public interest in it is. It comes with the recommendation of a notice, and with the
 * decision for one where the recommendation has none. A removal needs none, and one that stood there would
 * say that the Tweet should have stayed. */
static pubint_status check_finding(pi_pending *self, pubint_error *error) {
  const pi_step *recommendation = pi_round_step(self->round, PI_ACTION_RECOMMEND);
  bool notice = self->act.position == PI_POSITION_NOTICE, given = self->act.finding.ptr != NULL;
  bool found = recommendation != NULL && recommendation->finding.ptr != NULL;
  bool needed = notice && !found;
  if (needed == given) return PUBINT_OK;
  pubint_status status = pi_error_set(error, needed ? PI_E_FINDING_NEEDED : PI_E_FINDING_UNFIT);
  if (error == NULL) return status;
  snprintf(error->found, sizeof error->found, "%s",
           !notice                  ? "remove with one"
           : !needed                ? "another than the recommendation's"
           : recommendation == NULL ? "a notice without one"
                                    : "a notice, and a recommendation without one");
  snprintf(
      error->expected, sizeof error->expected,
      needed ? "--finding TEXT: how the Tweet contributes directly to understanding of, or dialogue about, a "
               "matter of public concern"
             : "a reason: --reason TEXT");
  return status;
}

static pubint_status check_own_voice(pi_pending *self, pubint_error *error) {
  for (int i = 0; i < self->round->steps_count; i++) {
    const pi_step *step = &self->round->steps[i];
    if (step->action != PI_ACTION_ADVISE || !pi_slice_equal(step->who_key, self->who_key)) continue;
    pubint_status status = pi_error_set(error, PI_E_HEARD_ALREADY);
    put_found(error, step->who);
    return status;
  }
  return PUBINT_OK;
}

/* R037, R045: nobody from outside advises, so an adviser says which team of the house it is; for the market
 * that is one of those that its script names, where it has one. */
static pubint_status check_own_team(pi_pending *self, pubint_error *error) {
  const pi_round *round = self->round;
  pi_slice said = self->act.team;
  bool named = self->act.background == PI_BACKGROUND_MARKET && round->teams_count > 0;
  if (said.ptr != NULL && !named) return PUBINT_OK;
  pi_nearest nearest;
  pi_nearest_init(&nearest, said.ptr != NULL ? said : PI_SLICE(""));
  for (int i = 0; i < round->teams_count && named; i++) {
    pi_nearest_offer(&nearest, round->teams[i]);
    if (said.ptr != NULL && pi_slice_equal(round->teams[i], said)) return PUBINT_OK;
  }
  pubint_status status = said.ptr == NULL
                             ? pi_error_set(error, PI_E_TEAM_NEEDED)
                             : pi_error_setf(error, PI_E_NOT_A_TEAM, "not a team of the market %.*s",
                                             (int)round->market.len, round->market.ptr);
  if (error == NULL) return status;
  if (said.ptr != NULL) put_found(error, said);
  const char *part = "--team ";
  for (int i = 0; i < round->teams_count && named; i++) {
    add(error->expected, sizeof error->expected, "%s\"%.*s\"", part, (int)round->teams[i].len,
        round->teams[i].ptr);
    part = " or ";
  }
  if (!named) snprintf(error->expected, sizeof error->expected, "--team NAME: the team of the adviser");
  if (nearest.best.ptr != NULL)
    snprintf(error->hint, sizeof error->hint, "did you mean \"%.*s\"?", (int)nearest.best.len,
             nearest.best.ptr);
  return status;
}

/* A23: of the chairs of a round, recommendation, advice and decision, one person has one. That advice is
 * given once has a word of its own. */
static pubint_status check_one_chair(pi_pending *self, pubint_error *error) {
  for (int i = 0; i < self->round->steps_count; i++) {
    const pi_step *step = &self->round->steps[i];
    bool chair = step->action == PI_ACTION_RECOMMEND || step->action == PI_ACTION_ADVISE;
    if (!chair || step->action == self->action || !pi_slice_equal(step->who_key, self->who_key)) continue;
    pubint_status status = pi_error_setf(error, PI_E_SAME_PERSON, "who %s does not %s",
                                         step->action == PI_ACTION_RECOMMEND ? "recommended" : "advised",
                                         PI_ACTION_NAMES[self->action]);
    put_found(error, self->act.who);
    return status;
  }
  return PUBINT_OK;
}

/* In the order in which they are tried. */
static const struct {
  pi_guard guard;
  pubint_status (*check)(pi_pending *self, pubint_error *error);
} GUARDS[] = {
    {PI_GUARD_NOT_BEFORE, check_time},       {PI_GUARD_ASSESSED, check_assessed},
    {PI_GUARD_ELIGIBLE, check_eligible},     {PI_GUARD_NO_SLIP, check_no_slip},
    {PI_GUARD_NOT_BARRED, check_not_barred}, {PI_GUARD_ONE_CHAIR, check_one_chair},
    {PI_GUARD_OWN_VOICE, check_own_voice},   {PI_GUARD_OWN_TEAM, check_own_team},
    {PI_GUARD_FINDING, check_finding},       {PI_GUARD_AS_EVALUATED, check_as_evaluated},
    {PI_GUARD_AS_ADVISED, check_as_advised}, {PI_GUARD_REASON, check_reason},
};

pubint_status pi_process_guard(pi_pending *self, pubint_error *error) {
  pubint_status status = PUBINT_OK;
  for (size_t i = 0; i < sizeof GUARDS / sizeof GUARDS[0] && status == PUBINT_OK; i++) {
    if ((self->transition->guards & (unsigned)GUARDS[i].guard) != 0) status = GUARDS[i].check(self, error);
  }
  return status;
}
