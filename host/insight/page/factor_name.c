#include "factor_name.h"

enum { SUFFIX = PI_FACTOR_NAME_BYTES - PI_ID_LENGTH_MAX };

pi_slice pi_factor_name(char out[PI_FACTOR_NAME_BYTES], const pi_factor *factor) {
  size_t length = factor->id.len;
  memcpy(out, factor->id.ptr, length);
  out[length] = ' ';
  out[length + 1] = factor->from == PI_FROM_MARKET ? 'm' : 'r';
  out[length + 2] = factor->side == PI_SIDE_HARM ? 'h' : 'i';
  return (pi_slice){out, length + SUFFIX};
}

void pi_factor_name_texts(pi_slice name, pi_slice texts[3]) {
  texts[0] = (pi_slice){name.ptr, name.len - SUFFIX};
  texts[1] = name.ptr[name.len - 1] == 'h' ? PI_SLICE("harm") : PI_SLICE("interest");
  texts[2] = name.ptr[name.len - 2] == 'm' ? PI_SLICE("market") : PI_SLICE("rule");
}
