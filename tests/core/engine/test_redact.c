/* Private data is blotted out wherever it could show (R095; design sections 5, 6 and 12). */
#include "redact_support.h"

/* ---- the redactor alone ---- */

static void test_redact_blots(void **state) {
  (void)state;
  static const struct {
    const char *text, *spans[4], *expected;
  } CASES[] = {
      {"call 0612 now", {"{'start':5,'end':9}"}, "call " BLOT " now"},
      {"0612 now", {"{'start':0,'end':4}"}, BLOT " now"},
      {"call 0612", {"{'start':5,'end':9}"}, "call " BLOT},
      {"0612", {"{'start':0,'end':4}"}, BLOT},
      {"x", {"{'start':0,'end':1}"}, BLOT},
      {"ab cd ef", {"{'start':0,'end':2},{'start':6,'end':8}"}, BLOT " cd " BLOT},
      /* touching: two */
      {"abcd", {"{'start':0,'end':2},{'start':2,'end':4}"}, BLOT BLOT},
      {"abcd", {"{'start':0,'end':2}", "{'start':2,'end':4}"}, BLOT BLOT},
      {"abcd", {"{'start':2,'end':4}", "{'start':0,'end':2}"}, BLOT BLOT},
      /* overlapping, within, the same: one */
      {"abcd", {"{'start':0,'end':3}", "{'start':2,'end':4}"}, BLOT},
      {"abcd", {"{'start':2,'end':4}", "{'start':0,'end':3}"}, BLOT},
      {"abcdef", {"{'start':0,'end':6}", "{'start':2,'end':4}"}, BLOT},
      {"abcdef", {"{'start':2,'end':4}", "{'start':0,'end':6}"}, BLOT},
      {"abcd", {"{'start':1,'end':3}", "{'start':1,'end':3}"}, "a" BLOT "d"},
      /* one that joins two others, and a third that touches what they became */
      {"abcdefgh",
       {"{'start':0,'end':2},{'start':4,'end':6}", "{'start':1,'end':5}", "{'start':6,'end':7}"},
       BLOT BLOT "h"},
      {"abcdefgh", {"{'start':0,'end':2},{'start':2,'end':4}", "{'start':1,'end':3}"}, BLOT "efgh"},
      /* code points, not bytes: one, two, three and four of them each */
      {"a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80z",
       {"{'start':1,'end':2}"},
       "a" BLOT "\xe2\x82\xac\xf0\x9f\x98\x80z"},
      {"a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80z", {"{'start':3,'end':4}"}, "a\xc3\xa9\xe2\x82\xac" BLOT "z"},
      {"a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80z", {"{'start':1,'end':4}"}, "a" BLOT "z"},
      /* escapes count once they are read */
      {"\\u0041\\ud83d\\ude00\\n12", {"{'start':3,'end':5}"}, "A\xf0\x9f\x98\x80\n" BLOT},
      /* a blot in the text stays what it is */
      {BLOT "1" BLOT, {"{'start':5,'end':6}"}, BLOT BLOT BLOT},
      /* no spans: the text as it is */
      {"call 0612", {""}, "call 0612"},
      {"", {NULL}, ""},
  };
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    pi_arena arena;
    pi_arena_init(&arena, 1024, 1 << 20);
    pi_slice out = redact(&arena, CASES[i].text, CASES[i].spans);
    assert_non_null(out.ptr);
    assert_int_equal(out.len, strlen(CASES[i].expected));
    assert_memory_equal(out.ptr, CASES[i].expected, out.len);
    pi_arena_dispose(&arena);
  }
}

static void test_redact_an_unknown_text_has_nothing_to_show(void **state) {
  (void)state;
  pi_case input = {0};
  pi_arena arena;
  pi_arena_init(&arena, 64, 64);
  pi_slice out = PI_SLICE("before");
  assert_true(pi_redact(&input, &arena, &out));
  assert_null(out.ptr);
  pi_arena_dispose(&arena);
}

static void test_redact_says_when_memory_ran_out(void **state) {
  (void)state;
  static const pi_span SPAN = {0, 4, -1};
  pi_case input = {.known = PI_FACT_BIT(PI_FACT_TWEET_TEXT), .violations_count = 1, .has_spans = true};
  input.facts[PI_FACT_TWEET_TEXT].string = PI_SLICE("0612 and much more than sixteen bytes of text");
  input.violations[0].spans = &SPAN;
  input.violations[0].spans_count = 1;
  pi_arena arena;
  pi_arena_init(&arena, 16, 16);
  pi_slice out;
  assert_false(pi_redact(&input, &arena, &out));
  assert_null(out.ptr);
  pi_arena_dispose(&arena);
}

/* ---- random texts, against a redactor of the test's own ---- */

enum { POINTS_MAX = 60, LISTS = 4 };

/* A text point by point, and which of its gaps a span bridges: `covered[i]` is point i, `bridged[i]` the gap
 * between i − 1 and i. A blot begins where a covered point has no bridge before it. */
typedef struct sample {
  uint32_t count;
  const char *points[POINTS_MAX];
  bool covered[POINTS_MAX];
  bool bridged[POINTS_MAX];
  char spans[LISTS][1024];
  unsigned lists;
} sample;

/* Public points and secret ones share no byte sequence: no secret can come from elsewhere. */
static const char *const PUBLIC[] = {"a", " ", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "0", "\\\""};
static const char *const SECRET[] = {"Q", "~", "\xce\xa9", "\xe6\xbc\xa2", "\xf0\x90\x8d\x88"};

static void make_spans(sample *self, uint64_t *seed, char *out, size_t size) {
  size_t length = 0;
  out[0] = '\0';
  for (uint32_t at = below(seed, self->count); at < self->count;) {
    uint32_t end = at + 1 + below(seed, self->count - at);
    if (below(seed, 3) > 0 && end > at + 4) end = at + 1 + below(seed, 4);
    length += (size_t)snprintf(out + length, size - length, "%s{'start':%u,'end':%u}", length > 0 ? "," : "",
                               (unsigned)at, (unsigned)end);
    for (uint32_t i = at; i < end; i++) {
      self->covered[i] = true;
      if (i > at) self->bridged[i] = true;
    }
    at = end + below(seed, 5); /* 0: the next one touches */
    if (below(seed, 4) == 0) break;
  }
}

static void make_sample(sample *self, uint64_t *seed) {
  memset(self, 0, sizeof *self);
  self->count = 1 + below(seed, POINTS_MAX);
  self->lists = 1 + below(seed, LISTS);
  for (unsigned i = 0; i < self->lists; i++) make_spans(self, seed, self->spans[i], sizeof self->spans[i]);
  for (uint32_t i = 0; i < self->count; i++) {
    self->points[i] = self->covered[i] ? SECRET[below(seed, 5)] : PUBLIC[below(seed, 7)];
  }
}

static void put_text(const sample *self, char *text, size_t size) {
  size_t length = 0;
  text[0] = '\0';
  for (uint32_t i = 0; i < self->count; i++) {
    length += (size_t)snprintf(text + length, size - length, "%s", self->points[i]);
  }
}

/* What must come out, as JSON writes it or `raw`. */
static void put_expected(const sample *self, bool raw, char *text, size_t size) {
  size_t length = 0;
  text[0] = '\0';
  for (uint32_t i = 0; i < self->count; i++) {
    if (self->covered[i] && self->bridged[i]) continue;
    const char *point = self->covered[i] ? BLOT : self->points[i];
    length += (size_t)snprintf(text + length, size - length, "%s", point + (raw && point[0] == '\\'));
  }
}

/* Puts all it can get of the text wherever a script can put text: notes, whys and ids, which have letters and
 * digits only and so spell its bytes out. `cut` keeps to whole characters, for a note must be UTF-8. */
static const char TELLTALE[] =
    "local t, digits = case.tweet.text, '0123456789abcdef'\n"
    "local function cut(from, to)\n"
    "  while from > 1 and from <= #t and t:byte(from) // 64 == 2 do from = from - 1 end\n"
    "  while to > 0 and to < #t and t:byte(to + 1) // 64 == 2 do to = to - 1 end\n"
    "  return t:sub(from, to)\n"
    "end\n"
    "for from = 1, #t, 100 do balance:note('n' .. cut(from, from + 400)) end\n"
    "balance:condition('why', true, cut(1, 500))\n"
    "local id = 'b'\n"
    "for i = 1, math.min(#t, 23) do\n"
    "  local high, low = t:byte(i) // 16 + 1, t:byte(i) % 16 + 1\n"
    "  id = id .. digits:sub(high, high) .. digits:sub(low, low)\n"
    "end\n"
    "balance:condition(id, true)\n"
    "balance:interest(id, 1, 1)\n";

static void expect_no_secret(const engine_rig *self) {
  for (size_t i = 0; i < sizeof SECRET / sizeof *SECRET; i++) {
    if (strstr(self->json, SECRET[i]) != NULL) fail_msg("%s shows in %s", SECRET[i], self->json);
  }
}

/* The id that TELLTALE makes of a text that it sees as it should. */
static void expect_telltale_id(const engine_rig *self, const sample *which) {
  char text[POINTS_MAX * 16 + 1], id[64] = "\"id\":\"b";
  put_expected(which, true, text, sizeof text);
  size_t length = strlen(id);
  for (size_t i = 0; text[i] != '\0' && i < 23; i++) {
    length += (size_t)snprintf(id + length, sizeof id - length, "%02x", (unsigned char)text[i]);
  }
  (void)snprintf(id + length, sizeof id - length, "\"");
  if (strstr(self->json, id) == NULL) fail_msg("%s\nis not in %s", id, self->json);
}

/* Evaluates the sample with other violations behind its own. */
static void weigh_sample(engine_rig *self, const sample *which, const char *others, const char *account) {
  static const char *const KINDS[LISTS] = {"'kind':'posted',", "'kind':'threat',", "'kind':'incitement',",
                                           ""};
  char text[POINTS_MAX * 4 + 1], violations[8192] = "", written[16384];
  size_t length = 0;
  put_text(which, text, sizeof text);
  for (unsigned i = 0; i < which->lists; i++) {
    length += (size_t)snprintf(violations + length, sizeof violations - length,
                               "{'rule':'private_information',%s'spans':[%s]},", KINDS[i], which->spans[i]);
  }
  (void)snprintf(written, sizeof written,
                 "{'id':'c','tweet':{'text':'%s'},%s'violations':[%s%s],'context':{'market':'NL',%s}}", text,
                 account, violations, others, ASSESSED);
  engine_rig_evaluate(self, written);
}

#define ELIGIBLE                                                                                             \
  "'account':{'verified':true,'followers_count':200000,'office':{'status':'candidate','branch':'executive'}},"

static void make_telltales(engine_rig *self) {
  policy_maker_rule(&self->maker, "private_information", "0", TELLTALE);
  policy_maker_rule(&self->maker, "grants", "0", TELLTALE);
  policy_maker_rule(&self->maker, "removes", "100", TELLTALE);
  policy_maker_rule(&self->maker, "fails", "0", "error(case.tweet.text)");
  policy_maker_rule(&self->maker, "misspells", "0", "local x = case.context[case.tweet.text]");
  policy_maker_rule(&self->maker, "bad_id", "0", "balance:interest(case.tweet.text, 1, 1)");
  policy_maker_market(&self->maker, "NL",
                      "if #case.tweet.text <= 500 then balance:condition('m', true, case.tweet.text) end");
  engine_rig_load(self);
}

/* Blots are those of a redactor that knows nothing of sorting and joining, and no secret shows in any byte,
 * though every script puts the text wherever it can. */
static void test_redact_no_script_can_show_what_spans_cover(void **state) {
  engine_rig *self = *state;
  static const struct {
    const char *others, *account, *outcome, *basis;
    bool shown;
  } FORMS[] = {
      {"{'rule':'grants'}", ELIGIBLE, "notice", "weighed", true},
      {"{'rule':'none'}", ELIGIBLE, "review", "no_script", true},
      {"{'rule':'fails'}", ELIGIBLE, "review", "rule_error", true},
      {"{'rule':'misspells'}", ELIGIBLE, "review", "rule_error", true},
      {"{'rule':'bad_id'}", ELIGIBLE, "review", "rule_error", true},
      {"{'rule':'removes'}", ELIGIBLE, "remove", "weighed", false},
      {"{'rule':'grants'}", "", "review", "incomplete", true},
      {"{'rule':'terrorism'}", ELIGIBLE, "remove", "never_excepted", false},
      {"{'rule':'grants'}", "'account':{'verified':false},", "remove", "not_eligible", false},
  };
  enum { FORMS_COUNT = sizeof FORMS / sizeof *FORMS, SAMPLES = 3000 };
  make_telltales(self);
  uint64_t seed = 20190627;
  unsigned several = 0, joined = 0;
  for (unsigned i = 0; i < SAMPLES; i++) {
    sample which;
    char expected[POINTS_MAX * 16 + 1], shown[POINTS_MAX * 16 + 64];
    make_sample(&which, &seed);
    several += which.lists > 1;
    put_expected(&which, false, expected, sizeof expected);
    joined += strstr(expected, BLOT BLOT) != NULL;
    weigh_sample(self, &which, FORMS[i % FORMS_COUNT].others, FORMS[i % FORMS_COUNT].account);
    engine_rig_expect(self, FORMS[i % FORMS_COUNT].outcome, FORMS[i % FORMS_COUNT].basis);
    expect_no_secret(self);
    if (i % FORMS_COUNT == 0) expect_telltale_id(self, &which);
    if (FORMS[i % FORMS_COUNT].shown) {
      (void)snprintf(shown, sizeof shown, "\"redacted_text\":\"%s\"", expected);
      if (strstr(self->json, shown) == NULL) fail_msg("%s\nis not in %s", shown, self->json);
    } else {
      engine_rig_lacks(self, "redacted_text");
    }
  }
  assert_true(several > SAMPLES / 2 && joined > SAMPLES / 10); /* the samples are worth something */
}

/* ---- what scripts see, and where the text stands ---- */

/* When any violation has spans, every script sees the blots, that of another rule and the market's too. */
static void test_redact_scripts_see_the_blots(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "private_information", "0", "balance:note('p ' .. case.tweet.text)");
  policy_maker_rule(&self->maker, "grants", "0",
                    "balance:note('g ' .. case.tweet.text .. ' ' .. text.length(case.tweet.text) .. ' ' .. "
                    "tostring(case.violation.has_spans))");
  policy_maker_market(&self->maker, "NL", "balance:note('m ' .. case.tweet.text)");
  engine_rig_load(self);
  engine_rig_evaluate(self,
                      "{'id':'c','tweet':{'text':'call 0612!'}," ELIGIBLE "'violations':[{'rule':'grants'},"
                      "{'rule':'private_information','spans':[{'start':5,'end':9}]}],'context':{"
                      "'market':'NL'," ASSESSED "}}");
  engine_rig_expect(self, "notice", "weighed");
  engine_rig_has(self, "'notes':['g call " BLOT "! 11 false','m call " BLOT "!']");
  engine_rig_has(self, "'notes':['p call " BLOT "!','m call " BLOT "!']");
  engine_rig_has(self, "'redacted_text':'call " BLOT "!'");
}

/* On a notice and on every review, whatever its basis; never on a removal or where nothing is broken. */
static void test_redact_text_stands_on_a_notice_and_every_review(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "grants", "0", "");
  policy_maker_rule(&self->maker, "removes", "1", "");
  policy_maker_rule(&self->maker, "fails", "0", "error 'e'");
  engine_rig_load(self);
  static const struct {
    const char *account, *violations, *context, *outcome, *basis;
  } CASES[] = {
      {ELIGIBLE, "{'rule':'grants'}", ASSESSED, "notice", "weighed"},
      {ELIGIBLE, "{'rule':'fails'}", ASSESSED, "review", "rule_error"},
      {ELIGIBLE, "{'rule':'none'}", ASSESSED, "review", "no_script"},
      {ELIGIBLE, "{'rule':'grants'}", "", "review", "unassessed"},
      {"", "{'rule':'grants'}", ASSESSED, "review", "incomplete"},
      {ELIGIBLE, "{'rule':'removes'}", ASSESSED, "remove", "weighed"},
      {ELIGIBLE, "{'rule':'copyright'}", ASSESSED, "remove", "never_excepted"},
      {"'account':{'verified':false},", "{'rule':'grants'}", ASSESSED, "remove", "not_eligible"},
      {ELIGIBLE, "", ASSESSED, "no_action", "no_violation"},
  };
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    char text[1024];
    (void)snprintf(text, sizeof text,
                   "{'id':'c','tweet':{'text':'one \\\"two\\\"'},%s'violations':[%s],'context':{%s}}",
                   CASES[i].account, CASES[i].violations, CASES[i].context);
    engine_rig_evaluate(self, text);
    engine_rig_expect(self, CASES[i].outcome, CASES[i].basis);
    if (CASES[i].outcome[0] == 'n' && CASES[i].outcome[2] == 't')
      engine_rig_has(self, "},'redacted_text':'one \\'two\\'','policy':");
    else if (strcmp(CASES[i].outcome, "review") == 0)
      engine_rig_has(self, ",'redacted_text':'one \\'two\\''");
    else
      engine_rig_lacks(self, "redacted_text");
  }
}

static void test_redact_an_unknown_text_is_not_shown(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "grants", "0", "assert(case.tweet.text == nil)");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'grants'}", ASSESSED);
  engine_rig_expect(self, "notice", "weighed");
  engine_rig_lacks(self, "redacted_text");
  engine_rig_evaluate(self, "{'id':'c','tweet':{'text':''}," ELIGIBLE "'violations':[{'rule':'none'}]}");
  engine_rig_has(self, "'redacted_text':'','policy':"); /* known to be empty */
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_redact_blots),
      cmocka_unit_test(test_redact_an_unknown_text_has_nothing_to_show),
      cmocka_unit_test(test_redact_says_when_memory_ran_out),
      RIG_TEST(test_redact_no_script_can_show_what_spans_cover),
      RIG_TEST(test_redact_scripts_see_the_blots),
      RIG_TEST(test_redact_text_stands_on_a_notice_and_every_review),
      RIG_TEST(test_redact_an_unknown_text_is_not_shown),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
