#include "import_read.h"

#include <stdio.h>
#include <string.h>

#include "decimal.h"

enum { NAME_BYTES_MAX = 64 };
#define EXACT_MAX (((int64_t)1 << 53) - 1) /* 2^53 itself may have been 2^53 + 1 */

const char *pi_import_read_kind(const pi_node *node) {
  switch (node->kind) {
  case PI_NODE_BOOLEAN: return node->as.boolean ? "true" : "false";
  case PI_NODE_INTEGER:
  case PI_NODE_NUMBER: return "a number";
  case PI_NODE_STRING: return "a string";
  case PI_NODE_ARRAY: return "an array";
  case PI_NODE_OBJECT: return "an object";
  case PI_NODE_NULL: break;
  }
  return "null";
}

/* --- refusing --- */

pubint_error *pi_import_read_refuse(pi_import_reader *self, pi_code code, const char *path) {
  if (self->status != PUBINT_OK) return NULL;
  self->status = pi_error_set(self->error, code);
  if (self->error == NULL) return NULL;
  const char *slash = path[0] == '/' ? "" : "/";
  snprintf(self->error->path, sizeof self->error->path, "%s%s%s", self->prefix, slash, path);
  return self->error;
}

void pi_import_read_refuse_value(pi_import_reader *self, pi_code code, const char *path, const char *found,
                                 const char *expected) {
  pubint_error *error = pi_import_read_refuse(self, code, path);
  if (error == NULL) return;
  pi_error_found(error, found, strlen(found));
  pi_error_field(error->expected, sizeof error->expected, expected, strlen(expected));
}

void pi_import_read_no_memory(pi_import_reader *self) {
  if (self->status == PUBINT_OK) self->status = pi_error_set(self->error, PI_E_NO_MEMORY);
}

/* --- spellings --- */

static bool is_upper(char byte) {
  return byte >= 'A' && byte <= 'Z';
}

static bool is_joint(char byte) {
  return byte == '_' || byte == '-';
}

static char lower(char byte) {
  return is_upper(byte) ? (char)(byte - 'A' + 'a') : byte;
}

bool pi_import_read_same_name(pi_slice a, pi_slice b) {
  size_t i = 0;
  size_t j = 0;
  for (;;) {
    while (i < a.len && is_joint(a.ptr[i])) i++;
    while (j < b.len && is_joint(b.ptr[j])) j++;
    if (i == a.len || j == b.len) return i == a.len && j == b.len;
    if (lower(a.ptr[i++]) != lower(b.ptr[j++])) return false;
  }
}

/* Whether a name is in another spelling than Twitter's own, which has small letters and "_" alone. */
static bool is_respelt(pi_slice name) {
  for (size_t i = 0; i < name.len; i++) {
    if (is_upper(name.ptr[i]) || name.ptr[i] == '-') return true;
  }
  return false;
}

bool pi_import_read_equal(const pi_tree *tree, uint32_t a, uint32_t b) {
  const pi_node *x = &tree->nodes[a];
  const pi_node *y = &tree->nodes[b];
  if (x->kind != y->kind) return false;
  switch (x->kind) {
  case PI_NODE_BOOLEAN: return x->as.boolean == y->as.boolean;
  case PI_NODE_INTEGER: return x->as.integer == y->as.integer;
  case PI_NODE_NUMBER: return memcmp(&x->as.number, &y->as.number, sizeof x->as.number) == 0;
  case PI_NODE_STRING: return pi_slice_equal(x->as.string, y->as.string);
  case PI_NODE_NULL: return true;
  case PI_NODE_ARRAY:
  case PI_NODE_OBJECT: break;
  }
  bool equal = x->count == y->count;
  for (uint32_t i = 0; i < x->count && equal; i++) { /* at most as deep as the reader of JSON lets it be */
    uint32_t one = x->as.first + i;
    uint32_t other = y->as.first + i;
    equal = pi_slice_equal(tree->nodes[one].key, tree->nodes[other].key) &&
            pi_import_read_equal(tree, one, other);
  }
  return equal;
}

static bool has_respelt(pi_import_reader *self, uint32_t object) {
  if (self->looked_at == object + 1) return self->respelt;
  const pi_node *node = &self->tree->nodes[object];
  self->looked_at = object + 1;
  self->respelt = false;
  for (uint32_t i = 0; i < node->count && !self->respelt; i++) {
    self->respelt = is_respelt(self->tree->nodes[node->as.first + i].key);
  }
  return self->respelt;
}

/* The member `name` of an object whatever its spelling. */
static uint32_t find_member(pi_import_reader *self, uint32_t object, pi_slice name) {
  const pi_tree *tree = self->tree;
  const pi_node *node = &tree->nodes[object];
  if (node->kind != PI_NODE_OBJECT) return PI_IMPORT_NOWHERE;
  uint32_t found = pi_tree_find(tree, object, name);
  if (!has_respelt(self, object)) return found;
  for (uint32_t i = node->as.first; i < node->as.first + node->count; i++) {
    pi_slice key = tree->nodes[i].key;
    if (i == found || !is_respelt(key) || !pi_import_read_same_name(key, name)) continue;
    if (found != PI_IMPORT_NOWHERE && !pi_import_read_equal(tree, found, i)) {
      char path[NAME_BYTES_MAX];
      snprintf(path, sizeof path, "%.*s", (int)key.len, key.ptr);
      pi_import_read_refuse_value(self, PI_E_TWEET_CONTRADICTS, path,
                                  "a member in two spellings, not the same", "one of them");
    }
    found = i;
  }
  return found;
}

uint32_t pi_import_read_at(pi_import_reader *self, uint32_t object, const char *path) {
  while (object != PI_IMPORT_NOWHERE) {
    const char *slash = strchr(path, '/');
    size_t length = slash != NULL ? (size_t)(slash - path) : strlen(path);
    object = find_member(self, object, (pi_slice){path, length});
    if (slash == NULL) break;
    path = slash + 1;
  }
  return object;
}

uint32_t pi_import_read_object(pi_import_reader *self, uint32_t object, const char *path) {
  uint32_t found = pi_import_read_at(self, object, path);
  bool fits = found != PI_IMPORT_NOWHERE && self->tree->nodes[found].kind == PI_NODE_OBJECT;
  return fits ? found : PI_IMPORT_NOWHERE;
}

const pi_node *pi_import_read_node(const pi_import_reader *self, uint32_t index) {
  return index == PI_IMPORT_NOWHERE ? NULL : &self->tree->nodes[index];
}

/* --- values --- */

pi_slice pi_import_read_string(pi_import_reader *self, uint32_t object, const char *path) {
  const pi_node *node = pi_import_read_node(self, pi_import_read_at(self, object, path));
  if (node == NULL) return (pi_slice){NULL, 0};
  if (node->kind == PI_NODE_STRING) return node->as.string;
  pi_import_read_refuse_value(self, PI_E_WRONG_TYPE, path, pi_import_read_kind(node), "a string");
  return (pi_slice){NULL, 0};
}

pi_slice pi_import_read_first(pi_import_reader *self, uint32_t object, const char *const *paths,
                              size_t *which) {
  for (size_t i = 0; paths[i] != NULL; i++) {
    pi_slice text = pi_import_read_string(self, object, paths[i]);
    if (text.ptr == NULL) continue;
    if (which != NULL) *which = i;
    return text;
  }
  return (pi_slice){NULL, 0};
}

bool pi_import_read_flag(pi_import_reader *self, uint32_t object, const char *path) {
  const pi_node *node = pi_import_read_node(self, pi_import_read_at(self, object, path));
  if (node == NULL) return false;
  if (node->kind == PI_NODE_BOOLEAN) return node->as.boolean;
  pi_import_read_refuse_value(self, PI_E_WRONG_TYPE, path, pi_import_read_kind(node), "true or false");
  return false;
}

const pi_node *pi_import_read_scalar(pi_import_reader *self, uint32_t object, const char *path) {
  const pi_node *node = pi_import_read_node(self, pi_import_read_at(self, object, path));
  if (node == NULL || node->kind == PI_NODE_BOOLEAN || node->kind == PI_NODE_INTEGER ||
      node->kind == PI_NODE_STRING) {
    return node;
  }
  const char *found = node->kind == PI_NODE_NUMBER ? "a fraction" : pi_import_read_kind(node);
  pi_import_read_refuse_value(self, PI_E_WRONG_TYPE, path, found, "a single value");
  return NULL;
}

/* --- ids --- */

static bool is_exact(const pi_node *node) {
  return node->kind == PI_NODE_INTEGER && node->as.integer >= 0 && node->as.integer <= EXACT_MAX;
}

static pi_slice digits_of(pi_import_reader *self, int64_t id) {
  char digits[PI_DECIMAL_BYTES];
  pi_slice text = pi_arena_copy(self->arena, (pi_slice){digits, pi_decimal_write(digits, id, 0)});
  if (text.ptr == NULL) pi_import_read_no_memory(self);
  return text;
}

/* Whether a program that reads numbers as doubles may have made `node` of the digits in `text`. */
static bool is_rounding_of(const pi_node *node, pi_slice text) {
  uint64_t value = 0;
  for (size_t i = 0; i < text.len; i++) {
    if (text.ptr[i] < '0' || text.ptr[i] > '9' || value > UINT64_MAX / 10 - 1) return false;
    value = value * 10 + (uint64_t)(text.ptr[i] - '0');
  }
  double number = node->kind == PI_NODE_INTEGER ? (double)node->as.integer : node->as.number;
  double apart = number - (double)value;
  /* Programs print a double in 16 or 17 digits, which may end in zeros where the double does not. */
  return apart >= -1024 && apart <= 1024;
}

static void refuse_rounded(pi_import_reader *self, const char *path, const pi_node *node) {
  char found[48] = "a number with a fraction or exponent";
  if (node->kind == PI_NODE_INTEGER) {
    snprintf(found, sizeof found, "the number %lld", (long long)node->as.integer);
  }
  pi_import_read_refuse_value(self, PI_E_ROUNDED_ID, path, found,
                              "a string beside it (id_str), or below 2^53");
}

static void refuse_two_ids(pi_import_reader *self, const char *path, pi_slice found, pi_slice other) {
  pubint_error *error = pi_import_read_refuse(self, PI_E_TWEET_CONTRADICTS, path);
  if (error == NULL) return;
  pi_error_found(error, found.ptr, found.len);
  snprintf(error->expected, sizeof error->expected, "the id that stands there too, %.*s",
           (int)(other.len < 64 ? other.len : 64), other.ptr);
}

pi_slice pi_import_read_id(pi_import_reader *self, uint32_t object, const char *const *paths) {
  pi_slice id = {NULL, 0};
  const pi_node *rounded = NULL;
  const char *rounded_at = "";
  for (size_t i = 0; paths[i] != NULL && self->status == PUBINT_OK; i++) {
    const pi_node *node = pi_import_read_node(self, pi_import_read_at(self, object, paths[i]));
    if (node == NULL) continue;
    if (node->kind == PI_NODE_STRING || is_exact(node)) {
      pi_slice text = node->kind == PI_NODE_STRING ? node->as.string : digits_of(self, node->as.integer);
      if (id.ptr != NULL && !pi_slice_equal(id, text)) refuse_two_ids(self, paths[i], text, id);
      if (id.ptr == NULL) id = text;
    } else if (node->kind == PI_NODE_INTEGER || node->kind == PI_NODE_NUMBER) {
      rounded = node;
      rounded_at = paths[i];
    } else {
      pi_import_read_refuse_value(self, PI_E_WRONG_TYPE, paths[i], pi_import_read_kind(node),
                                  "an id: a string");
    }
  }
  if (rounded == NULL || self->status != PUBINT_OK) return id;
  if (id.ptr == NULL) {
    refuse_rounded(self, rounded_at, rounded);
  } else if (!is_rounding_of(rounded, id)) {
    refuse_two_ids(self, rounded_at, PI_SLICE("a number"), id);
  }
  return id;
}
