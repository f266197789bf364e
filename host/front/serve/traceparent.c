#include "traceparent.h"

/* Whether `count` digits in small hexadecimal stand at `at`, not all of them 0. */
static bool is_id(const char *at, size_t count) {
  bool some = false;
  for (size_t i = 0; i < count; i++) {
    char c = at[i];
    if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) return false;
    some = some || c != '0';
  }
  return some;
}

static bool is_flags(const char *at) {
  return is_id(at, 2) || memcmp(at, "00", 2) == 0;
}

bool pi_traceparent_read(pi_traceparent *out, pi_slice value) {
  enum { TRACE_AT = 3, PARENT_AT = 36, FLAGS_AT = 53 };
  out->text[0] = '\0';
  if (value.len != PI_TRACEPARENT_BYTES || memcmp(value.ptr, "00-", 3) != 0) return false;
  if (value.ptr[PARENT_AT - 1] != '-' || value.ptr[FLAGS_AT - 1] != '-') return false;
  if (!is_id(value.ptr + TRACE_AT, PI_TRACEPARENT_ID_BYTES) || !is_id(value.ptr + PARENT_AT, 16))
    return false;
  if (!is_flags(value.ptr + FLAGS_AT)) return false;
  memcpy(out->text, value.ptr, value.len);
  out->text[value.len] = '\0';
  return true;
}

pi_slice pi_traceparent_id(const pi_traceparent *self) {
  if (self->text[0] == '\0') return (pi_slice){"", 0};
  return (pi_slice){self->text + 3, PI_TRACEPARENT_ID_BYTES};
}
