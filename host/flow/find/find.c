#define _GNU_SOURCE /* memmem */
#include "find.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "console.h"
#include "crew.h"
#include "errors.h"
#include "evaluation_keys.h"
#include "evaluation_tree.h"
#include "line.h"
#include "output.h"
#include "redact.h"

/* One search. */
typedef struct search {
  pi_crew crew;
  const pi_find_options *options;
  bool evaluates; /* the expression speaks of the evaluation */
  pi_output output;
  pi_find_result *out; /* touched while a block is next alone */
} search;

typedef struct worker {
  pi_crew_hand hand;
  pi_console *console;
  pubint_engine *engine;
  pi_line line;
  pi_find_result found; /* of the block at hand */
} worker;

static const search *search_of(const worker *self) {
  return (const search *)self->hand.crew; /* its first member */
}

/* ---- one line ---- */

static void note(pi_find_first *first, uint64_t count, const worker *self, uint64_t number, const char *why) {
  if (count > 0) return;
  first->line = number;
  first->file = self->hand.crew->feed.lines.inputs[self->hand.block.end.input].name;
  snprintf(first->why, sizeof first->why, "%s", why);
}

static void refuse(worker *self, uint64_t number, const char *why) {
  note(&self->found.first_refused, self->found.refused, self, number, why);
  self->found.refused++;
}

/* What a line is: a case in self->line, or an evaluation in `recorded`. */
typedef struct subject {
  const pi_case *input; /* NULL: an evaluation */
  pi_tree evaluation;   /* .count 0: none is wanted */
  pi_slice id;
} subject;

static bool text_of(const pi_tree *tree, const char *key, pi_slice *out) {
  uint32_t node = pi_tree_find(tree, pi_tree_root(tree), pi_slice_of(key));
  if (node == UINT32_MAX || tree->nodes[node].kind != PI_NODE_STRING) return false;
  *out = tree->nodes[node].as.string;
  return true;
}

/* Takes what is no case as an evaluation; false where it is none either. */
static bool take_recorded(worker *self, pi_slice text, subject *out) {
  pi_slice word;
  pi_arena_reset(&self->line.arena);
  pi_tree tree = pi_evaluation_tree(text, &self->line.arena);
  *out = (subject){.evaluation = tree};
  return tree.count > 0 && text_of(&tree, "outcome", &word) && text_of(&tree, "basis", &word) &&
         text_of(&tree, "id", &out->id);
}

/* False where the line is skipped. *status is a failure that ends the search. */
static bool take_line(worker *self, pi_slice text, uint64_t number, subject *out, pubint_status *status,
                      pubint_error *error) {
  *status = pi_line_read(&self->line, text, number);
  if (*status == PUBINT_OK) {
    const pubint_evaluation *evaluation;
    *out = (subject){.input = &self->line.input, .id = pi_line_id(&self->line)};
    if (!search_of(self)->evaluates) return true;
    *status = pi_line_evaluate_again(&self->line, self->engine, &evaluation, error);
    if (*status != PUBINT_OK) return false;
    size_t bytes = 0;
    const char *json = evaluation != NULL ? pubint_evaluation_json(evaluation, &bytes) : NULL;
    if (json != NULL) out->evaluation = pi_evaluation_tree((pi_slice){json, bytes}, &self->line.arena);
    if (out->evaluation.count > 0) return true;
  } else if (*status == PUBINT_E_SYSTEM) {
    if (error != NULL) *error = self->line.refusal;
    return false;
  } else if (take_recorded(self, text, out)) {
    *status = PUBINT_OK;
    return true;
  }
  *status = PUBINT_OK;
  refuse(self, number, self->line.refusal.message);
  return false;
}

static bool holds(worker *self, const subject *what, uint64_t number) {
  pi_slice tweet_text = {NULL, 0};
  if (what->input != NULL && !pi_redact(what->input, &self->line.arena, &tweet_text)) tweet_text.ptr = NULL;
  pi_console_renew(self->console);
  pi_console_call call = {.text = search_of(self)->options->expression,
                          .input = what->input,
                          .tweet_text = tweet_text,
                          .evaluation = what->evaluation.count > 0 ? &what->evaluation : NULL,
                          .records = pi_evaluation_record,
                          .apart = true,
                          .quiet = true};
  if (pi_console_run(self->console, &call) == PI_CONSOLE_DONE) return call.holds;
  const char *why = call.fault;
  if (what->input == NULL && strcmp(why, "no case is open") == 0)
    why = "the line is an evaluation; it has no case";
  note(&self->found.first_failed, self->found.failed, self, number, why);
  self->found.failed++;
  return false;
}

static void put_found(worker *self, pi_slice text, pi_slice id) {
  const pi_find_options *options = search_of(self)->options;
  if (options->shows == PI_FIND_NOTHING) return;
  pi_slice shown = options->shows == PI_FIND_IDS ? id : text;
  if (options->show != NULL)
    options->show(&self->hand.text, shown);
  else
    pi_buffer_slice(&self->hand.text, shown);
  pi_buffer_byte(&self->hand.text, '\n');
}

static pubint_status work_line(pi_crew_hand *hand, pi_slice text, uint64_t number, pubint_error *error) {
  worker *self = (worker *)hand;
  subject what;
  pubint_status status;
  self->found.lines++;
  if (!take_line(self, text, number, &what, &status, error) || !holds(self, &what, number)) return status;
  self->found.found++;
  put_found(self, text, what.id);
  return hand->text.failed ? pi_error_set(error, PI_E_NO_MEMORY) : PUBINT_OK;
}

/* ---- the search ---- */

static void begin_block(pi_crew_hand *hand) {
  ((worker *)hand)->found = (pi_find_result){0};
}

static pubint_status hand_in(pi_crew_hand *hand, pi_slice text, pubint_error *error) {
  search *self = (search *)hand->crew;
  return text.len > 0 ? pi_output_write(&self->output, text.ptr, text.len, error) : PUBINT_OK;
}

static pubint_status pass(pi_crew_hand *hand, pubint_error *error) {
  (void)error;
  pi_find_result *all = ((search *)hand->crew)->out;
  const pi_find_result *block = &((worker *)hand)->found;
  if (all->failed == 0) all->first_failed = block->first_failed;
  if (all->refused == 0) all->first_refused = block->first_refused;
  all->lines += block->lines;
  all->found += block->found;
  all->failed += block->failed;
  all->refused += block->refused;
  return PUBINT_OK;
}

static pubint_status open_worker(pi_crew_hand *hand, pubint_error *error) {
  worker *self = (worker *)hand;
  const pubint_policy *policy = search_of(self)->options->policy;
  pi_line_init(&self->line);
  pubint_status status = pi_console_new(&self->console, policy, NULL, NULL, error);
  return status == PUBINT_OK ? pubint_engine_new(&self->engine, policy, error) : status;
}

static void close_worker(pi_crew_hand *hand) {
  worker *self = (worker *)hand;
  pubint_engine_free(self->engine);
  pi_console_free(self->console);
  pi_line_dispose(&self->line);
}

static const pi_crew_job JOB = {.worker_bytes = sizeof(worker),
                                .open = open_worker,
                                .close = close_worker,
                                .begin = begin_block,
                                .line = work_line,
                                .hand_in = hand_in,
                                .pass = pass};

pubint_status pi_find_check(const pubint_policy *policy, pi_slice expression, pubint_error *error) {
  pi_console *console;
  pubint_status status = pi_console_new(&console, policy, NULL, NULL, error);
  if (status != PUBINT_OK) return status;
  pi_console_call call = {.text = expression, .only_read = true, .quiet = true};
  pi_console_end end = pi_console_run(console, &call);
  pi_console_free(console);
  bool unfinished = end == PI_CONSOLE_UNFINISHED;
  if (end == PI_CONSOLE_DONE || (call.read && !unfinished)) return PUBINT_OK;
  status = pi_error_set(error, PI_E_EXPRESSION);
  const char *why = unfinished ? "it ends too early" : call.fault;
  if (error != NULL) pi_error_found(error, why, strlen(why));
  return status;
}

pubint_status pi_find_run(const pi_find_options *options, pi_find_result *out, pubint_error *error) {
  static const char WORD[] = "evaluation";
  search self = {.options = options, .out = out, .output = {.fd = -1}};
  *out = (pi_find_result){0};
  self.evaluates = memmem(options->expression.ptr, options->expression.len, WORD, sizeof WORD - 1) != NULL;
  pi_crew_init(&self.crew, &JOB, options->stop);
  pubint_status status =
      pi_lines_open(&self.crew.feed.lines, options->files, options->files_count, false, options->stop, error);
  if (status == PUBINT_OK) status = pi_output_open(&self.output, NULL, PI_OUTPUT_NEW, false, error);
  if (status == PUBINT_OK) status = pi_crew_run(&self.crew, options->threads, error);
  if (status == PUBINT_OK && self.crew.status != PUBINT_OK) {
    status = self.crew.status;
    if (error != NULL) *error = self.crew.error;
  }
  out->complete = status == PUBINT_OK && !self.crew.cut && !pi_stop_asked(options->stop);
  pubint_error closing;
  pubint_status closed = pi_output_close(&self.output, status == PUBINT_OK ? error : &closing);
  pi_crew_dispose(&self.crew);
  return status == PUBINT_OK ? closed : status;
}
