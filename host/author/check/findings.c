#include "findings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "case_write.h"
#include "errors.h"

enum { ARENA_BLOCK = 64 * 1024, ARENA_MAX = 64 * 1024 * 1024, JSON_MAX = 16 * 1024 * 1024 };

bool pi_findings_begin(pi_findings *self) {
  *self = (pi_findings){.items = calloc(PI_FINDINGS_MAX, sizeof *self->items)};
  pi_arena_init(&self->arena, ARENA_BLOCK, ARENA_MAX);
  return self->items != NULL;
}

void pi_findings_look_for(pi_findings *self, const pi_finding *wanted) {
  *self = (pi_findings){.wanted = wanted};
}

void pi_findings_dispose(pi_findings *self) {
  pi_arena_dispose(&self->arena);
  free(self->items);
}

/* ---- taking in ---- */

static bool same_finding(const pi_finding *a, const pi_finding *b) {
  return a->code == b->code && a->script == b->script && a->line == b->line && a->fact == b->fact &&
         a->which == b->which && pi_slice_equal(a->token, b->token);
}

/* That a market is clamped is told once, whatever its sum is made of. */
static bool is_known(const pi_findings *self, const pi_finding *finding) {
  for (uint32_t i = 0; i < self->count; i++) {
    const pi_finding *known = &self->items[i];
    bool clamp = finding->code == PI_E_CHECK_CLAMP && known->code == finding->code;
    if (same_finding(known, finding) || (clamp && known->script == finding->script)) return true;
  }
  return false;
}

/* However much there is to note, faults find room. */
static bool has_room(const pi_findings *self, const pi_finding *finding) {
  if (finding->note && self->count - self->faults >= PI_NOTED_MAX) return false;
  return self->count < PI_FINDINGS_MAX;
}

bool pi_findings_wants(const pi_findings *self, const pi_finding *finding) {
  if (self->wanted != NULL) return !self->found && same_finding(self->wanted, finding);
  return !is_known(self, finding) && has_room(self, finding);
}

/* The case that shows it, as small as can be, with what is said of that one. */
static pubint_status keep_case(pi_findings *self, pi_finding *finding, const pi_case *input,
                               pi_findings_shrink *shrink, const void *context) {
  pi_case small = *input;
  pi_slice message = {NULL, 0};
  pi_arena arena;
  pi_arena_init(&arena, ARENA_BLOCK, ARENA_MAX);
  pubint_status status = shrink(context, finding, &small, &message, &arena);
  pi_buffer json;
  pi_buffer_init(&json, JSON_MAX);
  pi_case_json(&json, &small);
  if (json.failed) status = PUBINT_E_SYSTEM;
  if (status == PUBINT_OK) {
    finding->case_json = pi_arena_copy(&self->arena, (pi_slice){json.data, json.len});
    if (message.ptr != NULL) finding->message = pi_arena_copy(&self->arena, message);
    if (finding->case_json.ptr == NULL || finding->message.ptr == NULL) status = PUBINT_E_SYSTEM;
  }
  pi_buffer_dispose(&json);
  pi_arena_dispose(&arena);
  return status;
}

pubint_status pi_findings_add(pi_findings *self, pi_finding finding, const char *message,
                              const pi_case *input, pi_findings_shrink *shrink, const void *context) {
  if (self->wanted != NULL) {
    self->found = true;
    snprintf(self->found_message, sizeof self->found_message, "%s", message);
    return PUBINT_OK;
  }
  finding.message = pi_arena_copy(&self->arena, pi_slice_of(message));
  finding.token = pi_arena_copy(&self->arena, finding.token.ptr != NULL ? finding.token : PI_SLICE(""));
  if (finding.message.ptr == NULL || finding.token.ptr == NULL) return PUBINT_E_SYSTEM;
  pubint_status status = input != NULL ? keep_case(self, &finding, input, shrink, context) : PUBINT_OK;
  if (finding.fact == PI_FACT_COUNT || PI_FACTS[finding.fact].type != PI_TYPE_STRENGTH) {
    finding.to = (pi_value){.count = 0}; /* it lies in an arena of the case's */
  }
  self->items[self->count++] = finding;
  if (!finding.note) self->faults++;
  return status;
}

const pi_finding *pi_findings_waive(pi_findings *self, unsigned code, const pi_script *script, uint32_t line,
                                    pi_fact fact) {
  for (uint32_t i = 0; i < self->count; i++) {
    pi_finding *finding = &self->items[i];
    bool meant =
        finding->code == code && finding->script == script && finding->line == line && finding->fact == fact;
    if (!meant || finding->waived) continue;
    finding->waived = true;
    self->faults -= !finding->note;
    return finding;
  }
  return NULL;
}

/* ---- the order of a report ---- */

static int by_place(const void *a, const void *b) {
  const pi_finding *x = a, *y = b;
  uint32_t xi = x->script != NULL ? x->script->index : 0, yi = y->script != NULL ? y->script->index : 0;
  if (x->waived != y->waived) return x->waived - y->waived;
  if (x->note != y->note) return x->note - y->note;
  if (xi != yi) return xi < yi ? -1 : 1;
  if (x->line != y->line) return x->line < y->line ? -1 : 1;
  if (x->code != y->code) return x->code < y->code ? -1 : 1;
  if (x->fact != y->fact) return x->fact < y->fact ? -1 : 1;
  return pi_slice_compare(x->message, y->message);
}

void pi_findings_sort(pi_findings *self) {
  if (self->count > 0) qsort(self->items, self->count, sizeof *self->items, by_place);
}
