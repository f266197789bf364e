#include "agreement.h"

#include <stdio.h>
#include <stdlib.h>

#include "errors.h"
#include "factor_name.h"
#include "file.h"
#include "line_reader.h"
#include "rejudge.h"

typedef struct counting {
  pi_agreement *out;
  pi_line_reader evaluations;
  pi_arena arena;        /* of one line */
  pi_readback *readback; /* too large for a stack */
} counting;

/* ---- one decided case ---- */

static void count_notice(pi_agreement_rule *counts, pubint_outcome outcome, pubint_outcome decision) {
  counts->decided++;
  counts->agreed += outcome == decision;
  counts->recommended += outcome == PUBINT_NOTICE;
  counts->given += decision == PUBINT_NOTICE;
  counts->both += outcome == PUBINT_NOTICE && decision == PUBINT_NOTICE;
}

static bool stands_before(const pi_readback *readback, uint32_t rule) {
  for (uint32_t i = 0; i < rule; i++) {
    if (pi_slice_equal(readback->rules[i].rule, readback->rules[rule].rule)) return true;
  }
  return false;
}

/* A rule that is violated in two kinds counts once. */
static bool count_rules(pi_agreement *out, const pi_readback *readback, pubint_outcome decision) {
  bool done = true;
  for (uint32_t i = 0; i < readback->rules_count && done; i++) {
    if (stands_before(readback, i)) continue;
    pi_agreement_rule *rule = pi_tally_at(&out->rules, readback->rules[i].rule);
    done = rule != NULL;
    if (done) count_notice(rule, readback->outcome, decision);
  }
  if (readback->rules_count > 0) return done;
  pi_agreement_rule *rule = pi_tally_at(&out->rules, PI_SLICE("(not weighed)"));
  if (rule != NULL) count_notice(rule, readback->outcome, decision);
  return rule != NULL;
}

/* Whether this factor, at this index, is the first of its kind with points in the evaluation. */
static bool is_first(const pi_readback *readback, uint32_t rule, uint32_t index) {
  const pi_factor *factor = &readback->rules[rule].balance.factors[index];
  for (uint32_t i = 0; i <= rule; i++) {
    const pi_balance *balance = &readback->rules[i].balance;
    for (uint32_t j = 0; j < (i < rule ? balance->factors_count : index); j++) {
      const pi_factor *other = &balance->factors[j];
      if (other->points > 0 && other->side == factor->side && other->from == factor->from &&
          pi_slice_equal(other->id, factor->id)) {
        return false;
      }
    }
  }
  return true;
}

static bool count_without(pi_agreement *out, const pi_readback *readback, const pi_factor *factor,
                          pubint_outcome decision) {
  char name[PI_FACTOR_NAME_BYTES];
  pi_agreement_factor *counts = pi_tally_at(&out->factors, pi_factor_name(name, factor));
  if (counts == NULL) return false;
  bool agrees = readback->outcome == decision;
  bool would = pi_rejudge(readback, factor).outcome == decision;
  counts->cases++;
  counts->gained += would && !agrees;
  counts->lost += agrees && !would;
  return true;
}

static bool count_factors(pi_agreement *out, const pi_readback *readback, pubint_outcome decision) {
  bool done = true;
  for (uint32_t i = 0; i < readback->rules_count; i++) {
    const pi_balance *balance = &readback->rules[i].balance;
    for (uint32_t j = 0; j < balance->factors_count && done; j++) {
      if (balance->factors[j].points == 0 || !is_first(readback, i, j)) continue;
      done = count_without(out, readback, &balance->factors[j], decision);
    }
  }
  return done;
}

/* ---- lists ---- */

/* The rules of an evaluation, joined by ", ", in the arena; of one that was not weighed, why not. */
static pi_slice rules_of(pi_agreement *out, const pi_readback *readback) {
  enum { TEXT_BYTES = 1024 };
  char text[TEXT_BYTES];
  size_t used = 0;
  if (readback->rules_count == 0) {
    used = (size_t)snprintf(text, sizeof text, "(%s)", pubint_basis_name(readback->basis));
  }
  for (uint32_t i = 0; i < readback->rules_count && used < sizeof text; i++) {
    pi_slice rule = readback->rules[i].rule;
    if (stands_before(readback, i)) continue;
    int length =
        snprintf(text + used, sizeof text - used, "%s%.*s", i > 0 ? ", " : "", (int)rule.len, rule.ptr);
    used += (size_t)length;
  }
  return pi_arena_copy(&out->arena, (pi_slice){text, used < sizeof text ? used : sizeof text - 1});
}

static bool list_case(pi_agreement *out, const pi_readback *readback, const pi_decision *decision,
                      pi_agreement_case *into) {
  *into = (pi_agreement_case){.id = pi_arena_copy(&out->arena, readback->id),
                              .rules = rules_of(out, readback),
                              .outcome = readback->outcome};
  if (decision != NULL) {
    into->reason = decision->reason;
    into->decided_by = decision->decided_by;
    into->decision = decision->outcome;
  }
  return into->id.ptr != NULL && into->rules.ptr != NULL;
}

/* The item of that reason; once as many stand there as are kept, those that do not are one for each pair. */
static pi_agreement_reason *reason_of(pi_agreement *out, pubint_outcome outcome, pubint_outcome decision,
                                      pi_slice reason) {
  pi_buffer name;
  pi_buffer_init(&name, 64 * 1024);
  pi_buffer_printf(&name, "%d %d", (int)outcome, (int)decision);
  size_t pair = name.len;
  pi_buffer_text(&name, " ");
  if (reason.ptr != NULL) pi_buffer_slice(&name, reason);
  pi_agreement_reason *item = NULL;
  if (!name.failed) {
    bool full = out->reasons.count >= PI_AGREEMENT_REASONS_MAX;
    pi_slice whole = {name.data, name.len};
    bool other = full && pi_tally_find(&out->reasons, whole) == NULL;
    item = pi_tally_at(&out->reasons, other ? (pi_slice){name.data, pair} : whole);
    if (item != NULL) item->reason = other ? PI_SLICE("(other reasons)") : reason;
  }
  pi_buffer_dispose(&name);
  return item;
}

/* People decided otherwise than was recommended. */
static bool count_override(pi_agreement *out, const pi_readback *readback, const pi_decision *decision) {
  pi_agreement_reason *reason = reason_of(out, readback->outcome, decision->outcome, decision->reason);
  if (reason == NULL) return false;
  reason->count++;
  reason->outcome = readback->outcome;
  reason->decision = decision->outcome;
  out->overrides_count++;
  if (out->overrides_listed == PI_AGREEMENT_LISTED) return true;
  return list_case(out, readback, decision, &out->overrides[out->overrides_listed++]);
}

/* ---- the whole ---- */

static pubint_status refuse_twice(const counting *self, const pi_decision *decision, pubint_error *error) {
  const char *file = pi_file_shown_name(self->evaluations.lines.inputs[decision->input].name);
  pubint_status status = pi_error_setf(error, PI_E_REPEATED_EVALUATION,
                                       "two evaluations for one decided case, first at %.200s:%llu", file,
                                       (unsigned long long)decision->evaluated_at);
  pi_error_found(error, self->readback->id.ptr, self->readback->id.len);
  return status;
}

static pubint_status count_readback(counting *self, const pi_read_line *line, pubint_error *error) {
  pi_agreement *out = self->out;
  const pi_readback *readback = self->readback;
  if (readback->refused.ptr != NULL) {
    out->refused++;
    return PUBINT_OK;
  }
  out->evaluated++;
  pi_decision *decision = pi_tally_find(&out->decisions.cases, readback->id);
  bool done = true;
  if (decision == NULL) {
    out->without_decision++;
    if (out->undecided_listed < PI_AGREEMENT_LISTED) {
      done = list_case(out, readback, NULL, &out->undecided[out->undecided_listed++]);
    }
    return done ? PUBINT_OK : pi_error_set(error, PI_E_NO_MEMORY);
  }
  if (decision->evaluated_at > 0) return refuse_twice(self, decision, error);
  decision->evaluated_at = line->number;
  decision->input = line->input;
  out->decided++;
  out->pairs[readback->outcome][decision->outcome]++;
  done = count_rules(out, readback, decision->outcome) && count_factors(out, readback, decision->outcome);
  bool recommended = readback->outcome == PUBINT_NOTICE || readback->outcome == PUBINT_REMOVE;
  if (done && recommended && readback->outcome != decision->outcome) {
    done = count_override(out, readback, decision);
  }
  return done ? PUBINT_OK : pi_error_set(error, PI_E_NO_MEMORY);
}

static pubint_status count_lines(counting *self, pubint_error *error) {
  pi_read_line line = {0};
  bool there = true;
  pubint_status status = PUBINT_OK;
  while (status == PUBINT_OK) {
    status = pi_line_reader_next(&self->evaluations, &line, &there, error);
    if (status != PUBINT_OK || !there) break;
    pi_arena_reset(&self->arena);
    status = pi_evaluation_read(self->readback, line.text, line.number, &self->arena, error);
    if (status == PUBINT_OK) status = count_readback(self, &line, error);
    if (status != PUBINT_OK) pi_line_reader_blame(&self->evaluations, &line, error);
  }
  return status;
}

pubint_status pi_agreement_count(pi_agreement *out, const char *const *evaluations, size_t evaluations_count,
                                 const char *decisions, pubint_error *error) {
  enum { ARENA_BLOCK = 64 * 1024, ARENA_MAX = 64 * 1024 * 1024 };
  *out = (pi_agreement){0};
  pi_arena_init(&out->arena, ARENA_BLOCK, ARENA_MAX);
  pi_secret secret;
  pubint_status status = pi_secret_draw(&secret, error);
  pi_tally_init(&out->rules, sizeof(pi_agreement_rule), &secret);
  pi_tally_init(&out->reasons, sizeof(pi_agreement_reason), &secret);
  pi_tally_init(&out->factors, sizeof(pi_agreement_factor), &secret);
  if (status == PUBINT_OK) status = pi_decisions_read(&out->decisions, decisions, error);
  if (status != PUBINT_OK) return status;
  counting self = {
      .out = out, .readback = calloc(1, sizeof *self.readback), .evaluations.lines.source.fd = -1};
  pi_arena_init(&self.arena, ARENA_BLOCK, ARENA_MAX);
  if (self.readback == NULL) status = pi_error_set(error, PI_E_NO_MEMORY);
  if (status == PUBINT_OK) {
    status = pi_line_reader_open(&self.evaluations, evaluations, evaluations_count, false, NULL, error);
  }
  if (status == PUBINT_OK) status = count_lines(&self, error);
  pi_line_reader_close(&self.evaluations);
  pi_arena_dispose(&self.arena);
  free(self.readback);
  out->without_case = out->decisions.cases.count - out->decided;
  return status;
}

void pi_agreement_dispose(pi_agreement *agreement) {
  pi_decisions_dispose(&agreement->decisions);
  pi_tally_dispose(&agreement->rules);
  pi_tally_dispose(&agreement->reasons);
  pi_tally_dispose(&agreement->factors);
  pi_arena_dispose(&agreement->arena);
}

uint64_t pi_agreement_agreed(const pi_agreement *agreement) {
  return agreement->pairs[PUBINT_NOTICE][PUBINT_NOTICE] + agreement->pairs[PUBINT_REMOVE][PUBINT_REMOVE];
}
