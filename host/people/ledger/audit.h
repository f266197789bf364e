/* The audit log: every operation an entry, each chained to the one before it by SHA-256.
 *
 * An entry's link is the digest of the link before it, its own row and every record row that it wrote, so
 * a change to any of them breaks the chain there. Who can write the file can also chain it anew from some
 * entry on: keep the newest link elsewhere (`audit --head`) and ask for it (`--expect`).
 */
#ifndef PI_AUDIT_H
#define PI_AUDIT_H

#include <stdbool.h>
#include <stdint.h>

#include "audit_chain.h"

/* The sequence of the next entry. */
pubint_status pi_audit_next(pi_ledger *ledger, int64_t *out, pubint_error *error);

/* Chains and writes the entry of an operation whose record rows stand already, in the transaction under way;
 * fills entry->link. */
pubint_status pi_audit_append(pi_ledger *ledger, pi_audit_entry *entry, pubint_error *error);

/* The newest entry's sequence and link; 0 and zeros in an empty log. */
pubint_status pi_audit_head(pi_ledger *ledger, int64_t *sequence, char link[PI_LINK_BYTES + 1],
                            pubint_error *error);

/* Calls `each` with the newest `count` entries, oldest first; their texts last until it returns. */
typedef pubint_status (*pi_audit_visit)(void *self, const pi_audit_entry *entry, pubint_error *error);
pubint_status pi_audit_each(pi_ledger *ledger, int64_t count, pi_audit_visit each, void *self,
                            pubint_error *error);

/* What a head to expect says: "SEQUENCE:LINK" as `audit --head` prints it, or a link alone. */
typedef struct pi_audit_expected {
  int64_t sequence; /* 0: not given, any entry's */
  char link[PI_LINK_BYTES + 1];
} pi_audit_expected;
bool pi_audit_expected_read(pi_slice text, pi_audit_expected *out);

/* Recomputes every link from the rows as they stand. PUBINT_OK when all is whole, *entries of them; else an
 * error of E4080 to E4087 that names the first entry changed, removed, reordered or cut off. `expected` may
 * be NULL. */
pubint_status pi_audit_verify(pi_ledger *ledger, const pi_audit_expected *expected, int64_t *entries,
                              pubint_error *error);

#endif
