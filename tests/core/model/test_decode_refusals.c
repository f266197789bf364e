/* What the reader of cases refuses outside violations, and how it says so: code, line, column, path, message,
 * found, expected, hint (design section 3, issue "bad input"). */
#include "decode_support.h"

#define ID          "a string of 1 to 64 bytes without control characters"
#define STRENGTH    "a number from 0 to 1, true, false, none, low, medium, high or severe"
#define STRENGTHS   "one of none, low, medium, high, severe"
#define COUNT       "a whole number from 0 to 9007199254740991"
#define TIME        "a time as in 2020-05-29T04:53:00Z (RFC 3339)"
#define COUNTRY     "a country code of two capital letters"
#define MARKET      "a market as in NL or US-CA"
#define LONG_59     "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
#define ROOT_KEYS   "one of id, tweet, account, context, v, violations"
#define TWEET_KEYS  "one of id, text, lang, created_at"
#define OFFICE_KEYS "one of title, leadership, status, selection, level, branch, country"
#define ACCOUNT_KEYS                                                                                         \
  "one of id, username, observed_at, kind, authentic, verified, verified_type, followers_count, office"

/* Not about cases but about JSON: the words of these are the JSON reader's, and its tests hold them. */
static const refusal TEXTS[] = {
    {"`", 1001, "", NULL, NULL, ""},
    {" \t\r \n`", 1001, "", NULL, NULL, ""},
    {"`\xEF\xBB\xBF{'id':'a','violations':[]}", 1002, "", NULL, NULL, ""},
    {"{'id':'a','tweet':{'text':'a`\xC3'},'violations':[]}", 1003, "/tweet/text", NULL, NULL, ""},
    {"{'id':'a','tweet':{'text':'`\xC0\xAF'},'violations':[]}", 1003, "/tweet/text", NULL, NULL, ""},
    {"{'id':'a','tweet':{'text':'`\xED\xA0\x80'},'violations':[]}", 1003, "/tweet/text", NULL, NULL, ""},
    {"{'id':'a`\x01'}", 1004, "/id", NULL, NULL, ""},
    {"{'id':'a','tweet':{'text':'a`\nb'}}", 1004, "/tweet/text", NULL, NULL, ""},
    {"{'id':'a\\`x'}", 1005, "/id", NULL, NULL, ""},
    {"{'id':'`\\uD800'}", 1006, "/id", NULL, NULL, ""},
    {"{'id':'a','violations':[],'context':{'hyperbole':0`1}}", 1007, "/context/hyperbole", NULL, NULL, ""},
    {"{'id':'a','violations':[],'context':{'hyperbole':`.5}}", 1007, "/context/hyperbole", NULL, NULL, ""},
    {"{'id':'a','violations':[],'context':{'hyperbole':`1e400}}", 1008, "/context/hyperbole", NULL, NULL, ""},
    {"{'id':'a','violations':[],'account':{'followers_count':`-1e400}}", 1008, "/account/followers_count",
     NULL, NULL, ""},
    {"{'id':'a','violations':[],'context':{'signals':{'x':`1e400}}}", 1008, "/context/signals/x", NULL, NULL,
     ""},
    {"{'id':'a' `'violations':[]}", 1009, "/id", NULL, NULL, ""},
    {"{'id':`NaN}", 1009, "/id", NULL, NULL, ""},
    {"{'id':'a','violations':[]`", 1010, "/violations", NULL, NULL, ""},
    {"{'id':'a`", 1010, "/id", NULL, NULL, ""},
    {"{'id':'a','violations':[]} `{'id':'b','violations':[]}", 1011, "", NULL, NULL, ""},
    {"{'id':'a','violations':[]}\n`x", 1011, "", NULL, NULL, ""},
};

static const refusal KEYS[] = {
    {"{@'id':'a',`'id':'a','violations':[]}", 1014, "/id", "'id'", "each key once", ""},
    {"{@'id':null,\n `'id':'a','violations':[]}", 1014, "/id", "'id'", "each key once", ""},
    {"{@'id':'a',`'\\u0069d':'a','violations':[]}", 1014, "/id", "'id'", "each key once", ""},
    {"{'id':'a',\n@'violations':[],\n `'violations':[]}", 1014, "/violations", "'violations'",
     "each key once", ""},
    {"{@'v':1,'id':'a',`'v':1,'violations':[]}", 1014, "/v", "'v'", "each key once", ""},
    {"{'id':'a',@'account':{},'violations':[],`'account':{}}", 1014, "/account", "'account'", "each key once",
     ""},
    {"{'id':'a','account':{@'id':'x','kind':'other',`'id':'x'}}", 1014, "/account/id", "'id'",
     "each key once", ""},
    {"{'id':'a','violations':[],'context':{'signals':{@'a':1,`'a':1}}}", 1014, "/context/signals/a", "'a'",
     "each key once", ""},
    {"{'id':'a',`'titel':1}", 1101, "/titel", "'titel'", ROOT_KEYS,
     "did you mean 'title', in account.office?"},
    {"{'id':'a',`'violation':[]}", 1101, "/violation", "'violation'", ROOT_KEYS,
     "did you mean 'violations'?"},
    {"{'id':'a',`'followers_count':1}", 1101, "/followers_count", "'followers_count'", ROOT_KEYS,
     "it stands in account"},
    {"{'id':'a',`'kind':1}", 1101, "/kind", "'kind'", ROOT_KEYS, "it stands in account or context.target"},
    {"{'id':'a',`'spans':[]}", 1101, "/spans", "'spans'", ROOT_KEYS, "it stands in an item of violations"},
    {"{'id':'a',`'':1}", 1101, "/", "''", ROOT_KEYS, ""},
    {"{'id':'a',`'somethingelse':1}", 1101, "/somethingelse", "'somethingelse'", ROOT_KEYS, ""},
    {"{'id':'a','tweet':{`'txt':1}}", 1101, "/tweet/txt", "'txt'", TWEET_KEYS, "did you mean 'text'?"},
    {"{'id':'a','tweet':{`'Text':1}}", 1101, "/tweet/Text", "'Text'", TWEET_KEYS, "did you mean 'text'?"},
    {"{'id':'a','tweet':{`'violations':[]}}", 1101, "/tweet/violations", "'violations'", TWEET_KEYS,
     "it stands in the case itself"},
    {"{'id':'a','account':{\n`'folowers_count':1}}", 1101, "/account/folowers_count", "'folowers_count'",
     ACCOUNT_KEYS, "did you mean 'followers_count'?"},
    {"{'id':'a','account':{'office':{`'role':1}}}", 1101, "/account/office/role", "'role'", OFFICE_KEYS, ""},
    {"{'id':'a','context':{`'hyperbol':1}}", 1101, "/context/hyperbol", "'hyperbol'",
     "one of market, public_concern, public_debate, call_to_protest, office_relevance, geopolitical_clarity, "
     "record_value, sole_source, hyperbole, political_statement, heated_debate, historical_event, "
     "official_conduct, call_to_action, rights_interference, …",
     "did you mean 'hyperbole'?"},
    {"{'id':'a','context':{'target':{`'hyperbole':1}}}", 1101, "/context/target/hyperbole", "'hyperbole'",
     "one of kind, political_context", "it stands in context"},
    {"{'id':'a','context':{'offline_harm':{`'severety':1}}}", 1101, "/context/offline_harm/severety",
     "'severety'", "one of likelihood, severity", "did you mean 'severity'?"},
    {"`{'violations':[]}", 1102, "", "an object without it", "the key 'id'", ""},
    {" \n `{'id':null,'violations':[]}", 1102, "", "null", "the key 'id'",
     "null is the same as leaving it out"},
    {"`{'id':'a'}", 1102, "", "an object without it", "the key 'violations'", ""},
    {"`{'id':'a','violations':null}", 1102, "", "null", "the key 'violations'",
     "null is the same as leaving it out"},
    {"`{}", 1102, "", "an object without it", "the key 'id'", ""},
    {"{'v':`2,'id':'a'}", 1103, "/v", "the number 2", "1", ""},
    {"{'v':`1.0,'id':'a'}", 1103, "/v", "the number 1.0", "1", ""},
    {"{'v':`1e0,'id':'a'}", 1103, "/v", "the number 1e0", "1", ""},
    {"{'v':`'1','id':'a'}", 1103, "/v", "'1' (a string)", "1", ""},
    {"{'v':`true,'id':'a'}", 1103, "/v", "true", "1", ""},
};

static const refusal TYPES[] = {
    {"`[]", 1201, "", "an array", "an object: one case", ""},
    {"`'x'", 1201, "", "'x' (a string)", "an object: one case", ""},
    {"`null", 1201, "", "null", "an object: one case", ""},
    {"{'id':`1266231100780744704}", 1201, "/id", "the number 1266231100780744704", ID,
     "put it in quotes: ids are strings"},
    {"{'id':'a','tweet':{'id':`true}}", 1201, "/tweet/id", "true", ID, ""},
    {"{'id':'a','tweet':`[]}", 1201, "/tweet", "an array", "an object", ""},
    {"{'id':'a','tweet':`'x'}", 1201, "/tweet", "'x' (a string)", "an object", ""},
    {"{'id':'a','account':{'office':`1}}", 1201, "/account/office", "the number 1", "an object", ""},
    {"{'id':'a','tweet':{'text':`{}}}", 1201, "/tweet/text", "an object",
     "a string of at most 25,000 code points", ""},
    {"{'id':'a','tweet':{'lang':`1}}", 1201, "/tweet/lang", "the number 1", "a string of at most 256 bytes",
     ""},
    {"{'id':'a','tweet':{'created_at':`1590727980}}", 1201, "/tweet/created_at", "the number 1590727980",
     TIME, ""},
    {"{'id':'a','account':{'kind':`1}}", 1201, "/account/kind", "the number 1",
     "one of person, institution, party, campaign, media, other", ""},
    {"{'id':'a','account':{'verified':`1}}", 1201, "/account/verified", "the number 1", "true or false", ""},
    {"{'id':'a','account':{'verified':`'true'}}", 1201, "/account/verified", "'true' (a string)",
     "true or false", "remove the quotes"},
    {"{'id':'a','account':{'verified':`'yes'}}", 1201, "/account/verified", "'yes' (a string)",
     "true or false", ""},
    {"{'id':'a','account':{'followers_count':`true}}", 1201, "/account/followers_count", "true", COUNT, ""},
    {"{'id':'a','account':{'followers_count':`[1]}}", 1201, "/account/followers_count", "an array", COUNT,
     ""},
    {"{'id':'a','account':{'office':{'country':`31}}}", 1201, "/account/office/country", "the number 31",
     COUNTRY, ""},
    {"{'id':'a','context':{'market':`false}}", 1201, "/context/market", "false", MARKET, ""},
    {"{'id':'a','context':{'hyperbole':`[]}}", 1201, "/context/hyperbole", "an array", STRENGTH, ""},
    {"{'id':'a','context':{'withheld_in':`'NL'}}", 1201, "/context/withheld_in", "'NL' (a string)",
     "a list of country codes, each once", ""},
    {"{'id':'a','context':{'withheld_in':['DE',`null]}}", 1201, "/context/withheld_in/1", "null", COUNTRY,
     ""},
    {"{'id':'a','context':{'withheld_in':[`['NL']]}}", 1201, "/context/withheld_in/0", "an array", COUNTRY,
     ""},
    {"{'id':'a','context':{'signals':`[]}}", 1201, "/context/signals", "an array",
     "an object of at most 16 KiB, at most 16 deep", ""},
    {"{'id':'a','violations':`{}}", 1201, "/violations", "an object",
     "a list of violations, [] where no rule is broken", ""},
};

static const refusal VALUES[] = {
    {"{'id':'a','account':{'kind':`'persom'}}", 1202, "/account/kind", "'persom'",
     "one of person, institution, party, campaign, media, other", "did you mean 'person'?"},
    {"{'id':'a','account':{'kind':`'Person'}}", 1202, "/account/kind", "'Person'",
     "one of person, institution, party, campaign, media, other", "did you mean 'person'?"},
    {"{'id':'a','account':{'office':{'branch':`''}}}", 1202, "/account/office/branch", "''",
     "one of executive, legislative, judicial, military, other", ""},
    /* a long text is cut, at the end of a character */
    {"{'id':'a','account':{'kind':`'" LONG_59 "y'}}", 1202, "/account/kind", "'" LONG_59 "y'",
     "one of person, institution, party, campaign, media, other", ""},
    {"{'id':'a','account':{'kind':`'" LONG_59 "yz'}}", 1202, "/account/kind", "'" LONG_59 "y…'",
     "one of person, institution, party, campaign, media, other", ""},
    {"{'id':'a','account':{'kind':`'" LONG_59 "\xF0\x9F\x98\x80'}}", 1202, "/account/kind", "'" LONG_59 "…'",
     "one of person, institution, party, campaign, media, other", ""},
    {"{'id':'a','context':{'hyperbole':`'hig'}}", 1202, "/context/hyperbole", "'hig'", STRENGTHS,
     "did you mean 'high'?"},
    {"{'id':'a','context':{'hyperbole':`'extreme'}}", 1202, "/context/hyperbole", "'extreme'", STRENGTHS, ""},
    {"{'id':'a','context':{'hyperbole':`'0.5'}}", 1202, "/context/hyperbole", "'0.5'", STRENGTH,
     "remove the quotes"},
    {"{'id':'a','context':{'hyperbole':`'true'}}", 1202, "/context/hyperbole", "'true'", STRENGTH,
     "remove the quotes"},
    {"{'id':'a','context':{'hyperbole':`''}}", 1202, "/context/hyperbole", "''", STRENGTHS, ""},
    {"{'id':'a','account':{'followers_count':`'80000000'}}", 1203, "/account/followers_count",
     "'80000000' (a string)", COUNT, "remove the quotes"},
    {"{'id':'a','account':{'followers_count':`'many'}}", 1203, "/account/followers_count",
     "'many' (a string)", COUNT, ""},
    {"{'id':'a','account':{'followers_count':`''}}", 1203, "/account/followers_count", "'' (a string)", COUNT,
     ""},
    {"{'id':'a','account':{'followers_count':`100000.0}}", 1203, "/account/followers_count",
     "the number 100000.0", COUNT, "write it without point and exponent"},
    {"{'id':'a','account':{'followers_count':`1e5}}", 1203, "/account/followers_count", "the number 1e5",
     COUNT, "write it without point and exponent"},
    {"{'id':'a','account':{'followers_count':`-1}}", 1203, "/account/followers_count", "the number -1", COUNT,
     ""},
    {"{'id':'a','account':{'followers_count':`9007199254740992}}", 1203, "/account/followers_count",
     "the number 9007199254740992", COUNT, ""},
    {"{'id':'a','account':{'followers_count':`99999999999999999999}}", 1203, "/account/followers_count",
     "the number 99999999999999999999", COUNT, ""},
    {"{'id':'a','context':{'hyperbole':`1.0000001}}", 1204, "/context/hyperbole", "the number 1.0000001",
     STRENGTH, ""},
    {"{'id':'a','context':{'hyperbole':`-0.1}}", 1204, "/context/hyperbole", "the number -0.1", STRENGTH, ""},
    {"{'id':'a','context':{'hyperbole':`80}}", 1204, "/context/hyperbole", "the number 80", STRENGTH, ""},
    {"{'id':'a','context':{'offline_harm':{'severity':`1e1}}}", 1204, "/context/offline_harm/severity",
     "the number 1e1", STRENGTH, ""},
    {"{'id':`''}", 1205, "/id", "an empty string", ID, ""},
    {"{'id':'a','account':{'id':`''}}", 1205, "/account/id", "an empty string", ID, ""},
    {"{'id':`'a\\u0000b'}", 1206, "/id", "the byte 0x00", ID, ""},
    {"{'id':`'a\\n'}", 1206, "/id", "the byte 0x0a", ID, ""},
    {"{'id':'a','tweet':{'id':`'\x7f'}}", 1206, "/tweet/id", "the byte 0x7f", ID, ""},
    {"{'id':'a','tweet':{'created_at':`''}}", 1207, "/tweet/created_at", "''", TIME,
     "an empty text is no time"},
    {"{'id':'a','tweet':{'created_at':`'2021-02-29T00:00:00Z'}}", 1207, "/tweet/created_at",
     "'2021-02-29T00:00:00Z'", TIME, "there is no such day"},
    {"{'id':'a','account':{'observed_at':`'2020-05-29 04:53:00Z'}}", 1207, "/account/observed_at",
     "'2020-05-29 04:53:00Z'", TIME, "a T stands between the date and the time"},
    {"{'id':'a','account':{'observed_at':`'2020-05-29T04:53:00'}}", 1207, "/account/observed_at",
     "'2020-05-29T04:53:00'", TIME, "a time ends in Z, or in an offset as in +02:00"},
    {"{'id':'a','account':{'office':{'country':`'nl'}}}", 1208, "/account/office/country", "'nl'", COUNTRY,
     "did you mean 'NL'?"},
    {"{'id':'a','account':{'office':{'country':`'NLD'}}}", 1208, "/account/office/country", "'NLD'", COUNTRY,
     ""},
    {"{'id':'a','account':{'office':{'country':`''}}}", 1208, "/account/office/country", "''", COUNTRY, ""},
    {"{'id':'a','context':{'withheld_in':['DE',`'fr']}}", 1208, "/context/withheld_in/1", "'fr'", COUNTRY,
     "did you mean 'FR'?"},
    {"{'id':'a','context':{'market':`'us-ca'}}", 1209, "/context/market", "'us-ca'", MARKET,
     "did you mean 'US-CA'?"},
    {"{'id':'a','context':{'market':`'N'}}", 1209, "/context/market", "'N'", MARKET, ""},
    {"{'id':'a','context':{'market':`'NL-'}}", 1209, "/context/market", "'NL-'", MARKET, ""},
    {"{'id':'a','context':{'market':`'NL-ABCD'}}", 1209, "/context/market", "'NL-ABCD'", MARKET, ""},
    {"{'id':'a','context':{'market':`'NL_AB'}}", 1209, "/context/market", "'NL_AB'", MARKET, ""},
    {"{'id':'a','context':{'market':`'US-C\xC3\xA9'}}", 1209, "/context/market", "'US-C\xC3\xA9'", MARKET,
     ""},
    {"{'id':'a','context':{'withheld_in':['NL',\n @'DE','FR',`'DE']}}", 1210, "/context/withheld_in/3",
     "'DE'", "each country once", ""},
};

static void expect_all(const refusal *rows, size_t count) {
  for (size_t i = 0; i < count; i++) expect_refusal(&rows[i]);
}

#define EXPECT_ALL(rows) expect_all(rows, sizeof(rows) / sizeof *(rows))

static void test_decode_refuses_bad_text(void **state) {
  (void)state;
  EXPECT_ALL(TEXTS);
}

static void test_decode_refuses_keys(void **state) {
  (void)state;
  EXPECT_ALL(KEYS);
}

static void test_decode_refuses_wrong_types(void **state) {
  (void)state;
  EXPECT_ALL(TYPES);
}

static void test_decode_refuses_values(void **state) {
  (void)state;
  EXPECT_ALL(VALUES);
}

/* Every key of the case and of its objects, spelt with a letter too many, has itself as the nearest. */
static void test_decode_names_every_key_that_is_misspelt(void **state) {
  (void)state;
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    const pi_fact_row *row = &PI_FACTS[fact];
    if (row->key.len < 4) continue;
    char text[512] = "{'id':'a'";
    size_t depth = 0;
    for (pi_slice path = PI_GROUPS[row->group].path; path.len > 0;) {
      const char *point = memchr(path.ptr, '.', path.len);
      size_t length = point == NULL ? path.len : (size_t)(point - path.ptr);
      size_t used = strlen(text);
      snprintf(text + used, sizeof text - used, "%s'%.*s':{", depth++ == 0 ? "," : "", (int)length, path.ptr);
      path.ptr += length + (point != NULL);
      path.len -= length + (point != NULL);
    }
    size_t used = strlen(text);
    snprintf(text + used, sizeof text - used, "%s'%sz':1", depth == 0 ? "," : "", row->key.ptr);
    fixture *self = fixture_new();
    place at;
    place first;
    size_t length = plain_text(text, self->text, sizeof self->text, &at, &first);
    assert_int_equal(decode_slice(self, (pi_slice){self->text, length}), PUBINT_E_INPUT);
    char hint[128];
    snprintf(hint, sizeof hint, "did you mean \"%s\"?", row->key.ptr);
    assert_int_equal(self->error.code, PI_E_UNKNOWN_KEY);
    assert_string_equal(self->error.hint, hint);
    fixture_free(self);
  }
}

/* A line number that the caller gives is where counting begins. */
static void test_decode_counts_from_the_callers_line(void **state) {
  (void)state;
  fixture *self = fixture_new();
  pi_slice text = PI_SLICE("{\"id\":\"a\",\n\"violations\":[],\n  \"x\":1}");
  assert_int_equal(pi_decode_case(&self->input, text, 17, &self->arena, NULL, &self->error), PUBINT_E_INPUT);
  assert_int_equal(self->error.line, 19);
  assert_int_equal(self->error.column, 3);
  text = PI_SLICE("{\"id\":\"a\",\n\"id\":\"a\"}");
  assert_int_equal(pi_decode_case(&self->input, text, 17, &self->arena, NULL, &self->error), PUBINT_E_INPUT);
  assert_string_equal(self->error.message, "the same key twice in one object, first at line 17, column 2");
  fixture_free(self);
}

/* For the line that stands for a refused case: its id, where it was read before the fault and is right. */
static void test_decode_keeps_an_id_read_before_the_fault(void **state) {
  (void)state;
  static const struct {
    const char *text;
    const char *id; /* NULL: none */
  } ROWS[] = {
      {"{'id':'c-17','violations':[],'x':1}", "c-17"},
      {"{'id':'c-17'", "c-17"},
      {"{'id':'c-17','id':'other'}", "c-17"},
      {"{'x':1,'id':'c-17'}", NULL},
      {"{'id':'','violations':[]}", NULL},
      {"{'id':17,'violations':[]}", NULL},
      {"{'id':'c-17' x", "c-17"},
      {"{'id':'c\\u002d17'}", "c-17"},
      {"", NULL},
      {"{'id':'c-17\\u0007'}", NULL},
      {"{'id':'c-17','violations':[{'rule':'private_information','spans':[{'start':0,'end':9}]}],"
       "'tweet':{'text':'short'}}",
       "c-17"},
      {"{'violations':[{'rule':'private_information','spans':[{'start':0,'end':9}]}],"
       "'tweet':{'text':'short'},'id':'c-17'}",
       "c-17"},
  };
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
    fixture *self = fixture_new();
    place at;
    place first;
    size_t length = plain_text(ROWS[i].text, self->text, sizeof self->text, &at, &first);
    assert_int_equal(decode_slice(self, (pi_slice){self->text, length}), PUBINT_E_INPUT);
    assert_int_equal(pi_case_knows(&self->input, PI_FACT_ID), ROWS[i].id != NULL);
    if (ROWS[i].id != NULL) {
      assert_true(pi_slice_equal(self->input.facts[PI_FACT_ID].string, pi_slice_of(ROWS[i].id)));
    }
    fixture_free(self);
  }
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_decode_refuses_bad_text),
      cmocka_unit_test(test_decode_refuses_keys),
      cmocka_unit_test(test_decode_refuses_wrong_types),
      cmocka_unit_test(test_decode_refuses_values),
      cmocka_unit_test(test_decode_names_every_key_that_is_misspelt),
      cmocka_unit_test(test_decode_counts_from_the_callers_line),
      cmocka_unit_test(test_decode_keeps_an_id_read_before_the_fault),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
