#define _GNU_SOURCE /* memmem */
/* Cases of the file for which an expression of Lua is true: :find :count :list. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "decode.h"
#include "evaluation_keys.h"
#include "evaluation_words.h"
#include "figures.h"
#include "interrupt.h"
#include "phrases.h"
#include "repl.h"

enum { VALUE_COLUMNS = 40, LISTED = 20, LISTED_MAX = 10000, INDENT = 2, COLUMN_ID = 12, COLUMN_OUTCOME = 50 };

/* One way through the file. A case for which the expression fails is passed over: what one case lacks says
 * nothing of the others. */
typedef struct finder {
  pi_repl_session *session;
  pi_slice expression;
  pi_arena arena;     /* of one case */
  bool evaluates;     /* the expression, or what is printed, speaks of the evaluation */
  uint64_t line;      /* of the case that is looked at */
  uint64_t looked_at; /* cases for which the expression could be tried */
  uint64_t refused;   /* lines that are no case */
  uint64_t failing;
  uint64_t first_failing; /* the first line of them */
  char fault[400];        /* and what it says */
  pi_buffer *value;       /* what the expression gives is shown there; NULL: it is not asked for */
  bool ended;             /* nothing more is to be looked at, and that is said */
  const pubint_evaluation *evaluation; /* of the case that is looked at */
  pi_case facts;
} finder;

static void fails(finder *self, const pi_console_call *call) {
  if (!call->read) { /* on the next line as well */
    pi_repl_complain(&self->session->terminal, "%s", call->fault);
    self->ended = true;
    return;
  }
  if (self->failing++ > 0) return;
  self->first_failing = self->line;
  snprintf(self->fault, sizeof self->fault, "%s", call->fault);
}

/* Whether the expression is true for the case on this line. */
static bool holds(finder *self, pi_slice text) {
  pi_repl_session *session = self->session;
  pi_arena_reset(&self->arena);
  if (pi_decode_case(&self->facts, text, self->line, &self->arena, NULL, NULL) != PUBINT_OK) {
    self->refused++;
    return false;
  }
  pi_console_renew(session->policy.console);
  pi_tree tree = {NULL, 0};
  if (self->evaluates) {
    pubint_error error;
    if (pi_engine_evaluate(session->policy.engine, &self->facts, &self->evaluation, &error) != PUBINT_OK) {
      self->ended = true;
      pi_repl_complain_error(&session->terminal, &error);
      return false;
    }
    tree = pi_repl_tree(self->evaluation, &self->arena);
  }
  pi_console_call call = {.text = self->expression,
                          .input = &self->facts,
                          .tweet_text = pi_repl_tweet_text(&self->facts, &self->arena),
                          .evaluation = tree.count > 0 ? &tree : NULL,
                          .records = pi_evaluation_record,
                          .width = VALUE_COLUMNS,
                          .columns = pi_columns,
                          .out = self->value,
                          .quiet = self->value == NULL};
  if (self->value != NULL) pi_buffer_reset(self->value);
  pi_console_end end = pi_console_run(session->policy.console, &call);
  if (end == PI_CONSOLE_UNFINISHED) {
    pi_repl_complain(&session->terminal, "the expression ends too early");
    self->ended = true;
  }
  if (end == PI_CONSOLE_FAILED) fails(self, &call);
  if (end != PI_CONSOLE_DONE) return false;
  self->looked_at++;
  return call.holds;
}

/* The next line from self->line on for which the expression is true, in *text; false where there is none, or
 * where the search is ended. */
static bool next(finder *self, pi_slice *text) {
  pi_repl_session *session = self->session;
  for (;; self->line++) {
    pubint_error error;
    bool there;
    if (pi_repl_file_line(session->hand.file, self->line, text, &there, &error) != PUBINT_OK) {
      pi_repl_complain_error(&session->terminal, &error);
      self->ended = true;
    } else if (pi_interrupt_came()) {
      pi_repl_complain(&session->terminal, "interrupted at line %llu", (unsigned long long)self->line);
      self->ended = true;
    }
    if (self->ended || !there) return false;
    if (holds(self, *text)) return true;
    if (self->ended) return false;
  }
}

/* ---- what is said of what was passed over ---- */

/* False where the expression failed for every case, which is said as an error. */
static bool say_passed_over(const finder *self) {
  pi_repl_terminal *terminal = &self->session->terminal;
  pi_page page;
  char text[600];
  pi_repl_page(terminal, &page);
  if (self->failing > 0) {
    pi_page_to(&page, INDENT);
    snprintf(text, sizeof text, "the expression fails for %llu %s, first on line %llu: %s",
             (unsigned long long)self->failing, self->failing == 1 ? "case" : "cases",
             (unsigned long long)self->first_failing, self->fault);
    pi_page_wrap(&page, INDENT, PI_STYLE_FAINT, pi_slice_of(text));
  }
  if (self->refused > 0) {
    pi_page_to(&page, INDENT);
    snprintf(text, sizeof text, "%llu %s refused", (unsigned long long)self->refused,
             self->refused == 1 ? "line is" : "lines are");
    pi_page_wrap(&page, INDENT, PI_STYLE_FAINT, pi_slice_of(text));
  }
  pi_page_dispose(&page);
  bool useless = self->failing > 0 && self->looked_at == 0;
  if (useless) pi_repl_complain(terminal, "the expression fails for every case that was tried");
  return !useless;
}

/* ---- beginning and end ---- */

/* The expression of this call, or with none the last one; false, and said, where there is neither. */
static bool take_expression(pi_repl_session *session, pi_slice written, pi_slice *out) {
  pi_buffer *last = &session->hand.expression;
  if (written.len > 0) {
    pi_buffer_reset(last);
    pi_buffer_slice(last, written);
  }
  *out = (pi_slice){last->data, last->len};
  if (last->failed) pi_repl_complain(&session->terminal, "memory ran out");
  if (!last->failed && last->len == 0)
    pi_repl_complain(&session->terminal, "write :find EXPR; alone it repeats the last expression");
  return !last->failed && last->len > 0;
}

static bool begin(finder *self, pi_repl_session *session, pi_slice written, bool evaluates) {
  pi_slice word = PI_SLICE("evaluation");
  *self = (finder){.session = session, .line = 1};
  if (session->hand.file == NULL) {
    pi_repl_complain(&session->terminal, "no file is open; `:open FILE` opens one");
    return false;
  }
  if (!take_expression(session, written, &self->expression)) return false;
  self->evaluates =
      evaluates || memmem(self->expression.ptr, self->expression.len, word.ptr, word.len) != NULL;
  pi_arena_init(&self->arena, 64 * 1024, (size_t)64 * 1024 * 1024);
  session->hand.evaluated = false;
  return true;
}

static void end(finder *self) {
  pi_arena_dispose(&self->arena);
  pi_console_renew(self->session->policy.console);
}

/* ---- the commands ---- */

void pi_repl_find(pi_repl_call *call) {
  pi_repl_session *session = call->session;
  finder self;
  pi_slice text;
  if (!begin(&self, session, call->words_count > 0 ? call->rests[0] : (pi_slice){NULL, 0}, false)) return;
  self.line = session->hand.line + 1;
  if (next(&self, &text)) {
    if (pi_repl_session_take(session, text, pi_repl_file_name(session->hand.file), self.line))
      pi_repl_session_head(session);
    (void)say_passed_over(&self);
  } else if (!self.ended) {
    if (say_passed_over(&self))
      pi_repl_complain(&session->terminal, "no case after line %llu", (unsigned long long)session->hand.line);
  }
  end(&self);
}

void pi_repl_count(pi_repl_call *call) {
  finder self;
  pi_slice text;
  uint64_t count = 0;
  if (!begin(&self, call->session, call->words_count > 0 ? call->rests[0] : (pi_slice){NULL, 0}, false))
    return;
  for (; next(&self, &text); self.line++) count++;
  if (!self.ended) {
    pi_buffer_printf(&call->session->terminal.out, "%llu of %llu cases\n", (unsigned long long)count,
                     (unsigned long long)(self.looked_at + self.failing));
    (void)say_passed_over(&self);
  }
  end(&self);
}

/* What the expression gives, where that is more than yes. */
static void list_value(const finder *self, pi_page *page) {
  pi_slice value = {self->value->data, self->value->len};
  while (value.len > 0 && value.ptr[value.len - 1] == '\n') value.len--;
  bool plain = value.len > 0 && memchr(value.ptr, '\n', value.len) == NULL;
  if (!plain || pi_slice_equal(value, PI_SLICE("true"))) return;
  if (page->column + 2 + pi_page_columns(page, value) > page->width) {
    pi_page_end(page);
    pi_page_to(page, COLUMN_ID);
  } else {
    pi_page_text(page, PI_STYLE_PLAIN, PI_SLICE("  "));
  }
  pi_page_text(page, PI_STYLE_STRONG, value);
}

/* "  line 7     s1-7        notice, weighed" */
static void list_case(const finder *self, pi_page *page) {
  char line[32];
  const pubint_evaluation *evaluation = self->evaluation;
  snprintf(line, sizeof line, "line %llu", (unsigned long long)self->line);
  pi_page_to(page, INDENT);
  pi_page_text(page, PI_STYLE_FAINT, pi_slice_of(line));
  unsigned outcome = page->width >= 2 * COLUMN_OUTCOME ? COLUMN_OUTCOME : page->width / 2;
  pi_page_to(page, page->column + 2 > COLUMN_ID ? page->column + 2 : COLUMN_ID);
  pi_page_text(page, PI_STYLE_PLAIN, pi_case_text(&self->facts, PI_FACT_ID));
  if (page->column + 2 > outcome) pi_page_end(page);
  pi_page_to(page, outcome);
  pi_page_text(page, PI_STYLE_PLAIN, pi_say_outcome(NULL, evaluation->outcome));
  pi_page_text(page, PI_STYLE_FAINT, PI_SLICE(", "));
  pi_page_text(page, PI_STYLE_FAINT, PI_WORDS_BASIS.words[evaluation->basis]);
  list_value(self, page);
  pi_page_end(page);
}

/* A whole number at the end, behind an expression, is how many to show: :list case.tweet.lang == "nl" 50. As
 * part of the expression, `x > 5`, it follows an operator. */
static pi_slice take_count(pi_slice written, uint64_t *count) {
  size_t digits = 0;
  while (digits < written.len && written.ptr[written.len - 1 - digits] >= '0' &&
         written.ptr[written.len - 1 - digits] <= '9')
    digits++;
  size_t blanks = written.len - digits;
  while (blanks > 0 && written.ptr[blanks - 1] == ' ') blanks--;
  if (digits == 0 || digits > 5 || blanks == 0 || blanks == written.len - digits) return written;
  if (strchr("<>=~+-*/%^&|,(#", written.ptr[blanks - 1]) != NULL) return written;
  pi_slice before = {written.ptr, blanks};
  static const char *const WORDS[] = {"and", "or", "not"};
  for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
    size_t length = strlen(WORDS[i]);
    if (before.len >= length && memcmp(before.ptr + before.len - length, WORDS[i], length) == 0)
      return written;
  }
  *count = 0;
  for (size_t i = written.len - digits; i < written.len; i++)
    *count = *count * 10 + (uint64_t)(written.ptr[i] - '0');
  if (*count > LISTED_MAX) *count = LISTED_MAX;
  return before;
}

void pi_repl_list(pi_repl_call *call) {
  pi_repl_session *session = call->session;
  finder self;
  pi_slice text;
  uint64_t most = LISTED, count = 0;
  pi_slice written = call->words_count > 0 ? take_count(call->rests[0], &most) : (pi_slice){NULL, 0};
  if (!begin(&self, session, written, true)) return;
  pi_page page;
  pi_buffer value;
  pi_buffer_init(&value, (size_t)1024 * 1024);
  self.value = &value;
  pi_repl_page(&session->terminal, &page);
  for (; next(&self, &text); self.line++) {
    if (count++ < most) list_case(&self, &page);
    if (count == most) self.value = NULL; /* the others are counted */
  }
  pi_page_dispose(&page);
  pi_buffer_dispose(&value);
  if (!self.ended) {
    if (count > most)
      pi_buffer_printf(&session->terminal.out, "  and %llu more\n", (unsigned long long)(count - most));
    if (count == 0) pi_buffer_text(&session->terminal.out, "  no case\n");
    (void)say_passed_over(&self);
  }
  end(&self);
}
