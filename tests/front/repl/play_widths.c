/* Plays a session at a terminal of 60 columns and at a wide one, and looks at each line that is shown there:
 * none is wider than the terminal, and no word is broken.
 *
 *   play_widths PROGRAM SESSION.in NARROW WIDE
 *
 * NARROW and WIDE are folders for the two, alike. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "columns.h"
#include "terminal.h"
#include "test.h"

enum { COLUMNS_WIDE = 200, LINE_BYTES_MAX = 16 * 1024, WORD_WHOLE = 40 };

static char *const *arguments;

/* All that the session shows, ended by NUL; what is typed at prompts is left in. */
static char *play(const char *folder, unsigned short columns) {
  char repl[] = "repl", p[] = "-p", policy[] = "policy", xterm[] = "TERM=xterm", lang[] = "LC_ALL=C.UTF-8";
  char color[] = "NO_COLOR=1", home[] = "HOME=.", state[] = "XDG_STATE_HOME=state";
  char *argv[] = {arguments[1], repl, p, policy, NULL};
  char *environment[] = {xterm, lang, color, home, state, NULL};
  char line[LINE_BYTES_MAX];
  terminal screen;
  FILE *session = fopen(arguments[2], "r");
  assert_non_null(session);
  assert_int_equal(chdir(folder), 0);
  terminal_start_at(&screen, columns, argv, environment);
  while (terminal_prompted(&screen)) {
    if (fgets(line, sizeof line, session) == NULL) {
      terminal_type(&screen, "\003");
      if (!terminal_prompted(&screen)) break;
      terminal_type(&screen, "\004");
      break;
    }
    line[strcspn(line, "\n")] = '\0';
    terminal_type(&screen, line);
    terminal_type(&screen, "\r");
  }
  fclose(session);
  char *shown = terminal_shown(&screen);
  return shown;
}

/* Lines that are not laid out: what is typed, and JSON as it is. */
static bool laid_out(const char *line) {
  return strncmp(line, "pubint", 6) != 0 && strncmp(line, "    ...>", 8) != 0 && line[0] != '{' &&
         strstr(line, "> :") == NULL;
}

/* Whether the word stands in the text whole; one that is too wide for a line may be a piece. */
static bool stands_in(const char *text, const char *word) {
  size_t length = strlen(word);
  for (const char *at = strstr(text, word); at != NULL; at = strstr(at + 1, word)) {
    bool begins = at == text || strchr(" \r\n", at[-1]) != NULL;
    const char *begin = at, *end = at + length;
    if (begins && (*end == '\0' || strchr(" \r\n", *end) != NULL)) return true;
    while (begin > text && strchr(" \r\n", begin[-1]) == NULL) begin--;
    end += strcspn(end, " \r\n");
    if (pi_columns((pi_slice){begin, (size_t)(end - begin)}) > WORD_WHOLE) return true;
  }
  return false;
}

/* Words, as it were: not numbers, which times are, nor lines of plots, nor what is cut to the width, nor
 * JSON. */
static bool is_word(const char *text) {
  bool letter = false;
  if (strlen(text) > WORD_WHOLE || strstr(text, "\":") != NULL) return false;
  for (const char *at = text; *at != '\0'; at++) {
    if ((*at & 0x80) != 0) return false;
    letter = letter || (*at >= 'a' && *at <= 'z');
  }
  return letter;
}

static void expect_whole_words(const char *line, const char *wide) {
  char copy[LINE_BYTES_MAX], *rest = NULL;
  snprintf(copy, sizeof copy, "%s", line);
  for (char *word = strtok_r(copy, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest)) {
    if (is_word(word) && !stands_in(wide, word)) fail_msg("'%s' is part of a word in: %s", word, line);
  }
}

static void test_widths_hold(void **state) {
  (void)state;
  char *wide = play(arguments[5], COLUMNS_WIDE);
  unsigned short most = (unsigned short)strtoul(arguments[3], NULL, 10);
  char *narrow = play(arguments[4], most);
  char *rest = NULL;
  for (char *line = strtok_r(narrow, "\r\n", &rest); line != NULL; line = strtok_r(NULL, "\r\n", &rest)) {
    if (!laid_out(line)) continue;
    size_t columns = pi_columns(pi_slice_of(line));
    if (columns > most) fail_msg("%zu columns: %s", columns, line);
    expect_whole_words(line, wide);
  }
  free(narrow);
  free(wide);
}

int main(int argc, char **argv) {
  if (argc != 6) return 2;
  arguments = argv;
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_widths_hold)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
