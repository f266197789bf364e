#include "json_write.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* The fewest digits, of 15 to 17, that read back as the same double; where the locale has another point than
 * JSON's, the point of JSON. */
static void write_shortest(pi_buffer *out, double number) {
  char text[64];
  for (int digits = 15; digits <= 17; digits++) {
    snprintf(text, sizeof text, "%.*g", digits, number);
    if (strtod(text, NULL) == number) break;
  }
  for (const char *p = text; *p != '\0'; p++) {
    bool point = strchr("0123456789+-e", *p) == NULL;
    if (!point) pi_buffer_byte(out, *p);
    if (point && strchr("0123456789", p[-1]) != NULL) pi_buffer_byte(out, '.');
  }
}

/* What has at most nine decimals, as nearly everything has, is written with them. */
void pi_json_write_double(pi_buffer *out, double number) {
  static const double POWERS[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
  for (unsigned decimals = 0; decimals <= 9 && fabs(number) < 1e6; decimals++) {
    double whole = round(number * POWERS[decimals]);
    if (whole / POWERS[decimals] != number) continue;
    pi_json_write_decimal(out, (int64_t)whole, decimals);
    return;
  }
  write_shortest(out, number);
}
