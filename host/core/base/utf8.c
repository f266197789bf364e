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

static bool within(uint32_t code, const range *ranges, size_t count) {
  size_t low = 0;
  size_t high = count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (code < ranges[middle].first) {
      high = middle;
    } else if (code > ranges[middle].last) {
      low = middle + 1;
    } else {
      return true;
    }
  }
  return false;
}

/* What could change a terminal's state or the order in which it shows the text around it. */
static const range HIDDEN[] = {
    {0x0000, 0x001F}, {0x007F, 0x009F}, {0x061C, 0x061C}, {0x200E, 0x200F},
    {0x2028, 0x2029}, {0x202A, 0x202E}, {0x2066, 0x2069},
};

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
  if (!within(code, HIDDEN, sizeof HIDDEN / sizeof HIDDEN[0])) {
    memcpy(out, p, bytes);
    *out_len = bytes;
    return bytes;
  }
  size_t len = 0;
  memcpy(out, "\\u{", 3);
  len = 3;
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

/* The scripts' combining marks and the zero-width signs, in the blocks that people meet; approximate, and
 * an error of a column shows in alignment only. */
static const range NO_WIDTH[] = {
    {0x0300, 0x036F},   {0x0483, 0x0489},   {0x0591, 0x05BD},   {0x05BF, 0x05BF},   {0x05C1, 0x05C2},
    {0x05C4, 0x05C5},   {0x05C7, 0x05C7},   {0x0610, 0x061A},   {0x061C, 0x061C},   {0x064B, 0x065F},
    {0x0670, 0x0670},   {0x06D6, 0x06DC},   {0x06DF, 0x06E4},   {0x06E7, 0x06E8},   {0x06EA, 0x06ED},
    {0x0711, 0x0711},   {0x0730, 0x074A},   {0x07A6, 0x07B0},   {0x07EB, 0x07F3},   {0x0816, 0x082D},
    {0x0859, 0x085B},   {0x08D3, 0x0902},   {0x093A, 0x093A},   {0x093C, 0x093C},   {0x0941, 0x0948},
    {0x094D, 0x094D},   {0x0951, 0x0957},   {0x0962, 0x0963},   {0x0981, 0x0981},   {0x09BC, 0x09BC},
    {0x09C1, 0x09C4},   {0x09CD, 0x09CD},   {0x0A01, 0x0A02},   {0x0A3C, 0x0A3C},   {0x0A41, 0x0A51},
    {0x0A70, 0x0A71},   {0x0A81, 0x0A82},   {0x0ABC, 0x0ABC},   {0x0AC1, 0x0AC8},   {0x0ACD, 0x0ACD},
    {0x0B01, 0x0B01},   {0x0B3C, 0x0B3C},   {0x0B3F, 0x0B3F},   {0x0B41, 0x0B44},   {0x0B4D, 0x0B56},
    {0x0B82, 0x0B82},   {0x0BC0, 0x0BC0},   {0x0BCD, 0x0BCD},   {0x0C00, 0x0C00},   {0x0C3E, 0x0C40},
    {0x0C46, 0x0C56},   {0x0CBC, 0x0CBC},   {0x0CCC, 0x0CCD},   {0x0D00, 0x0D01},   {0x0D41, 0x0D44},
    {0x0D4D, 0x0D4D},   {0x0DCA, 0x0DCA},   {0x0DD2, 0x0DD6},   {0x0E31, 0x0E31},   {0x0E34, 0x0E3A},
    {0x0E47, 0x0E4E},   {0x0EB1, 0x0EB1},   {0x0EB4, 0x0EBC},   {0x0EC8, 0x0ECD},   {0x0F18, 0x0F19},
    {0x0F35, 0x0F35},   {0x0F37, 0x0F37},   {0x0F39, 0x0F39},   {0x0F71, 0x0F7E},   {0x0F80, 0x0F84},
    {0x0F86, 0x0F87},   {0x0F8D, 0x0FBC},   {0x102D, 0x1030},   {0x1032, 0x1037},   {0x1039, 0x103A},
    {0x135D, 0x135F},   {0x1712, 0x1714},   {0x17B4, 0x17B5},   {0x17B7, 0x17BD},   {0x17C6, 0x17C6},
    {0x17C9, 0x17D3},   {0x180B, 0x180E},   {0x1AB0, 0x1AFF},   {0x1DC0, 0x1DFF},   {0x200B, 0x200F},
    {0x2028, 0x202E},   {0x2060, 0x206F},   {0x20D0, 0x20F0},   {0x302A, 0x302D},   {0x3099, 0x309A},
    {0xFB1E, 0xFB1E},   {0xFE00, 0xFE0F},   {0xFE20, 0xFE2F},   {0xFEFF, 0xFEFF},   {0xFFF9, 0xFFFB},
    {0x1D165, 0x1D169}, {0x1F3FB, 0x1F3FF}, {0xE0001, 0xE007F}, {0xE0100, 0xE01EF},
};

/* East Asian wide and full-width, and the signs that terminals draw as pictures. */
static const range DOUBLE_WIDTH[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},   {0x23E9, 0x23EC},   {0x23F0, 0x23F0},
    {0x23F3, 0x23F3},   {0x25FD, 0x25FE},   {0x2614, 0x2615},   {0x2648, 0x2653},   {0x267F, 0x267F},
    {0x2693, 0x2693},   {0x26A1, 0x26A1},   {0x26AA, 0x26AB},   {0x26BD, 0x26BE},   {0x26C4, 0x26C5},
    {0x26CE, 0x26CE},   {0x26D4, 0x26D4},   {0x26EA, 0x26EA},   {0x26F2, 0x26F3},   {0x26F5, 0x26F5},
    {0x26FA, 0x26FA},   {0x26FD, 0x26FD},   {0x2705, 0x2705},   {0x270A, 0x270B},   {0x2728, 0x2728},
    {0x274C, 0x274C},   {0x274E, 0x274E},   {0x2753, 0x2755},   {0x2757, 0x2757},   {0x2795, 0x2797},
    {0x27B0, 0x27B0},   {0x27BF, 0x27BF},   {0x2B1B, 0x2B1C},   {0x2B50, 0x2B50},   {0x2B55, 0x2B55},
    {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0xA000, 0xA4C6},
    {0xA960, 0xA97C},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE10, 0xFE19},   {0xFE30, 0xFE6B},
    {0xFF01, 0xFF60},   {0xFFE0, 0xFFE6},   {0x16FE0, 0x18AFF}, {0x1B000, 0x1B2FB}, {0x1F004, 0x1F004},
    {0x1F0CF, 0x1F0CF}, {0x1F18E, 0x1F18E}, {0x1F191, 0x1F19A}, {0x1F200, 0x1F320}, {0x1F32D, 0x1F335},
    {0x1F337, 0x1F37C}, {0x1F37E, 0x1F393}, {0x1F3A0, 0x1F3CA}, {0x1F3CF, 0x1F3D3}, {0x1F3E0, 0x1F3F0},
    {0x1F3F4, 0x1F3F4}, {0x1F3F8, 0x1F43E}, {0x1F440, 0x1F440}, {0x1F442, 0x1F4FC}, {0x1F4FF, 0x1F53D},
    {0x1F54B, 0x1F567}, {0x1F57A, 0x1F57A}, {0x1F595, 0x1F596}, {0x1F5A4, 0x1F5A4}, {0x1F5FB, 0x1F64F},
    {0x1F680, 0x1F6C5}, {0x1F6CC, 0x1F6CC}, {0x1F6D0, 0x1F6D2}, {0x1F6D5, 0x1F6DF}, {0x1F6EB, 0x1F6EC},
    {0x1F6F4, 0x1F6FC}, {0x1F7E0, 0x1F7EB}, {0x1F90C, 0x1F93A}, {0x1F93C, 0x1F945}, {0x1F947, 0x1F9FF},
    {0x1FA70, 0x1FAFF}, {0x20000, 0x3FFFD},
};

size_t pi_utf8_columns(pi_slice text) {
  size_t columns = 0;
  const char *p = text.ptr;
  const char *end = text.ptr + text.len;
  while (p < end) {
    size_t bytes;
    uint32_t code = pi_utf8_decode(p, &bytes);
    p += bytes;
    if (code < 0x300) {
      columns++;
    } else if (!within(code, NO_WIDTH, sizeof NO_WIDTH / sizeof NO_WIDTH[0])) {
      columns += within(code, DOUBLE_WIDTH, sizeof DOUBLE_WIDTH / sizeof DOUBLE_WIDTH[0]) ? 2 : 1;
    }
  }
  return columns;
}
