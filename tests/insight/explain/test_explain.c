/* Explanations: that each says what decided, fits its page, and lets nothing through that a terminal would
 * obey. How they look is kept in tests/front/cli. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine_rig.h"

#include "case.h"
#include "columns.h"
#include "counted.h"
#include "evaluation.h"
#include "explain.h"
#include "files.h"
#include "page.h"
#include "turn.h"
#include "utf8.h"

typedef struct explained {
  pi_buffer text;
} explained;

/* Explains the rig's case anew; the text ends in NUL. */
static const char *explain(engine_rig *self, explained *out, const char *locale, unsigned width, bool color) {
  pubint_error error = {0};
  pi_turns turns;
  assert_int_equal(pi_turns_find(&turns, self->engine, &self->input->facts, self->policy, NULL, &error),
                   PUBINT_OK);
  assert_int_equal(pi_engine_evaluate(self->engine, &self->input->facts, &self->evaluation, &error),
                   PUBINT_OK);
  pi_buffer_init(&out->text, (size_t)4 * 1024 * 1024);
  pi_explain_options options = {.locale = pi_slice_of(locale), .width = width, .color = color};
  pi_explain(&out->text, self->evaluation, &turns, &options);
  const char *text = pi_buffer_end(&out->text);
  assert_non_null(text);
  return text;
}

static void dispose(explained *self) {
  pi_buffer_dispose(&self->text);
}

/* `wanted` stands in the explanation, wherever its lines are broken. */
static void expect_says(engine_rig *self, const char *locale, const char *wanted) {
  explained out;
  char *text = strdup(explain(self, &out, locale, 0, false));
  assert_non_null(text);
  for (char *at = text; *at != '\0'; at++) {
    if (*at == '\n') *at = ' ';
  }
  if (strstr(text, wanted) == NULL) fail_msg("%s\nis not in\n%s", wanted, text);
  free(text);
  dispose(&out);
}

/* Valid UTF-8, no line wider than the page, no blank at a line's end, nothing a terminal would obey and no
 * placeholder left. */
static void check_page(const char *text, unsigned width) {
  pi_slice all = pi_slice_of(text);
  assert_ptr_equal(pi_utf8_check(all), text + all.len);
  pi_buffer shown;
  pi_buffer_init(&shown, (size_t)8 * 1024 * 1024);
  pi_utf8_show(&shown, all, true);
  assert_int_equal(shown.len, all.len); /* nothing was left to escape */
  assert_memory_equal(shown.data, text, all.len);
  pi_buffer_dispose(&shown);
  for (const char *line = text; *line != '\0';) {
    const char *end = strchr(line, '\n');
    assert_non_null(end);
    pi_slice slice = {line, (size_t)(end - line)};
    if (pi_columns(slice) > width) fail_msg("%zu columns: %.*s", pi_columns(slice), (int)slice.len, line);
    if (slice.len > 0) assert_int_not_equal(end[-1], ' ');
    line = end + 1;
  }
}

/* ---- each outcome says its reason ---- */

static void load_reference(engine_rig *self) {
  engine_rig_load_folder(self, PI_SOURCE_DIR "/scripts");
}

#define ELIGIBLE                                                                                             \
  "'account':{'verified':true,'followers_count':200000,'office':{'status':'candidate','branch':'executive'}}"

static void test_explain_every_basis_in_a_sentence(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "grants", "0", "balance:interest('x', 1, 1.5)");
  policy_maker_rule(&self->maker, "exact", "1", "balance:interest('x', 1, 1)");
  policy_maker_rule(&self->maker, "removes", "0", "balance:harm('x', 1, 1)");
  policy_maker_rule(&self->maker, "unmet", "0", "balance:condition('must_hold', false, 'it does not')");
  policy_maker_rule(&self->maker, "fails", "0", "error 'it is broken'");
  policy_maker_market(&self->maker, "NL", "balance:condition('local_one', false)");
  policy_maker_market(&self->maker, "BE", "error 'no luck'");
  engine_rig_load(self);
  static const struct {
    const char *rule, *context, *sentence;
  } ROWS[] = {
      {"grants", ASSESSED,
       "Place the Tweet behind a notice: the public interest outweighs the harm and clears "
       "the bar for grants by 1.5 points."},
      {"exact", ASSESSED, "just reaches the bar for exact."},
      {"removes", ASSESSED, "Remove the Tweet: under removes, the public interest falls 1 point short"},
      {"unmet", ASSESSED, "under unmet, a condition of any exception is not met: must_hold."},
      {"grants", ASSESSED ",'market':'NL'", "under grants, a condition of market NL is not met: local_one."},
      {"fails", ASSESSED, "Needs review: the script for fails failed, so nobody has weighed it."},
      {"grants", ASSESSED ",'market':'BE'",
       "Needs review: the script of market BE failed, and it could have decided the outcome under grants."},
      {"nobody", ASSESSED, "Needs review: the policy has no script that weighs nobody."},
      {"grants", "'public_concern':1,'call_to_action':0", "3 facts are not known under grants, and"},
      {"copyright", ASSESSED,
       "Remove the Tweet: no exception is ever made for copyright infringement, whatever else is true."},
  };
  for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
    char violation[64];
    (void)snprintf(violation, sizeof violation, "{'rule':'%s'}", ROWS[i].rule);
    engine_rig_weigh(self, violation, ROWS[i].context);
    expect_says(self, "en", ROWS[i].sentence);
  }
}

static void test_explain_error_names_script_line_and_code(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "fails", "0", "\nerror 'it is broken'");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'fails'}", ASSESSED);
  expect_says(self, "en", "    rules/fails.lua:3: it is broken (E3001)");
  expect_says(self, "en", "Not searched, because a script failed.");
}

static void test_explain_gate_reasons(void **state) {
  engine_rig *self = *state;
  load_reference(self);
  static const struct {
    const char *account, *en, *nl;
  } ROWS[] = {
      {"'verified':true,'followers_count':100000,'office':{'status':'nominee','branch':'executive'}",
       "1 follower short of what is needed; ordinary", "1 volger te weinig heeft"},
      {"'verified':true,'followers_count':0,'office':{'status':'nominee','branch':'executive'}",
       "100,001 followers short", "100.001"},
      {"'verified':false,'followers_count':200000,'office':{'status':'nominee','branch':'executive'}",
       "because the account is not verified; ordinary", "omdat het account niet geverifieerd is"},
      {"'authentic':false,'verified':true,'followers_count':200000", "not the official's own; ordinary",
       "niet van de functionaris"},
      {"'kind':'party','verified':true,'followers_count':200000", "the account speaks for a party; ordinary",
       "namens een partij"},
      {"'kind':'media','verified':true,'followers_count':200000", "speaks for a news medium",
       "nieuwsmedium spreekt"},
      {"'verified':true,'followers_count':200000,'office':{'status':'former'}", "no longer held",
       "niet meer"},
      {"'verified':true,'followers_count':200000,'office':{'status':'none'}", "neither holds nor seeks",
       "bekleedt of nastreeft"},
      {"'verified':true,'followers_count':200000,'office':{'status':'holder','branch':'other'}",
       "not in a governmental or legislative body", "wetgevende instantie"},
      {"'verified':true,'followers_count':200000,'office':{'status':'holder','branch':'executive','selection':"
       "'appointed','leadership':false}",
       "appointed and not a leadership role", "geen leiderschapsfunctie"},
  };
  for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
    char text[512];
    (void)snprintf(text, sizeof text, "{'id':'c','account':{%s},'violations':[{'rule':'violence'}]}",
                   ROWS[i].account);
    engine_rig_evaluate(self, text);
    expect_says(self, "en", ROWS[i].en);
    expect_says(self, "nl", ROWS[i].nl);
  }
}

static void test_explain_clamped_market_says_so(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "r", "0", "");
  policy_maker_market(&self->maker, "NL", "balance:interest('much', 1, 5)");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'r'}", ASSESSED ",'market':'NL'");
  expect_says(self, "en", "5 counts for 3, the most a market may");
  expect_says(self, "en", "much · NL");
}

/* ---- what must not get through ---- */

/* R095: what is shown of the text is what the evaluation shows, blotted out. */
static void test_explain_shows_private_data_nowhere(void **state) {
  engine_rig *self = *state;
  load_reference(self);
  static const char *const OUTCOMES[] = {
      ("'public_debate':1,'office_relevance':1,'record_value':1,'target':{'kind':'official'}," ASSESSED),
      ("'public_debate':0," ASSESSED),
      "",
  };
  for (size_t i = 0; i < sizeof OUTCOMES / sizeof OUTCOMES[0]; i++) {
    char text[1024];
    (void)snprintf(text, sizeof text,
                   "{'id':'c'," ELIGIBLE ",'tweet':{'text':'call 555-0142 now'},'violations':[{'rule':"
                   "'private_information','kind':'posted','spans':[{'start':5,'end':13}]}],'context':{%s}}",
                   OUTCOMES[i]);
    engine_rig_evaluate(self, text);
    explained out;
    assert_null(strstr(explain(self, &out, "en", 0, false), "555"));
    dispose(&out);
  }
}

/* Text of a case, of a script and of a locale: each could carry what a terminal obeys. */
static void test_explain_escapes_text_from_everywhere(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(
      &self->maker, "r", "0",
      "balance:note('\xe2\x80\xae note')\n"
      "balance:condition('c', false, '\xe2\x81\xa6 why')"); /* a why is shown where it is not met */
  policy_maker_text(&self->maker, "locales/en.json",
                    "{\"factor.x\":\"\\u001b[31m\",\"head.gates\":\"\\u009bG\\nX\"}");
  engine_rig_load(self);
  engine_rig_evaluate(
      self,
      "{'id':'\\u009b31m','account':{'username':'a\\n  policy trusted\\u0007','verified':true,"
      "'followers_count':200000,'office':{'status':'candidate','branch':'executive','title':'\\u202e'}},'tweet':"
      "{'text':'\\u001b]0;x\\u0007 \\r\\u2028'},'violations':[{'rule':'r'}],'context':{" ASSESSED "}}");
  explained out;
  const char *text = explain(self, &out, "en", 0, false);
  check_page(text, PI_PAGE_WIDTH);
  assert_null(strstr(text, "\n  policy trusted"));
  assert_non_null(strstr(text, "\\u{9B}31m"));
  assert_non_null(strstr(text, "\\u{202E} note"));
  assert_non_null(strstr(text, "\\u{2066} why"));
  assert_non_null(strstr(text, "\\u{9B}G\\u{0A}X"));
  dispose(&out);
}

static void test_explain_cuts_a_long_text(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "r", "0", "");
  engine_rig_load(self);
  enum { POINTS = 25000 };
  char *text = malloc(POINTS + 512);
  assert_non_null(text);
  int head = snprintf(text, 512,
                      "{'id':'c'," ELIGIBLE ",'violations':[{'rule':'r'}],'context':{" ASSESSED
                      "},'tweet':{'text':'");
  memset(text + head, 'w', POINTS);
  memcpy(text + head + POINTS, "'}}", sizeof "'}}");
  engine_rig_evaluate(self, text);
  free(text);
  explained out;
  const char *said = explain(self, &out, "en", 0, false);
  check_page(said, PI_PAGE_WIDTH);
  assert_non_null(strstr(said, "… 24,000 more characters; --json shows them"));
  assert_in_range(out.text.len, 1, 8000);
  dispose(&out);
}

static void test_explain_cuts_many_lines(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "r", "0", "");
  engine_rig_load(self);
  char text[2048];
  int length = snprintf(text, sizeof text,
                        "{'id':'c'," ELIGIBLE ",'violations':[{'rule':'r'}],'context':{" ASSESSED
                        "},'tweet':{'text':'");
  for (int i = 0; i < 100; i++) length += snprintf(text + length, sizeof text - (size_t)length, "x\\n");
  (void)snprintf(text + length, sizeof text - (size_t)length, "'}}");
  engine_rig_evaluate(self, text);
  explained out;
  const char *said = explain(self, &out, "en", 0, false);
  unsigned lines = 0;
  for (const char *at = said; (at = strstr(at, "│ x\n")) != NULL; at++) lines++;
  assert_int_equal(lines, PI_EXPLAIN_TEXT_LINES);
  dispose(&out);
}

/* Colour is the only thing that escape sequences bring, and it is put on and off within each line. */
static void test_explain_color_changes_nothing_else(void **state) {
  engine_rig *self = *state;
  load_reference(self);
  engine_rig_weigh(self, "{'rule':'violence','kind':'threat'}", "'market':'NL','call_to_action':0.5");
  explained plain, colored;
  const char *text = explain(self, &plain, "en", 0, false);
  const char *styled = explain(self, &colored, "en", 0, true);
  char *stripped = malloc(colored.text.len + 1);
  assert_non_null(stripped);
  size_t length = 0;
  bool on = false;
  for (const char *at = styled; *at != '\0'; at++) {
    if (*at != '\033') {
      if (*at == '\n') assert_false(on);
      stripped[length++] = *at;
      continue;
    }
    on = strncmp(at, "\033[0m", 4) != 0;
    at = strchr(at, 'm');
    assert_non_null(at);
  }
  stripped[length] = '\0';
  assert_string_equal(stripped, text);
  free(stripped);
  dispose(&plain);
  dispose(&colored);
}

/* ---- pages ---- */

/* All documented cases, in both languages, on a wide and a narrow page. */
static void test_explain_documented_cases_fit_their_page(void **state) {
  engine_rig *self = *state;
  size_t length = 0;
  char *text = files_read(PI_SOURCE_DIR "/../shared/data/documented_cases.jsonl", &length);
  if (text == NULL) {
    print_message("the shared data is not here: not tried on documented cases\n");
    return;
  }
  load_reference(self);
  unsigned pages = 0;
  char *rest = text;
  for (char *line; (line = strsep(&rest, "\n")) != NULL && line[0] != '\0';) {
    char *begin = strstr(line, "\"case\": ");
    char *end = strstr(line, ", \"documented\"");
    assert_true(begin != NULL && end != NULL);
    *end = '\0';
    engine_rig_evaluate(self, begin + 8);
    static const unsigned WIDTHS[] = {PI_PAGE_WIDTH, PI_PAGE_WIDTH_MIN};
    for (size_t i = 0; i < 4; i++, pages++) {
      explained out;
      check_page(explain(self, &out, i % 2 == 0 ? "en" : "nl", WIDTHS[i / 2], false), WIDTHS[i / 2]);
      dispose(&out);
    }
  }
  free(text);
  print_message("%u pages checked\n", pages);
  assert_true(pages > 0);
}

/* Strengths of six digits, a full balance and ids as long as they go. */
static void test_explain_long_values_fit_the_page(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "r", "99.999",
                    "for i = 1, 64 do\n"
                    "  balance:interest(string.rep('a', 46) .. string.sub('0' .. i, -2), 0.123457, 9.999)\n"
                    "end\n"
                    "for i = 1, 16 do\n"
                    "  balance:condition('c' .. i, i % 2 == 0, string.rep('why ', 128))\n"
                    "  balance:note(string.rep('x', 512))\n"
                    "end");
  engine_rig_load(self);
  engine_rig_evaluate(
      self,
      "{'id':'cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc','account':{"
      "'verified':true,'followers_count':9007199254740991,'office':{'status':'holder',"
      "'selection':'appointed','leadership':true,'level':'supranational','branch':'legislative'}},"
      "'violations':[{'rule':'r','kind':"
      "'kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk'}],'context':{'market':'US-ABC'," ASSESSED "}}");
  explained out;
  check_page(explain(self, &out, "en", 0, false), PI_PAGE_WIDTH);
  dispose(&out);
}

/* A buffer that is full is marked failed, and nothing else happens. */
static void test_explain_full_buffer_fails_cleanly(void **state) {
  engine_rig *self = *state;
  load_reference(self);
  engine_rig_weigh(self, "{'rule':'violence','kind':'threat'}", ASSESSED);
  for (size_t max = 0; max < 4000; max += 37) {
    pi_buffer out;
    pi_buffer_init(&out, max);
    pi_explain(&out, self->evaluation, NULL, &(pi_explain_options){.locale = PI_SLICE("en")});
    assert_true(out.failed || out.len > 1000);
    pi_buffer_dispose(&out);
  }
}

/* Each allocation failed once, and all after it: the buffer is marked failed and nothing leaks. */
static void test_explain_survives_each_failed_allocation(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "r", "0", "balance:condition('c', false, 'why') balance:note('n')");
  policy_maker_rule(&self->maker, "fails", "0", "error 'it is broken'");
  policy_maker_market(&self->maker, "NL", "balance:interest('much', 1, 5)");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'r'},{'rule':'fails'},{'rule':'none'}", "'market':'NL'");
  pi_turns turns;
  pubint_error error = {0};
  assert_int_equal(pi_turns_find(&turns, self->engine, &self->input->facts, self->policy, NULL, &error),
                   PUBINT_OK);
  assert_int_equal(pi_engine_evaluate(self->engine, &self->input->facts, &self->evaluation, &error),
                   PUBINT_OK);
  bool failed = true;
  uint64_t allowed = 0;
  for (; failed; allowed++) {
    pi_buffer out;
    pi_buffer_init(&out, (size_t)1024 * 1024);
    counted_fail_at(allowed, COUNTED_ALL_AFTER);
    pi_explain(&out, self->evaluation, &turns, &(pi_explain_options){.locale = PI_SLICE("en")});
    counted_fail_none();
    failed = out.failed;
    pi_buffer_dispose(&out);
    assert_in_range(allowed, 0, 1000);
  }
  assert_true(allowed > 3);
}

/* What was not tried can turn what all that was tried leaves as it is: a signal of 1 would. */
static void test_explain_says_nothing_of_all_where_one_is_untried(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "r", "0", "balance:harm('h', case.context.call_to_action, 1)");
  policy_maker_text(&self->maker, "markets/NL.lua",
                    "return {market='NL', weigh=function(case, balance)\n"
                    "  balance:harm('s', case.signals and case.signals.s or 0, 3)\nend}");
  engine_rig_load(self);
  static const struct {
    const char *context;
    bool told;
  } ROWS[] = {
      {"'market':'NL','call_to_action':null", false},
      {"'market':'NL','call_to_action':null,'signals':{}", true},
      {"'market':'BE','call_to_action':null", true},
      {"'call_to_action':null,'signals':{}", false},
  };
  for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
    engine_rig_weigh(self, "{'rule':'r'}", ROWS[i].context);
    explained out;
    const char *said = explain(self, &out, "en", 0, false);
    assert_non_null(strstr(said, "What is not known"));
    assert_int_equal(strstr(said, "ll of them were known") != NULL, ROWS[i].told);
    dispose(&out);
  }
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      RIG_TEST(test_explain_every_basis_in_a_sentence),
      RIG_TEST(test_explain_error_names_script_line_and_code),
      RIG_TEST(test_explain_gate_reasons),
      RIG_TEST(test_explain_clamped_market_says_so),
      RIG_TEST(test_explain_shows_private_data_nowhere),
      RIG_TEST(test_explain_escapes_text_from_everywhere),
      RIG_TEST(test_explain_cuts_a_long_text),
      RIG_TEST(test_explain_cuts_many_lines),
      RIG_TEST(test_explain_color_changes_nothing_else),
      RIG_TEST(test_explain_documented_cases_fit_their_page),
      RIG_TEST(test_explain_long_values_fit_the_page),
      RIG_TEST(test_explain_full_buffer_fails_cleanly),
      RIG_TEST(test_explain_survives_each_failed_allocation),
      RIG_TEST(test_explain_says_nothing_of_all_where_one_is_untried),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
