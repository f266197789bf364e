/* Precedents: which decisions are found, in which order, and that they change nothing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "desk.h"

#include "errors.h"
#include "evaluation.h"
#include "precedents_show.h"

static const desk_case USUAL = {0};

#define CONTEXT(debate)                                                                                           \
  "'market':'NL','target':{'kind':'official','political_context':1},'public_concern':0.6,'public_debate':" debate \
  ",'office_relevance':0.7,'heated_debate':0.75,'call_to_action':0,'rights_interference':0,"                      \
  "'service_harm':0,'offline_harm':{'likelihood':0,'severity':0}"

/* Takes a case through all steps to that decision, in the round it is in. */
static void settle(desk *self, const char *id, pi_position position) {
  assert_int_equal(desk_recommend(self, id, NULL, position, "why"), PUBINT_OK);
  desk_consult(self, id, position);
  assert_int_equal(desk_decide(self, id, NULL, position, "why"), PUBINT_OK);
}

static void decide(desk *self, const char *id, desk_case like, pi_position position) {
  assert_int_equal(desk_open(self, id, like), PUBINT_OK);
  settle(self, id, position);
}

/* What is found for a case that is not in the ledger. */
static pi_precedents *find(desk *self, desk_case like, const char *except, size_t wanted) {
  static pi_precedents found;
  static pi_profile profile;
  bool weighed = false;
  size_t bytes = 0;
  pi_arena arena;
  pi_arena_init(&arena, 1 << 20, 1 << 26);
  const pubint_evaluation *evaluation = desk_evaluate(self, "at_hand", like);
  const char *json = pubint_evaluation_json(evaluation, &bytes);
  assert_non_null(json);
  assert_int_equal(pi_precedents_weighed(&profile, evaluation->input, (pi_slice){json, bytes}, &weighed,
                                         &arena, &self->error),
                   PUBINT_OK);
  assert_true(weighed);
  assert_int_equal(pi_precedents_update(self->ledger, &self->error), PUBINT_OK);
  assert_int_equal(
      pi_precedents_find(&found, self->ledger, &profile, pi_slice_of(except), wanted, &self->error),
      PUBINT_OK);
  pi_arena_dispose(&arena);
  return &found;
}

/* "id distance" of each, parted by blanks. */
static void expect(const pi_precedents *found, const char *wanted) {
  char text[512] = "";
  size_t length = 0;
  for (size_t i = 0; i < found->count; i++) {
    length += (size_t)snprintf(text + length, sizeof text - length, "%s%s %lld", i > 0 ? " " : "",
                               found->items[i].id, (long long)found->items[i].distance);
  }
  assert_string_equal(text, wanted);
}

/* R061, R064: every decision is one, a removal as well as a notice; nothing undecided is. */
static void test_precedents_are_all_decisions_and_nothing_else(void **state) {
  desk *self = *state;
  decide(self, "kept", USUAL, PI_POSITION_NOTICE);
  decide(self, "removed", USUAL, PI_POSITION_REMOVE);
  assert_int_equal(desk_open(self, "open", USUAL), PUBINT_OK);
  assert_int_equal(desk_open(self, "recommended", USUAL), PUBINT_OK);
  assert_int_equal(desk_recommend(self, "recommended", NULL, PI_POSITION_NOTICE, "why"), PUBINT_OK);
  const pi_precedents *found = find(self, USUAL, "", 10);
  expect(found, "kept 0 removed 0");
  assert_int_equal(found->looked_at, 2);
  expect(find(self, USUAL, "kept", 10), "removed 0");
}

static void test_precedents_come_nearest_first_and_equal_ones_by_id(void **state) {
  desk *self = *state;
  decide(self, "z", (desk_case){.context = CONTEXT("0.5")}, PI_POSITION_NOTICE);
  decide(self, "far", (desk_case){.context = CONTEXT("0.1")}, PI_POSITION_NOTICE);
  decide(self, "a", (desk_case){.context = CONTEXT("0.5")}, PI_POSITION_REMOVE);
  decide(self, "near", (desk_case){.context = CONTEXT("0.61")}, PI_POSITION_NOTICE);
  decide(self, "m", (desk_case){.context = CONTEXT("0.5")}, PI_POSITION_NOTICE);
  desk_case at_hand = {.context = CONTEXT("0.6")};
  expect(find(self, at_hand, "", 10), "near 10000 a 100000 m 100000 z 100000 far 500000");
  expect(find(self, at_hand, "", 3), "near 10000 a 100000 m 100000");
  expect(find(self, at_hand, "", 1), "near 10000");
  /* Another kind of target counts 1; a case under no rule in common is none. */
  decide(self, "elsewhere", (desk_case){.violations = "{'rule':'violence','kind':'threat'}"},
         PI_POSITION_REMOVE);
  assert_int_equal(find(self, at_hand, "", 10)->count, 5);
}

/* A case on two rules is found once, whichever of them the case at hand breaks first. */
static void test_precedents_on_several_rules_are_found_once(void **state) {
  desk *self = *state;
  static const char *const BOTH = "{'rule':'violence','kind':'threat'},{'rule':'abuse_harassment'}";
  decide(self, "both", (desk_case){.violations = BOTH}, PI_POSITION_REMOVE);
  decide(self, "one", (desk_case){.violations = "{'rule':'violence','kind':'threat'}"}, PI_POSITION_REMOVE);
  const pi_precedents *found = find(self, (desk_case){.violations = BOTH}, "", 10);
  expect(found, "both 0 one 1000000");
  assert_int_equal(found->looked_at, 2);
}

/* A20: of a case decided twice the latest decision counts, and what it reversed is told. */
static void test_precedents_count_the_latest_decision_and_show_the_reversal(void **state) {
  desk *self = *state;
  decide(self, "turned", USUAL, PI_POSITION_NOTICE);
  assert_int_equal(desk_reopen(self, "turned", (desk_case){.context = CONTEXT("0.2")}, "new facts"),
                   PUBINT_OK);
  /* The first stands until there is another. */
  expect(find(self, USUAL, "", 10), "turned 0");
  settle(self, "turned", PI_POSITION_REMOVE);
  expect(find(self, (desk_case){.context = CONTEXT("0.2")}, "", 10), "turned 0");
  assert_int_equal(desk_ask(self, "SELECT count(*) FROM profiles"), 1);

  desk_case at_hand = {.context = CONTEXT("0.2")};
  const pi_precedents *found = find(self, at_hand, "", 10);
  const pubint_evaluation *evaluation = desk_evaluate(self, "at_hand", at_hand);
  bool weighed;
  static pi_profile profile;
  pi_arena_reset(&self->arena);
  assert_int_equal(pi_precedents_weighed(&profile, evaluation->input,
                                         pi_slice_of(pubint_evaluation_json(evaluation, NULL)), &weighed,
                                         &self->arena, &self->error),
                   PUBINT_OK);
  pi_precedents_shown shown = {.id = PI_SLICE("at_hand"),
                               .profile = &profile,
                               .recommendation = PI_POSITION_NOTICE,
                               .policy = PI_SLICE("another")};
  assert_int_equal(pi_precedents_gather(&shown, self->ledger, found, &self->arena, &self->error), PUBINT_OK);
  assert_int_equal(shown.count, 1);
  assert_true(shown.items[0].close && shown.items[0].contradicts);
  pi_buffer out;
  pi_buffer_init(&out, 1 << 20);
  pi_precedents_json(&out, &shown);
  const char *json = pi_buffer_end(&out);
  assert_non_null(strstr(json, "\"contradicts\":true,\"decision\":\"remove\""));
  assert_non_null(strstr(json, "\"superseded\":[{\"decision\":\"notice\",\"decided_at\":"));
  pi_buffer_reset(&out);
  pi_page page;
  pi_wording wording;
  pi_page_init(&page, &out, 100, false);
  pi_wording_init(&wording, self->policy, PI_SLICE("en"));
  pi_precedents_page(&page, &wording, &shown);
  const char *text = pi_buffer_end(&out);
  assert_non_null(
      strstr(text, "What the evaluation recommends (notice) goes against a close precedent: turned."));
  assert_non_null(strstr(text, "before   notice on"));
  assert_non_null(strstr(text, "and reversed"));
  assert_non_null(strstr(text, "under    another policy"));
  pi_wording_dispose(&wording);
  pi_page_dispose(&page);
  pi_buffer_dispose(&out);
}

/* R062: what was decided before neither changes an evaluation nor keeps anybody from deciding otherwise. */
static void test_precedents_bind_nobody(void **state) {
  desk *self = *state;
  char *before = strdup(pubint_evaluation_json(desk_evaluate(self, "at_hand", USUAL), NULL));
  assert_non_null(before);
  for (int i = 0; i < 3; i++) {
    char id[16];
    snprintf(id, sizeof id, "c%d", i);
    decide(self, id, USUAL, PI_POSITION_REMOVE);
  }
  assert_string_equal(pubint_evaluation_json(desk_evaluate(self, "at_hand", USUAL), NULL), before);
  free(before);
  decide(self, "other", USUAL, PI_POSITION_NOTICE);
}

/* A ledger whose profiles are missing, as one of an older version, gets them at the next look. */
static void test_precedents_are_derived_from_the_records(void **state) {
  desk *self = *state;
  decide(self, "a", USUAL, PI_POSITION_NOTICE);
  decide(self, "b", USUAL, PI_POSITION_REMOVE);
  assert_int_equal(desk_reopen(self, "a", USUAL, "again"), PUBINT_OK);
  settle(self, "a", PI_POSITION_REMOVE);
  int64_t rows = desk_ask(self, "SELECT count(*) FROM profiles");
  assert_string_equal(desk_sql(self, "DELETE FROM profiles"), "");
  expect(find(self, USUAL, "", 10), "a 0 b 0");
  assert_int_equal(desk_ask(self, "SELECT count(*) FROM profiles"), rows);
  /* A decision that was superseded does not get in by another way. */
  assert_string_not_equal(
      desk_sql(self, "INSERT INTO profiles SELECT 'violence', case_entry, id, "
                     "(SELECT min(entry) FROM precedents), profile FROM profiles WHERE id = 'a'"),
      "");
  desk_whole(self);
}

static void test_precedents_that_were_tampered_with_are_found(void **state) {
  desk *self = *state;
  static const char *const TAMPERED[] = {
      "UPDATE profiles SET profile = (SELECT profile FROM profiles WHERE id = 'b') WHERE id = 'a'",
      "UPDATE profiles SET rule = 'hateful_conduct' WHERE id = 'a'",
      "UPDATE profiles SET id = 'c' WHERE id = 'a'",
      "DELETE FROM profiles WHERE id = 'a'",
      "INSERT INTO profiles SELECT 'hateful_conduct', case_entry, id, entry, profile FROM profiles WHERE id = 'a'",
  };
  int64_t wrong;
  decide(self, "a", USUAL, PI_POSITION_NOTICE);
  decide(self, "b", (desk_case){.context = CONTEXT("0.2")}, PI_POSITION_REMOVE);
  desk_whole(self);
  for (size_t i = 0; i < sizeof TAMPERED / sizeof TAMPERED[0]; i++) {
    assert_string_equal(desk_sql(self, "SAVEPOINT before_it"), "");
    assert_string_equal(desk_sql(self, TAMPERED[i]), "");
    assert_int_equal(pi_precedents_check(self->ledger, &wrong, &self->error), PUBINT_OK);
    if (wrong != 1) fail_msg("%s: %lld", TAMPERED[i], (long long)wrong);
    assert_string_equal(desk_sql(self, "ROLLBACK TO before_it; RELEASE before_it"), "");
  }
  desk_whole(self);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      DESK_TEST(test_precedents_are_all_decisions_and_nothing_else),
      DESK_TEST(test_precedents_come_nearest_first_and_equal_ones_by_id),
      DESK_TEST(test_precedents_on_several_rules_are_found_once),
      DESK_TEST(test_precedents_count_the_latest_decision_and_show_the_reversal),
      DESK_TEST(test_precedents_bind_nobody),
      DESK_TEST(test_precedents_are_derived_from_the_records),
      DESK_TEST(test_precedents_that_were_tampered_with_are_found),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
