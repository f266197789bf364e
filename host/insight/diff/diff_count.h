/* The counters of a comparison: one set a thread, added up block by block, and what is asked of them. */
#ifndef PI_DIFF_COUNT_H
#define PI_DIFF_COUNT_H

#include "batch.h"
#include "diff_case.h"
#include "diff_groups.h"

enum { PI_DIFF_SAMPLES = 3, PI_DIFF_BINS = 14 };
#define PI_DIFF_NEAR     (PI_NANO / 2)
#define PI_DIFF_NEAR_MAX (1000 * PI_NANO)

/* By what cases are grouped; in the first six every flip counts once. */
typedef enum pi_diff_dimension {
  PI_DIFF_BY_DIRECTION, /* key: its name */
  PI_DIFF_BY_CAUSE,     /* read the key with pi_diff_part_of */
  PI_DIFF_BY_RULE,      /* of the violation that decides the flip: its id */
  PI_DIFF_BY_KIND,      /* "RULE/KIND"; "RULE/" where the violation names none */
  PI_DIFF_BY_MARKET,    /* "" where it is not known */
  PI_DIFF_BY_LANGUAGE,  /* of the Tweet; "" where it is not known */
  PI_DIFF_BY_FACTOR,    /* parts of the margins of flips, as causes: what each moved, without samples */
  PI_DIFF_BY_MOVER,  /* no flip, but a margin moved: the part that moved it most; the sample is the nearest */
  PI_DIFF_BY_NEAR,   /* no flip, but moved near one: "notice" or "remove", where it would turn to */
  PI_DIFF_BY_WEIGHT, /* a factor that weighs otherwise, as a cause, with both weights */
  PI_DIFF_BY_CODE,   /* refused lines, of which the first are the sample: "E1101" */
  PI_DIFF_DIMENSIONS
} pi_diff_dimension;

typedef struct pi_diff_options {
  const char *const *files; /* none: standard input */
  size_t files_count;
  unsigned threads;
  uint32_t samples;     /* of each group, up to PI_DIFF_SAMPLES_MAX */
  int64_t near;         /* how near to turning is a near miss, in billionths */
  const pi_stop *stop;  /* NULL: never */
  const char *names[2]; /* what the old and the new policy were called, for commands that open a case */
  /* Takes flips as lines of JSON, in the order of the input, by one thread at a time; false: they cannot be
   * written, and `error` says why. NULL: no lines are made. */
  bool (*write)(void *context, pi_slice lines, pubint_error *error);
  void (*progress)(void *context, const pi_batch_progress *now); /* as of a batch; may be NULL */
  void *context;
} pi_diff_options;

typedef struct pi_diff {
  const pubint_policy *old, *new; /* borrowed, as are the options and what they name */
  const pi_diff_options *options;
  bool complete;  /* false: stopped, or failed, before every line was compared */
  uint64_t lines; /* == evaluated + refused */
  uint64_t evaluated;
  uint64_t refused;
  uint64_t matrix[PI_OUTCOMES][PI_OUTCOMES]; /* cases by the old and the new outcome */
  uint64_t changed;                          /* not flipped, but weighed otherwise */
  uint64_t histogram[PI_DIFF_BINS];          /* those of them whose margin moved, by how much: pi_diff_bins */
  int64_t nearest; /* the least distance from turning of these; INT64_MAX where there is none */
  pi_diff_groups groups[PI_DIFF_DIMENSIONS];
} pi_diff;

void pi_diff_init(pi_diff *self, const pubint_policy *old, const pubint_policy *new,
                  const pi_diff_options *options);
void pi_diff_dispose(pi_diff *self);

/* Counts a case. `sample` holds its place, id and hash, and gets the rest. Whether it flips: then *flipped
 * says how. */
bool pi_diff_count(pi_diff *counted, const pubint_evaluation *old, const pubint_evaluation *new,
                   pi_flipped *flipped, pi_diff_sample *sample);

/* Counts a line that was refused. */
void pi_diff_count_refused(pi_diff *counted, unsigned code, const pi_diff_sample *sample);

void pi_diff_merge(pi_diff *sum, const pi_diff *more);

/* --- what came of it --- */

uint64_t pi_diff_flips(const pi_diff *self);
uint64_t pi_diff_flips_to(const pi_diff *self, pi_direction direction);

/* Cases whose margin moved without a flip. */
uint64_t pi_diff_moved(const pi_diff *self);

/* A bin's changes: `above` < |change| <= `up_to` (0: no bound), of one sign; bins ascend. */
typedef struct pi_diff_bin {
  bool negative;
  int64_t above, up_to;
} pi_diff_bin;
pi_diff_bin pi_diff_bin_at(unsigned bin);

/* "granted", "withdrawn", "to_review", "to_removal". */
const char *pi_direction_name(pi_direction direction);

/* A part of the margin or another cause, with the rule it belongs to. Texts are the key's. */
typedef struct pi_diff_part {
  pi_cause cause;
  pi_slice rule;
  int32_t weights[2]; /* of PI_DIFF_BY_WEIGHT: the old one and the new one, in thousandths; else 0 */
} pi_diff_part;
pi_diff_part pi_diff_part_of(const pi_diff_group *group);

/* Whether pi_diff_part_of reads the keys of a dimension. */
static inline bool pi_diff_is_part(pi_diff_dimension dimension) {
  return dimension == PI_DIFF_BY_CAUSE || dimension == PI_DIFF_BY_FACTOR || dimension == PI_DIFF_BY_MOVER ||
         dimension == PI_DIFF_BY_WEIGHT;
}

#endif
