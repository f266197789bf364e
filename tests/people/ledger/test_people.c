/* Who does what in a round: what is found, who advises for whom, who is informed, and one chair a person. */
#include <stdio.h>
#include <string.h>

#include "desk.h"
#include "errors.h"

static const desk_case USUAL = {0};

/* R003: a notice says how the Tweet contributes to a matter of public concern, a removal does not; it stays
 * on the record. */
static void test_recommend_asks_for_a_finding_where_it_is_a_notice(void **state) {
  desk *self = *state;
  assert_int_equal(desk_open(self, "x", USUAL), PUBINT_OK);
  pi_act act = {.id = PI_SLICE("x"),
                .who = PI_SLICE("Rec"),
                .at = self->now,
                .position = PI_POSITION_NOTICE,
                .reason = PI_SLICE("a reason is no finding"),
                .background = PI_BACKGROUND_NONE};
  desk_refused(self, pi_process_step(self->ledger, PI_ACTION_RECOMMEND, &act, &self->done, &self->error),
               PI_E_FINDING_NEEDED);
  act.finding = PI_SLICE(" \n");
  desk_refused(self, pi_process_step(self->ledger, PI_ACTION_RECOMMEND, &act, &self->done, &self->error),
               PI_E_ACT_TEXT);
  act.finding = PI_SLICE("Two lines:\nof a debate on the port.");
  act.position = PI_POSITION_REMOVE;
  desk_refused(self, pi_process_step(self->ledger, PI_ACTION_RECOMMEND, &act, &self->done, &self->error),
               PI_E_FINDING_UNFIT);
  act.position = PI_POSITION_NOTICE;
  assert_int_equal(pi_process_step(self->ledger, PI_ACTION_RECOMMEND, &act, &self->done, &self->error),
                   PUBINT_OK);
  pi_record record = desk_record(self, "x");
  const pi_step *recommendation = pi_round_step(pi_record_last(&record), PI_ACTION_RECOMMEND);
  assert_true(pi_slice_equal(recommendation->finding, act.finding));
  desk_whole(self);
}

/* R003: no notice stands without a finding, whoever makes it one; it is given once. */
static void test_decide_asks_for_a_finding_where_none_was_recommended(void **state) {
  desk *self = *state;
  char id[32];
  assert_int_equal(desk_open(self, "x", USUAL), PUBINT_OK);
  assert_int_equal(desk_recommend(self, "x", "Rec", PI_POSITION_REMOVE, "why"), PUBINT_OK);
  desk_consult(self, "x", PI_POSITION_NOTICE);
  desk_refused(self, desk_decide(self, "x", "Sen", PI_POSITION_NOTICE, "because"), PI_E_FINDING_NEEDED);
  desk_refused(self, desk_find(self, "x", "Sen", NULL), PI_E_REASON_NEEDED);
  assert_int_equal(desk_find(self, "x", "Sen", "because"), PUBINT_OK);
  pi_record record = desk_record(self, "x");
  assert_true(pi_slice_equal(pi_record_decision(&record, NULL)->finding, PI_SLICE(DESK_FINDING)));

  desk_bring(self, PI_STATE_INFORMED, id);
  desk_refused(self, desk_find(self, id, "Sen", "because"), PI_E_FINDING_UNFIT);
  assert_string_equal(self->error.found, "another than the recommendation's");
  pi_act act = {.id = pi_slice_of(id),
                .who = PI_SLICE("Sen"),
                .at = self->now,
                .position = PI_POSITION_REMOVE,
                .reason = PI_SLICE("because"),
                .finding = PI_SLICE("so")};
  desk_refused(self, pi_process_step(self->ledger, PI_ACTION_DECIDE, &act, &self->done, &self->error),
               PI_E_FINDING_UNFIT);
  assert_int_equal(desk_decide(self, id, "Sen", PI_POSITION_NOTICE, NULL), PUBINT_OK);
  desk_whole(self);
}

/* Whether it is a matter of public concern (R003) is for people to find where nobody assessed it, and they
 * say how and why. */
static void test_recommend_may_find_what_nobody_assessed(void **state) {
  desk *self = *state;
  assert_int_equal(desk_open(self, "x", (desk_case){.context = "'market':'NL'"}), PUBINT_OK);
  pi_record record = desk_record(self, "x");
  assert_true(pi_slice_equal(pi_record_last(&record)->outcome, PI_SLICE("remove")));
  assert_null(pi_record_last(&record)->barred.ptr);
  desk_refused(self, desk_recommend(self, "x", "Rec", PI_POSITION_NOTICE, NULL), PI_E_REASON_NEEDED);
  assert_int_equal(desk_recommend(self, "x", "Rec", PI_POSITION_NOTICE, "the debate began later"), PUBINT_OK);
}

/* R035: the advisers are several people. */
static void test_advise_hears_a_person_once_a_round(void **state) {
  desk *self = *state;
  char id[32];
  desk_bring(self, PI_STATE_RECOMMENDED, id);
  assert_int_equal(desk_advise(self, id, "Ann", PI_BACKGROUND_LAW, PI_POSITION_NOTICE), PUBINT_OK);
  desk_refused(self, desk_advise(self, id, "ann", PI_BACKGROUND_NEWS, PI_POSITION_NOTICE),
               PI_E_HEARD_ALREADY);
}

/* R037, R044, R045: the market's own teams speak for it; who was consulted on the policy does not. */
static void test_advise_takes_the_market_from_its_script(void **state) {
  desk *self = *state;
  char id[32];
  desk_bring(self, PI_STATE_RECOMMENDED, id);
  pi_act act = {.id = pi_slice_of(id),
                .who = PI_SLICE("Jan"),
                .at = self->now,
                .position = PI_POSITION_NOTICE,
                .background = PI_BACKGROUND_MARKET,
                .team = PI_SLICE("civil society (press freedom)")};
  desk_refused(self, pi_process_step(self->ledger, PI_ACTION_ADVISE, &act, &self->done, &self->error),
               PI_E_NOT_A_TEAM);
  act.team = PI_SLICE("Trust & Safety Benelux");
  assert_int_equal(pi_process_step(self->ledger, PI_ACTION_ADVISE, &act, &self->done, &self->error),
                   PUBINT_OK);
  pi_record record = desk_record(self, id);
  assert_true(pi_slice_equal(pi_record_last(&record)->steps[1].team, PI_SLICE("Trust & Safety Benelux")));
}

/* R045: whoever advises, in whatever market, says of which team of the house. A name is no team. */
static void test_advise_names_an_internal_team_in_every_market(void **state) {
  desk *self = *state;
  static const char *const MARKETS[] = {"'market':'NL'", "'market':'SE'", "'public_debate':1"};
  for (int i = 0; i < 3; i++) {
    char id[] = {(char)('a' + i), '\0'};
    assert_int_equal(desk_open(self, id, (desk_case){.context = MARKETS[i]}), PUBINT_OK);
    assert_int_equal(desk_recommend(self, id, "Rec", PI_POSITION_REMOVE, "why"), PUBINT_OK);
    for (int background = 0; background < PI_BACKGROUND_COUNT; background++) {
      pi_act act = {.id = pi_slice_of(id),
                    .who = PI_SLICE(DESK_TEAM),
                    .at = self->now,
                    .position = PI_POSITION_REMOVE,
                    .background = (pi_background)background};
      desk_refused(self, pi_process_step(self->ledger, PI_ACTION_ADVISE, &act, &self->done, &self->error),
                   PI_E_TEAM_NEEDED);
      assert_non_null(strstr(self->error.expected, "--team "));
      act.team = PI_SLICE(" ");
      desk_refused(self, pi_process_step(self->ledger, PI_ACTION_ADVISE, &act, &self->done, &self->error),
                   PI_E_ACT_TEXT);
      assert_int_equal(desk_advise(self, id, NULL, (pi_background)background, PI_POSITION_REMOVE), PUBINT_OK);
    }
  }
}

/* A team is named as long as a market's script may name one. */
static void test_advise_takes_a_team_of_512_bytes(void **state) {
  desk *self = *state;
  char id[32], team[513];
  desk_bring(self, PI_STATE_RECOMMENDED, id);
  memset(team, 't', sizeof team);
  pi_act act = {.id = pi_slice_of(id),
                .who = PI_SLICE("Ann"),
                .at = self->now,
                .position = PI_POSITION_NOTICE,
                .background = PI_BACKGROUND_LAW,
                .team = {team, 513}};
  desk_refused(self, pi_process_step(self->ledger, PI_ACTION_ADVISE, &act, &self->done, &self->error),
               PI_E_ACT_TEXT);
  act.team.len = 512;
  assert_int_equal(pi_process_step(self->ledger, PI_ACTION_ADVISE, &act, &self->done, &self->error),
                   PUBINT_OK);
}

/* R045: there is no background for somebody from outside. */
static void test_advise_has_no_outside_adviser(void **state) {
  (void)state;
  static const char *const OUTSIDE[] = {"external", "civil_society", "academia", "ngo", "adviser"};
  for (size_t i = 0; i < sizeof OUTSIDE / sizeof OUTSIDE[0]; i++) {
    assert_int_equal(pi_process_word_find(PI_BACKGROUND_NAMES, pi_slice_of(OUTSIDE[i])), PI_BACKGROUND_NONE);
  }
  assert_int_equal(PI_BACKGROUND_COUNT, 7);
}

/* R039: all who advised, by name, by whoever tells them. */
static void test_inform_names_everybody_who_advised(void **state) {
  desk *self = *state;
  char id[32];
  desk_bring(self, PI_STATE_ADVISED, id);
  assert_int_equal(desk_inform(self, id, "Sec"), PUBINT_OK);
  assert_int_equal(self->done.state, PI_STATE_INFORMED);
  pi_record record = desk_record(self, id);
  const pi_step *informing = pi_round_step(pi_record_last(&record), PI_ACTION_INFORM);
  static const char *const NAMES[] = {"Gov", "Hum", "Law", "Mar"};
  assert_int_equal(informing->role, PI_ROLE_SECRETARY);
  assert_int_equal(informing->informed_count, 4);
  for (int i = 0; i < 4; i++) assert_string_equal(informing->informed[i].ptr, NAMES[i]);
  assert_int_equal(pi_round_teams(pi_record_last(&record)), 2);
  desk_whole(self);
}

/* It is no chair: anybody may, one who advised or decides too. */
static void test_inform_is_for_anybody(void **state) {
  desk *self = *state;
  static const char *const ANYBODY[] = {"Rec", "Gov", "Sen", "enforcement"};
  char id[32];
  for (int i = 0; i < 4; i++) {
    desk_bring(self, PI_STATE_ADVISED, id);
    assert_int_equal(desk_inform(self, id, ANYBODY[i]), PUBINT_OK);
    assert_int_equal(desk_decide(self, id, "Sen", PI_POSITION_NOTICE, NULL), PUBINT_OK);
  }
}

/* R039: what comes after they were told, they have yet to be told. */
static void test_inform_is_needed_again_after_more_advice(void **state) {
  desk *self = *state;
  char id[32];
  desk_bring(self, PI_STATE_INFORMED, id);
  assert_int_equal(desk_advise(self, id, "Late", PI_BACKGROUND_NEWS, PI_POSITION_REMOVE), PUBINT_OK);
  assert_int_equal(self->done.state, PI_STATE_ADVISED);
  desk_refused(self, desk_decide(self, id, "Sen", PI_POSITION_NOTICE, NULL), PI_E_NOT_INFORMED);
  assert_string_equal(self->error.found, "advice of Late after they were informed");
  assert_int_equal(desk_inform(self, id, "Sec"), PUBINT_OK);
  pi_record record = desk_record(self, id);
  const pi_round *round = pi_record_last(&record);
  assert_int_equal(round->steps[round->steps_count - 1].informed_count, 5);
  assert_int_equal(desk_decide(self, id, "Sen", PI_POSITION_NOTICE, NULL), PUBINT_OK);
  desk_whole(self);
}

/* R038, A23; a capital letter makes nobody somebody else. */
static void test_decide_is_not_for_who_recommended(void **state) {
  desk *self = *state;
  char id[32];
  desk_bring(self, PI_STATE_INFORMED, id);
  desk_refused(self, desk_decide(self, id, "Rec", PI_POSITION_NOTICE, "why"), PI_E_SAME_PERSON);
  desk_refused(self, desk_decide(self, id, "rEC", PI_POSITION_NOTICE, "why"), PI_E_SAME_PERSON);
  desk_refused(self, desk_decide(self, id, "Re\u200dc", PI_POSITION_NOTICE, "why"), PI_E_SAME_PERSON);
  assert_int_equal(desk_decide(self, id, "Sen", PI_POSITION_NOTICE, NULL), PUBINT_OK);
  pi_record record = desk_record(self, id);
  assert_int_equal(pi_record_decision(&record, NULL)->role, PI_ROLE_SENIOR);
}

/* A23: of recommending, advising and deciding one person does one in a round; a new round has its own. */
static void test_process_gives_one_person_one_chair_in_a_round(void **state) {
  desk *self = *state;
  char id[32];
  desk_bring(self, PI_STATE_RECOMMENDED, id);
  desk_refused(self, desk_advise(self, id, "Rec", PI_BACKGROUND_LAW, PI_POSITION_NOTICE), PI_E_SAME_PERSON);
  desk_refused(self, desk_advise(self, id, "rEc", PI_BACKGROUND_MARKET, PI_POSITION_NOTICE),
               PI_E_SAME_PERSON);
  assert_string_equal(self->error.message, "who recommended does not advise");
  desk_consult(self, id, PI_POSITION_NOTICE);
  static const char *const ADVISED[] = {"Gov", "HUM", "L\u200daw", "Mar"};
  for (int i = 0; i < 4; i++) {
    desk_refused(self, desk_decide(self, id, ADVISED[i], PI_POSITION_NOTICE, NULL), PI_E_SAME_PERSON);
    assert_string_equal(self->error.message, "who advised does not decide");
  }
  assert_int_equal(desk_decide(self, id, "Sen", PI_POSITION_NOTICE, NULL), PUBINT_OK);
  assert_int_equal(desk_reopen(self, id, USUAL, "why"), PUBINT_OK);
  assert_int_equal(desk_recommend(self, id, "Gov", PI_POSITION_NOTICE, NULL), PUBINT_OK);
}

/* Whatever another program wrote, people are counted, each by their first word. */
static void test_round_counts_people_and_not_acts(void **state) {
  (void)state;
#define SAYS(name, side)                                                                                     \
  { .action = PI_ACTION_ADVISE, .who_key = PI_SLICE(name), .position = PI_POSITION_##side }
  const pi_step steps[] = {
      {.action = PI_ACTION_RECOMMEND, .who_key = PI_SLICE("rec"), .position = PI_POSITION_REMOVE},
      SAYS("ann", NOTICE),
      SAYS("ann", REMOVE),
      SAYS("ann", REMOVE),
      SAYS("bob", REMOVE)};
  const pi_round round = {.steps = steps, .steps_count = sizeof steps / sizeof steps[0]};
  pi_hearing hearing;
  pi_round_hearing(&round, &hearing);
  assert_int_equal(pi_round_advisers(&round), 2);
  assert_int_equal(pi_round_teams(&round), 0);
  assert_int_equal(hearing.notice, 1);
  assert_int_equal(hearing.remove, 1);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      DESK_TEST(test_recommend_asks_for_a_finding_where_it_is_a_notice),
      DESK_TEST(test_decide_asks_for_a_finding_where_none_was_recommended),
      DESK_TEST(test_recommend_may_find_what_nobody_assessed),
      DESK_TEST(test_advise_hears_a_person_once_a_round),
      DESK_TEST(test_advise_takes_the_market_from_its_script),
      DESK_TEST(test_advise_names_an_internal_team_in_every_market),
      DESK_TEST(test_advise_takes_a_team_of_512_bytes),
      DESK_TEST(test_advise_has_no_outside_adviser),
      DESK_TEST(test_inform_names_everybody_who_advised),
      DESK_TEST(test_inform_is_for_anybody),
      DESK_TEST(test_inform_is_needed_again_after_more_advice),
      DESK_TEST(test_decide_is_not_for_who_recommended),
      DESK_TEST(test_process_gives_one_person_one_chair_in_a_round),
      cmocka_unit_test(test_round_counts_people_and_not_acts),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
