#include "import_tweet.h"

#include <stdio.h>
#include <string.h>

#include "import_own.h"
#include "import_values.h"
#include "utf8.h"

enum { TIME_BYTES_MAX = 256, CUT_POINTS = 270 };
#define UNESCAPED_MAX ((size_t)64 * 1024 * 1024)

/* --- text and time --- */

static size_t count_points(pi_slice text) {
  size_t points = 0;
  for (size_t i = 0; i < text.len; i++) points += ((unsigned char)text.ptr[i] & 0xc0) != 0x80;
  return points;
}

/* A note on a text that is not the whole of it; an article of which only the link is there is no text. */
static void check_whole(pi_import_reader *self, pi_import_tweet *out, uint32_t tweet, size_t which,
                        pi_slice text) {
  const char *path = out->shape->text[which];
  bool article = pi_import_read_object(self, tweet, "article") != PI_IMPORT_NOWHERE;
  out->article = strcmp(path, "article/plain_text") == 0;
  if (article && !out->article && strcmp(path, "note_tweet/text") != 0) {
    pi_import_read_refuse_value(self, PI_E_NO_TWEET, "article", "an article without its words",
                                "plain_text beside its title");
  }
  if (strcmp(path, "text") != 0) return;
  out->truncated = pi_import_read_flag(self, tweet, "truncated");
  out->may_be_cut = out->shape->may_be_cut && count_points(text) >= CUT_POINTS;
}

/* The longest text there is. */
static pi_slice whole_text(pi_import_reader *self, pi_import_tweet *out, uint32_t tweet) {
  size_t which = 0;
  pi_slice text = pi_import_read_first(self, tweet, out->shape->text, &which);
  if (text.ptr != NULL) check_whole(self, out, tweet, which, text);
  return text;
}

static void decode_text(pi_import_reader *self, pi_import_tweet *out, pi_slice text) {
  if (self->status != PUBINT_OK || text.ptr == NULL) return;
  out->text = text;
  if (memchr(text.ptr, '&', text.len) == NULL) return;
  pi_buffer decoded;
  pi_buffer_init(&decoded, UNESCAPED_MAX);
  pi_import_unescape(&decoded, text);
  out->text = decoded.failed ? (pi_slice){NULL, 0}
                             : pi_arena_copy(self->arena, (pi_slice){decoded.data, decoded.len});
  if (out->text.ptr == NULL) pi_import_read_no_memory(self);
  pi_buffer_dispose(&decoded);
}

static void read_time(pi_import_reader *self, pi_import_tweet *out, uint32_t tweet) {
  size_t which = 0;
  pi_slice text = pi_import_read_first(self, tweet, out->shape->time, &which);
  if (self->status != PUBINT_OK || text.ptr == NULL) return;
  pi_buffer time;
  pi_buffer_init(&time, TIME_BYTES_MAX);
  const char *fault = text.len < TIME_BYTES_MAX ? pi_import_time(&time, text) : "a text that long is no time";
  if (fault != NULL) {
    pubint_error *error = pi_import_read_refuse(self, PI_E_TWEET_TIME, out->shape->time[which]);
    if (error != NULL) {
      pi_error_found(error, text.ptr, text.len);
      snprintf(error->expected, sizeof error->expected,
               "a time as in Wed Oct 10 20:19:24 +0000 2018 or 2018-10-10T20:19:24.000Z");
      pi_error_field(error->hint, sizeof error->hint, fault, strlen(fault));
    }
  } else {
    out->created_at =
        time.failed ? (pi_slice){NULL, 0} : pi_arena_copy(self->arena, (pi_slice){time.data, time.len});
    if (out->created_at.ptr == NULL) pi_import_read_no_memory(self);
  }
  pi_buffer_dispose(&time);
}

/* --- the Tweet --- */

/* Whether it is one of several versions: the list of all of them has more than its own id. */
static bool has_versions(pi_import_reader *self, uint32_t tweet) {
  static const char *const PLACES[] = {"edit_history_tweet_ids", "edit_info/initial/edit_tweet_ids",
                                       "edit_info/edit/edit_control_initial/edit_tweet_ids"};
  for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES; i++) {
    const pi_node *list = pi_import_read_node(self, pi_import_read_at(self, tweet, PLACES[i]));
    if (list != NULL && list->kind == PI_NODE_ARRAY && list->count > 1) return true;
  }
  return false;
}

static pi_slice read_lang(pi_import_reader *self, uint32_t tweet) {
  pi_slice lang = pi_import_read_string(self, tweet, "lang");
  return lang.len > 0 ? lang : (pi_slice){NULL, 0};
}

pubint_status pi_import_tweet_read(pi_import_tweet *out, const pi_tree *tree, const pi_import_shape *shape,
                                   uint32_t node, const pi_import_users *users, pi_arena *arena,
                                   pubint_error *error) {
  *out = (pi_import_tweet){.shape = shape};
  pi_import_reader self = {.tree = tree, .arena = arena, .error = error, .prefix = ""};
  out->id = pi_import_read_id(&self, node, shape->id);
  pi_slice text = whole_text(&self, out, node);
  pi_import_own_check(&self, node, text);
  pi_import_own_check_unread(&self, node, &out->quote_unread);
  if (self.status != PUBINT_OK) return self.status;
  out->quotes = text.ptr != NULL && pi_import_own_quotes(text);
  decode_text(&self, out, text);
  read_time(&self, out, node);
  out->lang = read_lang(&self, node);
  out->versions = has_versions(&self, node);
  pi_import_author_read(&out->author, &self, shape, node, users);
  pi_import_withheld_read(&out->withheld, &self, node);
  if (out->author.user != PI_IMPORT_NOWHERE) {
    pi_import_withheld_read(&out->withheld, &self, out->author.user);
    pi_import_own_check_user(&self, out->author.user);
  }
  return self.status;
}
