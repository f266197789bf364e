/* A comparison of two policies as text, JSON and Markdown; in each the samples with their places. */
#ifndef PI_DIFF_REPORT_H
#define PI_DIFF_REPORT_H

#include "diff_count.h"
#include "page.h"
#include "phrases.h"
#include "policy_files.h"

/* The report for people. */
void pi_diff_print(const pi_diff *diff, pi_page *page);

/* All of it as one JSON object on a line. */
void pi_diff_write(const pi_diff *diff, pi_buffer *out);

/* A report for a merge request, in GitHub's Markdown. */
void pi_diff_write_markdown(const pi_diff *diff, pi_buffer *out);

/* One flip as a line of JSON, with its newline. */
void pi_diff_write_flip(pi_buffer *out, const pi_diff *diff, const pi_flipped *flipped,
                        const pubint_evaluation *old, const pubint_evaluation *new,
                        const pi_diff_sample *sample);

/* --- what the reports share (diff_words.c, diff_story.c) --- */

/* The whole of it in a few sentences, without a newline. */
void pi_diff_tell(const pi_diff *diff, pi_wording *wording, pi_buffer *out);

/* "script", "rule_error", "condition", "market_error", "factor", "bar", "market_clamp", "unassessed". */
const char *pi_cause_name(pi_cause_kind kind);

/* What a group's key stands for, for people. */
void pi_diff_say_key(const pi_diff_group *group, pi_diff_dimension dimension, pi_wording *wording,
                     pi_buffer *out);

/* What a dimension is called: "Language". */
const char *pi_diff_dimension_title(pi_diff_dimension dimension);

/* What a bin of the histogram holds, with 0 for no bound: "−0.5 … −0.25". */
void pi_diff_say_bin(unsigned bin, pi_wording *wording, pi_buffer *out);

/* The name of an input, as in FILE:LINE. */
const char *pi_diff_file(const pi_diff *diff, size_t file);

/* The command of a shell that opens a file of cases under the old policy (0) or the new one (1); false where
 * the cases came through standard input. */
bool pi_diff_say_command(const pi_diff *diff, unsigned side, size_t file, pi_buffer *out);

/* A file in which the policies differ. */
typedef struct pi_diff_file_change {
  pi_slice path;
  pi_policy_file_change change;
  const pi_script *old, *new; /* NULL: there is none, or it is no script */
} pi_diff_file_change;

/* Whether it declares another bar than before. */
static inline bool pi_diff_bar_moved(const pi_diff_file_change *file) {
  return file->old != NULL && file->new != NULL && file->old->bar != file->new->bar;
}

/* Calls `each` with every file that is not the same in both and that the policy's digest is made of. */
void pi_diff_files(const pi_diff *diff, void (*each)(void *context, const pi_diff_file_change *file),
                   void *context);

#endif
