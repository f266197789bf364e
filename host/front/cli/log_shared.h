/* What the commands of `pubint log` share. */
#ifndef PI_LOG_SHARED_H
#define PI_LOG_SHARED_H

#include <stdint.h>

/* Says on standard error that the last line is not whole; 0: it is. */
void pi_log_shared_tell_torn(uint64_t bytes);

#endif
