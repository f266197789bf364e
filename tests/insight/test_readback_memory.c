/* Verify, stats and agreement with each allocation failed once: an error, and never a wrong result. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agreement.h"
#include "counted.h"
#include "engine_rig.h"
#include "stats.h"
#include "test.h"
#include "verify_page.h"

/* ---- what is run ---- */

typedef struct names {
  char cases[700], evaluations[700], changed[700], decisions[700];
} names;

static void write_files(engine_rig *rig, names *out) {
  static const char *const CASES[] = {
      "{'id':'a','account':{'verified':true,'followers_count':200000,'office':{'status':'candidate','branch':'executive'}},"
      "'violations':[{'rule':'violence'}],'context':{" ASSESSED "}}",
      "{'id':'b','violations':[]}",
  };
  pi_buffer cases, evaluations;
  pi_buffer_init(&cases, 65536);
  pi_buffer_init(&evaluations, 65536);
  policy_maker_rule(&rig->maker, "violence", "1",
                    "balance:interest('debate', case.context.public_debate, 2)"
                    "balance:interest('always', 1, 2)");
  engine_rig_load(rig);
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    char *text = engine_rig_quoted(CASES[i]);
    pi_buffer_printf(&cases, "%s\n", text);
    free(text);
    pi_buffer_printf(&evaluations, "%s\n", engine_rig_evaluate(rig, CASES[i]));
  }
  policy_maker_bytes(&rig->maker, "files/cases", cases.data, cases.len);
  policy_maker_bytes(&rig->maker, "files/evaluations", evaluations.data, evaluations.len);
  char *margin = strstr(pi_buffer_end(&evaluations), "\"margin\":1");
  assert_non_null(margin);
  margin[strlen("\"margin\":")] = '2';
  policy_maker_bytes(&rig->maker, "files/changed", evaluations.data, evaluations.len);
  policy_maker_text(&rig->maker, "files/decisions",
                    "{\"id\":\"a\",\"decision\":\"remove\",\"reason\":\"r\"}\n");
  const char *const files[] = {"cases", "evaluations", "changed", "decisions"};
  char *paths[] = {out->cases, out->evaluations, out->changed, out->decisions};
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    snprintf(paths[i], sizeof out->cases, "%s/files/%s", rig->maker.folder, files[i]);
  }
  pi_buffer_dispose(&cases);
  pi_buffer_dispose(&evaluations);
}

/* Shows a book in all three ways; false when memory ran out. */
static bool show(pi_book *book, pi_buffer *out) {
  pi_page page;
  pi_page_init(&page, out, PI_PAGE_WIDTH, false);
  pi_book_print(book, &page);
  pi_page_dispose(&page);
  pi_book_write(book, out);
  pi_book_csv(book, out);
  return !out->failed;
}

static bool run_verify(engine_rig *rig, const names *files, const char *evaluations, pi_buffer *out) {
  const char *cases[] = {files->cases};
  const pi_verify_options options = {
      .cases = cases, .cases_count = 1, .evaluations = evaluations, .threads = 1};
  pi_verify_result result;
  pubint_error error;
  bool done = pi_verify_run(&result, rig->policy, &options, &error) == PUBINT_OK;
  pi_page page;
  pi_page_init(&page, out, PI_PAGE_WIDTH, false);
  if (done) pi_verify_print(&page, &result, rig->policy, &options);
  pi_page_dispose(&page);
  if (done) pi_verify_write(out, &result, rig->policy);
  pi_verify_dispose(&result);
  return done && !out->failed;
}

static bool verify_same(engine_rig *rig, const names *files, pi_buffer *out) {
  return run_verify(rig, files, files->evaluations, out);
}

static bool verify_changed(engine_rig *rig, const names *files, pi_buffer *out) {
  return run_verify(rig, files, files->changed, out);
}

static bool count_stats(engine_rig *rig, const names *files, pi_buffer *out) {
  const char *evaluations[] = {files->evaluations};
  const pi_stats_options options = {
      .evaluations = evaluations, .evaluations_count = 1, .cases = files->cases, .policy = rig->policy};
  pi_stats stats;
  pi_book book;
  pubint_error error;
  pi_book_init(&book);
  bool done = pi_stats_count(&stats, &options, &error) == PUBINT_OK;
  if (done) pi_stats_book(&stats, "evaluations", &book);
  done = done && show(&book, out);
  pi_book_dispose(&book);
  pi_stats_dispose(&stats);
  return done;
}

static bool count_agreement(engine_rig *rig, const names *files, pi_buffer *out) {
  const char *evaluations[] = {files->evaluations};
  pi_agreement agreement;
  pi_book book;
  pubint_error error;
  (void)rig;
  pi_book_init(&book);
  bool done = pi_agreement_count(&agreement, evaluations, 1, files->decisions, &error) == PUBINT_OK;
  if (done) pi_agreement_book(&agreement, &book);
  done = done && show(&book, out);
  pi_book_dispose(&book);
  pi_agreement_dispose(&agreement);
  return done;
}

/* ---- the test ---- */

static void fail_each_allocation(engine_rig *rig, const names *files,
                                 bool (*run)(engine_rig *, const names *, pi_buffer *)) {
  pi_buffer good, out;
  pi_buffer_init(&good, 1024 * 1024);
  assert_true(run(rig, files, &good));
  for (uint64_t count = 0;; count++) {
    pi_buffer_init(&out, 1024 * 1024);
    counted_fail_at(count, 0);
    bool done = run(rig, files, &out);
    bool failed = counted_failed() != 0;
    counted_fail_none();
    if (done) {
      assert_int_equal(out.len, good.len);
      assert_memory_equal(out.data, good.data, good.len);
    }
    pi_buffer_dispose(&out);
    if (!failed) break;
    assert_true(count < 100000);
  }
  pi_buffer_dispose(&good);
}

static void test_evaluations_survive_every_allocation_that_fails(void **state) {
  engine_rig *rig = *state;
  names files;
  write_files(rig, &files);
  fail_each_allocation(rig, &files, verify_same);
  fail_each_allocation(rig, &files, verify_changed);
  fail_each_allocation(rig, &files, count_stats);
  fail_each_allocation(rig, &files, count_agreement);
}

int main(void) {
  const struct CMUnitTest tests[] = {RIG_TEST(test_evaluations_survive_every_allocation_that_fails)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
