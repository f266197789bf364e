/* pubint sample: generated cases, a line each. */
#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include "commands.h"
#include "file.h"
#include "file_error.h"
#include "sample.h"

typedef struct sample_options {
  uint64_t count;
  uint64_t seed;
  bool edges;
  bool eligible;
} sample_options;

#define CASES_COUNT 10

static const pi_option OPTIONS[] = {
    {'n', "count", PI_OPTION_COUNT, "N", NULL, offsetof(sample_options, count),
     "how many (" PI_SPELL(CASES_COUNT) ")"},
    {'s', "seed", PI_OPTION_COUNT, "S", NULL, offsetof(sample_options, seed),
     "which: case I of a seed is the same whatever N is (1)"},
    {0, "edges", PI_OPTION_FLAG, NULL, NULL, offsetof(sample_options, edges),
     "values at the edges of what is allowed, and much that is unknown"},
    {0, "eligible", PI_OPTION_FLAG, NULL, NULL, offsetof(sample_options, eligible),
     "only cases that pass the gates and break rules that can be excepted"},
};

enum { WRITTEN_AT_ONCE = 256 * 1024, LINES_MAX = 4 * 1024 * 1024, ARENA_BLOCK = 64 * 1024 };

/* One line behind the others, as standard output is to get it. */
static bool add_line(const pi_sample_plan *plan, uint64_t number, bool shown, pi_buffer *lines,
                     pi_buffer *line, pi_arena *arena) {
  pi_buffer *made = shown ? line : lines;
  pi_buffer_reset(line);
  if (!pi_sample_line(plan, number, made, arena)) return false;
  if (shown) pi_terminal_json(lines, (pi_slice){line->data, line->len});
  pi_buffer_byte(lines, '\n');
  return !lines->failed;
}

static pubint_status write_cases(const pi_sample_plan *plan, uint64_t count, pubint_error *error) {
  bool shown = isatty(STDOUT_FILENO) == 1;
  pi_buffer lines, line;
  pi_arena arena;
  pi_buffer_init(&lines, LINES_MAX);
  pi_buffer_init(&line, LINES_MAX);
  pi_arena_init(&arena, ARENA_BLOCK, LINES_MAX);
  pubint_status status = PUBINT_OK;
  for (uint64_t number = 0; number < count && status == PUBINT_OK; number++) {
    if (!add_line(plan, number, shown, &lines, &line, &arena)) status = pi_error_set(error, PI_E_NO_MEMORY);
    bool last = number + 1 == count;
    if (status != PUBINT_OK || (lines.len < WRITTEN_AT_ONCE && !last)) continue;
    int reason = pi_file_write_all(STDOUT_FILENO, (pi_slice){lines.data, lines.len}, NULL);
    if (reason != 0) status = pi_file_error(error, PI_E_CANNOT_WRITE, "<stdout>", reason);
    pi_buffer_reset(&lines);
  }
  pi_arena_dispose(&arena);
  pi_buffer_dispose(&line);
  pi_buffer_dispose(&lines);
  return status;
}

static pi_exit run(const pi_command *command, pi_call *call) {
  sample_options options = {.count = CASES_COUNT, .seed = 1};
  pi_exit status;
  if (!pi_command_begin(command, call, &options, &status)) return status;
  /* A reader that has enough ends the program without a word. */
  signal(SIGPIPE, SIG_DFL);
  pi_sample_plan plan = {.seed = options.seed, .edges = options.edges, .eligible = options.eligible};
  pubint_error error;
  return write_cases(&plan, options.count, &error) == PUBINT_OK ? PI_EXIT_DONE : pi_complain(&error);
}

const pi_command pi_command_sample = {
    .name = "sample",
    .form = "",
    .summary = "write generated cases, a line each, for trying out and for load",
    .about =
        "Writes N valid cases that nobody ever posted, of the shape that real ones have: texts in fifteen "
        "languages, three in five eligible, every way through the gates, every rule and kind, private data "
        "with its places, markets with and without a script and their signals, and here and there a fact "
        "that is not known. The same seed gives the same cases.\n",
    .options = OPTIONS,
    .options_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .arguments_max = 0,
    .run = run,
};
