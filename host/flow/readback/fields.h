/* Two lines of JSON, field by field: which leaves differ, under which path, as they are written. */
#ifndef PI_FIELDS_H
#define PI_FIELDS_H

#include <stdbool.h>
#include <stdint.h>

#include <pubint/error.h>

#include "arena.h"
#include "slice.h"

enum { PI_FIELDS_SHOWN_MAX = 20 };

/* One leaf: a scalar or an empty container. Its text is what stands in the line, quotes included. */
typedef struct pi_leaf {
  pi_slice path; /* "/rules/0/margin" */
  pi_slice text;
  bool matched; /* while two are compared */
} pi_leaf;

typedef struct pi_leaves {
  pi_leaf *leaves;
  uint32_t count;
} pi_leaves;

/* Takes a line apart; texts lie in it, paths in the arena. Fails on what is no JSON. */
pubint_status pi_fields_read(pi_leaves *out, pi_slice line, pi_arena *arena, pubint_error *error);

/* The text at `path` without its quotes; .ptr NULL where there is none. */
pi_slice pi_fields_text(const pi_leaves *leaves, const char *path);

typedef struct pi_field_difference {
  pi_slice path;
  pi_slice recorded;   /* .ptr NULL: not there */
  pi_slice recomputed; /* .ptr NULL: not there */
} pi_field_difference;

typedef struct pi_field_differences {
  uint32_t shown;
  uint32_t count; /* all of them, also those that are not shown */
  pi_field_difference items[PI_FIELDS_SHOWN_MAX];
} pi_field_differences;

/* In the order of the recomputed line; what only the recorded one has comes last. */
void pi_fields_compare(pi_field_differences *out, pi_leaves *recorded, pi_leaves *recomputed);

#endif
