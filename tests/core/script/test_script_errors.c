/* Errors are part of the product. At load: script, line, column where there is one, the line with a caret and
 * the nearest name, as people see them. At weigh: kind, script and line, memory limits included. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "allow.h"
#include "errors.h"
#include "evaluation.h"
#include "trial.h"

#define ATTACKED "rules/abuse_harassment.lua"
#define GOOD     "return { rule = 'abuse_harassment', class = 'possible', bar = 1, weigh = function() end }"

/* ---- at load ---- */

typedef struct load_row {
  const char *source;    /* of rules/abuse_harassment.lua */
  const char *module;    /* NULL, or the source of lib/helper.lua */
  const char *formatted; /* all that pubint_error_format writes */
} load_row;

#define AT(place) ATTACKED ":" place ": "

static const load_row LOAD_ROWS[] = {
    {"local a = 1\nlocal b = = 2\n" GOOD, NULL,
     AT("2") "E2006: unexpected symbol near '='\n    local b = = 2\n"},
    {"local a = 1\nlocal limit = 5 %% 2\n" GOOD, NULL,
     AT("2") "E2006: unexpected symbol near '%'\n    local limit = 5 %% 2\n"},
    {"local x = 'never closed\n" GOOD, NULL,
     AT("1") "E2006: unfinished string near ''never closed'\n    local x = 'never closed\n"},
    {"\xEF\xBB\xBFlocal x = 1\n" GOOD, NULL,
     AT("1:1") "E2006: the character U+FEFF (byte order mark: save as UTF-8 without one) outside of a text\n"
               "    \\u{FEFF}local x = 1\n    ^\n"},
    {"local x = '\xC2\xA0'\xC2\xA0\xC2\xA0\n" GOOD, NULL,
     AT("1:15") "E2006: the character U+00A0 (no-break space, write a space) outside of a text\n"
                "    local x = '\xC2\xA0'\xC2\xA0\xC2\xA0\n                 ^\n"},
    {"local x = \xE2\x80\x9Cy\xE2\x80\x9D\n" GOOD, NULL,
     AT("1:11") "E2006: the character U+201C (curly quote, write \") outside of a text\n"
                "    local x = \xE2\x80\x9Cy\xE2\x80\x9D\n              ^\n"},
    {"local x <const> = 1\nx = 2\n" GOOD, NULL,
     AT("2:1") "E2006: attempt to assign to const variable 'x'\n    x = 2\n    ^\n"},
    {"local common = requier 'common'\n" GOOD, NULL,
     AT("1:16") "E2009: the sandbox has no 'requier'; did you mean 'require'?\n"
                "    local common = requier 'common'\n                   ^\n"},
    {"local common = require 'comon'\n" GOOD, NULL,
     AT("1") "E2009: require: there is no lib/comon.lua; did you mean 'common'?\n"
             "    local common = require 'comon'\n"},
    {"local x = math.flor(1.5)\n" GOOD, NULL,
     AT("1:16") "E2009: math has no 'flor'; did you mean 'floor'?\n"
                "    local x = math.flor(1.5)\n                   ^\n"},
    {"local x = io.open('x')\n" GOOD, NULL,
     AT("1:11") "E2009: the sandbox has no 'io'; a script reads no files: data \"name\" has the content of data/name.json\n    local x = io.open('x')\n              ^\n"},
    {"error('no')\n" GOOD, NULL, AT("1") "E2009: no\n    error('no')\n"},
    {"\nwhile true do end\n" GOOD, NULL,
     AT("2") "E2009: limit_instructions: used more than 1,000,000 instructions\n    while true do end\n"},
    {"local s = ('x'):rep(65536)\ns = s .. s\n" GOOD, NULL,
     AT("2") "E2009: limit_memory: made a string of more than 64 KiB\n    s = s .. s\n"},
    {"return {\n  rule = 'abuse_harassment',\n  clas = 'possible',\n  bar = 1,\n  weigh = function() end,\n}",
     NULL,
     AT("3:3") "E2008: a script has no 'clas'; did you mean 'class'?\n      clas = 'possible',\n      ^\n"},
    {"return {\n  rule = 'abuse_harassment', class = 'likely', bar = 1,\n  weigh = function() end,\n}", NULL,
     AT("2:30") "E2008: class must be very_unlikely, unlikely, rare or possible, got \"likely\"\n"
                "      rule = 'abuse_harassment', class = 'likely', bar = 1,\n"
                "                                 ^\n"},
    {"require 'helper'\n" GOOD, "local x = 1\nlocal y = x.z.w\nreturn {}",
     "lib/helper.lua:2:11: E2009: attempt to index a number value (local 'x')\n"
     "    local y = x.z.w\n              ^\n"},
};

static void test_script_errors_at_load(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof LOAD_ROWS / sizeof *LOAD_ROWS; i++) {
    const load_row *row = &LOAD_ROWS[i];
    char text[2048];
    pubint_error error = {0};
    pubint_policy *policy;
    trial_put(&trial_folder, ATTACKED, row->source, strlen(row->source));
    if (row->module != NULL) trial_put(&trial_folder, "lib/helper.lua", row->module, strlen(row->module));
    assert_int_equal(pubint_policy_load(&policy, trial_folder.directory, &error), PUBINT_E_POLICY);
    assert_null(policy);
    assert_true(pubint_error_format(&error, text, sizeof text) < sizeof text);
    assert_string_equal(text, row->formatted);
    trial_drop(&trial_folder, "lib/helper.lua");
  }
  trial_restore(&trial_folder, ATTACKED);
}

/* What the parser cannot go into for its depth has the line it stands on. */
static void test_script_errors_of_deep_texts(void **state) {
  (void)state;
  static const char *const BEGINS[] = {"local x = ", "local x = ", ""};
  static const char *const NESTS[] = {"(", "{", "do "};
  for (size_t i = 0; i < sizeof NESTS / sizeof *NESTS; i++) {
    char nest[1024] = "", source[1200];
    size_t size = strlen(NESTS[i]);
    for (size_t level = 0; level < 300; level++) memcpy(nest + level * size, NESTS[i], size + 1);
    snprintf(source, sizeof source, "\n\n%s%s\n" GOOD, BEGINS[i], nest);
    pubint_error error = {0};
    pubint_policy *policy;
    trial_put(&trial_folder, ATTACKED, source, strlen(source));
    assert_int_equal(pubint_policy_load(&policy, trial_folder.directory, &error), PUBINT_E_POLICY);
    assert_string_equal(error.message, "nested too deeply: brackets, blocks or functions within each other");
    assert_int_equal(error.line, 3);
  }
  trial_restore(&trial_folder, ATTACKED);
}

/* ---- at weigh ---- */

typedef struct weigh_row {
  const char *body;
  pi_failure failure;
  uint32_t line; /* of the body: its first is 1 */
  const char *message;
} weigh_row;

#define SCRIPT       PI_FAILURE_SCRIPT
#define INSTRUCTIONS PI_FAILURE_INSTRUCTIONS
#define MEMORY       PI_FAILURE_MEMORY
#define STRING_TEXT  "made a string of more than 64 KiB"
#define TABLE_TEXT   "made a table of more than 8,192 items or 4,096 named keys (128 KiB)"
#define STACK_TEXT   "nested too deeply: the stack of calls took more than 128 KiB"
#define C_STACK_TEXT "nested too deeply: calls through table.sort or require within each other"
#define SPENT_TEXT   "used more than 1,000,000 instructions"

static const weigh_row WEIGH_ROWS[] = {
    {"error('first')", SCRIPT, 1, "first"},
    {"local x = 1\n\nerror(\n  'within'\n)", SCRIPT, 3, "within"},
    {"return error('tail')", SCRIPT, 1, "tail"},
    {"local function f()\n  error('inner')\nend\nf()", SCRIPT, 2, "inner"},
    {"local function f() return g() end\nreturn f()", SCRIPT, 1, "the sandbox has no 'g'"},
    {"assert(1 == 2)", SCRIPT, 1, "assertion failed"},
    {"assert(nil, 'said')", SCRIPT, 1, "said"},
    {"error({})", SCRIPT, 1, "error: the message must be a string, got a table"},
    {"error()", SCRIPT, 1, "error: the message must be a string, got nothing"},
    {"error('rules/violence.lua:1: elsewhere')", SCRIPT, 1, "rules/violence.lua:1: elsewhere"},
    {"error('not enough memory')", SCRIPT, 1, "the script says: not enough memory"},
    {"local t\nlocal x = t.y", SCRIPT, 2, "attempt to index a nil value (local 't')"},
    {"local x = case.acount", SCRIPT, 1, "case has no 'acount'; did you mean 'account'?"},
    {"local x = case.context.target.kinds", SCRIPT, 1,
     "case.context.target has no 'kinds'; did you mean 'kind'?"},
    {"\ncase:known 'context.hyperbol'", SCRIPT, 2,
     "there is no fact 'context.hyperbol'; did you mean 'context.hyperbole'?"},
    {"balance:intrest('x', 1, 1)", SCRIPT, 1, "balance has no 'intrest'; did you mean 'interest'?"},
    {"balance.harm('x', 1, 1)", SCRIPT, 1,
     "write balance:harm(id, strength, weight), with a colon; got a string in place of balance"},
    {"text.matches('a', '(')", SCRIPT, 1,
     "text.matches: the pattern is not right at byte 2: missing closing parenthesis"},
    {"table.sort({ 1, 'a' })", SCRIPT, 1, "attempt to compare string with number"},
    {"table.sort({ 2, 1 }, function(a, b)\n  return a.x\nend)", SCRIPT, 2,
     "attempt to index a number value (local 'a')"},
    {"error('')", SCRIPT, 1, "an error without a message"},
    {"error('stack overflow')", SCRIPT, 1, "stack overflow"},
    {"error('C stack overflow')", SCRIPT, 1, "the script says: C stack overflow"},
    {"local function f() return 1 + f() end\nf()", MEMORY, 1, STACK_TEXT},
    {"local function f(...) return 1 + f(...) end\nf(1, 2, 3, 4, 5)", MEMORY, 1, STACK_TEXT},
    {"local s = ('x'):rep(200)\nlocal function f(...)\n  return 1 + f(s:byte(1, 200))\nend\nf()", MEMORY, 3,
     STACK_TEXT},
    {"local function f() for k in pairs({ 1 }) do f() end end\nf()", MEMORY, 1, STACK_TEXT},
    {"local function f()\n  table.sort({ 1, 2 }, f)\nend\nf()", SCRIPT, 2, C_STACK_TEXT},
    {"local s = ('x'):rep(65536)\nlocal t = s .. s", MEMORY, 2, STRING_TEXT},
    {"local s = ('x'):rep(60000)\n\nlocal t = string.format('%s%s', s, s)", MEMORY, 3, STRING_TEXT},
    {"local t = {}\nfor i = 1, 9000 do\n  t[i] = i\nend", MEMORY, 3, TABLE_TEXT},
    {"local t = {}\nfor i = 1, 9000 do\n  t['k' .. i] = i\nend", MEMORY, 3, TABLE_TEXT},
    {"local function f(n)\n  if n > 0 then return 1 + f(n - 1) end\n  local t = {}\n"
     "  for i = 1, 9000 do t[i] = i end\n  return 1\nend\nf(100)",
     MEMORY, 4, TABLE_TEXT},
    {"return ('x'):rep(65537)", SCRIPT, 1, "string.rep: the result is longer than 64 KiB"},
    {"return ('x'):rep(65538)", SCRIPT, 1, "string.rep: the result is longer than 64 KiB"},
    {"return ('x'):rep(21847, 'yz')", SCRIPT, 1, "string.rep: the result is longer than 64 KiB"},
    {"\nwhile true do end", INSTRUCTIONS, 2, SPENT_TEXT},
    {"local s = ('a'):rep(3000)\ntext.matches(s, '^(?:a+)+[bc]')", INSTRUCTIONS, 2, SPENT_TEXT},
    {"local s = ('x'):rep(60000)\nfor i = 1, 1000 do\n  text.length(s)\nend", INSTRUCTIONS, 3, SPENT_TEXT},
};

/* What is wrong with an argument names it as the call has it, in the words of `pubint help script`: a number
 * would count the part before the colon, which nobody wrote. */
typedef struct argument_row {
  const char *call;
  const char *message;
} argument_row;

static const argument_row ARGUMENT_ROWS[] = {
    {"balance:harm('x', '0.5', 2)", "harm: strength must be a number, got a string"},
    {"balance:harm('x', 0.5)", "harm: weight must be a number, got nothing"},
    {"balance:harm(nil, 0.5, 2)", "harm: id must be a string, got nil"},
    {"balance:interest('x', '1', 1)", "interest: strength must be a number, got a string"},
    {"balance:interest('x', 1, {})", "interest: weight must be a number, got a table"},
    {"balance:interest(1, 1, 1)", "interest: id must be a string, got a number"},
    {"balance:condition(true, true)", "condition: id must be a string, got a boolean"},
    {"balance:condition('x', 1)", "condition 'x': met must be true or false, got a number"},
    {"balance:condition('x', true, 1)", "condition: why must be a string, got a number"},
    {"balance:note(case)", "note: text must be a string, got case"},
    {"balance:note()", "note: text must be a string, got nothing"},
    {"case:known()", "known: path must be a string, got nothing"},
    {"case:known(1)", "known: path must be a string, got a number"},
    {"require(1)", "require: name must be a string, got a number"},
    {"data()", "data: name must be a string, got nothing"},
    {"tonumber('1', 'x')", "tonumber: base must be a whole number, got a string"},
    {"tonumber(1, 10)", "tonumber: v must be a string, got a number"},
    {"select('x')", "select: n must be a whole number, got a string"},
    {"select(1.5)", "select: n must be a whole number, got 1.5"},
    {"select(0)", "select: n must not be 0"},
    {"select(-3, 'a', 'b')", "select: n must be from -2, got -3"},
    {"type()", "type: v must be a value, got nothing"},
    {"tostring()", "tostring: v must be a value, got nothing"},
    {"tonumber()", "tonumber: v must be a value, got nothing"},
    {"assert()", "assert: v must be a value, got nothing"},
    {"tonumber('7', 1)", "tonumber: base must be from 2 to 36, got 1"},
    {"ipairs({})(nil, 1)", "ipairs: t must be a table or a list, got nil"},
    {"pairs(nil)", "pairs: t must be a table, got nil"},
    {"string.len(nil)", "string.len: s must be a string, got nil"},
    {"string.byte({})", "string.byte: s must be a string, got a table"},
    {"string.rep()", "string.rep: s must be a string, got nothing"},
    {"string.sub()", "string.sub: s must be a string, got nothing"},
    {"string.byte('x', 'y')", "string.byte: i must be a whole number, got a string"},
    {"string.byte('x', 1, 1.5)", "string.byte: j must be a whole number, got 1.5"},
    {"string.byte('x', 0/0)", "string.byte: i must be a whole number, got nan"},
    {"string.byte('x', -1/0)", "string.byte: i must be a whole number, got -inf"},
    {"string.sub('x', 3.0000000000000004)", "string.sub: i must be a whole number, got 3.0000000000000004"},
    {"string.sub('x', 1e100)", "string.sub: i must be a whole number, got 1e+100, which is beyond 64 bits"},
    {"string.lower()", "string.lower: s must be a string, got nothing"},
    {"string.upper({})", "string.upper: s must be a string, got a table"},
    {"('x'):rep('2')", "string.rep: n must be a whole number, got a string"},
    {"('x'):rep(2, {})", "string.rep: separator must be a string, got a table"},
    {"('x'):sub()", "string.sub: i must be a whole number, got nothing"},
    {"('x'):sub(1, true)", "string.sub: j must be a whole number, got a boolean"},
    {"string.format({})", "string.format: form must be a string, got a table"},
    {"('%d%d'):format(1, 'x')", "string.format: value 2 must be a whole number, got a string"},
    {"('%d'):format(2.5)", "string.format: value 1 must be a whole number, got 2.5"},
    {"('%d%s'):format(1)", "string.format: value 2 is missing"},
    {"('%05s'):format(1)", "string.format: %s has no flag 0"},
    {"('%+s'):format(1)", "string.format: %s has no flag +"},
    {"('%#s'):format(1)", "string.format: %s has no flag #"},
    {"('% s'):format(1)", "string.format: %s has no flag for a blank"},
    {"('%-0s'):format(1)", "string.format: %s has no flag 0"},
    {"('%#d'):format(1)", "string.format: %d has no flag #"},
    {"('%g'):format('x')", "string.format: value 1 must be a number, got a string"},
    {"table.concat()", "table.concat: t must be a table, got nothing"},
    {"table.concat({}, true)", "table.concat: separator must be a string, got a boolean"},
    {"table.concat({ 1, {} })", "table.concat: item 2 must be a string or a number, got a table"},
    {"table.concat({}, '', 'x')", "table.concat: i must be a whole number, got a string"},
    {"table.concat({}, '', 1, 'x')", "table.concat: j must be a whole number, got a string"},
    {"table.insert('x', 1)", "table.insert: t must be a table, got a string"},
    {"table.insert({}, 'x', 1)", "table.insert: place must be a whole number, got a string"},
    {"table.insert({ 1, 2 }, 5, 1)", "table.insert: place must be from 1 to 3, got 5"},
    {"table.insert(string, 1)", "table.insert: that table is read-only"},
    {"table.remove(1)", "table.remove: t must be a table, got a number"},
    {"table.remove({ 1, 2 }, 4)", "table.remove: place must be from 1 to 3, got 4"},
    {"table.remove({}, 'x')", "table.remove: place must be a whole number, got a string"},
    {"table.sort(1)", "table.sort: t must be a table, got a number"},
    {"table.sort({}, 1)", "table.sort: before must be a function, got a number"},
    {"table.unpack('x')", "table.unpack: t must be a table, got a string"},
    {"table.unpack({}, 'x')", "table.unpack: i must be a whole number, got a string"},
    {"table.unpack({}, 1, 'x')", "table.unpack: j must be a whole number, got a string"},
    {"math.abs('1')", "math.abs: x must be a number, got a string"},
    {"math.ceil()", "math.ceil: x must be a number, got nothing"},
    {"math.floor(nil)", "math.floor: x must be a number, got nil"},
    {"math.max()", "math.max: value 1 must be a number, got nothing"},
    {"math.min(1, 2, 'x')", "math.min: value 3 must be a number, got a string"},
    {"math.sqrt('x')", "math.sqrt: x must be a number, got a string"},
    {"text.contains(1, 'x')", "text.contains: s must be a string, got a number"},
    {"text.contains('x', nil)", "text.contains: plain must be a string, got nil"},
    {"text.count({}, 'x')", "text.count: s must be a string, got a table"},
    {"text.count('x', 1)", "text.count: pattern must be a string, got a number"},
    {"text.find(nil, 'x')", "text.find: s must be a string, got nil"},
    {"text.find('x')", "text.find: pattern must be a string, got nothing"},
    {"text.length(1)", "text.length: s must be a string, got a number"},
    {"text.matches(true, 'x')", "text.matches: s must be a string, got a boolean"},
    {"text.matches('x')", "text.matches: pattern must be a string, got nothing"},
    {"time.before(1, nil)", "time.before: a must be a string, got a number"},
    {"time.before(nil, {})", "time.before: b must be a string, got a table"},
    {"time.days(true, nil)", "time.days: from must be a string, got a boolean"},
    {"time.days(nil)", "time.days: to must be a value, got nothing"},
    {"time.hours(case, nil)", "time.hours: from must be a string, got case"},
    {"time.hours(nil, 0)", "time.hours: to must be a string, got a number"},
};

static void check_error(const pi_script_error *error, const weigh_row *row, const char *file) {
  if (error->failure != row->failure || error->line != TRIAL_BODY_LINE - 1 + row->line ||
      strcmp(error->message.ptr, row->message) != 0) {
    fail_msg("%s\nline %u: %s", row->body, error->line - TRIAL_BODY_LINE + 1, error->message.ptr);
  }
  assert_string_equal(error->script->file.ptr, file);
  static const unsigned CODES[] = {
      [SCRIPT] = PI_E_SCRIPT_ERROR, [INSTRUCTIONS] = PI_E_LIMIT_INSTRUCTIONS, [MEMORY] = PI_E_LIMIT_MEMORY};
  assert_int_equal(error->code, CODES[row->failure]);
}

/* Evaluates the case under the folder as it is; the entry lives until the next call. */
static const pi_entry *entry_of(const char *more) {
  static pubint_policy *policy;
  static pubint_engine *engine;
  static pubint_case *input;
  const pubint_evaluation *evaluation;
  pubint_engine_free(engine);
  pubint_case_free(input);
  pubint_policy_free(policy);
  policy = NULL;
  engine = NULL;
  input = NULL;
  if (more == NULL) return NULL; /* only gives back */
  policy = trial_load(&trial_folder);
  engine = trial_engine(policy);
  input = trial_case("abuse_harassment", "Hello world", more);
  assert_int_equal(pubint_engine_evaluate(engine, input, &evaluation, NULL), PUBINT_OK);
  return &evaluation->entries[0];
}

static void test_script_errors_at_weigh(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof WEIGH_ROWS / sizeof *WEIGH_ROWS; i++) {
    trial_put_weigh(&trial_folder, WEIGH_ROWS[i].body);
    check_error(&entry_of("")->error, &WEIGH_ROWS[i], ATTACKED);
  }
  entry_of(NULL);
  trial_restore(&trial_folder, ATTACKED);
}

static void test_script_errors_name_arguments(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof ARGUMENT_ROWS / sizeof *ARGUMENT_ROWS; i++) {
    char body[128];
    snprintf(body, sizeof body, "local x = %s", ARGUMENT_ROWS[i].call);
    trial_put_weigh(&trial_folder, body);
    check_error(&entry_of("")->error, &(weigh_row){body, SCRIPT, 1, ARGUMENT_ROWS[i].message}, ATTACKED);
  }
  entry_of(NULL);
  trial_restore(&trial_folder, ATTACKED);
}

static bool said(const char *function, const char *argument) {
  char begin[64];
  int n = snprintf(begin, sizeof begin, "%s: %s must be ", function, argument);
  for (size_t i = 0; i < sizeof ARGUMENT_ROWS / sizeof *ARGUMENT_ROWS; i++) {
    if (strncmp(ARGUMENT_ROWS[i].message, begin, (size_t)n) == 0) return true;
  }
  return false;
}

/* Every argument in the forms of the allow-list has its row above, but those that may be anything. */
static void check_form(const pi_allow_row *row) {
  static const char *const ANYTHING[] = {"v", "message", "met"};
  static const char LETTERS[] = "abcdefghijklmnopqrstuvwxyz";
  char function[32];
  bool method = strcmp(row->library, "case") == 0 || strcmp(row->library, "balance") == 0;
  bool bare = row->library[0] == '\0' || method;
  snprintf(function, sizeof function, "%s%s%s", bare ? "" : row->library, bare ? "" : ".", row->name);
  if (strcmp(function, "ipairs") == 0) return; /* a table or a list, in words of its own */
  const char *p = strchr(row->form, '(');
  for (p += p != NULL ? strcspn(p, LETTERS) : 0; p != NULL && *p != '\0'; p += strcspn(p, LETTERS)) {
    char argument[32];
    snprintf(argument, sizeof argument, "%.*s", (int)strspn(p, LETTERS), p);
    p += strlen(argument);
    bool anything = strcmp(function, "math.max") == 0 || strcmp(function, "math.min") == 0;
    for (size_t i = 0; i < sizeof ANYTHING / sizeof *ANYTHING; i++)
      anything = anything || strcmp(ANYTHING[i], argument) == 0;
    if (!anything && !said(function, argument)) fail_msg("%s: nothing tried of %s", row->form, argument);
  }
}

static void test_script_errors_arguments_are_those_of_the_allow_list(void **state) {
  (void)state;
  for (size_t i = 0; i < PI_ALLOW_COUNT; i++) check_form(&PI_ALLOW[i]);
  for (size_t i = 0; i < PI_ALLOW_FIELDS_COUNT; i++) check_form(&PI_ALLOW_FIELDS[i]);
}

/* The same in a market's script: the rule's own factors stay. */
static void test_script_errors_in_a_market(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof WEIGH_ROWS / sizeof *WEIGH_ROWS; i++) {
    char source[1024];
    int n = snprintf(source, sizeof source,
                     "return {\n  market = 'NL', language = 'nl', teams = {}, consulted = {},\n"
                     "  weigh = function(case, balance)\n%s\n  end,\n}\n",
                     WEIGH_ROWS[i].body);
    trial_put(&trial_folder, "markets/NL.lua", source, (size_t)n);
    const pi_entry *entry = entry_of(",\"market\":\"NL\"");
    check_error(&entry->error, &WEIGH_ROWS[i], "markets/NL.lua");
    assert_int_equal(entry->balance.factors_count, 12); /* eleven common ones and heated_debate */
  }
  entry_of(NULL);
  trial_restore(&trial_folder, "markets/NL.lua");
}

/* And in a module: the module is named, not who required it. */
static void test_script_errors_in_a_module(void **state) {
  (void)state;
  trial_put_weigh(&trial_folder, "require('helper')(case, balance)");
  for (size_t i = 0; i < sizeof WEIGH_ROWS / sizeof *WEIGH_ROWS; i++) {
    char source[1024];
    int n =
        snprintf(source, sizeof source, "\n\nreturn function(case, balance)\n%s\nend\n", WEIGH_ROWS[i].body);
    trial_put(&trial_folder, "lib/helper.lua", source, (size_t)n);
    check_error(&entry_of("")->error, &WEIGH_ROWS[i], "lib/helper.lua");
  }
  entry_of(NULL);
  trial_drop(&trial_folder, "lib/helper.lua");
  trial_restore(&trial_folder, ATTACKED);
}

/* What the evaluation's bytes say of it. */
static void test_script_errors_in_the_bytes(void **state) {
  (void)state;
  trial_put_weigh(&trial_folder, "error('a\\27[31m\\0b\\n\\u{202E}')");
  pubint_policy *policy = trial_load(&trial_folder);
  pubint_engine *engine = trial_engine(policy);
  pubint_case *input = trial_attacked_case("x");
  char *bytes = trial_bytes(engine, input, NULL);
  assert_non_null(strstr(bytes, "\"verdict\":\"review\",\"basis\":\"rule_error\""));
  assert_non_null(strstr(bytes, "\"error\":{\"code\":\"E3001\",\"kind\":\"script\",\"message\":\"a?[31m?b?"));
  assert_non_null(strstr(bytes, "\",\"script\":\"" ATTACKED "\",\"line\":4}"));
  assert_null(strstr(bytes, "\"factors\""));
  free(bytes);
  pubint_case_free(input);
  pubint_engine_free(engine);
  pubint_policy_free(policy);
  trial_restore(&trial_folder, ATTACKED);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_script_errors_name_arguments),
      cmocka_unit_test(test_script_errors_arguments_are_those_of_the_allow_list),
      cmocka_unit_test(test_script_errors_at_load),
      cmocka_unit_test(test_script_errors_of_deep_texts),
      cmocka_unit_test(test_script_errors_at_weigh),
      cmocka_unit_test(test_script_errors_in_a_market),
      cmocka_unit_test(test_script_errors_in_a_module),
      cmocka_unit_test(test_script_errors_in_the_bytes),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, trial_set_up, trial_tear_down);
}
