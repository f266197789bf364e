/* Whether a policy's folder has changed since it was last looked at. */
#ifndef PI_WATCH_H
#define PI_WATCH_H

#include <stdint.h>

/* A number that changes when a file of the folder is written, added or removed. */
uint64_t pi_watch_mark(const char *directory);

#endif
