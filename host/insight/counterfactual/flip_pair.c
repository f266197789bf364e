#include "flip_pair.h"

/* How finely those spots are looked for at which a script shows that it breaks the premise. */
enum { PARTS = 6, ALONG_PARTS = 20 };

/* --- indexes --- */

static int32_t away(int32_t a, int32_t b) {
  return a > b ? a - b : b - a;
}

int32_t pi_axis_at(const pi_axis *axis, int32_t index) {
  int32_t step = PI_FLIP_STEP_MICRO;
  if (index == 0) return axis->from;
  if (axis->up) {
    int32_t at = (axis->from / step + index) * step;
    return at < PI_MICRO ? at : (int32_t)PI_MICRO;
  }
  int32_t at = ((axis->from + step - 1) / step - index) * step;
  return at > 0 ? at : 0;
}

static int32_t away_at(const pi_axis *axis, int32_t index) {
  return away(pi_axis_at(axis, index), axis->from);
}

int32_t pi_axis_within(const pi_axis *axis, int64_t micro) {
  int32_t end = axis->up ? (int32_t)PI_MICRO : 0;
  int32_t room = away(end, axis->from);
  int32_t last = (room + PI_FLIP_STEP_MICRO - 1) / PI_FLIP_STEP_MICRO + 1;
  int32_t first = 0;
  while (first < last) { /* the indexes rise, so the last that fits is found by halving */
    int32_t middle = first + (last - first + 1) / 2;
    bool moved = away_at(axis, middle) > away_at(axis, middle - 1);
    if (moved && away_at(axis, middle) < micro) {
      first = middle;
    } else {
      last = middle - 1;
    }
  }
  return first;
}

/* --- a pair --- */

typedef struct pairing {
  pi_trial *search;
  pi_axis a, b;
  int64_t best; /* distance that is to be beaten */
  bool found;
  int32_t best_a, best_b; /* indexes */
} pairing;

static void set(pi_trial *self, pi_fact fact, int32_t micro) {
  pi_case_set_strength(&self->changed, fact, micro);
}

static bool turns_at(pairing *self, int32_t a, int32_t b) {
  set(self->search, self->a.fact, pi_axis_at(&self->a, a));
  set(self->search, self->b.fact, pi_axis_at(&self->b, b));
  return pi_trial_turns(self->search, NULL, NULL);
}

static int64_t distance_at(const pairing *self, int32_t a, int32_t b) {
  return (int64_t)away_at(&self->a, a) + away_at(&self->b, b);
}

/* Takes a point that should turn the case, if it is nearer and does. */
static void offer(pairing *self, int32_t a, int32_t b) {
  if (distance_at(self, a, b) >= self->best || !turns_at(self, a, b)) return;
  self->best = distance_at(self, a, b);
  self->best_a = a;
  self->best_b = b;
  self->found = true;
}

/* The first index of b, from `low` on and before `high`, that turns the case at index `a`; `high` where
 * there is none. */
static int32_t frontier(pairing *self, int32_t a, int32_t low, int32_t high) {
  while (low < high) {
    int32_t middle = low + (high - low) / 2;
    if (turns_at(self, a, middle)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

/* Between two indexes of a, where b turns the case from `high` and from `low` on: what is nearest lies no
 * nearer than the first index with the lower b, so most of the frontier is never walked. */
static void split(pairing *self, int32_t first, int32_t high, int32_t last, int32_t low) {
  if (last - first < 2 || distance_at(self, first + 1, low) >= self->best) return;
  int32_t middle = first + (last - first) / 2;
  int32_t index = frontier(self, middle, low, high);
  offer(self, middle, index);
  split(self, first, high, middle, index);
  split(self, middle, index, last, low);
}

/* Nearer and nearer to where the case stands, along one axis while the other rests. */
static int32_t shrink(pairing *self, bool along_a, int32_t a, int32_t b) {
  int32_t low = 0, high = along_a ? a : b;
  while (low < high) {
    int32_t middle = low + (high - low) / 2;
    if (along_a ? turns_at(self, middle, b) : turns_at(self, a, middle)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return high;
}

/* A few spots within the box that are nearer than what was found: a script that breaks the premise shows
 * here, mostly. */
static void look_inside(pairing *self, int32_t last_a, int32_t last_b) {
  for (int32_t i = 1; i < PARTS; i++) {
    for (int32_t j = 1; j < PARTS; j++) {
      int32_t a = last_a * i / PARTS, b = last_b * j / PARTS;
      if (a == 0 || b == 0 || distance_at(self, a, b) >= self->best || !turns_at(self, a, b)) continue;
      a = shrink(self, true, a, b);
      b = shrink(self, false, a, b);
      if (a > 0 && b > 0) offer(self, a, b);
    }
  }
}

/* --- between two indexes --- */

/* Brings the strength of `fact`, which turns the case at `to`, as near to `from` as it still does. The other
 * strength of the trial rests. */
static int32_t refine(pi_trial *self, pi_fact fact, int32_t from, int32_t to) {
  set(self, fact, from);
  if (pi_trial_turns(self, NULL, NULL)) return from;
  while (away(from, to) > 1) {
    int32_t middle = from + (to - from) / 2;
    set(self, fact, middle);
    if (pi_trial_turns(self, NULL, NULL)) {
      to = middle;
    } else {
      from = middle;
    }
  }
  set(self, fact, to);
  return to;
}

/* Refines both, the second axis first or last; the distance that is left. */
static int64_t refine_both(pairing *self, bool a_first, int32_t *a, int32_t *b) {
  pi_trial *search = self->search;
  *a = pi_axis_at(&self->a, self->best_a);
  *b = pi_axis_at(&self->b, self->best_b);
  set(search, self->a.fact, *a);
  set(search, self->b.fact, *b);
  if (a_first) *a = refine(search, self->a.fact, pi_axis_at(&self->a, self->best_a - 1), *a);
  *b = refine(search, self->b.fact, pi_axis_at(&self->b, self->best_b - 1), *b);
  if (!a_first) *a = refine(search, self->a.fact, pi_axis_at(&self->a, self->best_a - 1), *a);
  return (int64_t)away(*a, self->a.from) + away(*b, self->b.from);
}

static bool conclude(pairing *self, pi_flip *out) {
  int32_t a[2], b[2];
  int64_t first = refine_both(self, true, &a[0], &b[0]);
  int64_t second = refine_both(self, false, &a[1], &b[1]);
  int chosen = second < first;
  pi_trial *search = self->search;
  *out = (pi_flip){.changes_count = 2, .distance = chosen ? second : first};
  out->changes[0] = (pi_flip_change){self->a.fact, {.micro = self->a.from}, {.micro = a[chosen]}};
  out->changes[1] = (pi_flip_change){self->b.fact, {.micro = self->b.from}, {.micro = b[chosen]}};
  set(search, self->a.fact, a[chosen]);
  set(search, self->b.fact, b[chosen]);
  return pi_trial_turns(search, &out->outcome, &out->basis);
}

bool pi_flip_pair(pi_trial *self, pi_axis a, pi_axis b, int64_t cut, pi_flip *out) {
  pairing pair = {.search = self, .a = a, .b = b, .best = cut};
  int32_t last_a = pi_axis_within(&a, cut), last_b = pi_axis_within(&b, cut);
  if (last_a < 1 || last_b < 1) return false;
  pi_trial_reset(self);
  if (turns_at(&pair, last_a, last_b)) {
    int32_t low = frontier(&pair, last_a, 1, last_b);
    offer(&pair, last_a, low);
    split(&pair, 0, last_b + 1, last_a, low);
  }
  look_inside(&pair, last_a, last_b);
  return !pi_trial_over(self) && pair.found && conclude(&pair, out);
}

/* --- along the frontier --- */

/* A value so much farther out, or nearer, that stays between where the fact stands and its end. */
static int32_t shifted(const pi_flip_change *change, int32_t outwards) {
  int32_t from = change->from.micro, to = change->to.micro;
  bool up = to > from;
  int32_t at = up ? to + outwards : to - outwards;
  if (up ? at < from : at > from) at = from;
  return at < 0 ? 0 : at > PI_MICRO ? (int32_t)PI_MICRO : at;
}

/* Shifts change `moved`, lets the other follow its turning point, and takes both if that is nearer. */
static bool slide(pi_trial *self, pi_flip *flip, unsigned moved, int32_t outwards) {
  enum { FOLLOWS = 4 }; /* so many times as far: most weights lie within that of each other */
  pi_flip_change *change = &flip->changes[moved], *other = &flip->changes[1 - moved];
  int32_t size = outwards < 0 ? -outwards : outwards;
  int32_t at = shifted(change, outwards);
  int32_t near = shifted(other, outwards < 0 ? -1 : -FOLLOWS * size);
  int32_t far = shifted(other, outwards < 0 ? FOLLOWS * size : 0);
  if (at == change->to.micro || at == change->from.micro) return false;
  set(self, change->fact, at);
  set(self, other->fact, far);
  if (!pi_trial_turns(self, NULL, NULL)) return false;
  far = refine(self, other->fact, near, far);
  if (far == other->from.micro) return false;
  int64_t distance = (int64_t)away(at, change->from.micro) + away(far, other->from.micro);
  if (distance >= flip->distance) return false;
  set(self, other->fact, far);
  pi_flip taken = *flip;
  if (!pi_trial_turns(self, &taken.outcome, &taken.basis)) return false;
  taken.changes[moved].to.micro = at;
  taken.changes[1 - moved].to.micro = far;
  taken.distance = distance;
  *flip = taken;
  return true;
}

void pi_flip_polish(pi_trial *self, pi_flip *flip) {
  enum { SLIDES_MAX = 16 };
  static const int32_t STEPS[] = {PI_FLIP_STEP_MICRO, 250, 60, 15, 4, 1};
  pi_trial_reset(self);
  for (size_t i = 0; i < sizeof STEPS / sizeof STEPS[0]; i++) {
    for (unsigned way = 0; way < 4; way++) {
      unsigned slides = 0;
      while (slides < SLIDES_MAX && slide(self, flip, way & 1, way < 2 ? STEPS[i] : -STEPS[i])) slides++;
    }
  }
}

/* The first of a few spots on the way that turns the case, *low right behind the one before it; 0 where
 * none does. */
static int32_t first_part(pi_trial *self, const pi_axis *axis, int32_t last, int32_t *low) {
  *low = 1;
  for (int32_t i = 1; i <= ALONG_PARTS; i++) {
    int32_t index = last * i / ALONG_PARTS;
    if (index < *low) continue;
    set(self, axis->fact, pi_axis_at(axis, index));
    if (pi_trial_turns(self, NULL, NULL)) return index;
    *low = index + 1;
  }
  return 0;
}

bool pi_flip_along(pi_trial *self, pi_axis axis, int64_t cut, pi_flip_change *change, pubint_outcome *outcome,
                   pubint_basis *basis) {
  int32_t low, high = first_part(self, &axis, pi_axis_within(&axis, cut), &low);
  bool turns = high > 0;
  while (turns && low < high) {
    int32_t middle = low + (high - low) / 2;
    set(self, axis.fact, pi_axis_at(&axis, middle));
    if (pi_trial_turns(self, NULL, NULL)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  if (!turns) {
    set(self, axis.fact, axis.from);
    return false;
  }
  int32_t to = refine(self, axis.fact, pi_axis_at(&axis, high - 1), pi_axis_at(&axis, high));
  *change = (pi_flip_change){axis.fact, {.micro = axis.from}, {.micro = to}};
  set(self, axis.fact, to);
  turns = pi_trial_turns(self, outcome, basis);
  set(self, axis.fact, axis.from);
  return turns;
}
