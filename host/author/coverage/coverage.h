/* What the evaluations of a run reached of a policy's scripts: lines, factors, conditions, verdicts, kinds
 * and the market's clamp, and above all what they never did. */
#ifndef PI_COVERAGE_H
#define PI_COVERAGE_H

#include <pubint/engine.h>

#include "code_lines.h"
#include "page.h"
#include "places.h"

enum { PI_CLAMP_NONE = 0, PI_CLAMP_UP = 1, PI_CLAMP_DOWN = 2, PI_CLAMP_BOTH = 3 };

/* A factor or condition of one script. */
typedef struct pi_seen {
  const pi_place_row *place;
  bool on;  /* a factor above 0, a condition met */
  bool off; /* a factor at 0, a condition unmet */
} pi_seen;

/* One script. */
typedef struct pi_script_seen {
  uint32_t lines_count; /* of the file */
  uint64_t *hits;       /* by line, from 1 */
  pi_code_lines code;
  uint8_t verdicts; /* rules: bit of each pubint_outcome */
  uint32_t kinds;   /* rules: bit of each kind; bit 31: none given */
  uint8_t clamp;    /* markets */
  bool ended;       /* rules and markets: at least once it ran to its end */
  bool failed;      /* and at least once it did not */
} pi_script_seen;

typedef struct pi_coverage {
  const pubint_policy *policy; /* borrowed */
  pi_arena arena;
  pi_places places;
  pi_script_seen *scripts; /* by index */
  pi_seen *seen;           /* by place */
  uint64_t evaluations;
  pi_line_watch watch; /* for pi_engine_watch */
} pi_coverage;

pubint_status pi_coverage_begin(pi_coverage *self, const pubint_policy *policy, pubint_error *error);
void pi_coverage_end(pi_coverage *self);

/* Takes in one evaluation; the lines come by `watch`. */
void pi_coverage_add(pi_coverage *self, const pubint_evaluation *evaluation);

/* Takes in what another one of the same policy has seen; that a script failed in it is not told of this one.
 */
void pi_coverage_merge(pi_coverage *self, const pi_coverage *other);

/* Forgets all that it has seen. */
void pi_coverage_forget(pi_coverage *self);

/* Lines that can run, and of them those that did; of all scripts where `script` is NULL. */
typedef struct pi_line_count {
  uint64_t active;
  uint64_t reached;
} pi_line_count;
pi_line_count pi_coverage_lines(const pi_coverage *self, const pi_script *script);

/* What that trace begins with: who wrote it. */
#define PI_COVERAGE_LCOV "TN:pubint\n"

/* Appends lcov's trace format, which genhtml reads; files lie in `directory`. */
void pi_coverage_lcov(const pi_coverage *self, pi_slice directory, pi_buffer *out);

/* One thing that was never seen. */
typedef struct pi_unseen {
  const pi_script *script;
  uint32_t line;
  pi_slice token; /* what a caret stands under; may be empty */
  unsigned code;  /* of errors.def */
  char message[200];
} pi_unseen;

/* Tells all that was never seen, in the order of scripts and lines. Kinds, clamps and verdicts only with
 * `all`: what tests may well leave out, and history as well. */
void pi_coverage_unseen(const pi_coverage *self, bool all,
                        void (*tell)(void *context, const pi_unseen *unseen), void *context);

/* The share of lines by script, what was never seen, and the share in all. */
void pi_coverage_print(const pi_coverage *self, pi_page *page);

#endif
