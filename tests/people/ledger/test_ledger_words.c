/* The words that the file's views keep are those of the program's tables, no fewer and no more. */
#include <stdio.h>

#include "desk.h"
#include "rules.h"

/* How many rows fit, of which `fitting` ends where the text begins that they are compared with. */
static int64_t count_of(desk *self, const char *fitting, const char *text) {
  char sql[256];
  snprintf(sql, sizeof sql, "SELECT count(*) FROM %s '%s'", fitting, text);
  return desk_ask(self, sql);
}

/* The action's only role, and whether it begins a round instead of being a step of one. */
static pi_role role_of(pi_action action, bool *begins) {
  pi_role role = PI_ROLE_COUNT;
  *begins = false;
  for (int i = 0; i < PI_TRANSITIONS_COUNT; i++) {
    if (PI_TRANSITIONS[i].action != action) continue;
    assert_true(role == PI_ROLE_COUNT || role == PI_TRANSITIONS[i].role);
    role = PI_TRANSITIONS[i].role;
    *begins = PI_TRANSITIONS[i].to == PI_STATE_OPENED;
  }
  assert_true(role < PI_ROLE_COUNT);
  return role;
}

/* R040: of advice alone the position may be left out, and a reason given instead. */
static const char *position_of(pi_action action) {
  if (!PI_ACTIONS[action].position) return "never";
  return action == PI_ACTION_ADVISE ? "or a reason" : "always";
}

static void test_file_has_the_actions_of_the_process_with_role_and_position(void **state) {
  desk *self = *state;
  char row[128];
  int steps = 0;
  for (pi_action action = 0; action < PI_ACTION_COUNT; action++) {
    bool begins;
    pi_role role = role_of(action, &begins);
    if (begins) continue;
    steps++;
    snprintf(row, sizeof row, "%s, %s, %s", PI_ACTION_NAMES[action], PI_ROLE_NAMES[role],
             position_of(action));
    if (count_of(self, "step_actions WHERE action || ', ' || role || ', ' || position =", row) != 1)
      fail_msg("step_actions has no row %s", row);
  }
  assert_int_equal(desk_ask(self, "SELECT count(*) FROM step_actions"), steps);
}

static void test_file_has_the_rules_that_are_never_excepted(void **state) {
  desk *self = *state;
  int never = 0;
  for (int i = 0; i < PI_RULE_COUNT; i++) {
    int64_t found = count_of(self, "never_excepted WHERE rule =", PI_RULES[i].id.ptr);
    if (found != PI_RULES[i].never)
      fail_msg("never_excepted has %s %d times", PI_RULES[i].id.ptr, (int)found);
    never += PI_RULES[i].never;
  }
  assert_int_equal(desk_ask(self, "SELECT count(*) FROM never_excepted"), never);
}

/* Each state that the file can say is one to which a step leads, and is in the view of where cases stand. */
static void test_file_tells_the_states_to_which_steps_lead(void **state) {
  desk *self = *state;
  char quoted[64];
  for (int at = PI_STATE_ABSENT + 1; at < PI_STATE_COUNT; at++) {
    bool leads = false;
    for (int i = 0; i < PI_TRANSITIONS_COUNT; i++) leads = leads || PI_TRANSITIONS[i].to == (pi_state)at;
    bool filed = PI_STATES[at].seen[true] != PI_STATE_ABSENT;
    snprintf(quoted, sizeof quoted, "%%''%s''%%", PI_STATE_NAMES[at]);
    int64_t told = count_of(self, "sqlite_schema WHERE name = 'queue_now' AND sql LIKE", quoted);
    if (leads != filed || told != filed) fail_msg("%s is not told as it is reached", PI_STATE_NAMES[at]);
  }
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      DESK_TEST(test_file_has_the_actions_of_the_process_with_role_and_position),
      DESK_TEST(test_file_has_the_rules_that_are_never_excepted),
      DESK_TEST(test_file_tells_the_states_to_which_steps_lead),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
