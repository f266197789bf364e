#include "crosstab.h"

#include <string.h>

bool pi_crosstab_init(pi_crosstab *self, const size_t sizes[PI_CROSSTAB_DIMENSIONS],
                      const bool adds[PI_CROSSTAB_DIMENSIONS], pi_arena *arena) {
  size_t cells = 1;
  for (int i = 0; i < PI_CROSSTAB_DIMENSIONS; i++) {
    self->sizes[i] = sizes[i] + (adds[i] ? 1 : 0);
    self->adds[i] = adds[i];
    cells *= self->sizes[i];
  }
  self->counts = pi_arena_alloc(arena, (cells > 0 ? cells : 1) * sizeof *self->counts);
  self->withheld = pi_arena_alloc(arena, (cells > 0 ? cells : 1) * sizeof *self->withheld);
  if (self->counts == NULL || self->withheld == NULL) return false;
  memset(self->counts, 0, cells * sizeof *self->counts);
  memset(self->withheld, 0, cells * sizeof *self->withheld);
  return true;
}

size_t pi_crosstab_index(const pi_crosstab *self, size_t row, size_t column, size_t year) {
  return (row * self->sizes[PI_CROSSTAB_COLUMN] + column) * self->sizes[PI_CROSSTAB_YEAR] + year;
}

/* `kept` are the dimensions along which the sum is left as it is, bit i for dimension i. */
static void add(pi_crosstab *self, const size_t at[PI_CROSSTAB_DIMENSIONS], unsigned kept) {
  for (unsigned sums = 0; sums < 1u << PI_CROSSTAB_DIMENSIONS; sums++) {
    size_t into[PI_CROSSTAB_DIMENSIONS];
    bool counts = (sums & kept) == 0;
    for (int i = 0; i < PI_CROSSTAB_DIMENSIONS; i++) {
      bool sum = (sums >> i & 1) != 0;
      into[i] = sum ? self->sizes[i] - 1 : at[i];
      if (sum && (!self->adds[i] || at[i] == self->sizes[i] - 1)) counts = false;
    }
    if (counts) self->counts[pi_crosstab_index(self, into[0], into[1], into[2])]++;
  }
}

void pi_crosstab_add(pi_crosstab *self, size_t row, size_t column, size_t year) {
  add(self, (const size_t[]){row, column, year}, 0);
}

void pi_crosstab_add_overlapping(pi_crosstab *self, size_t row, size_t column, size_t year) {
  add(self, (const size_t[]){row, column, year}, 1u << PI_CROSSTAB_ROW);
}

/* One sum and its parts: `count` cells from `first` on, `stride` apart, of which the last is the sum. */
typedef struct group {
  size_t first;
  size_t stride;
  size_t count;
} group;

/* Whether what is withheld of it is safe: nothing, or several that together reach the minimum. */
static bool safe(const pi_crosstab *self, group g) {
  size_t sum = g.first + (g.count - 1) * g.stride;
  size_t hidden = self->withheld[sum] ? 1 : 0;
  uint64_t together = 0;
  for (size_t i = 0; i + 1 < g.count; i++) {
    size_t cell = g.first + i * g.stride;
    if (!self->withheld[cell]) continue;
    hidden++;
    together += self->counts[cell];
  }
  return hidden == 0 || (hidden >= 2 && (self->withheld[sum] || together >= PI_CROSSTAB_MIN));
}

/* Withholds the smallest part that is still published, or else the sum; false where nothing is left. */
static bool withhold_one(pi_crosstab *self, group g) {
  size_t sum = g.first + (g.count - 1) * g.stride;
  size_t smallest = sum;
  for (size_t i = 0; i + 1 < g.count; i++) {
    size_t cell = g.first + i * g.stride;
    if (self->withheld[cell]) continue;
    if (smallest == sum || self->counts[cell] < self->counts[smallest]) smallest = cell;
  }
  bool published = !self->withheld[smallest];
  self->withheld[smallest] = true;
  return published;
}

static bool settle(pi_crosstab *self, group g) {
  bool changed = false;
  while (!safe(self, g) && withhold_one(self, g)) changed = true;
  return changed;
}

/* Every sum along one dimension. */
static bool settle_along(pi_crosstab *self, int dimension) {
  size_t stride = 1;
  for (int i = dimension + 1; i < PI_CROSSTAB_DIMENSIONS; i++) stride *= self->sizes[i];
  size_t before = 1;
  for (int i = 0; i < dimension; i++) before *= self->sizes[i];
  size_t count = self->sizes[dimension];
  bool changed = false;
  for (size_t i = 0; i < before; i++) {
    for (size_t j = 0; j < stride; j++) {
      changed = settle(self, (group){i * count * stride + j, stride, count}) || changed;
    }
  }
  return changed;
}

void pi_crosstab_withhold(pi_crosstab *self) {
  size_t cells = self->sizes[0] * self->sizes[1] * self->sizes[2];
  for (size_t i = 0; i < cells; i++) {
    if (self->counts[i] < PI_CROSSTAB_MIN) self->withheld[i] = true;
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (int i = 0; i < PI_CROSSTAB_DIMENSIONS; i++) {
      if (self->adds[i]) changed = settle_along(self, i) || changed;
    }
  }
}

bool pi_crosstab_small(const pi_crosstab *self, size_t row, size_t column, size_t year) {
  const size_t at[PI_CROSSTAB_DIMENSIONS] = {row, column, year};
  for (unsigned sums = 0; sums < 1u << PI_CROSSTAB_DIMENSIONS; sums++) {
    size_t into[PI_CROSSTAB_DIMENSIONS];
    bool stands = true;
    for (int i = 0; i < PI_CROSSTAB_DIMENSIONS; i++) {
      bool sum = (sums >> i & 1) != 0;
      into[i] = sum ? self->sizes[i] - 1 : at[i];
      if (sum && !self->adds[i]) stands = false;
    }
    if (stands && self->counts[pi_crosstab_index(self, into[0], into[1], into[2])] >= PI_CROSSTAB_MIN)
      return false;
  }
  return true;
}

/* The last rows of both, made equal; false where they were. */
static bool share_last_row(pi_crosstab *a, pi_crosstab *b) {
  size_t cells = a->sizes[PI_CROSSTAB_COLUMN] * a->sizes[PI_CROSSTAB_YEAR];
  bool *row_a = a->withheld + (a->sizes[PI_CROSSTAB_ROW] - 1) * cells;
  bool *row_b = b->withheld + (b->sizes[PI_CROSSTAB_ROW] - 1) * cells;
  bool changed = false;
  for (size_t i = 0; i < cells; i++) {
    if (row_a[i] == row_b[i]) continue;
    row_a[i] = row_b[i] = true;
    changed = true;
  }
  return changed;
}

void pi_crosstab_withhold_both(pi_crosstab *a, pi_crosstab *b) {
  do {
    pi_crosstab_withhold(a);
    pi_crosstab_withhold(b);
  } while (share_last_row(a, b));
}
