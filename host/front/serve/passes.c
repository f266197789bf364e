#include "passes.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "errors.h"
#include "file.h"
#include "file_error.h"

enum { FILE_BYTES_MAX = 4 * 1024 * 1024 };

static const struct {
  const char *name;
  pi_endpoint_scope scope;
} SCOPES[] = {{"evaluate", PI_SCOPE_EVALUATE},
              {"admin", PI_SCOPE_ADMIN},
              {"metrics", PI_SCOPE_METRICS},
              {"review", PI_SCOPE_REVIEW}};
enum { SCOPES_COUNT = sizeof SCOPES / sizeof SCOPES[0] };

/* --- the file --- */

/* What stands before the next of `marks`, and blanks behind it are taken off too. */
static pi_slice take_word(pi_slice *rest, const char *marks) {
  size_t len = 0;
  while (len < rest->len && strchr(marks, rest->ptr[len]) == NULL) len++;
  pi_slice word = {rest->ptr, len};
  while (len < rest->len && strchr(marks, rest->ptr[len]) != NULL) len++;
  *rest = (pi_slice){rest->ptr + len, rest->len - len};
  return word;
}

static bool read_scopes(pi_slice text, unsigned *scopes) {
  *scopes = 0;
  while (text.len > 0) {
    pi_slice word = take_word(&text, ",");
    size_t i = 0;
    while (i < SCOPES_COUNT && !pi_slice_equal(word, pi_slice_of(SCOPES[i].name))) i++;
    if (i == SCOPES_COUNT) return false;
    *scopes |= 1u << SCOPES[i].scope;
  }
  return *scopes != 0;
}

static bool read_uid(pi_slice word, uint64_t *uid) {
  *uid = 0;
  if (word.len < 5 || word.len > 14 || memcmp(word.ptr, "uid:", 4) != 0) return false;
  for (size_t i = 4; i < word.len; i++) {
    if (word.ptr[i] < '0' || word.ptr[i] > '9') return false;
    *uid = *uid * 10 + (uint64_t)(word.ptr[i] - '0');
  }
  return true;
}

static bool read_sha256(pi_slice word, char out[PI_SHA256_HEX + 1]) {
  if (word.len != PI_SHA256_HEX) return false;
  for (size_t i = 0; i < word.len; i++) {
    char c = word.ptr[i] >= 'A' && word.ptr[i] <= 'F' ? (char)(word.ptr[i] | 0x20) : word.ptr[i];
    if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) return false;
    out[i] = c;
  }
  out[word.len] = '\0';
  return true;
}

static bool read_line(pi_slice line, pi_pass *out) {
  pi_slice who = take_word(&line, " \t"), scopes = take_word(&line, " \t\r");
  memset(out, 0, sizeof *out);
  if (!read_sha256(who, out->sha256) && !read_uid(who, &out->uid)) return false;
  return read_scopes(scopes, &out->scopes) && line.len > 0;
}

pubint_status pi_passes_read(pi_passes *out, pi_slice text, pubint_error *error) {
  uint64_t number = 0;
  *out = (pi_passes){.items = calloc(PI_PASSES_MAX, sizeof *out->items)};
  if (out->items == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  while (text.len > 0) {
    const char *end = memchr(text.ptr, '\n', text.len);
    pi_slice line = {text.ptr, end != NULL ? (size_t)(end - text.ptr) : text.len};
    text = (pi_slice){line.ptr + line.len + (end != NULL), text.len - line.len - (end != NULL)};
    number++;
    if (line.len == 0 || line.ptr[0] == '#') continue;
    if (out->count < PI_PASSES_MAX && read_line(line, &out->items[out->count])) {
      out->count++;
      continue;
    }
    pi_passes_dispose(out);
    pubint_status status = pi_error_set(error, PI_E_TOKENS);
    error->line = number;
    return status;
  }
  return PUBINT_OK;
}

pubint_status pi_passes_load(pi_passes *out, const char *file, pubint_error *error) {
  pi_buffer text;
  *out = (pi_passes){.items = NULL};
  pi_buffer_init(&text, FILE_BYTES_MAX);
  int fd = open(file, O_RDONLY | O_CLOEXEC);
  int reason = fd < 0 ? errno : pi_file_close(fd, pi_file_read_all(&text, fd));
  pubint_status status = reason != 0 ? pi_file_error(error, PI_E_CANNOT_READ, file, reason)
                                     : pi_passes_read(out, (pi_slice){text.data, text.len}, error);
  if (status != PUBINT_OK) pi_error_field(error->file, sizeof error->file, file, strlen(file));
  pi_buffer_dispose(&text);
  return status;
}

void pi_passes_dispose(pi_passes *self) {
  free(self->items);
  *self = (pi_passes){.items = NULL};
}

/* --- finding --- */

/* Every byte of every row is looked at, so that the time says nothing of how much was right. */
static bool same(const char a[PI_SHA256_HEX + 1], const char b[PI_SHA256_HEX + 1]) {
  unsigned differ = 0;
  for (size_t i = 0; i < PI_SHA256_HEX; i++) differ |= (unsigned)(a[i] ^ b[i]);
  return differ == 0;
}

pi_pass *pi_passes_find(const pi_passes *self, pi_slice authorization) {
  static const char SCHEME[] = "Bearer ";
  enum { SCHEME_BYTES = sizeof SCHEME - 1 };
  char hex[PI_SHA256_HEX + 1];
  pi_pass *found = NULL;
  if (authorization.len <= SCHEME_BYTES || strncasecmp(authorization.ptr, SCHEME, SCHEME_BYTES) != 0)
    return NULL;
  pi_sha256_of((pi_slice){authorization.ptr + SCHEME_BYTES, authorization.len - SCHEME_BYTES}, hex);
  for (size_t i = 0; i < self->count; i++) {
    if (same(self->items[i].sha256, hex)) found = &self->items[i];
  }
  return found;
}

pi_pass *pi_passes_find_uid(const pi_passes *self, uint64_t uid) {
  for (size_t i = 0; i < self->count; i++) {
    if (self->items[i].sha256[0] == '\0' && self->items[i].uid == uid) return &self->items[i];
  }
  return NULL;
}

bool pi_pass_use(pi_pass *self, int64_t second, uint64_t rate) {
  if (rate == 0) return true;
  if (atomic_exchange(&self->second, second) != second) atomic_store(&self->in_second, 0);
  return atomic_fetch_add(&self->in_second, 1) < rate;
}
