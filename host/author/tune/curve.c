#include "curve.h"

#include <stdlib.h>

void pi_curve_init(pi_curve *self, const pi_number *number) {
  *self = (pi_curve){.least = number->least, .width = number->most - number->least + 1};
}

void pi_curve_dispose(pi_curve *self) {
  free(self->turns); /* all of them lie in one piece */
}

/* A difference may stand one behind the end. */
static bool make_room(pi_curve *self) {
  size_t room = (size_t)self->width + 1;
  if (self->turns != NULL) return true;
  self->turns = calloc(room * (1 + PI_DIRECTIONS + PI_CURVE_DECIDED), sizeof *self->turns);
  if (self->turns == NULL) return false;
  for (size_t i = 0; i < PI_DIRECTIONS; i++) self->by[i] = self->turns + (1 + i) * room;
  for (size_t i = 0; i < PI_CURVE_DECIDED; i++)
    self->decided[i] = self->turns + (1 + PI_DIRECTIONS + i) * room;
  return true;
}

static int standing(pi_curve_decided what, pubint_outcome outcome, pubint_outcome decision) {
  switch (what) {
  case PI_CURVE_AGREED: return outcome == decision;
  case PI_CURVE_RECOMMENDED: return outcome == PUBINT_NOTICE;
  case PI_CURVE_BOTH: return outcome == PUBINT_NOTICE && decision == PUBINT_NOTICE;
  case PI_CURVE_DECIDED: break;
  }
  return 0;
}

bool pi_curve_add(pi_curve *self, const pi_tuned_step *steps, uint32_t count, pubint_outcome now,
                  const pubint_outcome *decision) {
  if (!make_room(self)) return false;
  self->cases++;
  for (uint32_t i = 0; i < count; i++) {
    int32_t from = steps[i].from - self->least;
    int32_t to = i + 1 < count ? steps[i + 1].from - self->least : self->width;
    if (i > 0) self->turns[from]++;
    if (steps[i].outcome == now) continue;
    int32_t *by = self->by[pi_diff_direction(now, steps[i].outcome)];
    by[from]++;
    by[to]--;
    for (int what = 0; decision != NULL && what < PI_CURVE_DECIDED; what++) {
      int change = standing(what, steps[i].outcome, *decision) - standing(what, now, *decision);
      self->decided[what][from] += change;
      self->decided[what][to] -= change;
    }
  }
  return true;
}

static void sum_up(int32_t *values, int32_t count) {
  for (int32_t i = 1; i < count; i++) values[i] += values[i - 1];
}

void pi_curve_close(pi_curve *self) {
  if (self->turns == NULL) return;
  for (int i = 0; i < PI_DIRECTIONS; i++) sum_up(self->by[i], self->width);
  for (int i = 0; i < PI_CURVE_DECIDED; i++) sum_up(self->decided[i], self->width);
}

pi_curve_point pi_curve_at(const pi_curve *self, int32_t at) {
  pi_curve_point out = {.at = at};
  int32_t i = at - self->least;
  if (self->turns == NULL) return out;
  out.turns = (uint64_t)self->turns[i];
  for (int d = 0; d < PI_DIRECTIONS; d++) out.changed += out.by[d] = (uint64_t)self->by[d][i];
  for (int d = 0; d < PI_CURVE_DECIDED; d++) out.decided[d] = self->decided[d][i];
  return out;
}

bool pi_curve_next(const pi_curve *self, int32_t after, int32_t *at) {
  int32_t i = after < self->least ? 0 : after - self->least + 1;
  for (; self->turns != NULL && i < self->width; i++) {
    if (self->turns[i] == 0) continue;
    *at = self->least + i;
    return true;
  }
  return false;
}

bool pi_curve_before(const pi_curve *self, int32_t before, int32_t *at) {
  for (int32_t i = before - self->least - 1; self->turns != NULL && i >= 0; i--) {
    if (self->turns[i] == 0) continue;
    *at = self->least + i;
    return true;
  }
  return false;
}

pi_curve_point pi_curve_peak(const pi_curve *self, int32_t now) {
  pi_curve_point peak = pi_curve_at(self, now);
  for (int32_t at = self->least; self->turns != NULL && at < self->least + self->width; at++) {
    pi_curve_point point = pi_curve_at(self, at);
    bool nearer = abs(at - now) < abs(peak.at - now);
    if (point.changed > peak.changed || (point.changed == peak.changed && nearer)) peak = point;
  }
  return peak;
}

uint64_t pi_curve_turning(const pi_curve *self) {
  uint64_t count = 0;
  for (int32_t i = 0; self->turns != NULL && i < self->width; i++) count += self->turns[i] > 0;
  return count;
}
