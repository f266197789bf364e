/* What a code means and how to mend it, for people. */
#ifndef PI_CODE_PAGE_H
#define PI_CODE_PAGE_H

#include "errors.h"
#include "page.h"

/* The row of "E1203", "e1203" or "1203"; NULL where the topic is no code of ours. */
const pi_error_row *pi_code_page_find(const char *topic);

void pi_code_page_print(pi_page *page, const pi_error_row *row);

#endif
