#include "overrides.h"

#include <string.h>

#include "decimal.h"

static bool is_id(const char *id, pi_slice wanted) {
  return pi_slice_equal(pi_slice_of(id), wanted);
}

const pi_override *pi_overrides_find(const pi_overrides *self, pi_slice rule, pi_slice factor) {
  for (uint32_t i = 0; i < self->count; i++) {
    const pi_override *item = &self->items[i];
    if (is_id(item->rule, rule) && is_id(item->factor, factor)) return item;
  }
  return NULL;
}

bool pi_overrides_set(pi_overrides *self, pi_slice rule, pi_slice factor, int32_t milli) {
  if (rule.len > PI_ID_LENGTH_MAX || factor.len > PI_ID_LENGTH_MAX) return false;
  uint32_t index = 0;
  while (index < self->count &&
         !(is_id(self->items[index].rule, rule) && is_id(self->items[index].factor, factor))) {
    index++;
  }
  if (milli < 0) {
    if (index == self->count) return true;
    self->count--;
    memmove(&self->items[index], &self->items[index + 1], (self->count - index) * sizeof self->items[0]);
    return true;
  }
  if (index == PI_OVERRIDES_MAX) return false;
  pi_override *item = &self->items[index];
  if (index == self->count) self->count++;
  *item = (pi_override){.milli = milli};
  memcpy(item->rule, rule.ptr, rule.len);
  if (factor.len > 0) memcpy(item->factor, factor.ptr, factor.len);
  return true;
}

void pi_overrides_apply(pi_overrides *self, pi_entry_notes *notes, pi_slice rule, pi_balance *balance,
                        uint32_t first) {
  for (uint32_t i = first; i < balance->factors_count; i++) {
    pi_factor *factor = &balance->factors[i];
    const pi_override *item = self->count > 0 ? pi_overrides_find(self, rule, factor->id) : NULL;
    notes->weights[i] = item != NULL ? factor->weight : 0;
    if (item == NULL) continue;
    factor->weight = item->milli;
    factor->points = (int64_t)factor->strength * factor->weight;
  }
}
