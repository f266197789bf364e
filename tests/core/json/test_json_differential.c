/* The reader beside jansson, which was written by others: on the same texts, good and bad, both take or
 * refuse, and what both take has the same value to the last bit. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "errors.h"
#include "files.h"
#include "json_read.h"
#include "mutate.h"
#include "test.h"

enum { INPUTS = 150000, TEXT_MAX = 1 << 20, SEEDS_MAX = 2000 };

#define SHARED PI_SOURCE_DIR "/../shared/data/"

static const char *const OWN_SEEDS[] = {
    "{\"v\":1,\"id\":\"c-1\",\"tweet\":{\"id\":\"1266231100780744704\",\"text\":\"Some text, “quoted” "
    "😀\",\"lang\":\"en\"},"
    "\"account\":{\"followers_count\":80000000,\"verified\":true,\"office\":{\"status\":\"holder\","
    "\"country\":\"US\"}},"
    "\"violations\":[{\"rule\":\"violence\",\"kind\":\"threat\"}],\"context\":{\"public_debate\":0.8,\"call_"
    "to_protest\":1}}",
    "{\"id\":\"c-2\",\"violations\":[{\"rule\":\"private_information\",\"spans\":[{\"start\":10,\"end\":22}]}"
    "],"
    "\"context\":{\"signals\":{\"days\":3,\"list\":[1,2.5,-3e2,null,true],\"note\":\"\\u00e9\\n\"}}}",
    "[[],{},[[1]],{\"a\":{\"b\":{\"c\":[0.1,0.2]}}},\"text\",12,null]",
    "{\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":5,\"f\":6,\"g\":7,\"h\":8,\"i\":9,\"j\":10,\"k\":11,\"l\":12,"
    "\"m\":13,\"n\":14}",
};

typedef struct figures {
  size_t taken, refused;
  size_t big_integers; /* texts in which jansson refused an integer beyond 64 bits */
  size_t zero_keys, too_deep, zero_bytes;
  size_t wrong;
} figures;

/* --- the values compared --- */

static bool same_value(const pi_tree *tree, const pi_node *ours, json_t *theirs);

static bool same_array(const pi_tree *tree, const pi_node *ours, json_t *theirs) {
  if (!json_is_array(theirs) || json_array_size(theirs) != ours->count) return false;
  for (uint32_t i = 0; i < ours->count; i++) {
    if (!same_value(tree, &tree->nodes[ours->as.first + i], json_array_get(theirs, i))) return false;
  }
  return true;
}

/* A null member is none with us: so many must be left over there. */
static bool same_object(const pi_tree *tree, const pi_node *ours, json_t *theirs) {
  if (!json_is_object(theirs)) return false;
  size_t present = 0;
  const char *name;
  json_t *member;
  json_object_foreach(theirs, name, member) present += !json_is_null(member);
  if (present != ours->count) return false;
  for (uint32_t i = 0; i < ours->count; i++) {
    const pi_node *child = &tree->nodes[ours->as.first + i];
    json_t *other = json_object_getn(theirs, child->key.ptr, child->key.len);
    if (other == NULL || !same_value(tree, child, other)) return false;
  }
  return true;
}

static bool same_value(const pi_tree *tree, const pi_node *ours, json_t *theirs) {
  switch (ours->kind) {
  case PI_NODE_NULL: return json_is_null(theirs);
  case PI_NODE_BOOLEAN: return ours->as.boolean ? json_is_true(theirs) : json_is_false(theirs);
  case PI_NODE_INTEGER: return json_is_integer(theirs) && json_integer_value(theirs) == ours->as.integer;
  case PI_NODE_NUMBER: {
    /* -0.0 is 0 with us; == holds of both, and of no two others that differ in a bit. */
    return json_is_real(theirs) && json_real_value(theirs) == ours->as.number;
  }
  case PI_NODE_STRING:
    return json_is_string(theirs) && json_string_length(theirs) == ours->as.string.len &&
           (ours->as.string.len == 0 ||
            memcmp(json_string_value(theirs), ours->as.string.ptr, ours->as.string.len) == 0);
  case PI_NODE_ARRAY: return same_array(tree, ours, theirs);
  case PI_NODE_OBJECT: return same_object(tree, ours, theirs);
  }
  return false;
}

/* --- both readers, and where they differ by what is known of them --- */

static pubint_status read_ours(pi_slice text, pi_arena *arena, pi_tree *tree, pubint_error *error) {
  static const pi_json_tree_limits LIMITS = {TEXT_MAX, PI_JSON_DEPTH_MAX, PI_E_SIGNALS_TOO_LARGE,
                                             PI_E_TOO_DEEP};
  pi_json json;
  pubint_status status = pi_json_init(&json, text, 1, arena, PI_JSON_DEPTH_MAX, error);
  if (status == PUBINT_OK) status = pi_json_tree(&json, &LIMITS, tree);
  return status == PUBINT_OK ? pi_json_finish(&json) : status;
}

static json_t *read_theirs(const pi_buffer *text, json_error_t *error) {
  return json_loadb(text->data, text->len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL, error);
}

/* Difference 1: jansson refuses an integer beyond 64 bits, for us it is a double. It is given ".0" at its
 * end, where jansson stopped, and is a double there too; everything else stays compared. */
static bool mend_big_integer(pi_buffer *text, const json_error_t *error) {
  if (json_error_code(error) != json_error_numeric_overflow || strstr(error->text, "too big") == NULL)
    return false;
  size_t at = (size_t)error->position;
  /* Behind a NUL that it passed over (difference 4) its place is short by a byte. */
  while (at < text->len && text->data[at] >= '0' && text->data[at] <= '9') at++;
  assert_true(at > 0 && at <= text->len && text->data[at - 1] >= '0' && text->data[at - 1] <= '9');
  pi_buffer_append(text, "\0", 2);
  memmove(text->data + at + 2, text->data + at, text->len - 2 - at);
  memcpy(text->data + at, ".0", 2);
  return true;
}

/* Difference 2: jansson takes no key that holds U+0000. Only where it says so, and where there is one. */
static bool is_zero_key(pi_slice text, const json_error_t *error) {
  if (json_error_code(error) != json_error_null_byte_in_key) return false;
  for (size_t i = 0; i + 6 <= text.len; i++) {
    if (memcmp(text.ptr + i, "\\u0000", 6) == 0) return true;
  }
  return false;
}

/* Difference 3: jansson nests 2048 deep, we 64. Only where brackets outside of strings do. */
static bool is_too_deep(pi_slice text, const pubint_error *error) {
  size_t depth = 0;
  size_t deepest = 0;
  bool string = false;
  for (size_t i = 0; i < text.len; i++) {
    char byte = text.ptr[i];
    if (string) {
      if (byte == '\\') i++;
      if (byte == '"') string = false;
    } else if (byte == '"') {
      string = true;
    } else if (byte == '[' || byte == '{') {
      depth++;
    } else if ((byte == ']' || byte == '}') && depth > 0) {
      depth--;
    }
    if (depth > deepest) deepest = depth;
  }
  return error->code == PI_E_TOO_DEEP && deepest > PI_JSON_DEPTH_MAX;
}

/* Difference 4: jansson passes over a NUL that stands right behind a number or a word, since its reader takes
 * it for an empty place when it puts it back. Where that is what we refuse, we read on without it, and
 * *text is the text without it. */
static bool skip_zero_byte(pi_slice *text, const pubint_error *error, pi_arena *arena) {
  const char *at = text->ptr;
  for (uint64_t line = 1; line < error->line; line++) at = (const char *)memchr(at, '\n', text->len) + 1;
  at += error->column - 1;
  const char *end = text->ptr + text->len;
  if (at == text->ptr || at == end || *at != '\0') return false;
  if (strchr("0123456789aelrstufn", at[-1]) == NULL) return false;
  size_t before = (size_t)(at - text->ptr);
  char *shorter = pi_arena_alloc(arena, text->len);
  assert_non_null(shorter);
  memcpy(shorter, text->ptr, before);
  memcpy(shorter + before, at + 1, text->len - before - 1);
  *text = (pi_slice){shorter, text->len - 1};
  return true;
}

static void report(pi_slice text, const char *what, const pubint_error *ours, const json_error_t *theirs) {
  print_error("%s: ours E%04u at %llu:%llu, theirs %s\n  %.*s\n", what, ours->code,
              (unsigned long long)ours->line, (unsigned long long)ours->column, theirs->text, (int)text.len,
              text.ptr);
}

static void compare(pi_slice text, pi_buffer *copy, pi_arena *arena, figures *count) {
  pubint_error ours;
  json_error_t theirs;
  pi_tree tree = {0};
  pi_arena_reset(arena);
  bool taken = read_ours(text, arena, &tree, &ours) == PUBINT_OK;
  pubint_error checked;
  if ((pi_json_check(text, arena, PI_JSON_DEPTH_MAX, &checked) == PUBINT_OK) != taken) {
    count->wrong++;
    report(text, "checking and reading differ", &ours, &theirs);
    return;
  }
  pi_buffer_reset(copy);
  pi_buffer_slice(copy, text);
  json_t *value = read_theirs(copy, &theirs);
  bool big = false;
  while (value == NULL && mend_big_integer(copy, &theirs)) {
    big = true;
    value = read_theirs(copy, &theirs);
  }
  count->big_integers += big;
  assert_false(copy->failed);
  bool zero = false;
  while (!taken && value != NULL && skip_zero_byte(&text, &ours, arena)) {
    zero = true;
    taken = read_ours(text, arena, &tree, &ours) == PUBINT_OK;
  }
  count->zero_bytes += zero;
  if (taken && value != NULL) {
    count->taken++;
    if (!same_value(&tree, &tree.nodes[pi_tree_root(&tree)], value)) {
      count->wrong++;
      report(text, "the values differ", &ours, &theirs);
    }
  } else if (!taken && value == NULL) {
    count->refused++;
  } else if (taken && is_zero_key(text, &theirs)) {
    count->zero_keys++;
  } else if (!taken && is_too_deep(text, &ours)) {
    count->too_deep++;
  } else {
    count->wrong++;
    report(text, taken ? "only we take" : "only they take", &ours, &theirs);
  }
  json_decref(value);
}

/* --- the texts --- */

/* Adds the lines of a file to `lines`, as far as there is room; the text is the caller's to free. */
static char *read_lines(const char *path, pi_slice *lines, size_t *count) {
  size_t size;
  char *text = files_read(path, &size);
  if (text == NULL) {
    print_message("%s is not here: its lines are not among the texts\n", path);
    return NULL;
  }
  const char *end = text + size;
  for (const char *p = text; p < end && *count < SEEDS_MAX; p++) {
    const char *newline = memchr(p, '\n', (size_t)(end - p));
    const char *line_end = newline != NULL ? newline : end;
    if (line_end > p) lines[(*count)++] = (pi_slice){p, (size_t)(line_end - p)};
    p = line_end;
  }
  return text;
}

static void test_json_differential_agrees_with_jansson(void **state) {
  (void)state;
  static pi_slice seeds[SEEDS_MAX];
  size_t seeds_count = 0;
  for (size_t i = 0; i < sizeof OWN_SEEDS / sizeof OWN_SEEDS[0]; i++)
    seeds[seeds_count++] = pi_slice_of(OWN_SEEDS[i]);
  char *documented = read_lines(SHARED "documented_cases.jsonl", seeds, &seeds_count);
  char *real = read_lines(SHARED "real_text_cases.jsonl", seeds, &seeds_count);

  mutator texts = {.seed = 20200529, .texts = seeds, .texts_count = seeds_count};
  figures count = {0};
  pi_arena arena;
  pi_buffer text;
  pi_buffer copy;
  pi_arena_init(&arena, 256 << 10, 256 << 20);
  pi_buffer_init(&text, TEXT_MAX);
  pi_buffer_init(&copy, 2 * TEXT_MAX);
  for (size_t i = 0; i < INPUTS && count.wrong < 20; i++) {
    mutate_next(&texts, &text);
    assert_false(text.failed);
    compare((pi_slice){text.data, text.len}, &copy, &arena, &count);
  }
  print_message("%d texts from %zu seeds: both take %zu with equal values, both refuse %zu; %zu wrong\n",
                INPUTS, seeds_count, count.taken, count.refused, count.wrong);
  print_message(
      "known differences: %zu with an integer beyond 64 bits, %zu with U+0000 in a key, %zu with a NUL "
      "behind a number or word, %zu too deep\n",
      count.big_integers, count.zero_keys, count.zero_bytes, count.too_deep);
  assert_int_equal(count.wrong, 0);
  assert_int_equal(count.taken + count.refused + count.zero_keys + count.too_deep, INPUTS);
  assert_true(count.taken >= INPUTS * 3 / 10);
  assert_true(count.refused >= INPUTS * 2 / 10);
  assert_true(count.big_integers > 100); /* the mending was needed and works */
  pi_buffer_dispose(&text);
  pi_buffer_dispose(&copy);
  pi_arena_dispose(&arena);
  free(documented);
  free(real);
}

/* The known differences, each once, and what is near to them. */
static void test_json_differential_knows_what_differs(void **state) {
  (void)state;
  char deep[2 * 65];
  memset(deep, '[', 65);
  memset(deep + 65, ']', 65);
  pi_arena arena;
  pi_buffer copy;
  figures count = {0};
  pi_arena_init(&arena, 4096, 1 << 20);
  pi_buffer_init(&copy, 4096);
  compare(PI_SLICE("[9223372036854775808,-9223372036854775809,1]"), &copy, &arena, &count);
  assert_int_equal(count.big_integers, 1);
  assert_int_equal(count.taken, 1);
  compare(PI_SLICE("{\"a\\u0000\":1}"), &copy, &arena, &count);
  assert_int_equal(count.zero_keys, 1);
  compare((pi_slice){deep, sizeof deep}, &copy, &arena, &count);
  assert_int_equal(count.too_deep, 1);
  compare(PI_SLICE("[1\0,true\0,92233720368547758080]"), &copy, &arena, &count);
  assert_int_equal(count.zero_bytes, 1);
  assert_int_equal(count.taken, 2);
  compare((pi_slice){deep + 1, sizeof deep - 2}, &copy, &arena, &count);
  compare(PI_SLICE("[-0,-0.0,1e-400,\"\\u0000\"]"), &copy, &arena, &count);
  assert_int_equal(count.taken, 4);
  compare(PI_SLICE("1e400"), &copy, &arena, &count);
  compare(PI_SLICE("{\"a\":1,\"\\u0061\":2}"), &copy, &arena, &count);
  assert_int_equal(count.refused, 2);
  assert_int_equal(count.wrong, 0);
  pi_buffer_dispose(&copy);
  pi_arena_dispose(&arena);
}

/* A comparison that notices nothing would agree with anything. */
static void test_json_differential_notices_a_difference(void **state) {
  (void)state;
  static const struct {
    const char *ours, *theirs;
    bool same;
  } ROWS[] = {
      {"[1,2.5,\"a\",null,true,{\"k\":[]}]", "[1,2.5,\"a\",null,true,{\"k\":[]}]", true},
      {"{\"a\":1,\"b\":null}", "{\"b\":null,\"a\":1}", true},
      {"{\"a\":1,\"b\":null}", "{\"a\":1}", true},
      {"1", "2", false},
      {"1", "1.0", false},
      {"1.5", "1.5000000000000002", false},
      {"\"a\"", "\"b\"", false},
      {"\"a\"", "\"a\\u0000\"", false},
      {"true", "false", false},
      {"null", "false", false},
      {"[]", "{}", false},
      {"[1,2]", "[2,1]", false},
      {"[1]", "[1,null]", false},
      {"{\"a\":1}", "{\"b\":1}", false},
      {"{\"a\":1}", "{\"a\":1,\"b\":2}", false},
      {"{\"a\":1,\"b\":2}", "{\"a\":1}", false},
      {"{\"a\":{\"b\":[1,{\"c\":2}]}}", "{\"a\":{\"b\":[1,{\"c\":3}]}}", false},
  };
  for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
    pi_arena arena;
    pi_tree tree = {0};
    pubint_error error;
    pi_arena_init(&arena, 4096, 1 << 20);
    assert_int_equal(read_ours(pi_slice_of(ROWS[i].ours), &arena, &tree, &error), PUBINT_OK);
    json_t *value = json_loads(ROWS[i].theirs, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    assert_non_null(value);
    assert_int_equal(same_value(&tree, &tree.nodes[pi_tree_root(&tree)], value), ROWS[i].same);
    json_decref(value);
    pi_arena_dispose(&arena);
  }
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_json_differential_agrees_with_jansson),
      cmocka_unit_test(test_json_differential_knows_what_differs),
      cmocka_unit_test(test_json_differential_notices_a_difference),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
