/* Where a script may change its mind: the values of strengths and signals that lie at the numbers it compares
 * with, and between them. */
#ifndef PI_POINTS_H
#define PI_POINTS_H

#include "generator.h"
#include "places.h"

enum { PI_POINTS_MAX = 64, PI_POINTS_WORDS_MAX = 16 };

/* What one script compares with. */
typedef struct pi_script_points {
  pi_fact_set mentions;                /* strengths that it names */
  double limits[PI_POINTS_MAX];        /* its numbers, as a fact or a signal would have them */
  pi_slice words[PI_POINTS_WORDS_MAX]; /* texts that it compares with, rules' names left out */
  uint32_t limits_count;
  uint32_t words_count;
} pi_script_points;

/* Values to try, in order. */
typedef struct pi_points {
  double items[2 * PI_POINTS_MAX + 1];
  uint32_t count;
} pi_points;

/* One for each script, by its index; NULL when the arena is used up. */
const pi_script_points *pi_points_find(const pi_places *places, pi_arena *arena);

/* Of a strength, in millionths, within 0 and 1: none where no script that weighs the case has a number for
 * it. */
void pi_points_of_fact(const pi_script_points *scripts, const pi_places *places, const pi_case *input,
                       pi_fact fact, pi_points *out);

/* Of a number among the signals: below the lowest and above the highest, too. */
void pi_points_of_signals(const pi_script_points *scripts, const pi_places *places, const pi_case *input,
                          pi_points *out);

/* The script of the case's market; NULL: none. */
const pi_script_points *pi_points_of_market(const pi_script_points *scripts, const pi_places *places,
                                            const pi_case *input);

#endif
