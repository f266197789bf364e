#include "repl_complete_lua.h"

#include <stdio.h>
#include <string.h>

#include "allow.h"
#include "evaluation_keys.h"
#include "repl_complete_signals.h"
#include "repl_lua_chain.h"

enum { NAME_BYTES = 512, KEYS_BYTES_MAX = 64 * 1024 };

/* What is found, for one place in a line. */
typedef struct finder {
  pi_repl_session *session;
  pi_repl_candidates *out;
  pi_repl_chain chain;
  pi_slice owner; /* as it is typed, with its sign */
} finder;

/* Offers a member, with its owner before it. */
static void put_member(finder *self, pi_slice name) {
  char text[NAME_BYTES];
  int length =
      snprintf(text, sizeof text, "%.*s%.*s", (int)self->owner.len, self->owner.ptr, (int)name.len, name.ptr);
  if (length > 0 && (size_t)length < sizeof text)
    pi_repl_candidates_put(self->out, (pi_slice){text, (size_t)length});
}

static void put_text(finder *self, const char *name) {
  pi_repl_candidates_put(self->out, pi_slice_of(name));
}

static bool is(const finder *self, const char *root) {
  return pi_slice_equal(self->chain.steps[0], pi_slice_of(root));
}

/* Offers each of the names that can be written so: keys of tables may be any text. */
static void put_console_names(finder *self, const pi_slice *steps, unsigned count) {
  static const char NAME[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
  pi_buffer names;
  pi_buffer_init(&names, KEYS_BYTES_MAX);
  pi_console_names(self->session->policy.console, steps, count, &names);
  if (names.failed) pi_buffer_reset(&names);
  for (size_t at = 0; at < names.len; at += strlen(names.data + at) + 1) {
    const char *name = names.data + at;
    bool handle = count == 0 && (strcmp(name, "case") == 0 || strcmp(name, "evaluation") == 0);
    bool written = name[0] != '\0' && name[strspn(name, NAME)] == '\0' && (name[0] < '0' || name[0] > '9');
    if (written && !handle) put_member(self, pi_slice_of(name));
  }
  pi_buffer_dispose(&names);
}

/* --- tables of what there is --- */

static void put_methods(finder *self, const char *library, const pi_allow_row *rows, size_t count) {
  for (size_t i = 0; i < count; i++) {
    bool method = strcmp(rows[i].library, library) == 0 && strchr(rows[i].form, '(') != NULL;
    if (method) put_member(self, pi_slice_of(rows[i].name));
  }
}

static void put_string_methods(finder *self) {
  put_methods(self, "string", PI_ALLOW, PI_ALLOW_COUNT);
}

/* The members of a library; false where it is none. */
static bool put_library(finder *self) {
  bool any = false;
  for (size_t i = 0; i < PI_ALLOW_COUNT; i++) {
    bool ours = self->chain.count == 1 && PI_ALLOW[i].library[0] != '\0' && is(self, PI_ALLOW[i].library);
    any = any || ours;
    if (ours && self->chain.sign == '.') put_member(self, pi_slice_of(PI_ALLOW[i].name));
  }
  return any;
}

/* --- the case --- */

/* The steps behind the root as a path; false where one is an index. */
static bool path_of(const finder *self, char *out, size_t size) {
  size_t length = 0;
  out[0] = '\0';
  for (unsigned i = 1; i < self->chain.count; i++) {
    pi_slice step = self->chain.steps[i];
    int more = snprintf(out + length, size - length, "%s%.*s", i > 1 ? "." : "", (int)step.len, step.ptr);
    if (self->chain.indices[i] || more < 0 || (size_t)more >= size - length) return false;
    length += (size_t)more;
  }
  return true;
}

/* Offers what of a path comes next behind `owner`: a name, with a dot where it has members. */
static void put_next(finder *self, const char *owner, pi_slice path) {
  size_t length = strlen(owner);
  if (length > 0 && (path.len <= length || memcmp(path.ptr, owner, length) != 0 || path.ptr[length] != '.'))
    return;
  size_t skip = length > 0 ? length + 1 : 0;
  pi_slice rest = {path.ptr + skip, path.len - skip};
  const char *dot = memchr(rest.ptr, '.', rest.len);
  if (dot != NULL) rest.len = (size_t)(dot - rest.ptr) + 1;
  put_member(self, rest);
}

static void put_case_methods(finder *self, const char *path) {
  static const char *const TEXTS[] = {"violation.rule", "violation.kind"};
  pi_fact fact = pi_fact_find(pi_slice_of(path));
  bool text = fact != PI_FACT_COUNT && (pi_fact_is_text(fact) || PI_FACTS[fact].type == PI_TYPE_WORD);
  for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) text = text || strcmp(path, TEXTS[i]) == 0;
  if (path[0] == '\0') put_methods(self, "case", PI_ALLOW_FIELDS, PI_ALLOW_FIELDS_COUNT);
  if (text) put_string_methods(self);
}

static void put_case(finder *self) {
  char path[128];
  if (!path_of(self, path, sizeof path)) return;
  if (self->chain.sign == ':') {
    put_case_methods(self, path);
    return;
  }
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) put_next(self, path, PI_FACTS[fact].path);
  for (size_t i = 0; i < PI_ALLOW_FIELDS_COUNT; i++) {
    const pi_allow_row *row = &PI_ALLOW_FIELDS[i];
    const char *within = strncmp(row->library, "case", 4) == 0 ? row->library + 4 : NULL;
    if (within == NULL || strchr(row->form, '(') != NULL) continue;
    char whole[128];
    snprintf(whole, sizeof whole, "%s%s%s", within[0] == '.' ? within + 1 : "", within[0] == '.' ? "." : "",
             row->name);
    put_next(self, path, pi_slice_of(whole));
  }
  bool signals = strcmp(path, "signals") == 0 || strcmp(path, "context.signals") == 0;
  char owner[NAME_BYTES];
  int length = snprintf(owner, sizeof owner, "%.*s", (int)self->owner.len, self->owner.ptr);
  if (signals && length > 0 && (size_t)length < sizeof owner)
    pi_repl_complete_signals(self->session, owner, self->out);
}

/* --- the evaluation --- */

/* The record that the steps lead to; NULL where they lead to none. A list's is behind an index. */
static const pi_record *record_of(const finder *self) {
  bool list = false;
  const pi_record *record = pi_evaluation_record_at(NULL, (pi_slice){"", 0}, &list);
  for (unsigned i = 1; i < self->chain.count && record != NULL; i++) {
    if (self->chain.indices[i] != list) return NULL;
    if (list)
      list = false;
    else
      record = pi_evaluation_record_at(record, self->chain.steps[i], &list);
  }
  return list ? NULL : record;
}

static void put_evaluation(finder *self) {
  const pi_record *record = record_of(self);
  if (self->chain.sign == ':') return;
  for (uint32_t i = 0; record != NULL && i < record->count; i++) {
    put_member(self, pi_slice_of(record->keys[i].name));
  }
}

/* --- names that are nobody's member --- */

static void put_roots(finder *self) {
  static const char *const HANDLES[] = {"case.", "evaluation."};
  for (size_t i = 0; i < sizeof HANDLES / sizeof *HANDLES; i++) put_text(self, HANDLES[i]);
  for (size_t i = 0; i < PI_ALLOW_LIBRARIES_COUNT; i++) {
    char name[64];
    snprintf(name, sizeof name, "%s.", PI_ALLOW_LIBRARIES[i]);
    put_text(self, name);
  }
  for (size_t i = 0; i < PI_ALLOW_COUNT; i++) {
    if (PI_ALLOW[i].library[0] == '\0' && PI_ALLOW[i].function != NULL) put_text(self, PI_ALLOW[i].name);
  }
}

static void put_names(finder *self) {
  static const char *const KEYWORDS[] = {
      "and", "break", "do",  "else", "elseif", "end",    "false",  "for",  "function", "goto",  "if",
      "in",  "local", "nil", "not",  "or",     "repeat", "return", "then", "true",     "until", "while"};
  put_roots(self);
  if (self->out->word.len == 0) return;
  for (size_t i = 0; i < sizeof KEYWORDS / sizeof *KEYWORDS; i++) put_text(self, KEYWORDS[i]);
  put_console_names(self, NULL, 0);
}

static void put_members(finder *self) {
  if (!self->chain.known) {
    if (self->chain.sign == ':') put_string_methods(self);
  } else if (is(self, "case")) {
    put_case(self);
  } else if (is(self, "evaluation")) {
    put_evaluation(self);
  } else if (is(self, "balance") && self->chain.count == 1) {
    if (self->chain.sign == ':') put_methods(self, "balance", PI_ALLOW_FIELDS, PI_ALLOW_FIELDS_COUNT);
  } else if (!put_library(self)) {
    if (self->chain.sign == '.')
      put_console_names(self, self->chain.steps, self->chain.count);
    else
      put_string_methods(self);
  }
}

void pi_repl_complete_lua(pi_repl_session *session, pi_slice begun, pi_slice line, pi_repl_candidates *out) {
  finder self = {.session = session, .out = out};
  out->after = "";
  out->word = (pi_slice){line.ptr + line.len, 0};
  if (!pi_repl_lua_is_code(begun, line) || !pi_repl_chain_read(line, &self.chain)) return;
  out->word = (pi_slice){line.ptr + self.chain.begin, line.len - self.chain.begin};
  self.owner = (pi_slice){out->word.ptr, self.chain.name - self.chain.begin};
  if (self.chain.sign == '\0')
    put_names(&self);
  else
    put_members(&self);
}
