#include "cmd_help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "allow.h"
#include "code_page.h"
#include "errors.h"
#include "help_page.h"
#include "nearest.h"
#include "outline.h"
#include "requirement_page.h"
#include "script_limits.h"

enum { COLUMN_CODE = 8, COLUMN_ALLOW = 44 };

static const struct {
  int code;
  const char *meaning;
} EXITS[] = {
    {PI_EXIT_DONE, "done"},
    {PI_EXIT_UNMET, "the check does not hold"},
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
    {"codes", "all codes"},
    {"R049", "a requirement of the written policy, with its Dutch words; A09: how an ambiguity is read"},
    {"policy", "all requirements and readings"},
    {"script", "everything a script can use"},
};
enum { TOPICS_COUNT = sizeof TOPICS / sizeof TOPICS[0] };

void pi_commands_help(const pi_command *program, pi_page *page) {
  pi_page_wrap(page, 0, PI_STYLE_HEAD, PI_SLICE("pubint COMMAND [options] [FILE]"));
  pi_page_end(page);
  pi_page_wrap(
      page, 0, PI_STYLE_PLAIN,
      PI_SLICE("Recommends whether a Tweet of a public official that breaks the rules may stay up behind "
               "a public-interest notice, and explains why."));
  pi_help_heading(page, "Commands");
  for (size_t i = 0; i < program->commands_count; i++) {
    char name[64];
    snprintf(name, sizeof name, "%s%s%s", program->commands[i]->name,
             program->commands[i]->form[0] != '\0' ? " " : "", program->commands[i]->form);
    pi_help_entry(page, PI_HELP_COLUMN, name, program->commands[i]->summary);
  }
  pi_help_heading(page, "Options of every command");
  pi_help_options(page, PI_COMMON_OPTIONS, PI_COMMON_OPTIONS_COUNT);
  pi_help_heading(page, "Help on");
  for (size_t i = 0; i < TOPICS_COUNT; i++) {
    char name[64];
    snprintf(name, sizeof name, "pubint help %s", TOPICS[i][0]);
    pi_help_entry(page, PI_HELP_COLUMN, name, TOPICS[i][1]);
  }
  pi_help_heading(page, "The policy");
  pi_page_to(page, PI_HELP_INDENT);
  pi_page_wrap(
      page, PI_HELP_INDENT, PI_STYLE_PLAIN,
      PI_SLICE(
          "The policy is the folder that -p names, or else PUBINT_POLICY, or else the default policy that was installed "
          "with the program (a build that is not installed uses its source's). git:REV:PATH names the folder PATH at "
          "revision REV of this repository, as in git:main:scripts."));
  pi_help_heading(page, "Exit codes");
  for (size_t i = 0; i < EXITS_COUNT; i++) {
    char code[8];
    snprintf(code, sizeof code, "%3d", EXITS[i].code);
    pi_help_entry(page, COLUMN_CODE, code, EXITS[i].meaning);
  }
}

/* --- codes --- */

static void print_codes(pi_page *page) {
  pi_page_text(page, PI_STYLE_HEAD, PI_SLICE("Codes"));
  pi_page_end(page);
  for (size_t i = 0; i < PI_ERRORS_COUNT; i++) {
    char code[16];
    snprintf(code, sizeof code, "E%04u", PI_ERRORS[i].code);
    pi_help_entry(page, COLUMN_CODE + 1, code, PI_ERRORS[i].message);
  }
}

/* --- scripts --- */

/* A name, what it is for, and below it fainter how it is bounded. */
static void print_row(pi_page *page, const char *name, const char *text, const char *faint) {
  pi_page_to(page, PI_HELP_INDENT);
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
      pi_help_heading(page, library[0] != '\0' ? library : "names of the environment");
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
  pi_help_heading(page, "limits of one script call");
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
    pi_outline_text(o, "name", options[i].long_name);
    if (options[i].short_name != '\0') pi_outline_string(o, "short", (pi_slice){&options[i].short_name, 1});
    if (options[i].value != NULL) pi_outline_text(o, "value", options[i].value);
    char help[PI_OPTIONS_HELP_BYTES];
    pi_outline_text(o, "help", pi_options_help(&options[i], help));
    pi_outline_close(o, '}');
  }
  pi_outline_close(o, ']');
}

static void write_command(pi_outline *o, const pi_command *command);

static void write_command_members(pi_outline *o, const pi_command *command) {
  pi_outline_text(o, "command", command->name);
  pi_outline_text(o, "form", command->form);
  pi_outline_text(o, "summary", command->summary);
  write_options(o, "options", command->options, command->options_count);
  if (command->commands_count > 0) pi_outline_open(o, "commands", '[');
  for (size_t i = 0; i < command->commands_count; i++) write_command(o, command->commands[i]);
  if (command->commands_count > 0) pi_outline_close(o, ']');
}

static void write_command(pi_outline *o, const pi_command *command) {
  pi_outline_open(o, NULL, '{');
  write_command_members(o, command);
  pi_outline_close(o, '}');
}

static void write_code_members(pi_outline *o, const pi_error_row *row) {
  pi_outline_code(o, "code", row->code);
  pi_outline_text(o, "name", row->name);
  pi_outline_text(o, "status", pubint_status_name(row->status));
  pi_outline_text(o, "message", row->message);
  pi_outline_text(o, "mend", row->mend);
}

static void write_allowed(pi_outline *o, const pi_allow_row *rows, size_t count) {
  for (size_t i = 0; i < count; i++) {
    pi_outline_open(o, NULL, '{');
    pi_outline_text(o, "library", rows[i].library);
    pi_outline_text(o, "name", rows[i].name);
    pi_outline_text(o, "form", rows[i].form);
    pi_outline_text(o, "doc", rows[i].doc);
    pi_outline_text(o, "safe", rows[i].safe);
    pi_outline_close(o, '}');
  }
}

static void write_script(pi_outline *o) {
  pi_outline_open(o, "names", '[');
  write_allowed(o, PI_ALLOW, PI_ALLOW_COUNT);
  write_allowed(o, PI_ALLOW_FIELDS, PI_ALLOW_FIELDS_COUNT);
  pi_outline_close(o, ']');
}

static void write_codes(pi_outline *o) {
  pi_outline_open(o, "codes", '[');
  for (size_t i = 0; i < PI_ERRORS_COUNT; i++) {
    pi_outline_open(o, NULL, '{');
    write_code_members(o, &PI_ERRORS[i]);
    pi_outline_close(o, '}');
  }
  pi_outline_close(o, ']');
}

static void write_requirement_members(pi_outline *o, const pi_requirement *row) {
  pi_outline_text(o, "name", row->name);
  pi_outline_text(o, "text", row->text);
  if (row->source[0] != '\0')
    pi_outline_text(o, pi_requirement_is_quoted(row) ? "dutch" : "reading", row->source);
}

static void write_policy(pi_outline *o) {
  pi_outline_open(o, "requirements", '[');
  for (size_t i = 0; i < PI_REQUIREMENTS_COUNT; i++) {
    pi_outline_open(o, NULL, '{');
    write_requirement_members(o, &PI_REQUIREMENTS[i]);
    pi_outline_close(o, '}');
  }
  pi_outline_close(o, ']');
}

static void write_all(pi_outline *o, const pi_command *program) {
  pi_outline_open(o, "commands", '[');
  for (size_t i = 0; i < program->commands_count; i++) write_command(o, program->commands[i]);
  pi_outline_close(o, ']');
  write_options(o, "options", PI_COMMON_OPTIONS, PI_COMMON_OPTIONS_COUNT);
  pi_outline_open(o, "exit_codes", '{');
  for (size_t i = 0; i < EXITS_COUNT; i++) {
    char code[8];
    snprintf(code, sizeof code, "%d", EXITS[i].code);
    pi_outline_text(o, code, EXITS[i].meaning);
  }
  pi_outline_close(o, '}');
  write_codes(o);
}

/* --- the command --- */

/* What is asked about: at most one of these, and none for help on everything. */
typedef struct topic {
  const pi_command *command;
  const pi_error_row *code;
  const pi_requirement *requirement;
  bool codes;
  bool policy;
  bool script;
} topic;

static pi_exit refuse(const pi_command *program, const char *name) {
  pubint_error error;
  pi_error_set(&error, PI_E_UNKNOWN_TOPIC);
  pi_error_found(&error, name, strlen(name));
  snprintf(error.expected, sizeof error.expected,
           "a command, a code as in E1203, a requirement as in R049, codes, policy or script");
  pi_nearest nearest;
  pi_nearest_init(&nearest, pi_slice_of(name));
  for (size_t i = 0; i < program->commands_count; i++) {
    pi_nearest_offer(&nearest, pi_slice_of(program->commands[i]->name));
  }
  for (size_t i = 0; i < PI_REQUIREMENTS_COUNT; i++) {
    pi_nearest_offer(&nearest, pi_slice_of(PI_REQUIREMENTS[i].name));
  }
  pi_nearest_offer(&nearest, PI_SLICE("codes"));
  pi_nearest_offer(&nearest, PI_SLICE("policy"));
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
    pi_code_page_print(&page, about->code);
  } else if (about->requirement != NULL) {
    pi_requirement_print(&page, about->requirement);
  } else if (about->policy) {
    pi_requirements_print(&page);
  } else if (about->codes) {
    print_codes(&page);
  } else if (about->script) {
    print_script(&page);
  } else {
    pi_commands_help(call->program, &page);
  }
  pi_page_dispose(&page);
}

static void write_topic(const pi_call *call, const topic *about) {
  pi_outline o = pi_outline_begin(call->out);
  if (about->command != NULL) {
    write_command_members(&o, about->command);
  } else if (about->code != NULL) {
    write_code_members(&o, about->code);
  } else if (about->requirement != NULL) {
    write_requirement_members(&o, about->requirement);
  } else if (about->policy) {
    write_policy(&o);
  } else if (about->codes) {
    write_codes(&o);
  } else if (about->script) {
    write_script(&o);
  } else {
    write_all(&o, call->program);
  }
  pi_outline_end(&o);
}

static pi_exit run(const pi_command *command, pi_call *call) {
  pi_exit status;
  if (!pi_command_begin(command, call, NULL, &status)) return status;
  topic about = {0};
  if (call->arguments.count > 0) {
    const char *name = call->arguments.items[0];
    about.command = pi_command_named(call->program, name);
    about.code = pi_code_page_find(name);
    about.requirement = pi_requirement_find(name);
    about.codes = strcmp(name, "codes") == 0;
    about.policy = strcmp(name, "policy") == 0;
    about.script = strcmp(name, "script") == 0;
    bool known = about.command != NULL || about.code != NULL || about.requirement != NULL;
    if (!known && !about.codes && !about.policy && !about.script) return refuse(call->program, name);
    if (call->arguments.count > 1) {
      name = call->arguments.items[1];
      about = (topic){.command = about.command != NULL ? pi_command_named(about.command, name) : NULL};
      if (about.command == NULL) return refuse(call->program, name);
    }
  }
  if (call->common.json) {
    write_topic(call, &about);
  } else {
    print_topic(call, &about);
  }
  return PI_EXIT_DONE;
}

const pi_command pi_command_help = {
    .name = "help",
    .form = "[TOPIC [COMMAND]]",
    .summary = "explain a command, a code, or what a script can use",
    .about =
        "Without TOPIC lists the commands. TOPIC is a command, a code such as E1203, codes for all of them, "
        "a requirement such as R049, a reading such as A09, policy for all of these, or script. "
        "`pubint help ledger open` explains one command of several.\n",
    .arguments_max = 2,
    .run = run,
};
