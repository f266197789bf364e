#include "utf8.h"

#include "swar.h"

static bool is_tail(char byte) {
  return ((unsigned char)byte & 0xC0) == 0x80;
}

size_t pi_utf8_sequence(const char *p, const char *end) {
  if (p >= end) return 0;
  unsigned char lead = (unsigned char)*p;
  size_t left = (size_t)(end - p);
  if (lead < 0x80) return 1;
  if (lead < 0xC2) return 0;
  if (lead < 0xE0) return left >= 2 && is_tail(p[1]) ? 2 : 0;
  unsigned char second = left >= 2 ? (unsigned char)p[1] : 0;
  if (lead < 0xF0) {
    /* E0 below A0 is overlong; ED from A0 on is a surrogate. */
    unsigned char low = lead == 0xE0 ? 0xA0 : 0x80;
    unsigned char high = lead == 0xED ? 0x9F : 0xBF;
    return left >= 3 && second >= low && second <= high && is_tail(p[2]) ? 3 : 0;
  }
  if (lead > 0xF4) return 0;
  /* F0 below 90 is overlong; F4 from 90 on is beyond U+10FFFF. */
  unsigned char low = lead == 0xF0 ? 0x90 : 0x80;
  unsigned char high = lead == 0xF4 ? 0x8F : 0xBF;
  return left >= 4 && second >= low && second <= high && is_tail(p[2]) && is_tail(p[3]) ? 4 : 0;
}

const char *pi_utf8_skip(const char *p, const char *end) {
  /* Two and three bytes are most of what people write; what is special among them is left to the other. */
  while (end - p >= 3) {
    unsigned char lead = (unsigned char)p[0];
    if (lead < 0x80) return p;
    if (lead >= 0xC2 && lead < 0xE0 && is_tail(p[1])) {
      p += 2;
    } else if (lead > 0xE0 && lead < 0xF0 && lead != 0xED && is_tail(p[1]) && is_tail(p[2])) {
      p += 3;
    } else {
      size_t bytes = pi_utf8_sequence(p, end);
      if (bytes == 0) return p;
      p += bytes;
    }
  }
  while (p < end && (unsigned char)*p >= 0x80) {
    size_t bytes = pi_utf8_sequence(p, end);
    if (bytes == 0) return p;
    p += bytes;
  }
  return p;
}

const char *pi_utf8_check(pi_slice text) {
  const char *p = text.ptr;
  const char *end = text.ptr + text.len;
  while (p < end) {
    if (end - p >= 8 && (pi_swar_load(p) & PI_SWAR_HIGHS) == 0) {
      p += 8;
      continue;
    }
    size_t bytes = pi_utf8_sequence(p, end);
    if (bytes == 0) return p;
    p += bytes;
  }
  return end;
}

size_t pi_utf8_count(pi_slice text) {
  size_t count = 0;
  for (size_t i = 0; i < text.len; i++) count += !is_tail(text.ptr[i]);
  return count;
}

size_t pi_utf8_offset(pi_slice text, size_t index) {
  for (size_t i = 0; i < text.len; i++) {
    if (is_tail(text.ptr[i])) continue;
    if (index == 0) return i;
    index--;
  }
  return text.len;
}

size_t pi_utf8_encode(uint32_t code, char out[4]) {
  if (code < 0x80) {
    out[0] = (char)code;
    return 1;
  }
  if (code < 0x800) {
    out[0] = (char)(0xC0 | code >> 6);
    out[1] = (char)(0x80 | (code & 0x3F));
    return 2;
  }
  if (code < 0x10000) {
    out[0] = (char)(0xE0 | code >> 12);
    out[1] = (char)(0x80 | (code >> 6 & 0x3F));
    out[2] = (char)(0x80 | (code & 0x3F));
    return 3;
  }
  out[0] = (char)(0xF0 | code >> 18);
  out[1] = (char)(0x80 | (code >> 12 & 0x3F));
  out[2] = (char)(0x80 | (code >> 6 & 0x3F));
  out[3] = (char)(0x80 | (code & 0x3F));
  return 4;
}

uint32_t pi_utf8_decode(const char *p, size_t *bytes) {
  const unsigned char *u = (const unsigned char *)p;
  if (u[0] < 0x80) {
    *bytes = 1;
    return u[0];
  }
  if (u[0] < 0xE0) {
    *bytes = 2;
    return (u[0] & 0x1Fu) << 6 | (u[1] & 0x3Fu);
  }
  if (u[0] < 0xF0) {
    *bytes = 3;
    return (u[0] & 0x0Fu) << 12 | (u[1] & 0x3Fu) << 6 | (u[2] & 0x3Fu);
  }
  *bytes = 4;
  return (u[0] & 0x07u) << 18 | (u[1] & 0x3Fu) << 12 | (u[2] & 0x3Fu) << 6 | (u[3] & 0x3Fu);
}

typedef struct range {
  uint32_t first;
  uint32_t last;
} range;

/* What could change a terminal's state or the order in which it shows the text around it, and what is not
 * seen at all: a zero width space, a byte order mark, tag characters. */
static const range HIDDEN[] = {
    {0x0000, 0x001F}, {0x007F, 0x009F}, {0x061C, 0x061C}, {0x200B, 0x200B}, {0x200E, 0x200F},
    {0x2028, 0x2029}, {0x202A, 0x202E}, {0x2066, 0x2069}, {0xFEFF, 0xFEFF}, {0xE0000, 0xE007F},
};

static bool is_hidden(uint32_t code) {
  for (size_t i = 0; i < sizeof HIDDEN / sizeof HIDDEN[0]; i++) {
    if (code <= HIDDEN[i].last) return code >= HIDDEN[i].first;
  }
  return false;
}

size_t pi_utf8_show_next(const char *p, const char *end, char out[PI_UTF8_SHOWN_BYTES], size_t *out_len) {
  static const char HEX[] = "0123456789ABCDEF";
  size_t bytes = pi_utf8_sequence(p, end);
  if (bytes == 0) {
    unsigned char byte = (unsigned char)*p;
    memcpy(out, "\\x", 2);
    out[2] = HEX[byte >> 4];
    out[3] = HEX[byte & 15];
    *out_len = 4;
    return 1;
  }
  uint32_t code = pi_utf8_decode(p, &bytes);
  if (!is_hidden(code)) {
    memcpy(out, p, bytes);
    *out_len = bytes;
    return bytes;
  }
  size_t len = 0;
  memcpy(out, "\\u{", 3);
  len = 3;
  if (code > 0xFFFF) out[len++] = HEX[code >> 16 & 15]; /* none of them lies beyond U+FFFFF */
  if (code > 0xFF) {
    out[len++] = HEX[code >> 12 & 15];
    out[len++] = HEX[code >> 8 & 15];
  }
  out[len++] = HEX[code >> 4 & 15];
  out[len++] = HEX[code & 15];
  out[len++] = '}';
  *out_len = len;
  return bytes;
}

void pi_utf8_show(pi_buffer *buffer, pi_slice text, bool lines) {
  const char *p = text.ptr;
  const char *end = text.ptr + text.len;
  while (p < end) {
    if (lines && *p == '\n') {
      pi_buffer_byte(buffer, *p++);
      continue;
    }
    char shown[PI_UTF8_SHOWN_BYTES];
    size_t shown_len;
    p += pi_utf8_show_next(p, end, shown, &shown_len);
    pi_buffer_append(buffer, shown, shown_len);
  }
}
