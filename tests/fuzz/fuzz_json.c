/* The JSON reader on any bytes: it neither crashes nor reads astray, checking and reading agree, a tree has
 * the shape that tree.h promises, what is written from it reads back as the same tree, and a number's exact
 * forms agree with its double. */
#include <float.h>
#include <string.h>

#include "errors.h"
#include "fuzz_target.h"
#include "json_read.h"
#include "json_write.h"
#include "utf8.h"

enum { DEPTH = 64, TEXT_MAX = 16 << 20 };

static void check_container(const pi_tree *tree, uint32_t place, uint32_t *seen) {
  const pi_node *node = &tree->nodes[place];
  /* Containers are written innermost first, each after all its children. */
  FUZZ_CHECK(node->as.first + node->count <= place);
  *seen += node->count;
  for (uint32_t i = node->as.first; i < node->as.first + node->count; i++) {
    const pi_node *child = &tree->nodes[i];
    if (node->kind == PI_NODE_ARRAY) {
      FUZZ_CHECK(child->key.len == 0);
      continue;
    }
    FUZZ_CHECK(child->kind != PI_NODE_NULL);
    if (i > node->as.first) FUZZ_CHECK(pi_slice_compare(child[-1].key, child->key) < 0);
    FUZZ_CHECK(pi_utf8_check(child->key) == child->key.ptr + child->key.len);
    FUZZ_CHECK(pi_tree_find(tree, place, child->key) == i);
  }
}

static void check_shape(const pi_tree *tree) {
  uint32_t seen = 1;
  for (uint32_t i = 0; i < tree->count; i++) {
    const pi_node *node = &tree->nodes[i];
    if (node->kind == PI_NODE_OBJECT || node->kind == PI_NODE_ARRAY) {
      check_container(tree, i, &seen);
    } else if (node->kind == PI_NODE_STRING) {
      FUZZ_CHECK(pi_utf8_check(node->as.string) == node->as.string.ptr + node->as.string.len);
    } else if (node->kind == PI_NODE_NUMBER) {
      double number = node->as.number;
      FUZZ_CHECK(number >= -DBL_MAX && number <= DBL_MAX);
      double zero = 0;
      if (number == 0) FUZZ_CHECK(memcmp(&number, &zero, sizeof zero) == 0);
    }
  }
  FUZZ_CHECK(seen == tree->count);
}

static void write_node(pi_buffer *out, const pi_tree *tree, const pi_node *node) {
  char number[40];
  bool object = node->kind == PI_NODE_OBJECT;
  switch (node->kind) {
  case PI_NODE_BOOLEAN: pi_buffer_text(out, node->as.boolean ? "true" : "false"); break;
  case PI_NODE_INTEGER: pi_json_write_decimal(out, node->as.integer, 0); break;
  case PI_NODE_NUMBER:
    snprintf(number, sizeof number, "%.17e",
             node->as.number); /* the exponent keeps it from being an integer */
    pi_buffer_text(out, number);
    break;
  case PI_NODE_STRING: pi_json_write_string(out, node->as.string); break;
  case PI_NODE_NULL: pi_buffer_text(out, "null"); break;
  case PI_NODE_ARRAY:
  case PI_NODE_OBJECT:
    pi_buffer_byte(out, object ? '{' : '[');
    for (uint32_t i = 0; i < node->count; i++) {
      const pi_node *child = &tree->nodes[node->as.first + i];
      if (i > 0) pi_buffer_byte(out, ',');
      if (object) {
        pi_json_write_string(out, child->key);
        pi_buffer_byte(out, ':');
      }
      write_node(out, tree, child);
    }
    pi_buffer_byte(out, object ? '}' : ']');
    break;
  }
}

static pubint_status read_tree(pi_slice text, pi_arena *arena, pi_tree *tree, pubint_error *error) {
  static const pi_json_tree_limits LIMITS = {TEXT_MAX, DEPTH, PI_E_SIGNALS_TOO_LARGE, PI_E_SIGNALS_TOO_DEEP};
  pi_json json;
  pubint_status status = pi_json_init(&json, text, 1, arena, DEPTH, error);
  if (status == PUBINT_OK) status = pi_json_tree(&json, &LIMITS, tree);
  return status == PUBINT_OK ? pi_json_finish(&json) : status;
}

static void check_same_error(const pubint_error *a, const pubint_error *b) {
  /* Nesting beyond both bounds is told as that of the tree. */
  bool deep = a->code == PI_E_TOO_DEEP && b->code == PI_E_SIGNALS_TOO_DEEP;
  FUZZ_CHECK(a->code == b->code || deep);
  FUZZ_CHECK(a->line == b->line && a->column == b->column && strcmp(a->path, b->path) == 0);
}

static void check_error(const pubint_error *error, pi_slice text) {
  static const char *const NAMES[] = {"path", "message", "found", "expected", "hint"};
  const char *fields[] = {error->path, error->message, error->found, error->expected, error->hint};
  for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
    pi_slice field = pi_slice_of(fields[i]);
    FUZZ_CHECK(NAMES[i] != NULL && pi_utf8_check(field) == field.ptr + field.len);
  }
  const pi_error_row *row = pi_error_find(error->code);
  FUZZ_CHECK(row != NULL && row->status == PUBINT_E_INPUT && error->status == PUBINT_E_INPUT);
  FUZZ_CHECK(error->line >= 1 && error->column >= 1 && error->column <= text.len + 1);
  FUZZ_CHECK(error->message[0] != '\0' && error->found[0] != '\0');
  char shown[4096];
  FUZZ_CHECK(pubint_error_format(error, shown, sizeof shown) < sizeof shown);
  FUZZ_CHECK(pi_utf8_check(pi_slice_of(shown)) == shown + strlen(shown));
}

static void check_written(const pi_tree *tree, pi_arena *arena) {
  pi_buffer first;
  pi_buffer second;
  pi_buffer_init(&first, TEXT_MAX);
  pi_buffer_init(&second, TEXT_MAX);
  write_node(&first, tree, &tree->nodes[pi_tree_root(tree)]);
  FUZZ_CHECK(!first.failed);
  pi_tree again;
  pubint_error error;
  FUZZ_CHECK(read_tree((pi_slice){first.data, first.len}, arena, &again, &error) == PUBINT_OK);
  FUZZ_CHECK(again.count == tree->count);
  write_node(&second, &again, &again.nodes[pi_tree_root(&again)]);
  FUZZ_CHECK(first.len == second.len && memcmp(first.data, second.data, first.len) == 0);
  pi_buffer_dispose(&first);
  pi_buffer_dispose(&second);
}

static void check_number(pi_json *json) {
  pi_json_number number;
  double value;
  int64_t whole;
  int32_t micro;
  FUZZ_CHECK(pi_json_number_text(json, &number) == PUBINT_OK);
  FUZZ_CHECK(pi_json_number_double(&number, &value) && value >= -DBL_MAX && value <= DBL_MAX);
  if (pi_json_number_unsigned(&number, INT64_MAX, &whole)) FUZZ_CHECK(whole >= 0 && value == (double)whole);
  if (pi_json_number_micro(&number, &micro)) {
    double off = value - micro / 1e6;
    FUZZ_CHECK(micro >= 0 && micro <= PI_MICRO && off >= -0.5000001e-6 && off <= 0.5000001e-6);
  } else {
    FUZZ_CHECK(value <= 0 || value >= 1); /* 0 and 1 are what is too near to them for a double */
  }
}

/* The value once more, as a caller pulls it. */
static void check_pulled(pi_json *json) {
  char described[64];
  pi_slice text;
  bool more = true;
  pi_json_kind kind = pi_json_peek(json);
  pi_json_describe(json, described, sizeof described);
  FUZZ_CHECK(described[0] != '\0' && pi_utf8_check(pi_slice_of(described)) == described + strlen(described));
  switch (kind) {
  case PI_JSON_OBJECT:
    FUZZ_CHECK(pi_json_enter_object(json) == PUBINT_OK);
    while (pi_json_next_key(json, &text, NULL, &more) == PUBINT_OK && more) check_pulled(json);
    break;
  case PI_JSON_ARRAY:
    FUZZ_CHECK(pi_json_enter_array(json) == PUBINT_OK);
    while (pi_json_next_item(json, &more) == PUBINT_OK && more) check_pulled(json);
    break;
  case PI_JSON_STRING: FUZZ_CHECK(pi_json_string(json, &text) == PUBINT_OK); return;
  case PI_JSON_NUMBER: check_number(json); return;
  case PI_JSON_TRUE:
  case PI_JSON_FALSE:
  case PI_JSON_NULL: FUZZ_CHECK(pi_json_literal(json) == PUBINT_OK); return;
  case PI_JSON_BAD: break;
  }
  FUZZ_CHECK(!more);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  pi_slice text = {(const char *)data, size};
  pi_arena arena;
  pi_arena_init(&arena, 16 << 10, SIZE_MAX);
  pubint_error checked;
  pubint_error read;
  pi_tree tree;
  pubint_status status = pi_json_check(text, &arena, DEPTH, &checked);
  FUZZ_CHECK(status == read_tree(text, &arena, &tree, &read));
  FUZZ_CHECK(status == pi_json_check(text, &arena, DEPTH, NULL));
  if (status == PUBINT_OK) {
    check_shape(&tree);
    check_written(&tree, &arena);
    pi_json json;
    FUZZ_CHECK(pi_json_init(&json, text, 1, &arena, DEPTH, NULL) == PUBINT_OK);
    check_pulled(&json);
    FUZZ_CHECK(pi_json_finish(&json) == PUBINT_OK);
  } else {
    FUZZ_CHECK(status == PUBINT_E_INPUT);
    check_same_error(&checked, &read);
    check_error(&checked, text);
  }
  pi_arena_dispose(&arena);
  return 0;
}
