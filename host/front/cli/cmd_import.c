/* pubint import: payloads of Twitter and side files to cases. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "errors.h"
#include "import.h"
#include "import_page.h"
#include "quoted_limits.h"

typedef struct import_options {
  const char *offices;
  const char *violations;
  const char *out;
  bool force;
} import_options;

static const pi_option OPTIONS[] = {
    {0, "offices", PI_OPTION_TEXT, "CSV", NULL, offsetof(import_options, offices),
     "who holds which office; without it nothing is known of offices"},
    {0, "violations", PI_OPTION_TEXT, "CSV", NULL, offsetof(import_options, violations),
     "which Tweet breaks which rule; a Tweet without a row is refused"},
    {'o', "out", PI_OPTION_TEXT, "OUT", NULL, offsetof(import_options, out), "write to the file OUT"},
    {0, "force", PI_OPTION_FLAG, NULL, NULL, offsetof(import_options, force),
     "write over an OUT that exists"},
};

static pi_exit refuse_arguments(const char *found) {
  pubint_error error;
  pi_error_setf(&error, PI_E_ARGUMENTS, "import needs to know from where");
  if (found != NULL) pi_error_field(error.found, sizeof error.found, found, strlen(found));
  snprintf(error.expected, sizeof error.expected, "import twitter [FILE…]");
  return pi_complain(&error);
}

/* Beside the cases: with --json and an OUT to standard output, else to standard error. */
static pi_exit show(pi_call *call, const import_options *options, const pi_import_report *report) {
  if (call->common.json && options->out != NULL) {
    pi_import_report_json(report, call->out);
  } else {
    pi_buffer text;
    pi_buffer_init(&text, SIZE_MAX);
    pi_page page;
    bool color = isatty(STDERR_FILENO) == 1 && pi_terminal_color(&call->common);
    pi_page_init(&page, &text, PI_PAGE_WIDTH, color);
    if (call->common.json) {
      pi_import_report_json(report, &text);
    } else {
      pi_import_page_print(report, &page);
    }
    pi_page_dispose(&page);
    fwrite(text.data, 1, text.failed ? 0 : text.len, stderr);
    pi_buffer_dispose(&text);
  }
  return report->refused > 0 ? PI_EXIT_REFUSED : PI_EXIT_DONE;
}

static pi_exit run(const pi_command *command, pi_call *call) {
  static const char *const STANDARD[] = {"-"};
  import_options options = {0};
  pi_exit status;
  if (!pi_command_begin(command, call, &options, &status)) return status;
  const pi_arguments *arguments = &call->arguments;
  if (arguments->count == 0 || strcmp(arguments->items[0], "twitter") != 0) {
    return refuse_arguments(arguments->count > 0 ? arguments->items[0] : NULL);
  }
  if (options.out != NULL && strcmp(options.out, "-") == 0) options.out = NULL;
  if (options.out == NULL) signal(SIGPIPE, SIG_DFL); /* a reader that has enough ends it without a word */
  bool named = arguments->count > 1;
  pi_import_options import = {
      .files = named ? arguments->items + 1 : STANDARD,
      .files_count = named ? arguments->count - 1 : 1,
      .offices = options.offices,
      .violations = options.violations,
      .out = options.out,
      .force = options.force,
      .show = options.out == NULL && isatty(STDOUT_FILENO) == 1 ? pi_terminal_json : NULL,
  };
  pi_import_report report;
  pubint_error error;
  pi_import_report_init(&report, call->common.json);
  pubint_status done = pi_import_run(&import, &report, &error);
  status = done == PUBINT_OK ? show(call, &options, &report) : pi_complain(&error);
  pi_import_report_dispose(&report);
  return status;
}

const pi_command pi_command_import = {
    .name = "import",
    .form = "twitter [FILE…]",
    .summary = "make cases of Tweets as Twitter's API gave them",
    .about =
        "Reads payloads of Twitter's API v1.1 and v2 from the FILEs (standard input without one, or with -): "
        "Tweets, arrays of them, answers with data and includes or with statuses, one or many to a file, a "
        "line each or not. Which it is shows in the content. Writes one case a line, in their order, and says "
        "on standard error what became of every Tweet: in = imported + refused. With --json that is one line "
        "of JSON, on standard output where -o takes the cases. OUT is there once all of it is: until then it is "
        "OUT.part. The exit code is 3 where a Tweet was refused.\n"
        "What a payload does not say is unknown, never false. Ids stay strings. Retweets are refused: they "
        "are not the official's own words; quotes and replies are imported, Tweets that are only included "
        "are not. Countries of the Tweet and of its author go to context.withheld_in; XX, all countries, "
        "becomes every one of them, and XY, or a mark of copyright, the violation copyright.\n"
        "\n"
        "Columns of --offices (CSV with a header; an empty cell is unknown):\n"
#define OFFICE_COLUMN(NAME, name, fact, doc) name ": " doc ".\n"
#include "import_columns.def"
        "\n"
        "Columns of --violations:\n"
#define VIOLATION_COLUMN(NAME, name, doc) name ": " doc ".\n"
#include "import_columns.def"
        "context.PATH: any fact of the context that a cell can hold, as in context.public_debate; `pubint "
        "facts` lists them.\n",
    .options = OPTIONS,
    .options_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .arguments_max = SIZE_MAX,
    .run = run,
};
