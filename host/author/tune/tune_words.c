#include <stdio.h>
#include <stdlib.h>

#include "tune_report.h"

pi_slice pi_tune_place(char out[PI_TUNE_TEXT_BYTES], const pi_literal *literal) {
  snprintf(out, PI_TUNE_TEXT_BYTES, "%s:%u:%u", literal->script->file.ptr, literal->token->line,
           literal->token->column);
  return pi_slice_of(out);
}

/* Whether all entries have the first one's factor, and how many of them are of markets. */
static bool one_factor(const pi_number *number, uint32_t *markets) {
  bool same = true;
  *markets = 0;
  for (uint32_t i = 0; i < number->entries_count; i++) {
    *markets += number->entries[i].market;
    same = same && pi_slice_equal(number->entries[i].factor, number->entries[0].factor);
  }
  return same;
}

static void say_places(char *out, size_t size, const pi_number *number, uint32_t markets) {
  uint32_t rules = number->entries_count - markets;
  const pi_number_entry *first = &number->entries[0];
  if (number->entries_count == 1)
    snprintf(out, size, "%s%s", first->market ? "market " : "", first->owner.ptr);
  else if (markets == 0)
    snprintf(out, size, "%u rules", rules);
  else if (rules == 0)
    snprintf(out, size, "%u markets", markets);
  else
    snprintf(out, size, "%u rules and %u markets", rules, markets);
}

pi_slice pi_tune_what(char out[PI_TUNE_TEXT_BYTES], const pi_number *number) {
  char places[96];
  uint32_t markets;
  if (number->entries_count == 0) {
    snprintf(out, PI_TUNE_TEXT_BYTES, "(no case that was tried reaches it)");
    return pi_slice_of(out);
  }
  bool same = one_factor(number, &markets);
  say_places(places, sizeof places, number, markets);
  if (number->bar)
    snprintf(out, PI_TUNE_TEXT_BYTES, "bar of %s", places);
  else if (same)
    snprintf(out, PI_TUNE_TEXT_BYTES, "%s of %s", number->entries[0].factor.ptr, places);
  else
    snprintf(out, PI_TUNE_TEXT_BYTES, "%u factors of %s", number->entries_count, places);
  return pi_slice_of(out);
}

const char *pi_tune_file(const pi_tune *tune, size_t file) {
  return file < tune->options->files_count ? tune->options->files[file] : "-";
}

uint32_t *pi_tune_order(const pi_tune *tune, uint32_t *selected, uint32_t *count) {
  uint32_t *order = calloc((size_t)tune->numbers.count + 1, sizeof *order);
  *selected = *count = 0;
  for (uint32_t n = 0; order != NULL && n < tune->numbers.count; n++) {
    if (!tune->selected[n]) continue;
    uint32_t i = (*selected)++;
    for (; i > 0 && tune->curves[order[i - 1]].cases < tune->curves[n].cases; i--) order[i] = order[i - 1];
    order[i] = n;
    *count += tune->curves[n].cases > 0;
  }
  return order;
}

pi_tune_people pi_tune_people_at(const pi_tune *tune, const pi_curve_point *point) {
  const uint64_t *now = tune->by_people;
  return (pi_tune_people){
      .agreed = now[PI_CURVE_AGREED] + (uint64_t)point->decided[PI_CURVE_AGREED],
      .recommended = now[PI_CURVE_RECOMMENDED] + (uint64_t)point->decided[PI_CURVE_RECOMMENDED],
      .both = now[PI_CURVE_BOTH] + (uint64_t)point->decided[PI_CURVE_BOTH],
  };
}

int32_t pi_tune_drawn(const pi_curve *curve, const pi_number *number) {
  enum { TEN = 10 * PI_MILLI };
  int32_t end = curve->least + curve->width, last = number->milli;
  if (!pi_curve_before(curve, end, &last) || last < number->milli) last = number->milli;
  int32_t tens = (last / TEN + 1) * TEN + 1;
  return tens < end ? tens - curve->least : curve->width;
}

uint64_t pi_tune_most_in(const pi_curve *curve, int32_t drawn, unsigned cell, unsigned cells) {
  int32_t from = (int32_t)((int64_t)drawn * cell / cells);
  int32_t to = (int32_t)((int64_t)drawn * (cell + 1) / cells);
  uint64_t most = 0;
  for (int32_t i = from; i < to; i++) {
    pi_curve_point point = pi_curve_at(curve, curve->least + i);
    if (point.changed > most) most = point.changed;
  }
  return most;
}
