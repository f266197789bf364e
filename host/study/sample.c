#include "sample.h"

#include <string.h>

#include "sample_inside.h"

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

uint32_t pi_sampling_round(const pi_sampling *self, uint32_t salt, uint64_t turn, uint32_t count) {
  if (count < 2) return 0;
  pi_draw round = pi_draw_begin(self->plan->seed ^ salt, turn / count);
  uint32_t stride = pi_draw_between(&round, 1, count - 1);
  while (common_divisor(stride, count) != 1) stride = stride % count + 1;
  uint64_t place = turn % count * stride + pi_draw_below(&round, count);
  return (uint32_t)(place % count);
}

/* Of fifty cases in a row: E eligible, F failing, U unknown, N never excepted, 0 no rule broken. */
static const char MIX[] = "EFENEUEFE0EFEEFEUEFENEFEEFEEUEFEEFEENEFEEUEFEEFEEE";
enum { MIX_COUNT = sizeof MIX - 1 };
static const char CLASS_LETTERS[PI_SAMPLE_CLASSES] = {
    [PI_SAMPLE_ELIGIBLE] = 'E', [PI_SAMPLE_FAILING] = 'F',  [PI_SAMPLE_UNKNOWN] = 'U',
    [PI_SAMPLE_NEVER] = 'N',    [PI_SAMPLE_UNBROKEN] = '0',
};

static uint32_t count_letter(char letter, uint32_t upto) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < upto; i++) count += MIX[i] == letter;
  return count;
}

static void choose_class(pi_sampling *self) {
  self->class = PI_SAMPLE_ELIGIBLE;
  self->turn = self->number;
  if (self->plan->eligible) return;
  uint32_t place = (uint32_t)(self->number % MIX_COUNT);
  while (CLASS_LETTERS[self->class] != MIX[place]) self->class ++;
  self->turn =
      self->number / MIX_COUNT * count_letter(MIX[place], MIX_COUNT) + count_letter(MIX[place], place);
}

static bool begin(pi_sampling *self, const pi_sample_plan *plan, uint64_t number, pi_case *out,
                  pi_arena *arena) {
  *self = (pi_sampling){
      .plan = plan, .number = number, .draw = pi_draw_begin(plan->seed, number), .arena = arena, .out = out};
  out->known = 0;
  out->violations_count = 0;
  out->has_spans = false;
  choose_class(self);
  self->mood = (pi_sample_mood)pi_draw_below(&self->draw, PI_MOOD_COUNT);
  pi_sample_facts(self);
  pi_sample_gates(self);
  pi_sample_violations(self);
  return !self->failed;
}

bool pi_sample_case(const pi_sample_plan *plan, uint64_t number, pi_case *out, pi_arena *arena) {
  pi_sampling self;
  return begin(&self, plan, number, out, arena);
}

bool pi_sample_line(const pi_sample_plan *plan, uint64_t number, pi_buffer *out, pi_arena *arena) {
  pi_sampling self;
  pi_case made;
  pi_arena_reset(arena);
  if (!begin(&self, plan, number, &made, arena)) return false;
  pi_sample_spell(out, &made, &self.draw);
  return !out->failed;
}
