/* What `check` and `test` give to other tools beside their report: a file of SARIF, and annotations. */
#ifndef PI_CI_OUTPUT_H
#define PI_CI_OUTPUT_H

#include "commands.h"
#include "results.h"

/* The options' values. */
typedef struct pi_ci_output {
  const char *sarif; /* NULL: none */
  bool github;
} pi_ci_output;

/* Rows of a command's options, whose values have a pi_ci_output as their member `ci`. */
#define PI_CI_OUTPUT_OPTIONS(values)                                                                         \
  {0,                                                                                                        \
   "sarif",                                                                                                  \
   PI_OPTION_TEXT,                                                                                           \
   "FILE",                                                                                                   \
   NULL,                                                                                                     \
   offsetof(values, ci.sarif),                                                                               \
   "write the results to FILE as SARIF 2.1.0 as well"},                                                      \
  {                                                                                                          \
    0, "github", PI_OPTION_FLAG, NULL, NULL, offsetof(values, ci.github),                                    \
        "print each result for a workflow of GitHub as well: behind the report, or on standard error where " \
        "the report is not for people"                                                                       \
  }

bool pi_ci_output_wanted(const pi_ci_output *self);

/* Before anything is run: whether the file may be written. `input` is one that is read, or NULL. */
pi_exit pi_ci_output_look_before(const pi_ci_output *self, const pi_common *common, const char *input,
                                 bool force);

/* Writes what was asked for; `aside`: standard output is not for people. */
pi_exit pi_ci_output_write(const pi_ci_output *self, pi_call *call, const pi_results *results, bool force,
                           bool aside);

/* Loads the policy as pi_command_policy does. Where it does not load, that is the one result. */
pubint_policy *pi_ci_output_policy(const pi_ci_output *self, pi_call *call, const char *task, bool force,
                                   bool aside, pi_exit *status);

#endif
