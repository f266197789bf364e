#include "option_values.h"

#include <stdio.h>
#include <string.h>

#include "batch.h"
#include "errors.h"

pi_exit pi_option_refuse_value(const char *option, const char *found, const char *expected) {
  pubint_error error;
  pi_error_setf(&error, PI_E_OPTION_VALUE, "the value of --%s is not right", option);
  pi_error_found(&error, found, strlen(found));
  snprintf(error.expected, sizeof error.expected, "%s", expected);
  return pi_complain(&error);
}

pi_exit pi_option_refuse_count(const char *option, uint64_t value, uint64_t least, uint64_t most) {
  char found[32], expected[64];
  snprintf(found, sizeof found, "%llu", (unsigned long long)value);
  snprintf(expected, sizeof expected, "%llu to %llu", (unsigned long long)least, (unsigned long long)most);
  return pi_option_refuse_value(option, found, expected);
}

pi_exit pi_option_refuse_both(const char *one, const char *other) {
  pubint_error error;
  pi_error_setf(&error, PI_E_OPTION_VALUE, "--%s and --%s do not go together", one, other);
  return pi_complain(&error);
}

pi_exit pi_threads_check(uint64_t threads) {
  if (threads >= 1 && threads <= PI_BATCH_THREADS_MAX) return PI_EXIT_DONE;
  return pi_option_refuse_count("threads", threads, 1, PI_BATCH_THREADS_MAX);
}
