/* Counted groups of cases, each with a sample, in bounded memory and whatever the order they come in.
 *
 * A table keeps the groups whose keys hash lowest, and a group the samples that rank lowest. What is among
 * the lowest in the end was so from its first sight on, so every count that is kept is exact, and tables of
 * several threads, merged, are those of one thread.
 */
#ifndef PI_DIFF_GROUPS_H
#define PI_DIFF_GROUPS_H

#include "diff_case.h"

enum { PI_DIFF_GROUPS_MAX = 1024, PI_DIFF_SAMPLES_MAX = 20 };

/* A case as a sample shows it. */
typedef struct pi_diff_sample {
  int64_t distance; /* of near misses: from turning; else 0 */
  uint64_t hash;    /* of its line */
  size_t file;      /* index of the input */
  uint64_t line;
  char id[65];
  uint8_t old, new; /* pubint_outcome */
  bool margins;     /* the two below hold */
  int64_t old_margin, new_margin;
} pi_diff_sample;

typedef struct pi_diff_group {
  uint64_t hash; /* of the key */
  void *key;     /* owned */
  size_t key_bytes;
  uint64_t counts[PI_DIRECTIONS];
  uint64_t moved;          /* a part of the margin: in how many flips it moved, */
  int64_t raised, lowered; /* and by how much in all, up and down; they end at INT64_MAX and MIN */
  pi_diff_sample *samples; /* owned; lowest first */
  uint32_t samples_count;
} pi_diff_group;

typedef struct pi_diff_groups {
  pi_diff_group **groups; /* owned, as what they point at; by hash, then by key */
  uint32_t count;
  uint32_t samples_max; /* of each group */
  bool failed;          /* memory ran out */
} pi_diff_groups;

/* Allocates nothing yet. */
void pi_diff_groups_init(pi_diff_groups *self, uint32_t samples_max);
void pi_diff_groups_dispose(pi_diff_groups *self);

/* The group of that key, made where there is none; NULL where it is not among those kept, or memory ran out.
 */
pi_diff_group *pi_diff_groups_find(pi_diff_groups *self, const void *key, size_t key_bytes);

/* Takes the sample where it ranks among the lowest: by distance, hash, file and line. */
void pi_diff_groups_sample(pi_diff_groups *self, pi_diff_group *group, const pi_diff_sample *sample);

/* A contribution to the change of a margin. */
void pi_diff_group_move(pi_diff_group *group, int64_t points);

/* Adds what `from` has counted. */
void pi_diff_groups_merge(pi_diff_groups *self, const pi_diff_groups *from);

uint64_t pi_diff_group_total(const pi_diff_group *group);

/* Orders for reading: the largest total first, equal ones by key. No more is to be counted afterwards. */
void pi_diff_groups_sort(pi_diff_groups *self);

#endif
