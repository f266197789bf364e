/* Scripts that nest as deeply as anything lets them, on small stacks: they end as their own limit or error,
 * in a thread that has just what the host asks for, and through the program whatever `ulimit -s` says. A
 * thread with less is refused before anything runs. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "attack.h"
#include "errors.h"
#include "program.h"
#include "stack.h"

#define SHARED_ATTACKS PI_SOURCE_DIR "/../shared/attacks"
#define OWN_ATTACKS    PI_SOURCE_DIR "/tests/sandbox/attacks"

/* For the test's own frames above the host's, and for what a sanitizer makes larger. */
#if defined(__SANITIZE_ADDRESS__)
enum { FRAMES_BYTES = 1024 * 1024 };
#else
enum { FRAMES_BYTES = 32 * 1024 };
#endif
enum { SMALL_BYTES = 128 * 1024 };

static bool is_deep(const char *name) {
  static const char *const WORDS[] = {"deep", "recurs", "nest", "chain", "in_sort", "parens", "logic_long"};
  for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
    if (strstr(name, WORDS[i]) != NULL) return true;
  }
  return false;
}

/* Runs `run` on a thread with so much stack, to its end: memory of our own, since the system may give a
 * thread the larger stack of one that ended. */
static void on_thread(size_t bytes, void *(*run)(void *), void *argument) {
  pthread_attr_t attributes;
  pthread_t thread;
  assert_int_equal(pthread_attr_init(&attributes), 0);
  void *memory = aligned_alloc(4096, bytes);
  assert_non_null(memory);
  assert_int_equal(pthread_attr_setstack(&attributes, memory, bytes), 0);
  assert_int_equal(pthread_create(&thread, &attributes, run, argument), 0);
  assert_int_equal(pthread_join(thread, NULL), 0);
  pthread_attr_destroy(&attributes);
  free(memory);
}

/* One attack from its load to its evaluation. */
typedef struct trip {
  const attack *attack;
  bool refused; /* for want of stack */
} trip;

static void *load_and_evaluate(void *argument) {
  trip *self = argument;
  pubint_error error = {0};
  pubint_policy *policy;
  pubint_engine *engine = NULL;
  const pubint_evaluation *evaluation;
  pubint_case *input = trial_attacked_case(self->attack->text);
  pubint_status status = pubint_policy_load(&policy, trial_folder.directory, &error);
  if (status == PUBINT_OK) status = pubint_engine_new(&engine, policy, &error);
  if (status == PUBINT_OK) status = pubint_engine_evaluate(engine, input, &evaluation, &error);
  self->refused = error.code == PI_E_STACK;
  pubint_engine_free(engine);
  pubint_policy_free(policy);
  pubint_case_free(input);
  return NULL;
}

static unsigned try_threads(const char *folder, bool own) {
  attack_list list;
  unsigned tried = 0;
  attack_list_read(&list, folder, own);
  for (size_t i = 0; i < list.count; i++) {
    if (!is_deep(list.attacks[i].name)) continue;
    trip one = {.attack = &list.attacks[i]};
    attack_put(one.attack, &trial_folder);
    on_thread(PI_STACK_NEEDED + FRAMES_BYTES, load_and_evaluate, &one);
    attack_take_out(one.attack, &trial_folder);
    if (one.refused) fail_msg("%s: refused for want of stack", one.attack->name);
    tried++;
  }
  attack_list_free(&list);
  return tried;
}

static void test_stack_suffices_for_what_nests(void **state) {
  (void)state;
  assert_true(try_threads(OWN_ATTACKS, true) >= 20);
  try_threads(SHARED_ATTACKS, false);
}

static void test_stack_of_the_system_does_not_matter_to_the_program(void **state) {
  (void)state;
  attack_list list;
  struct rlimit before, small;
  attack_list_read(&list, OWN_ATTACKS, true);
  assert_int_equal(getrlimit(RLIMIT_STACK, &before), 0);
  small = (struct rlimit){SMALL_BYTES, before.rlim_max};
  for (size_t i = 0; i < list.count; i++) {
    const attack *one = &list.attacks[i];
    if (!is_deep(one->name)) continue;
    program_run run;
    char program[] = PI_PROGRAM, command[] = "batch", two[] = "-j2", policy[] = "-p";
    char *arguments[] = {program, command, two, policy, trial_folder.directory, NULL};
    char *json = trial_json("abuse_harassment", one->text, NULL);
    attack_put(one, &trial_folder);
    assert_int_equal(setrlimit(RLIMIT_STACK, &small), 0);
    program_run_do(&run, arguments, NULL, json);
    assert_int_equal(setrlimit(RLIMIT_STACK, &before), 0);
    attack_take_out(one, &trial_folder);
    if (!WIFEXITED(run.status) || strstr(run.errors, "E5004") != NULL)
      fail_msg("%s: status %d, %s", one->name, run.status, run.errors);
    program_run_dispose(&run);
    free(json);
  }
  attack_list_free(&list);
}

/* ---- too small a stack ---- */

typedef struct refusals {
  pubint_policy *policy;
  pubint_engine *engine; /* made where there was room */
  pubint_status load, make, evaluate;
  pubint_error errors[3];
} refusals;

static void *ask_for_all(void *argument) {
  refusals *self = argument;
  pubint_policy *policy;
  pubint_engine *engine;
  const pubint_evaluation *evaluation;
  pubint_case *input = trial_attacked_case("Hello");
  self->load = pubint_policy_load(&policy, trial_folder.directory, &self->errors[0]);
  self->make = pubint_engine_new(&engine, self->policy, &self->errors[1]);
  self->evaluate = pubint_engine_evaluate(self->engine, input, &evaluation, &self->errors[2]);
  if (self->load == PUBINT_OK) pubint_policy_free(policy);
  if (self->make == PUBINT_OK) pubint_engine_free(engine);
  pubint_case_free(input);
  return NULL;
}

static void test_stack_too_small_is_refused(void **state) {
  (void)state;
  refusals self = {.policy = trial_load(&trial_folder)};
  self.engine = trial_engine(self.policy);
  on_thread((size_t)2 * SMALL_BYTES, ask_for_all, &self);
  assert_int_equal(self.load, PUBINT_E_SYSTEM);
  assert_int_equal(self.make, PUBINT_E_SYSTEM);
  assert_int_equal(self.evaluate, PUBINT_E_SYSTEM);
  for (int i = 0; i < 3; i++) {
    assert_int_equal(self.errors[i].code, PI_E_STACK);
    assert_non_null(strstr(self.errors[i].message, "KiB of stack left, and scripts need 384"));
  }
  ask_for_all(&self); /* back where there is room */
  assert_int_equal(self.load, PUBINT_OK);
  assert_int_equal(self.make, PUBINT_OK);
  assert_int_equal(self.evaluate, PUBINT_OK);
  pubint_engine_free(self.engine);
  pubint_policy_free(self.policy);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_stack_suffices_for_what_nests),
      cmocka_unit_test(test_stack_of_the_system_does_not_matter_to_the_program),
      cmocka_unit_test(test_stack_too_small_is_refused),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, trial_set_up, trial_tear_down);
}
