#include "code_page.h"

#include <stdio.h>
#include <string.h>

const pi_error_row *pi_code_page_find(const char *topic) {
  const char *digits = topic[0] == 'E' || topic[0] == 'e' ? topic + 1 : topic;
  if (strlen(digits) != 4) return NULL;
  unsigned code = 0;
  for (size_t i = 0; i < 4; i++) {
    if (digits[i] < '0' || digits[i] > '9') return NULL;
    code = code * 10 + (unsigned)(digits[i] - '0');
  }
  return pi_error_find(code);
}

void pi_code_page_print(pi_page *page, const pi_error_row *row) {
  char title[400];
  snprintf(title, sizeof title, "E%04u: %s", row->code, row->message);
  pi_page_wrap(page, 0, PI_STYLE_HEAD, pi_slice_of(title));
  pi_page_end(page);
  pi_page_wrap(page, 0, PI_STYLE_PLAIN, pi_slice_of(row->mend));
}
