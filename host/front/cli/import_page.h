/* What an import came to, for people. */
#ifndef PI_IMPORT_PAGE_H
#define PI_IMPORT_PAGE_H

#include "import_report.h"
#include "page.h"

/* What was listed line by line comes first, so that the counts are what is seen last. */
void pi_import_page_print(const pi_import_report *self, pi_page *page);

#endif
