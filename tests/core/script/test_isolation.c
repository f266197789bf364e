/* What ran before, on which thread and in which process never shows: 1,000 evaluations in random order on 1,
 * 2 and 8 threads give the bytes that each case gives alone in a fresh process. And handles end with their
 * call. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "furnish.h"
#include "handles.h"
#include "program.h"
#include "sandbox.h"
#include "trial.h"
#include "vm.h"

enum { EVALUATIONS = 1000, THREADS_MAX = 8 };

/* Rules that would show it: state of every kind, errors, limits, and half of a limit used. */
static const struct {
  const char *file, *source;
} FILES[] = {
    {"lib/counter.lua", "local n = 0\nreturn { next = function() n = n + 1 return n end, kept = {} }\n"},
    {"lib/words.lua",
     "local words = { seen = {} }\nfunction words.add(w) words.seen[#words.seen + 1] = w return #words.seen end\n"
     "return words\n"},
    {"data/lexicon.json", "{\"calm\":[\"please\",\"kindly\"],\"hot\":[\"fight\",\"burn\"]}"},
    {"rules/abuse_harassment.lua",
     "local counter = require 'counter'\nlocal calls, kept = 0, {}\n"
     "return { rule = 'abuse_harassment', class = 'possible', bar = 1, weigh = function(case, balance)\n"
     "  calls = calls + 1\n  kept[#kept + 1] = case\n  last_text = case.tweet.text\n"
     "  balance:interest('seen' .. counter.next() .. '_' .. calls .. '_' .. #kept, 1, 1)\n"
     "end }\n"},
    {"rules/suicide_self_harm.lua",
     "return { rule = 'suicide_self_harm', class = 'unlikely', bar = 4, weigh = function(case, balance)\n"
     "  balance:interest('before', 1, 1)\n"
     "  if text.matches(case.tweet.text, '(?i)fight') then error('found ' .. case.tweet.text) end\n"
     "  balance:note('fine')\nend }\n"},
    {"rules/election_integrity.lua",
     "return { rule = 'election_integrity', class = 'very_unlikely', bar = 5, weigh = function(case, balance)\n"
     "  local n = 0\n  while text.contains(case.tweet.text, 'loop') do n = n + 1 end\n"
     "  balance:interest('n' .. n, 1, 1)\nend }\n"},
    {"rules/sensitive_media.lua",
     "return { rule = 'sensitive_media', class = 'possible', bar = 2, weigh = function(case, balance)\n"
     "  local s = case.tweet.text\n  if text.contains(s, 'grow') then while true do s = s .. s end end\n"
     "  balance:harm('bytes' .. #s, 1, 1)\nend }\n"},
    {"rules/regulated_goods.lua", /* more than half of the instructions */
     "return { rule = 'regulated_goods', class = 'rare', bar = 3, weigh = function(case, balance)\n"
     "  local words = require 'words'\n  for i = 1, 60000 do words.add(i) if i % 100 == 0 then words.seen = {} end end\n"
     "  balance:interest('w' .. words.add('x'), 0.5, 1)\nend }\n"},
    {"markets/DE.lua",
     "local lexicon = data 'lexicon'\nlocal counter = require 'counter'\n"
     "return { market = 'DE', language = 'de', teams = {}, consulted = {}, weigh = function(case, balance)\n"
     "  local hot = 0\n  for _, w in ipairs(lexicon.hot) do hot = hot + text.count(case.tweet.text, '\\\\b' .. w .. '\\\\b') end\n"
     "  for k in pairs(lexicon) do counter.kept[k] = true end\n"
     "  balance:harm('hot' .. hot .. '_' .. counter.next(), 1, 1)\nend }\n"},
};

static const char *const RULES[] = {"abuse_harassment", "suicide_self_harm",  "election_integrity",
                                    "sensitive_media",  "regulated_goods",    "hateful_conduct",
                                    "violence",         "private_information"};
static const char *const TEXTS[] = {"Please stay calm", "We will fight and burn, loop, grow"};
static const char *const MARKETS[] = {"", ",\"market\":\"DE\"", ",\"market\":\"NL\""};
enum {
  RULES_COUNT = sizeof RULES / sizeof *RULES,
  TEXTS_COUNT = sizeof TEXTS / sizeof *TEXTS,
  MARKETS_COUNT = sizeof MARKETS / sizeof *MARKETS,
  CASES = RULES_COUNT * TEXTS_COUNT * MARKETS_COUNT,
};

static pubint_case *case_number(int i) {
  return trial_case(RULES[i % RULES_COUNT], TEXTS[i / RULES_COUNT % TEXTS_COUNT],
                    MARKETS[i / (RULES_COUNT * TEXTS_COUNT)]);
}

typedef struct rig {
  trial folder;
  pubint_policy *policy;
  pubint_case *cases[CASES];
  char *alone[CASES]; /* what each gives in a process of its own */
} rig;

static rig shared;

/* ---- a process for each case ---- */

/* `test_isolation --case N FOLDER`: evaluates one case and prints its bytes. */
static int print_case(const char *number, const char *directory) {
  trial folder;
  snprintf(folder.directory, sizeof folder.directory, "%s", directory);
  pubint_policy *policy = trial_load(&folder);
  pubint_engine *engine = trial_engine(policy);
  pubint_case *input = case_number((int)strtol(number, NULL, 10));
  char *bytes = trial_bytes(engine, input, NULL);
  fputs(bytes, stdout);
  free(bytes);
  pubint_case_free(input);
  pubint_engine_free(engine);
  pubint_policy_free(policy);
  return 0;
}

static char *bytes_of_process(int i) {
  char number[16];
  snprintf(number, sizeof number, "%d", i);
  return program_run_self("--case", number, shared.folder.directory);
}

static int open_bench(void **state) {
  (void)state;
  trial_make(&shared.folder);
  for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++)
    trial_put(&shared.folder, FILES[i].file, FILES[i].source, strlen(FILES[i].source));
  shared.policy = trial_load(&shared.folder);
  for (int i = 0; i < CASES; i++) {
    shared.cases[i] = case_number(i);
    shared.alone[i] = bytes_of_process(i);
  }
  return 0;
}

static int close_bench(void **state) {
  (void)state;
  for (int i = 0; i < CASES; i++) {
    pubint_case_free(shared.cases[i]);
    free(shared.alone[i]);
  }
  pubint_policy_free(shared.policy);
  trial_remove(&shared.folder);
  return 0;
}

/* ---- many at once ---- */

typedef struct worker {
  uint64_t seed;
  int evaluations;
  int different; /* -1, or the case that gave other bytes */
} worker;

/* No assertion here: cmocka knows the main thread alone. */
static void *work(void *context) {
  worker *self = context;
  trial_dice dice = {self->seed};
  pubint_engine *engine;
  self->different = pubint_engine_new(&engine, shared.policy, NULL) == PUBINT_OK ? -1 : CASES;
  for (int i = 0; i < self->evaluations && self->different < 0; i++) {
    int picked = (int)trial_roll(&dice, CASES);
    const pubint_evaluation *evaluation;
    const char *bytes = NULL;
    if (pubint_engine_evaluate(engine, shared.cases[picked], &evaluation, NULL) == PUBINT_OK)
      bytes = pubint_evaluation_json(evaluation, NULL);
    if (bytes == NULL || strcmp(bytes, shared.alone[picked]) != 0) self->different = picked;
  }
  pubint_engine_free(engine);
  return NULL;
}

static void run_threads(int count) {
  pthread_t threads[THREADS_MAX];
  worker workers[THREADS_MAX];
  for (int i = 0; i < count; i++) {
    workers[i] = (worker){.seed = (uint64_t)(count * 100 + i + 1), .evaluations = EVALUATIONS / count};
    assert_int_equal(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
  }
  for (int i = 0; i < count; i++) assert_int_equal(pthread_join(threads[i], NULL), 0);
  for (int i = 0; i < count; i++) {
    if (workers[i].different >= 0)
      fail_msg("case %d differs on thread %d of %d", workers[i].different, i + 1, count);
  }
}

static void test_isolation_on_one_thread(void **state) {
  (void)state;
  run_threads(1);
}

static void test_isolation_on_two_threads(void **state) {
  (void)state;
  run_threads(2);
}

static void test_isolation_on_eight_threads(void **state) {
  (void)state;
  run_threads(8);
}

/* The cases are of every kind: or the comparison would prove little. */
static void test_isolation_cases_are_of_every_kind(void **state) {
  (void)state;
  static const char *const KINDS[] = {"\"kind\":\"script\"",
                                      "\"kind\":\"limit_instructions\"",
                                      "\"kind\":\"limit_memory\"",
                                      "seen1_1_1",
                                      "hot2_1",
                                      "\"outcome\":\"notice\"",
                                      "\"outcome\":\"remove\"",
                                      "\"outcome\":\"review\""};
  for (size_t kind = 0; kind < sizeof KINDS / sizeof *KINDS; kind++) {
    int found = 0;
    for (int i = 0; i < CASES; i++) found += strstr(shared.alone[i], KINDS[kind]) != NULL;
    if (found == 0) fail_msg("no case has %s", KINDS[kind]);
  }
}

/* ---- handles ---- */

enum { KEPT = 1000 }; /* a place of the registry that no script reaches */

/* [-0, +0, v] */
static int l_keep(lua_State *L) {
  pi_handle_push(L, PI_HANDLE_CASE);
  lua_rawseti(L, LUA_REGISTRYINDEX, KEPT);
  return 0;
}

/* Uses the handle of the call before. [-0, +0, v] */
static int l_use_kept(lua_State *L) {
  lua_rawgeti(L, LUA_REGISTRYINDEX, KEPT);
  lua_getfield(L, -1, "tweet");
  return 0;
}

/* Light userdata that no handle is made of, of this very generation. [-0, +0, v] */
static int l_use_foreign(lua_State *L) {
  uint64_t kind = *(const uint64_t *)lua_touserdata(L, 1);
  uint64_t bits = kind << 59 | pi_vm_of(L)->generation;
  lua_pushlightuserdata(L, (void *)(uintptr_t)bits);
  lua_getfield(L, -1, "tweet");
  return 0;
}

static void expect_failure(pi_vm *vm, lua_CFunction function, void *argument, const char *message) {
  pi_script_error error = {0};
  assert_int_equal(pi_vm_run(vm, function, argument, &error), PI_VM_FAILED);
  assert_int_equal(error.failure, PI_FAILURE_SCRIPT);
  assert_string_equal(vm->fault_message, message);
}

static void test_isolation_handles_end_with_their_call(void **state) {
  (void)state;
  pi_vm *vm;
  pi_script_error error = {0};
  assert_int_equal(pi_furnish_vm(&vm, shared.policy, NULL), PUBINT_OK);
  assert_int_equal(pi_vm_run(vm, l_keep, NULL, &error), PI_VM_DONE);
  expect_failure(vm, l_use_kept, NULL, "a handle used after its evaluation ended");
  vm->generation = PI_HANDLE_GENERATIONS - 1; /* the count wraps, and leaves out 0 */
  for (int i = 0; i < 3; i++) assert_int_equal(pi_vm_run(vm, l_keep, NULL, &error), PI_VM_DONE);
  assert_int_equal(vm->generation, 2);
  pi_vm_free(vm);
}

static void test_isolation_handles_of_no_kind_are_refused(void **state) {
  (void)state;
  pi_vm *vm;
  uint64_t kinds[] = {PI_HANDLE_NONE, PI_HANDLE_KINDS, 31};
  assert_int_equal(pi_furnish_vm(&vm, shared.policy, NULL), PUBINT_OK);
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    expect_failure(vm, l_use_foreign, &kinds[i], "not a part of the case or the balance");
  pi_vm_free(vm);
}

/* ---- without isolation ---- */

typedef pubint_status weigh(pi_sandbox *sandbox, pi_script_call *call, pubint_error *error);

/* The id of the one factor that the second of two calls of a rule puts on the balance. */
static void second_factor(weigh *function, char id[64]) {
  const pi_script *script = pi_policy_script(shared.policy, PI_SCRIPT_RULE, PI_SLICE("abuse_harassment"));
  pubint_case *input = trial_attacked_case("hello");
  pi_sandbox *sandbox;
  pi_balance balance;
  pi_arena arena;
  pi_arena_init(&arena, 4096, 1 << 20);
  assert_int_equal(pi_sandbox_new(&sandbox, shared.policy, NULL), PUBINT_OK);
  for (int i = 0; i < 2; i++) {
    pi_script_call call = {.script = script,
                           .input = &input->facts,
                           .violation = &input->facts.violations[0],
                           .balance = &balance,
                           .arena = &arena};
    pi_balance_init(&balance);
    assert_int_equal(function(sandbox, &call, NULL), PUBINT_OK);
    assert_int_equal(call.error.failure, PI_FAILURE_NONE);
  }
  assert_int_equal(balance.factors_count, 1);
  snprintf(id, 64, "%.*s", (int)balance.factors[0].id.len, balance.factors[0].id.ptr);
  pi_sandbox_free(sandbox);
  pi_arena_dispose(&arena);
  pubint_case_free(input);
}

/* So that what `bench` prints is the cost of isolation, and of nothing else. */
static void test_isolation_is_what_a_shared_call_lacks(void **state) {
  (void)state;
  char id[64];
  second_factor(pi_sandbox_weigh, id);
  assert_string_equal(id, "seen1_1_1");
  second_factor(pi_sandbox_weigh_shared, id);
  assert_string_equal(id, "seen2_2_2");
}

int main(int argc, char **argv) {
  if (argc == 4 && strcmp(argv[1], "--case") == 0) return print_case(argv[2], argv[3]);
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_isolation_cases_are_of_every_kind),
      cmocka_unit_test(test_isolation_on_one_thread),
      cmocka_unit_test(test_isolation_on_two_threads),
      cmocka_unit_test(test_isolation_on_eight_threads),
      cmocka_unit_test(test_isolation_handles_end_with_their_call),
      cmocka_unit_test(test_isolation_handles_of_no_kind_are_refused),
      cmocka_unit_test(test_isolation_is_what_a_shared_call_lacks),
  };
  return cmocka_run_group_tests(tests, open_bench, close_bench);
}
