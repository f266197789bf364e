/* Every attack of the shared folder and of this one, twice and in shuffled order: the outcome is one of those
 * allowed, an error names its script and line, a failed script leaves no factor, what ran before and after
 * changes nothing, no attack takes a case more processor time than all its scripts may, and all memory is
 * given back. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attack.h"
#include "counted.h"
#include "decimal.h"
#include "errors.h"
#include "evaluation.h"
#include "program.h"
#include "vm.h"

#define SHARED_ATTACKS PI_SOURCE_DIR "/../shared/attacks"
#define OWN_ATTACKS    PI_SOURCE_DIR "/tests/sandbox/attacks"
#define ATTACKED       "rules/abuse_harassment.lua"

enum { ROUNDS = 2, PROCESSES = 8 };

/* Beyond a script's quota: compiled patterns, the chunks' dumps, the arena of the evaluation. */
enum { OVERHEAD_BYTES = 12 * 1024 * 1024 };

#define TIME_MAX (1.0 * PI_LIMIT_CASE_SECONDS)

enum { SLOWEST_SHOWN = 5 };

typedef struct slow {
  double seconds;
  const char *name;
} slow;

typedef struct cost {
  slow cases[SLOWEST_SHOWN]; /* the longest that a case took, by attack; slowest first */
  size_t bytes;
  const char *largest;
} cost;

/* What the attacks are run against. */
typedef struct battle {
  trial folder;
  pubint_policy *shipped;
  pubint_engine *engine; /* on the shipped policy, for the whole time */
  pubint_case *bystander;
  char *bystander_bytes;
  cost worst;
} battle;

/* ---- what a script put on the balance: the host's own conditions are left out ---- */

static int by_text(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static void describe_factor(char *out, size_t size, const pi_factor *factor) {
  char strength[PI_DECIMAL_BYTES + 1], weight[PI_DECIMAL_BYTES + 1];
  strength[pi_decimal_write(strength, factor->strength, 6)] = '\0';
  weight[pi_decimal_write(weight, factor->weight, 3)] = '\0';
  snprintf(out, size, "%c:%.*s:%s:%s", factor->side == PI_SIDE_INTEREST ? 'I' : 'H', (int)factor->id.len,
           factor->id.ptr, strength, weight);
}

static void describe_balance(const pi_balance *balance, char *out, size_t size) {
  enum { ITEMS = PI_FACTORS_MAX + PI_CONDITIONS_MAX };
  static char texts[ITEMS][128];
  char *items[ITEMS];
  size_t count = 0, used = 0;
  for (uint32_t i = 0; i < balance->factors_count; i++, count++)
    describe_factor(texts[count], sizeof texts[count], &balance->factors[i]);
  for (uint32_t i = 0; i < balance->conditions_count; i++) {
    const pi_condition *condition = &balance->conditions[i];
    if (condition->from == PI_FROM_HOST) continue;
    snprintf(texts[count++], sizeof texts[0], "R:%.*s:%s", (int)condition->id.len, condition->id.ptr,
             condition->met ? "true" : "false");
  }
  for (size_t i = 0; i < count; i++) items[i] = texts[i];
  qsort(items, count, sizeof *items, by_text);
  out[0] = '\0';
  for (size_t i = 0; i < count; i++)
    used += (size_t)snprintf(out + used, size - used, "%s%s", i > 0 ? ";" : "", items[i]);
}

/* ---- judging one evaluation ---- */

static void expect_outcome(const attack *self, unsigned outcome, const char *detail) {
  if (outcome == ATTACK_TIME && !trial_timed()) return; /* the machine is slow, not the script */
  if ((self->expected & outcome) == 0)
    fail_msg("%s: %s is not allowed: %s", self->name, attack_outcome_name(outcome), detail);
}

static uint32_t lines_of(const attack *self) {
  uint32_t lines = 1;
  for (size_t i = 0; i < self->parts[0].length; i++) lines += self->parts[0].bytes[i] == '\n';
  return lines;
}

static void expect_place(const attack *self, const char *file, uint64_t line) {
  bool elsewhere = self->parts_count > 1 && strncmp(file, "lib/", 4) == 0;
  if (strcmp(file, ATTACKED) != 0 && !elsewhere) fail_msg("%s: the error names %s", self->name, file);
  if (!elsewhere && (line < 1 || line > lines_of(self)))
    fail_msg("%s: the error names line %d", self->name, (int)line);
  uint32_t pinned = strcmp(self->name, "err_forged") == 0 ? 7 : self->line;
  if (pinned != 0 && line != pinned)
    fail_msg("%s: the error names line %d, not %d", self->name, (int)line, (int)pinned);
}

static unsigned outcome_of(const pi_script_error *error) {
  switch (error->failure) {
  case PI_FAILURE_NONE: return ATTACK_RAN;
  case PI_FAILURE_SCRIPT: return ATTACK_ERROR;
  case PI_FAILURE_INSTRUCTIONS: return ATTACK_INSTRUCTIONS;
  case PI_FAILURE_MEMORY: return ATTACK_MEMORY;
  }
  return 0;
}

static void judge_evaluation(const attack *self, const pubint_evaluation *evaluation) {
  if (evaluation == NULL) { /* the watchdog */
    expect_outcome(self, ATTACK_TIME, "no evaluation");
    return;
  }
  assert_int_equal(evaluation->entries_count, 1);
  const pi_entry *entry = &evaluation->entries[0];
  unsigned outcome = outcome_of(&entry->error);
  expect_outcome(self, outcome, entry->error.message.len > 0 ? entry->error.message.ptr : "");
  if (outcome != ATTACK_RAN) {
    assert_int_equal(entry->verdict, PUBINT_REVIEW);
    assert_int_equal(entry->basis, PUBINT_RULE_ERROR);
    assert_int_equal(entry->balance.factors_count, 0);
    assert_int_equal(entry->balance.conditions_count, entry->balance.host_conditions_count);
    assert_int_equal(entry->balance.host_conditions_count, 1); /* public_concern */
    assert_int_equal(entry->balance.notes_count, 0);
    assert_true(entry->error.message.len > 0 && entry->error.message.len <= 303);
    expect_place(self, entry->error.script->file.ptr, entry->error.line);
    return;
  }
  char result[ATTACK_RESULT_MAX * 8];
  describe_balance(&entry->balance, result, sizeof result);
  if (self->has_result) assert_string_equal(result, self->result);
}

static void judge_refusal(const attack *self, const pubint_error *error) {
  unsigned outcome = strncmp(error->message, "limit_instructions:", 19) == 0 ? ATTACK_INSTRUCTIONS
                     : strncmp(error->message, "limit_memory:", 13) == 0     ? ATTACK_MEMORY
                     : strncmp(error->message, "limit_time:", 11) == 0       ? ATTACK_TIME
                                                                             : ATTACK_REFUSED;
  assert_int_equal(error->status, PUBINT_E_POLICY);
  assert_true(error->message[0] != '\0');
  expect_outcome(self, outcome, error->message);
  bool too_long = error->code == PI_E_SCRIPT_SOURCE && strstr(error->message, "larger") != NULL;
  if (outcome != ATTACK_TIME) expect_place(self, error->file, too_long ? 1 : error->line);
}

/* ---- running one attack ---- */

/* A case's time among the slowest; each attack stands there once. */
static void note_slow(cost *worst, const char *name, double seconds) {
  slow *cases = worst->cases;
  int place = 0;
  while (place < SLOWEST_SHOWN && cases[place].name != name) place++;
  if (place == SLOWEST_SHOWN) place--;
  if (seconds <= cases[place].seconds) return;
  for (; place > 0 && cases[place - 1].seconds < seconds; place--) cases[place] = cases[place - 1];
  cases[place] = (slow){seconds, name};
}

static double note_cost(cost *worst, const attack *self, double started, size_t held) {
  double seconds = trial_cpu_seconds() - started;
  size_t bytes = counted_peak_bytes() - held;
  if (bytes > worst->bytes) {
    worst->bytes = bytes;
    worst->largest = self->name;
  }
  if (trial_timed() && seconds > TIME_MAX) fail_msg("%s: took %.2f s", self->name, seconds);
  if (bytes > PI_LIMIT_MEMORY + OVERHEAD_BYTES) fail_msg("%s: took %zu bytes", self->name, bytes);
  return seconds;
}

/* The same case on one engine twice, with another rule's case before, between and after. */
static void try_engine(battle *ring, const attack *self, const pubint_policy *policy,
                       const pubint_case *input) {
  char *attacked[2], *others[3];
  const pubint_evaluation *evaluation;
  pubint_engine *engine = trial_engine(policy);
  pubint_case *other = trial_case("violence", "Another text", ",\"market\":\"NL\"");
  others[0] = trial_bytes(engine, other, NULL);
  for (int i = 0; i < 2; i++) {
    size_t held = counted_bytes();
    counted_watch();
    double started = trial_cpu_seconds();
    attacked[i] = trial_bytes(engine, input, &evaluation);
    note_slow(&ring->worst, self->name, note_cost(&ring->worst, self, started, held));
    judge_evaluation(self, evaluation);
    others[i + 1] = trial_bytes(engine, other, NULL);
    assert_string_equal(others[i + 1], others[0]);
  }
  bool timed_out = strcmp(attacked[0], "limit_time") == 0 || strcmp(attacked[1], "limit_time") == 0;
  if (!timed_out) assert_string_equal(attacked[0], attacked[1]);
  for (int i = 0; i < 2; i++) free(attacked[i]);
  for (int i = 0; i < 3; i++) free(others[i]);
  pubint_case_free(other);
  pubint_engine_free(engine);
}

static void run_attack(battle *ring, const attack *self) {
  pubint_error error = {0};
  pubint_policy *policy;
  size_t blocks = counted_blocks();
  attack_put(self, &ring->folder);
  size_t held = counted_bytes();
  counted_watch();
  double started = trial_cpu_seconds();
  pubint_status status = pubint_policy_load(&policy, ring->folder.directory, &error);
  note_cost(&ring->worst, self, started, held);
  if (status != PUBINT_OK) {
    judge_refusal(self, &error);
  } else {
    pubint_case *input = trial_attacked_case(self->text);
    try_engine(ring, self, policy, input);
    pubint_case_free(input);
    pubint_policy_free(policy);
  }
  attack_take_out(self, &ring->folder);
  if (counted_blocks() != blocks) fail_msg("%s: leaves memory behind", self->name);
}

/* ---- the rounds ---- */

static void ring_open(battle *ring) {
  memset(ring, 0, sizeof *ring);
  trial_make(&ring->folder);
  ring->shipped = trial_load(&ring->folder);
  ring->engine = trial_engine(ring->shipped);
  ring->bystander = trial_case("hateful_conduct", "I was here first", ",\"market\":\"IN\"");
  ring->bystander_bytes = trial_bytes(ring->engine, ring->bystander, NULL);
}

static void ring_close(battle *ring) {
  free(ring->bystander_bytes);
  pubint_case_free(ring->bystander);
  pubint_engine_free(ring->engine);
  pubint_policy_free(ring->shipped);
  trial_remove(&ring->folder);
}

static void shuffle(const attack **order, size_t count, trial_dice *dice) {
  for (size_t i = count; i > 1; i--) {
    size_t j = trial_roll(dice, (uint32_t)i);
    const attack *moved = order[i - 1];
    order[i - 1] = order[j];
    order[j] = moved;
  }
}

static void run_all(const attack_list *list, const char *whose) {
  static const attack *order[600];
  trial_dice dice = {20200529};
  battle ring;
  size_t blocks = counted_blocks();
  ring_open(&ring);
  for (size_t i = 0; i < list->count; i++) order[i] = &list->attacks[i];
  int rounds = trial_timed() && getenv("PUBINT_DEEP") != NULL ? ROUNDS : 1; /* in another order each time */
  for (int round = 0; round < rounds; round++) {
    shuffle(order, list->count, &dice);
    for (size_t i = 0; i < list->count; i++) {
      run_attack(&ring, order[i]);
      char *now = trial_bytes(ring.engine, ring.bystander, NULL);
      if (strcmp(now, ring.bystander_bytes) != 0) fail_msg("%s changes another engine", order[i]->name);
      free(now);
    }
  }
  ring_close(&ring);
  assert_int_equal(counted_blocks(), blocks);
  print_message("%zu %s attacks, %d times each: worst memory %.1f MiB (%s); slowest cases, in seconds:",
                list->count, whose, rounds, (double)ring.worst.bytes / (1024 * 1024), ring.worst.largest);
  for (int i = 0; i < SLOWEST_SHOWN && ring.worst.cases[i].name != NULL; i++)
    print_message(" %.2f %s", ring.worst.cases[i].seconds, ring.worst.cases[i].name);
  print_message("\n");
}

static void test_attacks_shared(void **state) {
  (void)state;
  attack_list list;
  attack_list_read(&list, SHARED_ATTACKS, false);
  if (list.count == 0) {
    print_message("The shared attacks are not here (%s): only the project's own are tried.\n",
                  SHARED_ATTACKS);
  } else {
    run_all(&list, "shared");
  }
  attack_list_free(&list);
}

static void test_attacks_own(void **state) {
  (void)state;
  attack_list list;
  attack_list_read(&list, OWN_ATTACKS, true);
  assert_true(list.count >= 40);
  run_all(&list, "own");
  attack_list_free(&list);
}

/* ---- many violations ---- */

/* Each call fails within its limits, and is judged twice; all together take as long as a case may, no more.
 */
static void test_attacks_violation_by_violation(void **state) {
  (void)state;
  static const char SCRIPT[] =
      "return { rule = 'slow', class = 'rare', bar = 1, weigh = function(case, balance)\n"
      "local a, n = ('\\0'):rep(65535), 0\n"
      "local b = a .. 'b'\n"
      "a = a .. 'a'\n"
      "for i = 1, 400 do if a < b then n = n + 1 end end\n"
      "error('done') end }";
  char rules[PI_VIOLATIONS_MAX * 40];
  size_t used = 0;
  for (int i = 1; i < PI_VIOLATIONS_MAX; i++)
    used += (size_t)snprintf(rules + used, sizeof rules - used, "slow\",\"kind\":\"k%d\"},{\"rule\":\"", i);
  snprintf(rules + used, sizeof rules - used, "slow");
  trial folder;
  trial_make(&folder);
  trial_put(&folder, "rules/slow.lua", SCRIPT, strlen(SCRIPT));
  pubint_policy *policy = trial_load(&folder);
  pubint_engine *engine = trial_engine(policy);
  pubint_case *input = trial_case(rules, "Go away", NULL), *other = trial_case("violence", "Another", NULL);
  double started = trial_cpu_seconds();
  char *bytes = trial_bytes(engine, input, NULL);
  double took = trial_cpu_seconds() - started;
  assert_string_equal(bytes, "limit_time");
  if (trial_timed() && took > TIME_MAX) fail_msg("took %.2f s", took);
  free(bytes);
  bytes = trial_bytes(engine, other, NULL); /* a case of its own has time of its own */
  assert_string_not_equal(bytes, "limit_time");
  free(bytes);
  pubint_case_free(other);
  pubint_case_free(input);
  pubint_engine_free(engine);
  pubint_policy_free(policy);
  trial_remove(&folder);
}

/* ---- the same bytes in every process ---- */

static void print_deterministic(const trial *folder, const attack_list *list, trial_dice *dice) {
  static const attack *order[600];
  static char *bytes[600];
  for (size_t i = 0; i < list->count; i++) order[i] = &list->attacks[i];
  shuffle(order, list->count, dice);
  for (size_t i = 0; i < list->count; i++) {
    if (!order[i]->deterministic) continue;
    pubint_error error = {0};
    pubint_policy *policy;
    attack_put(order[i], folder);
    char **out = &bytes[order[i] - list->attacks];
    if (pubint_policy_load(&policy, folder->directory, &error) != PUBINT_OK) {
      *out = malloc(sizeof error.message);
      assert_non_null(*out);
      memcpy(*out, error.message, sizeof error.message);
    } else {
      pubint_engine *engine = trial_engine(policy);
      pubint_case *input = trial_attacked_case(order[i]->text);
      *out = trial_bytes(engine, input, NULL);
      pubint_case_free(input);
      pubint_engine_free(engine);
      pubint_policy_free(policy);
    }
    attack_take_out(order[i], folder);
  }
  for (size_t i = 0; i < list->count; i++) {
    if (bytes[i] != NULL) printf("%s %s\n", list->attacks[i].name, bytes[i]);
    free(bytes[i]);
    bytes[i] = NULL;
  }
}

/* `test_attacks --bytes N`: prints what every deterministic attack gives, whatever the order N runs them in.
 */
static int print_bytes(const char *seed) {
  static const struct {
    const char *folder;
    bool own;
  } FOLDERS[] = {{SHARED_ATTACKS, false}, {OWN_ATTACKS, true}};
  trial_dice dice = {strtoull(seed, NULL, 10) * 2654435761u + 1};
  trial folder;
  trial_make(&folder);
  for (size_t i = 0; i < sizeof FOLDERS / sizeof *FOLDERS; i++) {
    attack_list list;
    attack_list_read(&list, FOLDERS[i].folder, FOLDERS[i].own);
    print_deterministic(&folder, &list, &dice);
    attack_list_free(&list);
  }
  trial_remove(&folder);
  return 0;
}

static char *bytes_of_process(unsigned seed) {
  char number[16];
  snprintf(number, sizeof number, "%u", seed);
  return program_run_self("--bytes", number, NULL);
}

static void test_attacks_deterministic_in_eight_processes(void **state) {
  (void)state;
  char *first = bytes_of_process(0);
  assert_true(strlen(first) > 1000);
  for (unsigned i = 1; i < PROCESSES; i++) {
    char *other = bytes_of_process(i);
    assert_string_equal(other, first);
    free(other);
  }
  free(first);
}

int main(int argc, char **argv) {
  if (argc == 3 && strcmp(argv[1], "--bytes") == 0) return print_bytes(argv[2]);
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_attacks_shared),
      cmocka_unit_test(test_attacks_own),
      cmocka_unit_test(test_attacks_violation_by_violation),
      cmocka_unit_test(test_attacks_deterministic_in_eight_processes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
