/* pubint help: commands, options, codes and the scripts' surface, each printed from its table. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "allow.h"
#include "command.h"
#include "errors.h"
#include "nearest.h"
#include "outline.h"
#include "script_limits.h"

enum { INDENT = 2, COLUMN_SUMMARY = 28, COLUMN_CODE = 8, COLUMN_ALLOW = 44 };

static const struct {
  int code;
  const char *meaning;
} EXITS[] = {
    {PI_EXIT_DONE, "done"},
    {PI_EXIT_UNMET, "the check asked for did not hold"},
    {PI_EXIT_USAGE, "the command line is wrong"},
    {PI_EXIT_REFUSED, "some input was refused"},
    {PI_EXIT_POLICY, "the policy does not load"},
    {PI_EXIT_SYSTEM, "a file, memory or another thing of the machine"},
    {PI_EXIT_INTERRUPTED, "interrupted"},
};
enum { EXITS_COUNT = sizeof EXITS / sizeof EXITS[0] };

static const char *const TOPICS[][2] = {
    {"COMMAND", "what a command does, and its options"},
    {"E1203", "what a code means and how to mend it"},
    {"codes", "all of them"},
    {"script", "everything a script can use"},
};
enum { TOPICS_COUNT = sizeof TOPICS / sizeof TOPICS[0] };

static void heading(pi_page *page, const char *text) {
  pi_page_end(page);
  pi_page_text(page, PI_STYLE_HEAD, pi_slice_of(text));
  pi_page_end(page);
}

/* A name, and what it means beside it, or below where it is too long. */
static void entry(pi_page *page, unsigned column, const char *name, const char *text) {
  pi_page_to(page, INDENT);
  pi_page_text(page, PI_STYLE_STRONG, pi_slice_of(name));
  if (page->column + 1 > column) pi_page_end(page);
  pi_page_to(page, column);
  pi_page_wrap(page, column, PI_STYLE_PLAIN, pi_slice_of(text));
}

/* "-p, --policy DIR" */
static void print_options(pi_page *page, const pi_option *options, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const pi_option *option = &options[i];
    char name[64];
    char letter[8] = "    ";
    if (option->short_name != '\0') snprintf(letter, sizeof letter, "-%c, ", option->short_name);
    snprintf(name, sizeof name, "%s--%s%s%s", letter, option->long_name, option->value != NULL ? " " : "",
             option->value != NULL ? option->value : "");
    entry(page, COLUMN_SUMMARY, name, option->help);
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
  if (self->commands_count > 0) heading(page, "Commands");
  for (size_t i = 0; i < self->commands_count; i++) {
    const pi_command *command = self->commands[i];
    char name[96];
    snprintf(name, sizeof name, "%s%s%s", command->name, command->form[0] != '\0' ? " " : "", command->form);
    entry(page, COLUMN_SUMMARY, name, command->summary);
  }
  if (self->options_count > 0) {
    heading(page, "Options");
    print_options(page, self->options, self->options_count);
  }
  heading(page, "Options of every command");
  print_options(page, PI_COMMON_OPTIONS, PI_COMMON_OPTIONS_COUNT);
}

void pi_help_all(pi_page *page) {
  pi_page_wrap(page, 0, PI_STYLE_HEAD, PI_SLICE("pubint COMMAND [options] [FILE]"));
  pi_page_end(page);
  pi_page_wrap(
      page, 0, PI_STYLE_PLAIN,
      PI_SLICE("Decides, and explains, whether a rule-breaking Tweet by a public official may stay up "
               "behind a public-interest notice."));
  heading(page, "Commands");
  for (size_t i = 0; i < PI_COMMANDS_COUNT; i++) {
    char name[64];
    snprintf(name, sizeof name, "%s%s%s", PI_COMMANDS[i]->name, PI_COMMANDS[i]->form[0] != '\0' ? " " : "",
             PI_COMMANDS[i]->form);
    entry(page, COLUMN_SUMMARY, name, PI_COMMANDS[i]->summary);
  }
  heading(page, "Options of every command");
  print_options(page, PI_COMMON_OPTIONS, PI_COMMON_OPTIONS_COUNT);
  heading(page, "Help on");
  for (size_t i = 0; i < TOPICS_COUNT; i++) {
    char name[64];
    snprintf(name, sizeof name, "pubint help %s", TOPICS[i][0]);
    entry(page, COLUMN_SUMMARY, name, TOPICS[i][1]);
  }
  heading(page, "The policy");
  pi_page_to(page, INDENT);
  pi_page_wrap(
      page, INDENT, PI_STYLE_PLAIN,
      PI_SLICE("-p DIR, else the folder that PUBINT_POLICY names, else the installed scripts, else scripts/ "
               "of the source."));
  heading(page, "Exit codes");
  for (size_t i = 0; i < EXITS_COUNT; i++) {
    char code[8];
    snprintf(code, sizeof code, "%3d", EXITS[i].code);
    entry(page, COLUMN_CODE, code, EXITS[i].meaning);
  }
}

/* --- a code --- */

/* The row of "E1203", "e1203" or "1203"; NULL where the topic is no code of ours. */
static const pi_error_row *find_code(const char *topic) {
  const char *digits = topic[0] == 'E' || topic[0] == 'e' ? topic + 1 : topic;
  if (strlen(digits) != 4) return NULL;
  unsigned code = 0;
  for (size_t i = 0; i < 4; i++) {
    if (digits[i] < '0' || digits[i] > '9') return NULL;
    code = code * 10 + (unsigned)(digits[i] - '0');
  }
  return pi_error_find(code);
}

static void print_code(pi_page *page, const pi_error_row *row) {
  char title[400];
  snprintf(title, sizeof title, "E%04u: %s", row->code, row->message);
  pi_page_wrap(page, 0, PI_STYLE_HEAD, pi_slice_of(title));
  pi_page_end(page);
  pi_page_wrap(page, 0, PI_STYLE_PLAIN, pi_slice_of(row->mend));
}

static void print_codes(pi_page *page) {
  pi_page_text(page, PI_STYLE_HEAD, PI_SLICE("Codes"));
  pi_page_end(page);
  for (size_t i = 0; i < PI_ERRORS_COUNT; i++) {
    char code[16];
    snprintf(code, sizeof code, "E%04u", PI_ERRORS[i].code);
    entry(page, COLUMN_CODE + 1, code, PI_ERRORS[i].message);
  }
}

/* --- scripts --- */

/* A name, what it is for, and below it fainter how it is bounded. */
static void print_row(pi_page *page, const char *name, const char *text, const char *faint) {
  pi_page_to(page, INDENT);
  pi_page_text(page, PI_STYLE_STRONG, pi_slice_of(name));
  if (page->column + 1 > COLUMN_ALLOW) pi_page_end(page);
  pi_page_to(page, COLUMN_ALLOW);
  pi_page_wrap(page, COLUMN_ALLOW, PI_STYLE_PLAIN, pi_slice_of(text));
  pi_page_to(page, COLUMN_ALLOW);
  pi_page_wrap(page, COLUMN_ALLOW, PI_STYLE_FAINT, pi_slice_of(faint));
}

/* Rows of one library or handle stand together; methods of handles are called with a colon. */
static void print_allowed(pi_page *page, const pi_allow_row *rows, size_t count, const char *method_mark) {
  const char *library = NULL;
  for (size_t i = 0; i < count; i++) {
    const pi_allow_row *row = &rows[i];
    if (library == NULL || strcmp(library, row->library) != 0) {
      library = row->library;
      heading(page, library[0] != '\0' ? library : "names of the environment");
    }
    char form[160];
    const char *mark = strchr(row->form, '(') != NULL ? method_mark : ".";
    snprintf(form, sizeof form, "%s%s%s", library, library[0] != '\0' ? mark : "", row->form);
    print_row(page, form, row->doc, row->safe);
  }
}

static void print_script(pi_page *page) {
  pi_page_wrap(page, 0, PI_STYLE_HEAD, PI_SLICE("What a script can use"));
  pi_page_end(page);
  pi_page_wrap(
      page, 0, PI_STYLE_PLAIN,
      PI_SLICE("Everything else is absent, and an unknown name is an error that names the nearest one. The "
               "fainter line says how a thing is bounded. Charged: what it goes over counts as "
               "instructions, before it is done. The functions of string are methods of strings too: "
               "s:lower()."));
  print_allowed(page, PI_ALLOW, PI_ALLOW_COUNT, ".");
  print_allowed(page, PI_ALLOW_FIELDS, PI_ALLOW_FIELDS_COUNT, ":");
  heading(page, "limits of one script call");
  for (size_t i = 0; i < PI_LIMITS_COUNT; i++) {
    char value[64];
    snprintf(value, sizeof value, "%llu %s", PI_LIMITS[i].value, PI_LIMITS[i].unit);
    print_row(page, PI_LIMITS[i].what, value, PI_LIMITS[i].how);
  }
}

/* --- as JSON --- */

static void write_options(pi_outline *o, const char *key, const pi_option *options, size_t count) {
  pi_outline_open(o, key, '[');
  for (size_t i = 0; i < count; i++) {
    pi_outline_open(o, NULL, '{');
    pi_outline_string(o, "name", pi_slice_of(options[i].long_name));
    if (options[i].short_name != '\0') pi_outline_string(o, "short", (pi_slice){&options[i].short_name, 1});
    if (options[i].value != NULL) pi_outline_string(o, "value", pi_slice_of(options[i].value));
    pi_outline_string(o, "help", pi_slice_of(options[i].help));
    pi_outline_close(o, '}');
  }
  pi_outline_close(o, ']');
}

static void write_command(pi_outline *o, const pi_command *command) {
  pi_outline_open(o, NULL, '{');
  pi_outline_string(o, "command", pi_slice_of(command->name));
  pi_outline_string(o, "form", pi_slice_of(command->form));
  pi_outline_string(o, "summary", pi_slice_of(command->summary));
  write_options(o, "options", command->options, command->options_count);
  if (command->commands_count > 0) pi_outline_open(o, "commands", '[');
  for (size_t i = 0; i < command->commands_count; i++) write_command(o, command->commands[i]);
  if (command->commands_count > 0) pi_outline_close(o, ']');
  pi_outline_close(o, '}');
}

static void write_code(pi_outline *o, const pi_error_row *row) {
  char code[16];
  snprintf(code, sizeof code, "E%04u", row->code);
  pi_outline_open(o, NULL, '{');
  pi_outline_string(o, "code", pi_slice_of(code));
  pi_outline_string(o, "name", pi_slice_of(row->name));
  pi_outline_string(o, "status", pi_slice_of(pubint_status_name(row->status)));
  pi_outline_string(o, "message", pi_slice_of(row->message));
  pi_outline_string(o, "mend", pi_slice_of(row->mend));
  pi_outline_close(o, '}');
}

static void write_allowed(pi_outline *o, const pi_allow_row *rows, size_t count) {
  for (size_t i = 0; i < count; i++) {
    pi_outline_open(o, NULL, '{');
    pi_outline_string(o, "library", pi_slice_of(rows[i].library));
    pi_outline_string(o, "name", pi_slice_of(rows[i].name));
    pi_outline_string(o, "form", pi_slice_of(rows[i].form));
    pi_outline_string(o, "doc", pi_slice_of(rows[i].doc));
    pi_outline_string(o, "safe", pi_slice_of(rows[i].safe));
    pi_outline_close(o, '}');
  }
}

static void write_script(pi_outline *o) {
  pi_outline_open(o, NULL, '[');
  write_allowed(o, PI_ALLOW, PI_ALLOW_COUNT);
  write_allowed(o, PI_ALLOW_FIELDS, PI_ALLOW_FIELDS_COUNT);
  pi_outline_close(o, ']');
}

static void write_codes(pi_outline *o, const char *key) {
  pi_outline_open(o, key, '[');
  for (size_t i = 0; i < PI_ERRORS_COUNT; i++) write_code(o, &PI_ERRORS[i]);
  pi_outline_close(o, ']');
}

static void write_all(pi_outline *o) {
  pi_outline_open(o, NULL, '{');
  pi_outline_open(o, "commands", '[');
  for (size_t i = 0; i < PI_COMMANDS_COUNT; i++) write_command(o, PI_COMMANDS[i]);
  pi_outline_close(o, ']');
  write_options(o, "options", PI_COMMON_OPTIONS, PI_COMMON_OPTIONS_COUNT);
  pi_outline_open(o, "exit_codes", '{');
  for (size_t i = 0; i < EXITS_COUNT; i++) {
    char code[8];
    snprintf(code, sizeof code, "%d", EXITS[i].code);
    pi_outline_string(o, code, pi_slice_of(EXITS[i].meaning));
  }
  pi_outline_close(o, '}');
  write_codes(o, "codes");
  pi_outline_close(o, '}');
}

/* --- the command --- */

/* What is asked about: at most one of these, and none for help on everything. */
typedef struct topic {
  const pi_command *command;
  const pi_error_row *code;
  bool codes;
  bool script;
} topic;

/* The command of `self` with that second name; NULL where there is none. */
static const pi_command *find_within(const pi_command *self, const char *name) {
  size_t skip = strlen(self->name) + 1;
  for (size_t i = 0; i < self->commands_count; i++) {
    if (strcmp(self->commands[i]->name + skip, name) == 0) return self->commands[i];
  }
  return NULL;
}

static pi_exit refuse(const char *name) {
  pubint_error error;
  pi_error_set(&error, PI_E_UNKNOWN_TOPIC);
  pi_error_field(error.found, sizeof error.found, name, strlen(name));
  snprintf(error.expected, sizeof error.expected, "a command, a code as in E1203, codes, or script");
  pi_nearest nearest;
  pi_nearest_init(&nearest, pi_slice_of(name));
  for (size_t i = 0; i < PI_COMMANDS_COUNT; i++) {
    pi_nearest_offer(&nearest, pi_slice_of(PI_COMMANDS[i]->name));
  }
  pi_nearest_offer(&nearest, PI_SLICE("codes"));
  pi_nearest_offer(&nearest, PI_SLICE("script"));
  if (nearest.best.ptr != NULL) {
    snprintf(error.hint, sizeof error.hint, "did you mean pubint help %.*s?", (int)nearest.best.len,
             nearest.best.ptr);
  }
  return pi_complain(&error);
}

static void print_topic(const pi_call *call, const topic *about) {
  pi_page page;
  pi_command_page(call, &page);
  if (about->command != NULL) {
    pi_help_command(about->command, &page);
  } else if (about->code != NULL) {
    print_code(&page, about->code);
  } else if (about->codes) {
    print_codes(&page);
  } else if (about->script) {
    print_script(&page);
  } else {
    pi_help_all(&page);
  }
  pi_page_dispose(&page);
}

static void write_topic(pi_buffer *out, const topic *about) {
  pi_outline o = {.out = out, .first = true};
  if (about->command != NULL) {
    write_command(&o, about->command);
  } else if (about->code != NULL) {
    write_code(&o, about->code);
  } else if (about->codes) {
    write_codes(&o, NULL);
  } else if (about->script) {
    write_script(&o);
  } else {
    write_all(&o);
  }
}

static pi_exit run(const pi_command *command, pi_call *call) {
  pi_exit status;
  if (!pi_command_begin(command, call, NULL, &status)) return status;
  topic about = {0};
  if (call->arguments.count > 0) {
    const char *name = call->arguments.items[0];
    about.command = pi_command_find(name);
    about.code = find_code(name);
    about.codes = strcmp(name, "codes") == 0;
    about.script = strcmp(name, "script") == 0;
    if (about.command == NULL && about.code == NULL && !about.codes && !about.script) return refuse(name);
    if (call->arguments.count > 1) {
      name = call->arguments.items[1];
      about = (topic){.command = about.command != NULL ? find_within(about.command, name) : NULL};
      if (about.command == NULL) return refuse(name);
    }
  }
  if (call->common.json) {
    write_topic(call->out, &about);
  } else {
    print_topic(call, &about);
  }
  return PI_EXIT_DONE;
}

const pi_command pi_command_help = {
    .name = "help",
    .form = "[TOPIC [COMMAND]]",
    .summary = "say how a command is used, what a code means, what a script can use",
    .about = "Without TOPIC lists the commands. TOPIC is a command, a code as in E1203, codes for all of "
             "them, or script. `pubint help ledger open` is about one command of several.\n",
    .arguments_max = 2,
    .run = run,
};
