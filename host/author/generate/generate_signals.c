#include "generate_signals.h"

#include <stdlib.h>
#include <string.h>

#include "generate_times.h"
#include "times.h"

/* ---- one value ---- */

static pi_node draw_plain(const pi_generator *self, pi_draw *draw) {
  static const double SMALL[] = {-1, 0, 0.25, 0.5, 0.75, 1, 2, 3, 7};
  pi_node node = {.kind = PI_NODE_BOOLEAN};
  switch (pi_generator_below(draw, 8)) {
  case 0:
  case 1: node.as.boolean = true; return node;
  case 2: node.as.boolean = false; return node;
  case 3:
    node.kind = PI_NODE_STRING;
    node.as.string = PI_SLICE("high");
    return node;
  case 4:
    if (self->numbers_count > 0) {
      double number = self->numbers[pi_generator_below(draw, self->numbers_count)] +
                      ((double)pi_generator_below(draw, 3) - 1) / 2;
      node.kind = PI_NODE_NUMBER;
      node.as.number = number == 0 ? 0 : number;
      return node;
    }
    break;
  default: break;
  }
  double number = SMALL[pi_generator_below(draw, sizeof SMALL / sizeof *SMALL)];
  node.kind = number == (double)(int)number ? PI_NODE_INTEGER : PI_NODE_NUMBER;
  if (node.kind == PI_NODE_INTEGER)
    node.as.integer = (int64_t)number;
  else
    node.as.number = number;
  return node;
}

/* What the values of one case's signals are drawn from. */
typedef struct drawer {
  const pi_generator *self;
  const pi_case *input;
  pi_draw *draw;
  pi_arena *arena;
  bool failed; /* memory ran out */
} drawer;

/* A time is near that of the Tweet, which scripts compare it with. */
static pi_node draw_node(drawer *from) {
  pi_node node = draw_plain(from->self, from->draw);
  if (!from->self->times || pi_generator_below(from->draw, 3) != 0) return node;
  bool known = pi_case_knows(from->input, PI_FACT_TWEET_CREATED_AT);
  int64_t at = known ? pi_time_seconds(pi_case_text(from->input, PI_FACT_TWEET_CREATED_AT)) : 0;
  node.kind = PI_NODE_STRING;
  if (!pi_generate_time_near(from->self, at, from->draw, from->arena, &node.as.string)) from->failed = true;
  return node;
}

static int by_key(const void *a, const void *b) {
  return pi_slice_compare(((const pi_node *)a)->key, ((const pi_node *)b)->key);
}

static bool repeats(const pi_node *nodes, uint32_t count, pi_slice key) {
  for (uint32_t i = 0; i < count; i++) {
    if (pi_slice_equal(nodes[i].key, key)) return true;
  }
  return false;
}

/* Lists and objects among the signals: their children lie in one pool, each container's next to each other.
 */
typedef struct pool {
  pi_node *nodes;
  uint32_t count;
  uint32_t most;
} pool;

enum { CHILDREN_MAX = 4, POOL_NODES = 256 };

/* An object or, with objects in it too, a list; within one of these only values. Places are the pool's. */
static pi_node draw_container(drawer *from, pool *children, bool within) {
  const pi_generator *self = from->self;
  pi_draw *draw = from->draw;
  bool object = within || pi_generator_below(draw, 2) == 0;
  uint32_t count = pi_generator_below(draw, CHILDREN_MAX + 1), made = 0;
  pi_node node = {.kind = object ? PI_NODE_OBJECT : PI_NODE_ARRAY};
  node.as.first = children->count;
  if (children->count + count > children->most) return node;
  pi_node *first = &children->nodes[children->count];
  children->count += count; /* before theirs */
  bool objects = !object && pi_generator_below(draw, 2) == 0;
  for (uint32_t i = 0; i < count; i++) {
    pi_slice key = {NULL, 0};
    if (object && self->members_count > 0) key = self->members[pi_generator_below(draw, self->members_count)];
    if (object && (key.ptr == NULL || repeats(first, made, key))) continue;
    first[made] = objects ? draw_container(from, children, true) : draw_node(from);
    first[made++].key = key;
  }
  if (object && made > 0) qsort(first, made, sizeof *first, by_key);
  node.count = made;
  return node;
}

/* Whether the scripts that weigh this case name it: only markets are told apart. */
static bool is_named(const pi_generator *self, const pi_case *input, uint32_t name) {
  const pi_script *script = self->named_by[name];
  return script->kind != PI_SCRIPT_MARKET || pi_generator_weighs(script, input);
}

/* Puts the children of lists and objects behind the signals, and the object of all of them last. */
static void finish_signals(pi_case *input, pi_node *nodes, uint32_t count, const pool *children) {
  if (count > 0) qsort(nodes, count, sizeof *nodes, by_key);
  if (children->count > 0) memcpy(nodes + count, children->nodes, children->count * sizeof *nodes);
  for (uint32_t i = 0; i < count + children->count; i++) {
    bool container = nodes[i].kind == PI_NODE_ARRAY || nodes[i].kind == PI_NODE_OBJECT;
    if (container) nodes[i].as.first += count;
  }
  uint32_t root = count + children->count;
  nodes[root] = (pi_node){.kind = PI_NODE_OBJECT, .count = count};
  nodes[root].as.first = 0;
  pi_case_set_tree(input, PI_FACT_SIGNALS, (pi_tree){nodes, root + 1});
}

static const pi_slice OTHERS[] = {
#define OTHER(n) PI_SLICE_INIT("other_" #n)
    OTHER(01),
    OTHER(02),
    OTHER(03),
    OTHER(04),
    OTHER(05),
    OTHER(06),
    OTHER(07),
    OTHER(08),
    OTHER(09),
    OTHER(10),
    OTHER(11),
    OTHER(12),
    OTHER(13),
    OTHER(14),
    OTHER(15),
    OTHER(16),
    OTHER(17),
    OTHER(18),
    PI_SLICE_INIT("Über uns, \x1b[1m"),
#undef OTHER
};
enum { OTHERS_COUNT = sizeof OTHERS / sizeof *OTHERS };

/* Signals that no script names: whoever makes the cases may give them for something else. */
static uint32_t add_others(drawer *from, pi_node *nodes, uint32_t count) {
  for (uint32_t i = 0; i < OTHERS_COUNT; i++) {
    nodes[count] = draw_node(from);
    nodes[count++].key = OTHERS[i];
  }
  return count;
}

bool pi_generate_signals(const pi_generator *self, pi_case *input, pi_draw *draw, pi_arena *arena) {
  pi_node *nodes =
      pi_arena_alloc(arena, (self->names_count + OTHERS_COUNT + POOL_NODES + 1u) * sizeof *nodes);
  pool children = {pi_arena_alloc(arena, POOL_NODES * sizeof *nodes), 0, POOL_NODES};
  if (nodes == NULL || children.nodes == NULL) return false;
  memset(children.nodes, 0, POOL_NODES * sizeof *nodes);
  drawer from = {self, input, draw, arena, false};
  uint32_t count = 0;
  uint32_t sparse = 1 + pi_generator_below(draw, 3);
  bool strong = pi_generator_below(draw, 4) == 0;
  for (uint32_t i = 0; i < self->names_count; i++) {
    if (!is_named(self, input, i) || repeats(nodes, count, self->names[i])) continue;
    if (pi_generator_below(draw, sparse) != 0) continue;
    bool container = !strong && pi_generator_below(draw, 8) == 0;
    nodes[count] = container ? draw_container(&from, &children, false) : draw_node(&from);
    if (strong && pi_generator_below(draw, 2) == 0)
      nodes[count] = (pi_node){.kind = PI_NODE_BOOLEAN, .as.boolean = true};
    if (strong && pi_generator_below(draw, 2) == 0)
      nodes[count] = (pi_node){.kind = PI_NODE_INTEGER, .as.integer = 1};
    nodes[count++].key = self->names[i];
  }
  if (pi_generator_below(draw, 16) == 0) count = add_others(&from, nodes, count);
  finish_signals(input, nodes, count, &children);
  return !from.failed;
}

bool pi_generate_all_signals(const pi_generator *self, pi_case *input, pi_arena *arena) {
  pi_node *nodes = pi_arena_alloc(arena, (self->names_count + 1u) * sizeof *nodes);
  if (nodes == NULL) return false;
  const pi_tree *tree = pi_case_knows(input, PI_FACT_SIGNALS) ? pi_case_tree(input, PI_FACT_SIGNALS) : NULL;
  const pool none = {NULL, 0, 0};
  uint32_t count = 0;
  for (uint32_t i = 0; i < self->names_count; i++) {
    if (!is_named(self, input, i) || repeats(nodes, count, self->names[i])) continue;
    uint32_t at = tree != NULL ? pi_tree_find(tree, pi_tree_root(tree), self->names[i]) : UINT32_MAX;
    bool plain =
        at != UINT32_MAX && tree->nodes[at].kind != PI_NODE_ARRAY && tree->nodes[at].kind != PI_NODE_OBJECT;
    nodes[count] = plain ? tree->nodes[at] : (pi_node){.kind = PI_NODE_BOOLEAN, .as.boolean = false};
    nodes[count++].key = self->names[i];
  }
  finish_signals(input, nodes, count, &none);
  return true;
}
