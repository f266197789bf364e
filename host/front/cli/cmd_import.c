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
  const char *account;
  unsigned side; /* of SIDES; SIDES_COUNT: none */
  const char *out;
  bool force;
} import_options;

/* A column of a side file, and what a template's row has in it. */
typedef struct column {
  const char *name;
  const char *example;
} column;

static const column OFFICES[] = {
#define OFFICE_COLUMN(NAME, name, fact, example, doc) {name, example},
#include "import_columns.def"
};
static const column VIOLATIONS[] = {
#define VIOLATION_COLUMN(NAME, name, example, doc) {name, example},
#include "import_columns.def"
};
static const column DECISIONS[] = {
#define DECISION_COLUMN(NAME, name, example) {#name, example},
#include "decision_columns.def"
};

static const char *const SIDE_NAMES[] = {"offices", "violations", "decisions", NULL};
static const struct {
  const column *columns;
  size_t count;
} SIDES[] = {{OFFICES, sizeof OFFICES / sizeof *OFFICES},
             {VIOLATIONS, sizeof VIOLATIONS / sizeof *VIOLATIONS},
             {DECISIONS, sizeof DECISIONS / sizeof *DECISIONS}};
enum { SIDES_COUNT = sizeof SIDES / sizeof *SIDES };

static const pi_option OPTIONS[] = {
    {0, "offices", PI_OPTION_TEXT, "CSV", NULL, offsetof(import_options, offices),
     "who holds which office; without it, offices are unknown"},
    {0, "violations", PI_OPTION_TEXT, "CSV", NULL, offsetof(import_options, violations),
     "which Tweet breaks which rule; a Tweet without a row is refused"},
    {0, "account", PI_OPTION_TEXT, "FILE", NULL, offsetof(import_options, account),
     "the account of an archive's Tweets: its account.js, or a user as the API gives it"},
    {0, "template", PI_OPTION_CHOICE, "WHICH", SIDE_NAMES, offsetof(import_options, side),
     "print the header and an example row of a CSV file of offices, violations or decisions, and read nothing"},
    {'o', "out", PI_OPTION_TEXT, "OUT", NULL, offsetof(import_options, out), "write to the file OUT"},
    {0, "force", PI_OPTION_FLAG, NULL, NULL, offsetof(import_options, force),
     "write over an OUT that exists"},
};

static pi_exit refuse_arguments(const char *found) {
  pubint_error error;
  pi_error_setf(&error, PI_E_ARGUMENTS, "import needs to know from where");
  if (found != NULL) pi_error_found(&error, found, strlen(found));
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
    pi_terminal_tell(&text, !call->common.json);
    pi_buffer_dispose(&text);
  }
  return report->refused > 0 ? PI_EXIT_REFUSED : PI_EXIT_DONE;
}

static pi_exit print_template(pi_call *call, unsigned side) {
  for (size_t i = 0; i < SIDES[side].count; i++) {
    pi_buffer_printf(call->out, "%s%s", i > 0 ? "," : "", SIDES[side].columns[i].name);
  }
  for (size_t i = 0; i < SIDES[side].count; i++) {
    pi_buffer_printf(call->out, "%s%s", i > 0 ? "," : "\n", SIDES[side].columns[i].example);
  }
  pi_buffer_byte(call->out, '\n');
  return PI_EXIT_DONE;
}

static pi_exit run(const pi_command *command, pi_call *call) {
  static const char *const STANDARD[] = {"-"};
  import_options options = {.side = SIDES_COUNT};
  pi_exit status;
  if (!pi_command_begin(command, call, &options, &status)) return status;
  if (options.side != SIDES_COUNT) return print_template(call, options.side);
  const pi_arguments *arguments = &call->arguments;
  if (arguments->count == 0 || strcmp(arguments->items[0], "twitter") != 0) {
    return refuse_arguments(arguments->count > 0 ? arguments->items[0] : NULL);
  }
  if (options.out != NULL && strcmp(options.out, "-") == 0) options.out = NULL;
  if (!pi_command_spares_policy(&call->common, options.out, "", &status)) return status;
  if (options.out == NULL) signal(SIGPIPE, SIG_DFL); /* a reader that has enough ends it without a word */
  bool named = arguments->count > 1;
  pi_import_options import = {
      .files = named ? arguments->items + 1 : STANDARD,
      .files_count = named ? arguments->count - 1 : 1,
      .offices = options.offices,
      .violations = options.violations,
      .account = options.account,
      .out = options.out,
      .force = options.force,
      .show = options.out == NULL && isatty(STDOUT_FILENO) == 1 ? pi_terminal_json : NULL,
  };
  pi_import_report report;
  pubint_error error;
  pi_import_report_init(&report, call->common.json);
  report.no_excerpts = call->common.no_excerpts;
  pubint_status done = pi_import_run(&import, &report, &error);
  status = done == PUBINT_OK ? show(call, &options, &report) : pi_complain_of_input(&call->common, &error);
  pi_import_report_dispose(&report);
  return status;
}

const pi_command pi_command_import = {
    .name = "import",
    .form = "twitter [FILE…]",
    .summary = "make cases from Tweets as Twitter's API gave them",
    .about =
        "Reads Tweets from the FILEs, or from standard input without a FILE or with -. It takes Tweets as "
        "API v1.1 and v2 give them: alone, in arrays, in answers with data and includes, and in answers "
        "with statuses or results. It also takes tweets.js of an account's archive, and flat records. A "
        "file may hold one or many, on one line each or not. The names of a Tweet's members show its "
        "shape, in any spelling (created_at, createdAt): every shape has an id, a text and one of the "
        "members below.\n"
        "Writes one case a line, in the same order, and reports on standard error what became of every "
        "Tweet: in = imported + refused. With --json the report is one line of JSON, on standard output "
        "if -o takes the cases. OUT appears only when it is complete. The exit code is 3 if a Tweet was "
        "refused.\n"
        "What a payload does not say is unknown, never false. Ids stay strings. Retweets are refused, "
        "because they are not the official's own words. Quotes and replies are imported; Tweets that are "
        "only included are not. Countries of the Tweet and of its author go to context.withheld_in. XX "
        "(all countries) becomes every country. XY, or a mark of copyright, becomes the violation "
        "copyright.\n"
        "\n"
        "Shapes, and the members that mark them (one is enough):\n"
#define SHAPE(NAME, title, known, ...) title ": " known ".\n"
#include "import_shapes.def"
#undef SHAPE
        "\n"
        "Columns of --offices (CSV with a header; an empty cell is unknown):\n"
#define OFFICE_COLUMN(NAME, name, fact, example, doc) name ": " doc ".\n"
#include "import_columns.def"
        "\n"
        "Columns of --violations:\n"
#define VIOLATION_COLUMN(NAME, name, example, doc) name ": " doc ".\n"
#include "import_columns.def"
        "context.PATH: any fact of the context that a cell can hold, as in context.public_debate; `pubint "
        "facts` lists them.\n",
    .options = OPTIONS,
    .options_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .arguments_max = SIZE_MAX,
    .run = run,
};
