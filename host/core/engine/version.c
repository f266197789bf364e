#include <pubint/engine.h>

const char *pubint_version(void) {
  return PUBINT_VERSION;
}
