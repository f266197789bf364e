#include "sample.h"

#include "sample_facts.h"
#include "sample_gates.h"
#include "sample_rules.h"
#include "sample_write.h"
#include "sampling.h"

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
  self->nth = self->number;
  if (self->plan->eligible) return;
  uint32_t index = (uint32_t)(self->number % MIX_COUNT);
  while (CLASS_LETTERS[self->class] != MIX[index]) self->class ++;
  self->nth =
      self->number / MIX_COUNT * count_letter(MIX[index], MIX_COUNT) + count_letter(MIX[index], index);
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
