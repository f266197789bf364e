#include "metrics.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include <pubint/engine.h>

#include "errors.h"
#include "json_write.h"

_Static_assert(PI_OUTCOMES <= 4 && PI_BASES <= 8, "rooms of pi_metrics.evaluations");

#define RELAXED memory_order_relaxed

/* --- counting --- */

static const struct {
  int64_t nanoseconds;
  const char *shown; /* seconds */
} BOUNDS[PI_METRICS_BUCKETS] = {
    {10000, "0.00001"}, {25000, "0.000025"}, {50000, "0.00005"},  {100000, "0.0001"},  {250000, "0.00025"},
    {500000, "0.0005"}, {1000000, "0.001"},  {2500000, "0.0025"}, {5000000, "0.005"},  {25000000, "0.025"},
    {100000000, "0.1"}, {1000000000, "1"},   {10000000000, "10"}, {INT64_MAX, "+Inf"},
};

static const unsigned STATUSES[PI_METRICS_STATUSES] = {200, 202, 304, 400, 401, 403, 404, 405, 406, 408, 409,
                                                       413, 415, 421, 422, 429, 431, 500, 501, 503, 505, 0};

static void add(atomic_uint_fast64_t *counter, uint64_t value) {
  atomic_fetch_add_explicit(counter, value, RELAXED);
}

static void take_time(pi_metrics_times *times, int64_t nanoseconds) {
  size_t bucket = 0;
  while (nanoseconds > BOUNDS[bucket].nanoseconds) bucket++;
  add(&times->counts[bucket], 1);
  add(&times->nanoseconds, (uint64_t)nanoseconds);
}

void pi_metrics_evaluated(pi_metrics *self, pubint_outcome outcome, pubint_basis basis, int64_t nanoseconds) {
  add(&self->evaluations[outcome][basis], 1);
  take_time(&self->evaluation, nanoseconds);
}

void pi_metrics_refused(pi_metrics *self, unsigned code) {
  const pi_error_row *row = pi_error_find(code);
  size_t index = row != NULL ? (size_t)(row - PI_ERRORS) : PI_METRICS_CODES_MAX;
  if (index < PI_METRICS_CODES_MAX) add(&self->refusals[index], 1);
}

void pi_metrics_reloaded(pi_metrics *self, bool held) {
  add(&self->reloads[held], 1);
}

void pi_metrics_answered(pi_metrics *self, pi_endpoint_id endpoint, unsigned status, int64_t nanoseconds) {
  size_t row = 0;
  while (STATUSES[row] != 0 && STATUSES[row] != status) row++;
  take_time(&self->requests[endpoint][row], nanoseconds);
}

/* --- telling --- */

static void head(pi_buffer *out, const char *name, const char *kind, const char *help) {
  pi_buffer_printf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind);
}

static uint64_t count_in(const atomic_uint_fast64_t *counter) {
  return atomic_load_explicit(counter, RELAXED);
}

static void seconds(pi_buffer *out, uint64_t nanoseconds) {
  pi_json_write_decimal(out, (int64_t)nanoseconds, 9);
  pi_buffer_byte(out, '\n');
}

/* `labels` ends in a comma where it is not empty. */
static void histogram(pi_buffer *out, const char *name, const char *labels, const pi_metrics_times *times) {
  uint64_t sum = 0;
  for (size_t i = 0; i < PI_METRICS_BUCKETS; i++) {
    sum += count_in(&times->counts[i]);
    pi_buffer_printf(out, "%s_bucket{%sle=\"%s\"} %llu\n", name, labels, BOUNDS[i].shown,
                     (unsigned long long)sum);
  }
  int bare = labels[0] != '\0' ? (int)strlen(labels) - 1 : 0;
  const char *open = bare > 0 ? "{" : "", *close = bare > 0 ? "}" : "";
  pi_buffer_printf(out, "%s_count%s%.*s%s %llu\n", name, open, bare, labels, close, (unsigned long long)sum);
  pi_buffer_printf(out, "%s_sum%s%.*s%s ", name, open, bare, labels, close);
  seconds(out, count_in(&times->nanoseconds));
}

static void write_evaluations(const pi_metrics *self, pi_buffer *out) {
  head(out, "pubint_evaluations_total", "counter", "Cases that were evaluated.");
  for (unsigned outcome = 0; outcome < PI_OUTCOMES; outcome++) {
    for (unsigned basis = 0; basis < PI_BASES; basis++) {
      uint64_t count = count_in(&self->evaluations[outcome][basis]);
      if (count == 0) continue;
      pi_buffer_printf(out, "pubint_evaluations_total{outcome=\"%s\",basis=\"%s\"} %llu\n",
                       pubint_outcome_name((pubint_outcome)outcome), pubint_basis_name((pubint_basis)basis),
                       (unsigned long long)count);
    }
  }
  head(out, "pubint_evaluation_duration_seconds", "histogram", "How long an evaluation took.");
  histogram(out, "pubint_evaluation_duration_seconds", "", &self->evaluation);
}

static void write_requests(const pi_metrics *self, pi_buffer *out) {
  head(out, "pubint_http_request_duration_seconds", "histogram",
       "From a request's head to the end of its answer.");
  for (size_t i = 0; i <= PI_ENDPOINT_COUNT; i++) {
    for (size_t j = 0; j < PI_METRICS_STATUSES; j++) {
      const pi_metrics_times *times = &self->requests[i][j];
      bool some = false;
      for (size_t k = 0; k < PI_METRICS_BUCKETS; k++) some = some || count_in(&times->counts[k]) > 0;
      if (!some) continue;
      char labels[160];
      snprintf(labels, sizeof labels, "route=\"%s\",code=\"%u\",",
               i < PI_ENDPOINT_COUNT ? PI_ENDPOINTS[i].path.ptr : "none", STATUSES[j]);
      histogram(out, "pubint_http_request_duration_seconds", labels, times);
    }
  }
}

static void write_refusals(const pi_metrics *self, pi_buffer *out) {
  head(out, "pubint_refusals_total", "counter", "Cases and requests that were refused.");
  for (size_t i = 0; i < PI_ERRORS_COUNT && i < PI_METRICS_CODES_MAX; i++) {
    uint64_t count = count_in(&self->refusals[i]);
    if (count == 0) continue;
    pi_buffer_printf(out, "pubint_refusals_total{code=\"E%04u\"} %llu\n", PI_ERRORS[i].code,
                     (unsigned long long)count);
  }
  head(out, "pubint_policy_reloads_total", "counter", "Policies that were to go live.");
  for (unsigned held = 0; held < 2; held++) {
    pi_buffer_printf(out, "pubint_policy_reloads_total{result=\"%s\"} %llu\n", held ? "live" : "refused",
                     (unsigned long long)count_in(&self->reloads[held]));
  }
}

/* The second number of statm, in pages. */
static unsigned long long resident_pages(void) {
  char line[128];
  FILE *file = fopen("/proc/self/statm", "re");
  if (file == NULL) return 0;
  const char *read = fgets(line, sizeof line, file);
  fclose(file);
  const char *blank = read != NULL ? strchr(line, ' ') : NULL;
  return blank != NULL ? strtoull(blank, NULL, 10) : 0;
}

static void write_process(pi_buffer *out) {
  struct rusage usage;
  head(out, "process_resident_memory_bytes", "gauge", "Memory that the process holds.");
  pi_buffer_printf(out, "process_resident_memory_bytes %llu\n",
                   resident_pages() * (unsigned long long)sysconf(_SC_PAGESIZE));
  if (getrusage(RUSAGE_SELF, &usage) != 0) return;
  head(out, "process_cpu_seconds_total", "counter", "Processor time of the process.");
  pi_buffer_text(out, "process_cpu_seconds_total ");
  uint64_t micro = (uint64_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000 +
                   (uint64_t)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
  seconds(out, micro * 1000);
}

void pi_metrics_write(const pi_metrics *self, pi_slice policy, pi_buffer *out) {
  head(out, "pubint_build_info", "gauge", "The version of the program.");
  pi_buffer_printf(out, "pubint_build_info{version=\"%s\"} 1\n", pubint_version());
  head(out, "pubint_policy_info", "gauge", "The policy that is live.");
  pi_buffer_text(out, "pubint_policy_info{digest=");
  pi_json_write_string(out, policy);
  pi_buffer_text(out, "} 1\n");
  write_evaluations(self, out);
  write_refusals(self, out);
  write_requests(self, out);
  write_process(out);
}
