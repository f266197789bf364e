/* What the REPL says when something is wrong, and the words of a command line made sense of. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "errors.h"
#include "interrupt.h"
#include "nearest.h"
#include "repl.h"
#include "utf8.h"

/* --- output --- */

unsigned pi_repl_width(const pi_repl_terminal *self) {
  return self->interactive ? pi_terminal_width() : PI_PAGE_WIDTH_MIN;
}

void pi_repl_page(pi_repl_terminal *self, pi_page *page) {
  pi_page_init(page, &self->out, pi_repl_width(self), self->color);
  page->breaks = self->interactive;
}

/* The terminal has shown ^C for an interrupt: what follows begins a line of its own. */
static void end_interrupted_line(pi_repl_terminal *self) {
  bool interrupted = self->interactive && pi_interrupt_came();
  if (interrupted && !self->interrupt_shown) fputc('\n', stdout);
  self->interrupt_shown = interrupted;
}

void pi_repl_flush(pi_repl_terminal *self) {
  if (self->out.len > 0) end_interrupted_line(self);
  if (!pi_terminal_write(&self->out, true)) {
    self->failed = true;
    self->lost = !self->out.failed; /* memory may be had again, whoever reads us is gone */
    self->quit = self->quit || self->lost;
  }
  pi_buffer_reset(&self->out);
}

/* --- what is wrong --- */

/* At a terminal lines that are too long are broken between words and indented further. */
static void say(pi_repl_terminal *self, pi_slice text) {
  enum { INDENT = 2 };
  pi_buffer shown;
  pi_page page;
  pi_repl_flush(self);
  end_interrupted_line(self);
  self->failed = true;
  pi_buffer_init(&shown, 64 * 1024);
  pi_page_init(&page, &shown, self->interactive ? pi_terminal_width() : PI_PAGE_WIDTH, false);
  if (self->line > 0) pi_buffer_printf(&shown, "line %llu: ", (unsigned long long)self->line);
  while (text.len > 0) {
    const char *newline = memchr(text.ptr, '\n', text.len);
    pi_slice line = {text.ptr, newline != NULL ? (size_t)(newline - text.ptr) : text.len};
    unsigned indent = 0;
    while (indent < line.len && line.ptr[indent] == ' ') indent++;
    if (self->interactive && pi_page_columns(&page, line) > page.width) {
      pi_page_wrap(&page, indent + INDENT, PI_STYLE_PLAIN, line);
    } else {
      pi_page_text(&page, PI_STYLE_PLAIN, line);
      pi_page_end(&page);
    }
    text.ptr += line.len + (newline != NULL ? 1 : 0);
    text.len -= line.len + (newline != NULL ? 1 : 0);
  }
  pi_page_dispose(&page);
  fflush(stdout);
  pi_terminal_tell(&shown, true);
  pi_buffer_dispose(&shown);
}

void pi_repl_complain(pi_repl_terminal *self, const char *format, ...) {
  char text[1024];
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(text, sizeof text - 1, format, arguments);
  va_end(arguments);
  size_t end = length < 0 ? 0 : (size_t)length < sizeof text - 1 ? (size_t)length : sizeof text - 2;
  text[end] = '\n';
  say(self, (pi_slice){text, end + 1});
}

void pi_repl_complain_error(pi_repl_terminal *self, const pubint_error *error) {
  char text[4096]; /* every field of an error, escaped */
  pubint_error unquoted = *error;
  if (self->common.no_excerpts) pi_error_unquote(&unquoted);
  pi_error_format(&unquoted, pi_columns, text, sizeof text);
  say(self, pi_slice_of(text));
}

void pi_repl_complain_unknown(pi_repl_terminal *self, const char *what, pi_slice word,
                              const pi_slice *names) {
  pi_nearest nearest;
  pi_nearest_init(&nearest, word);
  for (size_t i = 0; names[i].ptr != NULL; i++) pi_nearest_offer(&nearest, names[i]);
  int shown = word.len > 80 ? 80 : (int)word.len;
  if (nearest.best.ptr != NULL) {
    pi_repl_complain(self, "there is no %s '%.*s'; did you mean '%.*s'?", what, shown, word.ptr,
                     (int)nearest.best.len, nearest.best.ptr);
  } else {
    pi_repl_complain(self, "there is no %s '%.*s'", what, shown, word.ptr);
  }
}

/* --- commands, rules and facts --- */

const pi_repl_command *pi_repl_command_find(const pi_repl_table *table, pi_slice name) {
  for (size_t i = 0; i < table->count; i++) {
    if (pi_slice_equal(pi_slice_of(table->rows[i].name), name)) return &table->rows[i];
  }
  return NULL;
}

const pi_repl_command *pi_repl_command_meant(const pi_repl_table *table, pi_slice name) {
  const pi_repl_command *found = pi_repl_command_find(table, name);
  unsigned count = 0;
  if (found != NULL || name.len == 0) return found;
  for (size_t i = 0; i < table->count; i++) {
    if (strncmp(table->rows[i].name, name.ptr, name.len) != 0) continue;
    found = &table->rows[i];
    count++;
  }
  return count == 1 ? found : NULL;
}

bool pi_repl_has_rule(const pi_repl_policy *self, pi_slice rule) {
  return pi_rule_find(rule) != PI_RULE_OTHER || pi_policy_script(self->loaded, PI_SCRIPT_RULE, rule) != NULL;
}

void pi_repl_complain_rule(pi_repl_terminal *self, pi_slice rule) {
  pi_slice names[PI_RULE_COUNT + 1];
  for (int i = 0; i < PI_RULE_COUNT; i++) names[i] = PI_RULES[i].id;
  names[PI_RULE_COUNT] = (pi_slice){NULL, 0};
  pi_repl_complain_unknown(self, "rule", rule, names);
}

/* Whether `path` ends in `end` at a dot: "offline_harm.likelihood" of "context.offline_harm.likelihood". */
static bool ends_in(pi_slice path, pi_slice end) {
  if (end.len == 0 || end.len >= path.len || path.ptr[path.len - end.len - 1] != '.') return false;
  return memcmp(path.ptr + path.len - end.len, end.ptr, end.len) == 0;
}

static void complain_ambiguous(pi_repl_terminal *self, pi_slice path) {
  char list[512] = "";
  size_t length = 0;
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if (!ends_in(PI_FACTS[fact].path, path)) continue;
    int n = snprintf(list + length, sizeof list - length, "%s%s", length > 0 ? ", " : "",
                     PI_FACTS[fact].path.ptr);
    if (n > 0 && length + (size_t)n < sizeof list) length += (size_t)n;
  }
  pi_repl_complain(self, "several facts end in '%.*s': %s", (int)path.len, path.ptr, list);
}

/* The nearest of the paths, or of their ends, or of the groups. */
static void complain_no_fact(pi_repl_terminal *self, pi_slice path) {
  enum { GROUPS = 2 * PI_FACT_COUNT };
  pi_slice names[GROUPS + 2 * PI_GROUP_COUNT];
  size_t count = GROUPS;
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    names[fact] = PI_FACTS[fact].path;
    names[PI_FACT_COUNT + fact] = PI_FACTS[fact].key;
  }
  for (int group = PI_GROUP_ROOT + 1; group < PI_GROUP_COUNT; group++) {
    names[count++] = PI_GROUPS[group].path;
    names[count++] = PI_GROUPS[group].key;
  }
  names[count] = (pi_slice){NULL, 0};
  pi_repl_complain_unknown(self, "fact", path, names);
}

/* How many facts' paths end so; *last is the last of them. */
static unsigned facts_ending(pi_slice end, pi_fact *last) {
  unsigned count = 0;
  *last = PI_FACT_COUNT;
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if (!ends_in(PI_FACTS[fact].path, end)) continue;
    *last = (pi_fact)fact;
    count++;
  }
  return count;
}

pi_fact pi_repl_fact_quietly(pi_slice path) {
  pi_fact found = pi_fact_find(path), last;
  if (found == PI_FACT_COUNT && facts_ending(path, &last) == 1) found = last;
  return found;
}

pi_fact pi_repl_fact(pi_repl_terminal *self, pi_slice path) {
  pi_fact found = pi_repl_fact_quietly(path), last;
  if (found != PI_FACT_COUNT) return found;
  unsigned count = facts_ending(path, &last);
  bool group = false;
  for (int i = PI_GROUP_ROOT + 1; i < PI_GROUP_COUNT; i++) {
    group = group || pi_slice_equal(PI_GROUPS[i].path, path) || pi_slice_equal(PI_GROUPS[i].key, path);
  }
  if (group) {
    pi_repl_complain(self, "'%.*s' is a group of facts; name one of them", (int)path.len, path.ptr);
  } else if (count > 1) {
    complain_ambiguous(self, path);
  } else {
    complain_no_fact(self, path);
  }
  return PI_FACT_COUNT;
}

/* --- files --- */

bool pi_repl_file_path(pi_slice word, char *out, size_t size) {
  const char *home = getenv("HOME");
  bool tilde = word.len >= 2 && memcmp(word.ptr, "~/", 2) == 0 && home != NULL;
  size_t begin = tilde ? strlen(home) : 0;
  if (tilde) word.ptr++, word.len--;
  if (begin >= size || word.len >= size - begin) return false;
  if (begin > 0) memcpy(out, home, begin);
  memcpy(out + begin, word.ptr, word.len);
  out[begin + word.len] = '\0';
  return true;
}

/* --- numbers --- */

bool pi_repl_number(pi_repl_terminal *self, pi_slice word, unsigned decimals, int64_t low, int64_t high,
                    int64_t *out) {
  if (pi_decimal_read(word, decimals, high, out) && *out >= low) return true;
  char bounds[2][PI_DECIMAL_BYTES + 1];
  bounds[0][pi_decimal_write(bounds[0], low, decimals)] = '\0';
  bounds[1][pi_decimal_write(bounds[1], high, decimals)] = '\0';
  pi_repl_complain(self, "'%.*s' is no number from %s to %s%s", (int)(word.len > 80 ? 80 : word.len),
                   word.ptr, bounds[0], bounds[1],
                   decimals == 0   ? ", without a fraction"
                   : decimals == 3 ? ", in steps of 0.001"
                                   : "");
  return false;
}
