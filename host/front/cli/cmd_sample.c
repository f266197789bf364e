/* pubint sample: generated cases, a line each. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "case_write.h"
#include "commands.h"
#include "errors.h"
#include "file.h"
#include "file_error.h"
#include "generate.h"
#include "sample.h"

typedef struct sample_options {
  uint64_t count;
  uint64_t seed;
  const char *market;
  const char *rule;
  bool edges;
  bool eligible;
} sample_options;

#define CASES_COUNT 10

static const pi_option OPTIONS[] = {
    {'n', "count", PI_OPTION_COUNT, "N", NULL, offsetof(sample_options, count),
     "write this many cases (" PI_SPELL(CASES_COUNT) ")"},
    {'s', "seed", PI_OPTION_COUNT, "S", NULL, offsetof(sample_options, seed),
     "choose the cases: case I of a seed is the same whatever N is (1)"},
    {'m', "market", PI_OPTION_TEXT, "ID", NULL, offsetof(sample_options, market),
     "only cases of this market, with the words and values of the policy's scripts and data"},
    {'r', "rule", PI_OPTION_TEXT, "ID", NULL, offsetof(sample_options, rule),
     "only cases that break this rule, with the words and values of the policy's scripts and data"},
    {0, "edges", PI_OPTION_FLAG, NULL, NULL, offsetof(sample_options, edges),
     "values at the limits of what is allowed, and many unknown facts"},
    {0, "eligible", PI_OPTION_FLAG, NULL, NULL, offsetof(sample_options, eligible),
     "only cases that pass the gates and break rules that can be excepted"},
};

enum { WRITTEN_AT_ONCE = 256 * 1024, LINES_MAX = 4 * 1024 * 1024, ARENA_BLOCK = 64 * 1024 };

/* Where cases come from: the tables of facts and rules alone, or a policy's scripts as well. */
typedef struct sampler {
  pi_sample_plan plan;
  pi_generator *generator; /* NULL: the plan alone */
  pi_slice rule;           /* .ptr NULL: any */
  pi_slice market;         /* likewise */
  pi_slice language;       /* of that market's script; .ptr NULL: none given */
} sampler;

/* The generator goes through edges, and through what is not eligible, by the number of the case. */
static uint64_t number_of(const sampler *self, uint64_t number) {
  if (self->plan.edges) return 4 * number + 1;
  return self->plan.eligible ? number + number / 15 : number;
}

/* A case from the policy's words and values. */
static bool make_line(const sampler *self, uint64_t number, pi_buffer *out, pi_arena *arena) {
  pi_case made;
  pi_arena_reset(arena);
  if (!pi_generate_case(self->generator, number_of(self, number), &made, arena)) return false;
  if (self->rule.ptr != NULL && !pi_case_breaks(&made, self->rule, made.violations_count)) {
    made.violations[0] =
        (pi_violation){.rule = pi_rule_find(self->rule), .rule_id = self->rule, .kind_word = -1};
    made.violations_count = 1;
    made.has_spans = false;
  }
  if (self->market.ptr != NULL) pi_case_set_text(&made, PI_FACT_MARKET, self->market);
  if (self->language.ptr != NULL && pi_case_knows(&made, PI_FACT_TWEET_LANG))
    pi_case_set_text(&made, PI_FACT_TWEET_LANG, self->language);
  pi_case_json(out, &made);
  return !out->failed;
}

/* One line behind the others, as standard output is to get it. */
static bool add_line(const sampler *self, uint64_t number, bool shown, pi_buffer *lines, pi_buffer *line,
                     pi_arena *arena) {
  pi_buffer *made = shown ? line : lines;
  pi_buffer_reset(line);
  bool done = self->generator != NULL ? make_line(self, number, made, arena)
                                      : pi_sample_line(&self->plan, number, made, arena);
  if (!done) return false;
  if (shown) pi_terminal_json(lines, (pi_slice){line->data, line->len});
  pi_buffer_byte(lines, '\n');
  return !lines->failed;
}

static pubint_status write_cases(const sampler *self, uint64_t count, pubint_error *error) {
  bool shown = isatty(STDOUT_FILENO) == 1;
  pi_buffer lines, line;
  pi_arena arena;
  pi_buffer_init(&lines, LINES_MAX);
  pi_buffer_init(&line, LINES_MAX);
  pi_arena_init(&arena, ARENA_BLOCK, LINES_MAX);
  pubint_status status = PUBINT_OK;
  for (uint64_t number = 0; number < count && status == PUBINT_OK; number++) {
    if (!add_line(self, number, shown, &lines, &line, &arena)) status = pi_error_set(error, PI_E_NO_MEMORY);
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

/* ---- of a policy ---- */

static pubint_status refuse(const char *found, const char *expected, pi_slice nearest, pubint_error *error) {
  pubint_status status = pi_error_set(error, PI_E_OPTION_VALUE);
  pi_error_found(error, found, strlen(found));
  snprintf(error->expected, sizeof error->expected, "%s", expected);
  if (nearest.ptr != NULL)
    snprintf(error->hint, sizeof error->hint, "did you mean %.*s?", (int)nearest.len, nearest.ptr);
  return status;
}

static pubint_status check_wanted(const pubint_policy *policy, const sample_options *options,
                                  pubint_error *error) {
  if (options->rule != NULL) {
    pi_rule_name name = pi_policy_rule_name(policy, pi_slice_of(options->rule));
    if (!name.known) return refuse(options->rule, "for --rule a rule of the policy", name.nearest, error);
  }
  if (options->market != NULL && !pi_market_valid(pi_slice_of(options->market)))
    return refuse(options->market, "for --market a market, such as NL or US-CA", (pi_slice){NULL, 0}, error);
  return PUBINT_OK;
}

/* Texts are the sample's own, or made of the word lists of data/; what a script writes out for people is
 * none. */
static void list_words(pi_generator *generator) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < generator->texts_count; i++) {
    if (generator->texts_by[i] != NULL) continue;
    generator->texts[kept] = generator->texts[i];
    generator->texts_by[kept++] = NULL;
  }
  generator->texts_count = kept;
  generator->listed = true;
}

static pubint_status write_narrow(sampler *self, const pubint_policy *policy, const sample_options *options,
                                  pubint_error *error) {
  pi_arena arena;
  pi_places places;
  pi_slice any = {NULL, 0};
  pi_arena_init(&arena, ARENA_BLOCK, (size_t)64 * 1024 * 1024);
  self->generator = malloc(sizeof *self->generator);
  pubint_status status = self->generator != NULL ? pi_places_find(&places, policy, &arena, error)
                                                 : pi_error_set(error, PI_E_NO_MEMORY);
  if (status == PUBINT_OK) {
    pi_generator_begin(self->generator, &places, options->seed);
    if (options->market != NULL) self->market = pi_slice_of(options->market);
    pi_generator_narrow(self->generator, options->rule != NULL ? pi_slice_of(options->rule) : any,
                        self->market);
    list_words(self->generator);
    if (options->rule != NULL) self->rule = pi_slice_of(options->rule);
    const pi_script *script =
        options->market != NULL ? pi_policy_script(policy, PI_SCRIPT_MARKET, self->market) : NULL;
    if (script != NULL) self->language = script->language;
    status = write_cases(self, options->count, error);
  }
  free(self->generator);
  pi_arena_dispose(&arena);
  return status;
}

static pi_exit run_narrow(pi_call *call, sampler *self, const sample_options *options) {
  pi_exit status;
  pubint_error error = {0};
  pubint_policy *policy = pi_command_policy(&call->common, &status);
  if (policy == NULL) return status;
  status = PI_EXIT_DONE;
  if (check_wanted(policy, options, &error) != PUBINT_OK ||
      write_narrow(self, policy, options, &error) != PUBINT_OK)
    status = pi_complain(&error);
  pubint_policy_free(policy);
  return status;
}

static pi_exit run(const pi_command *command, pi_call *call) {
  sample_options options = {.count = CASES_COUNT, .seed = 1};
  pi_exit status;
  if (!pi_command_begin(command, call, &options, &status)) return status;
  /* A reader that has enough ends the program without a word. */
  signal(SIGPIPE, SIG_DFL);
  sampler self = {.plan = {.seed = options.seed, .edges = options.edges, .eligible = options.eligible}};
  pubint_error error;
  if (options.market != NULL || options.rule != NULL) return run_narrow(call, &self, &options);
  return write_cases(&self, options.count, &error) == PUBINT_OK ? PI_EXIT_DONE : pi_complain(&error);
}

const pi_command pi_command_sample = {
    .name = "sample",
    .form = "",
    .summary = "write generated cases, one a line, for trials and load tests",
    .about = "Writes N valid cases that nobody ever posted. They look like real ones: texts in fifteen "
             "languages, three in five eligible, every way through the gates, every rule and kind, private "
             "data with its places, markets with and without a script and their signals, and some unknown "
             "facts. The same seed gives the same cases.\n",
    .options = OPTIONS,
    .options_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .arguments_max = 0,
    .run = run,
};
