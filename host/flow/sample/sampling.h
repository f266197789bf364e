/* A case while it is generated: what it is to show, what was drawn so far, and where it lies. */
#ifndef PI_SAMPLING_H
#define PI_SAMPLING_H

#include "arena.h"
#include "draw.h"
#include "sample_plan.h"

/* What a case is to show. */
typedef enum pi_sample_class {
  PI_SAMPLE_ELIGIBLE, /* all gates pass */
  PI_SAMPLE_FAILING,  /* a gate fails */
  PI_SAMPLE_UNKNOWN,  /* none fails, one is unknown */
  PI_SAMPLE_NEVER,    /* a rule that is never excepted */
  PI_SAMPLE_UNBROKEN, /* no rule */
  PI_SAMPLE_CLASSES
} pi_sample_class;

/* How the weighing is likely to end, so that not all of it is removed. */
typedef enum pi_sample_mood { PI_MOOD_MILD, PI_MOOD_MIXED, PI_MOOD_GRAVE, PI_MOOD_COUNT } pi_sample_mood;

typedef struct pi_sampling {
  const pi_sample_plan *plan;
  uint64_t number;
  pi_draw draw;
  pi_arena *arena;
  pi_case *out;
  pi_sample_class class;
  uint64_t nth; /* how many cases of that class came before */
  pi_sample_mood mood;
  uint32_t language; /* of the text (pi_sample_text) */
  bool failed;       /* the arena is used up */
} pi_sampling;

/* Memory in the arena; NULL, and marked failed, when it is used up. */
void *pi_sampling_alloc(pi_sampling *self, size_t bytes);

/* Where the `nth` comes in a round of `count`: a round shows each once, in an order of its own, which is
 * another for another `salt`. */
uint32_t pi_sampling_round(const pi_sampling *self, uint32_t salt, uint64_t nth, uint32_t count);
enum { PI_SALT_GATES = 1, PI_SALT_RULES, PI_SALT_NEVER };

/* Makes a fact known. */
void pi_sampling_put(pi_sampling *self, pi_fact fact, pi_value value);

#endif
