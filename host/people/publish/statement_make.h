/* From a decided case to its statements of reasons: one on what was decided, and one more where local law
 * keeps the Tweet from view in countries of the EEA (R068, R069). Outside the EEA there is none to make.
 *
 * Free text is put together from fixed phrases and fixed titles alone. Nothing that was typed by people or
 * came with the case (text, handle, ids, titles, reasons, notes, ids of rules without a row) reaches it, so
 * there is nothing to filter.
 */
#ifndef PI_STATEMENT_MAKE_H
#define PI_STATEMENT_MAKE_H

#include <pubint/evaluation.h>

#include "arena.h"
#include "case.h"
#include "statement.h"

/* What a statement is made of. All borrowed. */
typedef struct pi_stated_decision {
  const pi_case *input;      /* its violations, its language and date, its countries */
  pubint_outcome decision;   /* notice or remove */
  bool eligible;             /* in the round decided; the facts can have changed since the case was opened */
  pubint_outcome evaluation; /* what the policy's scripts recommended; review: nothing */
  pubint_outcome recommendation; /* what Trust & Safety recommended */
  bool found;                 /* with a finding of how it contributes to a matter of public concern (R003) */
  bool found_later;           /* the decision has that finding, and the recommendation none */
  uint32_t advisers_count;    /* people who gave feedback, each once */
  uint32_t backgrounds_count; /* of the six, each once */
  bool market_heard;
  uint32_t teams_count; /* internal teams, each once; 0 where somebody's is not recorded */
  bool informed;        /* they were told of all of it before the decision (R039) */
  bool superseding;     /* an earlier decision of the same case stood before it */
  int64_t decided_at;   /* seconds since 1970, UTC */
  pi_slice learn_more;
  pi_slice puid; /* unique to this decision, and telling nothing of the case */
} pi_stated_decision;

enum { PI_STATEMENTS_MAX = 2 };

typedef struct pi_statements {
  pi_statement items[PI_STATEMENTS_MAX];
  size_t count; /* 0: everything that could be said lies outside the EEA */
} pi_statements;

/* Fills *out; what its fields point at lives in the arena or is static. E4091 where a field cannot be given,
 * such as the date of a Tweet whose tweet.created_at is not known. */
pubint_status pi_statements_make(pi_statements *out, const pi_stated_decision *decided, pi_arena *arena,
                                 pubint_error *error);

#endif
