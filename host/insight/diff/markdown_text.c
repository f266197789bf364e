#include "markdown_text.h"

#include <stdbool.h>
#include <string.h>

#include "utf8.h"

enum { SHOWN_MAX = 64 * 1024, HASH_MIN = 7 };

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool is_hash(pi_slice word) {
  for (size_t i = 0; i < word.len; i++)
    if (strchr("0123456789abcdefABCDEF", word.ptr[i]) == NULL) return false;
  return word.len >= HASH_MIN;
}

/* "www" before a stop is one letter from being an address. */
static bool is_address(pi_slice word) {
  size_t count = 0;
  while (count < word.len && (word.ptr[word.len - 1 - count] | 0x20) == 'w') count++;
  return count >= 3;
}

/* A word, or a number with its point. */
static bool is_plain(pi_slice word) {
  for (size_t i = 0; i < word.len; i++) {
    char c = word.ptr[i];
    bool point =
        c == '.' && i > 0 && i + 1 < word.len && is_digit(word.ptr[i - 1]) && is_digit(word.ptr[i + 1]);
    if (!is_letter(c) && !is_digit(c) && c != '\'' && !point) return false;
  }
  return !is_hash(word) && !is_address(word);
}

/* The marks of code are one longer than any within it; a space keeps a mark at its end from theirs. */
static void put_code(pi_buffer *out, pi_slice text) {
  size_t longest = 0, run = 0;
  if (text.len == 0) return;
  for (size_t i = 0; i < text.len; i++) {
    run = text.ptr[i] == '`' ? run + 1 : 0;
    if (run > longest) longest = run;
  }
  const char *space = text.ptr[0] == '`' || run > 0 ? " " : "";
  for (size_t i = 0; i <= longest; i++) pi_buffer_byte(out, '`');
  pi_buffer_text(out, space);
  pi_buffer_slice(out, text);
  pi_buffer_text(out, space);
  for (size_t i = 0; i <= longest; i++) pi_buffer_byte(out, '`');
}

/* A table is cut into cells before code is looked for, so a bar stands between two spans of it. */
static void put_code_in_cell(pi_buffer *out, pi_slice text) {
  const char *bar;
  while (text.len > 0 && (bar = memchr(text.ptr, '|', text.len)) != NULL) {
    size_t before = (size_t)(bar - text.ptr);
    put_code(out, (pi_slice){text.ptr, before});
    pi_buffer_text(out, "&#124;");
    text = (pi_slice){bar + 1, text.len - before - 1};
  }
  put_code(out, text);
}

/* What stands between two spaces: a word in the brackets or before the stops of a sentence, or code. */
static void put_word(pi_buffer *out, pi_slice word, bool first) {
  size_t begin = 0, end = word.len;
  while (begin < end && word.ptr[begin] == '(') begin++;
  while (end > begin && strchr(",;:.)", word.ptr[end - 1]) != NULL) end--;
  pi_slice core = {word.ptr + begin, end - begin};
  if (is_plain(core) &&
      !(first && end < word.len && core.len > 0 && is_digit(core.ptr[0]))) { /* "1." begins a list */
    pi_buffer_slice(out, word);
    return;
  }
  pi_buffer_append(out, word.ptr, begin);
  put_code_in_cell(out, core);
  pi_buffer_append(out, word.ptr + end, word.len - end);
}

void pi_markdown_text(pi_buffer *out, pi_slice text) {
  pi_buffer shown;
  pi_buffer_init(&shown, SHOWN_MAX);
  pi_utf8_show(&shown, text, false);
  bool first = true;
  for (size_t at = 0, next; at < shown.len; at = next) {
    for (next = at; next < shown.len && shown.data[next] != ' ';) next++;
    put_word(out, (pi_slice){shown.data + at, next - at}, first);
    first = first && next == at;
    if (next < shown.len) pi_buffer_byte(out, shown.data[next++]);
  }
  out->failed = out->failed || shown.failed;
  pi_buffer_dispose(&shown);
}
