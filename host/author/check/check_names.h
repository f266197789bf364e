/* Names of factors, conditions and rules that locales lack: one that none has is a fault, a locale that is
 * not complete is a note. */
#ifndef PI_CHECK_NAMES_H
#define PI_CHECK_NAMES_H

#include "check_state.h"

/* That no locale has "PREFIX.NAME", or that one has it misspelt; where a locale only lacks it, it is counted.
 */
pubint_status pi_check_name(pi_check *self, const pi_script *script, uint32_t line, const char *prefix,
                            pi_slice name);

/* Of each locale that lacks some names, how many: in the end. */
pubint_status pi_check_names_tell(pi_check *self);

#endif
