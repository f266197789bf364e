#include "desk.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audit.h"
#include "evaluation.h"
#include "files.h"

enum { CASE_BYTES_MAX = 4096, ARENA_BLOCK = 64 * 1024, ARENA_MAX = 64 * 1024 * 1024 };

static const char ACCOUNT[] =
    "'kind':'person','authentic':true,'verified':true,'verified_type':'legacy','followers_count':134500,"
    "'office':{'status':'holder','selection':'elected','leadership':true,'level':'national','branch':'legislative',"
    "'country':'NL'}";
static const char VIOLATIONS[] = "{'rule':'abuse_harassment','kind':'aggressive_insults'}";
#define INTEREST                                                                                                                      \
  "'market':'NL','target':{'kind':'official','political_context':1},'public_concern':0.6,'public_debate':0.8,'office_relevance':0.7," \
  "'heated_debate':0.75"
static const char NOTICE[] = INTEREST
    ",'call_to_action':0,'rights_interference':0,'service_harm':0,'offline_harm':{'likelihood':0,'severity':0}";
const char *const DESK_REMOVED = INTEREST
    ",'call_to_action':1,'rights_interference':1,'service_harm':1,'offline_harm':{'likelihood':1,'severity':1}";
const char *const DESK_REVIEW = INTEREST;

int desk_set_up(void **state) {
  desk *self = calloc(1, sizeof *self);
  assert_non_null(self);
  files_make_folder(self->folder, sizeof self->folder);
  snprintf(self->file, sizeof self->file, "%s/ledger", self->folder);
  assert_int_equal(pubint_policy_load(&self->policy, PI_SOURCE_DIR "/scripts", &self->error), PUBINT_OK);
  assert_int_equal(pubint_engine_new(&self->engine, self->policy, &self->error), PUBINT_OK);
  assert_int_equal(pi_ledger_open(&self->ledger, self->file, PI_LEDGER_CREATE, &self->error), PUBINT_OK);
  pi_arena_init(&self->arena, ARENA_BLOCK, ARENA_MAX);
  self->now = 1700000000;
  *state = self;
  return 0;
}

int desk_tear_down(void **state) {
  desk *self = *state;
  pi_ledger_close(self->ledger);
  pubint_engine_free(self->engine);
  pubint_case_free(self->input);
  pubint_policy_free(self->policy);
  pi_arena_dispose(&self->arena);
  files_remove_folder(self->folder);
  free(self);
  return 0;
}

/* ---- cases ---- */

static const char *or_else(const char *given, const char *otherwise) {
  return given != NULL && given[0] != '\0' ? given : otherwise;
}

const pubint_evaluation *desk_evaluate(desk *self, const char *id, desk_case like) {
  char text[CASE_BYTES_MAX];
  int length = snprintf(text, sizeof text,
                        "{'id':'%s','tweet':{'text':'Wat een schande.'},'account':{%s},'violations':[%s],"
                        "'context':{%s}}",
                        id, or_else(like.account, ACCOUNT),
                        like.violations != NULL && strcmp(like.violations, "none") == 0
                            ? ""
                            : or_else(like.violations, VIOLATIONS),
                        or_else(like.context, NOTICE));
  assert_true(length > 0 && length < CASE_BYTES_MAX);
  for (int i = 0; i < length; i++) {
    if (text[i] == '\'') text[i] = '"';
  }
  pubint_case *input;
  if (pubint_case_parse(&input, text, (size_t)length, &self->error) != PUBINT_OK) {
    fail_msg("%s: %s", self->error.message, text);
  }
  assert_int_equal(pubint_engine_evaluate(self->engine, input, &self->evaluation, &self->error), PUBINT_OK);
  pubint_case_free(self->input);
  self->input = input;
  return self->evaluation;
}

/* ---- acts ---- */

static pi_act begin(desk *self, const char *id, const char *who, const char *reason) {
  self->now += 60;
  if (who == NULL) {
    snprintf(self->somebody, sizeof self->somebody, "person %lld", (long long)self->now);
    who = self->somebody;
  }
  pi_act act = {.id = pi_slice_of(id),
                .who = pi_slice_of(who),
                .at = self->now,
                .position = PI_POSITION_NONE,
                .background = PI_BACKGROUND_NONE};
  if (reason != NULL) act.reason = pi_slice_of(reason);
  return act;
}

pubint_status desk_open(desk *self, const char *id, desk_case like) {
  desk_evaluate(self, id, like);
  pi_act act = begin(self, id, "enforcement", NULL);
  return pi_process_open(self->ledger, self->evaluation, &act, &self->done, &self->error);
}

pubint_status desk_recommend(desk *self, const char *id, const char *who, pi_position position,
                             const char *reason) {
  pi_act act = begin(self, id, who, reason);
  act.position = position;
  if (position == PI_POSITION_NOTICE) act.finding = PI_SLICE(DESK_FINDING);
  return pi_process_step(self->ledger, PI_ACTION_RECOMMEND, &act, &self->done, &self->error);
}

pubint_status desk_advise(desk *self, const char *id, const char *who, pi_background background,
                          pi_position position) {
  pi_act act = begin(self, id, who, position == PI_POSITION_NONE ? "a note" : NULL);
  act.position = position;
  act.background = background;
  act.team = background == PI_BACKGROUND_MARKET ? PI_SLICE(DESK_TEAM) : PI_SLICE("A team of the house");
  return pi_process_step(self->ledger, PI_ACTION_ADVISE, &act, &self->done, &self->error);
}

pubint_status desk_inform(desk *self, const char *id, const char *who) {
  pi_act act = begin(self, id, who, NULL);
  return pi_process_step(self->ledger, PI_ACTION_INFORM, &act, &self->done, &self->error);
}

pubint_status desk_decide(desk *self, const char *id, const char *who, pi_position position,
                          const char *reason) {
  pi_act act = begin(self, id, who, reason);
  act.position = position;
  return pi_process_step(self->ledger, PI_ACTION_DECIDE, &act, &self->done, &self->error);
}

pubint_status desk_find(desk *self, const char *id, const char *who, const char *reason) {
  pi_act act = begin(self, id, who, reason);
  act.position = PI_POSITION_NOTICE;
  act.finding = PI_SLICE(DESK_FINDING);
  return pi_process_step(self->ledger, PI_ACTION_DECIDE, &act, &self->done, &self->error);
}

pubint_status desk_reopen(desk *self, const char *id, desk_case like, const char *reason) {
  desk_evaluate(self, id, like);
  pi_act act = begin(self, id, NULL, reason);
  return pi_process_reopen(self->ledger, self->evaluation, &act, &self->done, &self->error);
}

void desk_hear(desk *self, const char *id, pi_position position) {
  assert_int_equal(desk_advise(self, id, "Gov", PI_BACKGROUND_GOVERNMENT, position), PUBINT_OK);
  assert_int_equal(desk_advise(self, id, "Hum", PI_BACKGROUND_HUMAN_RIGHTS, position), PUBINT_OK);
  assert_int_equal(desk_advise(self, id, "Law", PI_BACKGROUND_LAW, position), PUBINT_OK);
  assert_int_equal(desk_advise(self, id, "Mar", PI_BACKGROUND_MARKET, position), PUBINT_OK);
}

void desk_consult(desk *self, const char *id, pi_position position) {
  desk_hear(self, id, position);
  assert_int_equal(desk_inform(self, id, "Sec"), PUBINT_OK);
}

const char *desk_bring(desk *self, pi_state state, char id[32]) {
  snprintf(id, 32, "case-%d", ++self->made);
  if (state >= PI_STATE_OPENED) assert_int_equal(desk_open(self, id, (desk_case){0}), PUBINT_OK);
  if (state >= PI_STATE_RECOMMENDED)
    assert_int_equal(desk_recommend(self, id, "Rec", PI_POSITION_NOTICE, NULL), PUBINT_OK);
  if (state >= PI_STATE_ADVISED) desk_hear(self, id, PI_POSITION_NOTICE);
  if (state >= PI_STATE_INFORMED) assert_int_equal(desk_inform(self, id, "Sec"), PUBINT_OK);
  if (state >= PI_STATE_DECIDED)
    assert_int_equal(desk_decide(self, id, "Sen", PI_POSITION_NOTICE, NULL), PUBINT_OK);
  return id;
}

/* ---- looking ---- */

void desk_refused(const desk *self, pubint_status status, unsigned code) {
  if (status == PUBINT_OK) fail_msg("done, where E%04u was expected", code);
  if (self->error.code != code) {
    fail_msg("E%04u (%s; %s), where E%04u was expected", self->error.code, self->error.message,
             self->error.found, code);
  }
}

pi_record desk_record(desk *self, const char *id) {
  pi_record record;
  pi_arena_reset(&self->arena);
  assert_int_equal(
      pi_record_read(&record, self->ledger, pi_slice_of(id), PI_RECORD_WHOLE, &self->arena, &self->error),
      PUBINT_OK);
  return record;
}

const char *desk_sql(desk *self, const char *sql) {
  sqlite3 *db = pi_ledger_connection(self->ledger);
  return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK ? "" : sqlite3_errmsg(db);
}

int64_t desk_ask(desk *self, const char *sql) {
  sqlite3_stmt *statement;
  sqlite3 *db = pi_ledger_connection(self->ledger);
  if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) fail_msg("%s", sqlite3_errmsg(db));
  assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
  int64_t out = sqlite3_column_int64(statement, 0);
  sqlite3_finalize(statement);
  return out;
}

void desk_drop_triggers(desk *self) {
  char sql[16384];
  int length = 0;
  sqlite3_stmt *names;
  assert_int_equal(sqlite3_prepare_v2(pi_ledger_connection(self->ledger),
                                      "SELECT name FROM sqlite_schema WHERE type = 'trigger'", -1, &names,
                                      NULL),
                   SQLITE_OK);
  while (sqlite3_step(names) == SQLITE_ROW) {
    length += snprintf(sql + length, sizeof sql - (size_t)length, "DROP TRIGGER %s;",
                       (const char *)sqlite3_column_text(names, 0));
    assert_true(length < (int)sizeof sql);
  }
  sqlite3_finalize(names);
  assert_string_equal(desk_sql(self, sql), "");
}

void desk_whole(desk *self) {
  int64_t entries;
  if (pi_audit_verify(self->ledger, NULL, &entries, &self->error) != PUBINT_OK)
    fail_msg("%s", self->error.message);
}
