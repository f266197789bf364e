/* Cases as embedders hold them, single facts set for experiments, and memory that runs out at every place. */
#include "counted.h"
#include "decode_support.h"

static const char RICH[] =
    "{'id':'c\\u002d1','tweet':{'text':'call "
    "06\\u002d12345678'},'violations':[{'rule':'private\\u005finformation',"
    "'kind':'p\\u006fsted','spans':[{'start':0,'end':4},{'start':5,'end':8}]}],'context':{'market':'\\u0055S'"
    ","
    "'withheld_in':['DE','\\u0046R'],'signals':{'a':[1,2,{'b\\n':null,'c':'d\\t'}],'e':{'f':{}}}}}";

/* With room for n bytes, for every n until it is enough: memory ran out, and nothing else is said. */
static void test_case_every_allocation_of_the_decoder_may_fail(void **state) {
  (void)state;
  fixture *self = fixture_new();
  place at;
  place first;
  size_t length = plain_text(RICH, self->text, sizeof self->text, &at, &first);
  size_t room = 0;
  for (;; room += 16) {
    pi_arena arena;
    pi_arena_init(&arena, 1, room);
    pubint_status status =
        pi_decode_case(&self->input, (pi_slice){self->text, length}, 1, &arena, NULL, &self->error);
    pi_arena_dispose(&arena);
    if (status == PUBINT_OK) break;
    assert_int_equal(status, PUBINT_E_SYSTEM);
    assert_int_equal(self->error.status, PUBINT_E_SYSTEM);
    assert_int_equal(self->error.code, PI_E_NO_MEMORY);
    assert_true(self->error.message[0] != '\0');
    assert_true(room < 1 << 20);
  }
  assert_true(room > 500);
  print_message("refused for want of memory at %zu of %zu bounds\n", room / 16, room / 16 + 1);
  fixture_free(self);
}

static void test_case_every_malloc_of_parsing_may_fail(void **state) {
  (void)state;
  char text[2048];
  place at;
  place first;
  size_t length = plain_text(RICH, text, sizeof text, &at, &first);
  uint64_t allowed = 0;
  for (;; allowed++) {
    pubint_case *input = (pubint_case *)&at;
    pubint_error error = {0};
    counted_fail_at(allowed, COUNTED_ALL_AFTER);
    pubint_status status = pubint_case_parse(&input, text, length, &error);
    counted_fail_none();
    if (status == PUBINT_OK) {
      assert_string_equal(pubint_case_id(input), "c-1");
      pubint_case_free(input);
      break;
    }
    assert_null(input);
    assert_int_equal(status, PUBINT_E_SYSTEM);
    assert_int_equal(error.code, PI_E_NO_MEMORY);
  }
  assert_true(allowed >= 2);
}

static void test_case_parse_copies_its_input(void **state) {
  (void)state;
  char text[] = "{\"id\":\"c-1\",\"violations\":[],\"tweet\":{\"text\":\"plain\"}}trailing";
  pubint_case *input;
  pubint_error error;
  assert_int_equal(pubint_case_parse(&input, text, sizeof text - 1 - strlen("trailing"), &error), PUBINT_OK);
  memset(text, 'x', sizeof text);
  assert_string_equal(pubint_case_id(input), "c-1");
  assert_true(pi_slice_equal(input->facts.facts[PI_FACT_TWEET_TEXT].string, PI_SLICE("plain")));
  pubint_case_free(input);
  pubint_case_free(NULL);
}

static void test_case_parse_refuses_with_nothing_made(void **state) {
  (void)state;
  pubint_case *input = (pubint_case *)&state;
  pubint_error error;
  assert_int_equal(pubint_case_parse(&input, "{\"id\":1}", 8, &error), PUBINT_E_INPUT);
  assert_null(input);
  assert_int_equal(error.code, PI_E_WRONG_TYPE);
  assert_int_equal(error.line, 1);
  assert_int_equal(error.column, 7);
  assert_int_equal(pubint_case_parse(&input, "{\"id\":1}", 8, NULL), PUBINT_E_INPUT);
  assert_int_equal(pubint_case_parse(&input, NULL, 0, &error), PUBINT_E_INPUT);
  assert_int_equal(error.code, PI_E_EMPTY);
  /* What is too long is not even looked at. */
  assert_int_equal(pubint_case_parse(&input, "", PUBINT_CASE_BYTES_MAX + 1, &error), PUBINT_E_INPUT);
  assert_int_equal(error.code, PI_E_LINE_TOO_LONG);
  assert_null(input);
}

/* The largest case of all: a line of 1 MiB of escapes, and signals of as many nodes as fit. */
static void test_case_parse_takes_the_largest(void **state) {
  (void)state;
  char *text = malloc(PUBINT_CASE_BYTES_MAX);
  assert_non_null(text);
  size_t used = (size_t)snprintf(text, PUBINT_CASE_BYTES_MAX,
                                 "{\"id\":\"\\u0061\",\"violations\":[],\"tweet\":{\"text\":\"");
  for (int i = 0; i < 25000; i++, used += 12) memcpy(text + used, "\\uD83D\\uDE00", 12);
  used +=
      (size_t)snprintf(text + used, PUBINT_CASE_BYTES_MAX - used, "\"},\"context\":{\"signals\":{\"x\":[0");
  for (int i = 0; i < 8180; i++, used += 2) memcpy(text + used, ",0", 2);
  used += (size_t)snprintf(text + used, PUBINT_CASE_BYTES_MAX - used, "]}}}");
  memset(text + used, ' ', PUBINT_CASE_BYTES_MAX - used);
  pubint_case *input;
  pubint_error error;
  if (pubint_case_parse(&input, text, PUBINT_CASE_BYTES_MAX, &error) != PUBINT_OK)
    fail_msg("%s", error.message);
  assert_string_equal(pubint_case_id(input), "a");
  pubint_case_free(input);
  free(text);
}

static pubint_status set(fixture *self, pi_fact fact, const char *text) {
  return pi_decode_set(&self->input, fact, pi_slice_of(text), &self->arena, &self->error);
}

static void test_case_set_changes_one_fact(void **state) {
  (void)state;
  fixture *self = decode_good("{'id':'a','violations':[],'context':{'hyperbole':0.5}}");
  assert_int_equal(set(self, PI_FACT_HYPERBOLE, " 0.25 "), PUBINT_OK);
  assert_int_equal(self->input.facts[PI_FACT_HYPERBOLE].micro, 250000);
  assert_int_equal(set(self, PI_FACT_HYPERBOLE, "\"high\""), PUBINT_OK);
  assert_int_equal(self->input.facts[PI_FACT_HYPERBOLE].micro, 750000);
  assert_int_equal(set(self, PI_FACT_HYPERBOLE, "null"), PUBINT_OK);
  assert_false(pi_case_knows(&self->input, PI_FACT_HYPERBOLE));
  assert_int_equal(set(self, PI_FACT_ACCOUNT_VERIFIED, "false"), PUBINT_OK);
  assert_true(pi_case_knows(&self->input, PI_FACT_ACCOUNT_VERIFIED));
  assert_int_equal(set(self, PI_FACT_SIGNALS, "{\"a\":{\"b\":[1]}}"), PUBINT_OK);
  assert_true(self->input.facts[PI_FACT_SIGNALS].tree.count > 0);
  fixture_free(self);
}

/* A refused value leaves the case as it was, and the path is that of the fact. */
static void test_case_set_refuses_as_the_reader(void **state) {
  (void)state;
  static const struct {
    pi_fact fact;
    const char *text;
    unsigned code;
    uint64_t column;
    const char *path;
  } ROWS[] = {
      {PI_FACT_HYPERBOLE, "1.5", PI_E_BAD_STRENGTH, 1, "/context/hyperbole"},
      {PI_FACT_HYPERBOLE, " \"hig\"", PI_E_UNKNOWN_WORD, 2, "/context/hyperbole"},
      {PI_FACT_HYPERBOLE, "0.5 0.6", PI_E_TRAILING, 5, "/context/hyperbole"},
      {PI_FACT_HYPERBOLE, "", PI_E_EMPTY, 1, "/context/hyperbole"},
      {PI_FACT_HYPERBOLE, "yes", PI_E_UNEXPECTED, 1, "/context/hyperbole"},
      {PI_FACT_ACCOUNT_FOLLOWERS_COUNT, "1e5", PI_E_BAD_COUNT, 1, "/account/followers_count"},
      {PI_FACT_OFFICE_COUNTRY, "\"us\"", PI_E_BAD_COUNTRY, 1, "/account/office/country"},
      {PI_FACT_WITHHELD_IN, "[\"NL\",\"nl\"]", PI_E_BAD_COUNTRY, 7, "/context/withheld_in/1"},
      {PI_FACT_SIGNALS, "{\"a\":{\"b\":1,\"b\":2}}", PI_E_DUPLICATE_KEY, 13, "/context/signals/a/b"},
      {PI_FACT_ID, "null", PI_E_MISSING_KEY, 1, "/id"},
      {PI_FACT_ID, "7", PI_E_WRONG_TYPE, 1, "/id"},
  };
  fixture *self = decode_good("{'id':'a','violations':[],'context':{'hyperbole':0.5}}");
  pi_fact_set known = self->input.known;
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
    assert_int_equal(set(self, ROWS[i].fact, ROWS[i].text), PUBINT_E_INPUT);
    assert_int_equal(self->error.code, ROWS[i].code);
    assert_int_equal(self->error.column, ROWS[i].column);
    assert_string_equal(self->error.path, ROWS[i].path);
    assert_true(self->input.known == known);
    assert_int_equal(self->input.facts[PI_FACT_HYPERBOLE].micro, 500000);
    assert_int_equal(pi_decode_set(&self->input, ROWS[i].fact, pi_slice_of(ROWS[i].text), &self->arena, NULL),
                     PUBINT_E_INPUT);
  }
  fixture_free(self);
}

/* Redaction relies on spans that lie within the text, so no experiment may take the text from under them. */
static void test_case_set_keeps_spans_within_the_text(void **state) {
  (void)state;
  fixture *self =
      decode_good("{'id':'a','tweet':{'text':'0612345678'},'violations':[{'rule':'private_information',"
                  "'spans':[{'start':0,'end':10}]}]}");
  assert_int_equal(set(self, PI_FACT_TWEET_TEXT, "\"short\""), PUBINT_E_INPUT);
  assert_int_equal(self->error.code, PI_E_SPAN_OUTSIDE);
  assert_string_equal(self->error.found, "a text of 5 code points");
  assert_int_equal(set(self, PI_FACT_TWEET_TEXT, "null"), PUBINT_E_INPUT);
  assert_int_equal(self->error.code, PI_E_SPAN_WITHOUT_TEXT);
  assert_true(pi_slice_equal(self->input.facts[PI_FACT_TWEET_TEXT].string, PI_SLICE("0612345678")));
  assert_int_equal(set(self, PI_FACT_TWEET_TEXT, "\"0123456789, longer\""), PUBINT_OK);
  fixture_free(self);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_case_every_allocation_of_the_decoder_may_fail),
      cmocka_unit_test(test_case_every_malloc_of_parsing_may_fail),
      cmocka_unit_test(test_case_parse_copies_its_input),
      cmocka_unit_test(test_case_parse_refuses_with_nothing_made),
      cmocka_unit_test(test_case_parse_takes_the_largest),
      cmocka_unit_test(test_case_set_changes_one_fact),
      cmocka_unit_test(test_case_set_refuses_as_the_reader),
      cmocka_unit_test(test_case_set_keeps_spans_within_the_text),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
