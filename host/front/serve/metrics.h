/* What the service counts, by any thread, and the text that Prometheus reads. */
#ifndef PI_METRICS_H
#define PI_METRICS_H

#include <stdatomic.h>
#include <stdint.h>

#include "buffer.h"
#include "endpoints.h"
#include "evaluation_words.h"

enum {
  PI_METRICS_BUCKETS = 14,   /* the last has no bound */
  PI_METRICS_STATUSES = 24,  /* rows of metrics.c */
  PI_METRICS_CODES_MAX = 320 /* rows of errors.def */
};

typedef struct pi_metrics_times {
  atomic_uint_fast64_t counts[PI_METRICS_BUCKETS];
  atomic_uint_fast64_t nanoseconds;
} pi_metrics_times;

typedef struct pi_metrics {
  atomic_uint_fast64_t evaluations[4][8]; /* by outcome and basis */
  atomic_uint_fast64_t refusals[PI_METRICS_CODES_MAX];
  atomic_uint_fast64_t reloads[2]; /* that failed, that held */
  pi_metrics_times evaluation;
  pi_metrics_times requests[PI_ENDPOINT_COUNT + 1][PI_METRICS_STATUSES]; /* the last: no endpoint */
} pi_metrics;

void pi_metrics_evaluated(pi_metrics *self, pubint_outcome outcome, pubint_basis basis, int64_t nanoseconds);
void pi_metrics_refused(pi_metrics *self, unsigned code);
void pi_metrics_reloaded(pi_metrics *self, bool held);

/* `endpoint` is PI_ENDPOINT_COUNT where the request names none. */
void pi_metrics_answered(pi_metrics *self, pi_endpoint_id endpoint, unsigned status, int64_t nanoseconds);

/* Appends all of it; `policy` is the id of the live one. */
void pi_metrics_write(const pi_metrics *self, pi_slice policy, pi_buffer *out);

#endif
