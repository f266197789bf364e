/* The allocations of the program's own code, counted and, on demand, failed: whoever links `counted` has its
 * malloc and the like wrapped (CMakeLists.txt). For one thread. */
#ifndef PI_COUNTED_H
#define PI_COUNTED_H

#include <stddef.h>
#include <stdint.h>

/* What is held now. */
size_t counted_blocks(void);
size_t counted_bytes(void);

/* The most that was held since the last counted_watch. */
size_t counted_peak_bytes(void);
void counted_watch(void);

/* Calls that asked for memory since the last counted_fail_at. */
uint64_t counted_calls(void);

/* Lets the nth such call from now on fail (0: the next one), and `further` of those after it. */
void counted_fail_at(uint64_t n, uint64_t further);
enum { COUNTED_ALL_AFTER = 1 << 30 };

/* No call fails any more. */
void counted_fail_none(void);

/* Whether a call was failed since the last counted_fail_at. */
int counted_failed(void);

#endif
