#include "case_write.h"

#include <limits.h>

#include "json_write.h"
#include "outline.h"

/* --- free-form values --- */

/* A tree nests at most PI_SIGNALS_DEPTH_MAX deep, which bounds the recursion. */
static void write_node(pi_buffer *out, const pi_tree *tree, uint32_t index) {
  const pi_node *node = &tree->nodes[index];
  switch (node->kind) {
  case PI_NODE_BOOLEAN: pi_buffer_text(out, node->as.boolean ? "true" : "false"); return;
  case PI_NODE_INTEGER: pi_json_write_decimal(out, node->as.integer, 0); return;
  case PI_NODE_NUMBER: pi_json_write_double(out, node->as.number); return;
  case PI_NODE_STRING: pi_json_write_string(out, node->as.string); return;
  case PI_NODE_NULL: pi_buffer_text(out, "null"); return;
  case PI_NODE_ARRAY:
  case PI_NODE_OBJECT: break;
  }
  bool named = node->kind == PI_NODE_OBJECT;
  pi_buffer_byte(out, named ? '{' : '[');
  for (uint32_t i = 0; i < node->count; i++) {
    if (i > 0) pi_buffer_byte(out, ',');
    if (named) {
      pi_json_write_string(out, tree->nodes[node->as.first + i].key);
      pi_buffer_byte(out, ':');
    }
    write_node(out, tree, node->as.first + i);
  }
  pi_buffer_byte(out, named ? '}' : ']');
}

/* --- values --- */

static void write_countries(pi_buffer *out, pi_countries countries, bool bare) {
  if (!bare) pi_buffer_byte(out, '[');
  for (uint32_t i = 0; i < countries.count; i++) {
    if (i > 0) pi_buffer_byte(out, ',');
    if (bare) {
      pi_buffer_slice(out, countries.codes[i]);
    } else {
      pi_json_write_string(out, countries.codes[i]);
    }
  }
  if (bare && countries.count == 0) pi_buffer_text(out, "[]");
  if (!bare) pi_buffer_byte(out, ']');
}

void pi_value_write(pi_buffer *out, pi_fact fact, pi_value value) {
  switch (PI_FACTS[fact].type) {
  case PI_TYPE_STRENGTH: pi_json_write_decimal(out, value.micro, 6); return;
  case PI_TYPE_COUNT: pi_json_write_decimal(out, value.count, 0); return;
  case PI_TYPE_BOOL: pi_buffer_text(out, value.boolean ? "true" : "false"); return;
  case PI_TYPE_WORD: pi_json_write_string(out, PI_FACTS[fact].words.words[value.word]); return;
  case PI_TYPE_COUNTRIES: write_countries(out, value.countries, false); return;
  case PI_TYPE_TREE: write_node(out, &value.tree, pi_tree_root(&value.tree)); return;
  case PI_TYPE_ID:
  case PI_TYPE_STRING:
  case PI_TYPE_TEXT:
  case PI_TYPE_TIME:
  case PI_TYPE_COUNTRY:
  case PI_TYPE_MARKET: break;
  }
  pi_json_write_string(out, value.string);
}

void pi_value_type(pi_buffer *out, pi_fact fact, pi_value value) {
  switch (PI_FACTS[fact].type) {
  case PI_TYPE_WORD: pi_buffer_slice(out, PI_FACTS[fact].words.words[value.word]); return;
  case PI_TYPE_COUNTRIES: write_countries(out, value.countries, true); return;
  case PI_TYPE_TIME:
  case PI_TYPE_COUNTRY:
  case PI_TYPE_MARKET: pi_buffer_slice(out, value.string); return;
  case PI_TYPE_STRENGTH:
  case PI_TYPE_COUNT:
  case PI_TYPE_BOOL:
  case PI_TYPE_TREE:
  case PI_TYPE_ID:
  case PI_TYPE_STRING:
  case PI_TYPE_TEXT: break;
  }
  pi_value_write(out, fact, value);
}

/* --- violations --- */

static void write_spans(pi_outline *out, const pi_violation *violation) {
  pi_outline_open(out, "spans", '[');
  for (uint8_t i = 0; i < violation->spans_count; i++) {
    const pi_span *span = &violation->spans[i];
    pi_outline_open(out, NULL, '{');
    pi_outline_integer(out, "start", span->start);
    pi_outline_integer(out, "end", span->end);
    if (span->kind >= 0) pi_outline_string(out, "kind", PI_SPAN_KINDS.words[span->kind]);
    pi_outline_close(out, '}');
  }
  pi_outline_close(out, ']');
}

static void write_violation(pi_outline *out, const pi_violation *violation) {
  pi_slice grounds[CHAR_BIT * sizeof violation->grounds];
  size_t count = 0;
  for (uint8_t i = 0; i < PI_GROUNDS.count; i++) {
    if ((violation->grounds >> i & 1) != 0) grounds[count++] = PI_GROUNDS.words[i];
  }
  pi_outline_open(out, NULL, '{');
  pi_outline_string(out, "rule", violation->rule_id);
  pi_outline_given(out, "kind", violation->kind);
  if (count > 0) pi_outline_strings(out, "grounds", grounds, count, false);
  if (violation->spans_known) write_spans(out, violation);
  pi_outline_close(out, '}');
}

static void write_violations(pi_outline *out, const pi_case *input) {
  pi_outline_open(out, "violations", '[');
  for (uint32_t i = 0; i < input->violations_count; i++) write_violation(out, &input->violations[i]);
  pi_outline_close(out, ']');
}

/* --- the case --- */

static bool group_known(const pi_case *input, pi_group group) {
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if (PI_FACTS[fact].group == group && pi_case_knows(input, (pi_fact)fact)) return true;
  }
  for (int child = PI_GROUP_ROOT + 1; child < PI_GROUP_COUNT; child++) {
    if (PI_GROUPS[child].parent == group && group_known(input, (pi_group)child)) return true;
  }
  return false;
}

/* The group's facts, then the groups within it; of the root the violations stand before the context. */
static void write_group(pi_outline *out, const pi_case *input, pi_group group) {
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if (PI_FACTS[fact].group != group || !pi_case_knows(input, (pi_fact)fact)) continue;
    pi_outline_key(out, PI_FACTS[fact].key.ptr);
    pi_value_write(out->out, (pi_fact)fact, input->facts[fact]);
  }
  for (int child = PI_GROUP_ROOT + 1; child < PI_GROUP_COUNT; child++) {
    if (PI_GROUPS[child].parent != group) continue;
    if (child == PI_GROUP_CONTEXT) write_violations(out, input);
    if (!group_known(input, (pi_group)child)) continue;
    pi_outline_open(out, PI_GROUPS[child].key.ptr, '{');
    write_group(out, input, (pi_group)child);
    pi_outline_close(out, '}');
  }
}

void pi_case_json(pi_buffer *out, const pi_case *input) {
  pi_outline json = pi_outline_begin(out);
  write_group(&json, input, PI_GROUP_ROOT);
  pi_outline_close(&json, '}');
}
