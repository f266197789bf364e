#include "json_write.h"

#include "swar.h"

/* What a byte becomes within a string: 0 stands as it is, 'u' is \u00XX, anything else is \ and that. */
static char escape_of(unsigned char byte) {
  switch (byte) {
  case '"': return '"';
  case '\\': return '\\';
  case '\n': return 'n';
  case '\r': return 'r';
  case '\t': return 't';
  case '\b': return 'b';
  case '\f': return 'f';
  case 0x7f: return 'u';
  default: return byte < 0x20 ? 'u' : 0;
  }
}

/* The first byte of `text` at or behind `i` that is to be escaped; text.len where there is none. */
static size_t next_escape(pi_slice text, size_t i) {
  for (; text.len - i >= 8; i += 8) {
    uint64_t escaped = pi_swar_escaped(pi_swar_load(text.ptr + i));
    if (escaped != 0) return i + pi_swar_first(escaped);
  }
  while (i < text.len && escape_of((unsigned char)text.ptr[i]) == 0) i++;
  return i;
}

void pi_json_write_string(pi_buffer *buffer, pi_slice text) {
  static const char HEX[] = "0123456789abcdef";
  pi_buffer_byte(buffer, '"');
  size_t begin = 0;
  for (;;) {
    size_t end = next_escape(text, begin);
    if (end > begin) pi_buffer_append(buffer, text.ptr + begin, end - begin);
    if (end == text.len) break;
    unsigned char byte = (unsigned char)text.ptr[end];
    char escape = escape_of(byte);
    if (escape == 'u') {
      char code[6] = {'\\', 'u', '0', '0', HEX[byte >> 4], HEX[byte & 15]};
      pi_buffer_append(buffer, code, sizeof code);
    } else {
      char pair[2] = {'\\', escape};
      pi_buffer_append(buffer, pair, sizeof pair);
    }
    begin = end + 1;
  }
  pi_buffer_byte(buffer, '"');
}
