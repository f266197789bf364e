#include "repl_complete.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "allow.h"
#include "entries.h"
#include "utf8.h"

enum { CANDIDATES_MAX = 512, PATH_BYTES = 4096 };

/* Candidates as they are found. */
typedef struct offer {
  pi_repl_session *session;
  pi_repl_candidates *out;
  pi_slice word; /* what is typed of it */
} offer;

void pi_repl_candidates_init(pi_repl_candidates *out) {
  *out = (pi_repl_candidates){.after = " "};
  pi_buffer_init(&out->names, 4 * 1024 * 1024);
}

void pi_repl_candidates_dispose(pi_repl_candidates *out) {
  pi_buffer_dispose(&out->names);
}

static bool begins(pi_slice text, pi_slice beginning) {
  return text.len >= beginning.len &&
         (beginning.len == 0 || memcmp(text.ptr, beginning.ptr, beginning.len) == 0);
}

static void offer_name(offer *self, pi_slice name) {
  if (self->out->count >= CANDIDATES_MAX) return;
  pi_buffer_slice(&self->out->names, name);
  pi_buffer_byte(&self->out->names, '\0');
  self->out->count++;
}

static void put(offer *self, pi_slice name) {
  if (begins(name, self->word)) offer_name(self, name);
}

static void put_text(offer *self, const char *name) {
  put(self, pi_slice_of(name));
}

/* --- the tables --- */

static void put_commands(offer *self) {
  for (size_t i = 0; i < PI_REPL_COMMANDS.count; i++) {
    char name[32];
    snprintf(name, sizeof name, ":%s", PI_REPL_COMMANDS.rows[i].name);
    put_text(self, name);
  }
}

/* Whole paths; a word without a dot also completes by the last part of a path. */
static void put_paths(offer *self, bool groups) {
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) put(self, PI_FACTS[fact].path);
  for (int group = PI_GROUP_ROOT + 1; groups && group < PI_GROUP_COUNT; group++) {
    put(self, PI_GROUPS[group].path);
  }
  if (groups) put_text(self, "violations");
  if (self->out->count > 0 || self->word.len == 0) return;
  pi_slice typed = self->word;
  self->word = (pi_slice){"", 0}; /* the whole path takes the place of the part that was typed */
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if (begins(PI_FACTS[fact].key, typed)) put(self, PI_FACTS[fact].path);
  }
  self->word = typed;
}

static void put_values(offer *self, pi_slice path) {
  pi_fact fact = pi_fact_find(path);
  for (int f = 0; fact == PI_FACT_COUNT && f < PI_FACT_COUNT; f++) {
    if (pi_slice_equal(PI_FACTS[f].key, path)) fact = (pi_fact)f;
  }
  if (fact == PI_FACT_COUNT) return;
  const pi_fact_row *row = &PI_FACTS[fact];
  for (uint8_t i = 0; i < row->words.count; i++) put(self, row->words.words[i]);
  if (row->type == PI_TYPE_BOOL) {
    put_text(self, "true");
    put_text(self, "false");
  }
  for (int i = 0; row->type == PI_TYPE_STRENGTH && i < PI_STRENGTH_WORDS_COUNT; i++) {
    put(self, PI_STRENGTH_WORDS[i].word);
  }
  const pubint_policy *policy = self->session->policy.loaded;
  const pi_script *market = NULL;
  while (row->type == PI_TYPE_MARKET && (market = pi_policy_next(policy, PI_SCRIPT_MARKET, market)) != NULL) {
    put(self, market->name);
  }
}

static void put_rules(offer *self) {
  const pubint_policy *policy = self->session->policy.loaded;
  for (int rule = 0; rule < PI_RULE_COUNT; rule++) put(self, PI_RULES[rule].id);
  for (const pi_script *rule = NULL; (rule = pi_policy_next(policy, PI_SCRIPT_RULE, rule)) != NULL;) {
    if (pi_rule_find(rule->name) == PI_RULE_OTHER) put(self, rule->name);
  }
}

static void put_factors(offer *self, pi_slice rule) {
  pi_repl_session *session = self->session;
  if (!session->hand.open || !pi_repl_session_evaluate(session)) return;
  const pi_entry *entry = NULL;
  while ((entry = pi_entries_of_rule(session->hand.evaluation, rule, entry)) != NULL) {
    for (uint32_t j = 0; j < entry->balance.factors_count; j++) put(self, entry->balance.factors[j].id);
  }
}

/* --- files --- */

/* Whether a line can be typed with it: well-formed, without what a line or a quotation ends at. */
static bool typeable(pi_slice name, bool *blanks) {
  *blanks = false;
  if (pi_utf8_check(name) != name.ptr + name.len) return false;
  for (size_t i = 0; i < name.len; i++) {
    unsigned char c = (unsigned char)name.ptr[i];
    if (c < 0x20 || c == 0x7f || c == '"') return false;
    if (c == ' ') *blanks = true;
  }
  return true;
}

/* Offers one, within quotes if it needs them or they were typed. A folder is left open to go on into it. */
static void put_file(offer *self, bool quoted, pi_slice head, const char *name, bool is_folder) {
  char text[PATH_BYTES];
  bool blanks;
  int length = snprintf(text, sizeof text, "%.*s%s%s", (int)head.len, head.ptr, name, is_folder ? "/" : "");
  if (length < 0 || (size_t)length >= sizeof text || !typeable((pi_slice){text, (size_t)length}, &blanks)) {
    return;
  }
  bool quotes = quoted || blanks;
  char whole[PATH_BYTES + 2];
  length =
      snprintf(whole, sizeof whole, "%s%s%s", quotes ? "\"" : "", text, quotes && !is_folder ? "\"" : "");
  offer_name(self, (pi_slice){whole, (size_t)length});
}

static void put_files(offer *self) {
  char folder[PATH_BYTES];
  pi_slice word = self->word;
  bool quoted = word.len > 0 && word.ptr[0] == '"';
  if (quoted) word.ptr++, word.len--;
  size_t head = word.len;
  while (head > 0 && word.ptr[head - 1] != '/') head--;
  pi_slice begun = {word.ptr + head, word.len - head};
  self->out->after = "";
  if (!pi_repl_file_path(head > 0 ? (pi_slice){word.ptr, head} : PI_SLICE("."), folder, sizeof folder))
    return;
  DIR *dir = opendir(folder);
  if (dir == NULL) return;
  for (const struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
    char path[2 * PATH_BYTES];
    struct stat about;
    bool hidden_wanted = begun.len > 0 && begun.ptr[0] == '.';
    if ((entry->d_name[0] == '.' && !hidden_wanted) || !begins(pi_slice_of(entry->d_name), begun)) continue;
    snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
    bool is_folder = stat(path, &about) == 0 && S_ISDIR(about.st_mode);
    put_file(self, quoted, (pi_slice){word.ptr, head}, entry->d_name, is_folder);
  }
  closedir(dir);
}

/* --- Lua --- */

/* Offers a dotted name up to the dot behind what is typed: a part at a time. */
static void put_part(offer *self, const char *owner, pi_slice path) {
  char name[160];
  int length = snprintf(name, sizeof name, "%s.%.*s", owner, (int)path.len, path.ptr);
  if (length < 0 || (size_t)length >= sizeof name) return;
  pi_slice whole = {name, (size_t)length};
  if (!begins(whole, self->word)) return;
  const char *dot = memchr(name + self->word.len, '.', whole.len - self->word.len);
  if (dot != NULL) whole.len = (size_t)(dot - name) + 1;
  put(self, whole);
}

static void put_lua(offer *self) {
  static const char *const KEYWORDS[] = {
      "and", "break", "do",  "else", "elseif", "end",    "false",  "for",  "function", "goto",  "if",
      "in",  "local", "nil", "not",  "or",     "repeat", "return", "then", "true",     "until", "while"};
  static const char *const EVALUATION[] = {
      "outcome",       "basis",       "final",   "gates",  "missing", "rules", "market", "effects",
      "redacted_text", "withheld_in", "unknown", "policy", "host",    "id",    "v"};
  static const char *const VIOLATION[] = {"rule", "kind", "grounds", "has_spans"};
  self->out->after = "";
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) put_part(self, "case", PI_FACTS[fact].path);
  for (size_t i = 0; i < sizeof VIOLATION / sizeof *VIOLATION; i++) {
    put_part(self, "case.violation", pi_slice_of(VIOLATION[i]));
  }
  for (size_t i = 0; i < sizeof EVALUATION / sizeof *EVALUATION; i++) {
    put_part(self, "evaluation", pi_slice_of(EVALUATION[i]));
  }
  for (size_t i = 0; i < PI_ALLOW_COUNT; i++) {
    const pi_allow_row *row = &PI_ALLOW[i];
    if (row->library[0] != '\0') {
      put_part(self, row->library, pi_slice_of(row->name));
    } else if (row->function != NULL) {
      put_text(self, row->name);
    }
  }
  if (self->word.len == 0) return;
  for (size_t i = 0; i < sizeof KEYWORDS / sizeof *KEYWORDS; i++) put_text(self, KEYWORDS[i]);
  pi_buffer globals;
  pi_buffer_init(&globals, 64 * 1024);
  pi_console_globals(self->session->policy.console, &globals);
  for (size_t at = 0; at < globals.len; at += strlen(globals.data + at) + 1) {
    put_text(self, globals.data + at);
  }
  pi_buffer_dispose(&globals);
}

/* --- order --- */

static int compare_names(const void *a, const void *b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sorted, and each once. */
static void sort(pi_repl_candidates *self) {
  const char *names[CANDIDATES_MAX];
  unsigned count = 0;
  pi_buffer sorted;
  if (self->names.failed) self->count = 0; /* the last may be cut short */
  if (self->count == 0) return;
  for (size_t at = 0; at < self->names.len; at += strlen(self->names.data + at) + 1) {
    names[count++] = self->names.data + at;
  }
  qsort(names, count, sizeof names[0], compare_names);
  pi_buffer_init(&sorted, self->names.max);
  self->count = 0;
  for (unsigned i = 0; i < count; i++) {
    if (i > 0 && strcmp(names[i], names[i - 1]) == 0) continue;
    pi_buffer_append(&sorted, names[i], strlen(names[i]) + 1);
    self->count++;
  }
  if (sorted.failed) self->count = 0;
  pi_buffer_dispose(&self->names);
  self->names = sorted;
}

size_t pi_repl_candidates_common(const pi_repl_candidates *self) {
  if (self->count == 0) return 0;
  size_t common = strlen(self->names.data);
  for (size_t at = 0; at < self->names.len; at += strlen(self->names.data + at) + 1) {
    size_t same = 0;
    while (same < common && self->names.data[at + same] == self->names.data[same]) same++;
    common = same;
  }
  /* Only whole characters: names can differ in the last byte of one. */
  while (common > 0 && ((unsigned char)self->names.data[common] & 0xc0) == 0x80) common--;
  return common;
}

/* --- where the cursor stands --- */

static void put_kind(offer *self, pi_repl_kind kind, pi_slice before) {
  switch (kind) {
  case PI_REPL_FILE: put_files(self); return;
  case PI_REPL_PATH: put_paths(self, false); return;
  case PI_REPL_PART: put_paths(self, true); return;
  case PI_REPL_VALUE: put_values(self, before); return;
  case PI_REPL_RULE: put_rules(self); return;
  case PI_REPL_FACTOR: put_factors(self, before); return;
  case PI_REPL_SWITCH:
    put_text(self, "on");
    put_text(self, "off");
    return;
  case PI_REPL_WHAT:
    put_text(self, "case");
    put_text(self, "test");
    return;
  case PI_REPL_TOPIC:
    for (size_t i = 0; i < PI_REPL_COMMANDS.count; i++) put_text(self, PI_REPL_COMMANDS.rows[i].name);
    put_paths(self, false);
    return;
  case PI_REPL_LUA: put_lua(self); return;
  case PI_REPL_NUMBER:
  case PI_REPL_NOTHING: break;
  }
}

static bool name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

static pi_slice lua_word(pi_slice line) {
  size_t begin = line.len;
  while (begin > 0 && name_byte(line.ptr[begin - 1])) begin--;
  return (pi_slice){line.ptr + begin, line.len - begin};
}

void pi_repl_complete(pi_repl_session *session, pi_slice line, pi_repl_candidates *out) {
  offer self = {.session = session, .out = out};
  pi_slice words[4] = {{"", 0}};
  unsigned nth = 0; /* of the word at the cursor; the command is 0 */
  size_t begin = 0;
  while (begin < line.len && line.ptr[begin] == ' ') begin++;
  if (begin == line.len || line.ptr[begin] != ':') {
    self.word = lua_word(line);
    put_lua(&self);
  } else {
    bool quoted = false;
    for (size_t i = begin; i < line.len; i++) {
      if (line.ptr[i] == '"' && (i == begin || quoted)) quoted = !quoted;
      if (line.ptr[i] != ' ' || quoted) continue;
      if (i > begin && nth < 4) words[nth] = (pi_slice){line.ptr + begin, i - begin};
      if (i > begin) nth++;
      begin = i + 1;
    }
    self.word = (pi_slice){line.ptr + begin, line.len - begin};
    const pi_repl_command *command = NULL;
    if (nth > 0 && words[0].len > 1) {
      command = pi_repl_command_find(&PI_REPL_COMMANDS, (pi_slice){words[0].ptr + 1, words[0].len - 1});
    }
    bool lua = command != NULL && command->kinds[0] == PI_REPL_LUA;
    if (lua) self.word = lua_word(line);
    if (nth == 0) {
      put_commands(&self);
    } else if (command != NULL && (lua || nth <= 3)) {
      put_kind(&self, lua ? PI_REPL_LUA : command->kinds[nth - 1], nth > 1 ? words[nth - 1] : words[0]);
    }
  }
  out->begin = (size_t)(self.word.ptr - line.ptr);
  sort(out);
}
