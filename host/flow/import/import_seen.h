/* The Tweets that were imported, so that one that comes again is seen to. */
#ifndef PI_IMPORT_SEEN_H
#define PI_IMPORT_SEEN_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "secret.h"

typedef struct pi_import_sight {
  pi_slice id;      /* ptr NULL: an empty slot of the table */
  uint64_t facts;   /* a hash of the case */
  const char *file; /* borrowed */
  uint64_t line;
} pi_import_sight;

/* A hash table that is never more than half full. Which slot a Tweet has shows nowhere. */
typedef struct pi_import_seen {
  pi_import_sight *table; /* owned */
  size_t size;            /* a power of two; 0: nothing yet */
  size_t count;
  pi_secret secret;
  pi_arena ids;
} pi_import_seen;

/* The secret is one that was drawn. */
void pi_import_seen_init(pi_import_seen *self, const pi_secret *secret);
void pi_import_seen_dispose(pi_import_seen *self);

/* NULL where that Tweet was not added. */
const pi_import_sight *pi_import_seen_find(const pi_import_seen *self, pi_slice id);

/* Adds one that was not; false when memory ran out. */
bool pi_import_seen_add(pi_import_seen *self, const pi_import_sight *sight);

/* Tells texts apart, but for one chance in 2^64. */
uint64_t pi_import_seen_hash(const pi_import_seen *self, pi_slice text);

#endif
