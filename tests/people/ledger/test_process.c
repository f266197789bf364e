/* The order of the process, through its functions. */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "desk.h"
#include "errors.h"
#include "evaluation.h"
#include "utf8.h"

static const desk_case USUAL = {0};

/* Which steps are open to a case, written down once more and not taken from the product's own table. */
static const bool OPEN_TO[PI_STATE_COUNT][PI_ACTION_COUNT] = {
    /* open recommend advise inform decide reopen */
    {1, 0, 0, 0, 0, 0}, /* absent */
    {0, 1, 0, 0, 0, 0}, /* opened */
    {0, 0, 1, 0, 0, 0}, /* recommended */
    {0, 0, 1, 1, 0, 0}, /* advised */
    {0, 0, 1, 0, 1, 0}, /* informed */
    {0, 0, 0, 0, 0, 1}, /* decided */
};

static pubint_status act(desk *self, const char *id, pi_action action) {
  switch (action) {
  case PI_ACTION_OPEN: return desk_open(self, id, USUAL);
  case PI_ACTION_RECOMMEND: return desk_recommend(self, id, NULL, PI_POSITION_NOTICE, "why");
  case PI_ACTION_ADVISE: return desk_advise(self, id, NULL, PI_BACKGROUND_NEWS, PI_POSITION_NOTICE);
  case PI_ACTION_INFORM: return desk_inform(self, id, NULL);
  case PI_ACTION_DECIDE: return desk_decide(self, id, NULL, PI_POSITION_NOTICE, "why");
  case PI_ACTION_REOPEN: return desk_reopen(self, id, USUAL, "why");
  case PI_ACTION_COUNT: break;
  }
  return PUBINT_E_USAGE;
}

/* R030, R033, R035, R038, R039 */
static void test_process_refuses_every_step_that_is_not_in_the_table(void **state) {
  desk *self = *state;
  char id[32];
  int refused = 0;
  for (int from = 0; from < PI_STATE_COUNT; from++) {
    for (int action = 0; action < PI_ACTION_COUNT; action++) {
      desk_bring(self, (pi_state)from, id);
      int64_t before = desk_ask(self, "SELECT count(*) FROM audit");
      pubint_status status = act(self, id, (pi_action)action);
      int64_t written = desk_ask(self, "SELECT count(*) FROM audit") - before;
      if (OPEN_TO[from][action]) {
        assert_int_equal(status, PUBINT_OK);
        assert_int_equal(written, 1);
        continue;
      }
      bool ends = action == PI_ACTION_INFORM || action == PI_ACTION_DECIDE;
      unsigned code = from == PI_STATE_ABSENT                                  ? PI_E_NOT_IN_LEDGER
                      : action == PI_ACTION_OPEN                               ? PI_E_OPENED_ALREADY
                      : from == PI_STATE_RECOMMENDED && ends                   ? PI_E_ADVICE_INCOMPLETE
                      : from == PI_STATE_ADVISED && action == PI_ACTION_DECIDE ? PI_E_NOT_INFORMED
                                                                               : PI_E_OUT_OF_ORDER;
      desk_refused(self, status, code);
      assert_int_equal(written, 0);
      refused++;
    }
  }
  assert_int_equal(refused, 28);
  desk_whole(self);
}

/* ---- step 1 ---- */

static void refuses_to_open(desk *self, desk_case like, const char *named) {
  desk_refused(self, desk_open(self, "x", like), PI_E_NOT_ESCALATED);
  if (strstr(self->error.message, named) == NULL) fail_msg("%s, without %s", self->error.message, named);
  assert_int_equal(desk_ask(self, "SELECT count(*) FROM cases"), 0);
}

/* R030, R032: the gate that fails is named, and nothing is stored. */
static void test_open_refuses_what_does_not_meet_the_criteria(void **state) {
  desk *self = *state;
  refuses_to_open(self,
                  (desk_case){.account = "'verified':true,'verified_type':'legacy','followers_count':100000,"
                                         "'office':{'status':'candidate','branch':'legislative'}"},
                  "gate followers fails");
  refuses_to_open(self,
                  (desk_case){.account = "'verified':false,'followers_count':1,'office':{'status':'former'}"},
                  "gates verified, followers, office fail");
}

/* R031: what breaks no rule is not looked at. */
static void test_open_refuses_what_breaks_no_rule(void **state) {
  refuses_to_open(*state, (desk_case){.violations = "none"}, "no rule is broken");
}

/* A11: what is unknown is never taken for met. */
static void test_open_refuses_what_is_not_known(void **state) {
  desk *self = *state;
  refuses_to_open(
      self,
      (desk_case){
          .account =
              "'verified':true,'verified_type':'legacy','office':{'status':'candidate','branch':'legislative'}"},
      "gate followers is unknown");
  assert_string_equal(self->error.expected, "account.followers_count");
}

/* R072, R108–R112 */
static void test_open_refuses_what_is_never_excepted(void **state) {
  static const char *const RULES[] = {"terrorism", "child_sexual_exploitation", "non_consensual_nudity",
                                      "sexual_violence", "copyright"};
  for (size_t i = 0; i < sizeof RULES / sizeof RULES[0]; i++) {
    char violations[64];
    snprintf(violations, sizeof violations, "{'rule':'%s'}", RULES[i]);
    refuses_to_open(*state, (desk_case){.violations = violations}, RULES[i]);
  }
}

static void test_open_names_the_first_when_a_case_is_opened_twice(void **state) {
  desk *self = *state;
  assert_int_equal(desk_open(self, "x", USUAL), PUBINT_OK);
  desk_refused(self, desk_open(self, "x", USUAL), PI_E_OPENED_ALREADY);
  assert_string_equal(self->error.found, "x, opened 2023-11-14T22:14:20Z by enforcement");
}

/* R042: what was evaluated can be evaluated again, under the same policy, to the same bytes. R041: opening a
 * case that the evaluation would except decides nothing. */
static void test_open_stores_facts_evaluation_and_policy(void **state) {
  desk *self = *state;
  assert_int_equal(desk_open(self, "x", USUAL), PUBINT_OK);
  size_t bytes;
  const char *json = pubint_evaluation_json(self->evaluation, &bytes);
  pi_record record = desk_record(self, "x");
  const pi_round *round = pi_record_last(&record);
  assert_true(pi_slice_equal(round->evaluation, (pi_slice){json, bytes}));
  assert_string_equal(round->policy.ptr, pubint_policy_id(self->policy));
  assert_true(pi_slice_equal(round->outcome, PI_SLICE("notice")));
  assert_int_equal(record.state, PI_STATE_OPENED);
  assert_null(pi_record_decision(&record, NULL));

  pubint_case *again;
  const pubint_evaluation *evaluation;
  assert_int_equal(pubint_case_parse(&again, round->facts.ptr, round->facts.len, &self->error), PUBINT_OK);
  assert_int_equal(pubint_engine_evaluate(self->engine, again, &evaluation, &self->error), PUBINT_OK);
  json = pubint_evaluation_json(evaluation, &bytes);
  assert_true(pi_slice_equal(round->evaluation, (pi_slice){json, bytes}));
  pubint_case_free(again);
}

/* ---- step 2 ---- */

/* R034 */
static void test_recommend_needs_a_reason_against_the_evaluation(void **state) {
  desk *self = *state;
  assert_int_equal(desk_open(self, "n", USUAL), PUBINT_OK);
  assert_int_equal(desk_open(self, "r", (desk_case){.context = DESK_REMOVED}), PUBINT_OK);
  assert_int_equal(desk_open(self, "v", (desk_case){.context = DESK_REVIEW}), PUBINT_OK);
  desk_refused(self, desk_recommend(self, "n", "Rec", PI_POSITION_REMOVE, NULL), PI_E_REASON_NEEDED);
  desk_refused(self, desk_recommend(self, "r", "Rec", PI_POSITION_NOTICE, NULL), PI_E_REASON_NEEDED);
  desk_refused(self, desk_recommend(self, "v", "Rec", PI_POSITION_NOTICE, NULL), PI_E_REASON_NEEDED);
  desk_refused(self, desk_recommend(self, "v", "Rec", PI_POSITION_REMOVE, NULL), PI_E_REASON_NEEDED);
  assert_int_equal(desk_recommend(self, "n", "Rec", PI_POSITION_REMOVE, "because"), PUBINT_OK);
  assert_int_equal(desk_recommend(self, "r", "Rec", PI_POSITION_REMOVE, NULL), PUBINT_OK);
  assert_int_equal(desk_recommend(self, "v", "Rec", PI_POSITION_NOTICE, "because"), PUBINT_OK);
}

/* ---- step 3 ---- */

/* R036, R037: any three of the six backgrounds, each counted once, and the market besides. */
static void test_decide_waits_for_three_backgrounds_and_the_market(void **state) {
  desk *self = *state;
  char id[32];
  for (int first = 0; first < PI_BACKGROUND_MARKET; first++) {
    desk_bring(self, PI_STATE_RECOMMENDED, id);
    desk_refused(self, desk_decide(self, id, "Sen", PI_POSITION_NOTICE, "why"), PI_E_ADVICE_INCOMPLETE);
    for (int i = 0; i < 3; i++) {
      pi_background background = (pi_background)((first + i) % PI_BACKGROUND_MARKET);
      assert_int_equal(desk_advise(self, id, NULL, background, PI_POSITION_NOTICE), PUBINT_OK);
      assert_int_equal(desk_advise(self, id, NULL, background, PI_POSITION_NOTICE),
                       PUBINT_OK); /* counts once */
      desk_refused(self, desk_decide(self, id, "Sen", PI_POSITION_NOTICE, "why"), PI_E_ADVICE_INCOMPLETE);
    }
    assert_string_equal(self->error.hint, "still to be heard: the market");
    assert_int_equal(desk_advise(self, id, NULL, PI_BACKGROUND_MARKET, PI_POSITION_REMOVE), PUBINT_OK);
    assert_int_equal(self->done.state, PI_STATE_ADVISED);
    assert_int_equal(desk_inform(self, id, NULL), PUBINT_OK);
    assert_int_equal(desk_decide(self, id, "Sen", PI_POSITION_NOTICE, NULL), PUBINT_OK);
  }
}

/* ---- step 4 ---- */

/* A22: a tie is no majority, and advice without a side counts for none. */
static void test_decide_needs_a_reason_against_recommendation_or_majority(void **state) {
  desk *self = *state;
  char id[32];
  desk_bring(self, PI_STATE_INFORMED, id);
  desk_refused(self, desk_decide(self, id, "Sen", PI_POSITION_REMOVE, NULL), PI_E_REASON_NEEDED);

  desk_bring(self, PI_STATE_RECOMMENDED, id);
  desk_consult(self, id, PI_POSITION_REMOVE);
  desk_refused(self, desk_decide(self, id, "Sen", PI_POSITION_NOTICE, NULL), PI_E_REASON_NEEDED);
  assert_non_null(strstr(self->error.message, "4 to 0 for remove"));
  desk_refused(self, desk_decide(self, id, "Sen", PI_POSITION_REMOVE, NULL), PI_E_REASON_NEEDED);
  assert_int_equal(desk_decide(self, id, "Sen", PI_POSITION_NOTICE, "because"), PUBINT_OK);

  desk_bring(self, PI_STATE_RECOMMENDED, id);
  desk_hear(self, id, PI_POSITION_NONE);
  assert_int_equal(desk_advise(self, id, NULL, PI_BACKGROUND_NEWS, PI_POSITION_REMOVE), PUBINT_OK);
  assert_int_equal(desk_advise(self, id, NULL, PI_BACKGROUND_NEWS, PI_POSITION_NOTICE), PUBINT_OK);
  assert_int_equal(desk_inform(self, id, NULL), PUBINT_OK);
  assert_int_equal(desk_decide(self, id, "Sen", PI_POSITION_NOTICE, NULL), PUBINT_OK);
}

/* R040 */
static void test_decide_knows_notice_and_remove_and_nothing_else(void **state) {
  (void)state;
  assert_int_equal(PI_POSITION_COUNT, 2);
  assert_string_equal(PI_POSITION_NAMES[PI_POSITION_NOTICE], "notice");
  assert_string_equal(PI_POSITION_NAMES[PI_POSITION_REMOVE], "remove");
}

/* R061: every decision is a precedent, a removal as well as a notice. */
static void test_decide_makes_a_precedent_of_every_decision(void **state) {
  desk *self = *state;
  char id[32];
  desk_bring(self, PI_STATE_DECIDED, id);
  desk_bring(self, PI_STATE_INFORMED, id);
  assert_int_equal(desk_ask(self, "SELECT count(*) FROM precedents"), 1);
  assert_int_equal(desk_decide(self, id, "Sen", PI_POSITION_REMOVE, "because"), PUBINT_OK);
  assert_int_equal(desk_ask(self, "SELECT count(*) FROM precedents WHERE decision = 'remove'"), 1);
  assert_int_equal(desk_ask(self, "SELECT count(*) FROM precedents WHERE decision = 'notice'"), 1);
}

/* R038 is configurable upward only. */
static void test_require_is_only_ever_raised(void **state) {
  desk *self = *state;
  char id[32];
  desk_bring(self, PI_STATE_INFORMED, id);
  pi_act act = {.who = PI_SLICE("Sen"), .at = self->now, .reason = PI_SLICE("more voices")};
  desk_refused(self, pi_process_require(self->ledger, 3, &act, &self->done, &self->error), PI_E_ONLY_RAISED);
  desk_refused(self, pi_process_require(self->ledger, 7, &act, &self->done, &self->error), PI_E_ONLY_RAISED);
  assert_int_equal(pi_process_require(self->ledger, 4, &act, &self->done, &self->error), PUBINT_OK);
  desk_refused(self, pi_process_require(self->ledger, 4, &act, &self->done, &self->error), PI_E_ONLY_RAISED);
  assert_int_equal(desk_record(self, id).state, PI_STATE_RECOMMENDED); /* it waits for advice again */
  desk_refused(self, desk_decide(self, id, "Sen", PI_POSITION_NOTICE, NULL), PI_E_ADVICE_INCOMPLETE);
  assert_int_equal(desk_advise(self, id, NULL, PI_BACKGROUND_NEWS, PI_POSITION_NOTICE), PUBINT_OK);
  assert_int_equal(desk_inform(self, id, NULL), PUBINT_OK);
  assert_int_equal(desk_decide(self, id, "Sen", PI_POSITION_NOTICE, NULL), PUBINT_OK);
  desk_whole(self);
}

/* ---- what can never be a notice ---- */

/* R032, R072, R112: no human role turns such a case into a notice. */
static void test_process_lets_nobody_except_what_can_never_be(void **state) {
  desk *self = *state;
  static const desk_case NOW[] = {
      {.violations = "{'rule':'terrorism'}"},
      {.account = "'authentic':false,'verified':true,'verified_type':'legacy','followers_count':500000,"
                  "'office':{'status':'candidate','branch':'legislative'}"},
  };
  for (size_t i = 0; i < sizeof NOW / sizeof NOW[0]; i++) {
    char id[32];
    desk_bring(self, PI_STATE_DECIDED, id);
    assert_int_equal(desk_reopen(self, id, NOW[i], "the facts have changed"), PUBINT_OK);
    desk_refused(self, desk_recommend(self, id, "Rec", PI_POSITION_NOTICE, "why"), PI_E_NEVER_A_NOTICE);
    assert_int_equal(desk_recommend(self, id, "Rec", PI_POSITION_REMOVE, NULL), PUBINT_OK);
    desk_consult(self, id, PI_POSITION_NOTICE);
    desk_refused(self, desk_decide(self, id, "Sen", PI_POSITION_NOTICE, "why"), PI_E_NEVER_A_NOTICE);
    assert_int_equal(desk_decide(self, id, "Sen", PI_POSITION_REMOVE, "it must go"), PUBINT_OK);
  }
}

/* A case whose spans are not known where they are needed, and one in which they are. */
static void publishes_nothing(desk *self, const char *id, const char *violations, bool marked) {
  assert_int_equal(desk_open(self, id, (desk_case){.violations = violations}), PUBINT_OK);
  pi_record record = desk_record(self, id);
  pi_slice barred = pi_record_last(&record)->barred;
  if (marked) {
    assert_null(barred.ptr);
    assert_int_equal(desk_recommend(self, id, "Rec", PI_POSITION_NOTICE, "why"), PUBINT_OK);
    desk_consult(self, id, PI_POSITION_NOTICE);
    assert_int_equal(desk_decide(self, id, "Sen", PI_POSITION_NOTICE, NULL), PUBINT_OK);
    return;
  }
  assert_true(pi_slice_equal(barred, PI_SLICE("private_data")));
  desk_refused(self, desk_recommend(self, id, "Rec", PI_POSITION_NOTICE, "why"), PI_E_NEVER_A_NOTICE);
  assert_non_null(strstr(self->error.expected, "`spans`, []"));
  assert_int_equal(desk_recommend(self, id, "Rec", PI_POSITION_REMOVE, "why"), PUBINT_OK);
  desk_consult(self, id, PI_POSITION_NOTICE);
  desk_refused(self, desk_decide(self, id, "Sen", PI_POSITION_NOTICE, "why"), PI_E_NEVER_A_NOTICE);
}

static const struct {
  const char *violations;
  bool marked;
} DATA[] = {
    {"{'rule':'private_information','kind':'posted'}", false},
    {"{'rule':'private_information','kind':'posted','spans':[]}", false},
    {"{'rule':'private_information','kind':'posted','spans':[{'start':0,'end':3}]}", true},
    {"{'rule':'private_information'}", false},
    {"{'rule':'private_information','spans':[]}", false},
    {"{'rule':'private_information','kind':'threat'}", false},
    {"{'rule':'private_information','kind':'threat','spans':null}", false},
    {"{'rule':'private_information','kind':'threat','spans':[]}", true},
    {"{'rule':'private_information','kind':'incitement'}", false},
    {"{'rule':'private_information','kind':'incitement','spans':[{'start':0,'end':3}]}", true},
    {"{'rule':'private_information','kind':'threat','spans':[]},{'rule':'private_information','kind':'incitement'}",
     false},
};

/* R095: private data that nobody marked would be published by a notice, whatever the kind. */
static void test_process_lets_nobody_publish_private_data(void **state) {
  char id[] = "a";
  for (size_t i = 0; i < sizeof DATA / sizeof DATA[0]; i++, id[0]++) {
    publishes_nothing(*state, id, DATA[i].violations, DATA[i].marked);
  }
}

/* R095: nor where the policy does not weigh the rule, whose entry has no conditions then. */
static void test_process_lets_nobody_publish_private_data_without_a_script(void **state) {
  desk *self = *state;
  pubint_engine_free(self->engine);
  pubint_policy_free(self->policy);
  assert_int_equal(pubint_policy_load(&self->policy, PI_SOURCE_DIR "/tests/golden/policy", &self->error),
                   PUBINT_OK);
  assert_int_equal(pubint_engine_new(&self->engine, self->policy, &self->error), PUBINT_OK);
  char id[] = "a";
  for (size_t i = 0; i < sizeof DATA / sizeof DATA[0]; i++, id[0]++) {
    publishes_nothing(self, id, DATA[i].violations, DATA[i].marked);
    pi_record record = desk_record(self, id);
    assert_true(pi_slice_equal(pi_record_last(&record)->basis, PI_SLICE("no_script")));
  }
}

/* R003: what somebody assessed as no matter of public concern is excepted by nobody, before it is assessed
 * anew. What nobody assessed people find to be one, or not. */
static void test_process_lets_nobody_except_what_is_of_no_public_concern(void **state) {
  desk *self = *state;
  static const char *const NONE[] = {"'market':'NL','public_concern':0", "'public_concern':'none'",
                                     "'public_concern':false", "'public_concern':1e-7"};
  char id[] = "a";
  for (size_t i = 0; i < sizeof NONE / sizeof NONE[0]; i++, id[0]++) {
    assert_int_equal(desk_open(self, id, (desk_case){.context = NONE[i]}), PUBINT_OK);
    pi_record record = desk_record(self, id);
    assert_true(pi_slice_equal(pi_record_last(&record)->barred, PI_SLICE("no_public_concern")));
    desk_refused(self, desk_recommend(self, id, "Rec", PI_POSITION_NOTICE, "why"), PI_E_NEVER_A_NOTICE);
    assert_non_null(strstr(self->error.expected, "assessed anew"));
    assert_int_equal(desk_recommend(self, id, "Rec", PI_POSITION_REMOVE, NULL), PUBINT_OK);
    desk_hear(self, id, PI_POSITION_NOTICE);
  }
  assert_int_equal(desk_inform(self, "a", "Sec"), PUBINT_OK);
  desk_refused(self, desk_decide(self, "a", "Sen", PI_POSITION_NOTICE, "why"), PI_E_NEVER_A_NOTICE);
  assert_int_equal(desk_decide(self, "a", "Sen", PI_POSITION_REMOVE, "why"), PUBINT_OK);
  assert_int_equal(desk_reopen(self, "a", USUAL, "the debate has begun"), PUBINT_OK);
  assert_int_equal(desk_recommend(self, "a", "Rec", PI_POSITION_NOTICE, NULL), PUBINT_OK);
  assert_int_equal(desk_open(self, "z", (desk_case){.context = "'public_concern':1e-6"}), PUBINT_OK);
  assert_int_equal(desk_recommend(self, "z", "Rec", PI_POSITION_NOTICE, "why"), PUBINT_OK);
  desk_whole(self);
}

/* ---- another round ---- */

/* A20: nothing is rewritten, and the old decision stands until there is a new one. */
static void test_reopen_appends_a_round_that_supersedes(void **state) {
  desk *self = *state;
  char id[32], before[4096];
  desk_bring(self, PI_STATE_DECIDED, id);
  pi_record record = desk_record(self, id);
  size_t bytes = record.rounds[0].evaluation.len;
  assert_true(bytes < sizeof before);
  memcpy(before, record.rounds[0].evaluation.ptr, bytes);

  desk_refused(self, desk_reopen(self, id, USUAL, NULL), PI_E_REASON_NEEDED);
  assert_int_equal(desk_reopen(self, id, (desk_case){.context = DESK_REMOVED}, "it led to harm"), PUBINT_OK);
  assert_int_equal(self->done.round, 2);
  record = desk_record(self, id);
  assert_int_equal(pi_record_decision(&record, NULL)->position, PI_POSITION_NOTICE);
  assert_true(pi_slice_equal(record.rounds[0].evaluation, (pi_slice){before, bytes}));
  assert_true(pi_slice_equal(record.rounds[1].outcome, PI_SLICE("remove")));

  assert_int_equal(desk_recommend(self, id, "Sen", PI_POSITION_REMOVE, NULL), PUBINT_OK);
  desk_consult(self, id, PI_POSITION_REMOVE);
  desk_refused(self, desk_decide(self, id, "Sen", PI_POSITION_REMOVE, NULL), PI_E_SAME_PERSON);
  assert_int_equal(desk_decide(self, id, "Rec", PI_POSITION_REMOVE, NULL), PUBINT_OK);
  record = desk_record(self, id);
  assert_int_equal(pi_record_decision(&record, NULL)->position, PI_POSITION_REMOVE);
  assert_int_equal(record.rounds[0].steps_count, 7);
  assert_int_equal(desk_ask(self, "SELECT superseded_by FROM precedents WHERE number = 1"), 2);
  desk_whole(self);
}

static void test_reopen_refuses_the_facts_of_another_case(void **state) {
  desk *self = *state;
  char id[32];
  desk_bring(self, PI_STATE_DECIDED, id);
  desk_evaluate(self, "another", USUAL);
  pi_act act = {.id = pi_slice_of(id), .who = PI_SLICE("Sen"), .at = self->now, .reason = PI_SLICE("why")};
  desk_refused(self, pi_process_reopen(self->ledger, self->evaluation, &act, &self->done, &self->error),
               PI_E_OTHER_CASE);
}

/* ---- time and texts ---- */

/* A21: times are recorded, and go forward. */
static void test_process_refuses_a_step_before_the_one_before(void **state) {
  desk *self = *state;
  char id[32];
  for (int from = PI_STATE_OPENED; from < PI_STATE_COUNT; from++) {
    desk_bring(self, (pi_state)from, id);
    int64_t now = self->now;
    self->now -= 120; /* an act is a minute later: this one a minute too early */
    for (int action = 0; action < PI_ACTION_COUNT; action++) {
      if (!OPEN_TO[from][action]) continue;
      desk_refused(self, act(self, id, (pi_action)action), PI_E_EARLIER);
      self->now -= 60;
    }
    self->now = now;
  }
}

static void test_process_refuses_names_and_reasons_it_cannot_show(void **state) {
  desk *self = *state;
  char id[32], longest[130];
  desk_bring(self, PI_STATE_OPENED, id);
  memset(longest, 'a', sizeof longest);
  longest[129] = '\0';
  const char *const names[] = {"", " Ann", "Ann ", "A\nnn", "A\x7fnn", "A\xffnn", longest,
                               /* Names that look like another one: blanks, a mark, what turns the text. */
                               "A  nn", "A\u00a0nn", "Ann\u200b", "Ann\u00ad", "A\u3000nn", "\u202eAnn",
                               "Ann\ufeff", "A\u2028nn", "Ann\U000e0041"};
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    desk_refused(self, desk_recommend(self, id, names[i], PI_POSITION_NOTICE, NULL), PI_E_ACT_TEXT);
  }
  const char *const reasons[] = {"", " \n", "a\x1b[2J", "\xc3"};
  for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
    desk_refused(self, desk_recommend(self, id, "Ann", PI_POSITION_NOTICE, reasons[i]), PI_E_ACT_TEXT);
  }
  assert_int_equal(desk_recommend(self, id, "Ann", PI_POSITION_NOTICE, "two\nlines"), PUBINT_OK);
}

/* A text of which nobody sees anything says nothing, whoever is to read it. */
static void test_process_refuses_texts_that_nobody_sees(void **state) {
  desk *self = *state;
  desk_bring(self, PI_STATE_RECOMMENDED, (char[32]){0});
  pi_act act = {.id = PI_SLICE("case-1"),
                .at = self->now,
                .position = PI_POSITION_NOTICE,
                .background = PI_BACKGROUND_LAW};
  for (size_t i = 0; i < sizeof DESK_UNSEEN / sizeof DESK_UNSEEN[0]; i++) {
    uint32_t code = DESK_UNSEEN[i];
    char sign[8] = {0}, seen[16];
    pi_utf8_encode(code, sign);
    snprintf(seen, sizeof seen, "Rec%s", sign);
    act.who = pi_slice_of(seen);
    act.team = PI_SLICE("a team");
    act.reason = PI_SLICE("why");
    desk_refused(self, pi_process_step(self->ledger, PI_ACTION_ADVISE, &act, &self->done, &self->error),
                 code == 0x200c || code == 0x200d ? PI_E_SAME_PERSON : PI_E_ACT_TEXT);
    act.who = pi_slice_of(sign);
    desk_refused(self, pi_process_step(self->ledger, PI_ACTION_ADVISE, &act, &self->done, &self->error),
                 PI_E_ACT_TEXT);
    act.who = PI_SLICE("Ann");
    act.team = pi_slice_of(sign);
    desk_refused(self, pi_process_step(self->ledger, PI_ACTION_ADVISE, &act, &self->done, &self->error),
                 PI_E_ACT_TEXT);
    act.team = PI_SLICE("a team");
    act.reason = pi_slice_of(sign);
    desk_refused(self, pi_process_step(self->ledger, PI_ACTION_ADVISE, &act, &self->done, &self->error),
                 PI_E_ACT_TEXT);
    act.reason = PI_SLICE("why");
    act.finding = pi_slice_of(sign);
    desk_refused(self, pi_process_step(self->ledger, PI_ACTION_RECOMMEND, &act, &self->done, &self->error),
                 PI_E_ACT_TEXT);
    act.finding = (pi_slice){NULL, 0};
  }
  static const pi_slice NULS[] = {PI_SLICE_INIT("\0"), PI_SLICE_INIT("why\0"), PI_SLICE_INIT("w\0hy")};
  for (size_t i = 0; i < sizeof NULS / sizeof NULS[0]; i++) {
    act.reason = NULS[i];
    desk_refused(self, pi_process_step(self->ledger, PI_ACTION_ADVISE, &act, &self->done, &self->error),
                 PI_E_ACT_TEXT);
  }
  act.reason = PI_SLICE("\u2764\ufe0f");
  assert_int_equal(pi_process_step(self->ledger, PI_ACTION_ADVISE, &act, &self->done, &self->error),
                   PUBINT_OK);
}

/* ---- when the machine fails ---- */

/* A writer that cannot have its turn says so, and has done nothing. */
static void test_process_says_when_another_keeps_the_ledger(void **state) {
  desk *self = *state;
  pi_ledger *other;
  assert_int_equal(pi_ledger_open(&other, self->file, PI_LEDGER_WRITE, &self->error), PUBINT_OK);
  assert_int_equal(pi_ledger_begin(other, true, &self->error), PUBINT_OK);
  sqlite3_busy_timeout(pi_ledger_connection(self->ledger), 0);
  desk_refused(self, desk_open(self, "x", USUAL), PI_E_LEDGER_BUSY);
  pi_ledger_close(other);
  assert_int_equal(desk_open(self, "x", USUAL), PUBINT_OK);
}

/* Whatever SQLite can have, an act is done whole or refused for want of memory. */
static void test_process_does_nothing_when_memory_runs_out(void **state) {
  desk *self = *state;
  char id[32];
  int refusals = 0, acts = 0;
  for (int64_t more = 0; acts < 3 && more < 4096; more++) {
    snprintf(id, sizeof id, "case-%d", acts);
    pi_ledger *ledger;
    sqlite3_hard_heap_limit64(sqlite3_memory_used() + more * 512);
    pubint_status status = pi_ledger_open(&ledger, self->file, PI_LEDGER_WRITE, &self->error);
    if (status == PUBINT_OK) {
      pi_ledger *kept = self->ledger;
      self->ledger = ledger;
      status = desk_open(self, id, USUAL);
      self->ledger = kept;
      pi_ledger_close(ledger);
    }
    sqlite3_hard_heap_limit64(0);
    if (status == PUBINT_OK) {
      acts++;
    } else {
      desk_refused(self, status, PI_E_NO_MEMORY);
      refusals++;
    }
    assert_int_equal(desk_ask(self, "SELECT count(*) FROM audit"), acts);
  }
  assert_int_equal(acts, 3);
  assert_true(refusals > 50);
  desk_whole(self);
}

/* A14, R072: a rule that the policy has not is legal, and one within two letters of one never excepted is
 * not, unless it is said to be right; neither in the first round nor in a later one. */
static void test_process_opens_no_slip_of_a_rule_never_excepted(void **state) {
  desk *self = *state;
  static const struct {
    const char *violations;
    bool slip;
  } ROWS[] = {
      {"{'rule':'terorism'}", true},
      {"{'rule':'terorisme'}", true},
      {"{'rule':'sexual_violense'}", true},
      {"{'rule':'abuse_harassment','kind':'aggressive_insults'},{'rule':'copy_rights'}", true},
      {"{'rule':'terrorisms_x'}", false},
      {"{'rule':'violense'}", false},
      {"{'rule':'spam'}", false},
  };
  for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
    char id[32];
    snprintf(id, sizeof id, "slip-%zu", i);
    pubint_status status = desk_open(self, id, (desk_case){.violations = ROWS[i].violations});
    if (!ROWS[i].slip) {
      assert_int_equal(status, PUBINT_OK);
      continue;
    }
    desk_refused(self, status, PI_E_RULE_SLIP);
    const pubint_evaluation *evaluation =
        desk_evaluate(self, id, (desk_case){.violations = ROWS[i].violations});
    pi_act act = {.who = PI_SLICE("Ann"), .at = self->now, .rule_as_written = true};
    const pi_act unsaid = {.who = PI_SLICE("Ann")};
    desk_refused(self, pi_process_admits(evaluation, &unsaid, 0, &self->error), PI_E_RULE_SLIP);
    assert_int_equal(pi_process_open(self->ledger, evaluation, &act, &self->done, &self->error), PUBINT_OK);
  }
  char id[32];
  desk_bring(self, PI_STATE_DECIDED, id);
  desk_refused(self, desk_reopen(self, id, (desk_case){.violations = ROWS[0].violations}, "new facts"),
               PI_E_RULE_SLIP);
  desk_whole(self);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      DESK_TEST(test_process_refuses_every_step_that_is_not_in_the_table),
      DESK_TEST(test_open_refuses_what_does_not_meet_the_criteria),
      DESK_TEST(test_open_refuses_what_breaks_no_rule),
      DESK_TEST(test_open_refuses_what_is_not_known),
      DESK_TEST(test_open_refuses_what_is_never_excepted),
      DESK_TEST(test_open_names_the_first_when_a_case_is_opened_twice),
      DESK_TEST(test_open_stores_facts_evaluation_and_policy),
      DESK_TEST(test_recommend_needs_a_reason_against_the_evaluation),
      DESK_TEST(test_decide_waits_for_three_backgrounds_and_the_market),
      DESK_TEST(test_decide_needs_a_reason_against_recommendation_or_majority),
      DESK_TEST(test_decide_knows_notice_and_remove_and_nothing_else),
      DESK_TEST(test_decide_makes_a_precedent_of_every_decision),
      DESK_TEST(test_require_is_only_ever_raised),
      DESK_TEST(test_process_lets_nobody_except_what_can_never_be),
      DESK_TEST(test_process_lets_nobody_publish_private_data),
      DESK_TEST(test_process_lets_nobody_publish_private_data_without_a_script),
      DESK_TEST(test_process_lets_nobody_except_what_is_of_no_public_concern),
      DESK_TEST(test_reopen_appends_a_round_that_supersedes),
      DESK_TEST(test_reopen_refuses_the_facts_of_another_case),
      DESK_TEST(test_process_refuses_a_step_before_the_one_before),
      DESK_TEST(test_process_refuses_names_and_reasons_it_cannot_show),
      DESK_TEST(test_process_refuses_texts_that_nobody_sees),
      DESK_TEST(test_process_says_when_another_keeps_the_ledger),
      DESK_TEST(test_process_does_nothing_when_memory_runs_out),
      DESK_TEST(test_process_opens_no_slip_of_a_rule_never_excepted),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
