#include "fields.h"

#include <string.h>

#include "decimal.h"
#include "errors.h"
#include "json_read.h"

/* No evaluation has a path nearly as long. A line of longer ones, which stand once for each value below them,
 * would take all memory, and its verdict with it. */
enum { DEPTH_MAX = 32, PATH_MAX_BYTES = 256, LEAVES_AT_FIRST = 256 };

typedef struct walk {
  pi_json json;
  pi_arena *arena;
  char path[PATH_MAX_BYTES];
  size_t path_len;
  pi_leaves *out;
  uint32_t room;
} walk;

static pubint_status add_leaf(walk *self, const char *begin) {
  pi_leaves *out = self->out;
  if (out->count == self->room) {
    uint32_t room = self->room > 0 ? 2 * self->room : LEAVES_AT_FIRST;
    pi_leaf *more = pi_arena_alloc(self->arena, room * sizeof *more);
    if (more == NULL) return pi_json_no_memory(&self->json);
    if (out->count > 0) memcpy(more, out->leaves, out->count * sizeof *more);
    out->leaves = more;
    self->room = room;
  }
  pi_slice path = pi_arena_copy(self->arena, (pi_slice){self->path, self->path_len});
  if (path.ptr == NULL) return pi_json_no_memory(&self->json);
  out->leaves[out->count++] = (pi_leaf){.path = path, .text = {begin, (size_t)(self->json.p - begin)}};
  return PUBINT_OK;
}

static pubint_status take_scalar(walk *self, pi_json_kind kind) {
  const char *begin = self->json.value;
  pi_json_number number;
  pi_slice text;
  pubint_status status = kind == PI_JSON_STRING   ? pi_json_string(&self->json, &text)
                         : kind == PI_JSON_NUMBER ? pi_json_number_text(&self->json, &number)
                                                  : pi_json_literal(&self->json);
  return status == PUBINT_OK ? add_leaf(self, begin) : status;
}

/* Goes down to a key or an item. */
static pubint_status enter_path(walk *self, pi_slice key) {
  if (key.len >= sizeof self->path - self->path_len) {
    return pi_json_refuse(&self->json, self->json.value, PI_E_BAD_EVALUATION, "a path that is too long",
                          "the keys of an evaluation", NULL);
  }
  self->path[self->path_len] = '/';
  memcpy(self->path + self->path_len + 1, key.ptr, key.len);
  self->path_len += key.len + 1;
  return PUBINT_OK;
}

/* Any value below the path; its depth is bounded by the reader's. */
static pubint_status take_value(walk *self) {
  pi_json_kind kind = pi_json_peek(&self->json);
  if (kind == PI_JSON_BAD) return PUBINT_E_INPUT;
  if (kind != PI_JSON_OBJECT && kind != PI_JSON_ARRAY) return take_scalar(self, kind);
  const char *begin = self->json.value;
  size_t above = self->path_len;
  char digits[PI_DECIMAL_BYTES];
  int64_t index = 0;
  pubint_status status =
      kind == PI_JSON_OBJECT ? pi_json_enter_object(&self->json) : pi_json_enter_array(&self->json);
  while (status == PUBINT_OK) {
    bool more;
    pi_slice key = {NULL, 0};
    status = kind == PI_JSON_OBJECT ? pi_json_next_key(&self->json, &key, NULL, &more)
                                    : pi_json_next_item(&self->json, &more);
    if (status != PUBINT_OK) break;
    if (!more) return index == 0 ? add_leaf(self, begin) : PUBINT_OK;
    if (kind == PI_JSON_ARRAY) key = (pi_slice){digits, pi_decimal_write(digits, index, 0)};
    index++;
    status = enter_path(self, key);
    if (status == PUBINT_OK) status = take_value(self);
    self->path_len = above;
  }
  return status;
}

pubint_status pi_fields_read(pi_leaves *out, pi_slice line, pi_arena *arena, pubint_error *error) {
  *out = (pi_leaves){0};
  walk self = {.arena = arena, .out = out};
  pubint_status status = pi_json_init(&self.json, line, 1, arena, DEPTH_MAX, error);
  if (status == PUBINT_OK) status = take_value(&self);
  if (status == PUBINT_OK) status = pi_json_finish(&self.json);
  return status;
}

pi_slice pi_fields_text(const pi_leaves *leaves, const char *path) {
  for (uint32_t i = 0; i < leaves->count; i++) {
    pi_slice text = leaves->leaves[i].text;
    if (!pi_slice_equal(leaves->leaves[i].path, pi_slice_of(path))) continue;
    return text.len >= 2 && text.ptr[0] == '"' ? (pi_slice){text.ptr + 1, text.len - 2} : text;
  }
  return (pi_slice){NULL, 0};
}

static void add(pi_field_differences *out, pi_slice path, pi_slice recorded, pi_slice recomputed) {
  if (out->shown < PI_FIELDS_SHOWN_MAX) {
    out->items[out->shown++] = (pi_field_difference){path, recorded, recomputed};
  }
  out->count++;
}

/* The leaf of that path that has no match yet, looked for from *at on and then from the front. */
static pi_leaf *find(pi_leaves *leaves, pi_slice path, uint32_t *at) {
  for (uint32_t i = 0; i < leaves->count; i++) {
    uint32_t place = (*at + i) % leaves->count;
    pi_leaf *leaf = &leaves->leaves[place];
    if (leaf->matched || !pi_slice_equal(leaf->path, path)) continue;
    leaf->matched = true;
    *at = place + 1;
    return leaf;
  }
  return NULL;
}

void pi_fields_compare(pi_field_differences *out, pi_leaves *recorded, pi_leaves *recomputed) {
  const pi_slice none = {NULL, 0};
  uint32_t at = 0;
  *out = (pi_field_differences){0};
  for (uint32_t i = 0; i < recomputed->count; i++) {
    const pi_leaf *leaf = &recomputed->leaves[i];
    const pi_leaf *other = find(recorded, leaf->path, &at);
    if (other == NULL || !pi_slice_equal(other->text, leaf->text)) {
      add(out, leaf->path, other != NULL ? other->text : none, leaf->text);
    }
  }
  for (uint32_t i = 0; i < recorded->count; i++) {
    if (!recorded->leaves[i].matched) add(out, recorded->leaves[i].path, recorded->leaves[i].text, none);
  }
}
