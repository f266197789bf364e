/* A script that is not right: code, script, line, column, message and the line itself (E2006–E2011; design
 * section 5). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine_rig.h"

#include "errors.h"

/* A script under that path, and every field of the error. `at` NULL: the error is in the same file. */
typedef struct refusal {
  const char *path, *text;
  unsigned code;
  uint64_t line, column;
  const char *message, *excerpt;
  const char *at;
} refusal;

static void expect_error(const engine_rig *self, const refusal *row) {
  pubint_error error;
  memset(&error, 0x5a, sizeof error);
  pubint_policy *policy = (void *)&error; /* anything but NULL */
  pubint_status status = pubint_policy_load(&policy, self->maker.folder, &error);
  if (status == PUBINT_OK) fail_msg("loaded: %s", row->text);
  assert_null(policy);
  if (error.code != row->code || error.line != row->line || error.column != row->column ||
      strcmp(error.message, row->message) != 0) {
    fail_msg("%s\nE%04u %s:%d:%d %s\nnot E%04u :%d:%d %s", row->text, error.code, error.file, (int)error.line,
             (int)error.column, error.message, row->code, (int)row->line, (int)row->column, row->message);
  }
  assert_int_equal(status, PUBINT_E_POLICY);
  assert_int_equal(error.status, PUBINT_E_POLICY);
  assert_string_equal(error.file, row->at != NULL ? row->at : row->path);
  assert_string_equal(error.excerpt, row->excerpt);
  assert_string_equal(error.path, "");
  assert_int_equal(pubint_policy_load(&policy, self->maker.folder, NULL), PUBINT_E_POLICY);
}

static void expect_rows(engine_rig *self, const refusal *rows, size_t count) {
  for (size_t i = 0; i < count; i++) {
    policy_maker_end(&self->maker);
    policy_maker_begin(&self->maker);
    policy_maker_text(&self->maker, rows[i].path, rows[i].text);
    expect_error(self, &rows[i]);
  }
}
#define EXPECT_ROWS(self, rows) expect_rows((self), (rows), sizeof(rows) / sizeof *(rows))

#define VIOLENCE "rules/violence.lua"
#define HEAD     "return {\n  rule = \"violence\",\n"
#define TAIL     "  weigh = function(case, balance) end,\n}\n"

/* ---- the text ---- */

static void test_policy_refuses_a_script_that_does_not_parse(void **state) {
  static const refusal ROWS[] = {
      {VIOLENCE, "return {\n  rule : \"violence\",\n}\n", 2006, 2, 10, "<name> expected near '\"violence\"'",
       "  rule : \"violence\",", NULL},
      {VIOLENCE, "return {\n  bar = = 1,\n}\n", 2006, 2, 0, "unexpected symbol near '='", "  bar = = 1,",
       NULL},
      {VIOLENCE, "x = \"open\n", 2006, 1, 5, "unfinished string near '\"open'", "x = \"open", NULL},
      {VIOLENCE, "local x <const> = 1\nx = 2\n", 2006, 2, 1, "attempt to assign to const variable 'x'",
       "x = 2", NULL},
      {VIOLENCE, "return {", 2006, 1, 0, "unexpected symbol near <eof>", "return {", NULL},
      {"lib/a.lua", "return 1 +\n\n  * 2\n", 2006, 3, 3, "unexpected symbol near '*'", "  * 2", NULL},
      {"markets/NL.lua", "\xef\xbb\xbfreturn {}\n", 2006, 1, 1,
       "the character U+FEFF (byte order mark: save as UTF-8 without one) outside of a text",
       "\xef\xbb\xbfreturn {}", NULL},
  };
  EXPECT_ROWS(*state, ROWS);
}

/* The caret stands under what could not be read, and not under a name that the message mentions beside it. */
static void test_policy_puts_no_caret_under_the_wrong_word(void **state) {
  static const refusal ROWS[] = {
      /* the end of the file is not the bracket before it */
      {VIOLENCE, "return {\n  a = { 1, 2 }", 2006, 2, 0, "'}' expected (to close '{' at line 1) near <eof>",
       "  a = { 1, 2 }", NULL},
      /* the wrong name, not the one that is meant */
      {VIOLENCE, "local x = math.max(1, maths.pi)\n" HEAD TAIL, 2009, 1, 23,
       "the sandbox has no 'maths'; did you mean 'math'?", "local x = math.max(1, maths.pi)", NULL},
  };
  EXPECT_ROWS(*state, ROWS);
}

static void test_policy_refuses_a_script_that_is_no_text(void **state) {
  engine_rig *self = *state;
  static const struct {
    const char *text;
    size_t length;
    refusal row;
  } CASES[] = {
      {"return {\n  \x01}\n",
       14,
       {VIOLENCE, "0x01", 2007, 2, 0, "a control character (0x01) in a script", "  ?}", NULL}},
      {"return {}\n\0",
       11,
       {VIOLENCE, "NUL", 2007, 2, 0, "a control character (0x00) in a script", "?", NULL}},
      {"-- \x7f\nreturn {}\n",
       15,
       {VIOLENCE, "DEL", 2007, 1, 0, "a control character (0x7F) in a script", "-- ?", NULL}},
      {"\n\nlocal x = '\xe9'\n",
       17,
       {VIOLENCE, "Latin-1", 2007, 3, 0, "a script's text is not UTF-8 (byte 0xE9)", "local x = '?'", NULL}},
      {"-- \xc0\xaf\n",
       6,
       {VIOLENCE, "overlong", 2007, 1, 0, "a script's text is not UTF-8 (byte 0xC0)", "-- ??", NULL}},
      /* the head of Lua's bytecode */
      {"\x1bLuaT\0\x19\x93\r\n\x1a\n",
       12,
       {VIOLENCE, "bytecode", 2007, 1, 0, "a control character (0x1B) in a script", "?LuaT????", NULL}},
  };
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    policy_maker_bytes(&self->maker, VIOLENCE, CASES[i].text, CASES[i].length);
    expect_error(self, &CASES[i].row);
  }
}

/* ---- the table it returns ---- */

#define CLASS "  class = \"possible\",\n"

static void test_policy_refuses_a_rule_of_the_wrong_shape(void **state) {
  static const char bar[] = "bar must be a number from 0 to 100, a multiple of 0.001, got ";
  static char bars[8][128];
  static const char *const GOT[8] = {"nil",         "another one", "another one", "another one",
                                     "another one", "another one", "a string",    "a boolean"};
  for (int i = 0; i < 8; i++) (void)snprintf(bars[i], sizeof bars[i], "%s%s", bar, GOT[i]);
  static const refusal ROWS[] = {
      {VIOLENCE, HEAD "  clas = \"possible\",\n  bar = 1,\n" TAIL, 2008, 3, 3,
       "a script has no 'clas'; did you mean 'class'?", "  clas = \"possible\",", NULL},
      {VIOLENCE, HEAD CLASS "  bar = 1,\n  zzz = 1, aaa = 2,\n" TAIL, 2008, 5, 12, "a script has no 'aaa'",
       "  zzz = 1, aaa = 2,", NULL},
      {VIOLENCE, "return {\n" CLASS "  bar = 1,\n" TAIL, 2008, 1, 1, "rule must be \"violence\", got nil",
       "return {", NULL},
      {VIOLENCE, "return {\n  rule = \"hateful_conduct\",\n" CLASS "  bar = 1,\n" TAIL, 2008, 2, 3,
       "rule is \"hateful_conduct\" in a file called rules/violence.lua", "  rule = \"hateful_conduct\",",
       NULL},
      {VIOLENCE, HEAD "  class = \"probable\",\n  bar = 1,\n" TAIL, 2008, 3, 3,
       "class must be very_unlikely, unlikely, rare or possible, got \"probable\"", "  class = \"probable\",",
       NULL},
      {VIOLENCE, HEAD "  class = 5,\n  bar = 1,\n" TAIL, 2008, 3, 3,
       "class must be very_unlikely, unlikely, rare or possible, got a number", "  class = 5,", NULL},
      {VIOLENCE, HEAD CLASS TAIL, 2008, 1, 1, bars[0], "return {", NULL},
      {VIOLENCE, HEAD CLASS "  bar = 100.001,\n" TAIL, 2008, 4, 3, bars[1], "  bar = 100.001,", NULL},
      {VIOLENCE, HEAD CLASS "  bar = -0.001,\n" TAIL, 2008, 4, 3, bars[2], "  bar = -0.001,", NULL},
      {VIOLENCE, HEAD CLASS "  bar = 0.0005,\n" TAIL, 2008, 4, 3, bars[3], "  bar = 0.0005,", NULL},
      {VIOLENCE, HEAD CLASS "  bar = 0 / 0,\n" TAIL, 2008, 4, 3, bars[4], "  bar = 0 / 0,", NULL},
      {VIOLENCE, HEAD CLASS "  bar = math.huge,\n" TAIL, 2008, 4, 3, bars[5], "  bar = math.huge,", NULL},
      {VIOLENCE, HEAD CLASS "  bar = \"1\",\n" TAIL, 2008, 4, 3, bars[6], "  bar = \"1\",", NULL},
      {VIOLENCE, HEAD CLASS "  bar = true,\n" TAIL, 2008, 4, 3, bars[7], "  bar = true,", NULL},
      {VIOLENCE, HEAD CLASS "  bar = 1,\n}\n", 2008, 1, 1, "weigh must be a function(case, balance), got nil",
       "return {", NULL},
      {VIOLENCE, HEAD CLASS "  bar = 1,\n  weigh = math.max,\n}\n", 2008, 5, 3,
       "weigh must be a function(case, balance), got a function", "  weigh = math.max,", NULL},
      {VIOLENCE, HEAD CLASS "  bar = 1,\n  reads = \"tweet.text\",\n" TAIL, 2008, 5, 3,
       "reads must be a list of facts", "  reads = \"tweet.text\",", NULL},
      {VIOLENCE, HEAD CLASS "  bar = 1,\n  reads = { \"tweet.text\", \"tweet.txt\" },\n" TAIL, 2008, 5, 3,
       "there is no fact 'tweet.txt'; did you mean 'tweet.text'?",
       "  reads = { \"tweet.text\", \"tweet.txt\" },", NULL},
      {VIOLENCE, HEAD CLASS "  bar = 1,\n  waives = { [\"context.hyperbole\"] = 1 },\n" TAIL, 2008, 5, 3,
       "waives: 'context.hyperbole' needs its reason, a text", "  waives = { [\"context.hyperbole\"] = 1 },",
       NULL},
      {VIOLENCE, HEAD CLASS "  bar = 1,\n  waives = { hyperbole = \"r\" },\n" TAIL, 2008, 5, 3,
       "there is no fact 'hyperbole'", "  waives = { hyperbole = \"r\" },", NULL},
  };
  EXPECT_ROWS(*state, ROWS);
}

/* What is wrong with the whole is shown at its return, where there is one. */
static void test_policy_points_at_the_return_of_what_is_no_table(void **state) {
  static const refusal ROWS[] = {
      {VIOLENCE, "local x = 1\n", 2008, 1, 0, "a script returns a table, got nil", "local x = 1", NULL},
      {VIOLENCE, "local x = 1\nreturn 5\n", 2008, 2, 1, "a script returns a table, got a number", "return 5",
       NULL},
      {VIOLENCE, HEAD CLASS "  bar = 1, 7,\n" TAIL, 2008, 1, 1, "the returned table has named keys only",
       "return {", NULL},
  };
  EXPECT_ROWS(*state, ROWS);
}

#define MARKET "return {\n  market = \"NL\",\n"

static void test_policy_refuses_a_market_of_the_wrong_shape(void **state) {
  static const refusal ROWS[] = {
      {"markets/NL.lua", "return {\n  market = \"BE\",\n" TAIL, 2008, 2, 3,
       "market is \"BE\" in a file called markets/NL.lua", "  market = \"BE\",", NULL},
      {"markets/NL.lua", "return {\n" TAIL, 2008, 1, 1, "market must be \"NL\", got nil", "return {", NULL},
      {"markets/NL.lua", MARKET "  bar = 1,\n" TAIL, 2008, 3, 3, "a script has no 'bar'", "  bar = 1,", NULL},
      {"markets/NL.lua", MARKET "  lang = \"nl\",\n" TAIL, 2008, 3, 3, "a script has no 'lang'",
       "  lang = \"nl\",", NULL},
      {"markets/NL.lua", MARKET "  langauge = \"nl\",\n" TAIL, 2008, 3, 3,
       "a script has no 'langauge'; did you mean 'language'?", "  langauge = \"nl\",", NULL},
      {"markets/NL.lua", MARKET "  language = 5,\n" TAIL, 2008, 3, 3, "language must be a text",
       "  language = 5,", NULL},
      {"markets/NL.lua", MARKET "  teams = \"one\",\n" TAIL, 2008, 3, 3, "teams must be a list of texts",
       "  teams = \"one\",", NULL},
      {"markets/NL.lua", MARKET "  teams = {\"one\", \"\"},\n" TAIL, 2008, 3, 3,
       "teams: item 2 must be 1 to 512 bytes of UTF-8 without control characters",
       "  teams = {\"one\", \"\"},", NULL},
      {"markets/NL.lua", MARKET "  teams = {\"\\n\"},\n" TAIL, 2008, 3, 3,
       "teams: item 1 must be 1 to 512 bytes of UTF-8 without control characters", "  teams = {\"\\n\"},",
       NULL},
      {"markets/NL.lua", MARKET "  consulted = { \"one\", 2 },\n" TAIL, 2008, 3, 3,
       "consulted: item 2 must be a text, got a number", "  consulted = { \"one\", 2 },", NULL},
      {"markets/NL.lua", MARKET "}\n", 2008, 1, 1, "weigh must be a function(case, balance), got nil",
       "return {", NULL},
  };
  EXPECT_ROWS(*state, ROWS);
}

/* The key that is refused was made by the script and ends with its state, which has collected its garbage
 * before the error is written. */
static void test_policy_names_a_key_that_was_made_while_loading(void **state) {
  static const refusal ROWS[] = {
      {VIOLENCE,
       "local t = {}\nfor i = 1, 5000 do t[i] = \"a text that takes some memory: \" .. i end\n"
       "return {\n  rule = \"violence\", class = \"possible\", bar = 1,\n"
       "  [(\"un\"):rep(30) .. #t] = 1,\n" TAIL,
       2008, 3, 1, "a script has no 'unununununununununununununununununununununununununununununun5000'",
       "return {", NULL},
  };
  EXPECT_ROWS(*state, ROWS);
}

/* ---- running its top level ---- */

static void test_policy_refuses_a_script_that_fails_while_loading(void **state) {
  static const refusal ROWS[] = {
      {VIOLENCE, "local x = 1\nerror \"no luck\"\n", 2009, 2, 0, "no luck", "error \"no luck\"", NULL},
      {VIOLENCE, "local x = nothing\n", 2009, 1, 11, "the sandbox has no 'nothing'", "local x = nothing",
       NULL},
      {VIOLENCE, "local x = os.time()\n", 2009, 1, 11,
       "the sandbox has no 'os'; a script has no clock: case.tweet.created_at and "
       "case.account.observed_at are the case's times, and time.days(from, to) compares them",
       "local x = os.time()", NULL},
      {VIOLENCE, "local x\nlocal y = x.z\n", 2009, 2, 11, "attempt to index a nil value (local 'x')",
       "local y = x.z", NULL},
      {VIOLENCE, "local shared = require \"shard\"\n", 2009, 1, 0, "require: there is no lib/shard.lua",
       "local shared = require \"shard\"", NULL},
      {VIOLENCE, "while true do end\n", 2009, 1, 0,
       "limit_instructions: used more than 1,000,000 instructions", "while true do end", NULL},
      {VIOLENCE, "local t = {}\nfor i = 1, 100000 do t[i] = i end\n", 2009, 2, 0,
       "limit_memory: made a table of more than 8,192 items or 4,096 named keys (128 KiB)",
       "for i = 1, 100000 do t[i] = i end", NULL},
      {"lib/none.lua", "local x = 1\n", 2009, 0, 0, "require: lib/none.lua returns nothing", "", NULL},
  };
  EXPECT_ROWS(*state, ROWS);
}

static void test_policy_names_the_circle_of_modules(void **state) {
  engine_rig *self = *state;
  policy_maker_text(&self->maker, "lib/a.lua", "local b = require \"b\"\nreturn {}\n");
  policy_maker_text(&self->maker, "lib/b.lua", "\nlocal c = require \"c\"\nreturn {}\n");
  policy_maker_text(&self->maker, "lib/c.lua", "\n\nreturn { a = require \"a\" }\n");
  static const refusal THREE = {"three",
                                "three modules",
                                2010,
                                2,
                                0,
                                "require: modules require each other in a circle: c, a, b, c",
                                "local c = require \"c\"",
                                "lib/b.lua"};
  expect_error(self, &THREE);
  policy_maker_delete(&self->maker, "lib/a.lua");
  policy_maker_delete(&self->maker, "lib/b.lua");
  policy_maker_text(&self->maker, "lib/c.lua", "return require \"c\"\n");
  static const refusal ONE = {"lib/c.lua",
                              "a module that requires itself",
                              2010,
                              1,
                              0,
                              "require: modules require each other in a circle: c, c",
                              "return require \"c\"",
                              NULL};
  expect_error(self, &ONE);
}

/* `count` constants in a function that begins on line 2. */
static void write_constants(const engine_rig *self, unsigned count) {
  char text[16 * 1024] = "local m = {}\nfunction m.many(x)\n";
  size_t length = strlen(text);
  for (unsigned i = 0; i < count; i++) {
    length += (size_t)snprintf(text + length, sizeof text - length, "  x = \"constant %u\"\n", i);
  }
  (void)snprintf(text + length, sizeof text - length, "end\nreturn m\n");
  policy_maker_text(&self->maker, "lib/many.lua", text);
}

static void test_policy_refuses_a_function_with_more_than_200_constants(void **state) {
  engine_rig *self = *state;
  write_constants(self, 200);
  engine_rig_load(self);
  write_constants(self, 201);
  static const refusal ROW = {"lib/many.lua",
                              "201 constants",
                              2011,
                              2,
                              0,
                              "a function has more than 200 constants",
                              "function m.many(x)",
                              NULL};
  expect_error(self, &ROW);
}

/* Whatever file a message names: the place is the script's own, and so is the line that is quoted. */
static void test_policy_quotes_no_line_of_another_file(void **state) {
  static const refusal ROWS[] = {
      {VIOLENCE, "\nerror(\"/etc/passwd:1: read\")\n", 2009, 2, 0, "/etc/passwd:1: read",
       "error(\"/etc/passwd:1: read\")", NULL},
      {VIOLENCE, "\nerror(\"policy.json:1: read\")\n", 2009, 2, 0, "policy.json:1: read",
       "error(\"policy.json:1: read\")", NULL},
      {VIOLENCE, "\nrequire \"../../../etc/passwd\"\n", 2009, 2, 0,
       "require: there is no lib/../../../etc/passwd.lua", "require \"../../../etc/passwd\"", NULL},
      {VIOLENCE, "\ndata \"../policy\"\n", 2009, 2, 0, "data: there is no data/../policy.json",
       "data \"../policy\"", NULL},
      {"lib/a.lua", "error(\"lib/b.lua:9: read\")\n", 2009, 1, 0, "lib/b.lua:9: read",
       "error(\"lib/b.lua:9: read\")", NULL},
  };
  EXPECT_ROWS(*state, ROWS);
}

/* Of several faults the same one is told every time. */
static void test_policy_tells_the_same_fault_every_time(void **state) {
  engine_rig *self = *state;
  policy_maker_text(&self->maker, VIOLENCE,
                    HEAD CLASS
                    "  bar = 1,\n  waives = { aaa = \"r\", bbb = \"r\", ccc = \"r\", ddd = \"r\" },\n" TAIL);
  pubint_error first, error;
  pubint_policy *policy;
  assert_int_equal(pubint_policy_load(&policy, self->maker.folder, &first), PUBINT_E_POLICY);
  for (int i = 0; i < 50; i++) {
    assert_int_equal(pubint_policy_load(&policy, self->maker.folder, &error), PUBINT_E_POLICY);
    assert_string_equal(error.message, first.message);
  }
  assert_string_equal(first.message, "there is no fact 'aaa'");
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      RIG_TEST(test_policy_refuses_a_script_that_does_not_parse),
      RIG_TEST(test_policy_puts_no_caret_under_the_wrong_word),
      RIG_TEST(test_policy_refuses_a_script_that_is_no_text),
      RIG_TEST(test_policy_refuses_a_rule_of_the_wrong_shape),
      RIG_TEST(test_policy_points_at_the_return_of_what_is_no_table),
      RIG_TEST(test_policy_refuses_a_market_of_the_wrong_shape),
      RIG_TEST(test_policy_names_a_key_that_was_made_while_loading),
      RIG_TEST(test_policy_refuses_a_script_that_fails_while_loading),
      RIG_TEST(test_policy_names_the_circle_of_modules),
      RIG_TEST(test_policy_refuses_a_function_with_more_than_200_constants),
      RIG_TEST(test_policy_quotes_no_line_of_another_file),
      RIG_TEST(test_policy_tells_the_same_fault_every_time),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
