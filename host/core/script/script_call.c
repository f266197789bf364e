#include "script_call.h"

pi_slice pi_failure_name(pi_failure failure) {
  switch (failure) {
  case PI_FAILURE_NONE: break;
  case PI_FAILURE_SCRIPT: return PI_SLICE("script");
  case PI_FAILURE_INSTRUCTIONS: return PI_SLICE("limit_instructions");
  case PI_FAILURE_MEMORY: return PI_SLICE("limit_memory");
  }
  return PI_SLICE("none");
}
