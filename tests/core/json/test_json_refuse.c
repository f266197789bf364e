/* Every refusal of the reader: its code, place, path, what was found and what was expected. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "errors.h"
#include "json_arena.h"
#include "json_read.h"
#include "test.h"

enum { DEPTH = 8 };

/* One refusal: what `pi_json_check` says of `text`. */
typedef struct refusal {
  pi_slice text;
  unsigned code;
  unsigned line, column;
  const char *path, *found, *expected, *hint;
} refusal;

#define TEXT(literal) PI_SLICE_INIT(literal)

static void check_refusals(const refusal *rows, size_t count, pi_arena *arena) {
  for (size_t i = 0; i < count; i++) {
    const refusal *row = &rows[i];
    pubint_error error;
    /* In a block of its own size, so that a sanitizer sees a read behind its end. */
    char *text = malloc(row->text.len > 0 ? row->text.len : 1);
    assert_non_null(text);
    memcpy(text, row->text.ptr, row->text.len);
    pubint_status status = pi_json_check((pi_slice){text, row->text.len}, arena, DEPTH, &error);
    free(text);
    if (status != PUBINT_E_INPUT || error.code != row->code) {
      fail_msg("%.*s: %d, E%04u", (int)row->text.len, row->text.ptr, (int)status, error.code);
    }
    const pi_error_row *known = pi_error_find(row->code);
    assert_int_equal(error.status, PUBINT_E_INPUT);
    assert_true(strncmp(error.message, known->message, strlen(known->message)) == 0);
    assert_int_equal(error.line, row->line);
    assert_int_equal(error.column, row->column);
    assert_string_equal(error.path, row->path);
    assert_string_equal(error.found, row->found);
    assert_string_equal(error.expected, row->expected);
    assert_string_equal(error.hint, row->hint != NULL ? row->hint : "");
  }
}

#define CHECK_REFUSALS(rows) check_refusals(rows, sizeof(rows) / sizeof(rows)[0], *state)

static void test_json_refuse_e1001_there_is_no_value(void **state) {
  static const refusal ROWS[] = {
      {TEXT(""), PI_E_EMPTY, 1, 1, "", "the end of the text", "a value", NULL},
      {TEXT("  \t\r"), PI_E_EMPTY, 1, 5, "", "the end of the text", "a value", NULL},
      {TEXT("\n\n "), PI_E_EMPTY, 3, 2, "", "the end of the text", "a value", NULL},
  };
  CHECK_REFUSALS(ROWS);
}

static void test_json_refuse_e1002_byte_order_mark(void **state) {
  static const refusal ROWS[] = {
      {TEXT("\xEF\xBB\xBF{}"), PI_E_BOM, 1, 1, "", "a UTF-8 byte order mark", "a value", NULL},
      {TEXT("\xEF\xBB\xBF"), PI_E_BOM, 1, 1, "", "a UTF-8 byte order mark", "a value", NULL},
      {TEXT("\xFF\xFE{\0}\0"), PI_E_BOM, 1, 1, "", "a UTF-16 byte order mark", "a value in UTF-8", NULL},
      {TEXT("\xFE\xFF\0{\0}"), PI_E_BOM, 1, 1, "", "a UTF-16 byte order mark", "a value in UTF-8", NULL},
      /* not at the beginning it is a character like others, and none of JSON */
      {TEXT(" \xEF\xBB\xBF{}"), PI_E_UNEXPECTED, 1, 2, "", "the character U+FEFF", "a value", NULL},
  };
  CHECK_REFUSALS(ROWS);
}

static void test_json_refuse_e1003_not_utf8(void **state) {
  static const refusal ROWS[] = {
      {TEXT("\"caf\xE9\""), PI_E_NOT_UTF8, 1, 5, "", "the byte 0xE9", "UTF-8", NULL},
      {TEXT("{\"a\":[\"\xC0\xAF\"]}"), PI_E_NOT_UTF8, 1, 8, "/a/0", "the byte 0xC0", "UTF-8", NULL},
      {TEXT("\"\xE0\x80\xAF\""), PI_E_NOT_UTF8, 1, 2, "", "the byte 0xE0", "UTF-8", NULL},
      {TEXT("\"\xF0\x80\x80\xAF\""), PI_E_NOT_UTF8, 1, 2, "", "the byte 0xF0", "UTF-8", NULL},
      {TEXT("\"\xED\xA0\x80\""), PI_E_NOT_UTF8, 1, 2, "", "the byte 0xED", "UTF-8", NULL},
      {TEXT("\"\xF4\x90\x80\x80\""), PI_E_NOT_UTF8, 1, 2, "", "the byte 0xF4", "UTF-8", NULL},
      {TEXT("\"\xF8\x88\x80\x80\x80\""), PI_E_NOT_UTF8, 1, 2, "", "the byte 0xF8", "UTF-8", NULL},
      {TEXT("\"ab\x80\""), PI_E_NOT_UTF8, 1, 4, "", "the byte 0x80", "UTF-8", NULL},
      {TEXT("\"\xE2\x82\""), PI_E_NOT_UTF8, 1, 2, "", "the byte 0xE2", "UTF-8", NULL},
      {TEXT("\"\xE2\x82"), PI_E_NOT_UTF8, 1, 2, "", "the byte 0xE2", "UTF-8", NULL},
      {TEXT("\"\xF0\x9F\x98"), PI_E_NOT_UTF8, 1, 2, "", "the byte 0xF0", "UTF-8", NULL},
      {TEXT("{\"\xFF\":1}"), PI_E_NOT_UTF8, 1, 3, "", "the byte 0xFF", "UTF-8", NULL},
      {TEXT("[\xE9]"), PI_E_NOT_UTF8, 1, 2, "/0", "the byte 0xE9", "a value or ]", NULL},
      {TEXT("[1\xE9]"), PI_E_NOT_UTF8, 1, 3, "/0", "the byte 0xE9", ", or ]", NULL},
      {TEXT("{} \xE9"), PI_E_NOT_UTF8, 1, 4, "", "the byte 0xE9", "the end of the text", NULL},
  };
  CHECK_REFUSALS(ROWS);
}

static void test_json_refuse_e1004_control_in_string(void **state) {
  static const refusal ROWS[] = {
      {TEXT("\"a\nb\""), PI_E_CONTROL_IN_STRING, 1, 3, "", "the byte 0x0A", "the escape \\n", NULL},
      {TEXT("\"a\rb\""), PI_E_CONTROL_IN_STRING, 1, 3, "", "the byte 0x0D", "the escape \\r", NULL},
      {TEXT("\"\t\""), PI_E_CONTROL_IN_STRING, 1, 2, "", "the byte 0x09", "the escape \\t", NULL},
      {TEXT("\"\x1F\""), PI_E_CONTROL_IN_STRING, 1, 2, "", "the byte 0x1F", "the escape \\u001F", NULL},
      {TEXT("[\"12345678\0\"]"), PI_E_CONTROL_IN_STRING, 1, 11, "/0", "the byte 0x00", "the escape \\u0000",
       NULL},
      {TEXT("{\"a\nb\":1}"), PI_E_CONTROL_IN_STRING, 1, 4, "", "the byte 0x0A", "the escape \\n", NULL},
  };
  CHECK_REFUSALS(ROWS);
}

static void test_json_refuse_e1005_bad_escape(void **state) {
  static const char *const LETTERS = "one of \" \\ / b f n r t u after the \\";
  const refusal rows[] = {
      {TEXT("\"\\x41\""), PI_E_BAD_ESCAPE, 1, 3, "", "\"x\"", LETTERS, NULL},
      {TEXT("\"ab\\U0041\""), PI_E_BAD_ESCAPE, 1, 5, "", "\"U\"", LETTERS, NULL},
      {TEXT("\"\\'\""), PI_E_BAD_ESCAPE, 1, 3, "", "\"'\"", LETTERS, "JSON has double quotes only"},
      {TEXT("\"\\0\""), PI_E_BAD_ESCAPE, 1, 3, "", "\"0\"", LETTERS, NULL},
      {TEXT("\"\\é\""), PI_E_BAD_ESCAPE, 1, 3, "", "\"é\" (U+00E9)", LETTERS, NULL},
      {TEXT("\"\\\n\""), PI_E_BAD_ESCAPE, 1, 3, "", "the byte 0x0A", LETTERS, NULL},
      {TEXT("\"\\u12G4\""), PI_E_BAD_ESCAPE, 1, 6, "", "\"G\"", "a hexadecimal digit", NULL},
      {TEXT("\"\\u123\""), PI_E_BAD_ESCAPE, 1, 7, "", "a double quote", "a hexadecimal digit", NULL},
      {TEXT("\"\\u 123\""), PI_E_BAD_ESCAPE, 1, 4, "", "\" \"", "a hexadecimal digit", NULL},
      {TEXT("\"\\uD83D\\uZ\""), PI_E_BAD_ESCAPE, 1, 10, "", "\"Z\"", "a hexadecimal digit", NULL},
      {TEXT("{\"k\":\"\\q\"}"), PI_E_BAD_ESCAPE, 1, 8, "/k", "\"q\"", LETTERS, NULL},
  };
  CHECK_REFUSALS(rows);
}

static void test_json_refuse_e1006_lone_surrogate(void **state) {
  static const char *const LOW = "a low surrogate (DC00 to DFFF) after it";
  static const char *const HIGH = "a high surrogate (D800 to DBFF) before it";
  const refusal rows[] = {
      {TEXT("\"a\\uD83D\""), PI_E_LONE_SURROGATE, 1, 3, "", "\\uD83D", LOW, NULL},
      {TEXT("\"\\uD83Dx\""), PI_E_LONE_SURROGATE, 1, 2, "", "\\uD83D", LOW, NULL},
      {TEXT("\"\\uD83D\\n\""), PI_E_LONE_SURROGATE, 1, 2, "", "\\uD83D", LOW, NULL},
      {TEXT("\"\\uD83D\\u0041\""), PI_E_LONE_SURROGATE, 1, 2, "", "\\uD83D", LOW, NULL},
      {TEXT("\"\\uD83D\\uD83D\\uDE00\""), PI_E_LONE_SURROGATE, 1, 2, "", "\\uD83D", LOW, NULL},
      {TEXT("\"\\ude00\""), PI_E_LONE_SURROGATE, 1, 2, "", "\\ude00", HIGH, NULL},
      {TEXT("\"\\uDE00\\uD83D\""), PI_E_LONE_SURROGATE, 1, 2, "", "\\uDE00", HIGH, NULL},
      {TEXT("{\"\\uDFFF\":1}"), PI_E_LONE_SURROGATE, 1, 3, "", "\\uDFFF", HIGH, NULL},
      {TEXT("[\"\\uD800\"]"), PI_E_LONE_SURROGATE, 1, 3, "/0", "\\uD800", LOW, NULL},
      {TEXT("[\"\\uDBFF\"]"), PI_E_LONE_SURROGATE, 1, 3, "/0", "\\uDBFF", LOW, NULL},
      {TEXT("[\"\\uDC00\"]"), PI_E_LONE_SURROGATE, 1, 3, "/0", "\\uDC00", HIGH, NULL},
  };
  CHECK_REFUSALS(rows);
}

static void test_json_refuse_e1007_bad_number(void **state) {
  static const refusal ROWS[] = {
      {TEXT("[01]"), PI_E_BAD_NUMBER, 1, 3, "/0", "\"1\"", "a point, an e or the end after a leading 0",
       NULL},
      {TEXT("-00"), PI_E_BAD_NUMBER, 1, 3, "", "\"0\"", "a point, an e or the end after a leading 0", NULL},
      {TEXT("[+1]"), PI_E_BAD_NUMBER, 1, 2, "/0", "\"+\"", "a digit or -", NULL},
      {TEXT("{\"a\":.5}"), PI_E_BAD_NUMBER, 1, 6, "/a", "\".\"", "a digit or -", NULL},
      {TEXT("[1.]"), PI_E_BAD_NUMBER, 1, 4, "/0", "\"]\"", "a digit after the point", NULL},
      {TEXT("[1.e5]"), PI_E_BAD_NUMBER, 1, 4, "/0", "\"e\"", "a digit after the point", NULL},
      {TEXT("[1e]"), PI_E_BAD_NUMBER, 1, 4, "/0", "\"]\"", "a digit of the exponent", NULL},
      {TEXT("[1e+-2]"), PI_E_BAD_NUMBER, 1, 5, "/0", "\"-\"", "a digit of the exponent", NULL},
      {TEXT("[-]"), PI_E_BAD_NUMBER, 1, 3, "/0", "\"]\"", "a digit", NULL},
      {TEXT("[- 1]"), PI_E_BAD_NUMBER, 1, 3, "/0", "\" \"", "a digit", NULL},
      {TEXT("[1.2.3]"), PI_E_BAD_NUMBER, 1, 5, "/0", "\".\"", "the end of the number", NULL},
      {TEXT("[0x1F]"), PI_E_BAD_NUMBER, 1, 3, "/0", "\"x\"", "the end of the number", NULL},
      {TEXT("12a"), PI_E_BAD_NUMBER, 1, 3, "", "\"a\"", "the end of the number", NULL},
  };
  CHECK_REFUSALS(ROWS);
}

static void test_json_refuse_e1008_number_too_large(void **state) {
  static const char *const MAX = "at most 1.7976931348623157e308";
  const refusal rows[] = {
      {TEXT("1e400"), PI_E_NUMBER_TOO_LARGE, 1, 1, "", "the number 1e400", MAX, NULL},
      {TEXT("{\"a\":[0,-1e309]}"), PI_E_NUMBER_TOO_LARGE, 1, 9, "/a/1", "the number -1e309", MAX, NULL},
      {TEXT("[1E+999999999999999999999]"), PI_E_NUMBER_TOO_LARGE, 1, 2, "/0",
       "the number 1E+999999999999999999999", MAX, NULL},
  };
  CHECK_REFUSALS(rows);
}

static void test_json_refuse_e1009_unexpected(void **state) {
  static const char *const COMMA = "JSON has no comma before a closing bracket";
  const refusal rows[] = {
      {TEXT("x"), PI_E_UNEXPECTED, 1, 1, "", "\"x\"", "a value", NULL},
      {TEXT("NaN"), PI_E_UNEXPECTED, 1, 1, "", "\"NaN\"", "a value", NULL},
      {TEXT("{\"a\":None}"), PI_E_UNEXPECTED, 1, 6, "/a", "\"None\"", "a value", NULL},
      {TEXT("]"), PI_E_UNEXPECTED, 1, 1, "", "\"]\"", "a value", NULL},
      {TEXT("\0"), PI_E_UNEXPECTED, 1, 1, "", "the byte 0x00", "a value", NULL},
      {TEXT("\x0C{}"), PI_E_UNEXPECTED, 1, 1, "", "the byte 0x0C", "a value", NULL},
      {TEXT("\xC2\xA0{}"), PI_E_UNEXPECTED, 1, 1, "", "the character U+00A0", "a value", NULL},
      {TEXT("[\xE2\x80\xAE]"), PI_E_UNEXPECTED, 1, 2, "/0", "the character U+202E", "a value or ]", NULL},
      {TEXT("\xE2\x80\x83{}"), PI_E_UNEXPECTED, 1, 1, "", "the character U+2003", "a value", NULL},
      {TEXT("\xE2\x80\xAF{}"), PI_E_UNEXPECTED, 1, 1, "", "the character U+202F", "a value", NULL},
      {TEXT("\xE3\x80\x80{}"), PI_E_UNEXPECTED, 1, 1, "", "the character U+3000", "a value", NULL},
      {TEXT("é"), PI_E_UNEXPECTED, 1, 1, "", "\"é\" (U+00E9)", "a value", NULL},
      {TEXT("“a”"), PI_E_UNEXPECTED, 1, 1, "", "\"“\" (U+201C)", "a value", NULL},
      {TEXT("trux"), PI_E_UNEXPECTED, 1, 4, "", "\"x\"", "true", NULL},
      {TEXT("[fals]"), PI_E_UNEXPECTED, 1, 6, "/0", "\"]\"", "false", NULL},
      {TEXT("[nulL]"), PI_E_UNEXPECTED, 1, 5, "/0", "\"L\"", "null", NULL},
      {TEXT("[truefalse]"), PI_E_UNEXPECTED, 1, 6, "/0", "\"f\"", ", or ]", NULL},
      {TEXT("[,1]"), PI_E_UNEXPECTED, 1, 2, "/0", "\",\"", "a value or ]", NULL},
      {TEXT("[1,,2]"), PI_E_UNEXPECTED, 1, 4, "/1", "\",\"", "a value", NULL},
      {TEXT("[1, ]"), PI_E_UNEXPECTED, 1, 5, "/1", "\"]\"", "a value", COMMA},
      {TEXT("[1 2]"), PI_E_UNEXPECTED, 1, 4, "/0", "\"2\"", ", or ]", NULL},
      {TEXT("[1}"), PI_E_UNEXPECTED, 1, 3, "/0", "\"}\"", ", or ]", NULL},
      {TEXT("[1:2]"), PI_E_UNEXPECTED, 1, 3, "/0", "\":\"", ", or ]", NULL},
      {TEXT("['a']"), PI_E_UNEXPECTED, 1, 2, "/0", "\"'\"", "a value or ]", "JSON has double quotes only"},
      {TEXT("[1 // x\n]"), PI_E_UNEXPECTED, 1, 4, "/0", "\"/\"", ", or ]", "JSON has no comments"},
      {TEXT("# x\n{}"), PI_E_UNEXPECTED, 1, 1, "", "\"#\"", "a value", "JSON has no comments"},
      {TEXT("{,}"), PI_E_UNEXPECTED, 1, 2, "", "\",\"", "a key in double quotes, or }", NULL},
      {TEXT("{a:1}"), PI_E_UNEXPECTED, 1, 2, "", "\"a\"", "a key in double quotes, or }", NULL},
      {TEXT("{1:1}"), PI_E_UNEXPECTED, 1, 2, "", "\"1\"", "a key in double quotes, or }", NULL},
      {TEXT("{\"a\":1,}"), PI_E_UNEXPECTED, 1, 8, "", "\"}\"", "a key in double quotes", COMMA},
      {TEXT("{\"a\":1,b:2}"), PI_E_UNEXPECTED, 1, 8, "", "\"b\"", "a key in double quotes", NULL},
      {TEXT("{\"a\" 1}"), PI_E_UNEXPECTED, 1, 6, "/a", "\"1\"", ": after the key", NULL},
      {TEXT("{\"a\",\"b\"}"), PI_E_UNEXPECTED, 1, 5, "/a", "\",\"", ": after the key", NULL},
      {TEXT("{\"a\"::1}"), PI_E_UNEXPECTED, 1, 6, "/a", "\":\"", "a value", NULL},
      {TEXT("{\"a\":}"), PI_E_UNEXPECTED, 1, 6, "/a", "\"}\"", "a value", NULL},
      {TEXT("{\"a\":1 \"b\":2}"), PI_E_UNEXPECTED, 1, 8, "/a", "a double quote", ", or }", NULL},
      {TEXT("{\"a\":1;\"b\":2}"), PI_E_UNEXPECTED, 1, 7, "/a", "\";\"", ", or }", NULL},
      {TEXT("{\"a\":[1]]"), PI_E_UNEXPECTED, 1, 9, "/a", "\"]\"", ", or }", NULL},
      {TEXT("{\"a\":{\"b\":[0,{\"c\":x}]}}"), PI_E_UNEXPECTED, 1, 19, "/a/b/1/c", "\"x\"", "a value", NULL},
      {TEXT("{\n  \"a\": 1,\n  \"b\": ?\n}"), PI_E_UNEXPECTED, 3, 8, "/b", "\"?\"", "a value", NULL},
  };
  CHECK_REFUSALS(rows);
}

static void test_json_refuse_e1010_unfinished(void **state) {
  static const refusal ROWS[] = {
      {TEXT("{"), PI_E_UNFINISHED, 1, 2, "", "the end of the text", "a key in double quotes, or }", NULL},
      {TEXT("{\"a"), PI_E_UNFINISHED, 1, 4, "", "the end of the text", "a closing double quote", NULL},
      {TEXT("{\"a\""), PI_E_UNFINISHED, 1, 5, "/a", "the end of the text", ": after the key", NULL},
      {TEXT("{\"a\":"), PI_E_UNFINISHED, 1, 6, "/a", "the end of the text", "a value", NULL},
      {TEXT("{\"a\":1"), PI_E_UNFINISHED, 1, 7, "/a", "the end of the text", ", or }", NULL},
      {TEXT("{\"a\":1,"), PI_E_UNFINISHED, 1, 8, "", "the end of the text", "a key in double quotes", NULL},
      {TEXT("["), PI_E_UNFINISHED, 1, 2, "/0", "the end of the text", "a value or ]", NULL},
      {TEXT("[1"), PI_E_UNFINISHED, 1, 3, "/0", "the end of the text", ", or ]", NULL},
      {TEXT("[1,\n"), PI_E_UNFINISHED, 2, 1, "/1", "the end of the text", "a value", NULL},
      {TEXT("\"12345678"), PI_E_UNFINISHED, 1, 10, "", "the end of the text", "a closing double quote", NULL},
      {TEXT("\"a\\"), PI_E_UNFINISHED, 1, 4, "", "the end of the text", "the rest of an escape", NULL},
      {TEXT("\"\\u12"), PI_E_UNFINISHED, 1, 6, "", "the end of the text", "a hexadecimal digit", NULL},
      {TEXT("\"\\uD83D"), PI_E_UNFINISHED, 1, 8, "", "the end of the text", "a low surrogate", NULL},
      {TEXT("\"\\uD83D\\"), PI_E_UNFINISHED, 1, 9, "", "the end of the text", "a low surrogate", NULL},
      {TEXT("\"\\uD83D\\uDE0"), PI_E_UNFINISHED, 1, 13, "", "the end of the text", "a hexadecimal digit",
       NULL},
      {TEXT("tru"), PI_E_UNFINISHED, 1, 4, "", "the end of the text", "true", NULL},
      {TEXT("-"), PI_E_UNFINISHED, 1, 2, "", "the end of the text", "a digit", NULL},
      {TEXT("1."), PI_E_UNFINISHED, 1, 3, "", "the end of the text", "a digit after the point", NULL},
      {TEXT("1e-"), PI_E_UNFINISHED, 1, 4, "", "the end of the text", "a digit of the exponent", NULL},
  };
  CHECK_REFUSALS(ROWS);
}

static void test_json_refuse_e1011_trailing(void **state) {
  static const char *const END = "the end of the text";
  const refusal rows[] = {
      {TEXT("{} {}"), PI_E_TRAILING, 1, 4, "", "\"{\"", END, NULL},
      {TEXT("1\n2"), PI_E_TRAILING, 2, 1, "", "\"2\"", END, NULL},
      {TEXT("[1]]"), PI_E_TRAILING, 1, 4, "", "\"]\"", END, NULL},
      {TEXT("{},"), PI_E_TRAILING, 1, 3, "", "\",\"", END, NULL},
      {TEXT("null x"), PI_E_TRAILING, 1, 6, "", "\"x\"", END, NULL},
      {TEXT("\"a\"\0"), PI_E_TRAILING, 1, 4, "", "the byte 0x00", END, NULL},
      {TEXT("{} // x"), PI_E_TRAILING, 1, 4, "", "\"/\"", END, "JSON has no comments"},
  };
  CHECK_REFUSALS(rows);
}

static void test_json_refuse_e1012_too_deep(void **state) {
  static const refusal ROWS[] = {
      {TEXT("[[[[[[[[[1]]]]]]]]]"), PI_E_TOO_DEEP, 1, 9, "/0/0/0/0/0/0/0/0", "an array", "at most 8 levels",
       NULL},
      {TEXT("[[[[[[[[{}]]]]]]]]"), PI_E_TOO_DEEP, 1, 9, "/0/0/0/0/0/0/0/0", "an object", "at most 8 levels",
       NULL},
  };
  CHECK_REFUSALS(ROWS);
  assert_int_equal(pi_json_check(PI_SLICE("[[[[[[[[1,[]]]]]]]]]"), *state, 9, NULL), PUBINT_OK);
  assert_int_equal(pi_json_check(PI_SLICE("[[[[[[[[1]]]]]]]]"), *state, 8, NULL), PUBINT_OK);
  assert_int_equal(pi_json_check(PI_SLICE("[]"), *state, 0, NULL), PUBINT_E_INPUT);
  assert_int_equal(pi_json_check(PI_SLICE("1"), *state, 0, NULL), PUBINT_OK);

  /* Whatever the caller says, the reader's own path ends at PI_JSON_DEPTH_MAX. */
  char text[200];
  memset(text, '[', 100);
  memset(text + 100, ']', 100);
  pubint_error error;
  assert_int_equal(pi_json_check((pi_slice){text, 200}, *state, 1000, &error), PUBINT_E_INPUT);
  assert_int_equal(error.code, PI_E_TOO_DEEP);
  assert_int_equal(error.column, PI_JSON_DEPTH_MAX + 1);
  assert_int_equal(pi_json_check((pi_slice){text + 100 - 64, 128}, *state, 1000, &error), PUBINT_OK);
}

/* More of E1014 in test_json_tree.c. */
static void test_json_refuse_e1014_duplicate_key(void **state) {
  static const refusal ROWS[] = {
      {TEXT("{\"a\":1,\"a\":1}"), PI_E_DUPLICATE_KEY, 1, 8, "/a", "\"a\"", "each key once", NULL},
      {TEXT("{\"x\":[{\"k~/\":1,\n\"k~/\":2}]}"), PI_E_DUPLICATE_KEY, 2, 1, "/x/0/k~0~1", "\"k~/\"",
       "each key once", NULL},
  };
  CHECK_REFUSALS(ROWS);
}

static void test_json_refuse_counts_lines_from_the_callers(void **state) {
  pi_json json;
  pubint_error error;
  pi_slice text = PI_SLICE("  [1,\r\n   oops]");
  bool more;
  pi_json_number number;
  assert_int_equal(pi_json_init(&json, text, 41, *state, DEPTH, &error), PUBINT_OK);
  pi_json_enter_array(&json);
  pi_json_next_item(&json, &more);
  pi_json_number_text(&json, &number);
  pi_json_next_item(&json, &more);
  assert_int_equal(pi_json_peek(&json), PI_JSON_BAD);
  assert_int_equal(error.line, 42);
  assert_int_equal(error.column, 4);
  assert_string_equal(error.path, "/1");
}

static void test_json_refuse_keeps_the_first_error(void **state) {
  pi_json json;
  pubint_error error;
  memset(&error, 'x', sizeof error); /* what is in it before is nothing to the reader */
  assert_int_equal(pi_json_init(&json, PI_SLICE("[x"), 1, *state, DEPTH, &error), PUBINT_OK);
  bool more;
  pi_json_enter_array(&json);
  assert_int_equal(pi_json_next_item(&json, &more), PUBINT_E_INPUT);
  assert_int_equal(pi_json_refuse(&json, json.begin, PI_E_WRONG_TYPE, "a", "b", "c"), PUBINT_E_INPUT);
  assert_int_equal(pi_json_no_memory(&json), PUBINT_E_SYSTEM);
  assert_int_equal(error.code, PI_E_UNEXPECTED);
  assert_string_equal(error.found, "\"x\"");
}

static void test_json_refuse_refuses_for_its_caller(void **state) {
  pi_json json;
  pubint_error error;
  pi_slice key;
  const char *at;
  bool more;
  pi_slice text = PI_SLICE("{\"a/b\":{\"c~\":\"v\"}}");
  pi_json_init(&json, text, 7, *state, DEPTH, &error);
  pi_json_enter_object(&json);
  pi_json_next_key(&json, &key, &at, &more);
  pi_json_enter_object(&json);
  pi_json_next_key(&json, &key, &at, &more);
  assert_int_equal(pi_json_refuse(&json, at, PI_E_UNKNOWN_KEY, "\"c~\"", NULL, "did you mean \"c\"?"),
                   PUBINT_E_INPUT);
  assert_int_equal(error.code, PI_E_UNKNOWN_KEY);
  assert_int_equal(error.line, 7);
  assert_int_equal(error.column, 9);
  assert_string_equal(error.path, "/a~1b/c~0");
  assert_string_equal(error.message, "a key that a case does not have");
  assert_string_equal(error.found, "\"c~\"");
  assert_string_equal(error.expected, "");
  assert_string_equal(error.hint, "did you mean \"c\"?");
}

static void test_json_refuse_cuts_a_long_path_at_a_character(void **state) {
  char text[1024] = "{\"";
  size_t len = 2;
  for (size_t i = 0; i < 200; i++) {
    memcpy(text + len, "é", 2);
    len += 2;
  }
  memcpy(text + len, "\":x}", 4);
  len += 4;
  pubint_error error;
  assert_int_equal(pi_json_check((pi_slice){text, len}, *state, DEPTH, &error), PUBINT_E_INPUT);
  assert_int_equal(strlen(error.path), 255);
  assert_memory_equal(error.path + 253, "é", 2);

  memmove(text + 3, text + 2, len - 2);
  text[2] = 'a'; /* now half a character would fit */
  assert_int_equal(pi_json_check((pi_slice){text, len + 1}, *state, DEPTH, &error), PUBINT_E_INPUT);
  assert_int_equal(strlen(error.path), 254);
}

static void test_json_refuse_control_bytes_never_reach_a_path(void **state) {
  pubint_error error;
  assert_int_equal(pi_json_check(PI_SLICE("{\"a\\n\\u0000\\u007f\":x}"), *state, DEPTH, &error),
                   PUBINT_E_INPUT);
  assert_string_equal(error.path, "/a???");
}

static void test_json_refuse_does_without_an_error(void **state) {
  static const char *const TEXTS[] = {"",         "x",     "[1",    "{\"a\":1,\"a\":2}",
                                      "\"\xFF\"", "1e999", "[] []", "\"\\uD800\""};
  for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++) {
    assert_int_equal(pi_json_check(pi_slice_of(TEXTS[i]), *state, DEPTH, NULL), PUBINT_E_INPUT);
  }
  assert_int_equal(pi_json_check((pi_slice){NULL, 0}, *state, DEPTH, NULL), PUBINT_E_INPUT);
}

int main(int argc, char **argv) {
#define REFUSE_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      REFUSE_TEST(test_json_refuse_e1001_there_is_no_value),
      REFUSE_TEST(test_json_refuse_e1002_byte_order_mark),
      REFUSE_TEST(test_json_refuse_e1003_not_utf8),
      REFUSE_TEST(test_json_refuse_e1004_control_in_string),
      REFUSE_TEST(test_json_refuse_e1005_bad_escape),
      REFUSE_TEST(test_json_refuse_e1006_lone_surrogate),
      REFUSE_TEST(test_json_refuse_e1007_bad_number),
      REFUSE_TEST(test_json_refuse_e1008_number_too_large),
      REFUSE_TEST(test_json_refuse_e1009_unexpected),
      REFUSE_TEST(test_json_refuse_e1010_unfinished),
      REFUSE_TEST(test_json_refuse_e1011_trailing),
      REFUSE_TEST(test_json_refuse_e1012_too_deep),
      REFUSE_TEST(test_json_refuse_e1014_duplicate_key),
      REFUSE_TEST(test_json_refuse_counts_lines_from_the_callers),
      REFUSE_TEST(test_json_refuse_keeps_the_first_error),
      REFUSE_TEST(test_json_refuse_refuses_for_its_caller),
      REFUSE_TEST(test_json_refuse_cuts_a_long_path_at_a_character),
      REFUSE_TEST(test_json_refuse_control_bytes_never_reach_a_path),
      REFUSE_TEST(test_json_refuse_does_without_an_error),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
