/* The table of facts and the rules, as people read them. */
#ifndef PI_FACTS_PAGE_H
#define PI_FACTS_PAGE_H

#include <stddef.h>

#include <pubint/error.h>

#include "buffer.h"
#include "page.h"

/* `word` chooses the facts and rules that have it in their path, side, type, words or description, in
 * capitals or not; NULL: all of them. */

/* How many there are. */
size_t pi_facts_page_count(const char *word);

void pi_facts_page_print(pi_page *page, const char *word);

/* The same as one JSON object. */
void pi_facts_page_json(pi_buffer *out, const char *word);

/* Says that none has it, with the nearest name: E4007. `error` must not be NULL. */
pubint_status pi_facts_page_unknown(const char *word, pubint_error *error);

#endif
