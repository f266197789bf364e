/* Generated cases: all of them valid, the same for the same seed and number, and together showing every way
 * through the gates, every rule and kind, and every form of a value. */
#include <stdlib.h>
#include <string.h>

#include "case_write.h"
#include "decode.h"
#include "draw.h"
#include "errors.h"
#include "gates.h"
#include "sample.h"
#include "test.h"
#include "utf8.h"

enum { MANY = 6000, FEW = 500 };

typedef struct rig {
  pi_buffer line;
  pi_buffer other;
  pi_arena made; /* scratch of the generator */
  pi_arena read;
  pi_case input;
} rig;

static int set_up(void **state) {
  rig *self = calloc(1, sizeof *self);
  assert_non_null(self);
  pi_buffer_init(&self->line, 4 * 1024 * 1024);
  pi_buffer_init(&self->other, 4 * 1024 * 1024);
  pi_arena_init(&self->made, 65536, 16 * 1024 * 1024);
  pi_arena_init(&self->read, 65536, 16 * 1024 * 1024);
  *state = self;
  return 0;
}

static int tear_down(void **state) {
  rig *self = *state;
  pi_buffer_dispose(&self->line);
  pi_buffer_dispose(&self->other);
  pi_arena_dispose(&self->made);
  pi_arena_dispose(&self->read);
  free(self);
  return 0;
}

static pi_slice line_of(rig *self, const pi_sample_plan *plan, uint64_t number) {
  pi_buffer_reset(&self->line);
  assert_true(pi_sample_line(plan, number, &self->line, &self->made));
  return (pi_slice){self->line.data, self->line.len};
}

/* Generates case `number` and reads it as any case is read. */
static const pi_case *read_case(rig *self, const pi_sample_plan *plan, uint64_t number) {
  pubint_error error;
  pi_slice line = line_of(self, plan, number);
  pi_arena_reset(&self->read);
  if (pi_decode_case(&self->input, line, number + 1, &self->read, NULL, &error) != PUBINT_OK) {
    char text[2048];
    pubint_error_format(&error, text, sizeof text);
    fail_msg("case %llu is refused: %s\n%.*s", (unsigned long long)number, text, (int)line.len, line.ptr);
  }
  return &self->input;
}

/* ---- valid, and the same ---- */

static void test_sample_makes_valid_cases_only(void **state) {
  static const pi_sample_plan PLANS[] = {
      {.seed = 0},
      {.seed = UINT64_MAX},
      {.seed = 1, .edges = true},
      {.seed = 2, .eligible = true},
      {.seed = 3, .edges = true, .eligible = true},
  };
  rig *self = *state;
  for (size_t plan = 0; plan < sizeof PLANS / sizeof *PLANS; plan++) {
    for (uint64_t number = 0; number < MANY; number++) read_case(self, &PLANS[plan], number);
    read_case(self, &PLANS[plan], UINT64_MAX);
  }
}

/* What is spelt, in whatever way, is the case that was made: both are the same once written plainly. */
static void test_sample_spells_the_case_that_it_makes(void **state) {
  rig *self = *state;
  for (uint64_t number = 0; number < MANY; number++) {
    pi_sample_plan plan = {.seed = 5, .edges = number % 2 == 0};
    pi_case made;
    pi_buffer_reset(&self->other);
    pi_case_json(&self->other, read_case(self, &plan, number));
    pi_arena_reset(&self->made);
    assert_true(pi_sample_case(&plan, number, &made, &self->made));
    pi_buffer_reset(&self->line);
    pi_case_json(&self->line, &made);
    assert_int_equal(self->line.len, self->other.len);
    assert_memory_equal(self->line.data, self->other.data, self->line.len);
  }
}

/* Neither what came before nor what lies in memory shows. */
static void test_sample_is_a_function_of_plan_and_number(void **state) {
  rig *self = *state;
  pi_sample_plan plan = {.seed = 7};
  for (uint64_t number = FEW; number-- > 0;) {
    pi_arena fresh;
    pi_arena_init(&fresh, 1024, 16 * 1024 * 1024);
    pi_slice line = line_of(self, &plan, number);
    pi_buffer_reset(&self->other);
    assert_true(pi_sample_line(&plan, number, &self->other, &fresh));
    assert_int_equal(line.len, self->other.len);
    assert_memory_equal(line.ptr, self->other.data, line.len);
    pi_arena_dispose(&fresh);
  }
}

static void test_sample_differs_between_seeds_and_numbers(void **state) {
  rig *self = *state;
  char *last = NULL;
  size_t last_len = 0;
  for (uint64_t number = 0; number < FEW; number++) {
    pi_sample_plan plan = {.seed = number % 2};
    pi_slice line = line_of(self, &plan, number / 2);
    assert_false(last_len == line.len && memcmp(last, line.ptr, line.len) == 0);
    free(last);
    last = malloc(line.len);
    assert_non_null(last);
    memcpy(last, line.ptr, last_len = line.len);
  }
  free(last);
}

/* The generator's numbers are those of its page: splitmix64 from state 0. */
static void test_sample_draws_splitmix64(void **state) {
  (void)state;
  pi_draw draw = {0};
  assert_int_equal(pi_draw_bits(&draw), UINT64_C(0xe220a8397b1dcdaf));
  assert_int_equal(pi_draw_bits(&draw), UINT64_C(0x6e789e6aa1b965f4));
  assert_int_equal(pi_draw_bits(&draw), UINT64_C(0x06c45d188009454f));
}

/* Pinned, so that a change of what a seed means does not go unseen. */
static void test_sample_gives_what_it_gave(void **state) {
  rig *self = *state;
  pi_sample_plan plan = {.seed = 1};
  const pi_case *input = read_case(self, &plan, 0);
  pi_slice id = input->facts[PI_FACT_ID].string;
  assert_true(pi_slice_equal(id, PI_SLICE("s1-0")));
  pi_draw draw = pi_draw_begin(1, 0);
  assert_int_equal(pi_draw_bits(&draw), UINT64_C(0x46a74feaf9d61eb9));
}

/* ---- everything shows ---- */

typedef struct seen {
  pi_fact_set known, unknown;
  uint32_t words[PI_FACT_COUNT]; /* bit i: word i, or false and true */
  uint32_t results[PI_GATE_COUNT];
  uint32_t kinds[PI_RULE_COUNT + 1]; /* bit 31: without one */
  uint32_t grounds, span_kinds;
  uint32_t violations; /* bit i: so many */
  uint32_t eligibility[PI_ELIGIBLE + 1];
  uint32_t small, large; /* followers at the limit and one over */
  uint32_t spans, no_spans;
  uint32_t threats_none, threats_unknown; /* no private data in the text, and nobody looked */
  uint64_t bytes;
} seen;

static void look_at(seen *out, const pi_case *input) {
  pi_gates gates;
  out->known |= input->known;
  out->unknown |= ~input->known;
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if (!pi_case_knows(input, (pi_fact)fact)) continue;
    if (PI_FACTS[fact].type == PI_TYPE_WORD) out->words[fact] |= 1u << input->facts[fact].word;
    if (PI_FACTS[fact].type == PI_TYPE_BOOL) out->words[fact] |= 1u << input->facts[fact].boolean;
  }
  pi_gates_judge(&gates, input);
  for (int gate = 0; gate < PI_GATE_COUNT; gate++) out->results[gate] |= 1u << gates.results[gate];
  out->eligibility[gates.eligibility]++;
  out->violations |= 1u << input->violations_count;
  for (uint32_t i = 0; i < input->violations_count; i++) {
    const pi_violation *violation = &input->violations[i];
    out->kinds[violation->rule] |= violation->kind.ptr == NULL ? 1u << 31
                                   : violation->kind_word < 0  ? 1u
                                                               : 1u << violation->kind_word;
    out->grounds |= violation->grounds;
    for (uint8_t s = 0; s < violation->spans_count; s++) {
      if (violation->spans[s].kind >= 0) out->span_kinds |= 1u << violation->spans[s].kind;
    }
    if (violation->rule == PI_RULE_PRIVATE_INFORMATION)
      *(violation->spans_count > 0 ? &out->spans : &out->no_spans) += 1;
    if (violation->rule == PI_RULE_PRIVATE_INFORMATION && violation->kind_word > PI_PRIVATE_POSTED &&
        violation->spans_count == 0)
      *(violation->spans_known ? &out->threats_none : &out->threats_unknown) += 1;
  }
  if (pi_case_knows(input, PI_FACT_ACCOUNT_FOLLOWERS_COUNT)) {
    int64_t followers = input->facts[PI_FACT_ACCOUNT_FOLLOWERS_COUNT].count;
    if (followers == PI_FOLLOWERS_LIMIT) out->small++;
    if (followers == PI_FOLLOWERS_LIMIT + 1) out->large++;
  }
}

static void assert_all_words(const seen *all) {
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    uint32_t count = PI_FACTS[fact].type == PI_TYPE_WORD ? PI_FACTS[fact].words.count : 2;
    bool listed = PI_FACTS[fact].type == PI_TYPE_WORD || PI_FACTS[fact].type == PI_TYPE_BOOL;
    if (listed && all->words[fact] != (1u << count) - 1)
      fail_msg("%s: not every word", PI_FACTS[fact].path.ptr);
  }
}

static void test_sample_shows_every_gate_rule_and_word_in_a_few_hundred(void **state) {
  rig *self = *state;
  for (uint64_t seed = 0; seed < 5; seed++) {
    seen all = {0};
    pi_sample_plan plan = {.seed = seed};
    for (uint64_t number = 0; number < FEW; number++) look_at(&all, read_case(self, &plan, number));
    pi_fact_set every = ((pi_fact_set)1 << PI_FACT_COUNT) - 1;
    assert_int_equal(all.known, every);
    /* Always there: the case's, the Tweet's and the text's language. */
    pi_fact_set always =
        PI_FACT_BIT(PI_FACT_ID) | PI_FACT_BIT(PI_FACT_TWEET_ID) | PI_FACT_BIT(PI_FACT_TWEET_LANG);
    assert_int_equal(all.unknown & every, every & ~always);
    assert_all_words(&all);
    assert_int_equal(all.results[PI_GATE_RULE_VIOLATION], 1u << PI_GATE_PASS | 1u << PI_GATE_FAIL);
    for (int gate = PI_GATE_VERIFIED; gate < PI_GATE_COUNT; gate++) assert_int_equal(all.results[gate], 7);
    for (int class = 0; class <= PI_ELIGIBLE; class ++) assert_true(all.eligibility[class] > 0);
    for (int rule = 0; rule < PI_RULE_COUNT; rule++) {
      uint32_t kinds = PI_RULES[rule].kinds.count;
      assert_int_equal(all.kinds[rule], ((1u << kinds) - 1) | 1u << 31);
    }
    assert_true(all.kinds[PI_RULE_OTHER] != 0);
    assert_true(all.grounds != 0 && all.spans > 0 && all.no_spans > 0);
    assert_true(all.threats_none > 0 && all.threats_unknown > 0);
    assert_true(all.small > 0 && all.large > 0);
    assert_true((all.violations & 0xF) == 0xF);
  }
}

static void test_sample_is_of_realistic_shape(void **state) {
  rig *self = *state;
  seen all = {0};
  pi_sample_plan plan = {.seed = 1};
  for (uint64_t number = 0; number < MANY; number++) {
    look_at(&all, read_case(self, &plan, number));
    all.bytes += self->line.len;
  }
  assert_int_equal(all.eligibility[PI_ELIGIBLE], MANY * 6 / 10);
  assert_in_range(all.bytes / MANY, 1200, 1400);
  assert_int_equal(all.grounds, (1u << PI_GROUNDS.count) - 1);
  assert_int_equal(all.span_kinds, (1u << PI_SPAN_KINDS.count) - 1);
}

/* A span marks the private data and nothing else. */
static void test_sample_spans_lie_on_the_data(void **state) {
  static const pi_slice DATA[] = {PI_SLICE_INIT("+1 202"),       PI_SLICE_INIT("Harbour Lane"),
                                  PI_SLICE_INIT("@example.org"), PI_SLICE_INIT("BSN 0"),
                                  PI_SLICE_INIT("52.09"),        PI_SLICE_INIT("NL00TEST"),
                                  PI_SLICE_INIT("plate ZZ")};
  rig *self = *state;
  uint32_t found = 0;
  const pi_slice id = PI_RULES[PI_RULE_PRIVATE_INFORMATION].id;
  pi_sample_plan plan = {.seed = 9, .rules = &id, .rules_count = 1};
  for (uint64_t number = 0; number < FEW; number++) {
    const pi_case *input = read_case(self, &plan, number);
    for (uint32_t v = 0; v < input->violations_count; v++) {
      const pi_violation *violation = &input->violations[v];
      for (uint8_t s = 0; s < violation->spans_count; s++) {
        pi_slice text = input->facts[PI_FACT_TWEET_TEXT].string;
        size_t begin = pi_utf8_offset(text, violation->spans[s].start);
        size_t end = pi_utf8_offset(text, violation->spans[s].end);
        bool is_data = false;
        for (size_t i = 0; i < sizeof DATA / sizeof *DATA && !is_data; i++) {
          for (size_t at = begin; at + DATA[i].len <= end && !is_data; at++) {
            is_data = memcmp(text.ptr + at, DATA[i].ptr, DATA[i].len) == 0;
          }
        }
        assert_true(is_data);
        found++;
      }
    }
  }
  assert_true(found > FEW / 2);
}

/* ---- what a plan asks for ---- */

static void test_sample_eligible_reaches_the_scripts(void **state) {
  rig *self = *state;
  for (uint64_t number = 0; number < MANY; number++) {
    pi_sample_plan plan = {.seed = 3, .eligible = true, .edges = number % 2 == 1};
    pi_gates gates;
    pi_gates_judge(&gates, read_case(self, &plan, number));
    assert_int_equal(gates.eligibility, PI_ELIGIBLE);
  }
}

static void test_sample_keeps_to_rules_markets_and_signals(void **state) {
  static const pi_slice RULES[] = {PI_SLICE_INIT("violence"), PI_SLICE_INIT("my_own_rule")};
  static const pi_slice MARKETS[] = {PI_SLICE_INIT("SR")};
  static const pi_sample_signal SIGNALS[] = {{PI_SLICE_INIT("flood"), PI_SIGNAL_FLAG},
                                             {PI_SLICE_INIT("drought"), PI_SIGNAL_GRADE}};
  rig *self = *state;
  bool seen_rules[2] = {false, false}, seen_signals[2] = {false, false};
  pi_sample_plan plan = {.eligible = true,
                         .rules = RULES,
                         .rules_count = 2,
                         .markets = MARKETS,
                         .markets_count = 1,
                         .signals = SIGNALS,
                         .signals_count = 2};
  for (uint64_t number = 0; number < FEW; number++) {
    const pi_case *input = read_case(self, &plan, number);
    assert_true(input->violations_count > 0);
    for (uint32_t i = 0; i < input->violations_count; i++) {
      int which = pi_slice_equal(input->violations[i].rule_id, RULES[0]) ? 0 : 1;
      assert_true(pi_slice_equal(input->violations[i].rule_id, RULES[which]));
      seen_rules[which] = true;
    }
    if (pi_case_knows(input, PI_FACT_MARKET))
      assert_true(pi_slice_equal(input->facts[PI_FACT_MARKET].string, MARKETS[0]));
    if (!pi_case_knows(input, PI_FACT_SIGNALS)) continue;
    const pi_tree *tree = &input->facts[PI_FACT_SIGNALS].tree;
    uint32_t root = pi_tree_root(tree), named = 0;
    for (int i = 0; i < 2; i++) {
      if (pi_tree_find(tree, root, SIGNALS[i].name) == UINT32_MAX) continue;
      seen_signals[i] = true;
      named++;
    }
    assert_int_equal(tree->nodes[root].count, named);
  }
  assert_true(seen_rules[0] && seen_rules[1] && seen_signals[0] && seen_signals[1]);
}

/* 0 and 1 and what is next to them; the longest and the shortest. */
static void test_sample_edges_reach_the_edges(void **state) {
  rig *self = *state;
  pi_sample_plan plan = {.seed = 4, .edges = true};
  uint32_t strengths = 0, lengths = 0, most_spans = 0, most_violations = 0, most_countries = 0;
  size_t longest = 0;
  for (uint64_t number = 0; number < MANY; number++) {
    const pi_case *input = read_case(self, &plan, number);
    if (pi_case_knows(input, PI_FACT_RECORD_VALUE)) {
      int32_t micro = input->facts[PI_FACT_RECORD_VALUE].micro;
      strengths |= micro == 0 ? 1u : micro == 1 ? 2u : micro == 999999 ? 4u : micro == 1000000 ? 8u : 0;
    }
    if (pi_case_knows(input, PI_FACT_OFFICE_TITLE)) {
      size_t length = input->facts[PI_FACT_OFFICE_TITLE].string.len;
      lengths |= length == 0 ? 1u : length == 1 ? 2u : length == PI_STRING_BYTES_MAX ? 4u : 0;
    }
    if (pi_case_knows(input, PI_FACT_TWEET_TEXT)) {
      size_t points = pi_utf8_count(input->facts[PI_FACT_TWEET_TEXT].string);
      if (points > longest) longest = points;
    }
    if (pi_case_knows(input, PI_FACT_WITHHELD_IN) &&
        input->facts[PI_FACT_WITHHELD_IN].countries.count > most_countries) {
      most_countries = input->facts[PI_FACT_WITHHELD_IN].countries.count;
    }
    if (input->violations_count > most_violations) most_violations = input->violations_count;
    for (uint32_t i = 0; i < input->violations_count; i++) {
      if (input->violations[i].spans_count > most_spans) most_spans = input->violations[i].spans_count;
    }
  }
  assert_int_equal(strengths, 15);
  assert_int_equal(lengths, 7);
  assert_int_equal(longest, PI_TEXT_POINTS_MAX);
  assert_int_equal(most_spans, PI_SPANS_MAX);
  assert_int_equal(most_violations, PI_VIOLATIONS_MAX);
  assert_int_equal(most_countries, 676);
}

static void test_sample_without_memory_says_so(void **state) {
  (void)state;
  pi_sample_plan plan = {.seed = 1};
  for (size_t most = 16; most < 8192; most += 256) {
    pi_arena small;
    pi_buffer line;
    pi_buffer_init(&line, 65536);
    pi_arena_init(&small, 64, most);
    pi_sample_line(&plan, 3, &line,
                   &small); /* false or true: it ends, and nothing is written behind its end */
    pi_arena_dispose(&small);
    pi_buffer_dispose(&line);
  }
}

int main(int argc, char **argv) {
#define SAMPLE_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      SAMPLE_TEST(test_sample_makes_valid_cases_only),
      SAMPLE_TEST(test_sample_spells_the_case_that_it_makes),
      SAMPLE_TEST(test_sample_is_a_function_of_plan_and_number),
      SAMPLE_TEST(test_sample_differs_between_seeds_and_numbers),
      SAMPLE_TEST(test_sample_draws_splitmix64),
      SAMPLE_TEST(test_sample_gives_what_it_gave),
      SAMPLE_TEST(test_sample_shows_every_gate_rule_and_word_in_a_few_hundred),
      SAMPLE_TEST(test_sample_is_of_realistic_shape),
      SAMPLE_TEST(test_sample_spans_lie_on_the_data),
      SAMPLE_TEST(test_sample_eligible_reaches_the_scripts),
      SAMPLE_TEST(test_sample_keeps_to_rules_markets_and_signals),
      SAMPLE_TEST(test_sample_edges_reach_the_edges),
      SAMPLE_TEST(test_sample_without_memory_says_so),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
