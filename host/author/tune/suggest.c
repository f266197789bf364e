#include "suggest.h"

#include <stdlib.h>
#include <string.h>

enum { NOT_DECIDED = 255 };

typedef struct kept_head {
  pi_kept_case place;
  uint8_t decision; /* pubint_outcome, or NOT_DECIDED */
} kept_head;

void pi_suggest_keep(pi_buffer *kept, const pi_kept_case *place, const pi_tuned *tuned,
                     const pubint_outcome *decision) {
  kept_head head;
  memset(&head, 0, sizeof head);
  head.place = *place;
  head.decision = decision != NULL ? (uint8_t)*decision : NOT_DECIDED;
  pi_buffer_append(kept, (const char *)&head, sizeof head);
  pi_tuned_pack(tuned, kept);
}

/* Changes of one number's agreement and of the notices that it newly gives, by thousandth: differences until
 * they are summed. */
typedef struct gains {
  int32_t *agreed, *granted;
} gains;

typedef struct search {
  pi_suggestion *out;
  const pi_numbers *numbers;
  const bool *selected;
  const pi_buffer *kept;
  int32_t *now;   /* by number: with the changes found so far */
  gains *gains;   /* by number */
  pi_tuned tuned; /* of the case at hand */
  kept_head head;
} search;

/* The next case, with the changes found so far; false at the end. */
static bool next_case(search *self, size_t *at) {
  if (*at == self->kept->len) return false;
  memcpy(&self->head, self->kept->data + *at, sizeof self->head);
  *at += sizeof self->head;
  *at += pi_tuned_unpack(&self->tuned, self->kept->data + *at);
  return true;
}

static void apply(search *self) {
  for (uint32_t i = 0; i < self->out->count; i++) {
    const pi_suggested *change = &self->out->changes[i];
    pi_tuned_move(&self->tuned, (uint16_t)change->number, change->from, change->to);
  }
}

static void add_steps(search *self, uint16_t index, pubint_outcome now) {
  const pi_number *number = &self->numbers->items[index];
  pi_tuned_step steps[PI_TUNED_STEPS_MAX];
  gains *sums = &self->gains[index];
  uint32_t count = pi_tuned_steps(&self->tuned, number, index, self->now[index], steps);
  for (uint32_t i = 0; i < count; i++) {
    int32_t from = steps[i].from - number->least;
    int32_t to = i + 1 < count ? steps[i + 1].from - number->least : number->most - number->least + 1;
    int granted = (steps[i].outcome == PUBINT_NOTICE) - (now == PUBINT_NOTICE);
    sums->granted[from] += granted;
    sums->granted[to] -= granted;
    if (self->head.decision == NOT_DECIDED) continue;
    pubint_outcome decision = (pubint_outcome)self->head.decision;
    int agreed = (steps[i].outcome == decision) - (now == decision);
    sums->agreed[from] += agreed;
    sums->agreed[to] -= agreed;
  }
}

/* Room for the numbers that are selected, all zeros. */
static bool clear_gains(search *self) {
  bool done = true;
  for (uint32_t n = 0; n < self->numbers->count && done; n++) {
    const pi_number *number = &self->numbers->items[n];
    size_t room = (size_t)(number->most - number->least) + 2;
    if (!self->selected[n]) continue;
    free(self->gains[n].agreed);
    self->gains[n].agreed = calloc(2 * room, sizeof *self->gains[n].agreed);
    self->gains[n].granted = self->gains[n].agreed + room;
    done = self->gains[n].agreed != NULL;
  }
  return done;
}

static void add_cases(search *self) {
  for (size_t at = 0; next_case(self, &at);) {
    apply(self);
    pubint_outcome now = pi_tuned_outcome(&self->tuned);
    for (uint32_t i = 0; i < self->tuned.parts_count; i++) {
      uint16_t number = self->tuned.parts[i].number;
      if (self->selected[number] && pi_tuned_is_first(&self->tuned, i)) add_steps(self, number, now);
    }
  }
}

typedef struct candidate {
  int64_t agreed, granted; /* more than before */
  uint32_t number;
  int32_t to, distance;
} candidate;

/* More agreement first, then fewer notices that are new, then the smaller change. */
static bool better(const candidate *a, const candidate *b) {
  if (a->agreed != b->agreed) return a->agreed > b->agreed;
  if (a->granted != b->granted) return a->granted < b->granted;
  return a->distance < b->distance;
}

static candidate best_of(const search *self) {
  candidate best = {0};
  for (uint32_t n = 0; n < self->numbers->count; n++) {
    const pi_number *number = &self->numbers->items[n];
    candidate one = {.number = n};
    if (self->now[n] != number->milli) continue; /* changed already: each is, once */
    for (int32_t at = number->least; self->selected[n] && at <= number->most; at++) {
      one.agreed += self->gains[n].agreed[at - number->least];
      one.granted += self->gains[n].granted[at - number->least];
      one.to = at;
      one.distance = abs(at - self->now[n]);
      if (one.agreed > 0 && better(&one, &best)) best = one;
    }
  }
  return best;
}

/* What all of them together do to the cases. */
static void count_grants(search *self) {
  pi_suggestion *out = self->out;
  for (size_t at = 0; next_case(self, &at);) {
    pubint_outcome was = pi_tuned_outcome(&self->tuned);
    apply(self);
    pubint_outcome becomes = pi_tuned_outcome(&self->tuned);
    out->withdrawn += was == PUBINT_NOTICE && becomes != was;
    if (becomes != PUBINT_NOTICE || becomes == was) continue;
    out->granted++;
    if (out->listed_count < PI_SUGGEST_LISTED) out->listed[out->listed_count++] = self->head.place;
  }
}

static void take(search *self, const candidate *best, uint64_t agreed) {
  self->out->changes[self->out->count++] =
      (pi_suggested){best->number, self->now[best->number], best->to, agreed};
  self->now[best->number] = best->to;
}

bool pi_suggest_find(pi_suggestion *out, const pi_numbers *numbers, const bool *selected,
                     const pi_buffer *kept, uint64_t agreed) {
  *out = (pi_suggestion){0};
  search *self = calloc(1, sizeof *self);
  bool done = self != NULL;
  if (done) {
    *self = (search){.out = out, .numbers = numbers, .selected = selected, .kept = kept};
    self->now = calloc((size_t)numbers->count + 1, sizeof *self->now);
    self->gains = calloc((size_t)numbers->count + 1, sizeof *self->gains);
    done = self->now != NULL && self->gains != NULL;
  }
  for (uint32_t n = 0; done && n < numbers->count; n++) self->now[n] = numbers->items[n].milli;
  while (done && out->count < PI_SUGGEST_MAX && (done = clear_gains(self))) {
    add_cases(self);
    candidate best = best_of(self);
    if (best.agreed <= 0) break;
    agreed += (uint64_t)best.agreed;
    take(self, &best, agreed);
  }
  if (done) count_grants(self);
  for (uint32_t n = 0; self != NULL && self->gains != NULL && n < numbers->count; n++)
    free(self->gains[n].agreed);
  if (self != NULL) {
    free(self->now);
    free(self->gains);
  }
  free(self);
  return done;
}
