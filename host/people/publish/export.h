/* What the ledger owes to others, written from its records: statements of reasons, and whole records. */
#ifndef PI_EXPORT_H
#define PI_EXPORT_H

#include "buffer.h"
#include "record.h"
#include "store.h"

#define PI_EXPORT_BATCH 100 /* statements that the database takes at once */

typedef struct pi_export {
  int64_t since, until; /* decided from `since` on and before `until` */
  bool batches;        /* {"statements":[…]} of at most PI_EXPORT_BATCH a line, else one statement a line */
  pi_slice learn_more; /* of the policy */

  pi_buffer *out;
  void *self; /* of the two calls below */
  /* Called when `out` holds lines that can be written and forgotten; false ends the export. */
  bool (*flush)(void *self, pi_buffer *out);
  /* Called for a case of which no statement can be made; the others go on. */
  void (*refused)(void *self, const pubint_error *error, pi_slice id);

  uint64_t statements; /* written */
} pi_export;

/* One statement for each decision in force, and one more where local law withholds the Tweet in the EEA; in
 * the order in which cases were opened. */
pubint_status pi_export_statements(pi_export *self, pi_ledger *ledger, pubint_error *error);

#endif
