#include "command_line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pubint/engine.h>

#include "errors.h"
#include "help_page.h"
#include "nearest.h"

/* --- its command --- */

/* Whether the word is an option that takes the word behind it: of the commands, or of all of them. */
static bool takes_next(const char *word, const pi_option *options, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const pi_option *option = &options[i];
    if (option->kind == PI_OPTION_FLAG) continue;
    if (word[1] == '-' ? strcmp(word + 2, option->long_name) == 0
                       : word[1] == option->short_name && word[2] == '\0') {
      return true;
    }
  }
  return false;
}

/* Where the command's name stands: the first word that is no option and no option's value. "-" before the
 * name of a command of the program is that command's FILE. */
static int find_name(const pi_command *self, const pi_call *call) {
  for (int i = 0; i < call->argc; i++) {
    const char *word = call->argv[i];
    bool dash = strcmp(word, "-") == 0;
    if (word[0] != '-' || (dash && self->options_first)) return i;
    if (dash) continue;
    bool next = takes_next(word, PI_COMMON_OPTIONS, PI_COMMON_OPTIONS_COUNT);
    for (size_t c = 0; c < self->commands_count && self->options_first && !next; c++) {
      next = takes_next(word, self->commands[c]->options, self->commands[c]->options_count);
    }
    if (next) i++;
  }
  return call->argc;
}

/* "one of open, recommend, …", as far as there is room. */
static void list_names(const pi_command *self, char *out, size_t size) {
  size_t length = (size_t)snprintf(out, size, "one of");
  for (size_t i = 0; i < self->commands_count; i++) {
    const char *name = self->commands[i]->name + strlen(self->name) + 1;
    if (length + strlen(name) + 3 > size) continue;
    length += (size_t)snprintf(out + length, size - length, "%s %s", i > 0 ? "," : "", name);
  }
}

pi_exit pi_command_refuse(const pi_command *self, const char *found) {
  pubint_error error;
  bool program = self->name[0] == '\0';
  if (program) {
    pi_error_set(&error, PI_E_UNKNOWN_COMMAND);
  } else {
    pi_error_setf(&error, PI_E_UNKNOWN_COMMAND,
                  found == NULL ? "what the %s is to do is missing" : "the %s has no such command",
                  self->name);
    list_names(self, error.expected, sizeof error.expected);
  }
  if (found != NULL) pi_error_found(&error, found, strlen(found));
  size_t skip = program ? 0 : strlen(self->name) + 1;
  pi_nearest nearest;
  pi_nearest_init(&nearest, pi_slice_of(found != NULL ? found : ""));
  for (size_t i = 0; i < self->commands_count; i++) {
    pi_nearest_offer(&nearest, pi_slice_of(self->commands[i]->name + skip));
  }
  const char *space = program ? "" : " ";
  if (nearest.best.ptr != NULL) {
    snprintf(error.hint, sizeof error.hint, "did you mean pubint %s%s%.*s?", self->name, space,
             (int)nearest.best.len, nearest.best.ptr);
  } else if (program) {
    snprintf(error.hint, sizeof error.hint, "`pubint help` lists the commands");
  } else {
    snprintf(error.hint, sizeof error.hint, "see `pubint help %s`", self->name);
  }
  return pi_complain(&error);
}

pi_exit pi_command_dispatch(const pi_command *self, pi_call *call,
                            pi_exit (*nameless)(const pi_command *self, pi_call *call)) {
  int at = find_name(self, call);
  if (at == call->argc) return nameless(self, call);
  const pi_command *command = pi_command_named(self, call->argv[at]);
  if (command == NULL) return pi_command_refuse(self, call->argv[at]);
  /* The words around the name move together over it; the caller's list is its own. */
  char **words = calloc((size_t)call->argc, sizeof *words);
  if (words == NULL) {
    pubint_error error;
    pi_error_set(&error, PI_E_NO_MEMORY);
    return pi_complain(&error);
  }
  int count = 0;
  for (int i = 0; i < call->argc; i++) {
    if (i != at) words[count++] = call->argv[i];
  }
  call->argc = count;
  call->argv = words;
  pi_exit status = command->run(command, call);
  free(words);
  return status;
}

static pi_exit run_nameless(const pi_command *self, pi_call *call) {
  pi_exit status;
  if (call->argc > 0 && !pi_command_begin(self, call, NULL, &status)) return status;
  return pi_command_refuse(self, NULL);
}

pi_exit pi_command_run_group(const pi_command *self, pi_call *call) {
  return pi_command_dispatch(self, call, run_nameless);
}

/* --- its options --- */

void pi_command_version(const pi_call *call) {
  pi_buffer_printf(call->out, "pubint %s\n", pubint_version());
}

void pi_command_page(const pi_call *call, pi_page *page) {
  if (call->page != NULL) *call->page = !call->common.json;
  pi_page_init(page, call->out, pi_terminal_width(), pi_terminal_color(&call->common));
}

void pi_command_book(const pi_call *call, pi_book *book, bool csv) {
  pi_page page;
  if (csv) {
    pi_book_csv(book, call->out);
  } else if (call->common.json) {
    pi_book_write(book, call->out);
  } else {
    pi_command_page(call, &page);
    pi_book_print(book, &page);
    pi_page_dispose(&page);
  }
  pi_book_dispose(book);
}

/* --version and --help, which end a command at once. */
static bool answer_at_once(const pi_command *self, const pi_call *call) {
  if (call->common.version) {
    pi_command_version(call);
    return true;
  }
  if (!call->common.help) return false;
  pi_page page;
  pi_command_page(call, &page);
  pi_help_command(self, &page);
  pi_page_dispose(&page);
  return true;
}

bool pi_command_begin(const pi_command *self, pi_call *call, void *values, pi_exit *status) {
  pi_option_set sets[] = {
      {self->options, self->options_count, values},
      {PI_COMMON_OPTIONS, PI_COMMON_OPTIONS_COUNT, &call->common},
  };
  pubint_error error;
  if (pi_options_parse(sets, 2, call->argc, call->argv, &call->arguments, &error) != PUBINT_OK) {
    if (error.hint[0] == '\0') snprintf(error.hint, sizeof error.hint, "see `pubint help %s`", self->name);
    *status = pi_complain(&error);
    return false;
  }
  call->common.json = call->common.json || call->common.pretty;
  *status = PI_EXIT_DONE;
  if (answer_at_once(self, call)) return false;
  if (call->arguments.count <= self->arguments_max) return true;
  pi_error_setf(&error, PI_E_ARGUMENTS, "too many arguments");
  const char *extra = call->arguments.items[self->arguments_max];
  pi_error_found(&error, extra, strlen(extra));
  snprintf(error.expected, sizeof error.expected, "pubint %s %s", self->name, self->form);
  *status = pi_complain(&error);
  return false;
}
