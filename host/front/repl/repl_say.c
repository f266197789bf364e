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

/* Takes the next line off. */
static pi_slice take_line(pi_slice *text) {
  const char *newline = memchr(text->ptr, '\n', text->len);
  pi_slice line = {text->ptr, newline != NULL ? (size_t)(newline - text->ptr) : text->len};
  size_t used = line.len + (newline != NULL ? 1 : 0);
  *text = (pi_slice){text->ptr + used, text->len - used};
  return line;
}

static unsigned blanks_before(pi_slice line) {
  unsigned count = 0;
  while (count < line.len && line.ptr[count] == ' ') count++;
  return count;
}

static bool is_caret(pi_slice line) {
  return line.len > 0 && blanks_before(line) + 1 == line.len && line.ptr[line.len - 1] == '^';
}

/* The bytes of so many columns of the line. */
static size_t bytes_of(pi_slice line, unsigned columns) {
  size_t at = 0;
  for (unsigned column = 0; at < line.len;) {
    size_t bytes;
    pi_utf8_decode(line.ptr + at, &bytes);
    column += (unsigned)pi_columns((pi_slice){line.ptr + at, bytes});
    if (column > columns) break;
    at += bytes;
  }
  return at;
}

/* Of a line that is too wide what stands around the caret below it, "…" for the rest; and the caret. */
static void put_quoted(pi_page *page, pi_slice line, unsigned caret) {
  unsigned skipped = caret + 1 < page->width ? 0 : caret - page->width * 2 / 3;
  size_t begin = bytes_of(line, skipped);
  const char *blank = begin > 0 ? memchr(line.ptr + begin, ' ', bytes_of(line, caret) - begin) : NULL;
  if (blank != NULL) begin = (size_t)(blank - line.ptr);
  skipped = (unsigned)pi_columns((pi_slice){line.ptr, begin});
  pi_slice rest = {line.ptr + begin, line.len - begin};
  if (begin > 0) pi_page_text(page, PI_STYLE_PLAIN, PI_SLICE("…"));
  bool cut = page->column + pi_columns(rest) > page->width;
  if (cut) rest.len = bytes_of(rest, page->width - page->column - 1);
  pi_page_text(page, PI_STYLE_PLAIN, rest);
  if (cut) pi_page_text(page, PI_STYLE_PLAIN, PI_SLICE("…"));
  pi_page_end(page);
  pi_page_to(page, caret - skipped + (begin > 0 ? 1 : 0));
  pi_page_text(page, PI_STYLE_PLAIN, PI_SLICE("^"));
  pi_page_end(page);
}

/* At a terminal lines that are too long are broken between words and indented further. */
static void put_lines(const pi_repl_terminal *self, pi_page *page, pi_slice text) {
  enum { INDENT = 2 };
  while (text.len > 0) {
    pi_slice line = take_line(&text);
    pi_slice after = text, next = {"", 0};
    bool wide = self->interactive && pi_page_columns(page, line) > page->width;
    if (wide && after.len > 0) next = take_line(&after);
    if (is_caret(next)) {
      put_quoted(page, line, (unsigned)next.len - 1);
      text = after;
    } else if (wide) {
      pi_page_wrap(page, blanks_before(line) + INDENT, PI_STYLE_PLAIN, line);
    } else {
      pi_page_text(page, PI_STYLE_PLAIN, line);
      pi_page_end(page);
    }
  }
}

void pi_repl_put_lines(pi_repl_terminal *self, pi_slice text) {
  pi_page page;
  if (!self->interactive) {
    pi_buffer_slice(&self->out, text);
    return;
  }
  pi_repl_page(self, &page);
  put_lines(self, &page, text);
  pi_page_dispose(&page);
}

static void say(pi_repl_terminal *self, pi_slice text) {
  pi_buffer shown;
  pi_page page;
  pi_repl_flush(self);
  end_interrupted_line(self);
  self->failed = true;
  pi_buffer_init(&shown, 64 * 1024);
  pi_page_init(&page, &shown, self->interactive ? pi_terminal_width() : PI_PAGE_WIDTH, false);
  page.breaks = self->interactive;
  if (self->line > 0) pi_buffer_printf(&shown, "line %llu: ", (unsigned long long)self->line);
  put_lines(self, &page, text);
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
