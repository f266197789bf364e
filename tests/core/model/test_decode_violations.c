/* Violations as the reader of cases takes and refuses them (design sections 3 and 12). */
#include "decode_support.h"

#define CASE(violations) "{'id':'a','violations':[" violations "]}"
#define ON_TEXT(text, spans)                                                                                 \
  "{'id':'a','tweet':{'text':'" text "'},'violations':[{'rule':'private_information','spans':[" spans "]}]}"
#define BEFORE_TEXT(text, spans)                                                                             \
  "{'id':'a','violations':[{'rule':'private_information','spans':[" spans "]}],'tweet':{'text':'" text "'}}"

#define RULE_FORM  "a rule id: a small letter, then at most 47 small letters, digits and _"
#define KIND_FORM  "a kind: a small letter, then at most 47 small letters, digits and _"
#define KEYS       "one of rule, kind, grounds, spans"
#define SPAN_KEYS  "one of start, end, kind"
#define SPAN_KINDS "one of phone, home_address, email, identity_number, location, financial, other"
#define GROUNDS                                                                                              \
  "one of race, ethnicity, national_origin, sexual_orientation, gender, gender_identity, "                   \
  "religious_affiliation, age, disability, serious_disease"
#define ONCE    "each rule and kind once"
#define OFFSET  "a whole number, counting code points of the text from 0"
#define NO_TEXT "tweet.text, in which they are places"
#define LONG_48 "abcdefghijklmnopqrstuvwxyz_0123456789_abcdefghij"

static const refusal RULES[] = {
    {CASE("`null"), 1201, "/violations/0", "null", "an object: one violation", ""},
    {CASE("{'rule':'violence'},`'violence'"), 1201, "/violations/1", "'violence' (a string)",
     "an object: one violation", ""},
    {CASE("`{}"), 1102, "/violations/0", "an object without it", "the key 'rule'", ""},
    {CASE("\n\n `{'rule':null,'kind':'threat'}"), 1102, "/violations/0", "null", "the key 'rule'",
     "null is the same as leaving it out"},
    {CASE("{'rule':`1}"), 1201, "/violations/0/rule", "the number 1", RULE_FORM, ""},
    {CASE("{'rule':`''}"), 1303, "/violations/0/rule", "''", RULE_FORM, ""},
    {CASE("{'rule':`'Violence'}"), 1303, "/violations/0/rule", "'Violence'", RULE_FORM,
     "did you mean 'violence'?"},
    {CASE("{'rule':`'hateful-conduct'}"), 1303, "/violations/0/rule", "'hateful-conduct'", RULE_FORM,
     "did you mean 'hateful_conduct'?"},
    {CASE("{'rule':`'" LONG_48 "k'}"), 1303, "/violations/0/rule", "'" LONG_48 "k'", RULE_FORM, ""},
    {CASE("{'rule':'violence',`'kinds':'threat'}"), 1101, "/violations/0/kinds", "'kinds'", KEYS,
     "did you mean 'kind'?"},
    {CASE("{'rule':'violence',`'text':'x'}"), 1101, "/violations/0/text", "'text'", KEYS,
     "it stands in tweet"},
    {CASE("{'rule':'violence',`'usernam':'x'}"), 1101, "/violations/0/usernam", "'usernam'", KEYS,
     "did you mean 'username', in account?"},
    {CASE("{@'rule':'violence',`'rule':'copyright'}"), 1014, "/violations/0/rule", "'rule'", "each key once",
     ""},
    {CASE("{'rule':'violence',@'kind':null,\n`'kind':'threat'}"), 1014, "/violations/0/kind", "'kind'",
     "each key once", ""},
};

static const refusal KINDS[] = {
    {CASE("{'rule':'violence','kind':`1}"), 1201, "/violations/0/kind", "the number 1", "a kind, as a string",
     ""},
    {CASE("{'rule':'violence','kind':`'threats'}"), 1304, "/violations/0/kind", "'threats'",
     "one of threat, glorification", "did you mean 'threat'?"},
    {CASE("{'kind':`'posted','rule':'violence'}"), 1304, "/violations/0/kind", "'posted'",
     "one of threat, glorification", "it is a kind of private_information"},
    {CASE("{'rule':'violence','kind':`''}"), 1304, "/violations/0/kind", "''", "one of threat, glorification",
     ""},
    {CASE("{'rule':'copyright','kind':`'anything'}"), 1304, "/violations/0/kind", "'anything'",
     "no kind: this rule has none", ""},
    {CASE("{'rule':'terrorism','kind':`'threat'}"), 1304, "/violations/0/kind", "'threat'",
     "no kind: this rule has none", "it is a kind of violence"},
    {CASE("{'rule':'spam','kind':`'Bulk'}"), 1304, "/violations/0/kind", "'Bulk'", KIND_FORM, ""},
    {CASE("{'rule':'spam','kind':`'" LONG_48 "k'}"), 1304, "/violations/0/kind", "'" LONG_48 "k'", KIND_FORM,
     ""},
};

static const refusal REPEATS[] = {
    {CASE("@{'rule':'violence'},`{'rule':'violence'}"), 1302, "/violations/1", "violence, without kind", ONCE,
     ""},
    {CASE("@{'rule':'violence','kind':null},\n  `{'rule':'violence'}"), 1302, "/violations/1",
     "violence, without kind", ONCE, ""},
    {CASE("{'rule':'violence'},@{'kind':'threat','rule':'violence'},{'rule':'spam'},"
          "`{'rule':'violence','kind':'threat'}"),
     1302, "/violations/3", "violence, kind threat", ONCE, ""},
    {CASE("@{'rule':'spam','kind':'bulk'},`{'rule':'sp\\u0061m','kind':'bulk'}"), 1302, "/violations/1",
     "spam, kind bulk", ONCE, ""},
};

static const refusal LISTS[] = {
    {CASE("{'rule':'hateful_conduct','grounds':`'race'}"), 1201, "/violations/0/grounds", "'race' (a string)",
     "a list of protected grounds", ""},
    {CASE("{'rule':'hateful_conduct','grounds':[`null]}"), 1201, "/violations/0/grounds/0", "null",
     "a protected ground, as a string", ""},
    {CASE("{'rule':'hateful_conduct','grounds':['race',`'genders']}"), 1202, "/violations/0/grounds/1",
     "'genders'", GROUNDS, "did you mean 'gender'?"},
    {CASE("{'rule':'hateful_conduct','grounds':[@'race','age',`'race']}"), 1210, "/violations/0/grounds/2",
     "'race'", "each ground once", ""},
    {CASE("{'rule':'violence','grounds':`['race']}"), 1305, "/violations/0/grounds", "grounds",
     "no grounds: only hateful_conduct has them", ""},
    {CASE("{'grounds':`['race'],'rule':'spam'}"), 1305, "/violations/0/grounds", "grounds",
     "no grounds: only hateful_conduct has them", ""},
    {CASE("{'rule':'violence','spans':`[{'start':0,'end':1}]}"), 1306, "/violations/0/spans", "spans",
     "no spans: only private_information has them", ""},
    {CASE("{'rule':'violence','grounds':`[]}"), 1305, "/violations/0/grounds", "grounds",
     "no grounds: only hateful_conduct has them", ""},
    {CASE("{'rule':'copyright'},{'grounds':`[],'rule':'spam'}"), 1305, "/violations/1/grounds", "grounds",
     "no grounds: only hateful_conduct has them", ""},
    {CASE("{'rule':'abuse_harassment','spans':`[]}"), 1306, "/violations/0/spans", "spans",
     "no spans: only private_information has them", ""},
    {CASE("{'spans':`[],'kind':'a','rule':'spam'}"), 1306, "/violations/0/spans", "spans",
     "no spans: only private_information has them", ""},
    {CASE("{'spans':\n`[{'start':0,'end':1}],'rule':'spam'}"), 1306, "/violations/0/spans", "spans",
     "no spans: only private_information has them", ""},
};

static const refusal SPANS[] = {
    {ON_TEXT("abc", "`null"), 1201, "/violations/0/spans/0", "null", "an object: one span", ""},
    {ON_TEXT("abc", "`[0,1]"), 1201, "/violations/0/spans/0", "an array", "an object: one span", ""},
    {ON_TEXT("abc", "`{'end':1}"), 1102, "/violations/0/spans/0", "an object without it", "the key 'start'",
     ""},
    {ON_TEXT("abc", "`{'start':1,'end':null}"), 1102, "/violations/0/spans/0", "null", "the key 'end'",
     "null is the same as leaving it out"},
    {ON_TEXT("abc", "{'start':0,'end':1,`'type':'phone'}"), 1101, "/violations/0/spans/0/type", "'type'",
     SPAN_KEYS, ""},
    {ON_TEXT("abc", "{'start':0,`'ends':1}"), 1101, "/violations/0/spans/0/ends", "'ends'", SPAN_KEYS,
     "did you mean 'end'?"},
    {ON_TEXT("abc", "{@'start':0,`'start':1}"), 1014, "/violations/0/spans/0/start", "'start'",
     "each key once", ""},
    {ON_TEXT("abc", "{'start':`'0','end':1}"), 1201, "/violations/0/spans/0/start", "'0' (a string)", OFFSET,
     ""},
    {ON_TEXT("abc", "{'start':0,'end':`1.0}"), 1203, "/violations/0/spans/0/end", "the number 1.0", OFFSET,
     ""},
    {ON_TEXT("abc", "{'start':`-1,'end':1}"), 1203, "/violations/0/spans/0/start", "the number -1", OFFSET,
     ""},
    {ON_TEXT("abc", "{'start':0,'end':1,'kind':`1}"), 1201, "/violations/0/spans/0/kind", "the number 1",
     "a kind of private data, as a string", ""},
    {ON_TEXT("abc", "{'start':0,'end':1,'kind':`'adress'}"), 1202, "/violations/0/spans/0/kind", "'adress'",
     SPAN_KINDS, ""},
    {ON_TEXT("abc", "{'start':0,'end':1,'kind':`'fone'}"), 1202, "/violations/0/spans/0/kind", "'fone'",
     SPAN_KINDS, ""},
    {ON_TEXT("abc", "{'start':0,'end':1,'kind':`'e-mail'}"), 1202, "/violations/0/spans/0/kind", "'e-mail'",
     SPAN_KINDS, "did you mean 'email'?"},
    {"{'id':'a','violations':[{'rule':'private_information','spans':`{}}]}", 1201, "/violations/0/spans",
     "an object", "a list of spans", ""},
    {ON_TEXT("abc", "{'start':1,'end':`1}"), 1310, "/violations/0/spans/0/end", "1", "more than its start, 1",
     ""},
    {ON_TEXT("abc", "{'end':`1,'start':2}"), 1310, "/violations/0/spans/0/end", "1", "more than its start, 2",
     ""},
    {ON_TEXT("abcdef", "{'start':0,'end':3},{'start':`2,'end':4}"), 1309, "/violations/0/spans/1/start", "2",
     "at least 3, the end of the span before", ""},
    {ON_TEXT("abcdef", "{'start':3,'end':4},\n{'start':`0,'end':1}"), 1309, "/violations/0/spans/1/start",
     "0", "at least 4, the end of the span before", ""},
};

/* A text may stand before or behind the violations, or nowhere. */
static const refusal PLACES[] = {
    {ON_TEXT("abc", "{'start':0,'end':`4}"), 1308, "/violations/0/spans/0/end", "4",
     "at most 3, the length of the text in code points", ""},
    {BEFORE_TEXT("abc", "{'start':0,'end':`4}"), 1308, "/violations/0/spans/0/end", "4",
     "at most 3, the length of the text in code points", ""},
    {BEFORE_TEXT("abc", "{'start':0,'end':1},\n {'start':1,'end':`4}"), 1308, "/violations/0/spans/1/end",
     "4", "at most 3, the length of the text in code points", ""},
    {BEFORE_TEXT("", "{'start':0,'end':`1}"), 1308, "/violations/0/spans/0/end", "1",
     "at most 0, the length of the text in code points", ""},
    /* two code points, of four bytes and of two UTF-16 units each */
    {BEFORE_TEXT("\xF0\x9F\x98\x80\\uD83D\\uDE00", "{'start':0,'end':`3}"), 1308, "/violations/0/spans/0/end",
     "3", "at most 2, the length of the text in code points", ""},
    {ON_TEXT("abc", "{'start':`25001,'end':25002}"), 1308, "/violations/0/spans/0/start", "the number 25001",
     "at most 25000, the longest text", ""},
    {ON_TEXT("abc", "{'start':0,'end':`9223372036854775807}"), 1308, "/violations/0/spans/0/end",
     "the number 9223372036854775807", "at most 25000, the longest text", ""},
    {CASE("{'rule':'private_information','spans':`[{'start':0,'end':1}]}"), 1307, "/violations/0/spans",
     "spans", NO_TEXT, ""},
    {"{'id':'a','tweet':{'text':null},'violations':[{'rule':'private_information','spans':`[{'start':0,'end':"
     "1}]}]}",
     1307, "/violations/0/spans", "spans", NO_TEXT, ""},
    {"{'id':'a','violations':[{'rule':'violence'},{'rule':'private_information','spans':`[{'start':0,'end':1}"
     "]}],"
     "'tweet':{'lang':'nl'}}",
     1307, "/violations/1/spans", "spans", NO_TEXT, ""},
};

static void expect_all(const refusal *rows, size_t count) {
  for (size_t i = 0; i < count; i++) expect_refusal(&rows[i]);
}

#define EXPECT_ALL(rows) expect_all(rows, sizeof(rows) / sizeof *(rows))

static void test_violations_refuse_rules_and_keys(void **state) {
  (void)state;
  EXPECT_ALL(RULES);
}

static void test_violations_refuse_kinds_of_other_rules(void **state) {
  (void)state;
  EXPECT_ALL(KINDS);
}

/* "each (rule, kind) once"; both without a kind are a repeat too. */
static void test_violations_refuse_repeats(void **state) {
  (void)state;
  EXPECT_ALL(REPEATS);
}

static void test_violations_refuse_grounds_and_spans_of_other_rules(void **state) {
  (void)state;
  EXPECT_ALL(LISTS);
}

static void test_violations_refuse_spans(void **state) {
  (void)state;
  EXPECT_ALL(SPANS);
}

static void test_violations_refuse_spans_that_leave_the_text(void **state) {
  (void)state;
  EXPECT_ALL(PLACES);
}

/* Every rule of the table with each of its kinds, and without one. */
static void test_violations_take_every_rule_and_kind(void **state) {
  (void)state;
  for (int rule = 0; rule < PI_RULE_COUNT; rule++) {
    pi_words kinds = PI_RULES[rule].kinds;
    for (int kind = -1; kind < kinds.count; kind++) {
      char text[256];
      snprintf(text, sizeof text, CASE("{'rule':'%s','kind':%s%s%s}"), PI_RULES[rule].id.ptr,
               kind < 0 ? "" : "'", kind < 0 ? "null" : kinds.words[kind].ptr, kind < 0 ? "" : "'");
      fixture *self = decode_good(text);
      const pi_violation *violation = &self->input.violations[0];
      assert_int_equal(self->input.violations_count, 1);
      assert_int_equal(violation->rule, rule);
      assert_true(pi_slice_equal(violation->rule_id, PI_RULES[rule].id));
      assert_int_equal(violation->kind_word, kind);
      assert_int_equal(violation->kind.ptr == NULL, kind < 0);
      if (kind >= 0) assert_true(pi_slice_equal(violation->kind, kinds.words[kind]));
      assert_int_equal(violation->grounds, 0);
      assert_int_equal(violation->spans_count, 0);
      assert_false(self->input.has_spans);
      fixture_free(self);
    }
  }
}

static void test_violations_take_a_rule_without_a_row(void **state) {
  (void)state;
  fixture *self =
      decode_good(CASE("{'rule':'" LONG_48 "','kind':'" LONG_48 "'},{'kind':'bulk','rule':'spam'},"
                       "{'rule':'spam'},{'rule':'spam','kind':'other'}"));
  assert_int_equal(self->input.violations_count, 4);
  for (int i = 0; i < 4; i++) {
    assert_int_equal(self->input.violations[i].rule, PI_RULE_OTHER);
    assert_int_equal(self->input.violations[i].kind_word, -1);
  }
  assert_true(pi_slice_equal(self->input.violations[0].rule_id, PI_SLICE(LONG_48)));
  assert_true(pi_slice_equal(self->input.violations[1].kind, PI_SLICE("bulk")));
  assert_null(self->input.violations[2].kind.ptr);
  fixture_free(self);
}

static void test_violations_take_grounds(void **state) {
  (void)state;
  fixture *self =
      decode_good(CASE("{'rule':'hateful_conduct','grounds':['serious_disease','race','age']},"
                       "{'grounds':['race','ethnicity','national_origin','sexual_orientation','gender',"
                       "'gender_identity','religious_affiliation','age','disability',"
                       "'serious_disease'],'kind':'slurs','rule':'hateful_conduct'}"));
  assert_int_equal(self->input.violations[0].grounds, 1U << 9 | 1U << 0 | 1U << 7);
  assert_int_equal(self->input.violations[1].grounds, 0x3FF);
  fixture_free(self);
}

/* Null is absent: it needs neither a text nor a rule that has such lists. */
static void test_violations_null_lists_say_nothing(void **state) {
  (void)state;
  fixture *self = decode_good(CASE("{'rule':'violence','spans':null},{'spans':null,'rule':'spam','kind':'a'},"
                                   "{'rule':'copyright','spans':null,'grounds':null,'kind':null},"
                                   "{'rule':'spam','grounds':null},{'rule':'hateful_conduct','grounds':[]}"));
  assert_int_equal(self->input.violations_count, 5);
  assert_false(self->input.has_spans);
  for (int i = 0; i < 5; i++) {
    assert_int_equal(self->input.violations[i].grounds, 0);
    assert_int_equal(self->input.violations[i].spans_count, 0);
    assert_false(self->input.violations[i].spans_known);
  }
  fixture_free(self);
}

/* Design sections 6 and 12: an empty list of spans says that the text holds no private data, which absent and
 * null do not. It needs no text, and blots nothing. */
static void test_violations_no_spans_are_not_unknown_spans(void **state) {
  (void)state;
  static const struct {
    const char *members;
    bool known;
  } CASES[] = {
      {"'kind':'threat'", false},
      {"'kind':'threat','spans':null", false},
      {"'kind':'threat','spans':[]", true},
      {"'spans':[],'kind':'incitement'", true},
      {"'kind':'threat','spans': [ ] ", true},
      {"'spans':[],'kind':'posted'", true},
      {"'spans':[]", true},
      {"", false},
  };
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    /* `rule` before and behind them: what an empty list means is known only with the rule */
    for (int first = 0; first < 2; first++) {
      static const char RULE[] = "'rule':'private_information'";
      char text[256];
      const char *members = CASES[i].members, *comma = members[0] != '\0' ? "," : "";
      snprintf(text, sizeof text, CASE("{%s%s%s}"), first ? RULE : members, comma, first ? members : RULE);
      fixture *self = decode_good(text);
      assert_int_equal(self->input.violations[0].spans_known, CASES[i].known);
      assert_int_equal(self->input.violations[0].spans_count, 0);
      assert_false(self->input.has_spans);
      fixture_free(self);
    }
  }
}

/* Touching spans are fine, as are the text's first and last code point; the order of keys is free. */
static void test_violations_take_spans(void **state) {
  (void)state;
  static const char *const TEXTS[] = {
      ON_TEXT("\xC3\xA9\xF0\x9F\x98\x80x\\u00e9", "{'start':0,'end':1,'kind':'phone'},{'end':3,'start':1},"
                                                  "{'kind':'other','start':3,'end':4}"),
      BEFORE_TEXT("\xC3\xA9\xF0\x9F\x98\x80x\\u00e9",
                  "{'start':0,'end':1,'kind':'phone'},{'end':3,'start':1},"
                  "{'kind':'other','start':3,'end':4}"),
  };
  for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
    fixture *self = decode_good(TEXTS[i]);
    const pi_violation *violation = &self->input.violations[0];
    assert_true(self->input.has_spans && violation->spans_known);
    assert_int_equal(violation->spans_count, 3);
    assert_int_equal(violation->spans[0].start, 0);
    assert_int_equal(violation->spans[0].end, 1);
    assert_int_equal(violation->spans[0].kind, 0);
    assert_int_equal(violation->spans[1].start, 1);
    assert_int_equal(violation->spans[1].end, 3);
    assert_int_equal(violation->spans[1].kind, -1);
    assert_int_equal(violation->spans[2].kind, 6);
    fixture_free(self);
  }
}

/* Builds ON_TEXT with `count` spans of one code point each. */
static size_t many_spans(char *out, size_t size, unsigned count) {
  int used = snprintf(out, size, "{\"id\":\"a\",\"tweet\":{\"text\":\"");
  for (unsigned i = 0; i < 100; i++) out[used++] = 'x';
  used += snprintf(out + used, size - (size_t)used,
                   "\"},\"violations\":[{\"rule\":\"private_information\",\"spans\":[");
  for (unsigned i = 0; i < count; i++) {
    used +=
        snprintf(out + used, size - (size_t)used, "%s{\"start\":%u,\"end\":%u}", i > 0 ? "," : "", i, i + 1);
  }
  used += snprintf(out + used, size - (size_t)used, "]}]}");
  return (size_t)used;
}

static void test_violations_take_64_spans(void **state) {
  (void)state;
  fixture *self = fixture_new();
  size_t length = many_spans(self->text, sizeof self->text, 64);
  assert_int_equal(decode_slice(self, (pi_slice){self->text, length}), PUBINT_OK);
  assert_int_equal(self->input.violations[0].spans_count, 64);
  assert_int_equal(self->input.violations[0].spans[63].end, 64);
  length = many_spans(self->text, sizeof self->text, 65);
  assert_int_equal(decode_slice(self, (pi_slice){self->text, length}), PUBINT_E_INPUT);
  assert_int_equal(self->error.code, PI_E_TOO_MANY_SPANS);
  assert_string_equal(self->error.path, "/violations/0/spans/64");
  assert_int_equal(self->text[self->error.column - 1], '{');
  assert_string_equal(self->error.found, "a 65th span");
  assert_string_equal(self->error.expected, "at most 64 spans");
  fixture_free(self);
}

static size_t many_violations(char *out, size_t size, unsigned count) {
  int used = snprintf(out, size, "{\"id\":\"a\",\"violations\":[");
  for (unsigned i = 0; i < count; i++) {
    used += snprintf(out + used, size - (size_t)used, "%s{\"rule\":\"spam\",\"kind\":\"k%u\"}",
                     i > 0 ? "," : "", i);
  }
  used += snprintf(out + used, size - (size_t)used, "]}");
  return (size_t)used;
}

static void test_violations_are_at_most_16(void **state) {
  (void)state;
  fixture *self = fixture_new();
  size_t length = many_violations(self->text, sizeof self->text, 16);
  assert_int_equal(decode_slice(self, (pi_slice){self->text, length}), PUBINT_OK);
  assert_int_equal(self->input.violations_count, 16);
  length = many_violations(self->text, sizeof self->text, 17);
  assert_int_equal(decode_slice(self, (pi_slice){self->text, length}), PUBINT_E_INPUT);
  assert_int_equal(self->error.code, PI_E_TOO_MANY_VIOLATIONS);
  assert_string_equal(self->error.path, "/violations/16");
  assert_string_equal(self->error.found, "a 17th violation");
  assert_string_equal(self->error.expected, "at most 16 violations");
  length = many_violations(self->text, sizeof self->text, 0);
  assert_int_equal(decode_slice(self, (pi_slice){self->text, length}), PUBINT_OK);
  assert_int_equal(self->input.violations_count, 0);
  fixture_free(self);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_violations_refuse_rules_and_keys),
      cmocka_unit_test(test_violations_refuse_kinds_of_other_rules),
      cmocka_unit_test(test_violations_refuse_repeats),
      cmocka_unit_test(test_violations_refuse_grounds_and_spans_of_other_rules),
      cmocka_unit_test(test_violations_refuse_spans),
      cmocka_unit_test(test_violations_refuse_spans_that_leave_the_text),
      cmocka_unit_test(test_violations_take_every_rule_and_kind),
      cmocka_unit_test(test_violations_take_a_rule_without_a_row),
      cmocka_unit_test(test_violations_take_grounds),
      cmocka_unit_test(test_violations_null_lists_say_nothing),
      cmocka_unit_test(test_violations_no_spans_are_not_unknown_spans),
      cmocka_unit_test(test_violations_take_spans),
      cmocka_unit_test(test_violations_take_64_spans),
      cmocka_unit_test(test_violations_are_at_most_16),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
