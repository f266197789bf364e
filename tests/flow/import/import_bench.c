#include "import_bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test.h"

enum { TEXT_MAX = 1 << 30 };

void import_bench_free(import_bench *self) {
  pi_import_report_dispose(&self->report);
  pi_buffer_dispose(&self->cases);
  pi_buffer_dispose(&self->json);
  *self = (import_bench){0};
}

import_bench bench;

int import_bench_tear_down(void **state) {
  (void)state;
  import_bench_free(&bench);
  return 0;
}

void import_bench_run_text(import_bench *self, pi_slice payload, const char *offices,
                           const char *violations) {
  import_bench_free(self);
  pi_import_report_init(&self->report, true);
  pi_buffer_init(&self->cases, TEXT_MAX);
  pi_buffer_init(&self->json, TEXT_MAX);
  pi_import_texts texts = {payload, {NULL, 0}, {NULL, 0}};
  if (offices != NULL) texts.offices = pi_slice_of(offices);
  if (violations != NULL) texts.violations = pi_slice_of(violations);
  self->status = pi_import_texts_run(&texts, &self->cases, &self->report, &self->error);
  pi_import_report_json(&self->report, &self->json);
}

void import_bench_run(import_bench *self, const char *payload, const char *offices, const char *violations) {
  import_bench_run_text(self, pi_slice_of(payload), offices, violations);
}

const char *import_bench_cases(import_bench *self) {
  return pi_buffer_end(&self->cases);
}

void import_bench_expect(import_bench *self, unsigned imported, unsigned refused) {
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

void import_bench_says(import_bench *self, const char *text) {
  char said[2048];
  pubint_error_format(&self->error, said, sizeof said);
  const char *where = self->status == PUBINT_OK ? pi_buffer_end(&self->json) : said;
  if (strstr(where, text) == NULL) fail_msg("\"%s\" is not in: %s", text, where);
}
