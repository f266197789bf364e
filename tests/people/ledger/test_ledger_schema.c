/* The file's own constraints, by raw SQL: what another client gets wrong is refused as well. */
#include <stdio.h>
#include <string.h>

#include "desk.h"
#include "errors.h"
#include "ledger_schema.h"
#include "rules.h"

static const desk_case USUAL = {0};

/* Pieces of SQL about the newest case: its entry, its last round's, the next entry, a time later than all. */
#define CASE  "(SELECT max(entry) FROM cases)"
#define ROUND "(SELECT max(entry) FROM rounds)"
#define ENTRY "(SELECT coalesce(max(sequence), 0) + 1 FROM audit)"
#define LATER "9000000000"

#define STEP(action, who, role, background, position, reason)                                                \
  "INSERT INTO steps (entry, round_entry, action, at, who, role, background, position, reason) VALUES "      \
  "(" ENTRY ", " ROUND ", '" action "', " LATER ", '" who "', '" role "', " background ", " position         \
  ", " reason ")"
#define ADVICE(who, background, team)                                                                        \
  "INSERT INTO steps (entry, round_entry, action, at, who, role, background, team, position) VALUES "        \
  "(" ENTRY ", " ROUND ", 'advise', " LATER ", '" who "', 'adviser', " background ", " team ", 'notice')"
#define RECOMMEND STEP("recommend", "New", "trust_safety", "NULL", "'notice'", "'why'")
#define ADVISE    ADVICE("New", "'news'", "'a team'")
#define INFORM    STEP("inform", "New", "secretary", "NULL", "NULL", "NULL")
#define DECIDE    STEP("decide", "New", "senior", "NULL", "'notice'", "'why'")
#define COPY_ROUND(number, role, reason)                                                                     \
  "INSERT INTO rounds SELECT " ENTRY ", case_entry, " number ", " LATER ", 'New', '" role "', " reason       \
  ", facts, evaluation, policy, outcome, basis, barred, margin, market, teams FROM rounds WHERE entry = " ROUND
#define REOPEN COPY_ROUND("number + 1", "senior", "'why'")
#define OPEN   "INSERT INTO cases SELECT " ENTRY ", id FROM cases WHERE entry = " CASE

/* Runs it in a transaction that is undone, as an act of the person `new`; "" when it was done. */
static const char *try_sql(desk *self, const char *sql) {
  assert_string_equal(desk_sql(self, "BEGIN; INSERT INTO persons VALUES (" ENTRY ", 'new')"), "");
  static char said[256];
  snprintf(said, sizeof said, "%s", desk_sql(self, sql));
  assert_string_equal(desk_sql(self, "ROLLBACK"), "");
  return said;
}

static void refused(desk *self, const char *sql, const char *because) {
  const char *said = try_sql(self, sql);
  if (strstr(said, because) == NULL) fail_msg("\"%s\", where \"%s\" was expected: %s", said, because, sql);
}

static void done(desk *self, const char *sql) {
  const char *said = try_sql(self, sql);
  if (said[0] != '\0') fail_msg("\"%s\": %s", said, sql);
}

/* R030–R040 */
static void test_schema_refuses_every_step_that_is_not_in_order(void **state) {
  desk *self = *state;
  static const char *const ACTS[PI_ACTION_COUNT] = {OPEN, RECOMMEND, ADVISE, INFORM, DECIDE, REOPEN};
  static const char *const BECAUSE[PI_STATE_COUNT][PI_ACTION_COUNT] = {
      [PI_STATE_OPENED] = {"in the ledger already", NULL, "comes once and first", "comes once and first",
                           "comes once and first", "only a decided case is reopened"},
      [PI_STATE_RECOMMENDED] = {"in the ledger already", "comes once and first", NULL,
                                "advice that is not complete", "needs advice from more",
                                "only a decided case is reopened"},
      [PI_STATE_ADVISED] = {"in the ledger already", "comes once and first", NULL, NULL,
                            "after those who advised are informed", "only a decided case is reopened"},
      [PI_STATE_INFORMED] = {"in the ledger already", "comes once and first", NULL, "informed already", NULL,
                             "only a decided case is reopened"},
      [PI_STATE_DECIDED] = {"in the ledger already", "the round is decided", "the round is decided",
                            "the round is decided", "the round is decided", NULL},
  };
  char id[32];
  for (int from = PI_STATE_OPENED; from < PI_STATE_COUNT; from++) {
    desk_bring(self, (pi_state)from, id);
    for (int action = 0; action < PI_ACTION_COUNT; action++) {
      if (BECAUSE[from][action] == NULL) {
        done(self, ACTS[action]);
      } else {
        refused(self, ACTS[action], BECAUSE[from][action]);
      }
    }
  }
}

static void test_schema_has_no_step_of_a_case_that_is_not_there(void **state) {
  desk *self = *state;
  refused(self, RECOMMEND, "NOT NULL constraint failed: steps.round_entry");
  refused(self,
          "INSERT INTO steps (entry, round_entry, action, at, who, role, position) "
          "VALUES (1, 1, 'recommend', 0, 'New', 'trust_safety', 'notice')",
          "FOREIGN KEY");
}

/* A step of a round that a later one has superseded. */
static void test_schema_leaves_superseded_rounds_alone(void **state) {
  desk *self = *state;
  char id[32];
  desk_bring(self, PI_STATE_DECIDED, id);
  assert_int_equal(desk_reopen(self, id, USUAL, "why"), PUBINT_OK);
  refused(
      self,
      "INSERT INTO steps (entry, round_entry, action, at, who, role, background, team, position) SELECT " ENTRY
      ", min(entry), 'advise', " LATER ", 'New', 'adviser', 'news', 'a team', 'notice' FROM rounds",
      "a later round has superseded this one");
}

static void test_schema_never_changes_deletes_or_replaces_a_record(void **state) {
  desk *self = *state;
  char id[32], sql[512];
  desk_bring(self, PI_STATE_DECIDED, id);
  pi_act act = {.who = PI_SLICE("Sen"), .at = self->now, .reason = PI_SLICE("why")};
  assert_int_equal(pi_process_require(self->ledger, 4, &act, &self->done, &self->error), PUBINT_OK);
  static const struct {
    const char *table, *change;
  } TABLES[] = {{"audit", "actor = 'x'"},      {"cases", "id = 'x'"},    {"rounds", "who = 'x'"},
                {"violated", "rule = 'x'"},    {"steps", "who = 'x'"},   {"required", "backgrounds = 3"},
                {"findings", "finding = 'x'"}, {"informed", "who = 'x'"}};
  for (size_t i = 0; i < sizeof TABLES / sizeof TABLES[0]; i++) {
    snprintf(sql, sizeof sql, "UPDATE %s SET %s", TABLES[i].table, TABLES[i].change);
    refused(self, sql, "never changed");
    snprintf(sql, sizeof sql, "DELETE FROM %s", TABLES[i].table);
    refused(self, sql, "never deleted");
    snprintf(sql, sizeof sql, "REPLACE INTO %s SELECT * FROM %s", TABLES[i].table, TABLES[i].table);
    assert_string_not_equal(try_sql(self, sql), "");
    /* A client that has not asked for its triggers to be run by REPLACE. */
    assert_string_equal(desk_sql(self, "PRAGMA recursive_triggers = OFF"), "");
    assert_string_not_equal(try_sql(self, sql), "");
    assert_string_equal(desk_sql(self, "PRAGMA recursive_triggers = ON"), "");
  }
  desk_whole(self);
}

/* A23 */
static void test_schema_gives_one_person_one_chair_in_a_round(void **state) {
  desk *self = *state;
  char id[32];
  desk_bring(self, PI_STATE_INFORMED, id);
#define DECIDED_BY(who) STEP("decide", who, "senior", "NULL", "'notice'", "'why'")
  refused(self, DECIDED_BY("Rec"), "who recommended does not decide");
  refused(self, DECIDED_BY("rec"), "who recommended does not decide");
  refused(self, DECIDED_BY("R\u200cec"), "who recommended does not decide");
  refused(self, DECIDED_BY("Gov"), "who advised does not decide");
  refused(self, DECIDED_BY("mar"), "who advised does not decide");
  refused(self, DECIDED_BY("L\u200daw"), "who advised does not decide");
  done(self, DECIDED_BY("Sec")); /* informing is no chair */
  refused(self, ADVICE("Rec", "'law'", "'a team'"), "who recommended does not advise");
  refused(self, ADVICE("rE\u200dc", "'law'", "'a team'"), "who recommended does not advise");
  refused(self, ADVICE("g\u200dov", "'law'", "'a team'"), "an adviser speaks once a round");
}

/* R045 */
static void test_schema_takes_advice_from_internal_teams(void **state) {
  desk *self = *state;
  char id[32];
  desk_bring(self, PI_STATE_RECOMMENDED, id);
  refused(self, ADVICE("New", "'law'", "NULL"), "of an internal team");
  refused(self, ADVICE("New", "'market'", "NULL"), "of an internal team");
  refused(self, ADVICE("New", "'law'", "''"), "is seen");
  refused(self, ADVICE("New", "'law'", "'a' || char(10) || 'team'"), "is seen");
  refused(self, ADVICE("New", "'market'", "'a team'"), "the market speaks through its own teams");
  done(self, ADVICE("New", "'law'", "'a team'"));
  done(self, ADVICE("New", "'market'", "'" DESK_TEAM "'"));
}

/* What belongs to a step is written with it; the log takes no step without. */
#define LOGGED(action)                                                                                       \
  "; INSERT INTO audit SELECT s.entry, s.at, s.who, '" action "', c.id, hex(zeroblob(32)) FROM steps s "     \
  "JOIN rounds r ON r.entry = s.round_entry JOIN cases c ON c.entry = r.case_entry WHERE s.entry = " ENTRY
#define FOUND(finding) "; INSERT INTO findings VALUES (" ENTRY ", " finding ")"
#define TOLD(who)      "; INSERT INTO informed VALUES (" ENTRY ", '" who "')"

/* R003 */
static void test_schema_has_no_notice_recommended_without_a_finding(void **state) {
  desk *self = *state;
  char id[32];
  desk_bring(self, PI_STATE_OPENED, id);
#define REMOVE STEP("recommend", "New", "trust_safety", "NULL", "'remove'", "'why'")
  refused(self, RECOMMEND LOGGED("recommend"), "recommended with a finding");
  refused(self, RECOMMEND FOUND("''"), "is seen");
  refused(self, RECOMMEND FOUND("'so'") FOUND("'or so'"), "never replaced");
  done(self, RECOMMEND FOUND("'so'") LOGGED("recommend"));
  refused(self, REMOVE FOUND("'so'"), "goes with the recommendation of a notice");
  done(self, REMOVE LOGGED("recommend"));
  desk_bring(self, PI_STATE_RECOMMENDED, id);
  refused(self, ADVISE FOUND("'so'"), "goes with the recommendation of a notice");
  refused(self, "INSERT INTO findings SELECT entry - 1, 'so' FROM findings", "goes with the recommendation");
}

/* R003 */
static void test_schema_has_no_notice_decided_without_a_finding(void **state) {
  desk *self = *state;
  char id[32];
  desk_bring(self, PI_STATE_INFORMED, id);
  done(self, DECIDE LOGGED("decide"));
  refused(self, DECIDE FOUND("'so'"), "goes with the recommendation of a notice");
#define TAKE_DOWN STEP("decide", "New", "senior", "NULL", "'remove'", "'why'")
  assert_int_equal(desk_open(self, "x", USUAL), PUBINT_OK);
  assert_int_equal(desk_recommend(self, "x", "Rec", PI_POSITION_REMOVE, "why"), PUBINT_OK);
  desk_consult(self, "x", PI_POSITION_NOTICE);
  refused(self, DECIDE LOGGED("decide"), "decided with a finding");
  refused(self, TAKE_DOWN FOUND("'so'"), "or a decision for one that has none");
  refused(self, DECIDE FOUND("'so'") FOUND("'or so'"), "or a decision for one that has none");
  done(self, DECIDE FOUND("'so'") LOGGED("decide"));
  done(self, TAKE_DOWN LOGGED("decide"));
  assert_int_equal(desk_find(self, "x", "Sen", "because"), PUBINT_OK);
  refused(self, "INSERT INTO findings SELECT max(entry), 'so' FROM steps", "goes with the recommendation");
}

/* R039 */
static void test_schema_has_everybody_informed_who_advised(void **state) {
  desk *self = *state;
  char id[32];
  desk_bring(self, PI_STATE_ADVISED, id);
#define ALL TOLD("Gov") TOLD("Hum") TOLD("Law") TOLD("Mar")
  refused(self, INFORM LOGGED("inform"), "everybody who advised is informed");
  refused(self, INFORM TOLD("Gov") TOLD("Hum") TOLD("Law") LOGGED("inform"),
          "everybody who advised is informed");
  refused(self, INFORM TOLD("Rec"), "who advised is informed");
  refused(self, ADVISE TOLD("Gov"), "who advised is informed");
  done(self, INFORM ALL LOGGED("inform"));
  refused(self, STEP("inform", "New", "secretary", "NULL", "'notice'", "NULL"), "where one belongs to it");
  refused(self, STEP("inform", "New", "senior", "NULL", "NULL", "NULL"), "in the role that is its own");
  assert_int_equal(desk_inform(self, id, "Sec"), PUBINT_OK);
  refused(self, "INSERT INTO informed SELECT max(entry), 'gov' FROM steps", "who advised is informed");
}

static void test_schema_takes_no_name_with_signs_that_nobody_sees(void **state) {
  desk *self = *state;
  char id[32];
  desk_bring(self, PI_STATE_OPENED, id);
#define NAMED(name) STEP("recommend", name, "trust_safety", "NULL", "'notice'", "'why'")
  refused(self, NAMED("A  nn"), "nobody sees");
  refused(self, NAMED("A\tnn"), "nobody sees");
  refused(self, NAMED("A\u00a0nn"), "nobody sees");
  refused(self, NAMED("Ann\u200b"), "nobody sees");
  refused(self, NAMED("Ann\u202e"), "nobody sees");
  refused(self, NAMED("Ann\ufeff"), "nobody sees");
  done(self, NAMED("Åsa Ibáñez-O''Neil 王"));
}

/* What people write is seen: no text of blanks and unseen signs alone, no NUL, no control character. GLOB
 * and length() end at a NUL, and `'anna' || char(0)` looks like anna (A23). */
static void test_schema_takes_no_text_that_nobody_sees(void **state) {
  desk *self = *state;
  char id[32], sql[1024];
  desk_bring(self, PI_STATE_RECOMMENDED, id);
#define WRITES(who, team, reason)                                                                             \
  "INSERT INTO steps (entry, round_entry, action, at, who, role, background, team, position, reason) VALUES " \
  "(" ENTRY ", " ROUND ", 'advise', " LATER ", " who ", 'adviser', 'law', " team ", 'notice', " reason ")"
  for (size_t i = 0; i < sizeof DESK_UNSEEN / sizeof DESK_UNSEEN[0]; i++) {
    unsigned code = DESK_UNSEEN[i];
    bool control = code < 0x20 || (code >= 0x7f && code < 0xa0), line = code == '\n' || code == '\t';
    snprintf(sql, sizeof sql, WRITES("'Rec' || char(%u)", "'a team'", "'why'"), code);
    if (code != ' ' && code != 0x200c && code != 0x200d) refused(self, sql, "that nobody sees");
    snprintf(sql, sizeof sql, WRITES("'x'", "char(%u)", "'why'"), code);
    refused(self, sql, "is seen");
    snprintf(sql, sizeof sql, WRITES("'x'", "'a team'", "char(%u, %u)"), code, code);
    refused(self, sql, "is seen");
    snprintf(sql, sizeof sql, WRITES("'x'", "'a team'", "'why' || char(%u)"), code);
    if (control && !line) {
      refused(self, sql, "is seen");
    } else {
      done(self, sql);
    }
  }
  refused(self, WRITES("char(8205)", "'a team'", "'why'"), "that nobody sees");
  refused(self, WRITES("'Rec' || char(0)", "'a team'", "'why'"), "that nobody sees");
  refused(self, WRITES("'x'", "'a' || char(0)", "'why'"), "is seen");
  refused(self, WRITES("'x'", "'a team'", "'why' || char(0) || 'not'"), "is seen");
  desk_bring(self, PI_STATE_OPENED, id);
  refused(self, RECOMMEND FOUND("' '"), "is seen");
  refused(self, RECOMMEND FOUND("'so' || char(0)"), "is seen");
  refused(self, RECOMMEND FOUND("'so' || char(27)"), "is seen");
  refused(self, RECOMMEND FOUND("char(8203) || char(10)"), "is seen");
  done(self, RECOMMEND FOUND("'two' || char(10) || 'lines'"));
  refused(self, "INSERT INTO required VALUES (" ENTRY ", 0, 'Sen', 4, char(160))", "is seen");
  refused(self, "INSERT INTO required VALUES (" ENTRY ", 0, 'Sen' || char(0), 4, 'why')", "that nobody sees");
  desk_bring(self, PI_STATE_DECIDED, id);
  refused(self, COPY_ROUND("number + 1", "senior", "char(10240)"), "is seen");
}

static void test_schema_keeps_roles_positions_and_backgrounds(void **state) {
  desk *self = *state;
  char id[32];
  desk_bring(self, PI_STATE_INFORMED, id);
  refused(self, STEP("close", "New", "senior", "NULL", "'notice'", "'why'"), "there is no such step");
  refused(self, STEP("decide", "New", "adviser", "NULL", "'notice'", "'why'"), "in the role that is its own");
  refused(self, STEP("decide", "New", "senior", "NULL", "'warn'", "'why'"),
          "CHECK constraint failed: position");
  refused(self, STEP("decide", "New", "senior", "NULL", "NULL", "'why'"), "where one belongs to it");
  refused(self, STEP("decide", "New", "senior", "'law'", "'notice'", "'why'"), "CHECK constraint failed");
  refused(self, ADVICE("New", "'external'", "'a team'"), "CHECK constraint failed: background"); /* R045 */
  refused(self, ADVICE("New", "NULL", "'a team'"), "CHECK constraint failed");
  refused(self,
          "INSERT INTO steps (entry, round_entry, action, at, who, role, background, team) VALUES (" ENTRY
          ", " ROUND ", 'advise', " LATER ", 'New', 'adviser', 'law', 'a team')",
          "where one belongs to it");
  refused(self, ADVICE("", "'law'", "'a team'"), "CHECK constraint failed");
  refused(self, ADVICE(" Rec", "'law'", "'a team'"), "CHECK constraint failed");
  refused(self, ADVICE("gov", "'law'", "'a team'"), "an adviser speaks once a round");
}

static void test_schema_asks_for_reasons(void **state) {
  desk *self = *state;
  char id[32];
  desk_bring(self, PI_STATE_OPENED, id);
  refused(self, STEP("recommend", "New", "trust_safety", "NULL", "'remove'", "NULL"),
          "against the evaluation");
  refused(self, STEP("recommend", "New", "trust_safety", "NULL", "'remove'", "''"), "is seen");
  desk_bring(self, PI_STATE_INFORMED, id);
  refused(self, STEP("decide", "New", "senior", "NULL", "'remove'", "NULL"), "against the recommendation");
  desk_bring(self, PI_STATE_RECOMMENDED, id);
  desk_consult(self, id, PI_POSITION_REMOVE);
  refused(self, STEP("decide", "New", "senior", "NULL", "'notice'", "NULL"), "or the majority");
  desk_bring(self, PI_STATE_DECIDED, id);
  refused(self, COPY_ROUND("number + 1", "senior", "NULL"), "CHECK constraint failed");
}

static void test_schema_counts_backgrounds_and_the_market(void **state) {
  desk *self = *state;
  char id[32];
  desk_bring(self, PI_STATE_RECOMMENDED, id);
  for (int i = 0; i < 3; i++) {
    assert_int_equal(desk_advise(self, id, NULL, PI_BACKGROUND_LAW, PI_POSITION_NOTICE), PUBINT_OK);
  }
  assert_int_equal(desk_advise(self, id, NULL, PI_BACKGROUND_MARKET, PI_POSITION_NOTICE), PUBINT_OK);
  refused(self, DECIDE, "needs advice from more backgrounds");
  assert_int_equal(desk_advise(self, id, NULL, PI_BACKGROUND_NEWS, PI_POSITION_NOTICE), PUBINT_OK);
  refused(self, DECIDE, "needs advice from more backgrounds");
  assert_int_equal(desk_advise(self, id, NULL, PI_BACKGROUND_TECHNOLOGY, PI_POSITION_NOTICE), PUBINT_OK);
  assert_int_equal(desk_inform(self, id, NULL), PUBINT_OK);
  done(self, DECIDE);
  pi_act act = {.who = PI_SLICE("Sen"), .at = self->now, .reason = PI_SLICE("why")};
  assert_int_equal(pi_process_require(self->ledger, 4, &act, &self->done, &self->error), PUBINT_OK);
  refused(self, DECIDE, "needs advice from more backgrounds");
  refused(self, "INSERT INTO required VALUES (" ENTRY ", 0, 'Sen', 4, 'why')", "only ever raised");
  refused(self, "INSERT INTO required VALUES (" ENTRY ", 0, 'Sen', 3, 'why')", "only ever raised");
  refused(self, "INSERT INTO required VALUES (" ENTRY ", 0, 'Sen', 7, 'why')", "CHECK constraint failed");
}

/* R072, R112, R095: no client makes a notice of what can never be one. */
static void test_schema_lets_nobody_except_what_can_never_be(void **state) {
  desk *self = *state;
  char id[32];
  desk_bring(self, PI_STATE_DECIDED, id);
  assert_int_equal(desk_reopen(self, id, (desk_case){.violations = "{'rule':'copyright'}"}, "why"),
                   PUBINT_OK);
  refused(self, RECOMMEND, "can never stand behind a notice");
  assert_int_equal(desk_recommend(self, id, "Rec", PI_POSITION_REMOVE, NULL), PUBINT_OK);
  desk_consult(self, id, PI_POSITION_NOTICE);
  refused(self, DECIDE, "can never stand behind a notice");
  done(self, STEP("decide", "New", "senior", "NULL", "'remove'", "'why'"));
  /* Nor does one open such a case, or say that it is not barred. */
  desk_bring(self, PI_STATE_DECIDED, id);
#define ROUND_AS(number, role, outcome, basis, barred)                                                       \
  "INSERT INTO rounds SELECT " ENTRY ", case_entry, " number ", " LATER ", 'New', '" role                    \
  "', 'why', facts, "                                                                                        \
  "evaluation, policy, '" outcome "', '" basis "', " barred                                                  \
  ", margin, market, teams FROM rounds WHERE entry = " ROUND
  done(self, ROUND_AS("2", "senior", "remove", "not_eligible", "'not_eligible'"));
  refused(self, ROUND_AS("2", "senior", "remove", "not_eligible", "NULL"), "CHECK constraint failed");
  refused(self, ROUND_AS("2", "senior", "remove", "never_excepted", "'not_eligible'"),
          "CHECK constraint failed");
  refused(self, ROUND_AS("2", "senior", "review", "incomplete", "NULL"), "no such case");
  refused(self, ROUND_AS("2", "senior", "no_action", "no_violation", "NULL"), "no such case");
  done(self,
       ROUND_AS("2", "senior", "review", "unassessed_harm", "NULL")); /* until version 2 of the policy */
  done(self, ROUND_AS("2", "senior", "review", "unassessed", "NULL"));
  refused(self, ROUND_AS("2", "senior", "notice", "never_excepted", "'never_excepted'"),
          "CHECK constraint failed");
  refused(
      self,
      "INSERT INTO cases VALUES (" ENTRY ", 'new'); INSERT INTO rounds SELECT " ENTRY ", " ENTRY ", 1, " LATER
      ", 'New', 'enforcement', NULL, facts, evaluation, policy, 'remove', 'not_eligible', 'not_eligible', margin, "
      "market, teams FROM rounds WHERE entry = " ROUND,
      "no such case");
  refused(self, ROUND_AS("2", "senior", "remove", "weighed", "'because'"), "no such case");
}

/* R072, R112, R010: the rules of a case say what it can be, whatever a client makes of the round. */
static void test_schema_has_no_notice_of_a_rule_that_is_never_excepted(void **state) {
  desk *self = *state;
  char id[32], sql[2048];
  desk_bring(self, PI_STATE_DECIDED, id);
  refused(self, REOPEN "; " RECOMMEND, "a notice names a rule");
  for (int i = 0; i < PI_RULE_COUNT; i++) {
    snprintf(sql, sizeof sql, REOPEN "; INSERT INTO violated VALUES (" ROUND ", '%s'); " RECOMMEND,
             PI_RULES[i].id.ptr);
    if (PI_RULES[i].never) {
      refused(self, sql, "never excepted");
    } else {
      done(self, sql);
    }
  }
}

/* A reopened round with such facts, that says of itself that nothing bars it. */
#define ROUND_OF(facts)                                                                                      \
  "INSERT INTO rounds SELECT " ENTRY ", case_entry, 2, " LATER ", 'New', 'senior', 'why', '" facts           \
  "', evaluation, policy, outcome, basis, NULL, margin, market, teams FROM rounds WHERE entry = " ROUND      \
  "; INSERT INTO violated VALUES (" ROUND ", 'private_information'); "

/* R095, whatever a client makes of the round. */
static void test_schema_has_no_notice_of_private_data_that_nobody_marked(void **state) {
  desk *self = *state;
  char id[32];
  desk_bring(self, PI_STATE_DECIDED, id);
#define PRIVATE(more)                                                                                        \
  ROUND_OF("{\"violations\":[{\"rule\":\"violence\",\"spans\":[{}]},{\"rule\":\"private_information\"" more  \
           "}]}")
#define SPANS ",\"spans\":[{\"start\":0,\"end\":1}]"
#define NONE  ",\"spans\":[]"
  refused(self, PRIVATE("") RECOMMEND, "nobody has marked");
  refused(self, PRIVATE(NONE) RECOMMEND, "nobody has marked");
  refused(self, PRIVATE(",\"kind\":\"posted\"") RECOMMEND, "nobody has marked");
  refused(self, PRIVATE(",\"kind\":\"posted\"" NONE) RECOMMEND, "nobody has marked");
  done(self, PRIVATE(",\"kind\":\"posted\"" SPANS) RECOMMEND);
  refused(self, PRIVATE(",\"kind\":\"threat\"") RECOMMEND, "nobody has marked");
  refused(self, PRIVATE(",\"kind\":\"threat\",\"spans\":null") RECOMMEND, "nobody has marked");
  refused(self, PRIVATE(",\"kind\":\"threat\",\"spans\":{\"x\":1}") RECOMMEND, "nobody has marked");
  done(self, PRIVATE(",\"kind\":\"threat\"" NONE) RECOMMEND);
  done(self, PRIVATE(",\"kind\":\"threat\"" SPANS) RECOMMEND);
  refused(self, PRIVATE(",\"kind\":\"incitement\"") RECOMMEND, "nobody has marked");
  refused(self, PRIVATE(NONE ",\"kind\":\"threats\"") RECOMMEND, "nobody has marked");
  done(self, PRIVATE(NONE ",\"kind\":\"incitement\"") RECOMMEND);
  refused(self,
          PRIVATE(",\"kind\":\"threat\"" NONE "},{\"rule\":\"private_information\",\"kind\":\"incitement\"")
              RECOMMEND,
          "nobody has marked");
  done(self, PRIVATE("") STEP("recommend", "New", "trust_safety", "NULL", "'remove'", "'why'"));
}

/* R003, whatever a client makes of the round. */
static void test_schema_has_no_notice_of_no_public_concern(void **state) {
  desk *self = *state;
  char id[32];
  desk_bring(self, PI_STATE_DECIDED, id);
#define CONCERN(strength) ROUND_OF("{\"violations\":[],\"context\":{\"public_concern\":" strength "}}")
  refused(self, CONCERN("0") RECOMMEND, "a matter of public concern");
  refused(self, CONCERN("0.0") RECOMMEND, "a matter of public concern");
  refused(self, CONCERN("1e-7") RECOMMEND, "a matter of public concern");
  refused(self, CONCERN("false") RECOMMEND, "a matter of public concern");
  refused(self, CONCERN("\"none\"") RECOMMEND, "a matter of public concern");
  done(self, CONCERN("0") STEP("recommend", "New", "trust_safety", "NULL", "'remove'", "'why'"));
  done(self, CONCERN("0.000001") RECOMMEND);
  done(self, CONCERN("\"low\"") RECOMMEND);
  done(self, CONCERN("true") RECOMMEND);
  done(self, CONCERN("null") RECOMMEND);
  done(self, ROUND_OF("{\"violations\":[],\"context\":{}}") RECOMMEND);
  done(self, ROUND_OF("{\"violations\":[]}") RECOMMEND);
}

/* The log takes a round with the rules of its facts alone, and one record an entry. */
static void test_schema_ties_a_rounds_rules_to_its_facts(void **state) {
  desk *self = *state;
  char id[32];
  desk_bring(self, PI_STATE_DECIDED, id);
#define REOPENED                                                                                             \
  "; INSERT INTO audit SELECT r.entry, r.at, r.who, 'reopen', c.id, hex(zeroblob(32)) FROM rounds r "        \
  "JOIN cases c ON c.entry = r.case_entry WHERE r.entry = " ROUND
#define BREAKS(rule) "; INSERT INTO violated VALUES (" ROUND ", '" rule "')"
  done(self, REOPEN BREAKS("abuse_harassment") REOPENED);
  refused(self, REOPEN REOPENED, "those of its facts");
  refused(self, REOPEN BREAKS("violence") REOPENED, "those of its facts");
  refused(self, REOPEN BREAKS("abuse_harassment") BREAKS("violence") REOPENED, "those of its facts");
  refused(self, REOPEN BREAKS("abuse_harassment") "; " RECOMMEND FOUND("'so'") REOPENED,
          "one record an entry");
}

/* A client that keeps no foreign keys puts no decision where no entry is looked for. */
static void test_schema_has_no_record_beside_the_log(void **state) {
  desk *self = *state;
  char id[32];
  desk_bring(self, PI_STATE_INFORMED, id);
  assert_string_equal(desk_sql(self, "PRAGMA foreign_keys = OFF"), "");
  static const char *const PLACES[] = {"0", "-1", ENTRY " + 1"};
  for (size_t i = 0; i < sizeof PLACES / sizeof PLACES[0]; i++) {
    char sql[512];
    snprintf(sql, sizeof sql,
             "INSERT INTO steps (entry, round_entry, action, at, who, role, position) VALUES "
             "(%s, " ROUND ", 'decide', " LATER ", 'New', 'senior', 'notice')",
             PLACES[i]);
    refused(self, sql, "where the audit log grows next");
  }
  /* Where it is next it can stand without an entry, and is no decision then. */
  assert_string_equal(desk_sql(self, DECIDE), "");
  pi_arena_reset(&self->arena);
  pi_record record;
  desk_refused(
      self,
      pi_record_read(&record, self->ledger, pi_slice_of(id), PI_RECORD_WHOLE, &self->arena, &self->error),
      PI_E_AUDIT_STRAY);
}

static void test_schema_keeps_time(void **state) {
  desk *self = *state;
  char id[32];
  desk_bring(self, PI_STATE_OPENED, id);
  refused(self,
          "INSERT INTO steps (entry, round_entry, action, at, who, role, position) VALUES (" ENTRY ", " ROUND
          ", 'recommend', 5, 'New', 'trust_safety', 'notice')",
          "no earlier than the one before");
  refused(self,
          "INSERT INTO steps (entry, round_entry, action, at, who, role, position) VALUES (" ENTRY ", " ROUND
          ", 'recommend', 9000000000000000000, 'New', 'trust_safety', 'notice')",
          "a time is of the years");
  desk_bring(self, PI_STATE_DECIDED, id);
  refused(self,
          "INSERT INTO rounds SELECT " ENTRY
          ", case_entry, 2, 5, 'New', 'senior', 'why', facts, evaluation, policy, "
          "outcome, basis, barred, margin, market, teams FROM rounds WHERE entry = " ROUND,
          "no earlier than the decision");
}

/* Every record has its entry, every entry its record, and the log only grows at its end. */
static void test_schema_ties_records_and_log_together(void **state) {
  desk *self = *state;
  char id[32];
  desk_bring(self, PI_STATE_OPENED, id);
  assert_string_equal(desk_sql(self, "BEGIN"), "");
  assert_string_equal(desk_sql(self, RECOMMEND), "");
  assert_string_equal(desk_sql(self, "COMMIT"), "FOREIGN KEY constraint failed");
  assert_string_equal(desk_sql(self, "ROLLBACK"), "");
#define LOG(sequence, actor, action, subject)                                                                \
  RECOMMEND FOUND("'so'") "; INSERT INTO audit VALUES (" sequence ", " LATER ", '" actor "', '" action       \
                          "', '" subject "', hex(zeroblob(32)))"
  done(self, LOG(ENTRY, "New", "recommend", "case-1"));
  refused(self, LOG(ENTRY " + 1", "New", "recommend", "case-1"), "grows by one entry");
  refused(self, LOG("1", "New", "recommend", "case-1"), "grows by one entry");
  refused(self, LOG(ENTRY, "Else", "recommend", "case-1"), "says what its record says");
  refused(self, LOG(ENTRY, "New", "decide", "case-1"), "says what its record says");
  refused(self, LOG(ENTRY, "New", "recommend", "case-2"), "says what its record says");
  refused(self, "INSERT INTO violated VALUES (1, 'violence')", "written with it");
}

static void test_schema_keeps_the_queue_to_what_the_records_say(void **state) {
  desk *self = *state;
  char id[32];
  desk_bring(self, PI_STATE_ADVISED, id);
  refused(self, "UPDATE queue SET state = 'decided'", "the queue is what the records say");
  refused(self, "UPDATE queue SET closeness = 0", "the queue is what the records say");
  refused(self, "DELETE FROM queue", "the queue is what the records say");
  refused(self,
          "REPLACE INTO queue SELECT case_entry, id, round_entry, number, market, 0, state, since, heard_at, "
          "backgrounds, market_heard, decision FROM queue",
          "the queue is what the records say");
}

/* ---- the file ---- */

static void test_schema_is_kept_as_a_version_that_newer_files_exceed(void **state) {
  desk *self = *state;
  char sql[64];
  assert_int_equal(desk_ask(self, "PRAGMA user_version"), PI_MIGRATIONS_COUNT);
  assert_int_equal(desk_ask(self, "SELECT count(*) FROM pragma_journal_mode WHERE journal_mode = 'wal'"), 1);
  assert_int_equal(desk_ask(self, "PRAGMA foreign_keys"), 1);
  assert_int_equal(desk_ask(self, "PRAGMA synchronous"), 2);
  assert_int_equal(desk_ask(self,
                            "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
                            "AND name NOT LIKE 'sqlite_%' AND NOT strict"),
                   0);
  snprintf(sql, sizeof sql, "PRAGMA user_version = %d", PI_MIGRATIONS_COUNT + 1);
  assert_string_equal(desk_sql(self, sql), "");
  pi_ledger *other;
  desk_refused(self, pi_ledger_open(&other, self->file, PI_LEDGER_CREATE, &self->error), PI_E_LEDGER_NEWER);
  assert_null(other);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      DESK_TEST(test_schema_refuses_every_step_that_is_not_in_order),
      DESK_TEST(test_schema_has_no_step_of_a_case_that_is_not_there),
      DESK_TEST(test_schema_leaves_superseded_rounds_alone),
      DESK_TEST(test_schema_never_changes_deletes_or_replaces_a_record),
      DESK_TEST(test_schema_gives_one_person_one_chair_in_a_round),
      DESK_TEST(test_schema_takes_advice_from_internal_teams),
      DESK_TEST(test_schema_has_no_notice_recommended_without_a_finding),
      DESK_TEST(test_schema_has_no_notice_decided_without_a_finding),
      DESK_TEST(test_schema_has_everybody_informed_who_advised),
      DESK_TEST(test_schema_takes_no_name_with_signs_that_nobody_sees),
      DESK_TEST(test_schema_takes_no_text_that_nobody_sees),
      DESK_TEST(test_schema_keeps_roles_positions_and_backgrounds),
      DESK_TEST(test_schema_asks_for_reasons),
      DESK_TEST(test_schema_counts_backgrounds_and_the_market),
      DESK_TEST(test_schema_lets_nobody_except_what_can_never_be),
      DESK_TEST(test_schema_has_no_notice_of_a_rule_that_is_never_excepted),
      DESK_TEST(test_schema_has_no_notice_of_private_data_that_nobody_marked),
      DESK_TEST(test_schema_has_no_notice_of_no_public_concern),
      DESK_TEST(test_schema_ties_a_rounds_rules_to_its_facts),
      DESK_TEST(test_schema_has_no_record_beside_the_log),
      DESK_TEST(test_schema_keeps_time),
      DESK_TEST(test_schema_ties_records_and_log_together),
      DESK_TEST(test_schema_keeps_the_queue_to_what_the_records_say),
      DESK_TEST(test_schema_is_kept_as_a_version_that_newer_files_exceed),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
