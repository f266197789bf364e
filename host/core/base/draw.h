/* Pseudo-random numbers that are the same everywhere: splitmix64 (Steele, Lea and Flood, 2014), a counter of
 * 64 bits in steps of an odd constant, each mixed. Not for secrets. */
#ifndef PI_DRAW_H
#define PI_DRAW_H

#include <stdbool.h>
#include <stdint.h>

typedef struct pi_draw {
  uint64_t state;
} pi_draw;

static inline uint64_t pi_draw_mix(uint64_t z) {
  z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
  return z ^ (z >> 31);
}

#define PI_DRAW_STEP UINT64_C(0x9e3779b97f4a7c15)

/* A stream of its own for each (seed, number). */
static inline pi_draw pi_draw_begin(uint64_t seed, uint64_t number) {
  return (pi_draw){pi_draw_mix(seed + PI_DRAW_STEP) ^ pi_draw_mix(pi_draw_mix(number + PI_DRAW_STEP))};
}

static inline uint64_t pi_draw_bits(pi_draw *draw) {
  draw->state += PI_DRAW_STEP;
  return pi_draw_mix(draw->state);
}

/* 0..count-1; 0 for none. The bias of less than count / 2^32 does not matter here. */
static inline uint32_t pi_draw_below(pi_draw *draw, uint32_t count) {
  return (uint32_t)(((pi_draw_bits(draw) >> 32) * count) >> 32);
}

/* low..high, both possible. */
static inline uint32_t pi_draw_between(pi_draw *draw, uint32_t low, uint32_t high) {
  return low + pi_draw_below(draw, high - low + 1);
}

/* True in so many of a hundred. */
static inline bool pi_draw_percent(pi_draw *draw, uint32_t percent) {
  return pi_draw_below(draw, 100) < percent;
}

#endif
