/* Writes JSON into a buffer: the pieces that need thought, the rest is prepared text. */
#ifndef PI_JSON_WRITE_H
#define PI_JSON_WRITE_H

#include <stdint.h>

#include "buffer.h"
#include "decimal.h"

/* A quoted string. `text` must be valid UTF-8; control bytes, DEL, " and \ are escaped, all else stands as
 * it is. */
void pi_json_write_string(pi_buffer *buffer, pi_slice text);

/* value × 10^-decimals as the shortest decimal (see decimal.h). */
static inline void pi_json_write_decimal(pi_buffer *buffer, int64_t value, unsigned decimals) {
  if (!pi_buffer_reserve(buffer, PI_DECIMAL_BYTES)) return;
  buffer->len += pi_decimal_write(buffer->data + buffer->len, value, decimals);
}

/* A finite number with the fewest digits that read back as the same double. */
void pi_json_write_double(pi_buffer *out, double number);

#endif
