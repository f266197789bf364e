/* Mutation: changes one number, comparison, sum, factor or condition of a script at a time, and finds the
 * changes that no test of the policy notices. */
#ifndef PI_MUTANTS_H
#define PI_MUTANTS_H

#include <pubint/policy.h>

#include "arena.h"
#include "page.h"
#include "policy_load.h"
#include "results.h"
#include "stop.h"

enum { PI_MUTANTS_MAX = 4000 };

typedef enum pi_mutant_end { PI_MUTANT_UNTRIED, PI_MUTANT_NOTICED, PI_MUTANT_SURVIVED } pi_mutant_end;

/* source[from..from+length) is replaced by `after`. */
typedef struct pi_mutant {
  const pi_script *script;
  const char *what; /* "number", "comparison", "logic", "factor", "condition" */
  uint32_t line;
  uint32_t column;
  size_t from;
  pi_slice before;
  pi_slice after;
  pi_mutant_end end;
} pi_mutant;

typedef struct pi_mutants_options {
  const char *filter;                                             /* of tests; NULL: all */
  const pi_stop *stop;                                            /* NULL: never */
  void (*progress)(void *context, uint32_t done, uint32_t total); /* may be NULL */
  void *context;
} pi_mutants_options;

typedef struct pi_mutants {
  pi_arena arena;
  pi_mutant *items;
  uint32_t count;
  uint32_t noticed;
  uint32_t survived;
  bool all; /* false: there were more than PI_MUTANTS_MAX, and the first were tried */
} pi_mutants;

/* Tries all of them. E4020 when a test fails before anything is changed. Call pi_mutants_dispose in any
 * case; `policy` must outlive the mutants. */
pubint_status pi_mutants_run(pi_mutants *out, const pubint_policy *policy, const pi_mutants_options *options,
                             pubint_error *error);
void pi_mutants_dispose(pi_mutants *self);

/* Fills out->items with the changes there are, trying none. */
pubint_status pi_mutants_find(pi_mutants *out, const pubint_policy *policy, pubint_error *error);

void pi_mutants_print(const pi_mutants *self, pi_page *page);
void pi_mutants_write(const pi_mutants *self, pi_buffer *out);
/* Those that no test noticed. */
void pi_mutants_results(const pi_mutants *self, pi_results *out);

#endif
