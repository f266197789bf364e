#include "policy_place.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "utf8.h"

static bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* The text of line `number` (1-based); empty where the script has fewer. */
static pi_slice line_of(pi_slice source, uint32_t number) {
  const char *p = source.ptr, *end = source.ptr + source.len;
  for (uint32_t line = 1; p < end; line++) {
    const char *stop = memchr(p, '\n', (size_t)(end - p));
    if (stop == NULL) stop = end;
    if (line == number) return (pi_slice){p, (size_t)(stop - p)};
    p = stop + (stop < end);
  }
  return (pi_slice){source.ptr, 0};
}

/* 1-based column of the only occurrence of `token`, as a word where it is one; 0 where it is not just one. */
static uint64_t column_of(pi_slice line, pi_slice token) {
  uint64_t column = 0;
  if (token.len == 0) return 0;
  bool word = is_word(token.ptr[0]);
  for (size_t i = 0; i + token.len <= line.len; i++) {
    if (memcmp(line.ptr + i, token.ptr, token.len) != 0) continue;
    bool within = word && ((i > 0 && is_word(line.ptr[i - 1])) ||
                           (i + token.len < line.len && is_word(line.ptr[i + token.len])));
    if (within) continue;
    if (column != 0) return 0;
    column = i + 1;
  }
  return column;
}

void pi_policy_place_set(pubint_error *error, const pi_script *script, uint32_t line, pi_slice token) {
  if (error == NULL) return;
  pi_error_field(error->file, sizeof error->file, script->file.ptr, script->file.len);
  error->line = line;
  if (line == 0) return;
  pi_slice text = line_of(script->source, line);
  bool of_line = token.len > 0 && token.ptr >= text.ptr && token.ptr < text.ptr + text.len;
  error->column = of_line ? (uint64_t)(token.ptr - text.ptr) + 1 : column_of(text, token);
  pi_error_field(error->excerpt, sizeof error->excerpt, text.ptr, text.len);
}

/* The last line that begins with `return`, where the script's table begins; without one the last line that
 * has anything on it, where it is missing. */
static uint32_t last_return(pi_slice source) {
  uint32_t line = 1, last = 0, last_used = 0;
  for (size_t i = 0; i < source.len; i++) {
    bool begins = i == 0 || source.ptr[i - 1] == '\n';
    if (begins && source.len - i >= 6 && memcmp(source.ptr + i, "return", 6) == 0) last = line;
    if (source.ptr[i] > ' ') last_used = line;
    if (source.ptr[i] == '\n') line++;
  }
  return last > 0 ? last : last_used;
}

void pi_policy_place_set_key(pubint_error *error, const pi_script *script, pi_slice key) {
  pi_slice source = script->source;
  uint32_t line = 1;
  for (size_t i = 0; key.len > 0 && i + key.len < source.len; i++) {
    if (source.ptr[i] == '\n') line++;
    if (memcmp(source.ptr + i, key.ptr, key.len) != 0 || (i > 0 && is_word(source.ptr[i - 1]))) continue;
    size_t j = i + key.len;
    while (j < source.len && (source.ptr[j] == ' ' || source.ptr[j] == '\t')) j++;
    if (j + 1 >= source.len || source.ptr[j] != '=' || source.ptr[j + 1] == '=') continue;
    pi_policy_place_set(error, script, line, key);
    return;
  }
  pi_policy_place_set(error, script, last_return(source), PI_SLICE("return"));
}

pi_slice pi_policy_place_quoted(pi_slice message, bool of_parser) {
  const char *p = message.ptr, *end = message.ptr + message.len;
  const char *near = of_parser ? strstr(message.ptr, " near ") : NULL; /* messages end in NUL */
  if (near != NULL) { /* "'}' expected (to close '{' at line 1) near 'x'": that could not be read */
    p = near[6] == '\'' ? near + 6 : NULL;
  } else { /* "the sandbox has no 'maths'; did you mean 'math'?": the first is what is wrong */
    p = memchr(p, '\'', message.len);
    const char *guess = strstr(message.ptr, "; did you mean ");
    if (guess != NULL && p > guess) p = NULL; /* the name itself is not quoted */
  }
  const char *stop = p != NULL ? memchr(p + 1, '\'', (size_t)(end - p - 1)) : NULL;
  return stop != NULL ? (pi_slice){p + 1, (size_t)(stop - p - 1)} : (pi_slice){"", 0};
}

/* Signs that stand in texts that were written by a word processor or copied from a page. */
static const struct {
  uint32_t code;
  const char *name;
} SIGNS[] = {
    {0xA0, "no-break space, write a space"},
    {0xAD, "soft hyphen, invisible"},
    {0x200B, "zero width space, invisible"},
    {0x200C, "zero width non-joiner, invisible"},
    {0x200D, "zero width joiner, invisible"},
    {0x200E, "left-to-right mark, invisible"},
    {0x200F, "right-to-left mark, invisible"},
    {0x2013, "dash, write -"},
    {0x2014, "dash, write -"},
    {0x2018, "curly quote, write '"},
    {0x2019, "curly quote, write '"},
    {0x201C, "curly quote, write \""},
    {0x201D, "curly quote, write \""},
    {0x201E, "curly quote, write \""},
    {0x2026, "ellipsis, write ..."},
    {0x202F, "narrow no-break space, write a space"},
    {0x2060, "word joiner, invisible"},
    {0x2212, "minus sign, write -"},
    {0x3000, "ideographic space, write a space"},
    {0xFEFF, "byte order mark: save as UTF-8 without one"},
};

pi_slice pi_policy_place_sign(const pi_script *script, uint32_t line, pi_slice message, char *out,
                              size_t size) {
  static const char NEAR[] = " near '<\\"; /* "<\194>": the byte that the parser could not read */
  const char *near = strstr(message.ptr, NEAR);
  pi_slice text = line_of(script->source, line);
  const char *end = text.ptr + text.len;
  if (near == NULL) return (pi_slice){"", 0};
  int wanted = (int)strtol(near + sizeof NEAR - 1, NULL, 10);
  char quote = '\0';
  for (const char *p = text.ptr; p < end; p++) {
    if (quote != '\0') { /* within a text every sign may stand */
      if (*p == '\\')
        p++;
      else if (*p == quote)
        quote = '\0';
      continue;
    }
    if (*p == '"' || *p == '\'') quote = *p;
    size_t bytes = (unsigned char)*p == wanted ? pi_utf8_sequence(p, end) : 0;
    if (bytes < 2) continue;
    uint32_t code = pi_utf8_decode(p, &bytes);
    const char *name = "letters beyond ASCII stand in texts and comments only";
    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++)
      if (SIGNS[i].code == code) name = SIGNS[i].name;
    snprintf(out, size, "the character U+%04X (%s) outside of a text", (unsigned)code, name);
    return (pi_slice){p, bytes};
  }
  return (pi_slice){"", 0};
}
