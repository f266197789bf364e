#include "process.h"

#include <stdio.h>
#include <string.h>

#include "audit.h"
#include "bar.h"
#include "errors.h"
#include "evaluation.h"
#include "person.h"
#include "precedents.h"
#include "process_inside.h"
#include "process_required.h"
#include "quoted_limits.h"
#include "times.h"
#include "utf8.h"

enum {
  ARENA_BLOCK = 64 * 1024,
  ARENA_MAX = 64 * 1024 * 1024, /* a round, and its facts decoded */
};

/* ---- what people write ---- */

typedef struct text_form {
  size_t bytes_max;
  bool lines;  /* it may be several, with tabs */
  bool a_name; /* of a person: two that look the same are the same */
  const char *without;
} text_form;

static const text_form NAME = {PI_WHO_BYTES_MAX, false, true,
                               "unseen or unassigned signs, outer or double blanks"};
static const text_form TEAM = {PI_TEAM_BYTES_MAX, false, false,
                               "control characters, of which something is seen"};
static const text_form PROSE = {PI_REASON_BYTES_MAX, true, false,
                                "control characters, of which something is seen"};

static pubint_status refuse_text(const char *what, const text_form *form, pi_slice text,
                                 pubint_error *error) {
  pubint_status status = pi_error_setf(error, PI_E_ACT_TEXT, "%s is not one that the record can take", what);
  if (error == NULL) return status;
  if (text.len == 0) {
    snprintf(error->found, sizeof error->found, "an empty text");
  } else if (text.len > form->bytes_max) {
    snprintf(error->found, sizeof error->found, "%zu bytes", text.len);
  } else {
    pi_error_found(error, text.ptr, text.len);
  }
  snprintf(error->expected, sizeof error->expected, "1 to %zu bytes of UTF-8 without %s", form->bytes_max,
           form->without);
  return status;
}

/* Signs that nobody sees, or that turn text around, and blanks besides the usual one: with them one person
 * could be two names that look the same. Joiners (U+200C, U+200D) are letters' own in some scripts. The
 * fourth version of the schema says the same. */
static const struct {
  uint32_t first, last;
} UNSEEN[] = {
    {0x00, 0x1F},       {0x7F, 0xA0},       {0xAD, 0xAD},       {0x34F, 0x34F},     {0x61C, 0x61C},
    {0x115F, 0x1160},   {0x1680, 0x1680},   {0x17B4, 0x17B5},   {0x180B, 0x180F},   {0x2000, 0x200B},
    {0x200E, 0x200F},   {0x2028, 0x202F},   {0x205F, 0x206F},   {0x2800, 0x2800},   {0x3000, 0x3000},
    {0x3164, 0x3164},   {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},   {0xFFF0, 0xFFFB},
    {0x13430, 0x1343F}, {0x16FE4, 0x16FE4}, {0x1BCA0, 0x1BCA3}, {0x1D159, 0x1D159}, {0x1D173, 0x1D17A},
    {0xE0000, 0xE0FFF},
};

static bool is_unseen(uint32_t code) {
  for (size_t i = 0; i < sizeof UNSEEN / sizeof UNSEEN[0]; i++) {
    if (code >= UNSEEN[i].first && code <= UNSEEN[i].last) return true;
  }
  return false;
}

/* Whether there is something in a well-formed text that somebody sees. */
static bool shows(pi_slice text) {
  for (size_t i = 0, bytes; i < text.len; i += bytes) {
    uint32_t code = pi_utf8_decode(text.ptr + i, &bytes);
    bool joiner = code == 0x200C || code == 0x200D;
    if (code != ' ' && !joiner && !is_unseen(code)) return true;
  }
  return false;
}

/* Control characters, C1 among them. */
static bool is_control(uint32_t code, bool lines) {
  if (lines && (code == '\n' || code == '\t')) return false;
  return code < 0x20 || (code >= 0x7f && code < 0xa0);
}

static bool is_right(const text_form *form, pi_slice text) {
  if (text.len == 0 || text.len > form->bytes_max || pi_utf8_check(text) != text.ptr + text.len) return false;
  if (form->a_name && (text.ptr[0] == ' ' || text.ptr[text.len - 1] == ' ')) return false;
  for (size_t i = 0, bytes; i < text.len; i += bytes) {
    uint32_t code = pi_utf8_decode(text.ptr + i, &bytes);
    if (is_control(code, form->lines) || (form->a_name && is_unseen(code))) return false;
    if (form->a_name && code == ' ' && text.ptr[i + 1] == ' ') return false;
  }
  return shows(text) && (!form->a_name || pi_person_lasts(text));
}

/* .ptr NULL: not given, which a name is not. */
static pubint_status check_text(const char *what, const text_form *form, pi_slice text, pubint_error *error) {
  if (text.ptr == NULL ? !form->a_name : is_right(form, text)) return PUBINT_OK;
  return refuse_text(what, form, text, error);
}

static pubint_status check_texts(const pi_act *act, pubint_error *error) {
  pubint_status status = check_text("who does it", &NAME, act->who, error);
  if (status == PUBINT_OK) status = check_text("the team", &TEAM, act->team, error);
  if (status == PUBINT_OK) status = check_text("the reason", &PROSE, act->reason, error);
  return status == PUBINT_OK ? check_text("the finding", &PROSE, act->finding, error) : status;
}

/* A clock that is a little behind is no fault. */
static pubint_status check_time(int64_t at, int64_t now, pubint_error *error) {
  if (at <= now || at - now <= PI_LEDGER_AHEAD_S) return PUBINT_OK;
  pubint_status status = pi_error_set(error, PI_E_TO_COME);
  if (error == NULL) return status;
  char text[PI_TIME_BYTES];
  pi_time_write(at, text);
  snprintf(error->found, sizeof error->found, "%s", text);
  pi_time_write(now, text);
  snprintf(error->expected, sizeof error->expected, "at most %d minutes after %s", PI_LEDGER_AHEAD_MINUTES,
           text);
  return status;
}

pubint_status pi_process_check(const pi_act *act, int64_t now, pubint_error *error) {
  pubint_status status = check_texts(act, error);
  return status == PUBINT_OK ? check_time(act->at, now, error) : status;
}

/* ---- an act ---- */

/* R072, R112, R032; what else bars a notice its facts say, whether or not the policy weighs the rule. */
static const char *bar_of(const pubint_evaluation *evaluation) {
  if (evaluation->gates.eligibility == PI_NEVER_EXCEPTED) return "never_excepted";
  if (evaluation->gates.eligibility != PI_ELIGIBLE) return "not_eligible";
  return pi_bar_of_facts(evaluation->input);
}

pubint_status pi_process_append(const pi_pending *self, const char *action, int64_t entry, pi_done *done,
                                pubint_error *error) {
  pi_audit_entry audit = {.sequence = entry,
                          .at = self->act.at,
                          .actor = self->act.who,
                          .action = pi_slice_of(action),
                          .subject = self->act.id};
  pubint_status status = pi_audit_append(self->ledger, &audit, error);
  done->entry = entry;
  memcpy(done->link, audit.link, sizeof audit.link);
  return status;
}

/* Where the case stands once the act is done. */
static pi_state state_after(const pi_pending *self) {
  pi_hearing hearing = {0}; /* of a round that is new */
  if (self->evaluation == NULL) pi_round_hearing(self->round, &hearing);
  if (self->action == PI_ACTION_ADVISE) pi_hearing_add(&hearing, self->act.background);
  return pi_state_seen(self->transition->to, pi_hearing_complete(&hearing, self->record.required));
}

/* The place of what comes next in the log, and there who does it: before what they do. */
pubint_status pi_process_begin(pi_pending *self, int64_t *entry, pubint_error *error) {
  pubint_status status = pi_audit_next(self->ledger, entry, error);
  if (status != PUBINT_OK) return status;
  pi_query *insert =
      pi_ledger_statement(self->ledger, "INSERT INTO persons (entry, key) VALUES (:entry, person_key(:who))");
  pi_ledger_bind_number(insert, ":entry", *entry);
  pi_ledger_bind_text(insert, ":who", self->act.who);
  return pi_ledger_run(insert, error);
}

/* The record before the act; of a case to be opened there is none, and nobody looks for one like it. */
static pubint_status read_record(pi_pending *self, pubint_error *error) {
  int64_t there = 1;
  pubint_status status = PUBINT_OK;
  if (self->action == PI_ACTION_OPEN) {
    pi_query *cases = pi_ledger_statement(self->ledger, "SELECT count(*) FROM cases WHERE id = :id");
    pi_ledger_bind_text(cases, ":id", self->act.id);
    status = pi_ledger_ask(cases, &there, error);
  }
  if (status != PUBINT_OK || there == 0) return status;
  return pi_record_read(&self->record, self->ledger, self->act.id, PI_RECORD_STEPS, &self->arena, error);
}

/* Within the transaction. */
static pubint_status carry_out(pi_pending *self, pi_done *done, pubint_error *error) {
  self->who_key = pi_person_key(self->act.who, &self->arena);
  if (self->who_key.ptr == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  pubint_status status = read_record(self, error);
  if (status != PUBINT_OK) return status;
  self->round = pi_record_last(&self->record);
  self->transition = pi_transition_find(self->record.state, self->action);
  if (self->transition == NULL) return pi_process_out_of_order(self, error);
  int64_t entry;
  status = pi_process_guard(self, error);
  if (status == PUBINT_OK) status = pi_process_begin(self, &entry, error);
  if (status == PUBINT_OK) status = pi_process_write(self, entry, error);
  if (status == PUBINT_OK) {
    status = pi_process_append(self, PI_ACTION_NAMES[self->action], entry, done, error);
    done->state = state_after(self);
    done->round = self->round != NULL ? self->round->number : 0;
    if (self->action == PI_ACTION_ADVISE) done->advice = pi_round_advisers(self->round) + 1;
    if (self->evaluation != NULL) done->round++;
  }
  /* R061: every decision is a precedent. */
  if (status == PUBINT_OK && self->action == PI_ACTION_DECIDE) {
    status = pi_precedents_update(self->ledger, error);
  }
  return status;
}

static pubint_status run(pi_pending *self, pi_done *done, pubint_error *error) {
  *done = (pi_done){0};
  pubint_status status = pi_process_check(&self->act, pi_ledger_now(self->ledger), error);
  if (status != PUBINT_OK) return status;
  if (self->evaluation != NULL) self->barred = bar_of(self->evaluation);
  pi_arena_init(&self->arena, ARENA_BLOCK, ARENA_MAX);
  status = pi_ledger_begin(self->ledger, true, error);
  if (status == PUBINT_OK) status = pi_ledger_end(self->ledger, carry_out(self, done, error), error);
  pi_arena_dispose(&self->arena);
  return status;
}

pubint_status pi_process_admits(const pubint_evaluation *evaluation, const pi_act *act, int64_t now,
                                pubint_error *error) {
  pi_pending self = {.action = PI_ACTION_OPEN, .act = *act, .evaluation = evaluation};
  self.transition = pi_transition_find(PI_STATE_ABSENT, PI_ACTION_OPEN);
  pubint_status status = pi_process_check(act, now, error);
  return status == PUBINT_OK ? pi_process_guard(&self, error) : status;
}

pubint_status pi_process_open(pi_ledger *ledger, const pubint_evaluation *evaluation, const pi_act *act,
                              pi_done *done, pubint_error *error) {
  pi_pending self = {.ledger = ledger, .action = PI_ACTION_OPEN, .act = *act, .evaluation = evaluation};
  self.act.id = pi_case_text(evaluation->input, PI_FACT_ID);
  return run(&self, done, error);
}

pubint_status pi_process_step(pi_ledger *ledger, pi_action action, const pi_act *act, pi_done *done,
                              pubint_error *error) {
  pi_pending self = {.ledger = ledger, .action = action, .act = *act};
  if (!PI_ACTIONS[action].position) self.act.position = PI_POSITION_NONE;
  return run(&self, done, error);
}

pubint_status pi_process_reopen(pi_ledger *ledger, const pubint_evaluation *evaluation, const pi_act *act,
                                pi_done *done, pubint_error *error) {
  pi_pending self = {.ledger = ledger, .action = PI_ACTION_REOPEN, .act = *act, .evaluation = evaluation};
  pi_slice id = pi_case_text(evaluation->input, PI_FACT_ID);
  if (!pi_slice_equal(id, act->id)) {
    pubint_status status = pi_error_set(error, PI_E_OTHER_CASE);
    if (error != NULL) {
      pi_error_found(error, id.ptr, id.len);
      pi_error_field(error->expected, sizeof error->expected, act->id.ptr, act->id.len);
    }
    return status;
  }
  return run(&self, done, error);
}

/* ---- what a decision needs ---- */

static pubint_status raise_required(pi_pending *self, int backgrounds, pi_done *done, pubint_error *error) {
  int required;
  int64_t entry;
  pubint_status status = pi_process_required(self->ledger, &required, error);
  if (status == PUBINT_OK && (backgrounds <= required || backgrounds > PI_BACKGROUNDS_MAX)) {
    status =
        backgrounds > PI_BACKGROUNDS_MAX
            ? pi_error_setf(error, PI_E_ONLY_RAISED,
                            "a decision needs at most %d backgrounds: there are no more", PI_BACKGROUNDS_MAX)
            : pi_error_set(error, PI_E_ONLY_RAISED);
    if (error != NULL) {
      snprintf(error->found, sizeof error->found, "%d, where %d are needed now", backgrounds, required);
      if (required == PI_BACKGROUNDS_MAX) {
        snprintf(error->expected, sizeof error->expected, "nothing: %d are all there are",
                 PI_BACKGROUNDS_MAX);
      } else {
        snprintf(error->expected, sizeof error->expected, "more than are needed now, and at most %d",
                 PI_BACKGROUNDS_MAX);
      }
    }
  }
  if (status == PUBINT_OK) status = pi_process_begin(self, &entry, error);
  if (status != PUBINT_OK) return status;
  pi_query *insert =
      pi_ledger_statement(self->ledger, "INSERT INTO required (entry, at, who, backgrounds, reason)\n"
                                        "VALUES (:entry, :at, :who, :backgrounds, :reason)");
  pi_ledger_bind_number(insert, ":entry", entry);
  pi_ledger_bind_number(insert, ":at", self->act.at);
  pi_ledger_bind_text(insert, ":who", self->act.who);
  pi_ledger_bind_number(insert, ":backgrounds", backgrounds);
  pi_ledger_bind_text(insert, ":reason", self->act.reason);
  status = pi_ledger_run(insert, error);
  return status == PUBINT_OK ? pi_process_append(self, "require", entry, done, error) : status;
}

pubint_status pi_process_require(pi_ledger *ledger, int backgrounds, const pi_act *act, pi_done *done,
                                 pubint_error *error) {
  pi_pending self = {.ledger = ledger, .act = *act};
  self.act.id = (pi_slice){"", 0};
  *done = (pi_done){0};
  pubint_status status = pi_process_check(act, pi_ledger_now(ledger), error);
  if (status == PUBINT_OK) status = pi_ledger_begin(ledger, true, error);
  if (status != PUBINT_OK) return status;
  return pi_ledger_end(ledger, raise_required(&self, backgrounds, done, error), error);
}
