#include "words.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

int pi_words_find(pi_words words, pi_slice word) {
  for (int i = 0; i < words.count; i++) {
    if (pi_slice_equal(words.words[i], word)) return i;
  }
  return -1;
}

/* Appends to the `length` bytes in out[size] and returns the new length; all of it or, where it does not fit,
 * nothing. */
static size_t append(char *out, size_t size, size_t length, pi_slice text) {
  if (text.len >= size - length) return length;
  memcpy(out + length, text.ptr, text.len);
  out[length + text.len] = '\0';
  return length + text.len;
}

void pi_words_list(pi_words words, char *out, size_t size) {
  static const pi_slice MORE = PI_SLICE_INIT("…");
  if (size == 0) return;
  out[0] = '\0';
  size_t length = append(out, size, 0, PI_SLICE("one of "));
  for (uint8_t i = 0; i < words.count; i++) {
    bool last = i + 1 == words.count;
    size_t needed = words.words[i].len + (last ? 0 : 2 + MORE.len);
    if (needed >= size - length) {
      append(out, size, length, MORE);
      return;
    }
    length = append(out, size, length, words.words[i]);
    if (!last) length = append(out, size, length, PI_SLICE(", "));
  }
}

void pi_words_say(const char *const *words, const char *last, char *out, size_t size) {
  size_t length = 0;
  if (size > 0) out[0] = '\0';
  for (size_t i = 0; words[i] != NULL && length < size; i++) {
    const char *before = i == 0 ? "" : words[i + 1] == NULL ? last : ", ";
    int written = snprintf(out + length, size - length, "%s%s", before, words[i]);
    if (written > 0) length += (size_t)written;
  }
}
