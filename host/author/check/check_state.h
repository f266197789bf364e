/* What a case is tried in, and what has come of all of them: two states of the policy, what its scripts name,
 * the findings, and counts. */
#ifndef PI_CHECK_STATE_H
#define PI_CHECK_STATE_H

#include <pubint/engine.h>

#include "coverage.h"
#include "evaluate.h"
#include "evaluation.h"
#include "findings.h"
#include "generator.h"
#include "history.h"
#include "points.h"
#include "stop.h"
#include "test_options.h"
#include "waivers.h"

/* What must hold of all rules together (check_whole.h). */
typedef enum pi_whole { PI_WHOLE_ORDER, PI_WHOLE_CEILING, PI_WHOLE_CONCERN, PI_WHOLE_COUNT } pi_whole;

typedef struct pi_check_options {
  uint64_t cases;
  uint64_t seed;
  const pi_script *only;                                          /* the script that is checked; NULL: all */
  const char *with;                                               /* JSONL of the author's own; NULL: none */
  const pi_stop *stop;                                            /* NULL: never */
  void (*progress)(void *context, uint64_t done, uint64_t total); /* may be NULL */
  void *context;
} pi_check_options;

/* A name that the locale at that index lacks and another has. */
typedef struct pi_lacking {
  struct pi_lacking *next;
  uint32_t locale;
  pi_slice key; /* "factor.heated_debate" */
} pi_lacking;

typedef struct pi_check {
  const pubint_policy *policy;
  const pi_check_options *options; /* NULL in a probe */
  pi_arena arena;                  /* coverage and generator */
  pi_arena case_arena;             /* of the case that is tried */
  pi_arena text_arena;             /* of its variants */
  pubint_engine *base;             /* watched: what it evaluates counts as reached */
  pubint_engine *other;
  pi_coverage *coverage;   /* a probe's is its check's */
  pi_generator *generator; /* likewise */
  const pi_script_points *script_points;
  pi_buffer json, other_json;
  pi_findings findings;
  pi_waivers waivers;         /* a probe's are its check's */
  pi_lacking *lacking;        /* names that some locales lack */
  pi_findings_shrink *shrink; /* makes the case of a finding smaller, with this check as its context */
  uint64_t tried;
  uint64_t fewer;                      /* of those, not in all ways: a script takes long over them */
  uint64_t line_ups;                   /* of all rules on the same facts */
  uint64_t searches;                   /* for facts on which the order or the ceiling does not hold */
  uint64_t exceptions[PI_WHOLE_COUNT]; /* known ones too */
  pi_history_totals history;
  uint64_t history_reads[PI_FACT_COUNT];
  uint64_t history_absent[PI_FACT_COUNT];
  const pi_script *history_by[PI_FACT_COUNT][2]; /* a rule and a market that read it there; NULL: none */
  pi_test_totals tests;                          /* of the policy's own */
  bool tested;                                   /* they were run to their end */
  uint64_t slow; /* bit of each script, by index mod 64, that used more than half of the instructions */
} pi_check;

/* Begins one for all findings, whose cases `shrink` makes smaller. Call pi_check_close in any case. `policy`
 * and `options` must outlive it. */
pubint_status pi_check_open(pi_check *out, const pubint_policy *policy, const pi_check_options *options,
                            pi_findings_shrink *shrink, pubint_error *error);
void pi_check_close(pi_check *self);

/* Begins a probe: it tries cases beside those of `check`, in states of its own, and only notes whether they
 * show the wanted finding. Call pi_check_end_probe in any case; `check` must outlive it. */
pubint_status pi_check_begin_probe(pi_check *out, const pi_check *check, const pi_finding *wanted);
void pi_check_end_probe(pi_check *self);

/* Frees *engine and makes another in its place. */
pubint_status pi_check_renew(const pi_check *self, pubint_engine **engine, pubint_error *error);

/* Whether what is said of the script is asked for; NULL: of the policy as a whole. */
bool pi_check_about(const pi_check *self, const pi_script *script);
/* Takes a finding in, unless it is known or of another script than is asked for; `input` is the case that
 * shows it (NULL: none), which is made smaller. While a case is made smaller it only notes whether it is the
 * wanted one. */
__attribute__((format(printf, 4, 5))) pubint_status pi_check_add(pi_check *self, pi_finding finding,
                                                                 const pi_case *input, const char *format,
                                                                 ...);
/* A finding about a factor or condition that `script` puts on the balance; of all of its weighing where
 * id.ptr is NULL. */
pi_finding pi_check_at(const pi_check *self, unsigned code, const pi_script *script, bool condition,
                       pi_slice id);
/* The rule's script, or the market's. */
const pi_script *pi_check_script(const pubint_evaluation *evaluation, const pi_entry *entry, pi_from from);
/* Whether one of the entry's scripts did not run to its end. */
bool pi_check_failed(const pi_entry *entry);
/* What a factor gives for leaving the Tweet up; 0 where it is not on the balance. */
int64_t pi_check_points(const pi_entry *entry, const pi_factor *like);

#endif
