/* What the reader of cases takes, up to the last byte it may, with the twin that is one too many. */
#include "decode_support.h"
#include "times.h"

static const char FULL[] =
    "{'v':1,'id':'c-1','tweet':{'id':'1266231100780744704','text':'t\\u00e9xt','lang':'en',"
    "'created_at':'2020-05-29T04:53:00Z'},'account':{'id':'25073877','username':'x','kind':'person',"
    "'authentic':true,'observed_at':'2020-05-29T05:00:00Z','verified':true,'verified_type':'legacy',"
    "'followers_count':80000000,'office':{'status':'holder','selection':'elected','leadership':false,"
    "'level':'national','branch':'executive','title':'President','country':'US'}},"
    "'violations':[{'rule':'violence','kind':'glorification'}],'context':{'market':'US-CA',"
    "'target':{'kind':'official','political_context':true},'public_concern':'high','public_debate':0.8,"
    "'call_to_protest':'none',"
    "'office_relevance':'low','geopolitical_clarity':'medium','record_value':'high','sole_source':'severe',"
    "'hyperbole':false,'political_statement':0,'heated_debate':1,'historical_event':-0.0,"
    "'official_conduct':0.1,'call_to_action':0.123456,'rights_interference':1e-6,'violence_link':0.0000005,"
    "'misleads_voters':0.00000049,'facilitates_transaction':10e-1,'service_harm':'low',"
    "'offline_harm':{'likelihood':'low','severity':0.9999995},'withheld_in':['DE','FR'],"
    "'signals':{'free':'form'}}}";

static const pi_value *fact(const fixture *self, pi_fact number) {
  assert_true(pi_case_knows(&self->input, number));
  return &self->input.facts[number];
}

static void expect_text(const fixture *self, pi_fact number, const char *text) {
  assert_true(pi_slice_equal(fact(self, number)->string, pi_slice_of(text)));
}

static void test_decode_reads_every_fact(void **state) {
  (void)state;
  static const struct {
    pi_fact fact;
    int32_t micro;
  } STRENGTHS[] = {
      {PI_FACT_TARGET_POLITICAL_CONTEXT, 1000000},
      {PI_FACT_PUBLIC_CONCERN, 750000},
      {PI_FACT_PUBLIC_DEBATE, 800000},
      {PI_FACT_CALL_TO_PROTEST, 0},
      {PI_FACT_OFFICE_RELEVANCE, 250000},
      {PI_FACT_GEOPOLITICAL_CLARITY, 500000},
      {PI_FACT_RECORD_VALUE, 750000},
      {PI_FACT_SOLE_SOURCE, 1000000},
      {PI_FACT_HYPERBOLE, 0},
      {PI_FACT_POLITICAL_STATEMENT, 0},
      {PI_FACT_HEATED_DEBATE, 1000000},
      {PI_FACT_HISTORICAL_EVENT, 0},
      {PI_FACT_OFFICIAL_CONDUCT, 100000},
      {PI_FACT_CALL_TO_ACTION, 123456},
      {PI_FACT_RIGHTS_INTERFERENCE, 1},
      {PI_FACT_VIOLENCE_LINK, 1}, /* half up */
      {PI_FACT_MISLEADS_VOTERS, 0},
      {PI_FACT_FACILITATES_TRANSACTION, 1000000},
      {PI_FACT_SERVICE_HARM, 250000},
      {PI_FACT_HARM_LIKELIHOOD, 250000},
      {PI_FACT_HARM_SEVERITY, 1000000},
  };
  fixture *self = decode_good(FULL);
  assert_true(self->input.known == (PI_FACT_BIT(PI_FACT_COUNT) - 1));
  expect_text(self, PI_FACT_ID, "c-1");
  expect_text(self, PI_FACT_TWEET_ID, "1266231100780744704");
  expect_text(self, PI_FACT_TWEET_TEXT, "t\xC3\xA9xt");
  expect_text(self, PI_FACT_TWEET_LANG, "en");
  expect_text(self, PI_FACT_TWEET_CREATED_AT, "2020-05-29T04:53:00Z");
  expect_text(self, PI_FACT_ACCOUNT_OBSERVED_AT, "2020-05-29T05:00:00Z");
  expect_text(self, PI_FACT_ACCOUNT_USERNAME, "x");
  expect_text(self, PI_FACT_OFFICE_TITLE, "President");
  expect_text(self, PI_FACT_OFFICE_COUNTRY, "US");
  expect_text(self, PI_FACT_MARKET, "US-CA");
  assert_int_equal(fact(self, PI_FACT_ACCOUNT_KIND)->word, PI_KIND_PERSON);
  assert_int_equal(fact(self, PI_FACT_ACCOUNT_VERIFIED_TYPE)->word, PI_VERIFIED_LEGACY);
  assert_int_equal(fact(self, PI_FACT_OFFICE_STATUS)->word, PI_STATUS_HOLDER);
  assert_int_equal(fact(self, PI_FACT_OFFICE_LEVEL)->word, PI_LEVEL_NATIONAL);
  assert_int_equal(fact(self, PI_FACT_TARGET_KIND)->word, PI_TARGET_OFFICIAL);
  assert_true(fact(self, PI_FACT_ACCOUNT_AUTHENTIC)->boolean);
  assert_false(fact(self, PI_FACT_OFFICE_LEADERSHIP)->boolean);
  assert_int_equal(fact(self, PI_FACT_ACCOUNT_FOLLOWERS_COUNT)->count, 80000000);
  for (size_t i = 0; i < sizeof STRENGTHS / sizeof *STRENGTHS; i++) {
    assert_int_equal(fact(self, STRENGTHS[i].fact)->micro, STRENGTHS[i].micro);
  }
  pi_countries countries = fact(self, PI_FACT_WITHHELD_IN)->countries;
  assert_int_equal(countries.count, 2);
  assert_true(pi_slice_equal(countries.codes[1], PI_SLICE("FR")));
  const pi_tree *signals = &fact(self, PI_FACT_SIGNALS)->tree;
  uint32_t child = pi_tree_find(signals, pi_tree_root(signals), PI_SLICE("free"));
  assert_true(child != UINT32_MAX && pi_slice_equal(signals->nodes[child].as.string, PI_SLICE("form")));
  fixture_free(self);
}

static void test_decode_every_word_of_every_fact(void **state) {
  (void)state;
  for (int number = 0; number < PI_FACT_COUNT; number++) {
    for (int word = 0; word < PI_FACTS[number].words.count; word++) {
      fixture *self = decode_good("{'id':'a','violations':[]}");
      char text[64];
      snprintf(text, sizeof text, "\"%s\"", PI_FACTS[number].words.words[word].ptr);
      assert_int_equal(
          pi_decode_set(&self->input, (pi_fact)number, pi_slice_of(text), &self->arena, &self->error),
          PUBINT_OK);
      assert_int_equal(fact(self, (pi_fact)number)->word, word);
      fixture_free(self);
    }
  }
}

/* Absent and null are unknown, of a fact and of an object alike; an empty object is no fault. */
static void test_decode_absent_and_null_are_unknown(void **state) {
  (void)state;
  static const char *const CASES[] = {
      "{'id':'a','violations':[]}",
      "{'v':null,'id':'a','tweet':null,'account':null,'context':null,'violations':[]}",
      "{'id':'a','tweet':{},'account':{},'context':{},'violations':[]}",
      "{'id':'a','account':{'office':null},'context':{'target':null,'offline_harm':null},'violations':[]}",
      "{'id':'a','account':{'office':{}},'context':{'target':{},'offline_harm':{}},'violations':[]}",
      "{'violations':[],'tweet':{'id':null,'text':null,'lang':null,'created_at':null},'id':'a'}",
      "{'id':'a','account':{'verified':null,'followers_count':null,'kind':null,'office':{'country':null}},"
      "'violations':[]}",
      "{'id':'a','context':{'market':null,'hyperbole':null,'withheld_in':null,'signals':null},'violations':[]"
      "}",
  };
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    fixture *self = decode_good(CASES[i]);
    assert_true(self->input.known == PI_FACT_BIT(PI_FACT_ID));
    assert_int_equal(self->input.violations_count, 0);
    fixture_free(self);
  }
}

static void test_decode_false_zero_and_empty_are_known(void **state) {
  (void)state;
  fixture *self = decode_good("{'id':'a','violations':[],'account':{'verified':false,'followers_count':-0},"
                              "'tweet':{'text':'','lang':''},'context':{'hyperbole':0,'withheld_in':[],"
                              "'signals':{}}}");
  assert_false(fact(self, PI_FACT_ACCOUNT_VERIFIED)->boolean);
  assert_int_equal(fact(self, PI_FACT_ACCOUNT_FOLLOWERS_COUNT)->count, 0);
  assert_int_equal(fact(self, PI_FACT_TWEET_TEXT)->string.len, 0);
  assert_int_equal(fact(self, PI_FACT_HYPERBOLE)->micro, 0);
  assert_int_equal(fact(self, PI_FACT_WITHHELD_IN)->countries.count, 0);
  const pi_tree *signals = &fact(self, PI_FACT_SIGNALS)->tree;
  assert_int_equal(signals->nodes[pi_tree_root(signals)].count, 0);
  fixture_free(self);
}

static void test_decode_takes_blanks_around_the_value(void **state) {
  (void)state;
  fixture *self = decode_good(" \t\r\n{ 'id' :\t'a' ,\n'violations' : [ ] }\r\n ");
  fixture_free(self);
}

/* A line of `before`, `count` times `unit`, `behind`; NULL-free text in a block of exactly its size. */
typedef struct line {
  char *text;
  size_t length;
} line;

static line repeat(const char *before, const char *unit, size_t count, const char *behind) {
  size_t unit_length = strlen(unit);
  line out = {NULL, strlen(before) + unit_length * count + strlen(behind)};
  out.text = malloc(out.length + 1);
  assert_non_null(out.text);
  char *p = out.text;
  memcpy(p, before, strlen(before));
  p += strlen(before);
  for (size_t i = 0; i < count; i++, p += unit_length) memcpy(p, unit, unit_length);
  memcpy(p, behind, strlen(behind) + 1);
  for (size_t i = 0; i < out.length; i++) {
    if (out.text[i] == '\'') out.text[i] = '"';
  }
  return out;
}

/* `limit` units are taken, one more is refused with `code` and with `found`. */
static void expect_limit(const char *before, const char *unit, size_t limit, const char *behind,
                         unsigned code, const char *found) {
  fixture *self = fixture_new();
  line good = repeat(before, unit, limit, behind);
  line bad = repeat(before, unit, limit + 1, behind);
  if (decode_slice(self, (pi_slice){good.text, good.length}) != PUBINT_OK)
    fail_msg("%s", self->error.message);
  assert_int_equal(decode_slice(self, (pi_slice){bad.text, bad.length}), PUBINT_E_INPUT);
  assert_int_equal(self->error.code, code);
  assert_string_equal(self->error.found, found);
  free(good.text);
  free(bad.text);
  fixture_free(self);
}

static void test_decode_lengths(void **state) {
  (void)state;
  expect_limit("{'id':'", "x", 64, "','violations':[]}", PI_E_BAD_LENGTH, "a string of 65 bytes");
  expect_limit("{'id':'", "\xC3\xA9", 32, "','violations':[]}", PI_E_BAD_LENGTH, "a string of 66 bytes");
  expect_limit("{'id':'", "\\u0041", 64, "','violations':[]}", PI_E_BAD_LENGTH, "a string of 65 bytes");
  expect_limit("{'id':'a','violations':[],'tweet':{'lang':'", "x", 256, "'}}", PI_E_BAD_LENGTH,
               "a string of 257 bytes");
  expect_limit("{'id':'a','violations':[],'account':{'username':'", "x", 256, "'}}", PI_E_BAD_LENGTH,
               "a string of 257 bytes");
  expect_limit("{'id':'a','violations':[],'account':{'office':{'title':'", "\xF0\x9F\x98\x80", 64, "'}}}",
               PI_E_BAD_LENGTH, "a string of 260 bytes");
  expect_limit("{'id':'a','violations':[],'tweet':{'text':'", "x", 25000, "'}}", PI_E_BAD_LENGTH,
               "a string of 25001 code points");
  expect_limit("{'id':'a','violations':[],'tweet':{'text':'", "\xF0\x9F\x98\x80", 25000, "'}}",
               PI_E_BAD_LENGTH, "a string of 25001 code points");
  expect_limit("{'id':'a','violations':[],'tweet':{'text':'", "\\uD83D\\uDE00", 25000, "'}}", PI_E_BAD_LENGTH,
               "a string of 25001 code points");
}

/* 16 KiB from { to }, blanks within included and those around it not. */
static void test_decode_signals_take_16_kib_as_written(void **state) {
  (void)state;
  size_t frame = strlen("{'x':''}");
  expect_limit("{'id':'a','violations':[],'context':{'signals': {'x':'", "y", 16384 - frame, "'} }}",
               PI_E_SIGNALS_TOO_LARGE, "more than 16384 bytes");
  expect_limit("{'id':'a','violations':[],'context':{'signals': {", " ", 16382, "} }}",
               PI_E_SIGNALS_TOO_LARGE, "more than 16384 bytes");
}

static void test_decode_signals_nest_16_deep(void **state) {
  (void)state;
  char text[256];
  for (int depth = 16; depth <= 17; depth++) {
    fixture *self = fixture_new();
    int used =
        snprintf(text, sizeof text, "{\"id\":\"a\",\"violations\":[],\"context\":{\"signals\":{\"x\":");
    for (int i = 1; i < depth; i++) text[used++] = '[';
    for (int i = 1; i < depth; i++) text[used++] = ']';
    used += snprintf(text + used, sizeof text - (size_t)used, "}}}");
    pubint_status status = decode_slice(self, (pi_slice){text, (size_t)used});
    assert_int_equal(status, depth == 16 ? PUBINT_OK : PUBINT_E_INPUT);
    if (depth == 17) {
      assert_int_equal(self->error.code, PI_E_SIGNALS_TOO_DEEP);
      assert_string_equal(self->error.path, "/context/signals/x/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0");
      assert_int_equal(text[self->error.column - 1], '[');
      assert_int_equal(text[self->error.column - 2], '[');
      assert_int_equal(text[self->error.column], ']');
    }
    fixture_free(self);
  }
}

static void test_decode_a_line_takes_1_mib(void **state) {
  (void)state;
  fixture *self = fixture_new();
  line text = repeat("{'id':'a','violations':[]}", " ", PUBINT_CASE_BYTES_MAX - 26, "");
  assert_int_equal(text.length, PUBINT_CASE_BYTES_MAX);
  assert_int_equal(decode_slice(self, (pi_slice){text.text, text.length}), PUBINT_OK);
  /* The terminating NUL is one byte more; what it is does not matter. */
  assert_int_equal(pi_decode_case(&self->input, (pi_slice){text.text, text.length + 1}, 9, &self->arena, NULL,
                                  &self->error),
                   PUBINT_E_INPUT);
  assert_int_equal(self->error.code, PI_E_LINE_TOO_LONG);
  assert_int_equal(self->error.line, 9);
  assert_int_equal(self->error.column, 1048577);
  assert_string_equal(self->error.path, "");
  assert_string_equal(self->error.found, "1048577 bytes");
  assert_string_equal(self->error.expected, "at most 1048576 bytes");
  assert_false(pi_case_knows(&self->input, PI_FACT_ID));
  free(text.text);
  fixture_free(self);
}

static void test_decode_followers_to_the_last(void **state) {
  (void)state;
  fixture *self = decode_good("{'id':'a','violations':[],'account':{'followers_count':9007199254740991}}");
  assert_true(fact(self, PI_FACT_ACCOUNT_FOLLOWERS_COUNT)->count == INT64_C(9007199254740991));
  fixture_free(self);
}

/* RFC 3339 and dates that exist; small t and z and a second of 60 are fine, a blank for the T is not. */
static const char *const GOOD_TIMES[] = {
    "2020-05-29T04:53:00Z",
    "2020-05-29t04:53:00z",
    "2020-02-29T00:00:00Z",
    "2000-02-29T23:59:59Z",
    "1990-12-31T23:59:60Z",
    "2020-05-29T04:53:00.5Z",
    "2020-05-29T04:53:00+02:00",
    "0000-01-01T00:00:00Z",
    "2020-05-29T04:53:00-00:00",
    "9999-12-31T23:59:59+23:59",
    "2020-05-29T04:53:00.123456789012345678901234567890Z",
};
static const char *const BAD_TIMES[] = {
    "2021-02-29T00:00:00Z",
    "1900-02-29T00:00:00Z",
    "2020-02-30T00:00:00Z",
    "2020-04-31T00:00:00Z",
    "2020-00-01T00:00:00Z",
    "2020-13-01T00:00:00Z",
    "2020-01-00T00:00:00Z",
    "2020-01-32T00:00:00Z",
    "2020-05-29 04:53:00Z",
    "2020-05-29T24:00:00Z",
    "2020-05-29T04:60:00Z",
    "2020-05-29T04:53:61Z",
    "2020-05-29T04:53:00",
    "2020-05-29T04:53Z",
    "2020-05-29T04:53:00.Z",
    "2020-05-29T04:53:00,5Z",
    "2020-05-29T04:53:00+2:0",
    "2020-05-29T04:53:00+24:00",
    "2020-05-29T04:53:00+02:60",
    "2020-05-29T04:53:00+0200",
    "2020-05-29",
    "20200529T045300Z",
    "2020-5-29T04:53:00Z",
    "+2020-05-29T04:53:00Z",
    "2020-05-29T04:53:00Z ",
    " 2020-05-29T04:53:00Z",
    "2020-05-29T04:53:00ZZ",
    "2020-05-29T04:53:00+02",
    "2020-05-29T04:53:00 Z",
    "",
    "T",
    "20-05-29T04:53:00Z",
    "2020/05/29T04:53:00Z",
    "2020-05-29T4:53:00Z",
    "1590727980",
    "2020-05-29T-1:53:00Z",
};

static void test_decode_times(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof GOOD_TIMES / sizeof *GOOD_TIMES; i++) {
    if (pi_time_fault(pi_slice_of(GOOD_TIMES[i])) != NULL) fail_msg("refused: %s", GOOD_TIMES[i]);
  }
  for (size_t i = 0; i < sizeof BAD_TIMES / sizeof *BAD_TIMES; i++) {
    if (pi_time_fault(pi_slice_of(BAD_TIMES[i])) == NULL) fail_msg("taken: %s", BAD_TIMES[i]);
  }
  assert_non_null(pi_time_fault(PI_SLICE("2020-05-29T04:53:00\0Z")));
  /* Nothing behind the slice is read: every beginning of a time is cut off there. */
  const char *whole = "2020-05-29T04:53:00.5+02:00";
  for (size_t length = 0; length < strlen(whole); length++) {
    char *exact = malloc(length + 1);
    assert_non_null(exact);
    memcpy(exact + 1, whole, length);
    assert_non_null(pi_time_fault((pi_slice){exact + 1, length}));
    free(exact);
  }
}

static void test_decode_markets(void **state) {
  (void)state;
  static const char *const GOOD[] = {"NL", "US-CA", "IN-1", "GB-ENG", "ZZ-0A9"};
  static const char *const BAD[] = {"nl",     "N",     "NLD",    "NL-", "NL-a", "US-CALI", "1L",
                                    "US--CA", "US CA", "US-CA ", "-CA", "",     "NL-A_",   "US-C-"};
  for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD + sizeof BAD / sizeof *BAD; i++) {
    size_t good_count = sizeof GOOD / sizeof *GOOD;
    const char *market = i < good_count ? GOOD[i] : BAD[i - good_count];
    fixture *self = decode_good("{'id':'a','violations':[]}");
    char text[32];
    snprintf(text, sizeof text, "\"%s\"", market);
    pubint_status status =
        pi_decode_set(&self->input, PI_FACT_MARKET, pi_slice_of(text), &self->arena, &self->error);
    if (i < good_count) {
      assert_int_equal(status, PUBINT_OK);
      expect_text(self, PI_FACT_MARKET, market);
    } else {
      assert_int_equal(self->error.code, PI_E_BAD_MARKET);
      assert_string_equal(self->error.path, "/context/market");
    }
    fixture_free(self);
  }
}

/* All 676 pairs of letters at once: the longest list there is. */
static void test_decode_every_country_once(void **state) {
  (void)state;
  fixture *self = decode_good("{'id':'a','violations':[]}");
  char text[676 * 5 + 3] = "[";
  char *p = text + 1;
  for (int i = 0; i < 676; i++) {
    p += snprintf(p, 8, "%s\"%c%c\"", i > 0 ? "," : "", 'A' + i / 26, 'A' + i % 26);
  }
  *p++ = ']';
  pi_slice list = {text, (size_t)(p - text)};
  assert_int_equal(pi_decode_set(&self->input, PI_FACT_WITHHELD_IN, list, &self->arena, &self->error),
                   PUBINT_OK);
  assert_int_equal(fact(self, PI_FACT_WITHHELD_IN)->countries.count, 676);
  assert_true(pi_slice_equal(fact(self, PI_FACT_WITHHELD_IN)->countries.codes[675], PI_SLICE("ZZ")));
  fixture_free(self);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_decode_reads_every_fact),
      cmocka_unit_test(test_decode_every_word_of_every_fact),
      cmocka_unit_test(test_decode_absent_and_null_are_unknown),
      cmocka_unit_test(test_decode_false_zero_and_empty_are_known),
      cmocka_unit_test(test_decode_takes_blanks_around_the_value),
      cmocka_unit_test(test_decode_lengths),
      cmocka_unit_test(test_decode_signals_take_16_kib_as_written),
      cmocka_unit_test(test_decode_signals_nest_16_deep),
      cmocka_unit_test(test_decode_a_line_takes_1_mib),
      cmocka_unit_test(test_decode_followers_to_the_last),
      cmocka_unit_test(test_decode_times),
      cmocka_unit_test(test_decode_markets),
      cmocka_unit_test(test_decode_every_country_once),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
