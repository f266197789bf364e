/* Who may ask for what: the file of tokens, a line each, as SHA-256, scopes and a name. */
#ifndef PI_PASSES_H
#define PI_PASSES_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "endpoints.h"
#include "sha256.h"

enum { PI_PASSES_MAX = 10000 };

typedef struct pi_pass {
  char sha256[PI_SHA256_HEX + 1]; /* "" where it is a uid's */
  uint64_t uid;
  unsigned scopes;       /* bit of each pi_endpoint_scope */
  atomic_llong second;   /* in which it was used last */
  atomic_uint in_second; /* how often */
} pi_pass;

typedef struct pi_passes {
  pi_pass *items; /* owned */
  size_t count;
} pi_passes;

/* Reads the text of such a file; lines that are empty or begin with # say nothing. E4157 with the line. */
pubint_status pi_passes_read(pi_passes *out, pi_slice text, pubint_error *error);
pubint_status pi_passes_load(pi_passes *out, const char *file, pubint_error *error);
void pi_passes_dispose(pi_passes *self);

/* The token of "Bearer TOKEN"; NULL where it is none of them. It takes as long for each. */
pi_pass *pi_passes_find(const pi_passes *self, pi_slice authorization);

/* The row of a uid; NULL: none. */
pi_pass *pi_passes_find_uid(const pi_passes *self, uint64_t uid);

/* Counts a use in that second; false where there were more than `rate` (0: no limit). */
bool pi_pass_use(pi_pass *self, int64_t second, uint64_t rate);

#endif
