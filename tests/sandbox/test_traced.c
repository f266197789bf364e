/* Tracing changes no limit: every attack through the program, with --trace and without, prints the same and
 * ends the same. What each script used of its limits is told on standard error alone. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attack.h"
#include "program.h"

#define SHARED_ATTACKS PI_SOURCE_DIR "/../shared/attacks"
#define OWN_ATTACKS    PI_SOURCE_DIR "/tests/sandbox/attacks"

static void evaluate(program_run *run, const char *input, bool traced) {
  char program[] = PI_PROGRAM, command[] = "eval", json[] = "--json", policy[] = "-p", trace[] = "--trace";
  char *arguments[] = {program, command, json, policy, trial_folder.directory, traced ? trace : NULL, NULL};
  program_run_do(run, arguments, NULL, input);
}

/* Out of time is no verdict: one of the two may have been. */
static bool out_of_time(const program_run *run) {
  return strstr(run->output, "limit_time") != NULL || strstr(run->errors, "limit_time") != NULL;
}

static void try_attack(const attack *self, unsigned *traced_calls) {
  program_run plain, traced;
  char *input = trial_json("abuse_harassment", self->text, NULL);
  attack_put(self, &trial_folder);
  evaluate(&plain, input, false);
  evaluate(&traced, input, true);
  if (!out_of_time(&plain) && !out_of_time(&traced)) {
    if (strcmp(plain.output, traced.output) != 0 || plain.status != traced.status)
      fail_msg("%s differs:\n%s\n%s", self->name, plain.output, traced.output);
    assert_null(strstr(plain.errors, "trace:"));
    *traced_calls += strstr(traced.errors, "trace: rules/abuse_harassment.lua: ") != NULL;
  }
  attack_take_out(self, &trial_folder);
  program_run_dispose(&plain);
  program_run_dispose(&traced);
  free(input);
}

static void try_all(const char *directory, bool own) {
  attack_list list;
  unsigned traced_calls = 0;
  attack_list_read(&list, directory, own);
  for (size_t i = 0; i < list.count; i++) try_attack(&list.attacks[i], &traced_calls);
  if (list.count > 0)
    assert_true(traced_calls > list.count / 2);
  else
    print_message("There are no attacks in %s.\n", directory);
  attack_list_free(&list);
}

static void test_traced_shared_attacks(void **state) {
  (void)state;
  try_all(SHARED_ATTACKS, false);
}

static void test_traced_own_attacks(void **state) {
  (void)state;
  try_all(OWN_ATTACKS, true);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_traced_shared_attacks),
      cmocka_unit_test(test_traced_own_attacks),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, trial_set_up, trial_tear_down);
}
