#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "errors.h"
#include "json_arena.h"
#include "json_read.h"
#include "test.h"
#include "tree.h"

static const pi_json_tree_limits WIDE = {SIZE_MAX, 64, PI_E_SIGNALS_TOO_LARGE, PI_E_SIGNALS_TOO_DEEP};

static pubint_status read_tree(pi_slice text, pi_arena *arena, const pi_json_tree_limits *limits,
                               pi_tree *tree, pubint_error *error) {
  pi_json json;
  pubint_status status = pi_json_init(&json, text, 1, arena, 64, error);
  if (status == PUBINT_OK) status = pi_json_tree(&json, limits, tree);
  return status == PUBINT_OK ? pi_json_finish(&json) : status;
}

static pi_tree tree_of(const char *text, pi_arena *arena) {
  pi_tree tree = {0};
  pubint_error error;
  if (read_tree(pi_slice_of(text), arena, &WIDE, &tree, &error) != PUBINT_OK) fail_msg("%s", error.message);
  return tree;
}

static unsigned code_of(const char *text, pi_arena *arena, pubint_error *error) {
  pi_tree tree;
  return read_tree(pi_slice_of(text), arena, &WIDE, &tree, error) == PUBINT_OK ? 0 : error->code;
}

static const pi_node *root_of(const pi_tree *tree) {
  return &tree->nodes[pi_tree_root(tree)];
}

static const pi_node *child_of(const pi_tree *tree, const pi_node *node, uint32_t index) {
  assert_true(index < node->count);
  return &tree->nodes[node->as.first + index];
}

static void test_json_tree_reads_scalars(void **state) {
  pi_tree tree = tree_of("true", *state);
  assert_int_equal(tree.count, 1);
  assert_int_equal(root_of(&tree)->kind, PI_NODE_BOOLEAN);
  assert_true(root_of(&tree)->as.boolean);
  tree = tree_of("false", *state);
  assert_false(root_of(&tree)->as.boolean);
  tree = tree_of("null", *state);
  assert_int_equal(root_of(&tree)->kind, PI_NODE_NULL);
  tree = tree_of("\"a\\u00e9\"", *state);
  assert_int_equal(root_of(&tree)->kind, PI_NODE_STRING);
  assert_true(pi_slice_equal(root_of(&tree)->as.string, PI_SLICE("aé")));
}

static void test_json_tree_tells_integers_from_other_numbers(void **state) {
  static const struct {
    const char *text;
    pi_node_kind kind;
    int64_t integer;
    double number;
  } ROWS[] = {
      {"0", PI_NODE_INTEGER, 0, 0},
      {"-0", PI_NODE_INTEGER, 0, 0},
      {"-7", PI_NODE_INTEGER, -7, 0},
      {"9223372036854775807", PI_NODE_INTEGER, INT64_MAX, 0},
      {"-9223372036854775807", PI_NODE_INTEGER, -INT64_MAX, 0},
      {"-9223372036854775808", PI_NODE_INTEGER, INT64_MIN, 0},
      {"9223372036854775808", PI_NODE_NUMBER, 0, 9223372036854775808.0},
      {"-9223372036854775809", PI_NODE_NUMBER, 0, -9223372036854775808.0},
      {"123456789012345678901234567890", PI_NODE_NUMBER, 0, 123456789012345678901234567890.0},
      {"1.0", PI_NODE_NUMBER, 0, 1},
      {"1e2", PI_NODE_NUMBER, 0, 100},
      {"-0.0", PI_NODE_NUMBER, 0, 0},
      {"-1e-400", PI_NODE_NUMBER, 0, 0},
      {"0.1", PI_NODE_NUMBER, 0, 0.1},
  };
  for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
    pi_tree tree = tree_of(ROWS[i].text, *state);
    const pi_node *node = root_of(&tree);
    if (node->kind != ROWS[i].kind) fail_msg("%s", ROWS[i].text);
    if (node->kind == PI_NODE_INTEGER) {
      assert_true(node->as.integer == ROWS[i].integer);
    } else {
      assert_memory_equal(&node->as.number, &ROWS[i].number, sizeof(double));
    }
  }
}

static void test_json_tree_sorts_keys_bytewise(void **state) {
  pi_tree tree =
      tree_of("{\"b\":1,\"\":2,\"aa\":3,\"a\":4,\"B\":5,\"\\u00e9\":6,\"a\\u0000\":7,\"\xF0\x9F\x98\x80\":8}",
              *state);
  static const struct {
    const char *key;
    size_t len;
    int64_t value;
  } ROWS[] = {{"", 0, 2},   {"B", 1, 5}, {"a", 1, 4},        {"a\0", 2, 7},
              {"aa", 2, 3}, {"b", 1, 1}, {"\xC3\xA9", 2, 6}, {"\xF0\x9F\x98\x80", 4, 8}};
  const pi_node *root = root_of(&tree);
  assert_int_equal(root->kind, PI_NODE_OBJECT);
  assert_int_equal(root->count, 8);
  for (uint32_t i = 0; i < 8; i++) {
    const pi_node *child = child_of(&tree, root, i);
    pi_slice key = {ROWS[i].key, ROWS[i].len};
    assert_true(pi_slice_equal(child->key, key));
    assert_true(child->as.integer == ROWS[i].value);
    assert_int_equal(pi_tree_find(&tree, pi_tree_root(&tree), key), root->as.first + i);
  }
  static const char *const ABSENT[] = {"A", "ab", "c", "aaa", "\xC3\xA8", "zzz"};
  for (size_t i = 0; i < sizeof ABSENT / sizeof ABSENT[0]; i++) {
    assert_int_equal(pi_tree_find(&tree, pi_tree_root(&tree), pi_slice_of(ABSENT[i])), UINT32_MAX);
  }
}

static void test_json_tree_drops_null_members_and_keeps_null_items(void **state) {
  pi_tree tree = tree_of("{\"a\":null,\"b\":[null,1,null],\"c\":{\"d\":null},\"e\":2}", *state);
  const pi_node *root = root_of(&tree);
  assert_int_equal(root->count, 3);
  const pi_node *items = child_of(&tree, root, 0);
  assert_int_equal(items->kind, PI_NODE_ARRAY);
  assert_int_equal(items->count, 3);
  assert_int_equal(child_of(&tree, items, 0)->kind, PI_NODE_NULL);
  assert_int_equal(child_of(&tree, items, 1)->as.integer, 1);
  assert_int_equal(child_of(&tree, items, 2)->kind, PI_NODE_NULL);
  const pi_node *inner = child_of(&tree, root, 1);
  assert_int_equal(inner->kind, PI_NODE_OBJECT);
  assert_int_equal(inner->count, 0);
  assert_int_equal(child_of(&tree, root, 2)->as.integer, 2);
  assert_int_equal(tree.count, 1 + 3 + 3);

  pubint_error error;
  assert_int_equal(code_of("{\"a\":null,\"a\":1}", *state, &error), PI_E_DUPLICATE_KEY);
  assert_int_equal(code_of("{\"a\":1,\"a\":null}", *state, &error), PI_E_DUPLICATE_KEY);
}

static void test_json_tree_keeps_children_together_and_the_root_last(void **state) {
  pi_tree tree = tree_of("[[1,[2,3],4],{\"x\":[5],\"a\":{\"b\":6}},[]]", *state);
  const pi_node *root = root_of(&tree);
  assert_int_equal(root->count, 3);
  const pi_node *first = child_of(&tree, root, 0);
  assert_int_equal(first->count, 3);
  assert_int_equal(child_of(&tree, first, 0)->as.integer, 1);
  assert_int_equal(child_of(&tree, child_of(&tree, first, 1), 1)->as.integer, 3);
  assert_int_equal(child_of(&tree, first, 2)->as.integer, 4);
  const pi_node *second = child_of(&tree, root, 1);
  assert_true(pi_slice_equal(child_of(&tree, second, 0)->key, PI_SLICE("a")));
  assert_int_equal(child_of(&tree, child_of(&tree, second, 0), 0)->as.integer, 6);
  assert_int_equal(child_of(&tree, child_of(&tree, second, 1), 0)->as.integer, 5);
  assert_int_equal(child_of(&tree, root, 2)->count, 0);
  assert_int_equal(tree.count, 13);
  assert_ptr_equal(root, tree.nodes + 12);
}

static void test_json_tree_strings_without_escapes_lie_in_the_text(void **state) {
  const char *text = "{\"key\":\"value\",\"k\\n\":\"v\\n\"}";
  pi_tree tree = tree_of(text, *state);
  const pi_node *root = root_of(&tree);
  assert_ptr_equal(child_of(&tree, root, 1)->key.ptr, text + 2);
  assert_ptr_equal(child_of(&tree, root, 1)->as.string.ptr, text + 8);
  const pi_node *escaped = child_of(&tree, root, 0);
  assert_true(pi_slice_equal(escaped->key, PI_SLICE("k\n")));
  assert_true(pi_slice_equal(escaped->as.string, PI_SLICE("v\n")));
  assert_true(escaped->as.string.ptr < text || escaped->as.string.ptr > text + strlen(text));
}

static void test_json_tree_of_a_value_within_another(void **state) {
  pi_json json;
  pi_slice key;
  pi_tree tree;
  bool more;
  pi_slice text = PI_SLICE("{\"before\":1, \"signals\" : {\"z\":[1,2]} , \"after\":2}");
  assert_int_equal(pi_json_init(&json, text, 1, *state, 24, NULL), PUBINT_OK);
  assert_int_equal(pi_json_enter_object(&json), PUBINT_OK);
  assert_int_equal(pi_json_next_key(&json, &key, NULL, &more), PUBINT_OK);
  assert_int_equal(pi_json_tree(&json, &WIDE, &tree), PUBINT_OK);
  assert_int_equal(tree.count, 1);
  assert_int_equal(pi_json_next_key(&json, &key, NULL, &more), PUBINT_OK);
  assert_int_equal(pi_json_tree(&json, &WIDE, &tree), PUBINT_OK);
  assert_int_equal(tree.count, 4);
  assert_int_equal(json.value - text.ptr, 25);
  assert_int_equal(root_of(&tree)->key.len, 0);
  assert_int_equal(pi_json_next_key(&json, &key, NULL, &more), PUBINT_OK);
  assert_true(pi_slice_equal(key, PI_SLICE("after")));
  assert_int_equal(pi_json_tree(&json, &WIDE, &tree), PUBINT_OK);
  assert_int_equal(pi_json_next_key(&json, &key, NULL, &more), PUBINT_OK);
  assert_false(more);
  assert_int_equal(pi_json_finish(&json), PUBINT_OK);
}

static void test_json_tree_is_bounded_in_bytes(void **state) {
  pubint_error error;
  pi_tree tree;
  /* 12 bytes as written, from { to }, whatever blanks are around it */
  pi_slice text = PI_SLICE("  {\"a\" :[12]}  ");
  pi_json_tree_limits limits = {11, 16, PI_E_SIGNALS_TOO_LARGE, PI_E_SIGNALS_TOO_DEEP};
  assert_int_equal(read_tree(text, *state, &limits, &tree, &error), PUBINT_OK);
  for (limits.bytes_max = 0; limits.bytes_max < 11; limits.bytes_max++) {
    assert_int_equal(read_tree(text, *state, &limits, &tree, &error), PUBINT_E_INPUT);
    assert_int_equal(error.code, PI_E_SIGNALS_TOO_LARGE);
    assert_int_equal(error.column, 3);
    assert_string_equal(error.path, "");
  }
  assert_string_equal(error.expected, "at most 10 bytes");
  limits.bytes_max = 4;
  assert_int_equal(read_tree(PI_SLICE("\"abc\""), *state, &limits, &tree, &error), PUBINT_E_INPUT);
  limits.bytes_max = 5;
  assert_int_equal(read_tree(PI_SLICE("\"abc\""), *state, &limits, &tree, &error), PUBINT_OK);
}

static void test_json_tree_is_bounded_in_depth(void **state) {
  static const struct {
    const char *text;
    unsigned column;
    const char *path, *found;
  } ROWS[] = {
      {"[[[1]]]", 3, "/0/0", "an array"},
      {"{\"a\":{\"b\":[]}}", 11, "/a/b", "an array"},
      {"[1,[2,{}]]", 7, "/1/1", "an object"},
  };
  pubint_error error;
  pi_tree tree;
  for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
    pi_json_tree_limits limits = {1000, 3, PI_E_SIGNALS_TOO_LARGE, PI_E_SIGNALS_TOO_DEEP};
    assert_int_equal(read_tree(pi_slice_of(ROWS[i].text), *state, &limits, &tree, &error), PUBINT_OK);
    limits.depth_max = 2;
    assert_int_equal(read_tree(pi_slice_of(ROWS[i].text), *state, &limits, &tree, &error), PUBINT_E_INPUT);
    assert_int_equal(error.code, PI_E_SIGNALS_TOO_DEEP);
    assert_int_equal(error.column, ROWS[i].column);
    assert_string_equal(error.path, ROWS[i].path);
    assert_string_equal(error.found, ROWS[i].found);
    assert_string_equal(error.expected, "at most 2 levels");
  }
}

static void test_json_tree_names_the_repeat_that_comes_first(void **state) {
  static const struct {
    const char *text;
    unsigned line, column;
    const char *path, *message;
  } ROWS[] = {
      {"{\"a\":1,\"a\":2}", 1, 8, "/a", "the same key twice in one object, first at line 1, column 2"},
      {"{\"a\":1,\n \"b\":2,\n \"b\":3,\"a\":4}", 3, 2, "/b",
       "the same key twice in one object, first at line 2, column 2"},
      {"{\"a\":1,\"b\":2,\"c\":3,\"c\":4,\"b\":5,\"a\":6}", 1, 20, "/c",
       "the same key twice in one object, first at line 1, column 14"},
      {"{\"a\":1,\"a\":2,\"a\":3}", 1, 8, "/a",
       "the same key twice in one object, first at line 1, column 2"},
      /* one key, spelt in two ways */
      {"{\"a\":1,\"\\u0061\":2}", 1, 8, "/a", "the same key twice in one object, first at line 1, column 2"},
      {"{\"\\u00e9\":1,\"\xC3\xA9\":2}", 1, 13, "/\xC3\xA9",
       "the same key twice in one object, first at line 1, column 2"},
      {"{\"\":1,\"\":2}", 1, 7, "/", "the same key twice in one object, first at line 1, column 2"},
      {"[0,{\"x/y\":[{\"a~\":1,\"a~\":2}]}]", 1, 20, "/1/x~1y/0/a~0",
       "the same key twice in one object, first at line 1, column 13"},
      /* the inner object ends first, yet the outer repeat stands before it */
      {"{\"a\":1,\"a\":{\"b\":1,\"b\":2}}", 1, 8, "/a",
       "the same key twice in one object, first at line 1, column 2"},
      {"{\"a\":{\"b\":1,\"b\":2},\"a\":1}", 1, 13, "/a/b",
       "the same key twice in one object, first at line 1, column 7"},
      /* a repeat before another fault is the first fault */
      {"{\"a\":1,\"a\":[tru]}", 1, 8, "/a", "the same key twice in one object, first at line 1, column 2"},
      {"{\"x\":{\"a\":1,\"a\":2", 1, 13, "/x/a",
       "the same key twice in one object, first at line 1, column 7"},
  };
  pubint_error error;
  for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
    if (code_of(ROWS[i].text, *state, &error) != PI_E_DUPLICATE_KEY) fail_msg("%s", ROWS[i].text);
    assert_int_equal(error.line, ROWS[i].line);
    assert_int_equal(error.column, ROWS[i].column);
    assert_string_equal(error.path, ROWS[i].path);
    assert_string_equal(error.message, ROWS[i].message);
    assert_string_equal(error.expected, "each key once");
    pubint_error checked;
    assert_int_equal(pi_json_check(pi_slice_of(ROWS[i].text), *state, 64, &checked), PUBINT_E_INPUT);
    assert_int_equal(checked.column, ROWS[i].column);
    assert_string_equal(checked.path, ROWS[i].path);
  }
  code_of("{\"a\":1,\"\\u0061\":2}", *state, &error);
  assert_string_equal(error.found, "\"\\u0061\"");
}

static void test_json_tree_takes_one_key_in_several_objects(void **state) {
  pubint_error error;
  assert_int_equal(
      code_of("{\"a\":{\"a\":{\"a\":1}},\"b\":{\"a\":1},\"c\":[{\"a\":1},{\"a\":2}]}", *state, &error), 0);
  /* alike in length, first, middle and last byte */
  assert_int_equal(code_of("{\"abcde\":1,\"axcye\":2,\"ABCDE\":3}", *state, &error), 0);
}

static size_t write_keys(char *out, size_t keys, size_t width, size_t repeat) {
  size_t len = 0;
  out[len++] = '{';
  for (size_t i = 0; i < keys; i++) {
    size_t number = i == keys - 1 && repeat < keys ? repeat : i * 7919 % keys; /* not in order */
    len += (size_t)snprintf(out + len, 40, "%s\"k%0*zu\":0", i > 0 ? "," : "", (int)width, number);
  }
  out[len++] = '}';
  return len;
}

/* Sizes around where another way of comparing is chosen. */
static void test_json_tree_finds_repeats_in_objects_of_any_size(void **state) {
  static const size_t SIZES[] = {2, 3, 11, 12, 13, 14, 31, 32, 33, 47, 48, 49, 50, 64, 65, 100, 997, 5003};
  char *text = malloc(5003 * 16);
  assert_non_null(text);
  for (size_t i = 0; i < sizeof SIZES / sizeof SIZES[0]; i++) {
    pubint_error error;
    pi_tree tree;
    size_t keys = SIZES[i];
    pi_arena_reset(*state);
    size_t len = write_keys(text, keys, 4, SIZE_MAX);
    assert_int_equal(pi_json_check((pi_slice){text, len}, *state, 64, &error), PUBINT_OK);
    assert_int_equal(read_tree((pi_slice){text, len}, *state, &WIDE, &tree, &error), PUBINT_OK);
    assert_int_equal(tree.count, keys + 1);
    for (uint32_t j = 1; j < keys; j++)
      assert_true(pi_slice_compare(tree.nodes[j - 1].key, tree.nodes[j].key) < 0);
    size_t repeat = (keys - 1) * 7919 % keys == 0 ? 1 : 0;
    len = write_keys(text, keys, 4, repeat);
    assert_int_equal(pi_json_check((pi_slice){text, len}, *state, 64, &error), PUBINT_E_INPUT);
    assert_int_equal(error.code, PI_E_DUPLICATE_KEY);
    assert_int_equal(error.column, len - 9); /* the last key: 7 bytes with its quotes, then :0} */
    assert_int_equal(read_tree((pi_slice){text, len}, *state, &WIDE, &tree, &error), PUBINT_E_INPUT);
    assert_int_equal(error.code, PI_E_DUPLICATE_KEY);
  }
  free(text);
}

/* Were keys compared each with each, these mebibytes would hang the test. */
static void test_json_tree_of_a_mebibyte_of_keys(void **state) {
  enum { KEYS = 70000 };
  char *text = malloc((size_t)KEYS * 40);
  assert_non_null(text);
  static const size_t WIDTHS[] = {5, 25}; /* the longer ones are alike in length and where a tag looks */
  for (size_t i = 0; i < 2; i++) {
    pubint_error error;
    pi_tree tree;
    pi_arena_reset(*state);
    size_t len = write_keys(text, KEYS, WIDTHS[i], SIZE_MAX);
    assert_int_equal(read_tree((pi_slice){text, len}, *state, &WIDE, &tree, &error), PUBINT_OK);
    assert_int_equal(tree.count, KEYS + 1);
    assert_int_equal(pi_json_check((pi_slice){text, len}, *state, 64, &error), PUBINT_OK);
    len = write_keys(text, KEYS, WIDTHS[i], 0);
    assert_int_equal(pi_json_check((pi_slice){text, len}, *state, 64, &error), PUBINT_E_INPUT);
    assert_int_equal(error.code, PI_E_DUPLICATE_KEY);
  }
  free(text);
}

/* Each allocation fails once: the error is that of the machine, and nothing is lost. */
static void test_json_tree_survives_every_failing_allocation(void **state) {
  (void)state;
  static const char TEXT[] =
      "{\"a\\n\":[1,2,3,[4,[5]]],\"b\":{\"c\":\"x\\ty\",\"d\":{\"e\":null}},\"f\":[],"
      "\"0\":0,\"1\":0,\"2\":0,\"3\":0,\"4\":0,\"5\":0,\"6\":0,\"7\":0,\"8\":0,\"9\":0,\"10\":0,\"11\":0,"
      "\"12\":0,\"13\":0,\"14\":0,\"15\":0,\"16\":0,\"17\":0,\"18\":0,\"19\":0,\"20\":0,\"21\":0,\"22\":0,"
      "\"23\":0,\"24\":0,\"25\":0,\"26\":0,\"27\":0,\"28\":0,\"29\":0,\"30\":0,\"31\":0,\"32\":0,\"33\":0}";
  size_t failures = 0;
  for (size_t max = 0;; max += 16) {
    pi_arena arena;
    pi_tree tree = {0};
    pubint_error error;
    pi_arena_init(&arena, 64, max);
    pubint_status status = read_tree(pi_slice_of(TEXT), &arena, &WIDE, &tree, &error);
    pi_arena_dispose(&arena);
    if (status == PUBINT_OK) break;
    assert_int_equal(status, PUBINT_E_SYSTEM);
    assert_int_equal(error.code, PI_E_NO_MEMORY);
    assert_int_equal(error.status, PUBINT_E_SYSTEM);
    assert_int_equal(tree.count, 0);
    failures++;
  }
  assert_true(failures > 100);
  failures = 0;
  for (size_t max = 0;; max += 16) {
    pi_arena arena;
    pubint_error error;
    pi_arena_init(&arena, 64, max);
    pubint_status status = pi_json_check(pi_slice_of(TEXT), &arena, 64, &error);
    pi_arena_dispose(&arena);
    if (status == PUBINT_OK) break;
    assert_int_equal(status, PUBINT_E_SYSTEM);
    assert_int_equal(error.code, PI_E_NO_MEMORY);
    failures++;
  }
  assert_true(failures > 10);
}

int main(int argc, char **argv) {
#define TREE_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      TREE_TEST(test_json_tree_reads_scalars),
      TREE_TEST(test_json_tree_tells_integers_from_other_numbers),
      TREE_TEST(test_json_tree_sorts_keys_bytewise),
      TREE_TEST(test_json_tree_drops_null_members_and_keeps_null_items),
      TREE_TEST(test_json_tree_keeps_children_together_and_the_root_last),
      TREE_TEST(test_json_tree_strings_without_escapes_lie_in_the_text),
      TREE_TEST(test_json_tree_of_a_value_within_another),
      TREE_TEST(test_json_tree_is_bounded_in_bytes),
      TREE_TEST(test_json_tree_is_bounded_in_depth),
      TREE_TEST(test_json_tree_names_the_repeat_that_comes_first),
      TREE_TEST(test_json_tree_takes_one_key_in_several_objects),
      TREE_TEST(test_json_tree_finds_repeats_in_objects_of_any_size),
      TREE_TEST(test_json_tree_of_a_mebibyte_of_keys),
      TREE_TEST(test_json_tree_survives_every_failing_allocation),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
