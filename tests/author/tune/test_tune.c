/* Tuning against brute force: a script edited, and every case evaluated again. With PUBINT_DEEP set, more
 * cases and values. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine_rig.h"
#include "evaluate.h"
#include "files.h"
#include "line.h"
#include "policy_load.h"
#include "sample.h"
#include "trial.h"
#include "tune_report.h"

enum { SHALLOW_CASES = 200, DEEP_CASES = 2000, SHALLOW_VALUES = 3, DEEP_VALUES = 20 };

static bool is_deep(void) {
  return getenv("PUBINT_DEEP") != NULL;
}

/* ---- cases ---- */

typedef struct corpus {
  char folder[512];
  char file[600];
  pi_arena arena;
  pi_buffer text;
  pi_slice *lines;
  uint32_t count;
  uint8_t *was; /* outcomes as the policy is */
} corpus;

static void corpus_begin(corpus *self, uint64_t seed, uint32_t count) {
  static const pi_slice MARKETS[] = {PI_SLICE_INIT("NL"), PI_SLICE_INIT("IN")};
  const pi_sample_plan plan = {.seed = seed, .eligible = true, .markets = MARKETS, .markets_count = 2};
  memset(self, 0, sizeof *self);
  files_make_folder(self->folder, sizeof self->folder);
  snprintf(self->file, sizeof self->file, "%.500s/cases.jsonl", self->folder);
  pi_arena_init(&self->arena, 1 << 16, (size_t)1 << 28);
  pi_buffer_init(&self->text, (size_t)1 << 28);
  self->count = count;
  self->lines = calloc(count, sizeof *self->lines);
  self->was = calloc(count, 1);
  size_t *ends = calloc(count, sizeof *ends);
  assert_true(self->lines != NULL && self->was != NULL && ends != NULL);
  for (uint32_t i = 0; i < count; i++) {
    pi_arena_reset(&self->arena);
    assert_true(pi_sample_line(&plan, i, &self->text, &self->arena));
    ends[i] = self->text.len;
    pi_buffer_text(&self->text, "\n");
  }
  for (uint32_t i = 0; i < count; i++) {
    size_t from = i > 0 ? ends[i - 1] + 1 : 0;
    self->lines[i] = (pi_slice){self->text.data + from, ends[i] - from};
  }
  free(ends);
  files_write(self->file, self->text.data, self->text.len);
}

static void corpus_end(corpus *self) {
  files_remove_folder(self->folder);
  pi_buffer_dispose(&self->text);
  pi_arena_dispose(&self->arena);
  free(self->lines);
  free(self->was);
}

static void evaluate_all(const corpus *self, const pubint_policy *policy, uint8_t *outcomes) {
  pi_line line;
  pubint_engine *engine = trial_engine(policy);
  pi_line_init(&line);
  for (uint32_t i = 0; i < self->count; i++) {
    const pubint_evaluation *evaluation;
    assert_int_equal(pi_line_evaluate(&line, engine, self->lines[i], i + 1, &evaluation, NULL), PUBINT_OK);
    assert_non_null(evaluation);
    outcomes[i] = (uint8_t)evaluation->outcome;
  }
  pi_line_dispose(&line);
  pubint_engine_free(engine);
}

/* The policy with that literal written otherwise: by the text alone. */
static pubint_policy *edited(const pubint_policy *policy, const pi_literal *literal, int32_t milli) {
  pi_slice source = literal->script->source, text = literal->token->text;
  pi_buffer changed;
  pubint_policy *out;
  pubint_error error;
  pi_buffer_init(&changed, 1 << 20);
  pi_buffer_append(&changed, source.ptr, (size_t)(text.ptr - source.ptr));
  pi_buffer_printf(&changed, "%d.%03d", (int)(milli / 1000), (int)(milli % 1000));
  pi_buffer_append(&changed, text.ptr + text.len, (size_t)(source.ptr + source.len - text.ptr) - text.len);
  pi_policy_change change = {literal->script->file, {changed.data, changed.len}};
  assert_int_equal(pi_policy_load_changed(&out, policy, &change, &error), PUBINT_OK);
  pi_buffer_dispose(&changed);
  return out;
}

/* ---- against brute force ---- */

/* `files` and `options` are what the tune refers to. */
typedef struct tuned_corpus {
  const char *files[1];
  pi_tune_options options;
  pi_tune tune;
} tuned_corpus;

static void tune_corpus(tuned_corpus *out, const pubint_policy *policy, const corpus *cases) {
  pubint_error error;
  out->files[0] = cases->file;
  out->options.files = out->files;
  out->options.files_count = 1;
  if (out->options.threads == 0) out->options.threads = 1;
  assert_int_equal(pi_tune_run(&out->tune, policy, &out->options, &error), PUBINT_OK);
  assert_true(out->tune.complete);
  assert_int_equal(out->tune.untold, 0);
  assert_int_equal(out->tune.evaluated, cases->count);
}

static bool next_change(const pi_tune *tune, uint32_t index, size_t *next, pi_tune_change *out) {
  while (*next < pi_tune_changes(tune)) {
    *out = pi_tune_change_at(tune, (*next)++);
    if (out->number == index) return true;
  }
  return false;
}

/* One number at one value: as many outcomes change each way, and, where they were listed, the very same. */
static void compare(const pi_tune *tune, const corpus *cases, uint32_t index, int32_t at) {
  const pi_literal *literal = tune->numbers.items[index].literal;
  bool listed = tune->options->has_at && tune->options->at == at;
  uint8_t *outcomes = calloc(cases->count, 1);
  uint64_t by[PI_DIRECTIONS] = {0};
  size_t next = 0;
  pi_tune_change change;
  assert_non_null(outcomes);
  pubint_policy *changed = edited(tune->policy, literal, at);
  evaluate_all(cases, changed, outcomes);
  for (uint32_t i = 0; i < cases->count; i++) {
    if (outcomes[i] == cases->was[i]) continue;
    by[pi_diff_direction((pubint_outcome)cases->was[i], (pubint_outcome)outcomes[i])]++;
    if (!listed) continue;
    assert_true(next_change(tune, index, &next, &change));
    assert_int_equal(change.place.line, i + 1);
    assert_int_equal(change.was, cases->was[i]);
    assert_int_equal(change.becomes, outcomes[i]);
  }
  if (listed) assert_false(next_change(tune, index, &next, &change));
  pi_curve_point point = pi_curve_at(&tune->curves[index], at);
  for (int d = 0; d < PI_DIRECTIONS; d++) {
    if (by[d] != point.by[d])
      print_error("%s:%u:%u at %d\n", literal->script->file.ptr, literal->token->line, literal->token->column,
                  (int)at);
    assert_int_equal(by[d], point.by[d]);
  }
  pubint_policy_free(changed);
  free(outcomes);
}

/* Both sides of the turns nearest to where the number stands. */
static void compare_turns(const pi_tune *tune, const corpus *cases, uint32_t index) {
  const pi_number *number = &tune->numbers.items[index];
  int32_t turn;
  if (pi_curve_next(&tune->curves[index], number->milli, &turn)) {
    compare(tune, cases, index, turn);
    compare(tune, cases, index, turn - 1);
  }
  if (pi_curve_before(&tune->curves[index], number->milli + 1, &turn)) {
    compare(tune, cases, index, turn);
    compare(tune, cases, index, turn - 1);
  }
}

/* Every number at so many values that are drawn; a bar at as many more. */
static void expect_brute_force(const pubint_policy *policy, const corpus *cases, uint32_t values) {
  trial_dice dice = {7};
  evaluate_all(cases, policy, cases->was);
  for (uint32_t v = 0; v < values; v++) {
    int32_t at = 1 + (int32_t)trial_roll(&dice, v % 4 == 2 ? 1000 : PI_WEIGHT_MAX);
    int32_t bar = (int32_t)trial_roll(&dice, v % 2 == 0 ? 20000 : PI_BAR_MAX + 1);
    tuned_corpus tuned = {.options = {.has_at = true, .at = at}};
    tune_corpus(&tuned, policy, cases);
    for (uint32_t n = 0; n < tuned.tune.numbers.count; n++) {
      compare(&tuned.tune, cases, n, at);
      if (tuned.tune.numbers.items[n].bar) compare(&tuned.tune, cases, n, bar);
      if (v == 0) compare_turns(&tuned.tune, cases, n);
    }
    pi_tune_dispose(&tuned.tune);
  }
}

static void test_tune_agrees_with_brute_force(void **state) {
  (void)state;
  corpus cases;
  trial folder;
  trial_make(&folder);
  pubint_policy *policy = trial_load(&folder);
  corpus_begin(&cases, 2, is_deep() ? DEEP_CASES : SHALLOW_CASES);
  expect_brute_force(policy, &cases, is_deep() ? DEEP_VALUES : SHALLOW_VALUES);
  corpus_end(&cases);
  pubint_policy_free(policy);
  trial_remove(&folder);
}

/* ---- which literals are numbers ---- */

static void write_numbers(const pi_numbers *numbers, char *out, size_t size) {
  out[0] = '\0';
  for (uint32_t n = 0; n < numbers->count; n++) {
    char what[PI_TUNE_TEXT_BYTES], place[PI_TUNE_TEXT_BYTES];
    size_t length = strlen(out);
    snprintf(out + length, size - length, "%s %s\n", pi_tune_place(place, numbers->items[n].literal).ptr,
             pi_tune_what(what, &numbers->items[n]).ptr);
  }
}

static void test_tune_takes_literals_however_they_reach_a_weight(void **state) {
  engine_rig *rig = *state;
  policy_maker_text(&rig->maker, "lib/w.lua",
                    "local w = { bar = 1.5, base = 2 }\n"
                    "function w.put(balance, id, s, own) balance:harm(id, s, own or 4) end\n"
                    "return w\n");
  policy_maker_text(&rig->maker, "rules/abuse_harassment.lua",
                    "local w = require 'w'\n"
                    "local HIGH, LOW = 5, 1\n"
                    "return { rule = 'abuse_harassment', class = 'possible', bar = w.bar,\n"
                    "weigh = function(case, balance)\n"
                    "  local c = case.context\n"
                    "  balance:interest('a', c.public_debate, w.base)\n"
                    "  balance:interest('b', c.record_value, c.hyperbole > 0.5 and HIGH or LOW)\n"
                    "  w.put(balance, 'c', c.call_to_action)\n"
                    "  balance:interest('d', math.max(c.heated_debate, 0.25), 3)\n"
                    "end }\n");
  policy_maker_text(&rig->maker, "rules/violence.lua",
                    "local w = require 'w'\n"
                    "return { rule = 'violence', class = 'unlikely', bar = w.bar,\n"
                    "weigh = function(case, balance)\n"
                    "  w.put(balance, 'e', case.context.call_to_action, 6)\n"
                    "  balance:interest('a', case.context.public_debate, 7)\n"
                    "end }\n");
  policy_maker_text(&rig->maker, "markets/NL.lua",
                    "return { market = 'NL', weigh = function(case, balance)\n"
                    "  balance:interest('m', case.context.record_value, 8)\n"
                    "  balance:harm('n', case.context.public_debate, 3.5)\n"
                    "end }\n");
  policy_maker_text(&rig->maker, "markets/IN.lua",
                    "return { market = 'IN', weigh = function(case, balance)\n"
                    "  balance:interest('m', case.context.record_value, 2.5)\n"
                    "  if case.context.public_debate > 0.5 then error('no') end\n"
                    "end }\n");
  engine_rig_load(rig);
  pi_numbers numbers;
  pubint_error error;
  char found[2048];
  assert_int_equal(pi_numbers_find(&numbers, rig->policy, &error), PUBINT_OK);
  write_numbers(&numbers, found, sizeof found);
  assert_string_equal(found, "rules/abuse_harassment.lua:2:19 b of abuse_harassment\n"
                             "rules/abuse_harassment.lua:2:22 b of abuse_harassment\n"
                             "rules/abuse_harassment.lua:9:58 d of abuse_harassment\n"
                             "rules/violence.lua:4:52 e of violence\n"
                             "rules/violence.lua:5:53 a of violence\n"
                             "markets/IN.lua:2:52 m of market IN\n"
                             "markets/NL.lua:2:52 m of market NL\n"
                             "markets/NL.lua:3:49 n of market NL\n"
                             "lib/w.lua:1:19 bar of 2 rules\n"
                             "lib/w.lua:1:31 a of abuse_harassment\n"
                             "lib/w.lua:2:64 c of abuse_harassment\n");
  pi_numbers_dispose(&numbers);

  corpus cases;
  corpus_begin(&cases, 3, SHALLOW_CASES);
  expect_brute_force(rig->policy, &cases, SHALLOW_VALUES);
  corpus_end(&cases);
}

static void test_tune_leaves_literals_that_do_anything_else(void **state) {
  static const struct {
    const char *body;
    const char *text; /* of the literal that is none */
    pi_number_reason reason;
  } TRIED[] = {
      {"local t = 3\nbalance:interest('a', (b.public_debate * 10 > t) and 1 or 0, 2)\n"
       "balance:interest('b', b.record_value, t)",
       "3", PI_NUMBER_IS_MORE},
      {"balance:interest('a', b.public_debate, 3 * 1.5)", "3", PI_NUMBER_IS_COMPUTED},
      {"local w = 3\nbalance:interest('a', b.public_debate, w + w)", "3", PI_NUMBER_IS_MORE},
      {"local w = 3\nbalance:interest('a', b.public_debate, w)\nbalance:harm('b', b.call_to_action, w)", "3",
       PI_NUMBER_IS_TWICE},
      {"for _, id in ipairs({ 'a', 'b' }) do balance:harm(id, b.call_to_action, 3) end", "3",
       PI_NUMBER_IS_TWICE},
      {"local w = 3\nbalance:interest('a', b.public_debate, w > 9 and 1 or w)", "3", PI_NUMBER_IS_MORE},
      {"local w = 3\nbalance:interest('a', b.public_debate, w)\nbalance:note('weight ' .. w)", "3",
       PI_NUMBER_IS_MORE},
      {"local w = 3\nbalance:interest('a', b.public_debate, w)\n"
       "balance:condition('c', b.record_value * w < 2)",
       "3", PI_NUMBER_IS_MORE},
      {"balance:interest('a', math.max(b.public_debate, 0.3), 2)", "0.3", PI_NUMBER_IS_OTHER},
      {"local v, w = 2, 3\nbalance:interest('a', b.public_debate, w == 4 and 1 or w)", "3",
       PI_NUMBER_IS_MORE},
      {"local v <const> = 3\nbalance:interest('a', b.public_debate, 5.5 == v and 1 or v)", "3",
       PI_NUMBER_IS_MORE},
      {"local m = { w = 3 }\nbalance:interest('a', b.public_debate, 4 ~= m.w and m.w or 1)", "3",
       PI_NUMBER_IS_MORE},
  };
  engine_rig *rig = *state;
  for (size_t i = 0; i < sizeof TRIED / sizeof *TRIED; i++) {
    char body[512];
    pi_numbers numbers;
    pubint_error error;
    bool there = false;
    snprintf(body, sizeof body, "local b = case.context\n%s", TRIED[i].body);
    policy_maker_rule(&rig->maker, "violence", "1", body);
    engine_rig_load(rig);
    assert_int_equal(pi_numbers_find(&numbers, rig->policy, &error), PUBINT_OK);
    for (uint32_t n = 0; n < numbers.refused_count; n++) {
      if (!pi_slice_equal(numbers.refused[n].literal->token->text, pi_slice_of(TRIED[i].text))) continue;
      if (numbers.refused[n].reason != TRIED[i].reason) print_error("%s\n", TRIED[i].body);
      assert_int_equal(numbers.refused[n].reason, TRIED[i].reason);
      there = true;
    }
    if (!there) print_error("%s\n", TRIED[i].body);
    assert_true(there);
    pi_numbers_dispose(&numbers);
  }
}

/* ---- people ---- */

/* What the policy with another bar would have decided, without its reviews. */
static void write_decisions(const corpus *cases, const char *file) {
  pi_buffer text;
  pi_buffer_init(&text, 1 << 20);
  for (uint32_t i = 0; i < cases->count; i++) {
    bool notice = cases->was[i] == PUBINT_NOTICE;
    if (!notice && cases->was[i] != PUBINT_REMOVE) continue;
    pi_buffer_printf(&text, "{\"id\":\"s4-%u\",\"decision\":\"%s\"}\n", (unsigned)i,
                     notice ? "notice" : "remove");
  }
  assert_false(text.failed);
  files_write(file, text.data, text.len);
  pi_buffer_dispose(&text);
}

static void test_tune_suggests_the_number_that_people_decided_by(void **state) {
  (void)state;
  corpus cases;
  trial folder;
  tuned_corpus tuned = {{NULL}, {0}, {0}};
  char file[600];
  trial_make(&folder);
  pubint_policy *policy = trial_load(&folder);
  corpus_begin(&cases, 4, 1200);
  tune_corpus(&tuned, policy, &cases);
  uint32_t bar = 0;
  const pi_slice none = {NULL, 0};
  while (!pi_number_touches(&tuned.tune.numbers.items[bar], false, PI_SLICE("violence"), none)) bar++;
  pubint_policy *theirs = edited(policy, tuned.tune.numbers.items[bar].literal, 6000);
  pi_tune_dispose(&tuned.tune);
  evaluate_all(&cases, theirs, cases.was);
  snprintf(file, sizeof file, "%.500s/decisions.jsonl", cases.folder);
  write_decisions(&cases, file);

  tuned.options.decisions = file;
  tune_corpus(&tuned, policy, &cases);
  const pi_suggestion *what = &tuned.tune.suggestion;
  assert_true(tuned.tune.by_people[PI_CURVE_AGREED] < tuned.tune.decided);
  assert_int_equal(what->count, 1);
  assert_int_equal(what->changes[0].number, bar);
  assert_int_equal(what->changes[0].agreed, tuned.tune.decided);
  assert_in_range(what->changes[0].to, 3501, 6000);
  pi_curve_point point = pi_curve_at(&tuned.tune.curves[bar], what->changes[0].to);
  assert_int_equal(point.by[PI_WITHDRAWN], what->withdrawn);
  assert_int_equal(point.decided[PI_CURVE_AGREED],
                   tuned.tune.decided - tuned.tune.by_people[PI_CURVE_AGREED]);
  assert_int_equal(what->granted, 0);
  pi_tune_dispose(&tuned.tune);
  pubint_policy_free(theirs);
  pubint_policy_free(policy);
  corpus_end(&cases);
  trial_remove(&folder);
}

/* ---- threads ---- */

static void test_tune_tells_the_same_for_any_number_of_threads(void **state) {
  (void)state;
  corpus cases;
  trial folder;
  pi_buffer json[2];
  trial_make(&folder);
  pubint_policy *policy = trial_load(&folder);
  corpus_begin(&cases, 5, 4000);
  for (unsigned i = 0; i < 2; i++) {
    tuned_corpus tuned = {.options = {.threads = 1 + 3 * i, .has_at = true, .at = 1250}};
    pi_buffer_init(&json[i], (size_t)1 << 28);
    tune_corpus(&tuned, policy, &cases);
    pi_tune_write(&tuned.tune, &json[i]);
    assert_false(json[i].failed);
    pi_tune_dispose(&tuned.tune);
  }
  assert_int_equal(json[0].len, json[1].len);
  assert_memory_equal(json[0].data, json[1].data, json[0].len);
  for (int i = 0; i < 2; i++) pi_buffer_dispose(&json[i]);
  corpus_end(&cases);
  pubint_policy_free(policy);
  trial_remove(&folder);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_tune_agrees_with_brute_force),
      RIG_TEST(test_tune_takes_literals_however_they_reach_a_weight),
      RIG_TEST(test_tune_leaves_literals_that_do_anything_else),
      cmocka_unit_test(test_tune_suggests_the_number_that_people_decided_by),
      cmocka_unit_test(test_tune_tells_the_same_for_any_number_of_threads),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
