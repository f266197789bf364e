/* Runs a policy's own tests: tests/NAME_test.lua, in the sandbox, with case, evaluate, expect, test and each
 * (scripts/README.md says what each does).
 *
 * Every file has a state of its own and every test starts with the limits of a whole script call, so that
 * one that fails or never ends stops no other.
 */
#ifndef PI_TESTS_H
#define PI_TESTS_H

#include <pubint/engine.h>

#include "test_options.h"

enum {
  PI_TESTS_PER_FILE_MAX = 10000,
  PI_TEST_FILE_BYTES_MAX = 256 * 1024,
};

/* Runs the tests that lie in the policy's folder. `engine` must be one on `policy`. */
pubint_status pi_tests_run(const pubint_policy *policy, pubint_engine *engine, const pi_test_options *options,
                           pi_test_totals *out, pubint_error *error);

#endif
