#include "import_own.h"

#include <string.h>

/* --- texts --- */

static bool is_name_byte(char byte) {
  bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
  return letter || (byte >= '0' && byte <= '9') || byte == '_';
}

/* The bytes of an @ at the beginning of `text`, the wide one (U+FF20) too; 0 where none is there. */
static size_t at_sign(pi_slice text) {
  if (text.len > 0 && text.ptr[0] == '@') return 1;
  return text.len >= 3 && memcmp(text.ptr, "\xef\xbc\xa0", 3) == 0 ? 3 : 0;
}

static pi_slice behind(pi_slice text, size_t bytes) {
  return (pi_slice){text.ptr + bytes, text.len - bytes};
}

static pi_slice behind_blanks(pi_slice text) {
  while (text.len > 0 && strchr(" \t\r\n", text.ptr[0]) != NULL && text.ptr[0] != '\0')
    text = behind(text, 1);
  return text;
}

/* Whether `text` begins with two letters, in either size, and a name: "RT @name", "rt: @name", "RT@name". */
static bool begins_with(pi_slice text, const char *letters) {
  if (text.len < 2 || (text.ptr[0] | 0x20) != letters[0] || (text.ptr[1] | 0x20) != letters[1]) return false;
  text = behind(text, 2);
  if (text.len > 0 && text.ptr[0] == ':') text = behind(text, 1);
  text = behind_blanks(text);
  size_t sign = at_sign(text);
  return sign > 0 && text.len > sign && is_name_byte(text.ptr[sign]);
}

bool pi_import_own_is_retweet(pi_slice text) {
  text = behind_blanks(text);
  while (text.len > 0 && strchr("\"'.(", text.ptr[0]) != NULL && text.ptr[0] != '\0') text = behind(text, 1);
  return begins_with(text, "rt");
}

bool pi_import_own_quotes(pi_slice text) {
  static const char *const MARKS[] = {"qt", "rt", "mt"}; /* quoted, retweeted and modified Tweets */
  for (size_t i = 0; i < text.len; i++) {
    if (i > 0 && (is_name_byte(text.ptr[i - 1]) || (text.ptr[i - 1] & 0x80) != 0)) continue; /* in a word */
    for (size_t mark = 0; mark < sizeof MARKS / sizeof *MARKS; mark++) {
      if (begins_with(behind(text, i), MARKS[mark])) return true;
    }
  }
  return false;
}

/* --- members --- */

static void refuse_retweet(pi_import_reader *self, const char *path, const char *found) {
  pubint_error *error = pi_import_read_refuse(self, PI_E_RETWEET, path);
  if (error != NULL) pi_error_found(error, found, strlen(found));
}

/* Whether a member says nothing: false, 0, an empty text, list or object, and "f" as exports write false. */
static bool says_nothing(const pi_node *node) {
  static const char *const NOTHING[] = {"", "0", "f", "false", "False", "FALSE", "null", "None"};
  switch (node->kind) {
  case PI_NODE_BOOLEAN: return !node->as.boolean;
  case PI_NODE_INTEGER: return node->as.integer == 0;
  case PI_NODE_NUMBER: return node->as.number == 0;
  case PI_NODE_STRING:
    for (size_t i = 0; i < sizeof NOTHING / sizeof *NOTHING; i++) {
      if (pi_slice_equal(node->as.string, pi_slice_of(NOTHING[i]))) return true;
    }
    return false;
  case PI_NODE_ARRAY:
  case PI_NODE_OBJECT: return node->count == 0;
  case PI_NODE_NULL: break;
  }
  return true;
}

static void check_references(pi_import_reader *self, uint32_t tweet) {
  const pi_node *references = pi_import_read_node(self, pi_import_read_at(self, tweet, "referenced_tweets"));
  if (references == NULL) return;
  if (references->kind != PI_NODE_ARRAY) {
    pi_import_read_refuse_value(self, PI_E_WRONG_TYPE, "referenced_tweets", pi_import_read_kind(references),
                                "an array");
    return;
  }
  for (uint32_t i = 0; i < references->count; i++) {
    pi_slice type = pi_import_read_string(self, references->as.first + i, "type");
    if (type.ptr == NULL || !pi_import_read_same_name(type, PI_SLICE("retweeted"))) continue;
    refuse_retweet(self, "referenced_tweets", "a reference of type retweeted");
  }
}

void pi_import_own_check(pi_import_reader *self, uint32_t tweet, pi_slice text) {
  static const struct {
    const char *path;
    const char *found;
  } SAYS_SO[] = {
      {"retweeted_status", "a retweeted_status"},
      {"is_retweet", "a mark that it is a Retweet"},
  };
  for (size_t i = 0; i < sizeof SAYS_SO / sizeof *SAYS_SO; i++) {
    const pi_node *node = pi_import_read_node(self, pi_import_read_at(self, tweet, SAYS_SO[i].path));
    if (node != NULL && !says_nothing(node)) refuse_retweet(self, SAYS_SO[i].path, SAYS_SO[i].found);
  }
  check_references(self, tweet);
  /* Where the payload does not hold references, the text is all that tells. */
  if (text.ptr != NULL && pi_import_own_is_retweet(text)) {
    refuse_retweet(self, "text", "a text that begins as a Retweet's does: \"RT @name\"");
  }
}

/* --- what is not read --- */

typedef enum weight { HARMLESS, REFUSED, RETWEETED, QUOTED } weight;

/* Names, and parts of names, that could decide, the first that fits; without their joints. */
static const struct {
  const char *part;
  bool whole; /* the whole name, which is read or says nothing that decides */
  weight weight;
} WEIGHTS[] = {
    {"retweeted", true, HARMLESS}, /* whether the user who asked had retweeted it */
    {"retweetcount", true, HARMLESS},
    {"retweetscount", true, HARMLESS},
    {"retweets", true, HARMLESS},
    {"currentuserretweet", true, HARMLESS},
    {"quotecount", true, HARMLESS},
    {"retweetedstatus", true, HARMLESS},
    {"isretweet", true, HARMLESS},
    {"referencedtweets", true, HARMLESS},
    {"isquotestatus", true, HARMLESS},
    {"quotedstatus", true, HARMLESS},
    {"quotedstatusid", true, HARMLESS},
    {"quotedstatusidstr", true, HARMLESS},
    {"quotedstatuspermalink", true, HARMLESS},
    {"withheld", true, HARMLESS},
    {"withheldcopyright", true, HARMLESS},
    {"withheldincountries", true, HARMLESS},
    {"withheldscope", true, HARMLESS},
    {"retweet", false, RETWEETED},
    {"referenc", false, REFUSED},
    {"withheld", false, REFUSED},
    {"withhold", false, REFUSED},
    {"quot", false, QUOTED},
};

/* Whether `name` from byte `at` on begins with `part`, joints and sizes of letters aside. */
static bool begins_part(pi_slice name, size_t at, const char *part) {
  for (; *part != '\0'; at++) {
    if (at == name.len) return false;
    char byte = name.ptr[at];
    if (byte == '_' || byte == '-') continue;
    if ((byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte) != *part++) return false;
  }
  return true;
}

static bool holds_part(pi_slice name, const char *part) {
  for (size_t at = 0; at < name.len; at++) {
    if (begins_part(name, at, part)) return true;
  }
  return false;
}

static weight weigh(pi_slice name) {
  for (size_t i = 0; i < sizeof WEIGHTS / sizeof *WEIGHTS; i++) {
    bool fits = WEIGHTS[i].whole ? pi_import_read_same_name(name, pi_slice_of(WEIGHTS[i].part))
                                 : holds_part(name, WEIGHTS[i].part);
    if (fits) return WEIGHTS[i].weight;
  }
  return HARMLESS;
}

static void refuse_unread(pi_import_reader *self, pi_slice name) {
  pubint_error *error = pi_import_read_refuse(self, PI_E_UNREAD_MEMBER, "");
  if (error == NULL) return;
  error->path[strlen(error->path) - 1] = '\0';
  pi_error_found(error, name.ptr, name.len);
}

/* Of each member of `object` that nothing reads, by its weight. */
static void check_unread(pi_import_reader *self, uint32_t object, bool withholding_alone, bool *quotes) {
  const pi_node *node = &self->tree->nodes[object];
  for (uint32_t i = node->as.first; i < node->as.first + node->count; i++) {
    const pi_node *member = &self->tree->nodes[i];
    weight found = weigh(member->key);
    if (found == HARMLESS || says_nothing(member)) continue;
    if (withholding_alone && found != REFUSED) continue;
    if (found == REFUSED) refuse_unread(self, member->key);
    if (found == RETWEETED) refuse_retweet(self, "", "a member that names a Retweet");
    if (found == QUOTED) *quotes = true;
  }
}

void pi_import_own_check_unread(pi_import_reader *self, uint32_t tweet, bool *quotes) {
  check_unread(self, tweet, false, quotes);
}

void pi_import_own_check_user(pi_import_reader *self, uint32_t user) {
  bool quotes;
  check_unread(self, user, true, &quotes);
}
