/* Runs a policy's own tests: tests/NAME_test.lua, in the sandbox, with case, evaluate, expect, test and each
 * (scripts/README.md says what each does).
 *
 * Every file has a state of its own and every test starts with the limits of a whole script call, so that
 * one that fails or never ends stops no other.
 */
#ifndef PI_TESTS_H
#define PI_TESTS_H

#include <stdbool.h>
#include <stdint.h>

#include <pubint/engine.h>

#include "evaluation.h"
#include "policy.h"

enum {
  PI_TESTS_PER_FILE_MAX = 10000,
  PI_TEST_FILE_BYTES_MAX = 256 * 1024,
  PI_TEST_EVALUATION_COST = 1000, /* instructions of a test's own million */
};

/* One test that ended; its texts hold until the next one is told. */
typedef struct pi_test_result {
  pi_slice file; /* "tests/violence_test.lua" */
  pi_slice name; /* "the bar is 3", rows of each as "name / row" */
  bool passed;
  pi_slice script; /* where it failed: the test's file, or a module it called */
  uint32_t line;   /* 0: not known */
  pi_slice message;
  pi_slice expected; /* of an expectation; else empty */
  pi_slice actual;
  const pubint_evaluation *evaluation; /* the last one of a test that failed; NULL: it asked for none */
} pi_test_result;

typedef struct pi_test_options {
  const char *filter;       /* only tests whose "FILE: NAME" holds this text, or fits it as a pattern of a
                               shell's; NULL: all */
  bool stop_at_failure;     /* end behind the first that fails */
  const volatile int *stop; /* set by a signal handler; NULL: none */
  void (*told)(void *context, const pi_test_result *result);             /* may be NULL */
  void (*evaluated)(void *context, const pubint_evaluation *evaluation); /* may be NULL */
  void *context;
} pi_test_options;

typedef struct pi_test_totals {
  uint32_t files;
  uint32_t passed;
  uint32_t failed;
  uint64_t evaluations;
} pi_test_totals;

/* Runs the tests that lie in the policy's folder. `engine` must be one on `policy`. */
pubint_status pi_tests_run(const pubint_policy *policy, pubint_engine *engine, const pi_test_options *options,
                           pi_test_totals *out, pubint_error *error);

/* The case that tests start from, as JSON: eligible, everything assessed, nothing weighing either way. */
extern const char PI_TEST_BASE_CASE[];

#endif
