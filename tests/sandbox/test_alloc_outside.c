/* The nth request for memory of the whole program fails, the C library's and all others' included: the
 * program ends by itself, and if it prints an evaluation at all, it is the one it prints without failures. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "program.h"
#include "trial.h"

/* Every request of the first ones, and so many of the others. */
enum { EACH_UP_TO = 120, RUNS = 360 };

static char *input;

static int make_input(void **state) {
  (void)state;
  input = trial_json("abuse_harassment", "Shame on you, minister", ",\"market\":\"NL\",\"heated_debate\":1");
  return 0;
}

static int free_input(void **state) {
  (void)state;
  free(input);
  return 0;
}

static void complain(unsigned long n, const char *what, const program_run *run) {
  fail_msg("request %lu failed: %s (status %x)\n%s\n%s", n, what, (unsigned)run->status, run->output,
           run->errors);
}

/* For people the outcome comes first, in a sentence of its own; what follows may be cut short, and said to
 * be. */
static bool same_outcome(const program_run *failed, const program_run *usual) {
  size_t sentence = strcspn(usual->output, "\n");
  return strncmp(failed->output, usual->output, sentence) == 0 && failed->errors[0] != '\0';
}

/* What the run with a failure did must be an error of its own choosing, or the usual output: exit 0 is for
 * nothing less. */
static void judge(unsigned long n, const program_run *failed, const program_run *usual, bool json) {
  if (!WIFEXITED(failed->status)) complain(n, "ended by a signal", failed);
  bool done = WEXITSTATUS(failed->status) == 0;
  bool same = strcmp(failed->output, usual->output) == 0;
  if (done && !same) complain(n, "another output", failed);
  bool cut = !done && !json && failed->output[0] != '\0';
  if (cut && !same_outcome(failed, usual)) complain(n, "another outcome", failed);
  if (!done && json && strstr(failed->output, "notice") != NULL) complain(n, "a notice all the same", failed);
  if (!done && failed->errors[0] == '\0') complain(n, "said nothing", failed);
}

static unsigned long count_requests(const program_run *usual) {
  static const char SAID[] = "requests: ";
  const char *said = strstr(usual->errors, SAID);
  if (usual->status != 0 || said == NULL) complain(0, "does not run without a failure either", usual);
  return strtoul(said + strlen(SAID), NULL, 10);
}

static void fail_one_by_one(char *how, bool json) {
  char program[] = PI_PROGRAM, command[] = "eval", policy[] = "-p", directory[] = PI_SOURCE_DIR "/scripts";
  char preload[] = "LD_PRELOAD=" PI_FAIL_MALLOC, report[] = "PI_REPORT=1", all[] = "PI_FAIL_ALL=1",
       at[64] = "X=";
  char *arguments[] = {program, command, how, policy, directory, NULL};
  char *environment[] = {preload, at, report, NULL};
  program_run usual, failed;
  program_run_do(&usual, arguments, environment, input);
  unsigned long requests = count_requests(&usual), runs = 0, stopped = 0;
  unsigned long step = requests > EACH_UP_TO ? (requests - EACH_UP_TO) / RUNS + 1 : 1;
  for (unsigned long n = 0; n < requests; n += n < EACH_UP_TO ? 1 : step) {
    for (int further = 0; further < 2; further++) {
      environment[2] = further ? all : NULL;
      snprintf(at, sizeof at, "PI_FAIL_AT=%lu", n);
      program_run_do(&failed, arguments, environment, input);
      judge(n, &failed, &usual, json);
      stopped += failed.status != 0;
      runs++;
      program_run_dispose(&failed);
    }
  }
  print_message("%s: %lu requests, %lu runs with a failure, %lu of them ended with an error\n", how, requests,
                runs, stopped);
  assert_true(stopped > 0 && strstr(usual.output, "notice") != NULL);
  program_run_dispose(&usual);
}

static void test_alloc_outside_json(void **state) {
  char how[] = "--json";
  (void)state;
  fail_one_by_one(how, true);
}

static void test_alloc_outside_explained(void **state) {
  char how[] = "--color=never";
  (void)state;
  fail_one_by_one(how, false);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_alloc_outside_json),
      cmocka_unit_test(test_alloc_outside_explained),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, make_input, free_input);
}
