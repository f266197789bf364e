/* A record for people, and as JSON. */
#ifndef PI_RECORD_SHOW_H
#define PI_RECORD_SHOW_H

#include "buffer.h"
#include "page.h"
#include "record.h"

/* A copy in which reasons, notes and findings say nothing that any round of the case has marked as private
 * data (R095): four code points or more of it are blotted out wherever they stand. Lies in the arena; false
 * when memory ran out. Both of what follows show such a copy. */
bool pi_record_blot(pi_record *out, const pi_record *record, pi_arena *arena);

/* Lays out the whole record, in the order in which it came about. The Tweet's text is shown with its private
 * data blotted out. `now` tells how long the case has waited for its next step. */
void pi_record_show(pi_page *page, const pi_record *record, int64_t now);

/* Appends it as one line of JSON; facts and evaluations stand in it as they were, the
 * Tweet's text among them. */
void pi_record_write(pi_buffer *out, const pi_record *record);

/* A number of billionths, as its shortest decimal with a sign: "+1.2", "−1.2". */
void pi_margin_say(int64_t margin, char out[32]);

/* The word at `index`; "?" where a file that was tampered with had another. */
const char *pi_record_word_at(const char *const *names, unsigned index);

#endif
