#include "import_author.h"

#include <stdio.h>
#include <string.h>

#include "import_own.h"

/* Leaves one key an id, and tells how many there are then. */
static size_t join_users(const pi_tree *tree, pi_json_member *keys, size_t count) {
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    pi_json_member *last = kept > 0 ? &keys[kept - 1] : NULL;
    if (last == NULL || !pi_slice_equal(last->key, keys[i].key)) {
      keys[kept++] = keys[i];
    } else if (last->index != PI_IMPORT_NOWHERE && !pi_import_read_equal(tree, last->index, keys[i].index)) {
      last->index = PI_IMPORT_NOWHERE;
    }
  }
  return kept;
}

bool pi_import_users_index(pi_import_users *out, const pi_tree *tree, uint32_t includes, pi_arena *arena) {
  *out = (pi_import_users){0};
  pi_import_reader reader = {.tree = tree, .arena = arena, .prefix = ""};
  uint32_t list = pi_import_read_at(&reader, includes, "users");
  if (list == PI_IMPORT_NOWHERE || tree->nodes[list].kind != PI_NODE_ARRAY || tree->nodes[list].count == 0) {
    return true;
  }
  const pi_node *users = &tree->nodes[list];
  pi_json_member *keys = pi_arena_alloc(arena, users->count * sizeof *keys);
  if (keys == NULL) return false;
  for (uint32_t i = users->as.first; i < users->as.first + users->count; i++) {
    uint32_t id = pi_import_read_at(&reader, i, "id");
    if (id == PI_IMPORT_NOWHERE || tree->nodes[id].kind != PI_NODE_STRING) continue;
    keys[out->count++] = (pi_json_member){tree->nodes[id].as.string, NULL, i, 0};
  }
  pi_json_keys_sort(keys, out->count);
  out->count = join_users(tree, keys, out->count);
  out->keys = keys;
  return true;
}

static void refuse_two_users(pi_import_reader *self, pi_slice id) {
  pubint_error *error = pi_import_read_refuse(self, PI_E_TWEET_CONTRADICTS, "includes/users");
  if (error == NULL) return;
  pi_error_found(error, id.ptr, id.len);
  static const char EXPECTED[] = "one user of that id, or several that say the same";
  pi_error_field(error->expected, sizeof error->expected, EXPECTED, sizeof EXPECTED - 1);
}

/* The user of an id. */
static uint32_t find_user(pi_import_reader *self, const pi_import_users *users, pi_slice id) {
  size_t at;
  if (pi_json_keys_find(users->keys, users->count, id, &at) == 0) return PI_IMPORT_NOWHERE;
  uint32_t found = users->keys[at].index;
  if (found == PI_IMPORT_NOWHERE) refuse_two_users(self, id);
  return found;
}

/* An empty text where none is meant: unknown. */
static pi_slice unless_empty(pi_slice text) {
  return text.len > 0 ? text : (pi_slice){NULL, 0};
}

static bool says_parody(pi_import_reader *self, uint32_t user) {
  pi_slice label = pi_import_read_string(self, user, "parody_commentary_fan_label");
  bool labelled = label.ptr != NULL && pi_import_read_same_name(label, PI_SLICE("parody"));
  return pi_import_read_flag(self, user, "parody") || labelled;
}

static void read_user(pi_import_author *out, pi_import_reader *self, uint32_t user) {
  static const char *const NAMES[] = {"username", "screen_name", NULL};
  self->prefix = "/user";
  out->user = user;
  pi_slice username = pi_import_read_first(self, user, NAMES, NULL);
  if (username.len > 0) out->username = username;
  out->verified = pi_import_read_scalar(self, user, "verified");
  out->verified_type = pi_import_read_scalar(self, user, "verified_type");
  out->followers_count = pi_import_read_scalar(self, user, "public_metrics/followers_count");
  if (out->followers_count == NULL) {
    out->followers_count = pi_import_read_scalar(self, user, "followers_count");
  }
  out->parody = says_parody(self, user);
  self->prefix = "";
}

void pi_import_author_read(pi_import_author *out, pi_import_reader *self, const pi_import_shape *shape,
                           uint32_t tweet, const pi_import_users *users) {
  *out = (pi_import_author){.user = PI_IMPORT_NOWHERE};
  uint32_t user = PI_IMPORT_NOWHERE;
  for (size_t i = 0; i < PI_IMPORT_PLACES_MAX && shape->user[i] != NULL && user == PI_IMPORT_NOWHERE; i++) {
    user = pi_import_read_object(self, tweet, shape->user[i]);
  }
  out->id = pi_import_read_id(self, tweet, shape->account_id);
  out->username = unless_empty(pi_import_read_first(self, tweet, shape->username, NULL));
  if (user == PI_IMPORT_NOWHERE && out->id.ptr != NULL) user = find_user(self, users, out->id);
  if (user != PI_IMPORT_NOWHERE && self->status == PUBINT_OK) read_user(out, self, user);
}

void pi_import_account_read(pi_import_account *out, pi_import_reader *self) {
  static const char *const IDS[] = {"account_id", "id_str", "id", NULL};
  *out = (pi_import_account){.author.user = PI_IMPORT_NOWHERE};
  uint32_t node = pi_tree_root(self->tree);
  const pi_node *list = &self->tree->nodes[node];
  if (list->kind == PI_NODE_ARRAY && list->count == 1) node = list->as.first;
  static const char *const INNER[] = {"account", "data"};
  for (size_t i = 0; i < sizeof INNER / sizeof *INNER; i++) {
    uint32_t inner = pi_import_read_object(self, node, INNER[i]);
    if (inner != PI_IMPORT_NOWHERE) node = inner;
  }
  out->author.id = pi_import_read_id(self, node, IDS);
  read_user(&out->author, self, node);
  out->author.user = PI_IMPORT_NOWHERE;
  if (self->tree->nodes[node].kind == PI_NODE_OBJECT) {
    pi_import_withheld_read(&out->withheld, self, node);
    pi_import_own_check_user(self, node);
  }
  if (out->author.id.ptr == NULL || out->author.username.ptr == NULL) {
    pubint_error *error = pi_import_read_refuse(self, PI_E_NO_TWEET, "");
    if (error == NULL) return;
    pi_error_setf(error, PI_E_NO_TWEET, "no account: its id or its username is missing");
    snprintf(error->expected, sizeof error->expected, "an archive's account.js, or a user of the API");
  }
}
