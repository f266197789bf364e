#include "shell_word.h"
#include "test.h"

static const struct {
  const char *name;
  const char *word;
} WORDS[] = {
    {"policy", "policy"},
    {"./a/b_c-1.lua", "./a/b_c-1.lua"},
    {"a,b:c@d%e+f", "a,b:c@d%e+f"},
    {"", "''"},
    {"my policy", "'my policy'"},
    {"it's", "'it'\\''s'"},
    {"'", "''\\'''"},
    {"$(rm)", "'$(rm)'"},
    {"a;b&c|d", "'a;b&c|d'"},
    {"~me", "'~me'"},
    {"git:HEAD~1:p", "'git:HEAD~1:p'"},
    {"=ls", "'=ls'"}, /* zsh looks such a one up */
    {"a\\b", "'a\\b'"},
    {"d\xc3\xa9", "'d\xc3\xa9'"},
    {"-n", "./-n"},
    {"-n 1", "'./-n 1'"},
};

static void test_shell_word_quotes_what_a_shell_would_read(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
    pi_buffer out;
    pi_buffer_init(&out, 64);
    pi_shell_word_add(&out, WORDS[i].name);
    assert_string_equal(pi_buffer_end(&out), WORDS[i].word);
    pi_buffer_dispose(&out);
  }
}

/* What does not fit fails as a whole: half a word is another one. */
static void test_shell_word_fails_where_it_has_no_room(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
    for (size_t max = 0; max < strlen(WORDS[i].word); max++) {
      pi_buffer out;
      pi_buffer_init(&out, max);
      pi_shell_word_add(&out, WORDS[i].name);
      assert_null(pi_buffer_end(&out));
      pi_buffer_dispose(&out);
    }
  }
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_shell_word_quotes_what_a_shell_would_read),
      cmocka_unit_test(test_shell_word_fails_where_it_has_no_room),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
