/* Exact decimals: integers of a millionth, a thousandth or a billionth, written without a float.
 *
 * Points are strength (1e-6) times weight (1e-3): integers of 1e-9. No float sum decides anything.
 */
#ifndef PI_DECIMAL_H
#define PI_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"

/* One whole in each unit. */
#define PI_MICRO ((int64_t)1000000)
#define PI_MILLI ((int64_t)1000)
#define PI_NANO  ((int64_t)1000000000)

/* Bytes that any value takes: sign, 19 digits, point. */
enum { PI_DECIMAL_BYTES = 24 };

/* Writes value × 10^-decimals (decimals 0..9) as the shortest decimal, without exponent, trailing zeros or
 * -0, and returns its length (at most PI_DECIMAL_BYTES). No NUL is added. */
size_t pi_decimal_write(char *out, int64_t value, unsigned decimals);

/* Digits, with at most `decimals` (0..9) behind a point, times 10^decimals, as people type a number: no sign,
 * no exponent. False where it is not that, or above `max`. */
bool pi_decimal_read(pi_slice text, unsigned decimals, int64_t max, int64_t *out);

#endif
