#include "policy_place.h"

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
  error->column = column_of(text, token);
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
