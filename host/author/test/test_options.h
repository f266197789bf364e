/* What a run of a policy's tests is asked to do, and what it tells: of each test, and of all. */
#ifndef PI_TEST_OPTIONS_H
#define PI_TEST_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "evaluation.h"
#include "policy.h"
#include "stop.h"

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
  pi_slice hint;                       /* how the expectation is better written; may be empty */
  pi_slice excerpt;                    /* of anything else: the line as it is written; may be empty */
  size_t column;                       /* 1-based, of what is wrong in it; 0: not known */
  const pubint_evaluation *evaluation; /* the last one of a test that failed; NULL: it asked for none */
} pi_test_result;

typedef struct pi_test_options {
  const char *filter;   /* only tests whose "FILE: NAME" holds this text, or fits it as a pattern of a
                           shell's; NULL: all */
  bool stop_at_failure; /* end behind the first that fails */
  const pi_stop *stop;  /* NULL: never */
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

#endif
