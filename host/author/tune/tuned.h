/* One case as a function of the numbers that weigh it: what each of its margins is made of, and the verdict
 * on either side of 0. Sums are the engine's exact integers, verdicts those of judge.h.
 */
#ifndef PI_TUNED_H
#define PI_TUNED_H

#include "numbers.h"

/* A margin is own + the market's net within its bounds; `above` holds where it is 0 or more. */
typedef struct pi_tuned_entry {
  int64_t own;    /* what the rule's factors and bar come to, in billionths */
  int64_t market; /* what the market's do, unbounded */
  pi_judgement above, below;
} pi_tuned_entry;

/* A factor, or a bar as harm of full strength, whose weight is a number. */
typedef struct pi_tuned_part {
  int32_t strength; /* millionths; below 0 of what takes away */
  uint16_t number;
  uint8_t entry;
  bool market;
} pi_tuned_part;

enum { PI_TUNED_PARTS_MAX = PI_VIOLATIONS_MAX * (PI_FACTORS_MAX + 1) };

typedef struct pi_tuned {
  uint32_t entries_count, parts_count;
  pi_tuned_entry entries[PI_VIOLATIONS_MAX];
  pi_tuned_part parts[PI_TUNED_PARTS_MAX];
} pi_tuned;

/* From `from` on, in thousandths, up to the next one, the outcome is that. */
typedef struct pi_tuned_step {
  int32_t from;
  pubint_outcome outcome;
} pi_tuned_step;
enum { PI_TUNED_STEPS_MAX = PI_VIOLATIONS_MAX + 1 };

/* Takes the entries of a case that was weighed. Whether any margin can turn its outcome: where none can, no
 * number does, and there is nothing more to take. */
bool pi_tuned_begin(pi_tuned *out, const pubint_evaluation *now);

/* Takes the parts, by the same case under the marked policy. False where more than weights differ, so that
 * what the numbers do cannot be told. */
bool pi_tuned_take(pi_tuned *self, const pi_numbers *numbers, const pubint_evaluation *now,
                   const pubint_evaluation *marked);

/* The outcome of the case as its margins are. */
pubint_outcome pi_tuned_outcome(const pi_tuned *self);

/* The outcomes over a number's range, where it is `now` in the case's margins; the first step is from the
 * least on. Returns how many there are. */
uint32_t pi_tuned_steps(const pi_tuned *self, const pi_number *number, uint16_t index, int32_t now,
                        pi_tuned_step steps[PI_TUNED_STEPS_MAX]);

/* The outcome where the number is `at`. */
pubint_outcome pi_tuned_at(const pi_tuned *self, const pi_number *number, uint16_t index, int32_t now,
                           int32_t at);

/* Whether part `i` is the first of its number. */
bool pi_tuned_is_first(const pi_tuned *self, uint32_t i);

/* Puts the number from `now` to `to` in the case's margins. */
void pi_tuned_move(pi_tuned *self, uint16_t index, int32_t now, int32_t to);

/* Appends as many bytes as it needs, and takes it back from there, which returns how many these were. */
void pi_tuned_pack(const pi_tuned *self, pi_buffer *out);
size_t pi_tuned_unpack(pi_tuned *out, const char *bytes);

#endif
