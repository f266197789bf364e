#include "stats.h"

#include <stdlib.h>

#include "decode.h"
#include "errors.h"
#include "evaluation_read.h"
#include "factor_name.h"
#include "line_reader.h"
#include "turn.h"

/* One count: what stays the same over its lines. */
typedef struct counting {
  pi_stats *out;
  const pi_stats_options *options;
  pi_line_reader evaluations;
  pi_line_reader cases;
  pi_arena arena;
  pi_readback *readback; /* too large for a stack */
  pubint_engine *engine; /* with cases, as all below */
  pi_case input;
  pi_decode_memory memory;
  pi_turns *turns;
} counting;

/* ---- one evaluation ---- */

static bool count_name(pi_tally *tally, pi_slice name) {
  uint64_t *count = pi_tally_at(tally, name);
  if (count != NULL) ++*count;
  return count != NULL;
}

static uint32_t bin_of(int64_t margin) {
  int64_t points = margin >= 0 ? margin / PI_NANO : -((-margin + PI_NANO - 1) / PI_NANO);
  if (points < PI_STATS_BIN_LOW) points = PI_STATS_BIN_LOW;
  if (points > PI_STATS_BIN_HIGH) points = PI_STATS_BIN_HIGH;
  return (uint32_t)(points - PI_STATS_BIN_LOW);
}

static bool count_factor(pi_tally *factors, const pi_factor *factor, pubint_outcome verdict) {
  char name[PI_FACTOR_NAME_BYTES];
  pi_stats_factor *counts = pi_tally_at(factors, pi_factor_name(name, factor));
  if (counts == NULL) return false;
  if (factor->points > 0) counts->times++;
  pi_exact_add(&counts->points[verdict], factor->points);
  return true;
}

static bool count_rule(pi_stats *out, const pi_readback_rule *rule) {
  pi_stats_rule *counts = pi_tally_at(&out->rules, rule->rule);
  if (counts == NULL) return false;
  counts->entries++;
  counts->verdicts[rule->verdict]++;
  if (!rule->weighed) return true;
  pi_exact_add(&counts->margin, rule->margin);
  out->margins[bin_of(rule->margin)]++;
  out->weighed++;
  bool done = true;
  for (uint32_t i = 0; i < rule->balance.factors_count && done; i++) {
    done = count_factor(&out->factors, &rule->balance.factors[i], rule->verdict);
  }
  return done;
}

/* The bit of an index in pi_stats.by_fact. */
static pi_fact_set bit_at(int fact) {
  return fact < PI_FACT_COUNT ? PI_FACT_BIT(fact) : PI_SPANS_BIT;
}

static void count_facts(pi_stats *out, const pi_readback *readback) {
  pi_fact_set unassessed = 0, awaited = readback->basis == PUBINT_INCOMPLETE ? readback->missing : 0;
  for (uint32_t i = 0; i < readback->rules_count; i++) {
    unassessed |= readback->rules[i].unassessed;
    if (readback->basis == PUBINT_UNASSESSED) awaited |= readback->rules[i].unassessed;
  }
  for (int fact = 0; fact < PI_STATS_FACTS; fact++) {
    pi_fact_set bit = bit_at(fact);
    pi_stats_fact *counts = &out->by_fact[fact];
    if ((readback->unknown & bit) != 0) counts->unknown++;
    if ((unassessed & bit) != 0) counts->unassessed++;
    if ((readback->missing & bit) != 0) counts->missing++;
    if (awaited == bit) counts->alone++;
  }
}

static bool count_readback(pi_stats *out, const pi_readback *readback) {
  out->lines++;
  if (readback->refused.ptr != NULL) {
    out->refused++;
    return count_name(&out->codes, readback->refused);
  }
  out->evaluated++;
  out->cases[readback->outcome][readback->basis]++;
  for (int gate = 0; gate < PI_GATE_COUNT; gate++) out->gates[gate][readback->gates[gate]]++;
  count_facts(out, readback);
  bool done = count_name(&out->policies, readback->policy);
  for (uint32_t i = 0; i < readback->rules_count && done; i++) done = count_rule(out, &readback->rules[i]);
  if (!done || readback->rules_count == 0) return done;
  pi_stats_group *market =
      pi_tally_at(&out->markets, readback->market.ptr != NULL ? readback->market : PI_SLICE("not known"));
  if (market != NULL) market->outcomes[readback->outcome]++;
  return market != NULL;
}

/* ---- its case ---- */

static pubint_status other_cases(const counting *self, const char *why, const pi_read_line *line,
                                 pubint_error *error) {
  pubint_status refused = pi_error_setf(error, PI_E_OTHER_CASES, "%s", why);
  pi_line_reader_blame(&self->evaluations, line, error);
  return refused;
}

/* The month as the case writes it. */
static bool count_month(counting *self, pubint_outcome outcome) {
  enum { MONTH_BYTES = 7 }; /* 2020-05 */
  pi_slice month = PI_SLICE("not known");
  if (pi_case_knows(&self->input, PI_FACT_TWEET_CREATED_AT)) {
    month = (pi_slice){pi_case_text(&self->input, PI_FACT_TWEET_CREATED_AT).ptr, MONTH_BYTES};
  }
  pi_stats_group *group = pi_tally_at(&self->out->months, month);
  if (group != NULL) group->outcomes[outcome]++;
  return group != NULL;
}

/* What a search left is counted so, and not among what was tried: nothing is known of it. */
static void count_turns(pi_stats *out, const pi_turns *turns) {
  for (int fact = 0; fact < PI_STATS_FACTS; fact++)
    out->by_fact[fact].left += (turns->left & bit_at(fact)) != 0;
  if (turns->spans_tried) {
    pi_stats_fact *spans = &out->by_fact[PI_FACT_COUNT];
    bool turned = turns->spans != turns->outcome;
    spans->tried++;
    if (turned) spans->turned++;
    if (turned) spans->turned_to[turns->spans]++;
  }
  for (uint32_t i = 0; i < turns->unknowns_count; i++) {
    const pi_unknown *unknown = &turns->unknowns[i];
    pi_stats_fact *counts = &out->by_fact[unknown->fact];
    bool to[PI_OUTCOMES] = {false};
    if (!unknown->tried || (turns->left & PI_FACT_BIT(unknown->fact)) != 0) continue;
    counts->tried++;
    if (unknown->trials_count > 0) counts->turned++;
    for (uint8_t j = 0; j < unknown->trials_count; j++) to[unknown->trials[j].outcome] = true;
    for (int outcome = 0; outcome < PI_OUTCOMES; outcome++) counts->turned_to[outcome] += to[outcome];
  }
}

static pubint_status count_case(counting *self, const pi_read_line *line, pubint_error *error) {
  const pi_readback *readback = self->readback;
  pi_read_line text = {0};
  bool there;
  pubint_error reason;
  pubint_status status = pi_line_reader_next(&self->cases, &text, &there, error);
  if (status != PUBINT_OK) return status;
  if (!there) return other_cases(self, "there are fewer cases than evaluations", line, error);
  if (readback->refused.ptr != NULL) return PUBINT_OK;
  status = pi_decode_case(&self->input, text.text, text.number, &self->arena, &self->memory, &reason);
  if (status != PUBINT_OK || !pi_slice_equal(pi_case_text(&self->input, PI_FACT_ID), readback->id)) {
    return other_cases(self, "the case of that line is another", line, error);
  }
  if (!pi_slice_equal(readback->policy, pi_slice_of(pubint_policy_id(self->options->policy)))) {
    return other_cases(self, "the evaluations are of another policy than the one that is loaded", line,
                       error);
  }
  if (!count_month(self, readback->outcome)) return pi_error_set(error, PI_E_NO_MEMORY);
  bool unassessed = false;
  for (uint32_t i = 0; i < readback->rules_count; i++) unassessed |= readback->rules[i].unassessed != 0;
  if (readback->unknown == 0 && readback->missing == 0 && !unassessed) return PUBINT_OK;
  const pi_turn_options options = {.unknown_only = true};
  status = pi_turns_find(self->turns, self->engine, &self->input, self->options->policy, &options, error);
  if (status != PUBINT_OK) return status;
  if (self->turns->outcome != readback->outcome || self->turns->basis != readback->basis) {
    return other_cases(self, "the evaluation is not what the policy says; `pubint verify` tells how", line,
                       error);
  }
  if (self->turns->state == PI_TURNS_TRIED) count_turns(self->out, self->turns);
  return PUBINT_OK;
}

/* ---- the whole ---- */

static pubint_status count_line(counting *self, const pi_read_line *line, pubint_error *error) {
  pi_arena_reset(&self->arena);
  pubint_status status = pi_evaluation_read(self->readback, line->text, line->number, &self->arena, error);
  if (status != PUBINT_OK) {
    pi_line_reader_blame(&self->evaluations, line, error);
    return status;
  }
  if (!count_readback(self->out, self->readback)) return pi_error_set(error, PI_E_NO_MEMORY);
  return self->options->cases != NULL ? count_case(self, line, error) : PUBINT_OK;
}

/* No case may be left over. */
static pubint_status check_end(counting *self, const pi_read_line *line, pubint_error *error) {
  pi_read_line rest = {0};
  bool there;
  pubint_status status = pi_line_reader_next(&self->cases, &rest, &there, error);
  if (status != PUBINT_OK || !there) return status;
  return other_cases(self, "there are more cases than evaluations", line, error);
}

/* How far it is, behind each thousand lines or so. */
static void tell(const counting *self) {
  if (self->options->progress == NULL || self->out->lines % 1024 != 0) return;
  pi_totals so_far = {.lines = self->out->lines, .refused = self->out->refused};
  pi_batch_progress now = {.totals = &so_far,
                           .bytes = self->evaluations.block.end.all_bytes,
                           .bytes_total = pi_lines_bytes(&self->evaluations.lines)};
  self->options->progress(self->options->context, &now);
}

static pubint_status count_lines(counting *self, pubint_error *error) {
  pi_read_line line = {0};
  bool there = true;
  pubint_status status = PUBINT_OK;
  while (status == PUBINT_OK) {
    status = pi_line_reader_next(&self->evaluations, &line, &there, error);
    if (status != PUBINT_OK || !there) break;
    status = count_line(self, &line, error);
    tell(self);
  }
  return status == PUBINT_OK && self->options->cases != NULL ? check_end(self, &line, error) : status;
}

pubint_status pi_stats_count(pi_stats *out, const pi_stats_options *options, pubint_error *error) {
  enum { ARENA_BLOCK = 64 * 1024, ARENA_MAX = 64 * 1024 * 1024 };
  *out = (pi_stats){.with_cases = options->cases != NULL};
  pi_secret secret;
  pubint_status status = pi_secret_draw(&secret, error);
  pi_tally_init(&out->codes, sizeof(uint64_t), &secret);
  pi_tally_init(&out->policies, sizeof(uint64_t), &secret);
  pi_tally_init(&out->rules, sizeof(pi_stats_rule), &secret);
  pi_tally_init(&out->factors, sizeof(pi_stats_factor), &secret);
  pi_tally_init(&out->markets, sizeof(pi_stats_group), &secret);
  pi_tally_init(&out->months, sizeof(pi_stats_group), &secret);
  counting self = {
      .out = out, .options = options, .evaluations.lines.source.fd = -1, .cases.lines.source.fd = -1};
  pi_arena_init(&self.arena, ARENA_BLOCK, ARENA_MAX);
  self.readback = calloc(1, sizeof *self.readback);
  self.turns = malloc(sizeof *self.turns);
  if (status == PUBINT_OK && (self.readback == NULL || self.turns == NULL)) {
    status = pi_error_set(error, PI_E_NO_MEMORY);
  }
  if (status == PUBINT_OK) {
    status = pi_line_reader_open(&self.evaluations, options->evaluations, options->evaluations_count, false,
                                 NULL, error);
  }
  if (status == PUBINT_OK && options->cases != NULL) {
    status = pi_line_reader_open(&self.cases, &options->cases, 1, false, NULL, error);
    if (status == PUBINT_OK) status = pubint_engine_new(&self.engine, options->policy, error);
  }
  if (status == PUBINT_OK) status = count_lines(&self, error);
  pubint_engine_free(self.engine);
  pi_line_reader_close(&self.evaluations);
  if (options->cases != NULL) pi_line_reader_close(&self.cases);
  free(self.readback);
  free(self.turns);
  pi_arena_dispose(&self.arena);
  return status;
}

void pi_stats_dispose(pi_stats *stats) {
  pi_tally *all[] = {&stats->codes,   &stats->policies, &stats->rules,
                     &stats->factors, &stats->markets,  &stats->months};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) pi_tally_dispose(all[i]);
}
