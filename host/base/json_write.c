#include "json_write.h"

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

void pi_json_write_string(pi_buffer *buffer, pi_slice text) {
  static const char HEX[] = "0123456789abcdef";
  pi_buffer_byte(buffer, '"');
  size_t begin = 0;
  for (size_t i = 0; i < text.len; i++) {
    unsigned char byte = (unsigned char)text.ptr[i];
    if (byte >= 0x20 && byte != '"' && byte != '\\' && byte != 0x7f) continue;
    char escape = escape_of(byte);
    pi_buffer_append(buffer, text.ptr + begin, i - begin);
    begin = i + 1;
    if (escape == 'u') {
      char code[6] = {'\\', 'u', '0', '0', HEX[byte >> 4], HEX[byte & 15]};
      pi_buffer_append(buffer, code, sizeof code);
    } else {
      char pair[2] = {'\\', escape};
      pi_buffer_append(buffer, pair, sizeof pair);
    }
  }
  pi_buffer_append(buffer, text.ptr + begin, text.len - begin);
  pi_buffer_byte(buffer, '"');
}
