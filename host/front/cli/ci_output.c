#include "ci_output.h"

#include "annotations.h"
#include "errors.h"
#include "results_place.h"
#include "sarif.h"
#include "target.h"

enum { OUTPUT_MAX = 256 * 1024 * 1024, PLACE_MAX = 8192 };

bool pi_ci_output_wanted(const pi_ci_output *self) {
  return self->sarif != NULL || self->github;
}

pi_exit pi_ci_output_look_before(const pi_ci_output *self, const pi_common *common, const char *input,
                                 bool force) {
  pi_exit status = PI_EXIT_DONE;
  pubint_error error = {0};
  pi_target_there there;
  if (self->sarif == NULL) return status;
  if (!pi_command_spares_policy(common, self->sarif, "", &status)) return status;
  pi_target_over over = pi_target_over_own(self->sarif, PI_SARIF_BEGINS, force);
  pubint_status looked = pi_target_refuse_input(self->sarif, input, &error);
  if (looked == PUBINT_OK) looked = pi_target_check(self->sarif, over, &there, &error);
  return looked == PUBINT_OK ? status : pi_complain(&error);
}

static pi_exit write_sarif(const char *name, const pi_results *results, pi_slice place, bool force) {
  pubint_error error = {0};
  pi_buffer text;
  pi_buffer_init(&text, OUTPUT_MAX);
  pi_sarif_write(results, place, &text);
  pubint_status status = text.failed
                             ? pi_error_set(&error, PI_E_NO_MEMORY)
                             : pi_target_write(name, (pi_slice){text.data, text.len},
                                               pi_target_over_own(name, PI_SARIF_BEGINS, force), &error);
  pi_buffer_dispose(&text);
  return status == PUBINT_OK ? PI_EXIT_DONE : pi_complain(&error);
}

static pi_exit write_annotations(pi_call *call, const pi_results *results, pi_slice place, bool aside) {
  if (!aside) {
    pi_annotations_write(results, place, call->out);
    return PI_EXIT_DONE;
  }
  pi_buffer text;
  pi_buffer_init(&text, OUTPUT_MAX);
  pi_annotations_write(results, place, &text);
  bool failed = text.failed;
  if (!failed) pi_terminal_tell(&text, false);
  pi_buffer_dispose(&text);
  if (!failed) return PI_EXIT_DONE;
  pubint_error error;
  pi_error_set(&error, PI_E_NO_MEMORY);
  return pi_complain(&error);
}

pi_exit pi_ci_output_write(const pi_ci_output *self, pi_call *call, const pi_results *results, bool force,
                           bool aside) {
  pi_exit status = PI_EXIT_DONE;
  char policy[PI_BESIDE_BYTES];
  if (!pi_ci_output_wanted(self)) return status;
  pi_buffer text;
  pi_buffer_init(&text, PLACE_MAX);
  pi_results_place(&text, pi_command_policy_path(&call->common, policy));
  if (results->failed || text.failed) {
    pubint_error error;
    pi_error_set(&error, PI_E_NO_MEMORY);
    status = pi_complain(&error);
  }
  pi_slice place = {text.data, text.len};
  if (status == PI_EXIT_DONE && self->github) status = write_annotations(call, results, place, aside);
  if (status == PI_EXIT_DONE && self->sarif != NULL) status = write_sarif(self->sarif, results, place, force);
  pi_buffer_dispose(&text);
  return status;
}

pubint_policy *pi_ci_output_policy(const pi_ci_output *self, pi_call *call, const char *task, bool force,
                                   bool aside, pi_exit *status) {
  pubint_error error = {0};
  char place[PI_BESIDE_BYTES];
  pubint_policy *policy = pi_command_policy_or(&call->common, &error, status);
  if (policy != NULL || error.status != PUBINT_E_POLICY || !pi_ci_output_wanted(self)) return policy;
  pi_results results;
  pi_results_begin(&results, task);
  pi_results_add_error(&results, &error, pi_slice_of(pi_command_policy_path(&call->common, place)));
  pi_exit written = pi_ci_output_write(self, call, &results, force, aside);
  pi_results_dispose(&results);
  if (written != PI_EXIT_DONE) *status = written;
  return NULL;
}
