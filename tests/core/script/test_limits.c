/* Every limit from both sides: what is just inside succeeds, what is just outside fails with the kind that
 * `pubint help script` promises. A host that failed everything would survive all attacks. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "errors.h"
#include "evaluation.h"
#include "trial.h"

typedef struct limit_row {
  const char *name;
  const char *body;    /* of weigh; what fits puts "done" on the balance last */
  pi_failure failure;  /* PI_FAILURE_NONE: it fits */
  const char *message; /* what the error says, in part */
} limit_row;

#define DONE         "\nbalance:interest('done', 1, 1)"
#define FITS(body)   body DONE, PI_FAILURE_NONE, NULL
#define SCRIPT(text) PI_FAILURE_SCRIPT, text
#define MEMORY       PI_FAILURE_MEMORY, "used more than 16 MiB of memory"
#define LONG_STRING  PI_FAILURE_MEMORY, "made a string of more than 64 KiB"
#define LARGE_TABLE  PI_FAILURE_MEMORY, "made a table of more than 8,192 items or 4,096 named keys (128 KiB)"
#define DEEP_STACK   PI_FAILURE_MEMORY, "nested too deeply: the stack of calls took more than 128 KiB"
#define INSTRUCTIONS PI_FAILURE_INSTRUCTIONS, "used more than 1,000,000 instructions"

/* `rows` tables of 50 places each: 856 bytes a table for five instructions. */
#define KEEP_TABLES(rows)                                                                                     \
  "local t, n = {}, 0\n"                                                                                      \
  "for i = 1, " #rows " do\n"                                                                                 \
  "  local page = i // 4000\n"                                                                                \
  "  t[page] = t[page] or {}\n"                                                                               \
  "  t[page][i % 4000 + 1] = { nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil,\n"  \
  "    nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil,\n" \
  "    nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil }\n"                         \
  "end"

static const limit_row ROWS[] = {
    {"factors_64", FITS("for i = 1, 63 do balance:harm('f' .. i, 1, 1) end")},
    {"factors_65", "for i = 1, 65 do balance:harm('f' .. i, 1, 1) end", SCRIPT("no more than 64 factors")},
    {"conditions_16", FITS("for i = 1, 16 do balance:condition('c' .. i, true) end")},
    {"conditions_17", "for i = 1, 17 do balance:condition('c' .. i, true) end",
     SCRIPT("no more than 16 conditions")},
    {"notes_16", FITS("for i = 1, 16 do balance:note(('x'):rep(512)) end")},
    {"notes_17", "for i = 1, 17 do balance:note('x') end", SCRIPT("no more than 16 notes")},
    {"note_bytes_513", "balance:note(('x'):rep(513))", SCRIPT("at most 512 bytes")},
    {"why_bytes_512", FITS("balance:condition('c', true, ('x'):rep(512))")},
    {"why_bytes_513", "balance:condition('c', true, ('x'):rep(513))", SCRIPT("at most 512 bytes")},
    {"id_bytes_48", FITS("balance:interest(('x'):rep(48), 1, 1)")},
    {"id_bytes_49", "balance:interest(('x'):rep(49), 1, 1)", SCRIPT("is not an id")},
    {"weight_10", FITS("balance:interest('w', 1, 10)")},
    {"weight_above_10", "balance:interest('w', 1, 10.001)", SCRIPT("a weight is")},
    {"strength_1", FITS("balance:interest('s', 1, 1)")},
    {"strength_above_1", "balance:interest('s', 1.0000001, 1)", SCRIPT("a strength is")},

    {"instructions_900000", FITS("for i = 1, 899900 do end")},
    {"instructions_1000200", "for i = 1, 1000200 do end", INSTRUCTIONS},
    {"instructions_in_helpers_900000",
     FITS("local s = ('x'):rep(60000)\nfor i = 1, 236 do text.length(s) end")},
    {"instructions_in_helpers_1000000", "local s = ('x'):rep(60000)\nfor i = 1, 270 do text.length(s) end",
     INSTRUCTIONS},

    {"string_65536", FITS("local s = ('x'):rep(65536)\nassert(#s == 65536)")},
    {"string_65537", "local s = ('x'):rep(65537)", SCRIPT("longer than 64 KiB")},
    {"string_65538", "local s = ('x'):rep(65538)", SCRIPT("longer than 64 KiB")},
    {"string_separated_65535", FITS("assert(#('x'):rep(32768, 'y') == 65535)")},
    {"string_separated_65537", "local s = ('x'):rep(32769, 'y')", SCRIPT("longer than 64 KiB")},
    {"string_joined_65536", FITS("local s = ('x'):rep(65535) .. 'y'\nassert(#s == 65536)")},
    {"string_joined_65537", "local s = ('x'):rep(65536) .. 'y'", LONG_STRING},
    {"string_upper_65536", FITS("local s = ('x'):rep(65536):upper():lower():sub(1)\nassert(#s == 65536)")},
    {"concat_65536", FITS("local t = {}\nfor i = 1, 64 do t[i] = ('x'):rep(1023) end\n"
                          "assert(#table.concat(t, ',') == 65535)")},
    {"concat_65537", "local t = {}\nfor i = 1, 64 do t[i] = ('x'):rep(1024) end\ntable.concat(t, ',')",
     SCRIPT("longer than 64 KiB")},
    {"format_65536", FITS("local s = ('x'):rep(32768)\nassert(#string.format('%s%s', s, s) == 65536)")},
    {"format_65537", "local s = ('x'):rep(32768)\nstring.format('%s!%s', s, s)", LONG_STRING},
    {"text_longest", FITS("assert(#case.tweet.text == 100000 and text.length(case.tweet.text) == 25000)")},

    {"array_8192", FITS("local t = {}\nfor i = 1, 8192 do t[i] = i end")},
    {"array_8193", "local t = {}\nfor i = 1, 8193 do t[i] = i end", LARGE_TABLE},
    {"keys_4096", FITS("local t = {}\nfor i = 1, 4096 do t['k' .. i] = i end")},
    {"keys_4097", "local t = {}\nfor i = 1, 4097 do t['k' .. i] = i end", LARGE_TABLE},
    {"strings_60000", FITS("local t = {}\nfor p = 1, 10 do\n  t[p] = {}\n"
                           "  for i = 1, 6000 do t[p][i] = 's' .. p .. '_' .. i end\nend")},
    {"memory_7_mib", FITS(KEEP_TABLES(8400))},
    {"memory_15_mib", FITS(KEEP_TABLES(18000))},
    {"memory_17_mib", KEEP_TABLES(20400), MEMORY},
    {"garbage_60_mib", FITS("for p = 1, 6 do\n" KEEP_TABLES(11000) "\nend")},
    {"recursion_1000",
     FITS("local function f(n) return n > 0 and 1 + f(n - 1) or 0 end\nassert(f(1000) == 1000)")},
    {"recursion_100000", "local function f(n) return n > 0 and 1 + f(n - 1) or 0 end\nf(100000)", DEEP_STACK},

    {"pattern_256", FITS("assert(text.matches(('a'):rep(300), ('a'):rep(256)))")},
    {"pattern_257", "text.matches('a', ('a'):rep(257))", SCRIPT("at most 256 bytes")},
    {"pattern_steps_near", FITS("assert(not text.matches(('a'):rep(790), '(?:a)*?[bc]'))")},
    {"pattern_steps_over", "text.matches(('a'):rep(860), '(?:a)*?[bc]')", INSTRUCTIONS},
    {"pattern_one_attempt", "text.matches(('a'):rep(40), '^(?:a+)+[bc]')", INSTRUCTIONS},
    {"pattern_depth_near",
     FITS("assert(text.matches(('('):rep(300) .. (')'):rep(300), '^(\\\\((?1)?\\\\))$'))")},
    {"pattern_depth_over", "text.matches(('('):rep(9000) .. (')'):rep(9000), '^(\\\\((?1)?\\\\))$')",
     INSTRUCTIONS},
    {"pattern_parentheses_50", FITS("text.matches('a', ('('):rep(50) .. 'a' .. (')'):rep(50))")},
    {"pattern_parentheses_51", "text.matches('a', ('('):rep(51) .. 'a' .. (')'):rep(51))",
     SCRIPT("too deeply nested")},
    {"pattern_longest_text", FITS("assert(text.count(case.tweet.text, '^\\u{1F600}') == 1)")},
    {"graphemes_10000", FITS("assert(text.matches(('a'):rep(10000), '^\\\\X'))")},
    {"graphemes_10001", "text.matches(('a'):rep(10001), '^\\\\X')", SCRIPT("at most 10000 bytes")},
    {"graphemes_escaped", FITS("assert(text.matches(('\\\\X'):rep(6000), '^\\\\\\\\X'))")},

    {"unpack_200",
     FITS("local t = {}\nfor i = 1, 200 do t[i] = i end\nassert(select('#', table.unpack(t)) == 200)")},
    {"unpack_201", "return table.unpack({}, 1, 201)", SCRIPT("at most 200 values")},
    {"byte_200", FITS("assert(select('#', ('x'):rep(300):byte(1, 200)) == 200)")},
    {"byte_201", "return ('x'):rep(300):byte(1, 201)", SCRIPT("at most 200 bytes")},
    {"format_width_99",
     FITS("assert(#string.format('%99d', 1) == 99 and #string.format('%.99f', 1) == 101)")},
    {"format_width_100", "string.format('%100d', 1)", SCRIPT("widths up to 99")},
    {"tonumber_200", FITS("assert(tonumber(('0'):rep(199) .. '7') == 7)")},
    {"tonumber_201", FITS("assert(tonumber(('0'):rep(200) .. '7') == nil)")},
    {"message_300", "error(('x'):rep(1000))", SCRIPT("xxx")},
};

/* A text of as many bytes as a Tweet may have. */
static pubint_case *case_with_longest_text(void) {
  enum { POINTS = 25000, BYTES = 4 };
  char *text = malloc(POINTS * BYTES + 1);
  assert_non_null(text);
  for (size_t i = 0; i < POINTS; i++) memcpy(text + i * BYTES, "\xf0\x9f\x98\x80", BYTES);
  text[POINTS * BYTES] = '\0';
  pubint_case *input = trial_attacked_case(text);
  free(text);
  return input;
}

static bool is_done(const pi_balance *balance) {
  return balance->factors_count > 0 &&
         pi_slice_equal(balance->factors[balance->factors_count - 1].id, PI_SLICE("done"));
}

/* Evaluates the case of the attacks under the policy as it stands in the folder now. */
static void check_outcome(pi_failure failure, const char *message) {
  pubint_policy *policy = trial_load(&trial_folder);
  pubint_engine *engine = trial_engine(policy);
  pubint_case *input = case_with_longest_text();
  const pubint_evaluation *evaluation;
  assert_int_equal(pubint_engine_evaluate(engine, input, &evaluation, NULL), PUBINT_OK);
  const pi_entry *entry = &evaluation->entries[0];
  const char *said = entry->error.message.ptr != NULL ? entry->error.message.ptr : "";
  if (entry->error.failure != failure)
    fail_msg("ends as %s: %s", pi_failure_name(entry->error.failure).ptr, said);
  if (failure == PI_FAILURE_NONE) {
    assert_true(is_done(&entry->balance));
  } else {
    assert_int_equal(entry->balance.factors_count, 0);
    if (entry->error.line < TRIAL_BODY_LINE) fail_msg("names line %u: %s", entry->error.line, said);
    assert_true(strlen(said) <= 303);
    if (strstr(said, message) == NULL) fail_msg("\"%s\" does not say \"%s\"", said, message);
  }
  pubint_case_free(input);
  pubint_engine_free(engine);
  pubint_policy_free(policy);
}

static void test_row(void **state) {
  const limit_row *row = *state;
  trial_put_weigh(&trial_folder, row->body);
  check_outcome(row->failure, row->message);
}

/* ---- limits of the source ---- */

static void expect_refused(unsigned code) {
  pubint_policy *policy;
  pubint_error error = {0};
  assert_int_equal(pubint_policy_load(&policy, trial_folder.directory, &error), PUBINT_E_POLICY);
  assert_int_equal(error.code, code);
}

#define GOOD_WEIGH "weigh = function(case, balance) balance:interest('done', 1, 1) end"
#define GOOD_RULE  "return { rule = 'abuse_harassment', class = 'possible', bar = 1, " GOOD_WEIGH " }\n"

static void put_padded_source(size_t bytes) {
  char *source = malloc(bytes);
  assert_non_null(source);
  memset(source, ' ', bytes);
  memcpy(source, GOOD_RULE, sizeof GOOD_RULE - 1);
  trial_put(&trial_folder, "rules/abuse_harassment.lua", source, bytes);
  free(source);
}

static void test_limits_source_64_kib(void **state) {
  (void)state;
  put_padded_source(65536);
  check_outcome(PI_FAILURE_NONE, NULL);
  put_padded_source(65537);
  expect_refused(PI_E_SCRIPT_SOURCE);
}

/* A chunk whose weigh has `count` constants of its own, "interest", "done" and a float each. */
static void put_constants(int count) {
  char source[8192];
  int used =
      snprintf(source, sizeof source,
               "return { rule = 'abuse_harassment', class = 'possible', bar = 1,\n"
               "  weigh = function(case, balance)\n    balance:interest('done', 1, 1)\n    local t = {");
  for (int i = 0; i < count - 2; i++)
    used += snprintf(source + used, sizeof source - (size_t)used, "%d.5,", i);
  used += snprintf(source + used, sizeof source - (size_t)used, "}\n  end }\n");
  trial_put(&trial_folder, "rules/abuse_harassment.lua", source, (size_t)used);
}

static void test_limits_constants_200(void **state) {
  (void)state;
  put_constants(200);
  check_outcome(PI_FAILURE_NONE, NULL);
  put_constants(201);
  expect_refused(PI_E_SCRIPT_CONSTANTS);
}

/* `depth` modules, each of which requires the next. */
static void put_nested_modules(int depth) {
  for (int i = 1; i <= depth; i++) {
    char file[32], source[64];
    snprintf(file, sizeof file, "lib/m%d.lua", i);
    int n = i == depth ? snprintf(source, sizeof source, "return {}\n")
                       : snprintf(source, sizeof source, "return require \"m%d\"\n", i + 1);
    trial_put(&trial_folder, file, source, (size_t)n);
  }
}

static void test_limits_requires_16(void **state) {
  (void)state;
  trial_put_weigh(&trial_folder, "require 'm1'" DONE);
  put_nested_modules(16);
  check_outcome(PI_FAILURE_NONE, NULL);
  put_nested_modules(17);
  expect_refused(PI_E_SCRIPT_LOAD);
  for (int i = 1; i <= 17; i++) {
    char file[32];
    snprintf(file, sizeof file, "lib/m%d.lua", i);
    trial_drop(&trial_folder, file);
  }
}

/* The places of an entry are shared by the rule's script and the market's. */
static void test_limits_factors_of_rule_and_market(void **state) {
  (void)state;
  static const char MARKET[] = "return { market = 'NL', language = 'nl', teams = {}, consulted = {},\n"
                               "  weigh = function(case, balance)\n    balance:interest('m1', 1, 1)\n"
                               "    balance:interest('m2', 1, 1)\n  end }\n";
  trial_put(&trial_folder, "markets/NL.lua", MARKET, sizeof MARKET - 1);
  for (int count = 62; count <= 63; count++) {
    char body[96];
    snprintf(body, sizeof body, "for i = 1, %d do balance:interest('f' .. i, 0, 1) end", count);
    trial_put_weigh(&trial_folder, body);
    pubint_policy *policy = trial_load(&trial_folder);
    pubint_engine *engine = trial_engine(policy);
    pubint_case *input = trial_case("abuse_harassment", "x", ",\"market\":\"NL\"");
    const pubint_evaluation *evaluation;
    assert_int_equal(pubint_engine_evaluate(engine, input, &evaluation, NULL), PUBINT_OK);
    const pi_entry *entry = &evaluation->entries[0];
    bool fits = count == 62;
    assert_int_equal(entry->error.failure, fits ? PI_FAILURE_NONE : PI_FAILURE_SCRIPT);
    assert_int_equal(entry->balance.factors_count, fits ? 64 : 63); /* the rule's own stay */
    pubint_case_free(input);
    pubint_engine_free(engine);
    pubint_policy_free(policy);
  }
  trial_restore(&trial_folder, "markets/NL.lua");
}

enum { ROWS_COUNT = sizeof ROWS / sizeof *ROWS };

int main(int argc, char **argv) {
  static char names[ROWS_COUNT][64];
  static struct CMUnitTest tests[ROWS_COUNT + 8];
  static const struct CMUnitTest OTHERS[] = {
      cmocka_unit_test(test_limits_source_64_kib),
      cmocka_unit_test(test_limits_constants_200),
      cmocka_unit_test(test_limits_requires_16),
      cmocka_unit_test(test_limits_factors_of_rule_and_market),
  };
  size_t count = 0;
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  for (; count < ROWS_COUNT; count++) {
    snprintf(names[count], sizeof names[count], "test_limits_%s", ROWS[count].name);
    limit_row *row = malloc(sizeof *row); /* cmocka hands it on as it is: not const */
    if (row == NULL) return 1;
    *row = ROWS[count];
    tests[count] = (struct CMUnitTest){names[count], test_row, NULL, NULL, row};
  }
  for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++) tests[count++] = OTHERS[i];
  int failed = _cmocka_run_group_tests("limits", tests, count, trial_set_up, trial_tear_down);
  for (size_t i = 0; i < ROWS_COUNT; i++) free(tests[i].initial_state);
  return failed;
}
