#include "live.h"

#include <stdio.h>
#include <stdlib.h>

#include "check.h"
#include "errors.h"
#include "revision.h"

void pi_live_init(pi_live *self) {
  *self = (pi_live){.now = NULL};
  pthread_mutex_init(&self->lock, NULL);
}

void pi_live_leave(pi_live_policy *held) {
  if (held == NULL || atomic_fetch_sub_explicit(&held->holders, 1, memory_order_acq_rel) > 1) return;
  pubint_policy_free(held->policy);
  free(held);
}

void pi_live_dispose(pi_live *self) {
  pi_live_leave(self->now);
  for (size_t i = 0; i < PI_LIVE_KEPT; i++) pi_live_leave(self->before[i]);
  pthread_mutex_destroy(&self->lock);
}

pubint_status pi_live_load(pubint_policy **out, const char *name, pubint_error *error) {
  return pi_revision_load(out, name, error);
}

static pubint_status tell_finding(const pi_check *check, pubint_error *error) {
  pubint_status status = pi_error_set(error, PI_E_UNPROVED);
  for (uint32_t i = 0; i < check->findings.count; i++) {
    const pi_finding *finding = &check->findings.items[i];
    if (finding->note || finding->waived) continue;
    if (finding->script != NULL)
      pi_error_field(error->file, sizeof error->file, finding->script->file.ptr, finding->script->file.len);
    error->line = finding->line;
    snprintf(error->found, sizeof error->found, "E%u: ", finding->code);
    size_t at = strlen(error->found);
    pi_error_field(error->found + at, sizeof error->found - at, finding->message.ptr, finding->message.len);
    break;
  }
  return status;
}

pubint_status pi_live_prove(const pubint_policy *policy, const pi_stop *stop, pubint_error *error) {
  pi_check_options options = {.cases = PI_LIVE_PROOF_CASES, .seed = 1, .stop = stop};
  pi_check check;
  pubint_status status = pi_check_run(&check, policy, &options, error);
  if (status == PUBINT_OK && check.findings.faults > 0) status = tell_finding(&check, error);
  pi_check_close(&check);
  return status;
}

/* Behind the lock. */
static void make_live(pi_live *self, pi_live_policy *next) {
  self->now = next;
  atomic_fetch_add_explicit(&self->turn, 1, memory_order_acq_rel);
}

pubint_status pi_live_swap(pi_live *self, pubint_policy *policy, pubint_error *error) {
  pi_live_policy *next = malloc(sizeof *next);
  if (next == NULL) {
    pubint_policy_free(policy);
    return pi_error_set(error, PI_E_NO_MEMORY);
  }
  next->policy = policy;
  atomic_init(&next->holders, 1);
  pi_live_policy *oldest = NULL;
  pthread_mutex_lock(&self->lock);
  if (self->now != NULL) {
    oldest = self->before[PI_LIVE_KEPT - 1];
    memmove(&self->before[1], &self->before[0], sizeof self->before - sizeof self->before[0]);
    self->before[0] = self->now;
  }
  make_live(self, next);
  pthread_mutex_unlock(&self->lock);
  pi_live_leave(oldest);
  return PUBINT_OK;
}

pubint_status pi_live_roll_back(pi_live *self, pubint_error *error) {
  pthread_mutex_lock(&self->lock);
  pi_live_policy *leaving = NULL, *next = self->before[0];
  if (next != NULL) {
    leaving = self->now;
    memmove(&self->before[0], &self->before[1], sizeof self->before - sizeof self->before[0]);
    self->before[PI_LIVE_KEPT - 1] = NULL;
    make_live(self, next);
  }
  pthread_mutex_unlock(&self->lock);
  pi_live_leave(leaving);
  return next != NULL ? PUBINT_OK : pi_error_set(error, PI_E_NO_OTHER_POLICY);
}

pi_live_policy *pi_live_take(pi_live *self, uint64_t *turn) {
  pthread_mutex_lock(&self->lock);
  pi_live_policy *held = self->now;
  atomic_fetch_add_explicit(&held->holders, 1, memory_order_relaxed);
  *turn = atomic_load_explicit(&self->turn, memory_order_relaxed);
  pthread_mutex_unlock(&self->lock);
  return held;
}
