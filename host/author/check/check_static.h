/* What can be seen without running anything: the scripts' texts, their declarations, the locales. */
#ifndef PI_CHECK_STATIC_H
#define PI_CHECK_STATIC_H

#include "check_state.h"

/* Looks at all of it. */
pubint_status pi_check_static(pi_check *self);

#endif
