/* Tests that failed, and too little reached, as results. */
#ifndef PI_TEST_RESULTS_H
#define PI_TEST_RESULTS_H

#include "results.h"
#include "test_options.h"

/* A test that failed; one that passed is none. `results` may be NULL. */
void pi_test_results_told(pi_results *results, const pi_test_result *result);

/* No test ran at all. `results` may be NULL. */
void pi_test_results_none(pi_results *results);

/* Of the lines, fewer are reached than were asked for. `results` may be NULL. */
void pi_test_results_coverage(pi_results *results, uint64_t reached, uint64_t active, uint64_t percent);

#endif
