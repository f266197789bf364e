/* What a policy's scripts look at: the numbers they compare with, the signals and words they name, their
 * rules and markets. Generated cases are bent towards it. */
#ifndef PI_GENERATOR_H
#define PI_GENERATOR_H

#include "compared.h"
#include "draw.h"
#include "places.h"

enum {
  PI_GENERATE_NAMES_MAX = 256,
  PI_GENERATE_NUMBERS_MAX = 128,
  PI_GENERATE_TEXTS_MAX = 256,
  PI_GENERATE_COMPARED_MAX = 512,
};

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
  pi_compared compared[PI_GENERATE_COMPARED_MAX]; /* literals, and what scripts compare with them */
  uint32_t compared_count;
  bool one_market;   /* every case is of it */
  bool listed;       /* every text has words of the lists in data/, where there are any, and no others */
  bool times;        /* whether a script asks how far times lie apart */
  pi_slice days[32]; /* dates and times that scripts and data write out */
  uint32_t days_count;
  pi_slice countries[64]; /* codes that they do */
  uint32_t countries_count;
} pi_generator;

/* `places` has the scripts' tokens and must outlive the generator. */
void pi_generator_begin(pi_generator *self, const pi_places *places, uint64_t seed);

/* Draws cases of that rule and that market alone from now on; .ptr NULL: of any. They last as long. */
void pi_generator_narrow(pi_generator *self, pi_slice rule, pi_slice market);

/* Whether the script may weigh the case; NULL, and what lies in lib/, may weigh any. */
bool pi_generator_weighs(const pi_script *script, const pi_case *input);

/* 0..count-1. */
static inline uint32_t pi_generator_below(pi_draw *draw, uint32_t count) {
  return (uint32_t)(pi_draw_bits(draw) % count);
}

#endif
