/* Imports of texts, for tests: what came out, and the report as JSON. */
#ifndef PI_IMPORT_RIG_H
#define PI_IMPORT_RIG_H

#include "import.h"

typedef struct import_rig {
  pubint_status status;
  pubint_error error;
  pi_import_report report;
  pi_buffer cases;
  pi_buffer json; /* the report */
} import_rig;

/* Imports `payload`; side files may be NULL. One after the other: the one before is forgotten. */
void import_rig_run(import_rig *self, const char *payload, const char *offices, const char *violations);
void import_rig_run_text(import_rig *self, pi_slice payload, const char *offices, const char *violations);
void import_rig_free(import_rig *self);

/* The import of a test program that needs no second one, and the teardown of its group. */
extern import_rig rig;
int import_rig_tear_down(void **state);

/* The cases, each ending in a newline. */
const char *import_rig_cases(import_rig *self);

/* Fails the test unless exactly this came out: counts, and cases. */
void import_rig_expect(import_rig *self, unsigned imported, unsigned refused);

/* Fails the test unless the report, or the error, holds `text`. */
void import_rig_says(import_rig *self, const char *text);

#endif
