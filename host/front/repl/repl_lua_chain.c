#include "repl_lua_chain.h"

#include <string.h>

/* --- texts and comments --- */

typedef struct scanner {
  char quote;     /* of the text that is open; '\0': none */
  bool comment;   /* to the end of the line */
  bool long_open; /* a long text or comment is */
  size_t level;   /* how many = its brackets have */
} scanner;

/* The = of a long bracket that opens at `at`; -1 where none does. */
static int level_at(pi_slice text, size_t at) {
  size_t end = at + 1;
  if (at >= text.len || text.ptr[at] != '[') return -1;
  while (end < text.len && text.ptr[end] == '=') end++;
  return end < text.len && text.ptr[end] == '[' ? (int)(end - at) - 1 : -1;
}

static bool closes_at(const scanner *self, pi_slice text, size_t at) {
  if (text.ptr[at] != ']' || at + self->level + 1 >= text.len) return false;
  for (size_t i = 1; i <= self->level; i++) {
    if (text.ptr[at + i] != '=') return false;
  }
  return text.ptr[at + self->level + 1] == ']';
}

/* Takes code from `at` on; returns how many bytes. */
static size_t scan_code(scanner *self, pi_slice text, size_t at) {
  char c = text.ptr[at];
  bool comment = c == '-' && at + 1 < text.len && text.ptr[at + 1] == '-';
  size_t bracket = comment ? at + 2 : at;
  int level = level_at(text, bracket);
  if (level >= 0) {
    self->long_open = true;
    self->level = (size_t)level;
    return bracket - at + (size_t)level + 2;
  }
  if (comment) self->comment = true;
  if (c == '"' || c == '\'') self->quote = c;
  return comment ? 2 : 1;
}

static void scan(scanner *self, pi_slice text) {
  for (size_t at = 0; at < text.len;) {
    char c = text.ptr[at];
    if (self->long_open) {
      bool closes = closes_at(self, text, at);
      at += closes ? self->level + 2 : 1;
      self->long_open = !closes;
    } else if (self->comment) {
      self->comment = c != '\n';
      at++;
    } else if (self->quote != '\0') {
      if (c == self->quote || c == '\n') self->quote = '\0';
      at += c == '\\' && at + 1 < text.len ? 2 : 1;
    } else {
      at += scan_code(self, text, at);
    }
  }
}

bool pi_repl_lua_is_code(pi_slice begun, pi_slice line) {
  scanner self = {.quote = '\0'};
  scan(&self, begun);
  if (begun.len > 0) scan(&self, PI_SLICE("\n"));
  scan(&self, line);
  return self.quote == '\0' && !self.comment && !self.long_open;
}

/* --- whose member --- */

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_';
}

static size_t name_begin(pi_slice line, size_t end) {
  while (end > 0 && is_name_byte(line.ptr[end - 1])) end--;
  return end;
}

/* Where the bracket opens that closes before `end`; `end` where none does. */
static size_t bracket_begin(pi_slice line, size_t end) {
  int depth = 0;
  for (size_t i = end; i-- > 0;) {
    if (line.ptr[i] == ']') depth++;
    if (line.ptr[i] == '[' && --depth == 0) return i;
  }
  return end;
}

static bool add_step(pi_repl_chain *self, pi_slice text, bool is_index) {
  if (self->count == PI_REPL_CHAIN_MAX) return false;
  char quote = text.len > 1 ? text.ptr[0] : '\0';
  bool quoted = is_index && (quote == '"' || quote == '\'') && text.ptr[text.len - 1] == quote;
  self->steps[self->count] = quoted ? (pi_slice){text.ptr + 1, text.len - 2} : text;
  self->indices[self->count++] = is_index && !quoted;
  return true;
}

static void reverse(pi_repl_chain *self) {
  for (unsigned i = 0, k = self->count; i + 1 < k; i++) {
    k--;
    pi_slice step = self->steps[i];
    bool is_index = self->indices[i];
    self->steps[i] = self->steps[k];
    self->indices[i] = self->indices[k];
    self->steps[k] = step;
    self->indices[k] = is_index;
  }
}

/* The steps from the sign at `end` back to the name that they begin with; false where there is none. */
static bool read_owner(pi_repl_chain *self, pi_slice line, size_t end) {
  for (;;) {
    while (end > 0 && line.ptr[end - 1] == ']') {
      size_t open = bracket_begin(line, end);
      if (open == end || !add_step(self, (pi_slice){line.ptr + open + 1, end - open - 2}, true)) return false;
      end = open;
    }
    size_t begin = name_begin(line, end);
    if (begin == end || is_digit(line.ptr[begin])) return false;
    if (!add_step(self, (pi_slice){line.ptr + begin, end - begin}, false)) return false;
    end = begin;
    bool concatenated = end > 1 && line.ptr[end - 1] == '.' && line.ptr[end - 2] == '.';
    if (end > 0 && line.ptr[end - 1] == ':') return false; /* what a method gives */
    if (end == 0 || line.ptr[end - 1] != '.' || concatenated) break;
    end--;
  }
  self->begin = end;
  reverse(self);
  return true;
}

bool pi_repl_chain_read(pi_slice line, pi_repl_chain *out) {
  size_t name = name_begin(line, line.len);
  *out = (pi_repl_chain){.begin = name, .name = name};
  if (name < line.len && is_digit(line.ptr[name])) return false;
  if (name == 0 || (line.ptr[name - 1] != '.' && line.ptr[name - 1] != ':')) return true;
  char sign = line.ptr[name - 1];
  if (name > 1 && line.ptr[name - 2] == sign) return sign == '.'; /* joined texts; a label */
  size_t number = name_begin(line, name - 1);
  if (number < name - 1 && is_digit(line.ptr[number])) return false;
  out->sign = sign;
  out->known = read_owner(out, line, name - 1);
  if (!out->known) out->begin = name;
  return true;
}
