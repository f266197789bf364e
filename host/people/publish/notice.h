/* The notice that people see instead of the Tweet, in the words of a locale: which rules the Tweet breaks and
 * why it can still be viewed (R006, R010), what the notice does (R011–R019), and where to learn more (R020).
 *
 * It says nothing of the weighing (A36), and shows no text but the one in which private data is blotted out.
 */
#ifndef PI_NOTICE_H
#define PI_NOTICE_H

#include "arena.h"
#include "buffer.h"
#include "case.h"
#include "page.h"
#include "phrases.h"

/* All borrowed. */
typedef struct pi_notice {
  const pi_case *input;   /* the rules it breaks, and where local law withholds it */
  pi_slice redacted_text; /* .ptr NULL: the text is not known, or may not be shown */
  pi_slice learn_more;
} pi_notice;

/* The text as people may see it; .ptr NULL where it is not known, and where it may hold private data that
 * nobody marked (R095): earlier versions let such a notice through. False when memory ran out. */
bool pi_notice_text(const pi_case *input, pi_arena *arena, pi_slice *out);

void pi_notice_page(pi_page *page, pi_wording *wording, const pi_notice *notice);

/* One line of JSON; the wording's locale is its "lang". */
void pi_notice_json(pi_buffer *out, pi_wording *wording, const pi_notice *notice);

#endif
