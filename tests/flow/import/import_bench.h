/* Imports of texts, for tests: what came out, and the report as JSON. */
#ifndef PI_IMPORT_BENCH_H
#define PI_IMPORT_BENCH_H

#include "import.h"

typedef struct import_bench {
  pubint_status status;
  pubint_error error;
  pi_import_report report;
  pi_buffer cases;
  pi_buffer json; /* the report */
} import_bench;

/* Imports `payload`; side files may be NULL. One after the other: the one before is forgotten. */
void import_bench_run(import_bench *self, const char *payload, const char *offices, const char *violations);
void import_bench_run_text(import_bench *self, pi_slice payload, const char *offices, const char *violations);
void import_bench_free(import_bench *self);

/* The import of a test program that needs no second one, and the teardown of its group. */
extern import_bench bench;
int import_bench_tear_down(void **state);

/* The cases, each ending in a newline. */
const char *import_bench_cases(import_bench *self);

/* Fails the test unless exactly this came out: counts, and cases. */
void import_bench_expect(import_bench *self, unsigned imported, unsigned refused);

/* Fails the test unless the report, or the error, holds `text`. */
void import_bench_says(import_bench *self, const char *text);

#endif
