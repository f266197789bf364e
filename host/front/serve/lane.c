#include "lane.h"

#include <stdlib.h>

#include "errors.h"

/* A spare request keeps a body of up to so much, and there are so many spare ones. */
enum { KEPT_BYTES = 64 * 1024, SPARES_MAX = 256 };
#define OUT_BYTES_MAX ((size_t)64 * 1024 * 1024)

/* --- seats --- */

static pi_seat *new_seat(pi_live_policy *policy, pubint_error *error) {
  pi_seat *seat = malloc(sizeof *seat);
  if (seat == NULL) {
    pi_error_set(error, PI_E_NO_MEMORY);
    return NULL;
  }
  *seat = (pi_seat){.policy = policy, .users = 1};
  if (pubint_engine_new(&seat->engine, policy->policy, error) == PUBINT_OK) return seat;
  free(seat);
  return NULL;
}

void pi_lane_leave(pi_seat *seat) {
  if (seat == NULL || --seat->users > 0) return;
  pubint_engine_free(seat->engine);
  pi_live_leave(seat->policy);
  free(seat);
}

pi_seat *pi_lane_sit(pi_lane *self, pubint_error *error) {
  pi_live *live = &self->server->live;
  if (self->seat == NULL || !pi_live_is(live, self->turn)) {
    uint64_t turn;
    pi_live_policy *policy = pi_live_take(live, &turn);
    pi_seat *seat = new_seat(policy, error);
    if (seat == NULL) {
      pi_live_leave(policy);
      return NULL;
    }
    pi_lane_leave(self->seat);
    self->seat = seat;
    self->turn = turn;
  }
  self->seat->users++;
  return self->seat;
}

/* --- requests --- */

pi_request *pi_lane_request(pi_lane *self) {
  pi_request *request = self->spare;
  if (request == NULL) {
    request = malloc(sizeof *request);
    if (request == NULL) return NULL;
    pi_buffer_init(&request->body, self->server->options->max_body << 20);
    pi_buffer_init(&request->lines, OUT_BYTES_MAX);
  } else {
    self->spare = request->next;
    self->spares--;
  }
  pi_buffer body = request->body, lines = request->lines;
  *request = (pi_request){.lane = self, .body = body, .lines = lines};
  return request;
}

static void forget(pi_buffer *buffer) {
  size_t max = buffer->max;
  if (buffer->cap > KEPT_BYTES) {
    pi_buffer_dispose(buffer);
    pi_buffer_init(buffer, max);
  }
  pi_buffer_reset(buffer);
}

static void free_request(pi_request *request) {
  pi_buffer_dispose(&request->body);
  pi_buffer_dispose(&request->lines);
  free(request);
}

void pi_lane_end_request(pi_request *request) {
  pi_lane *lane = request->lane;
  atomic_fetch_sub_explicit(&lane->server->body_bytes, request->body_counted, memory_order_relaxed);
  pi_lane_leave(request->seat);
  if (lane->spares == SPARES_MAX) {
    free_request(request);
    return;
  }
  forget(&request->body);
  forget(&request->lines);
  request->next = lane->spare;
  lane->spare = request;
  lane->spares++;
}

/* --- the lane --- */

pubint_status pi_lane_init(pi_lane *self, pi_server *server, pubint_error *error) {
  self->server = server;
  pi_line_init(&self->line);
  pi_buffer_init(&self->out, OUT_BYTES_MAX);
  pi_lane_leave(pi_lane_sit(self, error)); /* the first request is not to wait for an engine */
  return self->seat != NULL ? PUBINT_OK : PUBINT_E_SYSTEM;
}

void pi_lane_dispose(pi_lane *self) {
  while (self->spare != NULL) {
    pi_request *request = self->spare;
    self->spare = request->next;
    free_request(request);
  }
  pi_lane_leave(self->seat);
  pi_buffer_dispose(&self->out);
  pi_line_dispose(&self->line);
}
