/* The REPL as somebody uses it who sits at a terminal: typed, completed, edited, pasted, interrupted. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "policy_maker.h"
#include "terminal.h"
#include "test.h"

typedef struct desk {
  policy_maker maker; /* a folder: a policy, and beside it the history and files of tests */
  terminal screen;
  char state[1100];
  char policy[1024];
} desk;

static const char RULE[] = "return {\n  rule = \"violence\", class = \"unlikely\", bar = %d,\n"
                           "  weigh = function(case, balance)\n"
                           "    balance:interest(\"debate\", case.context.public_debate, 3)\n"
                           "    balance:harm(\"offline_harm\", case.context.offline_harm.likelihood, 6)\n"
                           "  end,\n}\n";

static void write_rule(desk *self, int bar) {
  char text[1024];
  snprintf(text, sizeof text, RULE, bar);
  policy_maker_text(&self->maker, "rules/violence.lua", text);
}

static int set_up(void **state) {
  desk *self = calloc(1, sizeof *self);
  assert_non_null(self);
  policy_maker_begin(&self->maker);
  write_rule(self, 1);
  char *folder = realpath(self->maker.folder, NULL);
  assert_non_null(folder);
  int length = snprintf(self->policy, sizeof self->policy, "%s", folder);
  assert_true(length > 0 && (size_t)length < sizeof self->policy);
  snprintf(self->state, sizeof self->state, "XDG_STATE_HOME=%s", folder);
  free(folder);
  *state = self;
  return 0;
}

static int tear_down(void **state) {
  desk *self = *state;
  policy_maker_end(&self->maker);
  free(self);
  return 0;
}

/* `term` is "TERM=…". */
static void start_on(desk *self, const char *term, const char *file) {
  char program[] = PI_PROGRAM, repl[] = "repl", p[] = "-p", named[1200];
  char *argv[] = {program, repl, p, self->policy, NULL, NULL};
  char lang[] = "LC_ALL=C.UTF-8", color[] = "NO_COLOR=1", home[1100], kind[64];
  snprintf(kind, sizeof kind, "%s", term);
  snprintf(home, sizeof home, "HOME=%s", self->policy);
  char *environment[] = {kind, lang, color, home, self->state, NULL};
  if (file != NULL) {
    snprintf(named, sizeof named, "%s", file);
    argv[4] = named;
  }
  terminal_start(&self->screen, argv, environment);
}

static void start(desk *self, const char *file) {
  start_on(self, "TERM=xterm", file);
}

/* Types once the prompt stands there: before that the terminal itself obeys what is typed. */
static void answer(desk *self, const char *keys) {
  terminal_expect(&self->screen, "> ");
  terminal_type(&self->screen, keys);
}

static void end(desk *self) {
  answer(self, "\004");
  assert_int_equal(terminal_end(&self->screen), 0);
}

static void test_terminal_types_and_edits(void **state) {
  desk *self = *state;
  terminal *screen = &self->screen;
  start(self, NULL);
  answer(self, "1 + 2\r");
  terminal_expect(screen, "\n3\r\n");
  answer(self, "\"a\"\002b\r"); /* Ctrl-B: one to the left */
  terminal_expect(screen, "\n\"ab\"\r\n");
  answer(self, "xx\001\013\"killed\"\r"); /* Ctrl-A, Ctrl-K: the line is empty again */
  terminal_expect(screen, "\n\"killed\"\r\n");
  answer(self, "\"héllo 日本 🎉\177é\"\r"); /* backspace takes a whole character */
  terminal_expect(screen, "\n\"héllo 日本 é\"\r\n");
  answer(self, "for i = 1, 2 do\r");
  answer(self, "last = i\r");
  answer(self, "end\r");
  answer(self, "last * 21\r");
  terminal_expect(screen, "\n42\r\n");
  end(self);
}

static void test_terminal_completes_with_tab(void **state) {
  desk *self = *state;
  terminal *screen = &self->screen;
  start(self, NULL);
  answer(self, ":ne\t\t");
  terminal_expect(screen, ":new");
  terminal_expect(screen, ":next"); /* two begin so: both are listed */
  terminal_type(screen, "w viol\t\r");
  terminal_expect(screen, "new  violence");
  answer(self, ":set context.offl\tlik\tsev\t\r"); /* path and word, from the tables */
  terminal_expect(screen, "context.offline_harm.likelihood  0.25 → 1");
  answer(self, ":set hyperb\tlo\t\r"); /* the end of a path will do */
  terminal_expect(screen, "context.hyperbole  0 → 0.25");
  answer(self, "case.account.off\tbr\t\r");
  terminal_expect(screen, "\n\"legislative\"\r\n");
  answer(self, "text.len\t(\"abc\")\r");
  terminal_expect(screen, "\n3\r\n");
  answer(self, ":weight viol\toff\t5\r");
  terminal_expect(screen, "6 → 5 (override)");
  terminal_expect(screen, "pubint*"); /* the prompt tells that numbers are not the policy's */
  answer(self, ":wei\toff\r");
  answer(self, ":save case ");
  terminal_type(screen, self->policy);
  terminal_type(screen, "/rul\tkept.json\r");
  terminal_expect(screen, "/rules/kept.json\r\n");
  end(self);
}

/* A part of a path will do, members of handles have their names, and a text has none. */
static void test_terminal_completes_parts_and_members(void **state) {
  static const unsigned short WIDTHS[] = {60, 80, 120};
  desk *self = *state;
  terminal *screen = &self->screen;
  start(self, NULL);
  answer(self, ":new violence\r");
  for (size_t i = 0; i < sizeof WIDTHS / sizeof *WIDTHS; i++) {
    terminal_expect(screen, "> ");
    terminal_resize(screen, WIDTHS[i], 24);
    terminal_type(screen, ":set offline\t\t");
    terminal_expect(screen, "context.offline_harm.likelihood");
    terminal_expect(screen, "context.offline_harm.severity");
    terminal_type(screen, "sev\t\003");
    answer(self, "evaluation.rules[1].verd\t\r");
    terminal_expect(screen, "\n\"");
    answer(self, "case.account.office.st\t\r");
    terminal_expect(screen, "\n\"");
    answer(self, "\"case.acc\t\" .. time.h\t == nil\003"); /* nothing within the text */
  }
  answer(self, "x = [[\r");
  answer(self, "ipai\t]]\r"); /* nor where it goes on */
  answer(self, "#x\r");
  terminal_expect(screen, "\n4\r\n");
  end(self);
}

/* Names with blanks come in quotes; those that differ in half a character, or are no text, do no harm. */
static void test_terminal_completes_any_file_name(void **state) {
  static const char CASE[] = "{\"id\":\"x\",\"violations\":[]}\n";
  desk *self = *state;
  terminal *screen = &self->screen;
  policy_maker_text(&self->maker, "files/d\303\251.json", CASE);
  policy_maker_text(&self->maker, "files/d\303\250.json", CASE);
  policy_maker_text(&self->maker, "files/my case.json", CASE);
  policy_maker_text(&self->maker, "files/z\377.json", CASE);
  start(self, NULL);
  answer(self, ":open ~/files/my\t\r");
  terminal_expect(screen, "my case.json:1");
  answer(self, ":open \"~/files/my c\t\r");
  terminal_expect(screen, "my case.json:1");
  answer(self, ":open ~/files/d\t");
  terminal_expect(screen, "d\303\250.json");
  terminal_expect(screen, "d\303\251.json");
  terminal_type(screen, "\303\251\t\r");
  terminal_expect(screen, "\303\251.json:1");
  answer(self, ":open ~/files/z\t\003");
  answer(self, ":save case ~/kept.json\r");
  terminal_expect(screen, "/kept.json\r\n");
  end(self);
}

/* 200 lines in one paste, with tabs that would complete if they were typed. */
static void test_terminal_pastes_200_lines(void **state) {
  enum { ROUNDS = 66, ROOM = 16384 };
  desk *self = *state;
  terminal *screen = &self->screen;
  char *text = calloc(1, ROOM);
  assert_non_null(text);
  size_t length = (size_t)snprintf(text, ROOM, "\033[200~sum = 0\r");
  for (int i = 0; i < ROUNDS; i++) {
    length += (size_t)snprintf(text + length, ROOM - length, "do\r\tsum = sum\t+ 1\rend\r");
  }
  length += (size_t)snprintf(text + length, ROOM - length, "\"sum \" .. sum\033[201~");
  assert_true(length < ROOM);
  start(self, NULL);
  answer(self, text);
  terminal_expect(screen, "\"sum \" .. sum"); /* the last line has no end: it waits to be edited */
  terminal_type(screen, "\r");
  terminal_expect(screen, "\n\"sum 66\"\r\n");
  free(text);
  end(self);
}

/* A local lives to the end of what is pasted, whose last line is shown; commands and what is no Lua run line
 * by line. */
static void test_terminal_pastes_one_piece(void **state) {
  desk *self = *state;
  terminal *screen = &self->screen;
  start(self, NULL);
  answer(self, "\033[200~local a = 40\rlocal function more(n)\r  return n + 2\rend\rmore(a)\r\033[201~");
  terminal_expect(screen, "\n42\r\n");
  answer(self, "\033[200~local b = 20\rb = b + 1\rprint(b * 2)\033[201~");
  terminal_expect(screen, "print(b * 2)"); /* the last line has no end: it waits to be edited */
  terminal_type(screen, "\r");
  terminal_expect(screen, "\n42\r\n");
  answer(self, "\033[200~local c = 6\rprint(c * 7)\r:new violence\rcase.violation.rule\r\033[201~");
  terminal_expect(screen, "\n42\r\n");
  terminal_expect(screen, "bar 1\r\n");
  terminal_expect(screen, "\"violence\"\r\n");
  answer(self, "\033[200~6 * 7\r)\r\"after\"\r\033[201~");
  terminal_expect(screen, "\n42\r\n");
  terminal_expect(screen, "unexpected symbol");
  terminal_expect(screen, "\n\"after\"\r\n");
  end(self);
}

/* Searches that would take the better part of an hour. One interrupt comes while the search runs, or is about
 * to; the other was typed in one go with its line. */
static void test_terminal_interrupts(void **state) {
  enum { CASES = 400000 };
  desk *self = *state;
  terminal *screen = &self->screen;
  char name[1100];
  snprintf(name, sizeof name, "%s/many.jsonl", self->policy);
  FILE *file = fopen(name, "w");
  assert_non_null(file);
  for (int i = 0; i < CASES; i++) fprintf(file, "{\"id\":\"m-%d\",\"violations\":[]}\n", i);
  assert_int_equal(fclose(file), 0);
  start(self, name);
  answer(self, "x = 1 while true do end\r"); /* a limit ends it; the session goes on */
  terminal_expect(screen, "used more than 1,000,000 instructions");
  answer(self, ":find (function() for i = 1, 900000 do end end)()\r");
  terminal_expect_taken(screen, 2);
  terminal_type(screen, "\003");
  terminal_expect(screen, "interrupted at line");
  answer(self, ":find (function() for i = 1, 900000 do end end)()\r\003\"behind it\"\r");
  terminal_expect(screen, "interrupted at line");
  terminal_expect(screen, "\n\"behind it\"\r\n");
  answer(self, "half a line\003"); /* Ctrl-C drops a line that is being edited */
  terminal_expect(screen, "^C");
  answer(self, "for i = 1, 3 do\r");
  answer(self, "\003"); /* and the lines before it */
  answer(self, "x + 1\r");
  terminal_expect(screen, "\n2\r\n");
  end(self);
}

/* A signal from elsewhere is that key too. */
static void test_terminal_interrupted_by_a_signal(void **state) {
  desk *self = *state;
  terminal *screen = &self->screen;
  start(self, NULL);
  answer(self, "half a line");
  terminal_expect(screen, "half a line");
  assert_int_equal(kill(screen->child, SIGINT), 0);
  terminal_expect(screen, "^C");
  answer(self, "6 * 7\r");
  terminal_expect(screen, "\n42\r\n");
  end(self);
}

/* Told to end, it keeps the history. */
static void test_terminal_ended_by_a_signal(void **state) {
  desk *self = *state;
  terminal *screen = &self->screen;
  start(self, NULL);
  answer(self, "6 * 7\r");
  terminal_expect(screen, "\n42\r\n");
  terminal_expect(screen, "> ");
  assert_int_equal(kill(screen->child, SIGTERM), 0);
  assert_int_equal(terminal_end(screen), 130);
  start(self, NULL);
  answer(self, "\033[A\r");
  terminal_expect(screen, "\n42\r\n");
  end(self);
}

static void test_terminal_resizes(void **state) {
  desk *self = *state;
  terminal *screen = &self->screen;
  start(self, NULL);
  answer(self, ":new violence\r");
  answer(self, ":help se");
  terminal_expect(screen, ":help se");
  terminal_resize(screen, 100, 30);
  terminal_type(screen, "t\r"); /* the line goes on, and what follows is laid out for the new width */
  terminal_expect(screen, "checked like a value in a\r\n");
  terminal_resize(screen, 80, 24);
  answer(self, ":help set\r");
  terminal_expect(screen, "It is checked\r\n");
  end(self);
}

static void test_terminal_recalls_history_in_a_second_run(void **state) {
  desk *self = *state;
  terminal *screen = &self->screen;
  start(self, NULL);
  answer(self, "\"the first run\"\r");
  terminal_expect(screen, "\n\"the first run\"\r\n");
  answer(self, "6 * 7\r");
  terminal_expect(screen, "\n42\r\n");
  end(self);
  start(self, NULL);
  answer(self, "\033[A\033[A\r"); /* up, up */
  terminal_expect(screen, "\n\"the first run\"\r\n");
  answer(self, "\0226 *\r"); /* Ctrl-R: searched for */
  terminal_expect(screen, "\n42\r\n");
  end(self);
}

/* Sessions side by side keep each other's lines, whichever ends first, and one that is killed takes none
 * away. */
static void test_terminal_merges_histories(void **state) {
  desk *self = *state;
  desk second = *self, killed = *self;
  terminal *screen = &self->screen;
  start(self, NULL);
  start(&second, NULL);
  start(&killed, NULL);
  answer(self, "\"of the first\"\r");
  terminal_expect(screen, "\n\"of the first\"\r\n");
  answer(&second, "\"of the second\"\r");
  terminal_expect(&second.screen, "\n\"of the second\"\r\n");
  answer(&killed, "\"of the killed\"\r");
  terminal_expect(&killed.screen, "\n\"of the killed\"\r\n");
  assert_int_equal(kill(killed.screen.child, SIGKILL), 0);
  (void)terminal_end(&killed.screen);
  terminal_expect(screen, "> ");
  terminal_expect(&second.screen, "> ");
  terminal_type(screen, "\004");
  terminal_type(&second.screen, "\004");
  assert_int_equal(terminal_end(screen), 0);
  assert_int_equal(terminal_end(&second.screen), 0);
  start(self, NULL);
  answer(self, "\022of the first\r"); /* Ctrl-R: searched for */
  terminal_expect(screen, "\n\"of the first\"\r\n");
  answer(self, "\022of the second\r");
  terminal_expect(screen, "\n\"of the second\"\r\n");
  end(self);
}

/* A script is saved in an editor while somebody sits at the prompt. */
static void test_terminal_takes_edited_scripts(void **state) {
  desk *self = *state;
  terminal *screen = &self->screen;
  start(self, NULL);
  answer(self, ":new violence\r");
  terminal_expect(screen, "bar 1\r\n");
  answer(self, ":watch on\r");
  terminal_expect(screen, "changes\r\n");
  answer(self, "half");
  terminal_expect(screen, "half");
  write_rule(self, 3);
  terminal_expect(screen, "bar 1 → 3");
  terminal_expect(screen, "half"); /* the line that was begun is there again */
  policy_maker_text(&self->maker, "rules/violence.lua", "return {\n  rule = = \"violence\",\n}\n");
  terminal_expect(screen, "rules/violence.lua:2:");
  terminal_expect(screen, "rule = = \"violence\",");
  terminal_expect(screen, "the policy as it was stays in force");
  terminal_type(screen, "\025:eval\r"); /* Ctrl-U */
  terminal_expect(screen, "bar 3\r\n");
  end(self);
}

static void test_terminal_honours_editrc(void **state) {
  desk *self = *state;
  policy_maker_text(&self->maker, ".editrc", "bind ^X ed-delete-prev-char\n");
  start(self, NULL);
  answer(self, "123\0304\r");
  terminal_expect(&self->screen, "\n124\r\n");
  end(self);
}

/* In vi an escape is a key by itself, and what is pasted is none in either of its ways. */
static void test_terminal_honours_vi(void **state) {
  desk *self = *state;
  terminal *screen = &self->screen;
  policy_maker_text(&self->maker, ".editrc", "bind -v\n");
  start(self, NULL);
  answer(self, "1 + 23\033x\r"); /* the 3 goes */
  terminal_expect(screen, "\n3\r\n");
  answer(self, "\033[200~a = 4\r\tb = 5\r\033[201~");
  answer(self, "a * b\r");
  terminal_expect(screen, "\n20\r\n");
  answer(self, "\033");
  terminal_type(screen, "\033[200~c = 6\r\033[201~");
  answer(self, "c * 7\r");
  terminal_expect(screen, "\n42\r\n");
  end(self);
}

/* A paste whose end never comes is no trap. */
static void test_terminal_interrupts_a_paste(void **state) {
  desk *self = *state;
  terminal *screen = &self->screen;
  start(self, NULL);
  answer(self, "\033[200~x = 1\rx = 2\r");
  terminal_type(screen, "\003");
  terminal_expect(screen, "^C");
  answer(self, "x == nil or x\r");
  terminal_expect(screen, "the sandbox has no 'x'");
  end(self);
}

/* Of what is typed while a line runs nothing is lost. */
static void test_terminal_takes_what_is_typed_ahead(void **state) {
  desk *self = *state;
  terminal *screen = &self->screen;
  start(self, NULL);
  answer(self, "\"one\"\r\"two \303\251\"\r\"three\"\r");
  terminal_expect(screen, "\n\"one\"\r\n");
  terminal_expect(screen, "\n\"two \303\251\"\r\n");
  terminal_expect(screen, "\n\"three\"\r\n");
  end(self);
}

/* A terminal that obeys nothing is sent nothing to obey. */
static void test_terminal_dumb(void **state) {
  desk *self = *state;
  terminal *screen = &self->screen;
  start_on(self, "TERM=dumb", NULL);
  answer(self, "6 * 7\r");
  terminal_expect(screen, "\n42\r\n");
  assert_null(strchr(screen->seen, '\033'));
  assert_int_equal(screen->lines_taken, 0);
  end(self);
}

int main(int argc, char **argv) {
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_terminal_types_and_edits, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_terminal_completes_with_tab, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_terminal_completes_parts_and_members, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_terminal_completes_any_file_name, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_terminal_pastes_200_lines, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_terminal_pastes_one_piece, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_terminal_merges_histories, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_terminal_interrupts, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_terminal_interrupted_by_a_signal, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_terminal_ended_by_a_signal, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_terminal_resizes, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_terminal_recalls_history_in_a_second_run, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_terminal_takes_edited_scripts, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_terminal_honours_editrc, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_terminal_honours_vi, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_terminal_interrupts_a_paste, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_terminal_takes_what_is_typed_ahead, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_terminal_dumb, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
