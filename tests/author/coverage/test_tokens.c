/* Tokens of a Lua source. */
#include "test.h"
#include "tokens.h"

/* All tokens, parted by blanks. */
static void check(const char *source, bool comments, const char *expected) {
  pi_arena arena;
  pi_tokens tokens;
  char joined[512] = "";
  size_t length = 0;
  pi_arena_init(&arena, 4096, 1 << 20);
  assert_true(pi_tokens_read(pi_slice_of(source), comments, &arena, &tokens));
  for (uint32_t i = 0; i < tokens.count; i++) {
    pi_slice text = tokens.items[i].text;
    assert_true(length + text.len + 2 < sizeof joined);
    if (i > 0) joined[length++] = ' ';
    memcpy(joined + length, text.ptr, text.len);
    length += text.len;
  }
  joined[length] = '\0';
  assert_string_equal(joined, expected);
  pi_arena_dispose(&arena);
}

static void test_tokens_are_those_of_lua(void **state) {
  (void)state;
  check("a=b.c:d(1,0.5)", false, "a = b . c : d ( 1 , 0.5 )");
  check("x<=1 and y~=0x1F or z==1e-3 ..'q'", false, "x <= 1 and y ~= 0x1F or z == 1e-3 .. 'q'");
  check("a//b>>c ...", false, "a // b >> c ...");
  check("", false, "");
}

static void test_tokens_leave_comments_out(void **state) {
  (void)state;
  check("a -- b\nc", false, "a c");
  check("a -- b\nc", true, "a -- b c");
  check("a --[[ b\n c ]] d --[==[ ]] ]==] e", false, "a d e");
  check("a-- at the end", false, "a");
}

static void test_tokens_keep_strings_whole(void **state) {
  (void)state;
  check("f('it\\'s') g(\"a -- b\") h([[x ]= y]])", false, "f ( 'it\\'s' ) g ( \"a -- b\" ) h ( [[x ]= y]] )");
}

static void test_tokens_know_their_places(void **state) {
  (void)state;
  pi_arena arena;
  pi_tokens tokens;
  pi_arena_init(&arena, 4096, 1 << 20);
  assert_true(pi_tokens_read(PI_SLICE("a\n  bar = 3\n"), false, &arena, &tokens));
  assert_int_equal(tokens.count, 4);
  assert_int_equal(tokens.items[1].line, 2);
  assert_int_equal(tokens.items[1].column, 3);
  assert_int_equal(tokens.items[3].column, 9);
  pi_arena_dispose(&arena);
}

static void test_tokens_never_end_behind_the_source(void **state) {
  (void)state;
  static const char *const CUT[] = {"'abc", "[[abc", "--[[abc", "0x", "\"a\\", "[=", "1e+"};
  for (size_t i = 0; i < sizeof CUT / sizeof *CUT; i++) {
    pi_arena arena;
    pi_tokens tokens;
    pi_arena_init(&arena, 4096, 1 << 20);
    assert_true(pi_tokens_read(pi_slice_of(CUT[i]), true, &arena, &tokens));
    for (uint32_t t = 0; t < tokens.count; t++) {
      assert_true(tokens.items[t].text.ptr + tokens.items[t].text.len <= CUT[i] + strlen(CUT[i]));
    }
    pi_arena_dispose(&arena);
  }
}

int main(int argc, char **argv) {
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_tokens_are_those_of_lua),
      cmocka_unit_test(test_tokens_leave_comments_out),
      cmocka_unit_test(test_tokens_keep_strings_whole),
      cmocka_unit_test(test_tokens_know_their_places),
      cmocka_unit_test(test_tokens_never_end_behind_the_source),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
