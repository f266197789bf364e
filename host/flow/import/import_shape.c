#include "import_shape.h"

const pi_import_shape PI_IMPORT_SHAPES[PI_IMPORT_SHAPE_COUNT] = {
#define SHAPE(NAME, name, known_by, ...) {.title = name, .known = known_by, __VA_ARGS__},
#include "import_shapes.def"
#undef SHAPE
};

/* What is no Tweet though it looks like one, or is named when it does not. */
static const struct {
  const char *marks[6];
  const char *is;
  bool outdoes; /* an id and a text */
} OTHERS[] = {
    {{"recipient_id", "recipient", "sender_screen_name", "dm_conversation_id", "message_create"},
     "a private message",
     true},
    {{"message_data", "message_create/message_data", "conversation_type"}, "a private message", true},
    {{"dm_conversation", "messages"}, "a private conversation", false},
    {{"subscriber_count", "member_count"}, "a list", false},
    {{"statuses_count", "public_metrics/followers_count", "followers_count", "account_id",
      "account_display_name"},
     "an account",
     false},
    {{"article", "cover_media", "preview_text"}, "an article without its words", false},
};

static bool is_there(pi_import_reader *self, uint32_t object, const char *path) {
  return pi_import_read_at(self, object, path) != PI_IMPORT_NOWHERE;
}

static bool any_is_there(pi_import_reader *self, uint32_t object, const char *const *paths, size_t max) {
  for (size_t i = 0; i < max && paths[i] != NULL; i++) {
    if (is_there(self, object, paths[i])) return true;
  }
  return false;
}

/* An id and a text stand there, and a mark; without marks these two stand there alone. */
static bool fits(pi_import_reader *self, const pi_import_shape *shape, uint32_t tweet) {
  if (!any_is_there(self, tweet, shape->id, PI_IMPORT_PLACES_MAX)) return false;
  if (!any_is_there(self, tweet, shape->text, PI_IMPORT_PLACES_MAX)) return false;
  if (shape->marks[0] == NULL) return self->tree->nodes[tweet].count == 2;
  return any_is_there(self, tweet, shape->marks, PI_IMPORT_MARKS_MAX);
}

const char *pi_import_shape_other(pi_import_reader *self, uint32_t node) {
  for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++) {
    if (any_is_there(self, node, OTHERS[i].marks, sizeof OTHERS[i].marks / sizeof *OTHERS[i].marks)) {
      return OTHERS[i].is;
    }
  }
  return NULL;
}

static bool is_outdone(pi_import_reader *self, uint32_t node) {
  for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++) {
    size_t max = sizeof OTHERS[i].marks / sizeof *OTHERS[i].marks;
    if (OTHERS[i].outdoes && any_is_there(self, node, OTHERS[i].marks, max)) return true;
  }
  return false;
}

const pi_import_shape *pi_import_shape_find(pi_import_reader *self, uint32_t node, uint32_t *tweet) {
  if (self->tree->nodes[node].kind != PI_NODE_OBJECT || is_outdone(self, node)) return NULL;
  for (int i = 0; i < PI_IMPORT_SHAPE_COUNT; i++) {
    const pi_import_shape *shape = &PI_IMPORT_SHAPES[i];
    *tweet = shape->inner == NULL ? node : pi_import_read_object(self, node, shape->inner);
    if (*tweet != PI_IMPORT_NOWHERE && fits(self, shape, *tweet)) return shape;
  }
  return NULL;
}
