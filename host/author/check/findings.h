/* What a check finds: each fault once, with the smallest case that shows it, however often it is met. While a
 * case is made smaller, only whether it still shows the one that is wanted. */
#ifndef PI_FINDINGS_H
#define PI_FINDINGS_H

#include "arena.h"
#include "case.h"
#include "policy.h"

enum { PI_FINDINGS_MAX = 500, PI_NOTED_MAX = 400, PI_FINDING_MESSAGE_BYTES = 320 };

typedef struct pi_finding {
  unsigned code; /* E6001 … */
  bool note;     /* worth knowing, no fault */
  bool waived;   /* its script says why it stands */
  const pi_script *script;
  uint32_t line;
  uint32_t column; /* of the caret; 0: wherever `token` stands in the line */
  pi_slice token;  /* what the caret stands under; may be empty */
  pi_fact fact;    /* the one that was changed; PI_FACT_COUNT: none */
  uint32_t which;  /* tells several of one code at one place apart */
  pi_value to;     /* what it was changed to */
  pi_slice message;
  pi_slice case_json; /* the smallest case found; .ptr NULL: none shows it */
} pi_finding;

typedef struct pi_findings {
  pi_arena arena;
  pi_finding *items; /* owned; room for PI_FINDINGS_MAX */
  uint32_t count;
  uint32_t faults;          /* of them, those that are no notes */
  const pi_finding *wanted; /* only this is looked for, and nothing taken in; NULL: all are taken in */
  bool found;               /* the wanted one was met */
  char found_message[PI_FINDING_MESSAGE_BYTES]; /* what was said of it, last */
} pi_findings;

/* Makes *input smaller for as long as it shows the finding; *message is what is said of the smallest case, as
 * it was where .ptr is NULL. Both may lie in the arena. */
typedef pubint_status pi_findings_shrink(const void *context, const pi_finding *finding, pi_case *input,
                                         pi_slice *message, pi_arena *arena);

/* For all findings; false when memory ran out. */
bool pi_findings_begin(pi_findings *self);

/* For the wanted one alone. */
void pi_findings_look_for(pi_findings *self, const pi_finding *wanted);
void pi_findings_dispose(pi_findings *self);

/* Whether it would be taken in: it is the wanted one or, where all are, neither known nor one too many. */
bool pi_findings_wants(const pi_findings *self, const pi_finding *finding);

/* Takes in a finding that is wanted; `input` is the case that shows it (NULL: none), which is made smaller.
 */
pubint_status pi_findings_add(pi_findings *self, pi_finding finding, const char *message,
                              const pi_case *input, pi_findings_shrink *shrink, const void *context);

/* Marks the first one of that code and place, and of that fact where it is one of a fact, that nothing waives
 * yet; NULL: there is none. It stays where it is until the findings are sorted again. */
const pi_finding *pi_findings_waive(pi_findings *self, unsigned code, const pi_script *script, uint32_t line,
                                    pi_fact fact);

/* Faults before notes before what is waived, then by place. */
void pi_findings_sort(pi_findings *self);

#endif
