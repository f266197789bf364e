/* Text of others within GitHub's Markdown: words stand as they are, and nothing else is anything but code. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "draw.h"
#include "markdown_text.h"
#include "test.h"

enum { OUT_MAX = 64 * 1024 };

static void expect(const char *text, const char *wanted) {
  pi_buffer out;
  pi_buffer_init(&out, OUT_MAX);
  pi_markdown_text(&out, pi_slice_of(text));
  pi_buffer_byte(&out, '\0');
  assert_false(out.failed);
  assert_string_equal(out.data, wanted);
  pi_buffer_dispose(&out);
}

static void test_markdown_text_leaves_words_and_numbers_as_they_are(void **state) {
  (void)state;
  static const char *const TEXTS[] = {
      "",
      "election integrity: the bar",
      "Of 600 cases 12 would end otherwise: 10 would newly stand (or not), lowered from 7 to 4.5.",
      "−0.5 … −0.25",
      "verkiezingen, één; ja",
      "it's in NL",
      "facade decade 123456",
  };
  for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) expect(TEXTS[i], TEXTS[i]);
}

static void test_markdown_text_makes_code_of_what_github_would_link(void **state) {
  (void)state;
  static const char *const ROWS[][2] = {
      {"https://evil.example/x?a=1&b=2", "`https://evil.example/x?a=1&b=2`"},
      {"see http://evil.example.", "see `http://evil.example`."},
      {"(www.evil.example)", "(`www.evil.example`)"},
      {"www.", "`www`."},
      {"ftp://evil.example", "`ftp://evil.example`"},
      {"mailto:a@evil.example", "`mailto:a@evil.example`"},
      {"a@evil.example", "`a@evil.example`"},
      {"@octocat", "`@octocat`"},
      {"@org/team, @x", "`@org/team`, `@x`"},
      {"GH-1", "`GH-1`"},
      {"gh-1:", "`gh-1`:"},
      {"#1", "`#1`"},
      {"fixes #1.", "fixes `#1`."},
      {"org/repo#1", "`org/repo#1`"},
      {"user@deadbee", "`user@deadbee`"},
      {"org/repo@0123456789abcdef0123456789abcdef01234567",
       "`org/repo@0123456789abcdef0123456789abcdef01234567`"},
      {"deadbee", "`deadbee`"},
      {"DEADBEE", "`DEADBEE`"},
      {"(1234567)", "(`1234567`)"},
      {"0123456789abcdef0123456789abcdef01234567", "`0123456789abcdef0123456789abcdef01234567`"},
      {"deadbe", "deadbe"},
      {"JIRA-12", "`JIRA-12`"},
      {"&lt;b&gt; &#64;x &copy;", "`&lt;b&gt`; `&#64;x` `&copy`;"},
      {":smile: :+1:", "`:smile`: `:+1`:"},
      {"$x$", "`$x$`"},
  };
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) expect(ROWS[i][0], ROWS[i][1]);
}

static void test_markdown_text_makes_code_of_markup(void **state) {
  (void)state;
  static const char *const ROWS[][2] = {
      {"*a* _b_ ~~c~~", "`*a*` `_b_` `~~c~~`"},
      {"![x](http://y)", "`![x](http://y`)"},
      {"[a b](/c \"d\")", "`[a` `b](/c` `\"d\"`)"},
      {"<!-- x -->", "`<!--` x `-->`"},
      {"</details><script>", "`</details><script>`"},
      {"# x", "`#` x"},
      {"> - + = ---", "`>` `-` `+` `=` `---`"},
      {"1. x", "`1`. x"},
      {" 1. x", " `1`. x"},
      {"2) x", "`2`) x"},
      {"a 1. x", "a 1. x"},
      {"```", "```` ``` ````"},
      {"`@x`", "`` `@x` ``"},
      {"a`b", "``a`b``"},
      {"``a`", "``` ``a` ```"},
      {"\\", "`\\`"},
      {"a\\b@c", "`a\\b@c`"},
      {"a\nb", "`a\\u{0A}b`"},
      {"  a  ", "  a  "},
  };
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) expect(ROWS[i][0], ROWS[i][1]);
}

static void test_markdown_text_stays_in_its_cell(void **state) {
  (void)state;
  expect("a|b", "`a`&#124;`b`");
  expect("|", "&#124;");
  expect("\\|@x", "`\\`&#124;`@x`");
  expect("`|`@x", "`` ` ``&#124;`` `@x ``");
}

/* Takes spans of code out as CommonMark reads them, and says what is left. */
static void without_code(const char *text, size_t len, char *left) {
  size_t used = 0;
  for (size_t at = 0; at < len;) {
    size_t marks = strspn(text + at, "`");
    if (marks == 0) {
      left[used++] = text[at++];
      continue;
    }
    size_t close = at + marks;
    for (size_t run = 0; close<len; close += run> 0 ? run : 1) {
      run = strspn(text + close, "`");
      if (run == marks) break;
    }
    if (close >= len) fail_msg("a span that does not end: %s", text);
    at = close + marks;
  }
  left[used] = '\0';
}

static void test_markdown_text_has_nothing_live_outside_of_code(void **state) {
  (void)state;
  static const char SIGNS[] = "aAf0 1@#:/.-_`|\\<>&;()[]*~!$+=wG\"'{}\n\t";
  pi_draw draw = pi_draw_begin(15, 0);
  for (int round = 0; round < 20000; round++) {
    char text[24], left[2048];
    size_t len = pi_draw_below(&draw, (uint32_t)sizeof text);
    for (size_t i = 0; i < len; i++) text[i] = SIGNS[pi_draw_below(&draw, (uint32_t)sizeof SIGNS - 1)];
    pi_buffer out;
    pi_buffer_init(&out, OUT_MAX);
    pi_markdown_text(&out, (pi_slice){text, len});
    pi_buffer_byte(&out, '\0');
    assert_null(memchr(out.data, '|', out.len - 1));
    without_code(out.data, out.len - 1, left);
    for (char *bar = strstr(left, "&#124;"); bar != NULL; bar = strstr(left, "&#124;"))
      memset(bar, ' ', strlen("&#124;"));
    if (strspn(left, "aAf01wG '.:;()") != strlen(left)) fail_msg("%s\nleaves %s", out.data, left);
    pi_buffer_dispose(&out);
  }
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_markdown_text_leaves_words_and_numbers_as_they_are),
      cmocka_unit_test(test_markdown_text_makes_code_of_what_github_would_link),
      cmocka_unit_test(test_markdown_text_makes_code_of_markup),
      cmocka_unit_test(test_markdown_text_stays_in_its_cell),
      cmocka_unit_test(test_markdown_text_has_nothing_live_outside_of_code),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
