/* The findings of a check, for people and as JSON. */
#ifndef PI_CHECK_REPORT_H
#define PI_CHECK_REPORT_H

#include "buffer.h"
#include "check_state.h"
#include "page.h"

/* The finding as an error: place, caret, message. */
void pi_check_report_error(const pi_finding *finding, pubint_error *out);
void pi_check_print(const pi_check *self, pi_page *page);
void pi_check_write(const pi_check *self, pi_buffer *out);

#endif
