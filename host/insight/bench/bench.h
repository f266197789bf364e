/* How fast a policy is: whole cases, and each of its scripts alone. Figures of this machine and this moment,
 * no part of any evaluation. */
#ifndef PI_BENCH_H
#define PI_BENCH_H

#include <pubint/policy.h>

#include "arena.h"
#include "buffer.h"
#include "policy.h"

/* The cases to run: lines, each ending in a newline. */
typedef struct pi_bench_input {
  pi_buffer lines;
  uint64_t cases;
  uint64_t refused; /* lines that are no cases, and were left out */
  bool cut;         /* there were more than are taken */
} pi_bench_input;

#define PI_BENCH_CASES 20000
enum { PI_BENCH_CASES_MAX = 200000 };

/* Takes generated cases, or the first of a file's ("-" is standard input). Disposing is legal after a failure
 * too. */
pubint_status pi_bench_generate(pi_bench_input *out, uint64_t cases, pubint_error *error);
pubint_status pi_bench_load(pi_bench_input *out, const char *file, pubint_error *error);
void pi_bench_dispose(pi_bench_input *input);

/* Processor time of all cases by one thread, the median of some rounds, and wall time of single ones, in
 * nanoseconds. */
typedef struct pi_bench_times {
  uint64_t read;
  uint64_t evaluate;
  uint64_t write;
  uint64_t case_p50;
  uint64_t case_p99;
  uint64_t case_max;
} pi_bench_times;

pubint_status pi_bench_cases(const pubint_policy *policy, const pi_bench_input *input, pi_bench_times *out,
                             pubint_error *error);

/* Calls of one script on generated cases that break only rules which the policy scripts: of a rule's script
 * that rule, of a market's script any, in that market. */
typedef struct pi_bench_script {
  const pi_script *script;
  uint64_t calls;
  uint64_t failed; /* of them ended with an error or at a limit */
  uint64_t p50;    /* wall time in nanoseconds */
  uint64_t p99;
  uint64_t mean;        /* with their share of collecting garbage */
  uint64_t shared_mean; /* of the same calls in an environment that all of them share: without isolation */
  uint64_t instructions_p50;
  uint64_t instructions_max;
  uint64_t memory_max; /* bytes */
} pi_bench_script;

/* Measures the script at `index` of policy->scripts, which is no module of lib/. */
pubint_status pi_bench_call(const pubint_policy *policy, uint32_t index, pi_bench_script *out,
                            pubint_error *error);

/* The same for a script that does nothing: what a call costs at least. */
pubint_status pi_bench_empty(const pubint_policy *policy, pi_bench_script *out, pubint_error *error);

#endif
