/* What the tables say, of commands, codes and facts: :help :facts, and :quit. */
#include <stdio.h>
#include <string.h>

#include "code_page.h"
#include "errors.h"
#include "facts_page.h"
#include "repl.h"
#include "requirement_page.h"

/* Where what a command does begins; on the narrowest pages below its name. */
static unsigned summary_column(const pi_page *page) {
  enum { COLUMN = 28, COLUMN_BELOW = 6, BELOW = 56 };
  return page->width < BELOW ? COLUMN_BELOW : COLUMN;
}

static void help_row(pi_page *page, const pi_repl_command *command) {
  unsigned column = summary_column(page);
  pi_page_text(page, PI_STYLE_STRONG, PI_SLICE("  :"));
  pi_page_text(page, PI_STYLE_STRONG, pi_slice_of(command->name));
  pi_page_text(page, PI_STYLE_PLAIN, PI_SLICE(" "));
  pi_page_text(page, PI_STYLE_PLAIN, pi_slice_of(command->form));
  pi_page_to(page, column - 1);
  pi_page_text(page, PI_STYLE_PLAIN, PI_SLICE(" "));
  if (page->column > column) {
    pi_page_end(page);
    pi_page_to(page, column);
  }
  pi_page_wrap(page, column, PI_STYLE_FAINT, pi_slice_of(command->summary));
}

static void help_all(pi_repl_terminal *self, const pi_repl_table *table) {
  pi_page page;
  pi_repl_page(self, &page);
  for (size_t i = 0; i < table->count; i++) help_row(&page, &table->rows[i]);
  pi_page_end(&page);
  pi_page_to(&page, 2);
  pi_page_wrap(
      &page, 2, PI_STYLE_PLAIN,
      PI_SLICE(
          "Anything else is Lua in the policy's sandbox. `case` and `evaluation` are those of the case at "
          "hand, `_` is the last result, and print shows values. case { … }, evaluate { … }, factor and "
          "condition are those of the policy's tests: evaluate { rule = \"violence\", "
          "[\"context.hyperbole\"] = 1 }.outcome"));
  pi_page_dispose(&page);
}

/* Copies a word of the line, cut where no name is that long. */
static void copy_word(char *out, size_t size, pi_slice word) {
  snprintf(out, size, "%.*s", (int)word.len, word.ptr);
}

/* Tables of the program's are as wide here as its commands print them. */
static void table_page(pi_repl_terminal *self, pi_page *page) {
  pi_page_init(page, &self->out, pi_terminal_width(), pi_terminal_color(&self->common));
}

/* At a terminal as the REPL complains, which breaks lines; else as the program does. */
static void complain(pi_repl_terminal *self, const pubint_error *error) {
  if (self->interactive) {
    pi_repl_complain_error(self, error);
    return;
  }
  pi_repl_flush(self);
  pi_complain(error);
  self->failed = true;
}

static void show_facts(pi_repl_terminal *self, const pi_slice *word) {
  char text[256] = "";
  if (word != NULL) copy_word(text, sizeof text, *word);
  const char *wanted = word != NULL ? text : NULL;
  if (pi_facts_page_count(wanted) == 0) {
    pubint_error error;
    pi_facts_page_unknown(wanted, &error);
    complain(self, &error);
    return;
  }
  pi_page page;
  table_page(self, &page);
  pi_facts_page_print(&page, wanted);
  pi_page_dispose(&page);
}

static void show_code(pi_repl_terminal *self, pi_slice topic) {
  char text[16];
  copy_word(text, sizeof text, topic);
  const pi_error_row *row = pi_code_page_find(text);
  if (row == NULL) {
    pubint_error error;
    pi_error_set(&error, PI_E_UNKNOWN_TOPIC);
    pi_error_found(&error, text, strlen(text));
    snprintf(error.expected, sizeof error.expected, "a code as in E1203; `pubint help codes` lists them");
    complain(self, &error);
    return;
  }
  pi_page page;
  table_page(self, &page);
  pi_code_page_print(&page, row);
  pi_page_dispose(&page);
}

/* "R049", "A09": of the written policy. */
static bool show_requirement(pi_repl_terminal *self, pi_slice topic) {
  char text[16];
  copy_word(text, sizeof text, topic);
  const pi_requirement *row = pi_requirement_find(text);
  if (row == NULL) return false;
  pi_page page;
  table_page(self, &page);
  pi_requirement_print(&page, row);
  pi_page_dispose(&page);
  return true;
}

void pi_repl_help(pi_repl_call *call) {
  pi_repl_terminal *self = &call->session->terminal;
  if (call->words_count == 0) {
    help_all(self, call->commands);
    return;
  }
  pi_slice topic = call->words[0];
  if (topic.len > 0 && topic.ptr[0] == ':') topic.ptr++, topic.len--;
  const pi_repl_command *command = pi_repl_command_find(call->commands, topic);
  pi_page page;
  if (command != NULL) {
    pi_repl_page(self, &page);
    help_row(&page, command);
    if (command->about[0] != '\0') {
      pi_page_to(&page, summary_column(&page));
      pi_page_wrap(&page, summary_column(&page), PI_STYLE_PLAIN, pi_slice_of(command->about));
    }
    pi_page_dispose(&page);
  } else if (topic.len > 1 && topic.ptr[0] == 'E' && topic.ptr[1] >= '0' && topic.ptr[1] <= '9') {
    show_code(self, topic);
  } else if (!show_requirement(self, topic)) {
    show_facts(self, &topic);
  }
}

void pi_repl_facts(pi_repl_call *call) {
  show_facts(&call->session->terminal, call->words_count > 0 ? &call->words[0] : NULL);
}

void pi_repl_quit(pi_repl_call *call) {
  call->session->terminal.quit = true;
}
