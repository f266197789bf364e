#include "threads.h"

#include <stdio.h>

#include "batch.h"
#include "errors.h"

pi_exit pi_refuse_count(const char *option, uint64_t value, uint64_t most) {
  pubint_error error;
  pi_error_setf(&error, PI_E_OPTION_VALUE, "the value of --%s is not right", option);
  snprintf(error.found, sizeof error.found, "%llu", (unsigned long long)value);
  snprintf(error.expected, sizeof error.expected, "1 to %llu", (unsigned long long)most);
  return pi_complain(&error);
}

pi_exit pi_refuse_both(const char *one, const char *other) {
  pubint_error error;
  pi_error_setf(&error, PI_E_OPTION_VALUE, "--%s and --%s do not go together", one, other);
  return pi_complain(&error);
}

pi_exit pi_threads_check(uint64_t threads) {
  if (threads >= 1 && threads <= PI_BATCH_THREADS_MAX) return PI_EXIT_DONE;
  return pi_refuse_count("threads", threads, PI_BATCH_THREADS_MAX);
}
