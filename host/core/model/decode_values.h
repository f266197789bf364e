/* One fact's value, by its type. */
#ifndef PI_DECODE_VALUES_H
#define PI_DECODE_VALUES_H

#include "decoder.h"

/* Reads the value of `fact` into *value; *known is false, and *value unspecified, where it is null. */
pubint_status pi_decode_value(pi_decoder *decoder, pi_fact fact, pi_value *value, bool *known);

#endif
