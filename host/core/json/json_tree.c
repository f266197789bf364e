#include "errors.h"
#include "json_inside.h"
#include "json_keys.h"
#include "json_read.h"
#include "tree.h"

#include <stdio.h>

/* A container that is being read. */
typedef struct frame {
  pi_node_kind kind;
  size_t members; /* where its keys begin in walk.members */
  size_t pending; /* where its children begin in walk.pending */
  pi_slice key;   /* its own, within an object */
} frame;

/* Children of an open container lie on top of `pending`; once it is closed they move to `nodes` for good,
 * so that they are neighbours there, and the container itself becomes a pending child of its parent. */
typedef struct walk {
  pi_json *json;
  const pi_json_tree_limits *limits; /* NULL: only checked, no tree is made */
  const char *begin;
  unsigned depth; /* of the reader before the value */
  bool silent;    /* there is no error to fill */
  pi_json_member *members;
  size_t members_count;
  size_t members_cap;
  pi_node *pending;
  size_t pending_count;
  size_t pending_cap;
  pi_node *nodes;
  size_t nodes_count;
  size_t nodes_cap;
  frame frames[PI_JSON_DEPTH_MAX];
} walk;

/* Room for `more` of the `count` items of `size` bytes at `items`, moved and *cap doubled if need be. The
 * arena keeps the old ones until its reset: as much again at most. NULL when memory ran out. */
static void *with_room(pi_arena *arena, void *items, size_t count, size_t more, size_t *cap, size_t size) {
  if (more <= *cap - count) return items;
  size_t wanted = *cap < 32 ? 32 : *cap * 2;
  if (wanted < count + more) wanted = count + more;
  if (wanted > UINT32_MAX || wanted > SIZE_MAX / size) return NULL;
  void *moved = pi_arena_alloc(arena, wanted * size);
  if (moved == NULL) return NULL;
  if (count > 0) memcpy(moved, items, count * size);
  *cap = wanted;
  return moved;
}

static pubint_status push_node(walk *self, pi_node node) {
  pi_node *pending = with_room(self->json->arena, self->pending, self->pending_count, 1, &self->pending_cap,
                               sizeof *pending);
  if (pending == NULL) return pi_json_no_memory(self->json);
  self->pending = pending;
  pending[self->pending_count++] = node;
  return PUBINT_OK;
}

static pubint_status push_member(walk *self, const frame *object, pi_slice key, const char *at) {
  pi_json_member *members = with_room(self->json->arena, self->members, self->members_count, 1,
                                      &self->members_cap, sizeof *members);
  if (members == NULL) return pi_json_no_memory(self->json);
  self->members = members;
  uint32_t index = (uint32_t)(self->members_count - object->members);
  members[self->members_count++] = (pi_json_member){key, at, index, pi_json_key_tag(key)};
  return PUBINT_OK;
}

/* Refuses the first repeated key of the text within the `open` outermost frames, instead of a fault that was
 * met behind it; PUBINT_OK where no key repeats. */
static pubint_status refuse_first_repeat(walk *self, unsigned open) {
  const pi_json_member *repeat = NULL;
  const pi_json_member *first = NULL;
  unsigned depth = 0;
  size_t end = self->members_count;
  for (unsigned i = open; i-- > 0;) {
    size_t begin = self->frames[i].members;
    size_t count = end - begin;
    end = begin;
    if (count == 0) continue;
    pi_json_member *members = self->members + begin;
    const pi_json_member *before;
    pi_json_keys_sort(members, count);
    const pi_json_member *found = pi_json_keys_repeat(members, count, &before);
    if (found == NULL || (repeat != NULL && repeat->at < found->at)) continue;
    repeat = found;
    first = before;
    depth = self->depth + i + 1;
  }
  if (repeat == NULL) return PUBINT_OK;
  pi_json *json = self->json;
  if (!self->silent) json->error->status = PUBINT_OK;
  json->depth = depth;
  json->path[depth - 1] = (pi_json_step){repeat->key, 0};
  return pi_json_refuse_repeat(json, repeat->at, first->at);
}

/* Moves the children of the container that was just left to their final place. */
static pubint_status close_container(walk *self) {
  unsigned level = self->json->depth - self->depth;
  const frame *left = &self->frames[level];
  size_t count = self->members_count - left->members;
  pi_json_member *members = count > 0 ? self->members + left->members : NULL;
  if (!pi_json_keys_unique(members, count)) return refuse_first_repeat(self, level + 1);
  self->members_count = left->members;
  if (self->limits == NULL) return PUBINT_OK;

  size_t children = self->pending_count - left->pending;
  pi_node *nodes = with_room(self->json->arena, self->nodes, self->nodes_count, children + 1,
                             &self->nodes_cap, sizeof *nodes);
  if (nodes == NULL) return pi_json_no_memory(self->json);
  self->nodes = nodes;
  pi_node node = {.key = left->key, .kind = left->kind, .as.first = (uint32_t)self->nodes_count};
  const pi_node *pending = children > 0 ? self->pending + left->pending : NULL;
  if (left->kind == PI_NODE_ARRAY) {
    if (children > 0) memcpy(nodes + self->nodes_count, pending, children * sizeof *nodes);
    self->nodes_count += children;
  } else {
    pi_json_keys_sort(members, count);
    for (size_t i = 0; i < count; i++) {
      const pi_node *child = &pending[members[i].index];
      if (child->kind != PI_NODE_NULL) nodes[self->nodes_count++] = *child;
    }
  }
  node.count = (uint32_t)self->nodes_count - node.as.first;
  self->pending_count = left->pending;
  return push_node(self, node);
}

static pubint_status open_container(walk *self, pi_json_kind kind, pi_slice key) {
  pi_json *json = self->json;
  unsigned level = json->depth - self->depth;
  if (self->limits != NULL && level >= self->limits->depth_max) {
    char expected[48];
    snprintf(expected, sizeof expected, "at most %u levels", self->limits->depth_max);
    const char *found = kind == PI_JSON_OBJECT ? "an object" : "an array";
    return pi_json_refuse(json, json->value, self->limits->depth_code, found, expected, NULL);
  }
  pubint_status status = kind == PI_JSON_OBJECT ? pi_json_enter_object(json) : pi_json_enter_array(json);
  if (status != PUBINT_OK) return status;
  pi_node_kind node_kind = kind == PI_JSON_OBJECT ? PI_NODE_OBJECT : PI_NODE_ARRAY;
  self->frames[level] = (frame){node_kind, self->members_count, self->pending_count, key};
  return PUBINT_OK;
}

/* An integer where it is written as one and fits, else a double. */
static void set_number(pi_node *node, const pi_json_number *number) {
  pi_json_number magnitude = *number;
  magnitude.negative = false;
  magnitude.text.ptr += number->negative;
  magnitude.text.len -= number->negative;
  int64_t value;
  if (pi_json_number_unsigned(&magnitude, INT64_MAX, &value)) {
    node->kind = PI_NODE_INTEGER;
    node->as.integer = number->negative ? -value : value;
  } else if (number->integer && pi_slice_equal(number->text, PI_SLICE("-9223372036854775808"))) {
    node->kind = PI_NODE_INTEGER;
    node->as.integer = INT64_MIN;
  } else {
    node->kind = PI_NODE_NUMBER;
    node->as.number = 0;
    pi_json_number_double(number, &node->as.number); /* it was found within range when it was read */
  }
}

/* Takes a scalar, or enters a container. */
static pubint_status take_value(walk *self, pi_slice key) {
  pi_json *json = self->json;
  pi_node node = {.key = key};
  pi_json_number number;
  pubint_status status = PUBINT_E_INPUT;
  pi_json_kind kind = pi_json_peek(json);
  switch (kind) {
  case PI_JSON_OBJECT:
  case PI_JSON_ARRAY: return open_container(self, kind, key);
  case PI_JSON_STRING:
    node.kind = PI_NODE_STRING;
    status = pi_json_take_string(json, self->limits != NULL ? &node.as.string : NULL);
    break;
  case PI_JSON_NUMBER:
    status = pi_json_number_text(json, &number);
    if (status == PUBINT_OK && self->limits != NULL) set_number(&node, &number);
    break;
  case PI_JSON_TRUE:
  case PI_JSON_FALSE:
    node.kind = PI_NODE_BOOLEAN;
    node.as.boolean = kind == PI_JSON_TRUE;
    status = pi_json_literal(json);
    break;
  case PI_JSON_NULL:
    node.kind = PI_NODE_NULL;
    status = pi_json_literal(json);
    break;
  case PI_JSON_BAD: break;
  }
  return status == PUBINT_OK && self->limits != NULL ? push_node(self, node) : status;
}

static pubint_status check_length(walk *self) {
  pi_json *json = self->json;
  if (self->limits == NULL || (size_t)(json->p - self->begin) <= self->limits->bytes_max) return PUBINT_OK;
  char found[48], expected[48];
  snprintf(found, sizeof found, "more than %zu bytes", self->limits->bytes_max);
  snprintf(expected, sizeof expected, "at most %zu bytes", self->limits->bytes_max);
  json->depth = self->depth;
  return pi_json_refuse(json, self->begin, self->limits->bytes_code, found, expected, NULL);
}

/* Reads on by one member or item, or by the end of the innermost container. */
static pubint_status step(walk *self) {
  pi_json *json = self->json;
  const frame *inner = &self->frames[json->depth - self->depth - 1];
  pi_slice key = {NULL, 0};
  bool more;
  pubint_status status;
  if (inner->kind == PI_NODE_OBJECT) {
    const char *at;
    status = pi_json_next_key(json, &key, &at, &more);
    if (status == PUBINT_OK && more) status = push_member(self, inner, key, at);
  } else {
    status = pi_json_next_item(json, &more);
  }
  if (status == PUBINT_OK) status = more ? take_value(self, key) : close_container(self);
  return status == PUBINT_OK ? check_length(self) : status;
}

/* Not a whole initialiser: clearing the frames would cost more than reading a small value. */
static pubint_status read_value(walk *self, pi_json *json, const pi_json_tree_limits *limits) {
  self->json = json;
  self->limits = limits;
  self->members = NULL;
  self->pending = NULL;
  self->nodes = NULL;
  self->members_count = self->pending_count = self->nodes_count = 0;
  self->members_cap = self->pending_cap = self->nodes_cap = 0;
  self->depth = json->depth;
  self->silent = json->error == NULL || json->error->status != PUBINT_OK;
  pi_json_skip_blanks(json);
  self->begin = json->p;
  pubint_status status = take_value(self, (pi_slice){NULL, 0});
  if (status == PUBINT_OK) status = check_length(self);
  unsigned open = 0;
  while (status == PUBINT_OK && json->depth > self->depth) {
    open = json->depth - self->depth;
    status = step(self);
  }
  if (status == PUBINT_E_INPUT && !self->silent && json->error->code != PI_E_DUPLICATE_KEY) {
    refuse_first_repeat(self, open);
  }
  json->value = self->begin;
  return status;
}

pubint_status pi_json_tree(pi_json *json, const pi_json_tree_limits *limits, pi_tree *out) {
  walk self;
  pubint_status status = read_value(&self, json, limits);
  if (status != PUBINT_OK) return status;
  pi_node *nodes = with_room(json->arena, self.nodes, self.nodes_count, 1, &self.nodes_cap, sizeof *nodes);
  if (nodes == NULL) return pi_json_no_memory(json);
  nodes[self.nodes_count] = self.pending[0];
  *out = (pi_tree){nodes, (uint32_t)self.nodes_count + 1};
  return PUBINT_OK;
}

pubint_status pi_json_check(pi_slice text, pi_arena *arena, unsigned depth_max, pubint_error *error) {
  pi_json json;
  pubint_status status = pi_json_init(&json, text, 1, arena, depth_max, error);
  if (status != PUBINT_OK) return status;
  walk self;
  status = read_value(&self, &json, NULL);
  return status == PUBINT_OK ? pi_json_finish(&json) : status;
}
