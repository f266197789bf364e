#include "tuned.h"

#include <string.h>

#include "alike.h"

/* ---- taking a case ---- */

static pi_judgement judge_at(const pi_entry *entry, bool market_failed, int64_t margin) {
  const pi_judge_entry judged = {.balance = &entry->balance,
                                 .scripted = entry->script != NULL,
                                 .weighed = entry->weighed,
                                 .market_failed = market_failed,
                                 .margin = margin,
                                 .unassessed = entry->unassessed};
  return pi_judge_verdict(&judged);
}

/* Of an entry whose market failed a margin down to -PI_MARKET_SWAY is not too low, so all of it is put that
 * much higher: 0 is where every entry turns. */
static pi_tuned_entry entry_of(const pi_entry *entry) {
  bool market_failed = entry->weighed && entry->error.failure != PI_FAILURE_NONE;
  int64_t lift = market_failed ? PI_MARKET_SWAY : 0;
  return (pi_tuned_entry){.own = entry->margin - entry->market.counted + lift,
                          .market = entry->market.interest - entry->market.harm,
                          .above = judge_at(entry, market_failed, -lift),
                          .below = judge_at(entry, market_failed, -lift - 1)};
}

static pi_judgement strictest(const pi_tuned *self, bool above) {
  pi_judgement out = pi_judge_gates(PI_ELIGIBLE);
  for (uint32_t i = 0; i < self->entries_count; i++) {
    out = pi_judge_stricter(out, above ? self->entries[i].above : self->entries[i].below);
  }
  return out;
}

bool pi_tuned_begin(pi_tuned *out, const pubint_evaluation *now) {
  out->parts_count = 0;
  out->entries_count = now->entries_count;
  for (uint32_t i = 0; i < now->entries_count; i++) out->entries[i] = entry_of(&now->entries[i]);
  return strictest(out, true).outcome != strictest(out, false).outcome;
}

/* False where the entry has a part of that number already: then it does not turn where one part says. */
static bool add_part(pi_tuned *self, int index, pi_tuned_part part) {
  if (index < 0 || part.strength == 0) return true;
  part.number = (uint16_t)index;
  for (uint32_t i = self->parts_count; i > 0 && self->parts[i - 1].entry == part.entry; i--) {
    if (self->parts[i - 1].number == part.number) return false;
  }
  self->parts[self->parts_count++] = part;
  return true;
}

static bool take_entry(pi_tuned *self, const pi_numbers *numbers, uint32_t e, const pi_entry *now,
                       const pi_balance *marked) {
  for (uint32_t i = 0; i < now->balance.factors_count; i++) {
    const pi_factor *factor = &now->balance.factors[i];
    pi_tuned_part part = {.strength = factor->side == PI_SIDE_HARM ? -factor->strength : factor->strength,
                          .entry = (uint8_t)e,
                          .market = factor->from == PI_FROM_MARKET};
    int index;
    if (!pi_numbers_of(numbers, factor, &marked->factors[i], &index) || !add_part(self, index, part))
      return false;
  }
  const pi_tuned_part bar = {.strength = -(int32_t)PI_MICRO, .entry = (uint8_t)e};
  return add_part(self, numbers->bars[now->script->index] - 1, bar);
}

bool pi_tuned_take(pi_tuned *self, const pi_numbers *numbers, const pubint_evaluation *now,
                   const pubint_evaluation *marked) {
  bool told = pi_alike_but_weights(now, marked);
  for (uint32_t e = 0; e < now->entries_count && told; e++) {
    if (now->entries[e].weighed)
      told = take_entry(self, numbers, e, &now->entries[e], &marked->entries[e].balance);
  }
  return told;
}

/* ---- what it comes to ---- */

static int64_t bounded(int64_t net) {
  return net > PI_MARKET_SWAY ? PI_MARKET_SWAY : net < -PI_MARKET_SWAY ? -PI_MARKET_SWAY : net;
}

static bool is_above(const pi_tuned_entry *entry) {
  return entry->own + bounded(entry->market) >= 0;
}

/* The entry where one part of it is by `delta` thousandths more. */
static pi_tuned_entry moved(const pi_tuned_entry *entry, const pi_tuned_part *part, int32_t delta) {
  pi_tuned_entry out = *entry;
  *(part->market ? &out.market : &out.own) += (int64_t)part->strength * delta;
  return out;
}

pubint_outcome pi_tuned_outcome(const pi_tuned *self) {
  pi_judgement out = pi_judge_gates(PI_ELIGIBLE);
  for (uint32_t i = 0; i < self->entries_count; i++) {
    const pi_tuned_entry *entry = &self->entries[i];
    out = pi_judge_stricter(out, is_above(entry) ? entry->above : entry->below);
  }
  return out.outcome;
}

pubint_outcome pi_tuned_at(const pi_tuned *self, const pi_number *number, uint16_t index, int32_t now,
                           int32_t at) {
  pi_tuned_step steps[PI_TUNED_STEPS_MAX];
  uint32_t count = pi_tuned_steps(self, number, index, now, steps), i = 1;
  while (i < count && steps[i].from <= at) i++;
  return steps[i - 1].outcome;
}

/* The outcome with the number's parts `delta` thousandths more. */
static pubint_outcome outcome_with(const pi_tuned *self, uint16_t index, int32_t delta) {
  pi_tuned_entry entries[PI_VIOLATIONS_MAX];
  pi_judgement out = pi_judge_gates(PI_ELIGIBLE);
  memcpy(entries, self->entries, self->entries_count * sizeof *entries);
  for (uint32_t i = 0; i < self->parts_count; i++) {
    const pi_tuned_part *part = &self->parts[i];
    if (part->number == index) entries[part->entry] = moved(&entries[part->entry], part, delta);
  }
  for (uint32_t i = 0; i < self->entries_count; i++) {
    out = pi_judge_stricter(out, is_above(&entries[i]) ? entries[i].above : entries[i].below);
  }
  return out.outcome;
}

/* ---- where it turns ---- */

static int64_t floor_divided(int64_t a, int64_t b) { /* b > 0 */
  return a / b - (a % b < 0);
}

/* What strength × delta has to reach for the margin to be 0 or more. False where the bound on the market
 * leaves no delta that does, or none that does not. */
static bool needed(const pi_tuned_entry *entry, const pi_tuned_part *part, int64_t *need) {
  if (!part->market) {
    *need = -entry->own - bounded(entry->market);
    return true;
  }
  *need = -entry->own - entry->market;
  return -entry->own > -PI_MARKET_SWAY && -entry->own <= PI_MARKET_SWAY;
}

/* The first number of the range from which on the entry's side is the other one; false where there is none.
 * An entry has one part of a number at most. */
static bool turns_at(const pi_tuned_entry *entry, const pi_tuned_part *part, const pi_number *number,
                     int32_t now, int32_t *at) {
  int64_t need, delta;
  if (entry->above.outcome == entry->below.outcome || !needed(entry, part, &need)) return false;
  if (part->strength > 0)
    delta = -floor_divided(-need, part->strength);
  else
    delta = floor_divided(-need, -part->strength) + 1;
  if (delta <= number->least - now || delta > number->most - now) return false;
  *at = now + (int32_t)delta;
  return true;
}

static uint32_t sort_in(int32_t *values, uint32_t count, int32_t value) {
  uint32_t i = count;
  for (; i > 0 && values[i - 1] > value; i--) values[i] = values[i - 1];
  values[i] = value;
  return count + 1;
}

uint32_t pi_tuned_steps(const pi_tuned *self, const pi_number *number, uint16_t index, int32_t now,
                        pi_tuned_step steps[PI_TUNED_STEPS_MAX]) {
  int32_t turns[PI_VIOLATIONS_MAX];
  uint32_t turns_count = 0, count = 0;
  for (uint32_t i = 0; i < self->parts_count; i++) {
    const pi_tuned_part *part = &self->parts[i];
    int32_t at;
    if (part->number == index && turns_at(&self->entries[part->entry], part, number, now, &at))
      turns_count = sort_in(turns, turns_count, at);
  }
  pubint_outcome first =
      turns_count > 0 ? outcome_with(self, index, number->least - now) : pi_tuned_outcome(self);
  steps[count++] = (pi_tuned_step){number->least, first};
  for (uint32_t i = 0; i < turns_count; i++) {
    pubint_outcome outcome = outcome_with(self, index, turns[i] - now);
    if (outcome != steps[count - 1].outcome) steps[count++] = (pi_tuned_step){turns[i], outcome};
  }
  return count;
}

bool pi_tuned_is_first(const pi_tuned *self, uint32_t i) {
  for (uint32_t j = 0; j < i; j++) {
    if (self->parts[j].number == self->parts[i].number) return false;
  }
  return true;
}

void pi_tuned_move(pi_tuned *self, uint16_t index, int32_t now, int32_t to) {
  for (uint32_t i = 0; i < self->parts_count; i++) {
    const pi_tuned_part *part = &self->parts[i];
    if (part->number == index)
      self->entries[part->entry] = moved(&self->entries[part->entry], part, to - now);
  }
}

/* ---- kept ---- */

void pi_tuned_pack(const pi_tuned *self, pi_buffer *out) {
  const uint32_t counts[2] = {self->entries_count, self->parts_count};
  pi_buffer_append(out, (const char *)counts, sizeof counts);
  pi_buffer_append(out, (const char *)self->entries, self->entries_count * sizeof *self->entries);
  pi_buffer_append(out, (const char *)self->parts, self->parts_count * sizeof *self->parts);
}

size_t pi_tuned_unpack(pi_tuned *out, const char *bytes) {
  uint32_t counts[2];
  memcpy(counts, bytes, sizeof counts);
  out->entries_count = counts[0];
  out->parts_count = counts[1];
  size_t entries = out->entries_count * sizeof *out->entries, parts = out->parts_count * sizeof *out->parts;
  memcpy(out->entries, bytes + sizeof counts, entries);
  memcpy(out->parts, bytes + sizeof counts + entries, parts);
  return sizeof counts + entries + parts;
}
