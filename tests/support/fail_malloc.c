/* Preloaded into a whole program: fails the nth request for memory, the C library's own included.
 *   PI_FAIL_AT=N   the Nth from the program's start, counted from 0
 *   PI_FAIL_ALL=1  and all after it
 *   PI_REPORT=1    says at the end how many there were, on standard error
 */
#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

void *__libc_malloc(size_t bytes);
void *__libc_calloc(size_t count, size_t bytes);
void *__libc_realloc(void *block, size_t bytes);

static atomic_ulong requests;
static unsigned long first_failing = (unsigned long)-1;
static int all_after, reporting, counting;

/* The environment is not read before the libraries stand: what they ask for to come up is not failed. */
__attribute__((constructor)) static void begin(void) {
  const char *at = getenv("PI_FAIL_AT");
  if (at != NULL) first_failing = strtoul(at, NULL, 10);
  all_after = getenv("PI_FAIL_ALL") != NULL;
  reporting = getenv("PI_REPORT") != NULL;
  counting = 1;
}

__attribute__((destructor)) static void end(void) {
  counting = 0;
  if (reporting) fprintf(stderr, "requests: %lu\n", (unsigned long)requests);
}

static int fails(void) {
  if (!counting) return 0;
  unsigned long request = atomic_fetch_add(&requests, 1);
  if (request != first_failing && (!all_after || request < first_failing)) return 0;
  errno = ENOMEM;
  return 1;
}

void *malloc(size_t bytes) {
  return fails() ? NULL : __libc_malloc(bytes);
}

void *calloc(size_t count, size_t bytes) {
  return fails() ? NULL : __libc_calloc(count, bytes);
}

void *realloc(void *block, size_t bytes) {
  return fails() ? NULL : __libc_realloc(block, bytes);
}
