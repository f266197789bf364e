/* One link of the audit chain.
 *
 * link = SHA-256 of, one after another:
 *   "pubint ledger 1", the link before (64 zeros for the first), sequence, at, actor, action, subject,
 *   and for each table of PI_RECORD_TABLES its name and the columns of each row of the operation, in order.
 * Each value is written with its kind and length, so that no two rows read alike: "n" for NULL, "i" DIGITS
 * ";" for a number, "t" LENGTH ":" BYTES for a text.
 */
#ifndef PI_AUDIT_CHAIN_H
#define PI_AUDIT_CHAIN_H

#include <stdint.h>

#include "sha256.h"
#include "slice.h"
#include "store.h"

enum { PI_LINK_BYTES = PI_SHA256_HEX };

/* An entry of the log: one operation. */
typedef struct pi_audit_entry {
  int64_t sequence;
  int64_t at;
  pi_slice actor;
  pi_slice action;
  pi_slice subject;
  char link[PI_LINK_BYTES + 1];
} pi_audit_entry;

/* The link that `entry` has at place `sequence` behind the link `before`, covering the record rows that
 * carry entry->sequence. */
pubint_status pi_chain_link(pi_ledger *ledger, const pi_audit_entry *entry, int64_t sequence,
                            const char before[PI_LINK_BYTES + 1], char out[PI_LINK_BYTES + 1],
                            pubint_error *error);

#endif
