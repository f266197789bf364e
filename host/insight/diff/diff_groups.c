#include "diff_groups.h"

#include <stdlib.h>
#include <string.h>

#include "digest.h"

void pi_diff_groups_init(pi_diff_groups *self, uint32_t samples_max) {
  *self = (pi_diff_groups){.samples_max = samples_max};
}

static void free_group(pi_diff_group *group) {
  if (group == NULL) return;
  free(group->key);
  free(group->samples);
  free(group);
}

void pi_diff_groups_dispose(pi_diff_groups *self) {
  for (uint32_t i = 0; i < self->count; i++) free_group(self->groups[i]);
  free(self->groups);
  *self = (pi_diff_groups){0};
}

/* ---- finding ---- */

static int compare_keys(const pi_diff_group *group, const void *key, size_t key_bytes) {
  return pi_slice_compare((pi_slice){group->key, group->key_bytes}, (pi_slice){key, key_bytes});
}

/* Where the group stands, or would. */
static uint32_t slot_of(const pi_diff_groups *self, uint64_t hash, const void *key, size_t key_bytes) {
  uint32_t low = 0, high = self->count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    const pi_diff_group *group = self->groups[middle];
    bool before = group->hash != hash ? group->hash < hash : compare_keys(group, key, key_bytes) < 0;
    if (before)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static pi_diff_group *make_group(const pi_diff_groups *self, uint64_t hash, const void *key,
                                 size_t key_bytes) {
  pi_diff_group *group = calloc(1, sizeof *group);
  if (group == NULL) return NULL;
  *group = (pi_diff_group){.hash = hash,
                           .key_bytes = key_bytes,
                           .key = malloc(key_bytes + 1),
                           .samples = calloc(self->samples_max + 1u, sizeof *group->samples)};
  if (group->key == NULL || group->samples == NULL) {
    free_group(group);
    return NULL;
  }
  memcpy(group->key, key, key_bytes);
  return group;
}

pi_diff_group *pi_diff_groups_find(pi_diff_groups *self, const void *key, size_t key_bytes) {
  uint64_t hash = pi_digest_hash(key, key_bytes);
  uint32_t at = slot_of(self, hash, key, key_bytes);
  if (at < self->count && compare_keys(self->groups[at], key, key_bytes) == 0) return self->groups[at];
  if (at == PI_DIFF_GROUPS_MAX || self->failed) return NULL;
  if (self->groups == NULL) self->groups = calloc(PI_DIFF_GROUPS_MAX + 1, sizeof *self->groups);
  pi_diff_group *group = self->groups != NULL ? make_group(self, hash, key, key_bytes) : NULL;
  if (group == NULL) {
    self->failed = true;
    return NULL;
  }
  memmove(&self->groups[at + 1], &self->groups[at], (self->count - at) * sizeof(pi_diff_group *));
  self->groups[at] = group;
  self->count++;
  if (self->count > PI_DIFF_GROUPS_MAX) free_group(self->groups[--self->count]);
  return group;
}

/* ---- counting ---- */

static bool ranks_before(const pi_diff_sample *a, const pi_diff_sample *b) {
  if (a->distance != b->distance) return a->distance < b->distance;
  if (a->hash != b->hash) return a->hash < b->hash;
  if (a->file != b->file) return a->file < b->file;
  return a->line < b->line;
}

void pi_diff_groups_sample(pi_diff_groups *self, pi_diff_group *group, const pi_diff_sample *sample) {
  uint32_t at = group->samples_count;
  while (at > 0 && ranks_before(sample, &group->samples[at - 1])) at--;
  if (at == self->samples_max) return;
  /* There is room for one more than are kept. */
  memmove(&group->samples[at + 1], &group->samples[at], (group->samples_count - at) * sizeof *sample);
  group->samples[at] = *sample;
  if (group->samples_count < self->samples_max) group->samples_count++;
}

/* Sums of one sign: ending at the bound they are the same in every order. */
static int64_t add_bounded(int64_t sum, int64_t more) {
  int64_t result;
  if (!__builtin_add_overflow(sum, more, &result)) return result;
  return more < 0 ? INT64_MIN : INT64_MAX;
}

void pi_diff_group_move(pi_diff_group *group, int64_t points) {
  group->moved++;
  if (points > 0) group->raised = add_bounded(group->raised, points);
  if (points < 0) group->lowered = add_bounded(group->lowered, points);
}

void pi_diff_groups_merge(pi_diff_groups *self, const pi_diff_groups *from) {
  self->failed = self->failed || from->failed;
  for (uint32_t i = 0; i < from->count; i++) {
    const pi_diff_group *other = from->groups[i];
    pi_diff_group *group = pi_diff_groups_find(self, other->key, other->key_bytes);
    if (group == NULL) continue;
    for (int d = 0; d < PI_DIRECTIONS; d++) group->counts[d] += other->counts[d];
    group->moved += other->moved;
    group->raised = add_bounded(group->raised, other->raised);
    group->lowered = add_bounded(group->lowered, other->lowered);
    for (uint32_t s = 0; s < other->samples_count; s++)
      pi_diff_groups_sample(self, group, &other->samples[s]);
  }
}

/* ---- reading ---- */

uint64_t pi_diff_group_total(const pi_diff_group *group) {
  uint64_t total = 0;
  for (int d = 0; d < PI_DIRECTIONS; d++) total += group->counts[d];
  return total > 0 ? total : group->moved;
}

static int compare_totals(const void *a, const void *b) {
  const pi_diff_group *one = *(pi_diff_group *const *)a, *other = *(pi_diff_group *const *)b;
  uint64_t one_total = pi_diff_group_total(one), other_total = pi_diff_group_total(other);
  if (one_total != other_total) return one_total > other_total ? -1 : 1;
  return compare_keys(one, other->key, other->key_bytes);
}

void pi_diff_groups_sort(pi_diff_groups *self) {
  if (self->count > 0) qsort(self->groups, self->count, sizeof *self->groups, compare_totals);
}
