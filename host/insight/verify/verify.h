/* Proves that evaluations are what a policy says: every line is recomputed and compared by its
 * bytes, and where a manifest stands beside them, sizes, digests and counts are compared too.
 *
 * It runs as a batch does, on as many threads, and keeps one line of them at a time.
 */
#ifndef PI_VERIFY_H
#define PI_VERIFY_H

#include "batch.h"
#include "fields.h"
#include "policy_files.h"

enum { PI_VERIFY_SAMPLE_MAX = 1000000, PI_VERIFY_FINDINGS_MAX = 16 };

typedef enum pi_verify_verdict {
  PI_VERIFY_SAME,
  PI_VERIFY_LINE_DIFFERS,
  PI_VERIFY_LINE_CUT,         /* the last line lacks its newline */
  PI_VERIFY_LINES_MISSING,    /* they end before the cases do */
  PI_VERIFY_LINES_ADDED,      /* it goes on behind them */
  PI_VERIFY_OTHER_POLICY,     /* nothing was compared */
  PI_VERIFY_OTHER_HOST,       /* as above: another version of the program wrote it */
  PI_VERIFY_MANIFEST_DIFFERS, /* the lines agree, and the manifest does not */
  PI_VERIFY_VERDICTS
} pi_verify_verdict;

/* A file of the policy that is not as it was: changed, there now and not then, or there then and not now. */
typedef struct pi_verify_file {
  pi_slice path;
  pi_policy_file_change change;
} pi_verify_file;

/* Something that the manifest says and that is otherwise. */
typedef struct pi_verify_finding {
  pi_slice what;
  pi_slice recorded;
  pi_slice found;
} pi_verify_finding;

/* Texts lie in the arena. */
typedef struct pi_verify_result {
  pi_arena arena;
  pi_verify_verdict verdict;
  uint64_t lines;      /* of evaluations that were looked at */
  uint64_t recomputed; /* of them were evaluated anew and are the same */
  uint64_t refused;    /* of those: lines of cases that were refused, then as now */
  uint64_t line;       /* the first that differs */
  uint64_t column;     /* and its first byte that does */
  uint64_t missing;    /* lines that are lacking, or too many */
  pi_slice id;         /* of the case there; .ptr NULL: it has none */
  pi_slice recorded_id;
  bool unreadable; /* the recorded line is no JSON: */
  pubint_error syntax;
  pi_slice recorded_part; /* the bytes about the first that differs */
  pi_slice recomputed_part;
  pi_field_differences fields;
  pi_slice recorded_policy; /* or version of the program, where that is another */
  bool files_known;         /* the manifest says what the policy was made of */
  bool files_lie;           /* but not truly: their digest is another */
  pi_verify_file *files;
  uint32_t files_count;
  bool has_manifest;
  pi_verify_finding findings[PI_VERIFY_FINDINGS_MAX];
  uint32_t findings_count;
} pi_verify_result;

typedef struct pi_verify_options {
  const char *const *cases; /* none: standard input */
  size_t cases_count;
  const char *evaluations;
  unsigned threads;
  bool no_excerpts; /* refused lines were written so, and nothing of a line is quoted */
  uint64_t sample;  /* recompute so many lines, chosen by hash; 0: all */
  void (*progress)(void *context, const pi_batch_progress *now);
  void *context;
} pi_verify_options;

/* Failure is that of reading or of evaluating; what does not agree is the verdict. Dispose of `out` in either
 * case. */
pubint_status pi_verify_run(pi_verify_result *out, const pubint_policy *policy,
                            const pi_verify_options *options, pubint_error *error);
void pi_verify_dispose(pi_verify_result *result);

/* "same", "line_differs", …: static. */
const char *pi_verify_verdict_name(pi_verify_verdict verdict);

/* Compares what the manifest `was` says with what is: `is` is what a run of today would write, `evaluations`
 * the file of evaluations, read to its end. */
bool pi_verify_manifest(pi_verify_result *out, const pi_manifest *was, const pi_manifest *is,
                        const pi_input *evaluations);

/* Fills out->files: how the policy's files differ from those that `sums` lists (.ptr NULL: it is not known),
 * which are those of the policy `id`. */
bool pi_verify_policy_files(pi_verify_result *out, const pubint_policy *policy, pi_slice sums, pi_slice id);

#endif
