#include "serve_log.h"

#include <time.h>

#include "errors.h"
#include "json_write.h"

pubint_status pi_serve_log_open(pi_server *self, pubint_error *error) {
  const pi_serve_options *options = self->options;
  if (options->decision_log == NULL) return PUBINT_OK;
  pi_log_options how = {
      .segment_mib = options->log_segment, .wait_ms = PI_LOG_WAIT_MS, .redact = options->redact_log};
  self->log = pi_log_open(options->decision_log, &how, error);
  return self->log != NULL ? PUBINT_OK : error->status;
}

pubint_status pi_serve_log_ready(const pi_server *self, pubint_error *error) {
  if (self->log == NULL || pi_log_writable(self->log)) return PUBINT_OK;
  return pi_error_set(error, PI_E_LOG_UNWRITABLE);
}

void pi_serve_log_note(pi_request *request, pi_slice input, size_t begin, size_t end) {
  pi_lane *lane = request->lane;
  struct timespec now;
  if (lane->server->log == NULL) return;
  clock_gettime(CLOCK_REALTIME, &now);
  pi_slice trace = pi_traceparent_id(&request->trace);
  lane->places[lane->records_count] = (pi_lane_place){begin, end};
  lane->records[lane->records_count++] =
      (pi_log_record){.input = input,
                      .trace = trace.len > 0 ? trace : (pi_slice){NULL, 0},
                      .at_us = (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000};
}

size_t pi_serve_log_room(const pi_lane *lane) {
  return PI_LANE_RECORDS - lane->records_count;
}

/* The buffer lies still by now, so its bytes can be pointed at. */
pubint_status pi_serve_log_save(pi_request *request, const pi_buffer *evaluations, pubint_error *error) {
  pi_lane *lane = request->lane;
  size_t count = lane->records_count;
  lane->records_count = 0;
  if (count == 0) return PUBINT_OK;
  for (size_t i = 0; i < count; i++) {
    const pi_lane_place *place = &lane->places[i];
    lane->records[i].evaluation = (pi_slice){evaluations->data + place->begin, place->end - place->begin};
  }
  return pi_log_append_all(lane->server->log, lane->records, count, NULL, error);
}

static void put_seconds(pi_buffer *out, const char *name, const char *help, uint64_t nanoseconds) {
  pi_buffer_printf(out, "# HELP %s %s\n# TYPE %s counter\n%s ", name, help, name, name);
  pi_json_write_decimal(out, (int64_t)nanoseconds, 9);
  pi_buffer_byte(out, '\n');
}

void pi_serve_log_metrics(const pi_server *self, pi_buffer *out) {
  static const char NAME[] = "pubint_decision_log_bytes_total";
  if (self->log == NULL) return;
  pi_log_counters now = pi_log_count(self->log);
  pi_buffer_printf(out, "# HELP %s Bytes of lines on disk.\n# TYPE %s counter\n%s %llu\n", NAME, NAME, NAME,
                   (unsigned long long)now.bytes);
  put_seconds(out, "pubint_decision_log_sync_seconds_total", "Time in which lines were synced.", now.sync_ns);
  put_seconds(out, "pubint_decision_log_blocked_seconds_total", "Time in which a full disk held answers up.",
              now.blocked_ns);
}
