#include "import_rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test.h"

enum { TEXT_MAX = 1 << 30 };

void import_rig_free(import_rig *self) {
  pi_import_report_dispose(&self->report);
  pi_buffer_dispose(&self->cases);
  pi_buffer_dispose(&self->json);
  *self = (import_rig){0};
}

import_rig rig;

int import_rig_tear_down(void **state) {
  (void)state;
  import_rig_free(&rig);
  return 0;
}

void import_rig_run_text(import_rig *self, pi_slice payload, const char *offices, const char *violations) {
  import_rig_free(self);
  pi_import_report_init(&self->report, true);
  pi_buffer_init(&self->cases, TEXT_MAX);
  pi_buffer_init(&self->json, TEXT_MAX);
  pi_import_texts texts = {payload, {NULL, 0}, {NULL, 0}};
  if (offices != NULL) texts.offices = pi_slice_of(offices);
  if (violations != NULL) texts.violations = pi_slice_of(violations);
  self->status = pi_import_texts_run(&texts, &self->cases, &self->report, &self->error);
  pi_import_report_json(&self->report, &self->json);
}

void import_rig_run(import_rig *self, const char *payload, const char *offices, const char *violations) {
  import_rig_run_text(self, pi_slice_of(payload), offices, violations);
}

const char *import_rig_cases(import_rig *self) {
  return pi_buffer_end(&self->cases);
}

void import_rig_expect(import_rig *self, unsigned imported, unsigned refused) {
  if (self->status != PUBINT_OK) fail_msg("E%04u: %s", self->error.code, self->error.message);
  const pi_import_report *report = &self->report;
  if (report->imported != imported || report->refused != refused)
    print_message("%s", pi_buffer_end(&self->json));
  assert_int_equal(report->imported, imported);
  assert_int_equal(report->refused, refused);
  assert_int_equal(report->in, report->imported + report->refused);
  size_t lines = 0;
  for (size_t i = 0; i < self->cases.len; i++) lines += self->cases.data[i] == '\n';
  assert_int_equal(lines, imported);
}

void import_rig_says(import_rig *self, const char *text) {
  char said[2048];
  pubint_error_format(&self->error, said, sizeof said);
  const char *where = self->status == PUBINT_OK ? pi_buffer_end(&self->json) : said;
  if (strstr(where, text) == NULL) fail_msg("\"%s\" is not in: %s", text, where);
}
