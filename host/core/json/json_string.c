#include "json_inside.h"

#include "errors.h"
#include "swar.h"
#include "utf8.h"

#include <stdio.h>

static int hex_of(char byte) {
  if (byte >= '0' && byte <= '9') return byte - '0';
  if (byte >= 'a' && byte <= 'f') return byte - 'a' + 10;
  if (byte >= 'A' && byte <= 'F') return byte - 'A' + 10;
  return -1;
}

/* What the letter behind a backslash stands for; 0 where JSON has no such escape. */
static char plain_escape(char letter) {
  switch (letter) {
  case '"': return '"';
  case '\\': return '\\';
  case '/': return '/';
  case 'b': return '\b';
  case 'f': return '\f';
  case 'n': return '\n';
  case 'r': return '\r';
  case 't': return '\t';
  default: return 0;
  }
}

/* The four digits of \uXXXX at `p`, which are known to be there. */
static uint32_t unit_at(const char *p) {
  uint32_t unit = 0;
  for (int i = 0; i < 4; i++) unit = unit << 4 | (uint32_t)hex_of(p[i]);
  return unit;
}

static bool is_high(uint32_t unit) {
  return unit >= 0xD800 && unit <= 0xDBFF;
}
static bool is_low(uint32_t unit) {
  return unit >= 0xDC00 && unit <= 0xDFFF;
}

/* Checks four hexadecimal digits at `p`. */
static pubint_status check_digits(pi_json *json, const char *p) {
  for (int i = 0; i < 4; i++, p++) {
    if (p == json->end || hex_of(*p) < 0) {
      return pi_json_refuse_byte(json, p, PI_E_BAD_ESCAPE, "a hexadecimal digit");
    }
  }
  return PUBINT_OK;
}

/* Half of a pair, whose escape is at `at`. */
static pubint_status refuse_half(pi_json *json, const char *at, const char *expected) {
  char found[7] = {0};
  memcpy(found, at, 6);
  return pi_json_refuse(json, at, PI_E_LONE_SURROGATE, found, expected, NULL);
}

/* Checks the escape whose backslash is at *p and moves *p behind it; a surrogate pair is one escape. */
static pubint_status check_escape(pi_json *json, const char **p) {
  const char *at = *p;
  if (at + 1 == json->end) return pi_json_refuse_byte(json, at + 1, PI_E_BAD_ESCAPE, "the rest of an escape");
  if (plain_escape(at[1]) != 0) {
    *p = at + 2;
    return PUBINT_OK;
  }
  if (at[1] != 'u') {
    return pi_json_refuse_byte(json, at + 1, PI_E_BAD_ESCAPE, "one of \" \\ / b f n r t u after the \\");
  }
  pubint_status status = check_digits(json, at + 2);
  if (status != PUBINT_OK) return status;
  uint32_t unit = unit_at(at + 2);
  *p = at + 6;
  if (is_low(unit)) return refuse_half(json, at, "a high surrogate (D800 to DBFF) before it");
  if (!is_high(unit)) return PUBINT_OK;

  const char *second = at + 6;
  for (int i = 0; i < 2; i++) {
    if (second + i == json->end)
      return pi_json_refuse_byte(json, second + i, PI_E_BAD_ESCAPE, "a low surrogate");
    if (second[i] != "\\u"[i]) return refuse_half(json, at, "a low surrogate (DC00 to DFFF) after it");
  }
  status = check_digits(json, second + 2);
  if (status != PUBINT_OK) return status;
  if (!is_low(unit_at(second + 2))) return refuse_half(json, at, "a low surrogate (DC00 to DFFF) after it");
  *p = second + 6;
  return PUBINT_OK;
}

/* Writes the checked escape at `p` to *out, moves *out, and returns what is behind the escape. */
static const char *decode_escape(const char *p, char **out) {
  if (p[1] != 'u') {
    *(*out)++ = plain_escape(p[1]);
    return p + 2;
  }
  uint32_t code = unit_at(p + 2);
  p += 6;
  if (is_high(code)) {
    code = 0x10000 + ((code - 0xD800) << 10) + (unit_at(p + 2) - 0xDC00);
    p += 6;
  }
  *out += pi_utf8_encode(code, *out);
  return p;
}

/* Unescapes checked text into the arena. An escape is never shorter than what it stands for. */
static pubint_status unescape(pi_json *json, pi_slice text, pi_slice *result) {
  char *copy = pi_arena_alloc(json->arena, text.len);
  if (copy == NULL) return pi_json_no_memory(json);
  char *out = copy;
  const char *p = text.ptr;
  const char *end = text.ptr + text.len;
  while (p < end) {
    const char *escape = memchr(p, '\\', (size_t)(end - p));
    size_t plain = (size_t)((escape != NULL ? escape : end) - p);
    memcpy(out, p, plain);
    out += plain;
    p += plain;
    if (escape != NULL) p = decode_escape(p, &out);
  }
  *result = (pi_slice){copy, (size_t)(out - copy)};
  return PUBINT_OK;
}

/* The first byte at or behind `p` that ends or interrupts plain ASCII. */
static inline const char *skip_plain(const char *p, const char *end) {
  while (end - p >= 8) {
    uint64_t special = pi_swar_special(pi_swar_load(p));
    if (special != 0) return p + pi_swar_first(special);
    p += 8;
  }
  while (p < end && (unsigned char)*p >= 0x20 && (unsigned char)*p < 0x80 && *p != '"' && *p != '\\') p++;
  return p;
}

static pubint_status refuse_control(pi_json *json, const char *at) {
  char expected[24];
  switch (*at) {
  case '\n': snprintf(expected, sizeof expected, "the escape \\n"); break;
  case '\r': snprintf(expected, sizeof expected, "the escape \\r"); break;
  case '\t': snprintf(expected, sizeof expected, "the escape \\t"); break;
  default: snprintf(expected, sizeof expected, "the escape \\u%04X", (unsigned)*at);
  }
  return pi_json_refuse_byte(json, at, PI_E_CONTROL_IN_STRING, expected);
}

pubint_status pi_json_take_string(pi_json *json, pi_slice *out) {
  const char *begin = json->p + 1;
  const char *p = begin;
  bool escaped = false;
  for (;;) {
    p = skip_plain(p, json->end);
    if (p == json->end) return pi_json_refuse_byte(json, p, PI_E_UNFINISHED, "a closing double quote");
    unsigned char byte = (unsigned char)*p;
    if (byte == '"') break;
    if (byte >= 0x80) {
      p = pi_utf8_skip(p, json->end);
      if (p < json->end && (unsigned char)*p >= 0x80)
        return pi_json_refuse_byte(json, p, PI_E_NOT_UTF8, "UTF-8");
    } else if (byte == '\\') {
      escaped = true;
      pubint_status status = check_escape(json, &p);
      if (status != PUBINT_OK) return status;
    } else {
      return refuse_control(json, p);
    }
  }
  json->p = p + 1;
  if (out == NULL) return PUBINT_OK;
  *out = (pi_slice){begin, (size_t)(p - begin)};
  return escaped ? unescape(json, *out, out) : PUBINT_OK;
}
