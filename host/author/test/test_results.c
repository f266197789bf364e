#include "test_results.h"

#include <stdio.h>

#include "buffer.h"
#include "errors.h"

enum { MESSAGE_MAX = 64 * 1024 };

void pi_test_results_told(pi_results *results, const pi_test_result *result) {
  if (results == NULL || result->passed) return;
  pi_buffer message;
  pi_buffer_init(&message, MESSAGE_MAX);
  pi_buffer_slice(&message, result->name);
  pi_buffer_text(&message, ": ");
  pi_buffer_slice(&message, result->message);
  if (result->expected.len > 0) {
    pi_buffer_text(&message, "\nexpected: ");
    pi_buffer_slice(&message, result->expected);
    pi_buffer_text(&message, "\nactual: ");
    pi_buffer_slice(&message, result->actual);
  }
  if (message.failed) results->failed = true;
  pi_results_add(results, &(pi_result){.code = PI_E_TEST_FAILED,
                                       .file = result->script.len > 0 ? result->script : result->file,
                                       .line = result->line,
                                       .column = (uint32_t)result->column,
                                       .text = result->excerpt,
                                       .message = {message.data, message.len},
                                       .key = result->name});
  pi_buffer_dispose(&message);
}

void pi_test_results_coverage(pi_results *results, uint64_t reached, uint64_t active, uint64_t percent) {
  char message[160];
  snprintf(message, sizeof message, "%llu of %llu lines are reached, fewer than %llu %%",
           (unsigned long long)reached, (unsigned long long)active, (unsigned long long)percent);
  pi_results_add(results, &(pi_result){.code = PI_E_COVERAGE, .message = pi_slice_of(message)});
}

void pi_test_results_none(pi_results *results) {
  pi_results_add(results, &(pi_result){.code = PI_E_TEST_FAILED, .message = PI_SLICE("no test ran")});
}
