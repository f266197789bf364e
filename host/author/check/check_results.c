#include "check_results.h"

#include <stdio.h>

#include "check_report.h"
#include "errors.h"

/* The comment that waives the finding: its message is the finding's own. */
static pi_slice reason_of(const pi_check *self, const pi_finding *finding) {
  for (uint32_t i = 0; i < self->waivers.count; i++) {
    if (self->waivers.items[i].message.ptr == finding->message.ptr) return self->waivers.items[i].reason;
  }
  return (pi_slice){NULL, 0};
}

static void add_finding(const pi_check *self, const pi_finding *finding, pi_results *out) {
  pubint_error error;
  pi_check_report_error(finding, &error);
  pi_result result = {.code = finding->code,
                      .note = finding->note,
                      .line = finding->line,
                      .column = (uint32_t)error.column,
                      .message = finding->message,
                      .key = finding->fact != PI_FACT_COUNT ? PI_FACTS[finding->fact].path : finding->token,
                      .case_json = finding->case_json};
  if (finding->script != NULL) {
    result.file = finding->script->file;
    result.text = pi_results_line(finding->script->source, finding->line);
  }
  if (finding->waived) result.reason = reason_of(self, finding);
  pi_results_add(out, &result);
}

/* What a script's table waives was never taken in as a finding: one for each fact that moved something. */
static void add_waived_facts(const pi_check *self, const pi_script *script, pi_results *out) {
  for (uint32_t w = 0; w < script->waives_count; w++) {
    const pi_waiver *waiver = &script->waives[w];
    const pi_fact_row *fact = &PI_FACTS[waiver->fact];
    bool harm = fact->side == PI_SIDE_HARM;
    char message[160];
    if ((self->waivers.facts_used[script->index] & PI_FACT_BIT(waiver->fact)) == 0) continue;
    snprintf(message, sizeof message, "raising %s moves the result the wrong way", fact->path.ptr);
    pi_finding finding = {.code = harm ? PI_E_CHECK_HARM_HELPS : PI_E_CHECK_INTEREST_HURTS,
                          .script = script,
                          .line = pi_places_key(&self->coverage->places, script, "waives"),
                          .token = fact->path,
                          .fact = waiver->fact,
                          .message = pi_slice_of(message)};
    pubint_error error;
    pi_check_report_error(&finding, &error);
    pi_results_add(out, &(pi_result){.code = finding.code,
                                     .file = script->file,
                                     .line = finding.line,
                                     .column = (uint32_t)error.column,
                                     .text = pi_results_line(script->source, finding.line),
                                     .message = finding.message,
                                     .key = fact->path,
                                     .reason = waiver->reason});
  }
}

void pi_check_results(const pi_check *self, pi_results *out) {
  for (uint32_t i = 0; i < self->findings.count; i++) add_finding(self, &self->findings.items[i], out);
  for (uint32_t i = 0; i < self->policy->scripts_count; i++) {
    add_waived_facts(self, &self->policy->scripts[i], out);
  }
}
