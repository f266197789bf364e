/* What would turn a case: on made policies whose turning points are known, and on real cases, where each
 * proposed change must do what it says and nothing nearer may. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine_rig.h"

#include "case.h"
#include "decimal.h"
#include "evaluation.h"
#include "files.h"
#include "turn.h"

static const pi_turns *find(engine_rig *self, pi_turns *out, const pi_turn_options *options) {
  pubint_error error = {0};
  assert_int_equal(pi_turns_find(out, self->engine, &self->input->facts, self->policy, options, &error),
                   PUBINT_OK);
  return out;
}

/* The turn of a fact; fails where there is none, and where there are several. */
static const pi_turn *turn_of(const pi_turns *turns, pi_fact fact) {
  const pi_turn *found = NULL;
  for (uint32_t i = 0; i < turns->turns_count; i++) {
    if (turns->turns[i].fact != fact) continue;
    assert_null(found);
    found = &turns->turns[i];
  }
  assert_non_null(found);
  return found;
}

static bool has_turn(const pi_turns *turns, pi_fact fact) {
  for (uint32_t i = 0; i < turns->turns_count; i++) {
    if (turns->turns[i].fact == fact) return true;
  }
  return false;
}

static const pi_unknown *unknown_of(const pi_turns *turns, pi_fact fact) {
  for (uint32_t i = 0; i < turns->unknowns_count; i++) {
    if (turns->unknowns[i].fact == fact) return &turns->unknowns[i];
  }
  fail_msg("%s is not among the unknown", PI_FACTS[fact].path.ptr);
  return NULL;
}

/* ---- known turning points ---- */

/* interest hyperbole × 1, bar 0.5: it turns at 0.5 exactly. */
static void test_turn_finds_the_point_to_a_millionth(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "r", "0.5", "balance:interest('h', case.context.hyperbole, 1)");
  engine_rig_load(self);
  pi_turns turns;
  engine_rig_weigh(self, "{'rule':'r'}", ASSESSED ",'hyperbole':0.123456");
  const pi_turn *turn = turn_of(find(self, &turns, NULL), PI_FACT_HYPERBOLE);
  assert_int_equal(turns.outcome, PUBINT_REMOVE);
  assert_int_equal(turn->to.micro, 500000);
  assert_int_equal(turn->distance, 500000 - 123456);
  assert_int_equal(turn->outcome, PUBINT_NOTICE);
  assert_int_equal(turn->gate, PI_GATE_COUNT);
  engine_rig_weigh(self, "{'rule':'r'}", ASSESSED ",'hyperbole':1");
  turn = turn_of(find(self, &turns, NULL), PI_FACT_HYPERBOLE);
  assert_int_equal(turn->to.micro, 499999);
}

/* A window with an edge on either side: the nearer edge wins, also where the farther one is met first. */
static void test_turn_takes_the_nearer_side(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "r", "0",
                    "local h = case.context.hyperbole\n"
                    "balance:condition('window', h > 0.2 and h < 0.25)");
  engine_rig_load(self);
  pi_turns turns;
  engine_rig_weigh(self, "{'rule':'r'}", ASSESSED ",'hyperbole':0.21");
  const pi_turn *turn = turn_of(find(self, &turns, NULL), PI_FACT_HYPERBOLE);
  assert_int_equal(turn->to.micro, 200000);
  engine_rig_weigh(self, "{'rule':'r'}", ASSESSED ",'hyperbole':0.2265");
  turn = turn_of(find(self, &turns, NULL), PI_FACT_HYPERBOLE);
  assert_int_equal(turn->to.micro, 250000);
  engine_rig_weigh(self, "{'rule':'r'}", ASSESSED ",'hyperbole':0.2249");
  turn = turn_of(find(self, &turns, NULL), PI_FACT_HYPERBOLE);
  assert_int_equal(turn->to.micro, 200000);
}

/* Both edges lie within a step: the step below is the nearer one, and the edge above the nearer edge. */
static void test_turn_takes_the_nearer_of_two_within_a_step(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "r", "0",
                    "local h = case.context.hyperbole\n"
                    "balance:condition('window', h > 0.5011 and h < 0.507)");
  engine_rig_load(self);
  pi_turns turns;
  engine_rig_weigh(self, "{'rule':'r'}", ASSESSED ",'hyperbole':0.5045");
  const pi_turn *turn = turn_of(find(self, &turns, NULL), PI_FACT_HYPERBOLE);
  assert_int_equal(turn->to.micro, 507000);
  assert_int_equal(turn->distance, 2500);
  engine_rig_weigh(self, "{'rule':'r'}", ASSESSED ",'hyperbole':0.504");
  turn = turn_of(find(self, &turns, NULL), PI_FACT_HYPERBOLE);
  assert_int_equal(turn->to.micro, 501100);
}

static void test_turn_can_be_stopped(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "r", "0", "balance:harm('h', case.context.hyperbole * 0, 1)");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'r'}", ASSESSED ",'hyperbole':0.5");
  pi_turns turns;
  const pi_stop stop = {.asked = 1};
  find(self, &turns, &(pi_turn_options){.stop = &stop});
  assert_false(turns.complete);
  assert_int_equal(turns.evaluations, 1);
}

/* However many markets have a script, each is tried. */
static void test_turn_tries_more_markets_than_a_hundred(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "r", "0", "");
  for (char a = 'A'; a <= 'D'; a++) {
    for (char b = 'A'; b <= 'Z'; b++) {
      const char market[] = {a, b, '\0'};
      policy_maker_market(&self->maker, market, a == 'D' && b == 'Z' ? "balance:harm('h', 1, 1)" : "");
    }
  }
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'r'}", ASSESSED ",'market':'AA'");
  pi_turns turns;
  find(self, &turns, NULL);
  assert_memory_equal(turn_of(&turns, PI_FACT_MARKET)->to.string.ptr, "DZ", 2);
}

static void test_turn_tries_each_word_and_both_flags(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "r", "0",
                    "local t = case.context.target.kind\n"
                    "balance:condition('c', t == 'official' or t == 'group')\n"
                    "balance:condition('l', case.account.office.leadership)");
  engine_rig_load(self);
  engine_rig_evaluate(
      self,
      "{'id':'c','account':{'verified':true,'followers_count':200000,'office':{'status':"
      "'candidate','branch':'executive','leadership':true}},'violations':[{'rule':'r'}],'context':{" ASSESSED
      ",'target':{'kind':'official'}}}");
  pi_turns turns;
  find(self, &turns, NULL);
  unsigned words = 0;
  for (uint32_t i = 0; i < turns.turns_count; i++) {
    if (turns.turns[i].fact != PI_FACT_TARGET_KIND) continue;
    assert_int_not_equal(turns.turns[i].to.word, PI_TARGET_GROUP);
    assert_int_equal(turns.turns[i].distance, PI_MICRO);
    words++;
  }
  assert_int_equal(words, 5);
  const pi_turn *turn = turn_of(&turns, PI_FACT_OFFICE_LEADERSHIP);
  assert_false(turn->to.boolean);
  assert_int_equal(turn->gate, PI_GATE_COUNT); /* a candidate's gate does not look at it: the script does */
}

/* Strengths by distance, then words, then gates. */
static void test_turn_sorts_nearest_first(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "r", "0",
                    "local c = case.context\n"
                    "balance:harm('a', c.hyperbole, 5)\n"
                    "balance:harm('b', c.sole_source, 10)\n"
                    "balance:harm('t', c.target.kind == 'public' and 1 or 0, 10)\n"
                    "balance:interest('i', 1, 2)");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'r'}", ASSESSED ",'hyperbole':0,'sole_source':0,'target':{'kind':'none'}");
  pi_turns turns;
  find(self, &turns, NULL);
  assert_true(turns.turns_count >= 3);
  assert_int_equal(turns.turns[0].fact, PI_FACT_SOLE_SOURCE);
  assert_int_equal(turns.turns[0].to.micro, 200001);
  assert_int_equal(turns.turns[1].fact, PI_FACT_HYPERBOLE);
  assert_int_equal(turns.turns[2].fact, PI_FACT_PUBLIC_CONCERN); /* the host's condition reads it (R003) */
  assert_int_equal(turns.turns[2].to.micro, 0);
  assert_int_equal(turns.turns[3].fact, PI_FACT_TARGET_KIND);
  for (uint32_t i = 4; i < turns.turns_count; i++) assert_int_not_equal(turns.turns[i].gate, PI_GATE_COUNT);
}

/* ---- gates ---- */

static void test_turn_names_the_gate_with_its_distance(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "r", "0", "");
  engine_rig_load(self);
  pi_turns turns;
  engine_rig_weigh(self, "{'rule':'r'}", ASSESSED);
  const pi_turn *turn = turn_of(find(self, &turns, NULL), PI_FACT_ACCOUNT_FOLLOWERS_COUNT);
  assert_int_equal(turn->gate, PI_GATE_FOLLOWERS);
  assert_int_equal(turn->to.count, PI_FOLLOWERS_LIMIT);
  assert_int_equal(turn->distance, 100000);
  assert_int_equal(turn->basis, PUBINT_NOT_ELIGIBLE);

  engine_rig_evaluate(
      self, "{'id':'c','account':{'verified':true,'followers_count':100000,'office':{'status':"
            "'candidate','branch':'executive'}},'violations':[{'rule':'r'}],'context':{" ASSESSED "}}");
  turn = turn_of(find(self, &turns, NULL), PI_FACT_ACCOUNT_FOLLOWERS_COUNT);
  assert_int_equal(turns.outcome, PUBINT_REMOVE);
  assert_int_equal(turn->to.count, PI_FOLLOWERS_LIMIT + 1);
  assert_int_equal(turn->distance, 1);
  assert_int_equal(turn->outcome, PUBINT_NOTICE);
}

static void test_turn_two_failed_gates_leave_nothing(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "r", "0", "");
  engine_rig_load(self);
  engine_rig_evaluate(
      self, "{'id':'c','account':{'verified':false,'followers_count':1,'office':{'status':"
            "'candidate','branch':'executive'}},'violations':[{'rule':'r'}],'context':{" ASSESSED "}}");
  pi_turns turns;
  find(self, &turns, NULL);
  assert_int_equal(turns.state, PI_TURNS_TRIED);
  assert_int_equal(turns.turns_count, 0);
}

/* ---- what nothing turns ---- */

static void test_turn_violations_decide_what_is_never_excepted(void **state) {
  engine_rig *self = *state;
  engine_rig_load(self);
  pi_turns turns;
  engine_rig_weigh(self, "{'rule':'terrorism'}", ASSESSED);
  find(self, &turns, NULL);
  assert_int_equal(turns.state, PI_TURNS_VIOLATIONS_DECIDE);
  assert_int_equal(turns.evaluations, 1);
  engine_rig_weigh(self, "", ASSESSED);
  assert_int_equal(find(self, &turns, NULL)->state, PI_TURNS_VIOLATIONS_DECIDE);
}

static void test_turn_does_not_measure_a_failing_script(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "r", "0", "error 'no'");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'r'}", ASSESSED);
  pi_turns turns;
  find(self, &turns, NULL);
  assert_int_equal(turns.state, PI_TURNS_SCRIPT_FAILED);
  assert_int_equal(turns.evaluations, 1);
}

static void test_turn_stops_at_its_bound(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "r", "0", "balance:harm('h', case.context.hyperbole * 0, 1)");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'r'}", ASSESSED ",'hyperbole':0.5");
  pi_turns turns;
  find(self, &turns, &(pi_turn_options){.evaluations_max = 40});
  assert_false(turns.complete);
  assert_int_equal(turns.evaluations, 40);
  find(self, &turns, &(pi_turn_options){.step_micro = 250000});
  assert_true(turns.complete);
  assert_false(has_turn(&turns, PI_FACT_HYPERBOLE));
}

/* A policy within every limit whose scripts take half of their instructions: what is left is named, and the
 * answer is the same again, whatever the state has seen in between. */
static void test_turn_stops_at_its_instructions(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "r", "0",
                    "local n = 0 for i = 1, 20000 do n = n + 1 end\n"
                    "balance:harm('h', case.context.hyperbole * 0, 1)");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'r'}", ASSESSED ",'hyperbole':0.5");
  static pi_turns first, second, whole;
  const pi_turn_options bounded = {.instructions_max = 1000000}, known = {.step_micro = 250000};
  find(self, &whole, &known);
  find(self, &first, &bounded);
  assert_false(first.complete);
  assert_true(first.instructions >= bounded.instructions_max && first.instructions < 1100000);
  assert_true(first.evaluations > 5 && first.evaluations < 50);
  assert_true((first.left & PI_FACT_BIT(PI_FACT_HYPERBOLE)) != 0);
  find(self, &whole, &known);
  assert_true(whole.complete);
  assert_int_equal(whole.left, 0);
  find(self, &second, &bounded);
  assert_int_equal(second.evaluations, first.evaluations);
  assert_int_equal(second.instructions, first.instructions);
  assert_int_equal(second.left, first.left);
  assert_int_equal(second.turns_count, first.turns_count);
}

/* ---- the unknown ---- */

/* One of five facts that nobody assessed settles nothing; the five together do. */
static void test_turn_unknown_harms_count_together(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "r", "0",
                    "balance:interest('i', 1, 1) balance:harm('c', case.context.call_to_action, 6)");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'r'}", "'hyperbole':1");
  pi_turns turns;
  find(self, &turns, NULL);
  assert_int_equal(turns.outcome, PUBINT_REVIEW);
  assert_int_equal(turns.unknowns_count, 5);
  const pi_unknown *unknown = unknown_of(&turns, PI_FACT_CALL_TO_ACTION);
  assert_int_equal(unknown->trials_count, 1); /* 0 leaves four unassessed, 1 outweighs the interest */
  assert_int_equal(unknown->trials[0].value.micro, PI_MICRO);
  assert_int_equal(unknown->trials[0].outcome, PUBINT_REMOVE);
  assert_int_equal(unknown_of(&turns, PI_FACT_HARM_SEVERITY)->trials_count, 0);
  unknown = unknown_of(&turns, PI_FACT_PUBLIC_CONCERN);
  assert_int_equal(unknown->trials_count, 1); /* none of it removes, whatever else is unassessed (R003) */
  assert_int_equal(unknown->trials[0].value.micro, 0);
  assert_int_equal(unknown->trials[0].outcome, PUBINT_REMOVE);
  assert_true(turns.together);
  assert_int_equal(turns.best, PUBINT_NOTICE);
  assert_int_equal(turns.worst, PUBINT_REMOVE);
}

static void test_turn_unknown_market_tries_each_script(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "r", "0", "");
  policy_maker_market(&self->maker, "NL", "balance:harm('h', 1, 1)");
  policy_maker_market(&self->maker, "BE", "");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'r'}", ASSESSED);
  pi_turns turns;
  find(self, &turns, NULL);
  const pi_unknown *unknown = unknown_of(&turns, PI_FACT_MARKET);
  assert_int_equal(unknown->trials_count, 1);
  assert_memory_equal(unknown->trials[0].value.string.ptr, "NL", 2);
  engine_rig_weigh(self, "{'rule':'r'}", ASSESSED ",'market':'BE'");
  find(self, &turns, NULL);
  const pi_turn *turn = turn_of(&turns, PI_FACT_MARKET);
  assert_memory_equal(turn->to.string.ptr, "NL", 2);
  assert_int_equal(turn->outcome, PUBINT_REMOVE);
}

static void test_turn_text_that_is_unknown_is_not_tried(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "r", "0", "local t = case.tweet.text");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'r'}", ASSESSED);
  pi_turns turns;
  find(self, &turns, NULL);
  assert_false(unknown_of(&turns, PI_FACT_TWEET_TEXT)->tried);
}

/* A blue badge is known and settles nothing: the other words are tried, and what it is stays out of it. */
static void test_turn_what_settles_nothing_counts_as_unknown(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "r", "0", "");
  engine_rig_load(self);
  engine_rig_evaluate(
      self,
      "{'id':'c','account':{'verified':true,'verified_type':'blue','followers_count':"
      "200000,'office':{'status':'candidate','branch':'executive'}},'violations':[{'rule':'r'}],'context':{" ASSESSED
      "}}");
  pi_turns turns;
  find(self, &turns, NULL);
  const pi_unknown *unknown = unknown_of(&turns, PI_FACT_ACCOUNT_VERIFIED_TYPE);
  assert_int_equal(unknown->trials_count, 3);
  for (uint8_t i = 0; i < 3; i++) assert_int_equal(unknown->trials[i].outcome, PUBINT_NOTICE);
  assert_false(has_turn(&turns, PI_FACT_ACCOUNT_VERIFIED_TYPE));
}

/* R095: that nobody said whether the text holds private data is no fact that could be set, and is tried as
 * "none" all the same, by itself and with all else that is unknown. */
static void test_turn_unknown_spans(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "private_information", "0", "");
  policy_maker_rule(&self->maker, "r", "0", "");
  engine_rig_load(self);
  static const struct {
    const char *violations, *context;
    bool unknown;
    pubint_outcome spans, best, worst;
  } ROWS[] = {
      {"{'rule':'private_information','kind':'threat'}", ASSESSED, true, PUBINT_NOTICE, PUBINT_NOTICE,
       PUBINT_NOTICE},
      {"{'rule':'private_information','kind':'threat'}", HARM_ASSESSED, true, PUBINT_REVIEW, PUBINT_NOTICE,
       PUBINT_REMOVE},
      {"{'rule':'private_information','kind':'threat'},{'rule':'private_information','kind':'incitement'},"
       "{'rule':'r'}",
       ASSESSED, true, PUBINT_NOTICE, PUBINT_NOTICE, PUBINT_NOTICE},
      {"{'rule':'private_information','kind':'threat','spans':[]}", ASSESSED, false, 0, 0, 0},
      {"{'rule':'private_information','kind':'posted'}", ASSESSED, false, 0, 0,
       0}, /* removed: none can be left out */
      {"{'rule':'r'}", ASSESSED, false, 0, 0, 0},
  };
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
    pi_turns turns;
    engine_rig_weigh(self, ROWS[i].violations, ROWS[i].context);
    find(self, &turns, NULL);
    assert_int_equal(turns.spans_unknown, ROWS[i].unknown);
    assert_int_equal(turns.spans_tried, ROWS[i].unknown);
    assert_int_equal(turns.together, ROWS[i].unknown);
    if (!ROWS[i].unknown) continue;
    assert_int_equal(turns.spans, ROWS[i].spans);
    assert_int_equal(turns.best, ROWS[i].best);
    assert_int_equal(turns.worst, ROWS[i].worst);
  }
}

/* R027: an office that nobody told of may be one that passes, which takes its branch as well as its status.
 */
static void test_turn_unknown_office_may_be_any(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "r", "0", "");
  engine_rig_load(self);
  static const struct {
    const char *office;
    pubint_outcome best;
  } ROWS[] = {
      {"{}", PUBINT_NOTICE},
      {"{'branch':'legislative'}", PUBINT_NOTICE},
      {"{'status':'candidate'}", PUBINT_NOTICE},
      {"{'status':'nominee','branch':'judicial'}", PUBINT_NOTICE}, /* what it is settles nothing */
      {"{'branch':'other'}", PUBINT_REMOVE},
  };
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
    char text[512];
    (void)snprintf(text, sizeof text,
                   "{'id':'c','account':{'verified':true,'followers_count':200000,'office':%s},'violations':["
                   "{'rule':'r'}],'context':{" ASSESSED "}}",
                   ROWS[i].office);
    pi_turns turns;
    engine_rig_evaluate(self, text);
    find(self, &turns, NULL);
    assert_int_equal(turns.outcome, PUBINT_REVIEW);
    assert_true(turns.together);
    assert_int_equal(turns.best, ROWS[i].best);
    assert_int_equal(turns.worst, PUBINT_REMOVE);
  }
}

/* ---- real cases under the reference policy ---- */

static pubint_outcome outcome_with(engine_rig *self, pi_fact fact, pi_value value) {
  pi_case changed = self->input->facts;
  changed.facts[fact] = value;
  changed.known |= PI_FACT_BIT(fact);
  const pubint_evaluation *evaluation;
  pubint_error error;
  assert_int_equal(pi_engine_evaluate(self->engine, &changed, &evaluation, &error), PUBINT_OK);
  return evaluation->outcome;
}

/* Each change turns the case as it says, and a millionth less does not. */
static uint32_t check_turns(engine_rig *self, const pi_turns *turns) {
  for (uint32_t i = 0; i < turns->turns_count; i++) {
    const pi_turn *turn = &turns->turns[i];
    assert_int_not_equal(turn->outcome, turns->outcome);
    assert_int_equal(outcome_with(self, turn->fact, turn->to), turn->outcome);
    if (PI_FACTS[turn->fact].type != PI_TYPE_STRENGTH) continue;
    int32_t back = turn->to.micro > turn->from.micro ? -1 : 1;
    assert_int_equal(outcome_with(self, turn->fact, (pi_value){.micro = turn->to.micro + back}),
                     turns->outcome);
  }
  for (uint32_t i = 0; i < turns->unknowns_count; i++) {
    const pi_unknown *unknown = &turns->unknowns[i];
    for (uint8_t j = 0; j < unknown->trials_count; j++) {
      assert_int_equal(outcome_with(self, unknown->fact, unknown->trials[j].value),
                       unknown->trials[j].outcome);
    }
  }
  return turns->turns_count;
}

/* On a grid of 1e-3 no strength turns it nearer than it is said to, or at all where none is said to. */
static uint32_t brute_force(engine_rig *self, const pi_turns *turns) {
  uint32_t tried = 0;
  for (int f = 0; f < PI_FACT_COUNT; f++) {
    pi_fact fact = (pi_fact)f;
    if (PI_FACTS[fact].type != PI_TYPE_STRENGTH || !pi_case_knows(&self->input->facts, fact)) continue;
    int32_t from = self->input->facts.facts[fact].micro;
    int64_t nearest = has_turn(turns, fact) ? turn_of(turns, fact)->distance : 2 * PI_MICRO;
    for (int32_t at = 0; at <= PI_MICRO; at += 1000, tried++) {
      int64_t distance = at > from ? at - from : from - at;
      if (distance >= nearest) continue;
      assert_int_equal(outcome_with(self, fact, (pi_value){.micro = at}), turns->outcome);
    }
  }
  return tried;
}

/* Every proposal on the first cases of the file, and brute force on some. */
static void test_turn_holds_on_real_cases(void **state) {
  engine_rig *self = *state;
  enum { CASES = 150, BRUTE_EVERY = 30 };
  size_t length = 0;
  char *text = files_read(PI_SOURCE_DIR "/../shared/data/real_text_cases.jsonl", &length);
  if (text == NULL) {
    print_message("the shared data is not here: not tried on real cases\n");
    return;
  }
  engine_rig_load_folder(self, PI_SOURCE_DIR "/scripts");
  uint32_t cases = 0, turned = 0, forced = 0;
  char *rest = text;
  for (char *line; cases < CASES && (line = strsep(&rest, "\n")) != NULL && line[0] != '\0'; cases++) {
    pubint_error error;
    pubint_case_free(self->input);
    assert_int_equal(pubint_case_parse(&self->input, line, strlen(line), &error), PUBINT_OK);
    pi_turns turns;
    find(self, &turns, NULL);
    assert_true(turns.complete);
    turned += check_turns(self, &turns);
    if (cases % BRUTE_EVERY == 0) forced += brute_force(self, &turns);
  }
  free(text);
  print_message("%u cases, %u turns checked, %u values tried by brute force\n", cases, turned, forced);
  assert_true(turned > 0);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      RIG_TEST(test_turn_finds_the_point_to_a_millionth),
      RIG_TEST(test_turn_takes_the_nearer_side),
      RIG_TEST(test_turn_takes_the_nearer_of_two_within_a_step),
      RIG_TEST(test_turn_can_be_stopped),
      RIG_TEST(test_turn_tries_more_markets_than_a_hundred),
      RIG_TEST(test_turn_tries_each_word_and_both_flags),
      RIG_TEST(test_turn_sorts_nearest_first),
      RIG_TEST(test_turn_names_the_gate_with_its_distance),
      RIG_TEST(test_turn_two_failed_gates_leave_nothing),
      RIG_TEST(test_turn_violations_decide_what_is_never_excepted),
      RIG_TEST(test_turn_does_not_measure_a_failing_script),
      RIG_TEST(test_turn_stops_at_its_bound),
      RIG_TEST(test_turn_stops_at_its_instructions),
      RIG_TEST(test_turn_unknown_harms_count_together),
      RIG_TEST(test_turn_unknown_market_tries_each_script),
      RIG_TEST(test_turn_text_that_is_unknown_is_not_tried),
      RIG_TEST(test_turn_what_settles_nothing_counts_as_unknown),
      RIG_TEST(test_turn_unknown_spans),
      RIG_TEST(test_turn_unknown_office_may_be_any),
      RIG_TEST(test_turn_holds_on_real_cases),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
