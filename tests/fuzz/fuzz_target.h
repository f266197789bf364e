/* The one function of a fuzz target, as libFuzzer and standalone_driver.c call it. */
#ifndef PI_FUZZ_TARGET_H
#define PI_FUZZ_TARGET_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Holds in every build, unlike assert. */
#define FUZZ_CHECK(condition)                                                                                \
  do {                                                                                                       \
    if (!(condition)) {                                                                                      \
      fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition);                         \
      abort();                                                                                               \
    }                                                                                                        \
  } while (0)

#endif
