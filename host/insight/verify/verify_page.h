/* What verify found, for people and as JSON. */
#ifndef PI_VERIFY_PAGE_H
#define PI_VERIFY_PAGE_H

#include "page.h"
#include "verify.h"

void pi_verify_print(pi_page *page, const pi_verify_result *result, const pubint_policy *policy,
                     const pi_verify_options *options);

void pi_verify_write(pi_buffer *out, const pi_verify_result *result, const pubint_policy *policy);

#endif
