/* One signal of the case changed: :set signals.NAME VALUE. */
#include <string.h>

#include "case_write.h"
#include "decode.h"
#include "json_write.h"
#include "repl.h"

static const char PREFIX[] = "signals.";

bool pi_repl_signal_name(pi_slice path, pi_slice *name) {
  static const char WHOLE[] = "context.";
  size_t whole = sizeof WHOLE - 1, prefix = sizeof PREFIX - 1;
  if (path.len > whole && memcmp(path.ptr, WHOLE, whole) == 0) path.ptr += whole, path.len -= whole;
  if (path.len <= prefix || memcmp(path.ptr, PREFIX, prefix) != 0) return false;
  *name = (pi_slice){path.ptr + prefix, path.len - prefix};
  return true;
}

bool pi_repl_has_signal(const pi_case *facts, pi_slice name) {
  if (!pi_case_knows(facts, PI_FACT_SIGNALS)) return false;
  const pi_tree *tree = pi_case_tree(facts, PI_FACT_SIGNALS);
  return pi_tree_find(tree, pi_tree_root(tree), name) != UINT32_MAX;
}

/* The members of the signals other than `name`, as JSON behind the opening brace. */
static bool write_others(pi_buffer *out, const pi_case *facts, pi_slice name) {
  bool any = false;
  if (!pi_case_knows(facts, PI_FACT_SIGNALS)) return false;
  const pi_tree *tree = pi_case_tree(facts, PI_FACT_SIGNALS);
  const pi_node *root = &tree->nodes[pi_tree_root(tree)];
  for (uint32_t i = root->as.first; i < root->as.first + root->count; i++) {
    if (pi_slice_equal(tree->nodes[i].key, name)) continue;
    if (any) pi_buffer_byte(out, ',');
    any = true;
    pi_json_write_string(out, tree->nodes[i].key);
    pi_buffer_byte(out, ':');
    pi_value_write(out, PI_FACT_SIGNALS, (pi_value){.tree = {tree->nodes, i + 1}}); /* i is its root */
  }
  return any;
}

/* The object with `value`, which is JSON, under `name`; with NULL without it. */
static void write_signals(pi_buffer *out, const pi_case *facts, pi_slice name, const pi_slice *value,
                          bool quoted) {
  pi_buffer_byte(out, '{');
  bool any = write_others(out, facts, name);
  if (value != NULL) {
    if (any) pi_buffer_byte(out, ',');
    pi_json_write_string(out, name);
    pi_buffer_byte(out, ':');
    if (quoted)
      pi_json_write_string(out, *value);
    else
      pi_buffer_slice(out, *value);
  }
  pi_buffer_byte(out, '}');
}

/* Sets them in `facts` from what is written; the status of the reader. */
static pubint_status set_signals(pi_repl_session *self, pi_case *facts, pi_slice name, const pi_slice *value,
                                 bool quoted, pubint_error *error) {
  pi_buffer json;
  pi_buffer_init(&json, 2 * PUBINT_CASE_BYTES_MAX);
  write_signals(&json, facts, name, value, quoted);
  pi_slice kept = {NULL, 0};
  if (!json.failed) kept = pi_arena_copy(&self->hand.arena, (pi_slice){json.data, json.len});
  pi_buffer_dispose(&json);
  if (kept.ptr == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  return pi_decode_set(facts, PI_FACT_SIGNALS, kept, &self->hand.arena, error);
}

void pi_repl_set_signal(pi_repl_session *self, pi_slice name, pi_slice value) {
  pubint_error error;
  pi_case after = self->hand.facts;
  bool none = pi_slice_equal(value, PI_SLICE("null"));
  bool json = value.len > 0 && strchr("{[\"-0123456789tf", value.ptr[0]) != NULL;
  pubint_status status = PUBINT_E_INPUT;
  if (none || json) status = set_signals(self, &after, name, none ? NULL : &value, false, &error);
  if (!none && status == PUBINT_E_INPUT && (value.len == 0 || strchr("{[\"", value.ptr[0]) == NULL)) {
    after = self->hand.facts; /* a bare word or text, as a time is */
    status = set_signals(self, &after, name, &value, true, &error);
  }
  if (status == PUBINT_OK) {
    pi_repl_take_change(self, &after, PI_FACT_SIGNALS);
    return;
  }
  error.line = 0; /* it is no line of a file */
  pi_repl_complain_error(&self->terminal, &error);
}
