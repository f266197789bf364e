/* Proves a policy as far as trying can: properties on generated cases and on the author's own, each failure
 * with the smallest case found, and what can be seen in the scripts' texts. */
#ifndef PI_CHECK_H
#define PI_CHECK_H

#include <pubint/engine.h>

#include "arena.h"
#include "coverage.h"
#include "evaluate.h"
#include "evaluation.h"
#include "generate.h"
#include "history.h"
#include "points.h"

enum { PI_FINDINGS_MAX = 500, PI_NOTED_MAX = 400, PI_CHECK_CASES = 10000 };

/* What must hold of all rules together (whole.h). */
typedef enum pi_whole { PI_WHOLE_ORDER, PI_WHOLE_CEILING, PI_WHOLE_CONCERN, PI_WHOLE_COUNT } pi_whole;

typedef struct pi_finding {
  unsigned code; /* E6001 … */
  bool note;     /* worth knowing, no fault */
  const pi_script *script;
  uint32_t line;
  uint32_t column; /* of the caret; 0: wherever `token` stands in the line */
  pi_slice token;  /* what the caret stands under; may be empty */
  pi_fact fact;    /* the one that was changed; PI_FACT_COUNT: none */
  pi_value to;     /* what it was changed to */
  pi_slice message;
  pi_slice case_json; /* the smallest case found; .ptr NULL: none shows it */
} pi_finding;

typedef struct pi_check_options {
  uint64_t cases;
  uint64_t seed;
  const char *with;                                               /* JSONL of the author's own; NULL: none */
  const volatile int *stop;                                       /* set by a signal handler; NULL: none */
  void (*progress)(void *context, uint64_t done, uint64_t total); /* may be NULL */
  void *context;
} pi_check_options;

typedef struct pi_check {
  const pubint_policy *policy;
  const pi_check_options *options;
  pi_arena arena;      /* findings */
  pi_arena case_arena; /* of the case that is tried */
  pi_arena text_arena; /* of its variants */
  pubint_engine *base; /* watched: what it evaluates counts as reached */
  pubint_engine *other;
  pi_coverage coverage;
  pi_generator generator;
  const pi_script_points *script_points;
  pi_buffer json, other_json;
  pi_finding *findings;
  uint32_t count;
  uint32_t faults; /* findings that are no notes */
  uint64_t tried;
  uint64_t fewer;                      /* of those, not in all ways: a script takes long over them */
  uint64_t line_ups;                   /* of all rules on the same facts */
  uint64_t searches;                   /* for facts on which the order or the ceiling does not hold */
  uint64_t exceptions[PI_WHOLE_COUNT]; /* known ones too */
  pi_history_totals history;
  uint64_t history_reads[PI_FACT_COUNT];
  uint64_t history_absent[PI_FACT_COUNT];
  const pi_script *history_by[PI_FACT_COUNT][2]; /* a rule and a market that read it there; NULL: none */
  uint64_t slow; /* bit of each script, by index mod 64, that used more than half of the instructions */
  const pi_finding *wanted; /* while a case is made smaller: only this is looked for */
  bool found;
  char found_message[320]; /* what is said of the smallest case so far */
} pi_check;

/* Runs everything. Call pi_check_dispose in any case. `policy` and `options` must outlive it. */
pubint_status pi_check_run(pi_check *out, const pubint_policy *policy, const pi_check_options *options,
                           pubint_error *error);
void pi_check_dispose(pi_check *self);

/* --- among the files of check --- */

/* Takes a finding in, unless it is known; `input` is the case that shows it (NULL: none), which is made
 * smaller. While a case is made smaller it only notes whether it is the wanted one. (check.c) */
__attribute__((format(printf, 4, 5))) pubint_status pi_check_add(pi_check *self, pi_finding finding,
                                                                 const pi_case *input, const char *format,
                                                                 ...);
/* A finding about a factor or condition that `script` puts on the balance; of all of its weighing where
 * id.ptr is NULL. (check.c) */
pi_finding pi_check_at(const pi_check *self, unsigned code, const pi_script *script, bool condition,
                       pi_slice id);
/* The rule's script, or the market's. (check.c) */
const pi_script *pi_check_script(const pubint_evaluation *evaluation, const pi_entry *entry, pi_from from);
/* Whether one of the entry's scripts did not run to its end. (check.c) */
bool pi_check_failed(const pi_entry *entry);
/* What a factor gives for leaving the Tweet up; 0 where it is not on the balance. (check.c) */
int64_t pi_check_points(const pi_entry *entry, const pi_factor *like);
/* Tries all properties on one case. (check_properties.c) */
pubint_status pi_check_case(pi_check *self, const pi_case *input, bool reached, uint64_t number,
                            pubint_error *error);
/* What the scripts' texts and the locales show. (check_static.c) */
pubint_status pi_check_static(pi_check *self);
/* That the locales which lack "PREFIX.NAME" do, once. (check_static.c) */
pubint_status pi_check_name(pi_check *self, const pi_script *script, uint32_t line, const char *prefix,
                            pi_slice name);
/* Words that nothing has, and signals that no comment names. (check_words.c) */
pubint_status pi_check_words(pi_check *self, const pi_script *script);
/* Makes *input smaller while it shows the wanted finding, until removing or zeroing any single fact does not.
 * (shrink.c) */
pubint_status pi_check_shrink(pi_check *self, pi_case *input, pi_arena *arena);

/* --- telling (check_report.c) --- */

/* The finding as an error: place, caret, message. */
void pi_finding_error(const pi_finding *finding, pubint_error *out);
void pi_check_print(const pi_check *self, pi_page *page);
void pi_check_write(const pi_check *self, pi_buffer *out);

#endif
