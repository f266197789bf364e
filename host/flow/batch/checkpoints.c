#include "checkpoints.h"

#include <stdlib.h>
#include <string.h>

bool pi_checkpoints_init(pi_checkpoints *list, uint64_t interval) {
  *list = (pi_checkpoints){.interval = interval > 0 ? interval : 1};
  list->points = calloc(PI_CHECKPOINTS_MAX + 1, sizeof *list->points);
  return list->points != NULL;
}

void pi_checkpoints_dispose(pi_checkpoints *list) {
  free(list->points);
  *list = (pi_checkpoints){0};
}

/* The first block is always one, so that even a run that was interrupted at once knows its input. */
bool pi_checkpoints_keeps(const pi_checkpoints *list, uint64_t before, uint64_t now) {
  return before == 0 || before / list->interval != now / list->interval;
}

/* Doubles the interval; those go that it would never have kept. */
static void thin(pi_checkpoints *list) {
  size_t kept = 0;
  list->interval *= 2;
  for (size_t i = 0; i < list->count; i++) {
    const pi_checkpoint *point = &list->points[i];
    if (pi_checkpoints_keeps(list, point->before, point->input.all_bytes)) list->points[kept++] = *point;
  }
  list->count = kept;
}

void pi_checkpoints_add(pi_checkpoints *list, const pi_checkpoint *point) {
  const pi_checkpoint *last = list->count > 0 ? &list->points[list->count - 1] : NULL;
  if (last != NULL && (last->passing || last->input.all_bytes == point->input.all_bytes)) list->count--;
  while (!point->passing && list->count >= PI_CHECKPOINTS_MAX) thin(list);
  list->points[list->count++] = *point;
}

void pi_checkpoints_take(pi_checkpoints *list, const pi_checkpoints *from, size_t last) {
  list->count = last + 1;
  list->interval = from->interval;
  memcpy(list->points, from->points, list->count * sizeof *list->points);
}
