/* Counting evaluations: exact sums, tallies, sheets, what is unknown, and decisions against outcomes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agreement.h"
#include "engine_rig.h"
#include "stats.h"
#include "test.h"

/* ---- figures ---- */

static int64_t average_of(const int64_t *nanos, size_t count) {
  pi_exact_sum sum = {0};
  for (size_t i = 0; i < count; i++) pi_exact_add(&sum, nanos[i]);
  return pi_exact_average(&sum);
}

static void test_figures_averages_are_exact_and_rounded_half_up(void **state) {
  (void)state;
  assert_int_equal(average_of((int64_t[]){1, 0}, 2), 0);
  assert_int_equal(average_of((int64_t[]){1000, 0}, 2), 1);   /* 0.0000005 */
  assert_int_equal(average_of((int64_t[]){-1000, 0}, 2), 0);  /* -0.0000005, half up */
  assert_int_equal(average_of((int64_t[]){-1001, 0}, 2), -1); /* below the half */
  assert_int_equal(average_of((int64_t[]){1499, 1499}, 2), 1);
  assert_int_equal(average_of((int64_t[]){1 * PI_NANO, 2 * PI_NANO, 2 * PI_NANO}, 3), 1666667);
  assert_int_equal(average_of((int64_t[]){-1 * PI_NANO, -2 * PI_NANO, -2 * PI_NANO}, 3), -1666667);
  assert_int_equal(average_of((int64_t[]){-PI_NANO, PI_NANO}, 2), 0);
  assert_int_equal(average_of(NULL, 0), 0);
  pi_exact_sum large = {0}; /* beyond what 64 bits of billionths hold */
  for (int i = 0; i < 1000; i++) pi_exact_add(&large, INT64_MAX / 2);
  assert_int_equal(pi_exact_average(&large), INT64_MAX / 2 / 1000 + 1);
}

static void test_figures_for_people(void **state) {
  (void)state;
  char out[PI_BAR_BYTES];
  assert_true(pi_slice_equal(pi_figure_count(out, 1234567), PI_SLICE("1,234,567")));
  assert_true(pi_slice_equal(pi_figure_count(out, 999), PI_SLICE("999")));
  assert_true(pi_slice_equal(pi_figure_share(out, 1, 3), PI_SLICE("33.3%")));
  assert_true(pi_slice_equal(pi_figure_share(out, 2, 3), PI_SLICE("66.7%")));
  assert_true(pi_slice_equal(pi_figure_share(out, 1, 2000), PI_SLICE("0.1%")));
  assert_true(pi_slice_equal(pi_figure_share(out, 1, 2001), PI_SLICE("0.0%")));
  assert_true(pi_slice_equal(pi_figure_share(out, 9999, 10000), PI_SLICE("99.9%")));
  assert_true(pi_slice_equal(pi_figure_share(out, 7, 7), PI_SLICE("100.0%")));
  assert_true(pi_slice_equal(pi_figure_share(out, 0, 0), PI_SLICE("–")));
  assert_true(pi_slice_equal(pi_figure_decimal(out, -1500, 3, true), PI_SLICE("−1.5")));
  assert_true(pi_slice_equal(pi_figure_decimal(out, 2, 0, true), PI_SLICE("+2")));
  assert_true(pi_slice_equal(pi_figure_bar(out, 3, 4, 2), PI_SLICE("█▌")));
  assert_true(pi_slice_equal(pi_figure_bar(out, 1, 1000000, 2), PI_SLICE("▏")));
  assert_true(pi_slice_equal(pi_figure_bar(out, 0, 7, 2), PI_SLICE("")));
  assert_true(pi_slice_equal(pi_figure_bar(out, UINT64_MAX, UINT64_MAX, 1), PI_SLICE("█")));
}

static void test_sheet_csv_quotes_and_defuses(void **state) {
  (void)state;
  static const pi_sheet_column TEXTS[] = {{"name", "name", 0}, {"more", "more", 0}};
  static const pi_sheet_column NUMBERS[] = {{"points", "points", PI_SHEET_POINTS}, {"bar", "", PI_SHEET_BAR}};
  const pi_sheet sheet = {
      .key = "t", .title = "T", .texts = TEXTS, .texts_count = 2, .columns = NUMBERS, .columns_count = 2};
  pi_book book;
  pi_buffer out;
  pi_book_init(&book);
  pi_buffer_init(&out, 65536);
  pi_sheet *made = pi_book_sheet(&book, &sheet, 2);
  pi_sheet_row *row = pi_book_row(&book, made);
  row->texts[0] = PI_SLICE("=a\"b");
  row->texts[1] = PI_SLICE("c");
  row->values[0] = -1500000;
  row = pi_book_row(&book, made);
  row->texts[0] = PI_SLICE("d");
  row->values[0] = PI_SHEET_NONE;
  pi_book_csv(&book, &out);
  assert_string_equal(pi_buffer_end(&out),
                      "measure,name,more,cases,share,points\r\nt,\"'=a\"\"b\",c,,,-1.5\r\nt,d,,,,\r\n");
  pi_buffer_dispose(&out);
  pi_book_dispose(&book);
}

/* ---- evaluations of a small policy ---- */

#define CASE(id, context)                                                                                              \
  "{'id':'" id "','tweet':{'created_at':'2020-05-29T04:53:00Z'},'account':{'verified':true,"                           \
  "'followers_count':200000,'office':{'status':'candidate','branch':'executive'}},'violations':[{'rule':'violence'}]," \
  "'context':{" context "}}"

/* Interest counts debate twice, harm the call to action; the bar is 1. */
static const char *const CASES[] = {
    CASE("notice", ASSESSED ",'public_debate':1"),
    CASE("remove", ASSESSED ",'public_debate':0.25"),
    CASE("unknown", ASSESSED),
    CASE(
        "review",
        "'public_concern':1,'public_debate':1,'rights_interference':0,'offline_harm':{'likelihood':0,'severity':0}"),
    "{'id':'gate','account':{'verified':true,'office':{'status':'candidate','branch':'executive'}},'violations':[{'rule':'violence'}]}",
    "{'id':'none','violations':[]}",
};
enum { CASES_COUNT = sizeof CASES / sizeof *CASES };

typedef struct files {
  char cases[700], evaluations[700], decisions[700];
} files;

/* Writes the cases and their evaluations into the policy's folder. */
static void write_files(engine_rig *rig, files *out) {
  pi_buffer cases, evaluations;
  pi_buffer_init(&cases, 1024 * 1024);
  pi_buffer_init(&evaluations, 1024 * 1024);
  policy_maker_rule(&rig->maker, "violence", "1",
                    "balance:interest('debate', case.context.public_debate, 2)"
                    "balance:harm('call', case.context.call_to_action, 2)");
  engine_rig_load(rig);
  for (size_t i = 0; i < CASES_COUNT; i++) {
    char *text = engine_rig_quoted(CASES[i]);
    pi_buffer_printf(&cases, "%s\n", text);
    free(text);
    pi_buffer_printf(&evaluations, "%s\n", engine_rig_evaluate(rig, CASES[i]));
  }
  policy_maker_bytes(&rig->maker, "files/cases", cases.data, cases.len);
  policy_maker_bytes(&rig->maker, "files/evaluations", evaluations.data, evaluations.len);
  snprintf(out->cases, sizeof out->cases, "%s/files/cases", rig->maker.folder);
  snprintf(out->evaluations, sizeof out->evaluations, "%s/files/evaluations", rig->maker.folder);
  snprintf(out->decisions, sizeof out->decisions, "%s/files/decisions", rig->maker.folder);
  pi_buffer_dispose(&cases);
  pi_buffer_dispose(&evaluations);
}

static void count(engine_rig *rig, const files *names, bool with_cases, pi_stats *out) {
  const char *evaluations[] = {names->evaluations};
  pi_stats_options options = {.evaluations = evaluations,
                              .evaluations_count = 1,
                              .cases = with_cases ? names->cases : NULL,
                              .policy = rig->policy};
  pubint_error error;
  pubint_status status = pi_stats_count(out, &options, &error);
  if (status != PUBINT_OK) fail_msg("E%u %s", error.code, error.message);
}

static void test_stats_counts_outcomes_gates_margins_and_factors(void **state) {
  engine_rig *rig = *state;
  files names;
  pi_stats stats;
  write_files(rig, &names);
  count(rig, &names, false, &stats);
  assert_int_equal(stats.evaluated, CASES_COUNT);
  assert_int_equal(stats.cases[PUBINT_NOTICE][PUBINT_WEIGHED], 1);
  assert_int_equal(stats.cases[PUBINT_REMOVE][PUBINT_WEIGHED], 2);
  assert_int_equal(stats.cases[PUBINT_REVIEW][PUBINT_UNASSESSED], 1);
  assert_int_equal(stats.cases[PUBINT_REVIEW][PUBINT_INCOMPLETE], 1);
  assert_int_equal(stats.cases[PUBINT_NO_ACTION][PUBINT_NO_VIOLATION], 1);
  assert_int_equal(stats.gates[PI_GATE_FOLLOWERS][PI_GATE_UNKNOWN], 2);
  assert_int_equal(stats.margins[1 - PI_STATS_BIN_LOW], 2);  /* 2 − 1, twice */
  assert_int_equal(stats.margins[-1 - PI_STATS_BIN_LOW], 2); /* −0.5 and −1 both begin at −1 */
  const pi_stats_rule *rule = pi_tally_find(&stats.rules, PI_SLICE("violence"));
  assert_non_null(rule);
  assert_int_equal(rule->entries, 4);
  assert_int_equal(pi_exact_average(&rule->margin), 125000); /* (1 − 0.5 − 1 + 1) / 4 */
  const pi_stats_factor *debate = pi_tally_find(&stats.factors, PI_SLICE("debate ri"));
  assert_non_null(debate);
  assert_int_equal(debate->times, 3);
  assert_int_equal(pi_exact_average(&debate->points[PUBINT_REMOVE]), 250000);
  pi_stats_dispose(&stats);
}

static void test_stats_tells_what_an_unknown_fact_can_turn(void **state) {
  engine_rig *rig = *state;
  files names;
  pi_stats stats;
  write_files(rig, &names);
  count(rig, &names, true, &stats);
  const pi_stats_fact *debate = &stats.by_fact[PI_FACT_PUBLIC_DEBATE];
  assert_int_equal(debate->unknown, 1);
  assert_int_equal(debate->tried, 1);
  assert_int_equal(debate->turned, 1);
  assert_int_equal(debate->turned_to[PUBINT_NOTICE], 1);
  const pi_stats_fact *call = &stats.by_fact[PI_FACT_CALL_TO_ACTION];
  assert_int_equal(call->unassessed, 1);
  assert_int_equal(call->alone, 1);
  assert_int_equal(call->turned, 1); /* 0 gives the notice, 1 takes it: margin 1 − 2 */
  assert_int_equal(call->turned_to[PUBINT_NOTICE], 1);
  assert_int_equal(call->turned_to[PUBINT_REMOVE], 1);
  const pi_stats_fact *followers = &stats.by_fact[PI_FACT_ACCOUNT_FOLLOWERS_COUNT];
  assert_int_equal(followers->missing, 2); /* also of the case that breaks no rule */
  assert_int_equal(followers->alone, 1);
  assert_int_equal(followers->turned_to[PUBINT_REMOVE], 1);
  const pi_stats_group *month = pi_tally_find(&stats.months, PI_SLICE("2020-05"));
  assert_non_null(month);
  assert_int_equal(month->outcomes[PUBINT_NOTICE], 1);
  pi_stats_dispose(&stats);
}

static void test_agreement_counts_decisions_and_what_each_factor_does(void **state) {
  engine_rig *rig = *state;
  files names;
  pi_agreement agreement;
  pubint_error error;
  write_files(rig, &names);
  char *decisions = engine_rig_quoted("{'id':'notice','decision':'remove','reason':'no'}\n"
                                      "{'id':'remove','decision':'remove','decided_by':'x'}\n"
                                      "{'id':'review','decision':'notice'}\n"
                                      "{'id':'ghost','decision':'notice','reason':null}\n");
  policy_maker_text(&rig->maker, "files/decisions", decisions);
  free(decisions);
  const char *evaluations[] = {names.evaluations};
  assert_int_equal(pi_agreement_count(&agreement, evaluations, 1, names.decisions, &error), PUBINT_OK);
  assert_int_equal(agreement.decided, 3);
  assert_int_equal(pi_agreement_agreed(&agreement), 1);
  assert_int_equal(agreement.overrides_count, 1);
  assert_int_equal(agreement.without_decision, 3);
  assert_int_equal(agreement.without_case, 1);
  const pi_agreement_rule *rule = pi_tally_find(&agreement.rules, PI_SLICE("violence"));
  assert_non_null(rule);
  assert_int_equal(rule->recommended, 1);
  assert_int_equal(rule->given, 1); /* in review: missed */
  assert_int_equal(rule->both, 0);
  const pi_agreement_factor *debate = pi_tally_find(&agreement.factors, PI_SLICE("debate ri"));
  assert_non_null(debate);
  assert_int_equal(debate->cases, 3);
  assert_int_equal(debate->gained, 1); /* without it the notice would be removed, as people decided */
  assert_int_equal(debate->lost, 0);
  assert_null(pi_tally_find(&agreement.factors, PI_SLICE("call rh"))); /* it has no points anywhere */
  pi_agreement_dispose(&agreement);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_figures_averages_are_exact_and_rounded_half_up),
      cmocka_unit_test(test_figures_for_people),
      cmocka_unit_test(test_sheet_csv_quotes_and_defuses),
      RIG_TEST(test_stats_counts_outcomes_gates_margins_and_factors),
      RIG_TEST(test_stats_tells_what_an_unknown_fact_can_turn),
      RIG_TEST(test_agreement_counts_decisions_and_what_each_factor_does),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
