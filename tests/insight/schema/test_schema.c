/* The schemas: strict JSON, in which no fact, rule or word of the tables is missing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "decode.h"
#include "evaluation.h"
#include "facts.h"
#include "files.h"
#include "gates.h"
#include "json_read.h"
#include "rules.h"
#include "schema.h"
#include "test.h"

typedef struct document {
  pi_buffer text;
  pi_arena arena;
  pi_tree tree;
} document;

/* Writes a schema and reads it with the strict reader. */
static void read_schema(document *out, void (*write)(pi_buffer *)) {
  pubint_error error = {0};
  pi_buffer_init(&out->text, (size_t)1024 * 1024);
  pi_arena_init(&out->arena, (size_t)64 * 1024, (size_t)8 * 1024 * 1024);
  write(&out->text);
  assert_non_null(pi_buffer_end(&out->text));
  assert_int_equal(out->text.data[out->text.len - 1], '\n');
  pi_slice text = {out->text.data, out->text.len - 1};
  pi_json json;
  assert_int_equal(pi_json_init(&json, text, 1, &out->arena, 32, &error), PUBINT_OK);
  pi_json_tree_limits limits = {.bytes_max = text.len, .depth_max = 32};
  assert_int_equal(pi_json_tree(&json, &limits, &out->tree), PUBINT_OK);
  assert_int_equal(pi_json_finish(&json), PUBINT_OK);
}

static void dispose(document *self) {
  pi_buffer_dispose(&self->text);
  pi_arena_dispose(&self->arena);
}

static uint32_t child(const pi_tree *tree, uint32_t node, pi_slice key) {
  uint32_t found = pi_tree_find(tree, node, key);
  if (found == UINT32_MAX) fail_msg("the schema has no %.*s", (int)key.len, key.ptr);
  return found;
}

/* The properties of a group, found from the root through its parents. */
static uint32_t properties_of(const pi_tree *tree, pi_group group) {
  uint32_t above = pi_tree_root(tree);
  if (group != PI_GROUP_ROOT) {
    above = child(tree, properties_of(tree, PI_GROUPS[group].parent), PI_GROUPS[group].key);
  }
  return child(tree, above, PI_SLICE("properties"));
}

static bool lists(const pi_tree *tree, uint32_t list, pi_slice word) {
  const pi_node *node = &tree->nodes[list];
  assert_int_equal(node->kind, PI_NODE_ARRAY);
  for (uint32_t i = 0; i < node->count; i++) {
    const pi_node *item = &tree->nodes[node->as.first + i];
    if (item->kind == PI_NODE_STRING && pi_slice_equal(item->as.string, word)) return true;
  }
  return false;
}

static void test_schema_case_has_every_fact_and_word(void **state) {
  (void)state;
  document schema;
  read_schema(&schema, pi_schema_case);
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    uint32_t properties = properties_of(&schema.tree, PI_FACTS[fact].group);
    uint32_t property = child(&schema.tree, properties, PI_FACTS[fact].key);
    for (uint8_t i = 0; i < PI_FACTS[fact].words.count; i++) {
      uint32_t words = child(&schema.tree, property, PI_SLICE("enum"));
      assert_true(lists(&schema.tree, words, PI_FACTS[fact].words.words[i]));
    }
  }
  dispose(&schema);
}

/* One alternative for each rule with its kinds, and one for rules without a row. */
static void test_schema_case_has_every_rule_and_kind(void **state) {
  (void)state;
  document schema;
  read_schema(&schema, pi_schema_case);
  const pi_tree *tree = &schema.tree;
  uint32_t items =
      child(tree, child(tree, properties_of(tree, PI_GROUP_ROOT), PI_SLICE("violations")), PI_SLICE("items"));
  const pi_node *rules = &tree->nodes[child(tree, items, PI_SLICE("oneOf"))];
  assert_int_equal(rules->count, PI_RULE_COUNT + 1);
  for (uint32_t rule = 0; rule < PI_RULE_COUNT; rule++) {
    uint32_t properties = child(tree, rules->as.first + rule, PI_SLICE("properties"));
    uint32_t id = child(tree, child(tree, properties, PI_SLICE("rule")), PI_SLICE("const"));
    assert_true(pi_slice_equal(tree->nodes[id].as.string, PI_RULES[rule].id));
    uint32_t kinds = child(tree, child(tree, properties, PI_SLICE("kind")), PI_SLICE("enum"));
    for (uint8_t i = 0; i < PI_RULES[rule].kinds.count; i++) {
      assert_true(lists(tree, kinds, PI_RULES[rule].kinds.words[i]));
    }
  }
  dispose(&schema);
}

/* Reads a text as a tree, strictly. */
static void read_text(document *out, char *text, size_t length) {
  pubint_error error = {0};
  pi_json json;
  pi_arena_init(&out->arena, (size_t)64 * 1024, (size_t)8 * 1024 * 1024);
  assert_int_equal(pi_json_init(&json, (pi_slice){text, length}, 1, &out->arena, 32, &error), PUBINT_OK);
  pi_json_tree_limits limits = {.bytes_max = length, .depth_max = 32};
  assert_int_equal(pi_json_tree(&json, &limits, &out->tree), PUBINT_OK);
}

/* Every key of the object is a property of the schema's, down to where the schema names no more. */
static unsigned check_keys(const pi_tree *schema, uint32_t node, const pi_tree *given, uint32_t object) {
  uint32_t properties = pi_tree_find(schema, node, PI_SLICE("properties"));
  if (properties == UINT32_MAX || given->nodes[object].kind != PI_NODE_OBJECT) return 0;
  unsigned checked = 0;
  for (uint32_t i = 0; i < given->nodes[object].count; i++) {
    uint32_t value = given->nodes[object].as.first + i;
    uint32_t property = child(schema, properties, given->nodes[value].key);
    checked += 1 + check_keys(schema, property, given, value);
  }
  return checked;
}

static void test_schema_case_has_every_key_of_the_examples(void **state) {
  (void)state;
  static const char *const FILES[] = {"incomplete", "market_nl",          "never_excepted",
                                      "notice",     "one_follower_short", "removed",
                                      "unassessed", "private_information"};
  document schema;
  read_schema(&schema, pi_schema_case);
  for (size_t i = 0; i < sizeof FILES / sizeof FILES[0]; i++) {
    char path[512];
    (void)snprintf(path, sizeof path, "%s/examples/cases/%s.json", PI_SOURCE_DIR, FILES[i]);
    size_t length;
    char *text = files_read(path, &length);
    assert_non_null(text);
    document example = {0};
    read_text(&example, text, length);
    assert_true(
        check_keys(&schema.tree, pi_tree_root(&schema.tree), &example.tree, pi_tree_root(&example.tree)) > 8);
    pi_arena_dispose(&example.arena);
    free(text);
  }
  dispose(&schema);
}

/* The keys of design section 7, each once. */
static void test_schema_evaluation_has_every_key(void **state) {
  (void)state;
  static const char *const KEYS[] = {
      "v",      "id",      "outcome",       "basis",       "final",   "gates",  "missing", "rules",
      "market", "effects", "redacted_text", "withheld_in", "unknown", "policy", "host"};
  document schema;
  read_schema(&schema, pi_schema_evaluation);
  uint32_t properties = child(&schema.tree, pi_tree_root(&schema.tree), PI_SLICE("properties"));
  assert_int_equal(schema.tree.nodes[properties].count, sizeof KEYS / sizeof KEYS[0]);
  for (size_t i = 0; i < sizeof KEYS / sizeof KEYS[0]; i++)
    child(&schema.tree, properties, pi_slice_of(KEYS[i]));
  uint32_t gates = child(&schema.tree, child(&schema.tree, properties, PI_SLICE("gates")), PI_SLICE("items"));
  uint32_t gate = child(&schema.tree, child(&schema.tree, gates, PI_SLICE("properties")), PI_SLICE("gate"));
  for (int i = 0; i < PI_GATE_COUNT; i++) {
    assert_true(lists(&schema.tree, child(&schema.tree, gate, PI_SLICE("enum")), PI_GATES[i].id));
  }
  dispose(&schema);
}

/* What is unassessed names facts of the table and, behind them, the spans that nobody looked for. */
static void test_schema_evaluation_has_every_path_of_the_unassessed(void **state) {
  (void)state;
  document schema;
  read_schema(&schema, pi_schema_evaluation);
  const pi_tree *tree = &schema.tree;
  uint32_t definitions = child(tree, pi_tree_root(tree), PI_SLICE("$defs"));
  uint32_t paths = child(tree, definitions, PI_SLICE("unassessed"));
  uint32_t listed = child(tree, child(tree, paths, PI_SLICE("items")), PI_SLICE("enum"));
  assert_int_equal(tree->nodes[listed].count, PI_FACT_COUNT + 1);
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) assert_true(lists(tree, listed, PI_FACTS[fact].path));
  assert_true(lists(tree, listed, PI_SLICE("violations.spans")));
  paths = child(tree, definitions, PI_SLICE("paths")); /* of what is missing or unknown: facts alone */
  listed = child(tree, child(tree, paths, PI_SLICE("items")), PI_SLICE("enum"));
  assert_int_equal(tree->nodes[listed].count, PI_FACT_COUNT);
  uint32_t bases =
      child(tree, child(tree, child(tree, pi_tree_root(tree), PI_SLICE("properties")), PI_SLICE("basis")),
            PI_SLICE("enum"));
  assert_int_equal(tree->nodes[bases].count, 8);
  assert_true(lists(tree, bases, PI_SLICE("unassessed")));
  dispose(&schema);
}

/* A refused line with everything it can hold has no key that the schema lacks. */
static void test_schema_refusal_has_every_key_of_a_refused_line(void **state) {
  (void)state;
  static const char LINE[] = "{\"id\":\"c-17\",\"violations\":[],\"account\":{\"followers_cuont\":1}}";
  pi_arena arena;
  pi_arena_init(&arena, 4096, 65536);
  pi_case input;
  pubint_error error = {0};
  assert_int_equal(pi_decode_case(&input, pi_slice_of(LINE), 17, &arena, NULL, &error), PUBINT_E_INPUT);
  pi_buffer text;
  pi_buffer_init(&text, 65536);
  pi_evaluation_write_refusal(&text, &error, 17, PI_SLICE("c-17"), PI_SLICE("cases.jsonl"));
  document schema, refusal;
  read_schema(&schema, pi_schema_refusal);
  read_text(&refusal, text.data, text.len);
  /* v, file, line, id, error and in it code, message, path, column, found, expected, hint */
  assert_int_equal(
      check_keys(&schema.tree, pi_tree_root(&schema.tree), &refusal.tree, pi_tree_root(&refusal.tree)), 12);
  pi_arena_dispose(&refusal.arena);
  pi_arena_dispose(&arena);
  pi_buffer_dispose(&text);
  dispose(&schema);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_schema_case_has_every_fact_and_word),
      cmocka_unit_test(test_schema_case_has_every_rule_and_kind),
      cmocka_unit_test(test_schema_case_has_every_key_of_the_examples),
      cmocka_unit_test(test_schema_evaluation_has_every_key),
      cmocka_unit_test(test_schema_evaluation_has_every_path_of_the_unassessed),
      cmocka_unit_test(test_schema_refusal_has_every_key_of_a_refused_line),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
