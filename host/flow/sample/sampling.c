#include "sampling.h"

void *pi_sampling_alloc(pi_sampling *self, size_t bytes) {
  void *memory = pi_arena_alloc(self->arena, bytes);
  if (memory == NULL) self->failed = true;
  return memory;
}

static uint32_t common_divisor(uint32_t a, uint32_t b) {
  while (b != 0) {
    uint32_t rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

uint32_t pi_sampling_round(const pi_sampling *self, uint32_t salt, uint64_t nth, uint32_t count) {
  if (count < 2) return 0;
  pi_draw round = pi_draw_begin(self->plan->seed ^ salt, nth / count);
  uint32_t stride = pi_draw_between(&round, 1, count - 1);
  while (common_divisor(stride, count) != 1) stride = stride % count + 1;
  uint64_t index = nth % count * stride + pi_draw_below(&round, count);
  return (uint32_t)(index % count);
}

void pi_sampling_put(pi_sampling *self, pi_fact fact, pi_value value) {
  pi_case_set(self->out, fact, value);
}
