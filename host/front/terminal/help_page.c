#include "help_page.h"

#include <stdio.h>
#include <string.h>

void pi_help_heading(pi_page *page, const char *text) {
  pi_page_end(page);
  pi_page_text(page, PI_STYLE_HEAD, pi_slice_of(text));
  pi_page_end(page);
}

void pi_help_entry(pi_page *page, unsigned column, const char *name, const char *text) {
  pi_page_to(page, PI_HELP_INDENT);
  pi_page_text(page, PI_STYLE_STRONG, pi_slice_of(name));
  if (page->column + 1 > column) pi_page_end(page);
  pi_page_to(page, column);
  pi_page_wrap(page, column, PI_STYLE_PLAIN, pi_slice_of(text));
}

void pi_help_options(pi_page *page, const pi_option *options, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const pi_option *option = &options[i];
    char name[64], help[PI_OPTIONS_HELP_BYTES];
    char letter[8] = "    ";
    if (option->short_name != '\0') snprintf(letter, sizeof letter, "-%c, ", option->short_name);
    snprintf(name, sizeof name, "%s--%s%s%s", letter, option->long_name, option->value != NULL ? " " : "",
             option->value != NULL ? option->value : "");
    pi_help_entry(page, PI_HELP_COLUMN, name, pi_options_help(option, help));
  }
}

void pi_help_command(const pi_command *self, pi_page *page) {
  char form[160];
  snprintf(form, sizeof form, "pubint %s [options]%s%s", self->name, self->form[0] != '\0' ? " " : "",
           self->form);
  pi_page_wrap(page, 0, PI_STYLE_HEAD, pi_slice_of(form));
  pi_page_end(page);
  for (const char *at = self->about; *at != '\0';) {
    const char *newline = strchr(at, '\n');
    size_t length = newline != NULL ? (size_t)(newline - at) : strlen(at);
    pi_page_wrap(page, 0, PI_STYLE_PLAIN, (pi_slice){at, length});
    at += length + (newline != NULL ? 1 : 0);
  }
  if (self->commands_count > 0) pi_help_heading(page, "Commands");
  for (size_t i = 0; i < self->commands_count; i++) {
    const pi_command *command = self->commands[i];
    char name[96];
    snprintf(name, sizeof name, "%s%s%s", command->name, command->form[0] != '\0' ? " " : "", command->form);
    pi_help_entry(page, PI_HELP_COLUMN, name, command->summary);
  }
  if (self->options_count > 0) {
    pi_help_heading(page, "Options");
    pi_help_options(page, self->options, self->options_count);
  }
  pi_help_heading(page, "Options of every command");
  pi_help_options(page, PI_COMMON_OPTIONS, PI_COMMON_OPTIONS_COUNT);
}
