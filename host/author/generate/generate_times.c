#include "generate_times.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "times.h"

enum { DAYS_FAR = 400 };

bool pi_generate_time_near(const pi_generator *self, int64_t at, pi_draw *draw, pi_arena *arena,
                           pi_slice *out) {
  static const double USUAL[] = {0, 1, 2, 3, 7, 30};
  double number = USUAL[pi_generator_below(draw, sizeof USUAL / sizeof *USUAL)];
  if (self->numbers_count > 0 && pi_generator_below(draw, 4) != 0)
    number = self->numbers[pi_generator_below(draw, self->numbers_count)];
  int64_t unit = pi_generator_below(draw, 2) == 0 ? PI_TIME_DAY : PI_TIME_HOUR;
  if (fabs(number) * (double)unit > (double)DAYS_FAR * PI_TIME_DAY) number = 1;
  int64_t apart = llround(number * (double)unit) + (int64_t)pi_generator_below(draw, 3) - 1;
  char text[PI_TIME_BYTES];
  pi_time_write(pi_generator_below(draw, 4) == 0 ? at - apart : at + apart, text);
  *out = pi_arena_copy(arena, pi_slice_of(text));
  return out->ptr != NULL;
}

static bool set_times(pi_case *input, pi_slice moment, pi_arena *arena) {
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if (PI_FACTS[fact].type != PI_TYPE_TIME) continue;
    pi_case_set_text(input, (pi_fact)fact, pi_arena_copy(arena, moment));
    if (pi_case_text(input, (pi_fact)fact).ptr == NULL) return false;
  }
  return true;
}

bool pi_generate_times(const pi_generator *self, pi_case *input, pi_draw *draw, pi_arena *arena) {
  static const char *const CLOCKS[] = {"T00:00:00Z", "T06:30:00Z", "T12:00:00Z", "T23:59:59Z"};
  if (self->days_count == 0) return true;
  pi_slice day = self->days[pi_generator_below(draw, self->days_count)];
  char text[24];
  int length = snprintf(text, sizeof text, "%.10s%s", day.ptr, CLOCKS[pi_generator_below(draw, 4)]);
  pi_slice moment = {text, (size_t)length};
  if (pi_time_fault(moment) != NULL) return true;
  if (self->times && pi_generator_below(draw, 4) != 0) {
    int64_t at;
    if (pi_time_read(day, &at) != NULL) at = pi_time_seconds(moment);
    if (!pi_generate_time_near(self, at, draw, arena, &moment)) return false;
  }
  return set_times(input, moment, arena);
}
