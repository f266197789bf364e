/* What a number does to the outcomes of many cases, over all of its range: how many change, and which way, at
 * every thousandth. A case adds at the few places where it turns, and sums are made once, at the end.
 */
#ifndef PI_CURVE_H
#define PI_CURVE_H

#include "diff_case.h"
#include "tuned.h"

/* How the outcomes stand to what people decided. */
typedef enum pi_curve_decided {
  PI_CURVE_AGREED,      /* the outcome is the decision */
  PI_CURVE_RECOMMENDED, /* it is a notice */
  PI_CURVE_BOTH,        /* it is a notice, and people gave one */
  PI_CURVE_DECIDED
} pi_curve_decided;

typedef struct pi_curve {
  int32_t least, width;       /* thousandths from `least` on */
  uint64_t cases;             /* whose outcome it can change */
  int32_t *turns;             /* by thousandth: the outcomes that change there; NULL: no case was added */
  int32_t *by[PI_DIRECTIONS]; /* those that differ from now there; by differences until it is closed */
  int32_t *decided[PI_CURVE_DECIDED]; /* the same of counts that rise or fall; NULL: nothing was decided */
} pi_curve;

/* What stands at one value. */
typedef struct pi_curve_point {
  int32_t at;
  uint64_t turns;
  uint64_t changed; /* the sum of: */
  uint64_t by[PI_DIRECTIONS];
  int64_t decided[PI_CURVE_DECIDED]; /* more or fewer than now */
} pi_curve_point;

void pi_curve_init(pi_curve *self, const pi_number *number);
void pi_curve_dispose(pi_curve *self);

/* Adds a case of more than one step, which is `now`; `decision` NULL: none was made. False when memory ran
 * out. */
bool pi_curve_add(pi_curve *self, const pi_tuned_step *steps, uint32_t count, pubint_outcome now,
                  const pubint_outcome *decision);

/* Once all cases are added. */
void pi_curve_close(pi_curve *self);

/* Of a closed one. */
pi_curve_point pi_curve_at(const pi_curve *self, int32_t at);

/* The next value above `after` at which an outcome turns; false where there is none. With `after` below the
 * range it begins there. */
bool pi_curve_next(const pi_curve *self, int32_t after, int32_t *at);
bool pi_curve_before(const pi_curve *self, int32_t before, int32_t *at);

/* The value with the most changes, the nearest to `now` of them. */
pi_curve_point pi_curve_peak(const pi_curve *self, int32_t now);

/* How many values turn something. */
uint64_t pi_curve_turning(const pi_curve *self);

#endif
