#include "fuzz_policy.h"

#include <stdlib.h>
#include <string.h>

#include "errors.h"
#include "fuzz_target.h"
#include "json_read.h"
#include "rules.h"

enum { ARENA_BYTES = 64 * 1024, DATA_DEPTH = 32, DATA_BYTES = 64 * 1024 };

static const char CASE[] =
    "{\"id\":\"c-1\",\"tweet\":{\"id\":\"1\",\"text\":\"Hello w\\u00f6rld, go away! \\ud83d\\ude00 #42\",\"lang\":\"en\"},"
    "\"account\":{\"username\":\"nora\",\"kind\":\"person\",\"verified\":true,\"followers_count\":200000,"
    "\"office\":{\"status\":\"holder\",\"selection\":\"elected\",\"branch\":\"executive\",\"country\":\"NL\"}},"
    "\"violations\":[{\"rule\":\"hateful_conduct\",\"kind\":\"slurs\",\"grounds\":[\"age\",\"race\"]}],"
    "\"context\":{\"market\":\"NL\",\"public_debate\":0.8,\"hyperbole\":\"low\",\"target\":{\"kind\":\"official\"},"
    "\"withheld_in\":[\"DE\",\"FR\"],\"signals\":{\"a\":1,\"b\":[true,null,\"x\",{\"c\":0.5}],\"d\":{}}}}";

static const char WORDS[] =
    "{\"list\":[1,\"a\",{\"deep\":true},null,2.5],\"text\":\"x\",\"n\":-7,\"o\":{\"k\":\"v\",\"j\":[]}}";

static const struct {
  pi_script_kind kind;
  const char *name, *file, *source;
} SCRIPTS[] = {
    {PI_SCRIPT_RULE, "hateful_conduct", "rules/hateful_conduct.lua", ""},
    {PI_SCRIPT_LIB, "common", "lib/common.lua",
     "local common = {}\nfunction common.weigh(case, balance)\n  balance:interest('debate', case.context.public_debate, 3)\n"
     "  balance:harm('call_to_action', case.context.call_to_action, 6)\nend\n"
     "function common.flag(case, balance, name) return case.signals[name] == true and 1 or 0 end\n"
     "function common.grade(case, balance, name) return type(case.signals[name]) == 'number' and 0.5 or 0 end\n"
     "function common.days(case, balance, name) return case.signals[name] end\nreturn common\n"},
    {PI_SCRIPT_LIB, "counter", "lib/counter.lua",
     "local n = 0\nreturn { next = function() n = n + 1 return n end, kept = {} }\n"},
    {PI_SCRIPT_LIB, "fails", "lib/fails.lua", "error('this module fails')\n"},
};
enum { SCRIPTS_COUNT = sizeof SCRIPTS / sizeof *SCRIPTS };

static pi_script scripts[SCRIPTS_COUNT];
static pi_policy_data data;
static pubint_policy policy = {
    .scripts = scripts, .scripts_count = SCRIPTS_COUNT, .data = &data, .data_count = 1};
static pubint_case *input;

static void make(void) {
  static const pi_json_tree_limits LIMITS = {DATA_BYTES, DATA_DEPTH, PI_E_POLICY_JSON, PI_E_TOO_DEEP};
  pubint_error error;
  pi_json json;
  pi_arena_init(&policy.arena, ARENA_BYTES, SIZE_MAX);
  policy.id = PI_SLICE("fuzz@1+sha256:0");
  for (uint32_t i = 0; i < SCRIPTS_COUNT; i++) {
    scripts[i] = (pi_script){.kind = SCRIPTS[i].kind,
                             .index = i,
                             .name = pi_slice_of(SCRIPTS[i].name),
                             .file = pi_slice_of(SCRIPTS[i].file),
                             .source = pi_slice_of(SCRIPTS[i].source)};
  }
  data.name = PI_SLICE("words");
  FUZZ_CHECK(pi_json_init(&json, pi_slice_of(WORDS), 1, &policy.arena, DATA_DEPTH, &error) == PUBINT_OK);
  FUZZ_CHECK(pi_json_tree(&json, &LIMITS, &data.tree) == PUBINT_OK);
  FUZZ_CHECK(pubint_case_parse(&input, CASE, sizeof CASE - 1, &error) == PUBINT_OK);
}

pubint_policy *fuzz_policy(void) {
  if (input == NULL) make();
  return &policy;
}

const pi_case *fuzz_case(void) {
  if (input == NULL) make();
  return &input->facts;
}

pi_script *fuzz_rule(const char *source, size_t length) {
  pi_script *script = &fuzz_policy()->scripts[0];
  script->source = (pi_slice){source, length};
  script->class_name = (pi_slice){NULL, 0};
  script->bar = 0;
  script->reads = 0;
  script->waives = NULL;
  script->waives_count = 0;
  return script;
}

pi_script_call fuzz_call(pi_balance *balance, pi_arena *arena) {
  const pi_case *facts = fuzz_case();
  pi_balance_init(balance);
  pi_arena_reset(arena);
  return (pi_script_call){.script = &policy.scripts[0],
                          .input = facts,
                          .violation = &facts->violations[0],
                          .text = facts->facts[PI_FACT_TWEET_TEXT].string,
                          .balance = balance,
                          .arena = arena};
}

void fuzz_check_balance(const pi_balance *balance) {
  FUZZ_CHECK(balance->factors_count <= PI_FACTORS_MAX && balance->notes_count <= PI_NOTES_MAX);
  FUZZ_CHECK(balance->conditions_count <= PI_CONDITIONS_MAX);
  for (uint32_t i = 0; i < balance->factors_count; i++) {
    const pi_factor *factor = &balance->factors[i];
    FUZZ_CHECK(pi_id_valid(factor->id) && factor->weight >= PI_WEIGHT_MIN && factor->weight <= PI_WEIGHT_MAX);
    FUZZ_CHECK(factor->strength >= 0 && factor->strength <= 1000000);
  }
  for (uint32_t i = 0; i < balance->conditions_count; i++) FUZZ_CHECK(pi_id_valid(balance->conditions[i].id));
  for (uint32_t i = 0; i < balance->notes_count; i++) FUZZ_CHECK(pi_balance_text_valid(balance->notes[i]));
}

/* ---- counts ---- */

static const char *printed_target;
static const fuzz_count *printed;
static size_t printed_count;
static void (*print_more)(void);

static void print_counts(void) {
  fprintf(stderr, "%s:", printed_target);
  for (size_t i = 0; i < printed_count; i++) fprintf(stderr, " %llu %s", printed[i].value, printed[i].name);
  fprintf(stderr, "\n");
  if (print_more != NULL) print_more();
}

void fuzz_print_at_exit(const char *target, const fuzz_count *counts, size_t count, void (*more)(void)) {
  if (printed_target != NULL) return;
  printed_target = target;
  printed = counts;
  printed_count = count;
  print_more = more;
  FUZZ_CHECK(atexit(print_counts) == 0);
}
