/* Generated cases for proving a policy's scripts: what `pubint sample` draws, bent towards what these scripts
 * look at (the numbers they compare with, the signals and words they name, their rules and markets). */
#ifndef PI_GENERATE_H
#define PI_GENERATE_H

#include "places.h"
#include "sample.h"

enum { PI_GENERATE_NAMES_MAX = 256, PI_GENERATE_NUMBERS_MAX = 128, PI_GENERATE_TEXTS_MAX = 256 };

typedef struct pi_generator {
  uint64_t seed;
  pi_slice rules[256]; /* of the policy */
  uint32_t rules_count;
  pi_slice markets[256];
  uint32_t markets_count;
  pi_slice names[PI_GENERATE_NAMES_MAX];            /* what may be a signal */
  const pi_script *named_by[PI_GENERATE_NAMES_MAX]; /* the market that names it; a lib's are for all */
  uint32_t names_count;
  double numbers[PI_GENERATE_NUMBERS_MAX]; /* literals of the scripts */
  uint32_t numbers_count;
  int32_t limits[4 * PI_GENERATE_NUMBERS_MAX]; /* strengths that they stand for, in millionths */
  uint32_t limits_count;
  pi_slice members[PI_GENERATE_NAMES_MAX]; /* what may be a key of a signal that is an object */
  uint32_t members_count;
  pi_slice texts[PI_GENERATE_TEXTS_MAX];            /* what a script may look for in a text */
  const pi_script *texts_by[PI_GENERATE_TEXTS_MAX]; /* the script; NULL: data, for all */
  uint32_t texts_count;
  pi_slice words[PI_GENERATE_NAMES_MAX]; /* of targets and kinds, that scripts write out */
  const pi_script *words_by[PI_GENERATE_NAMES_MAX];
  uint32_t words_count;
  pi_slice days[32]; /* dates that scripts write out */
  uint32_t days_count;
  pi_slice countries[64]; /* codes that they do */
  uint32_t countries_count;
} pi_generator;

/* `places` has the scripts' tokens and must outlive the generator. */
void pi_generator_begin(pi_generator *self, const pi_places *places, uint64_t seed);

/* Case `number` is a pure function of the seed, the scripts and the number. False when the arena is used
 * up. */
bool pi_generate_case(const pi_generator *self, uint64_t number, pi_case *out, pi_arena *arena);

/* Gives the case every signal that the scripts which weigh it may look for: those it lacks as false, and what
 * it has besides goes. False when the arena is used up. (generate_signals.c) */
bool pi_generate_all_signals(const pi_generator *self, pi_case *input, pi_arena *arena);

#endif
