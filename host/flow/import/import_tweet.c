#include "import_tweet.h"

#include <stdio.h>
#include <string.h>

#include "buffer.h"
#include "decimal.h"
#include "errors.h"
#include "import_values.h"
#include "utf8.h"

enum { TIME_BYTES_MAX = 256 };
static const uint32_t NONE = UINT32_MAX;
#define EXACT_MAX     (((int64_t)1 << 53) - 1) /* 2^53 itself may have been 2^53 + 1 */
#define UNESCAPED_MAX ((size_t)64 * 1024 * 1024)

/* One Tweet being read. Once it is refused, nothing more is looked at. */
typedef struct reader {
  const pi_tree *tree;
  pi_import_tweet *out;
  pi_arena *arena;
  pubint_error *error;
  pubint_status status;
} reader;

/* --- refusing --- */

static const char *kind_name(const pi_node *node) {
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

/* Returns an error to fill further; NULL when nobody wants one, or an earlier refusal stands. */
static pubint_error *refuse(reader *self, pi_code code, const char *path) {
  if (self->status != PUBINT_OK) return NULL;
  self->status = pi_error_set(self->error, code);
  if (self->error != NULL) pi_error_field(self->error->path, sizeof self->error->path, path, strlen(path));
  return self->error;
}

static void refuse_value(reader *self, pi_code code, const char *path, const char *found,
                         const char *expected) {
  pubint_error *error = refuse(self, code, path);
  if (error == NULL) return;
  pi_error_field(error->found, sizeof error->found, found, strlen(found));
  pi_error_field(error->expected, sizeof error->expected, expected, strlen(expected));
}

/* --- members --- */

/* The member `key` of `object`, NONE where there is none; of the node NONE as well. */
static uint32_t member(const pi_tree *tree, uint32_t object, const char *key) {
  return object == NONE ? NONE : pi_tree_find(tree, object, pi_slice_of(key));
}

/* A member that is an object; NONE where it is absent or something else. */
static uint32_t object_member(const pi_tree *tree, uint32_t object, const char *key) {
  uint32_t found = member(tree, object, key);
  return found != NONE && tree->nodes[found].kind == PI_NODE_OBJECT ? found : NONE;
}

static const pi_node *node_at(const reader *self, uint32_t place) {
  return place == NONE ? NULL : &self->tree->nodes[place];
}

static pi_slice string_member(reader *self, uint32_t object, const char *key, const char *path) {
  const pi_node *node = node_at(self, member(self->tree, object, key));
  if (node == NULL) return (pi_slice){NULL, 0};
  if (node->kind == PI_NODE_STRING) return node->as.string;
  refuse_value(self, PI_E_WRONG_TYPE, path, kind_name(node), "a string");
  return (pi_slice){NULL, 0};
}

static bool flag_member(reader *self, uint32_t object, const char *key, const char *path) {
  const pi_node *node = node_at(self, member(self->tree, object, key));
  if (node == NULL) return false;
  if (node->kind == PI_NODE_BOOLEAN) return node->as.boolean;
  refuse_value(self, PI_E_WRONG_TYPE, path, kind_name(node), "true or false");
  return false;
}

static const pi_node *scalar_member(reader *self, uint32_t object, const char *key, const char *path) {
  const pi_node *node = node_at(self, member(self->tree, object, key));
  if (node == NULL || node->kind == PI_NODE_BOOLEAN || node->kind == PI_NODE_INTEGER ||
      node->kind == PI_NODE_STRING) {
    return node;
  }
  refuse_value(self, PI_E_WRONG_TYPE, path, node->kind == PI_NODE_NUMBER ? "a fraction" : kind_name(node),
               "a single value");
  return NULL;
}

/* The digits of an id that is a number; ptr NULL where it may have been rounded, or memory ran out. */
static pi_slice id_digits(int64_t id, pi_arena *arena) {
  if (id < 0 || id > EXACT_MAX) return (pi_slice){NULL, 0};
  char digits[PI_DECIMAL_BYTES];
  return pi_arena_copy(arena, (pi_slice){digits, pi_decimal_write(digits, id, 0)});
}

/* The id under `text_key`, else under `key`, where a number stands for itself as long as it is exact. */
static pi_slice id_member(reader *self, uint32_t object, const char *text_key, const char *key,
                          const char *path) {
  pi_slice text = string_member(self, object, text_key, path);
  if (text.ptr != NULL || self->status != PUBINT_OK) return text;
  const pi_node *node = node_at(self, member(self->tree, object, key));
  if (node == NULL) return text;
  if (node->kind == PI_NODE_STRING) return node->as.string;
  if (node->kind == PI_NODE_INTEGER && node->as.integer >= 0 && node->as.integer <= EXACT_MAX) {
    text = id_digits(node->as.integer, self->arena);
    if (text.ptr == NULL) self->status = pi_error_set(self->error, PI_E_NO_MEMORY);
    return text;
  }
  if (node->kind != PI_NODE_INTEGER && node->kind != PI_NODE_NUMBER) {
    refuse_value(self, PI_E_WRONG_TYPE, path, kind_name(node), "an id: a string");
    return text;
  }
  char found[48] = "a number with a fraction or exponent";
  if (node->kind == PI_NODE_INTEGER) {
    snprintf(found, sizeof found, "the number %lld", (long long)node->as.integer);
  }
  refuse_value(self, PI_E_ROUNDED_ID, path, found, "a string beside it (id_str), or below 2^53");
  return text;
}

/* --- the parts of a Tweet --- */

/* The longest text there is, and where it stands. */
static pi_slice whole_text(reader *self, uint32_t tweet) {
  static const struct {
    const char *object, *key, *path;
  } PLACES[] = {
      {"note_tweet", "text", "/note_tweet/text"},
      {NULL, "full_text", "/full_text"},
      {"extended_tweet", "full_text", "/extended_tweet/full_text"},
      {NULL, "text", "/text"},
  };
  enum { PLACES_COUNT = sizeof PLACES / sizeof *PLACES };
  for (size_t i = 0; i < PLACES_COUNT; i++) {
    uint32_t object = PLACES[i].object == NULL ? tweet : object_member(self->tree, tweet, PLACES[i].object);
    pi_slice text = string_member(self, object, PLACES[i].key, PLACES[i].path);
    if (text.ptr == NULL) continue;
    if (i + 1 == PLACES_COUNT) self->out->truncated = flag_member(self, tweet, "truncated", "/truncated");
    return text;
  }
  return (pi_slice){NULL, 0};
}

/* "RT @name: " is how every Retweet's text begins. */
static bool begins_as_retweet(pi_slice text) {
  static const char BEGIN[] = "RT @";
  size_t i = sizeof BEGIN - 1;
  if (text.len < i || memcmp(text.ptr, BEGIN, i) != 0) return false;
  size_t name = i;
  for (; i < text.len; i++) {
    char byte = text.ptr[i];
    bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
    if (!letter && !(byte >= '0' && byte <= '9') && byte != '_') break;
  }
  return i > name && i < text.len && text.ptr[i] == ':';
}

static void refuse_retweet(reader *self, const char *path, const char *found) {
  pubint_error *error = refuse(self, PI_E_RETWEET, path);
  if (error != NULL) pi_error_field(error->found, sizeof error->found, found, strlen(found));
}

static void check_own_words(reader *self, uint32_t tweet, pi_slice text) {
  if (member(self->tree, tweet, "retweeted_status") != NONE) {
    refuse_retweet(self, "/retweeted_status", "a retweeted_status");
  }
  const pi_node *references = node_at(self, member(self->tree, tweet, "referenced_tweets"));
  if (references != NULL && references->kind != PI_NODE_ARRAY) {
    refuse_value(self, PI_E_WRONG_TYPE, "/referenced_tweets", kind_name(references), "an array");
    return;
  }
  for (uint32_t i = 0; references != NULL && i < references->count; i++) {
    pi_slice type = string_member(self, references->as.first + i, "type", "/referenced_tweets/type");
    if (type.ptr == NULL || !pi_slice_equal(type, PI_SLICE("retweeted"))) continue;
    refuse_retweet(self, "/referenced_tweets", "a reference of type retweeted");
  }
  /* Where the payload does not hold references, the text is all that tells. */
  if (text.ptr != NULL && begins_as_retweet(text)) {
    refuse_retweet(self, "/text", "a text that begins as a Retweet's does: \"RT @name:\"");
  }
}

static void read_text(reader *self, pi_slice text) {
  if (self->status != PUBINT_OK || text.ptr == NULL) return;
  self->out->text = text;
  if (memchr(text.ptr, '&', text.len) == NULL) return;
  pi_buffer decoded;
  pi_buffer_init(&decoded, UNESCAPED_MAX);
  pi_import_unescape(&decoded, text);
  self->out->text = decoded.failed ? (pi_slice){NULL, 0}
                                   : pi_arena_copy(self->arena, (pi_slice){decoded.data, decoded.len});
  if (self->out->text.ptr == NULL) self->status = pi_error_set(self->error, PI_E_NO_MEMORY);
  pi_buffer_dispose(&decoded);
}

static void read_created_at(reader *self, uint32_t tweet) {
  pi_slice text = string_member(self, tweet, "created_at", "/created_at");
  if (self->status != PUBINT_OK || text.ptr == NULL) return;
  pi_buffer time;
  pi_buffer_init(&time, TIME_BYTES_MAX);
  const char *fault = text.len < TIME_BYTES_MAX ? pi_import_time(&time, text) : "a text that long is no time";
  if (fault != NULL) {
    pubint_error *error = refuse(self, PI_E_TWEET_TIME, "/created_at");
    if (error != NULL) {
      pi_error_field(error->found, sizeof error->found, text.ptr, text.len);
      snprintf(error->expected, sizeof error->expected,
               "a time as in Wed Oct 10 20:19:24 +0000 2018 or 2018-10-10T20:19:24.000Z");
      pi_error_field(error->hint, sizeof error->hint, fault, strlen(fault));
    }
  } else {
    self->out->created_at =
        time.failed ? (pi_slice){NULL, 0} : pi_arena_copy(self->arena, (pi_slice){time.data, time.len});
    if (self->out->created_at.ptr == NULL) self->status = pi_error_set(self->error, PI_E_NO_MEMORY);
  }
  pi_buffer_dispose(&time);
}

/* An empty text where none is meant: unknown. */
static pi_slice unless_empty(pi_slice text) {
  return text.len > 0 ? text : (pi_slice){NULL, 0};
}

/* --- withholding --- */

static void add_country(reader *self, pi_slice code, const char *path) {
  pi_import_tweet *out = self->out;
  if (pi_slice_equal(code, PI_SLICE("XX"))) {
    out->everywhere = true;
    return;
  }
  if (pi_slice_equal(code, PI_SLICE("XY"))) {
    out->copyright = true;
    return;
  }
  size_t at = 0;
  while (at < out->countries_count && pi_slice_compare(out->countries[at], code) < 0) at++;
  if (at < out->countries_count && pi_slice_equal(out->countries[at], code)) return;
  if (out->countries_count == PI_IMPORT_COUNTRIES_MAX) {
    refuse_value(self, PI_E_BAD_COUNTRY, path, "more codes than there can be", "two capital letters each");
    return;
  }
  memmove(&out->countries[at + 1], &out->countries[at], (out->countries_count - at) * sizeof code);
  out->countries[at] = code;
  out->countries_count++;
}

/* A list of codes, or as in old payloads one text of them: "GR, HK". */
static void add_countries(reader *self, uint32_t object, const char *key, const char *path) {
  const pi_node *node = node_at(self, member(self->tree, object, key));
  if (node == NULL) return;
  if (node->kind == PI_NODE_STRING) {
    const char *p = node->as.string.ptr;
    const char *end = p + node->as.string.len;
    while (p < end) {
      const char *begin = p;
      while (p < end && *p != ',' && *p != ' ') p++;
      if (p > begin) add_country(self, (pi_slice){begin, (size_t)(p - begin)}, path);
      if (p < end) p++;
    }
    return;
  }
  if (node->kind != PI_NODE_ARRAY) {
    refuse_value(self, PI_E_WRONG_TYPE, path, kind_name(node), "an array of country codes");
    return;
  }
  for (uint32_t i = 0; i < node->count && self->status == PUBINT_OK; i++) {
    const pi_node *item = &self->tree->nodes[node->as.first + i];
    if (item->kind == PI_NODE_STRING) {
      add_country(self, item->as.string, path);
    } else {
      refuse_value(self, PI_E_WRONG_TYPE, path, kind_name(item), "a country code: a string");
    }
  }
}

/* Of a Tweet and of a user alike. */
static void read_withheld(reader *self, uint32_t object) {
  uint32_t withheld = object_member(self->tree, object, "withheld");
  add_countries(self, withheld, "country_codes", "/withheld/country_codes");
  add_countries(self, object, "withheld_in_countries", "/withheld_in_countries");
  bool marked = flag_member(self, withheld, "copyright", "/withheld/copyright");
  bool old = flag_member(self, object, "withheld_copyright", "/withheld_copyright");
  if (marked || old) self->out->copyright = true;
}

/* --- the author --- */

bool pi_import_users_index(pi_import_users *out, const pi_tree *tree, uint32_t includes, pi_arena *arena) {
  *out = (pi_import_users){0};
  uint32_t list = member(tree, includes, "users");
  if (list == NONE || tree->nodes[list].kind != PI_NODE_ARRAY || tree->nodes[list].count == 0) return true;
  const pi_node *users = &tree->nodes[list];
  pi_json_member *keys = pi_arena_alloc(arena, users->count * sizeof *keys);
  if (keys == NULL) return false;
  for (uint32_t i = users->as.first; i < users->as.first + users->count; i++) {
    uint32_t id = member(tree, i, "id");
    if (id == NONE || tree->nodes[id].kind != PI_NODE_STRING) continue;
    keys[out->count++] = (pi_json_member){tree->nodes[id].as.string, NULL, i, 0};
  }
  pi_json_keys_sort(keys, out->count);
  out->keys = keys;
  return true;
}

static uint32_t find_user(const pi_import_users *users, pi_slice id) {
  size_t low = 0;
  size_t high = users->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (pi_slice_compare(users->keys[middle].key, id) < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < users->count && pi_slice_equal(users->keys[low].key, id) ? users->keys[low].place : NONE;
}

/* The author: beside the Tweet (v1.1 `user`, flattened v2 `author`), or among the users included. */
static void read_author(reader *self, uint32_t tweet, const pi_import_users *users) {
  pi_import_tweet *out = self->out;
  uint32_t user = object_member(self->tree, tweet, "user");
  if (user == NONE) user = object_member(self->tree, tweet, "author");
  if (user != NONE) out->account_id = id_member(self, user, "id_str", "id", "/user/id");
  if (out->account_id.ptr == NULL) {
    out->account_id = id_member(self, tweet, "author_id_str", "author_id", "/author_id");
  }
  if (user == NONE && out->account_id.ptr != NULL) user = find_user(users, out->account_id);
  if (user == NONE || self->status != PUBINT_OK) return;
  out->username = unless_empty(string_member(self, user, "username", "/user/username"));
  if (out->username.ptr == NULL) {
    out->username = unless_empty(string_member(self, user, "screen_name", "/user/screen_name"));
  }
  out->has_author = out->username.ptr != NULL;
  out->verified = scalar_member(self, user, "verified", "/user/verified");
  out->verified_type = scalar_member(self, user, "verified_type", "/user/verified_type");
  uint32_t metrics = object_member(self->tree, user, "public_metrics");
  out->followers_count =
      scalar_member(self, metrics, "followers_count", "/user/public_metrics/followers_count");
  if (out->followers_count == NULL) {
    out->followers_count = scalar_member(self, user, "followers_count", "/user/followers_count");
  }
  read_withheld(self, user);
}

/* --- the Tweet --- */

bool pi_import_is_tweet(const pi_tree *tree, uint32_t node) {
  bool text = member(tree, node, "text") != NONE || member(tree, node, "full_text") != NONE;
  return text && (member(tree, node, "id") != NONE || member(tree, node, "id_str") != NONE);
}

static pi_import_api api_of(const pi_tree *tree, uint32_t tweet) {
  static const char *const OLD[] = {"id_str", "full_text", "truncated", "user"};
  for (size_t i = 0; i < sizeof OLD / sizeof *OLD; i++) {
    if (member(tree, tweet, OLD[i]) != NONE) return PI_IMPORT_V1;
  }
  return PI_IMPORT_V2;
}

pubint_status pi_import_tweet_read(pi_import_tweet *out, const pi_tree *tree, uint32_t node,
                                   const pi_import_users *users, pi_arena *arena, pubint_error *error) {
  *out = (pi_import_tweet){.api = api_of(tree, node)};
  reader self = {.tree = tree, .out = out, .arena = arena, .error = error};
  out->id = id_member(&self, node, "id_str", "id", "/id");
  pi_slice text = whole_text(&self, node);
  check_own_words(&self, node, text);
  if (self.status != PUBINT_OK) return self.status;
  read_text(&self, text);
  read_created_at(&self, node);
  out->lang = unless_empty(string_member(&self, node, "lang", "/lang"));
  read_author(&self, node, users);
  read_withheld(&self, node);
  return self.status;
}
