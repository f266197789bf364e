#include "log_read.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "errors.h"
#include "file_error.h"

enum { READ_BYTES = 256 * 1024 };

/* ---- segments ---- */

void pi_log_segment_name(uint64_t first, char out[PI_LOG_NAME_BYTES]) {
  snprintf(out, PI_LOG_NAME_BYTES, PI_LOG_SEGMENT_FORM, (unsigned long long)first);
}

/* 0 where it is no segment's. */
static uint64_t first_of(const char *name) {
  enum { DIGITS = 19 };
  char again[PI_LOG_NAME_BYTES];
  const char *digits = strchr(name, '-');
  uint64_t first = 0;
  if (digits == NULL) return 0;
  for (int i = 1; i <= DIGITS; i++) {
    if (digits[i] < '0' || digits[i] > '9') return 0;
    first = first * 10 + (uint64_t)(digits[i] - '0');
  }
  pi_log_segment_name(first, again);
  return strcmp(again, name) == 0 ? first : 0;
}

static int by_number(const void *a, const void *b) {
  uint64_t one = *(const uint64_t *)a, other = *(const uint64_t *)b;
  return (one > other) - (one < other);
}

static bool add_segment(pi_log_segments *out, size_t *room, uint64_t first) {
  if (out->count == *room) {
    size_t more = *room > 0 ? 2 * *room : 64;
    uint64_t *grown = realloc(out->firsts, more * sizeof *grown);
    if (grown == NULL) return false;
    out->firsts = grown;
    *room = more;
  }
  out->firsts[out->count++] = first;
  return true;
}

pubint_status pi_log_segments_read(pi_log_segments *out, int folder, const char *name, pubint_error *error) {
  *out = (pi_log_segments){0};
  int fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *entries = fd >= 0 ? fdopendir(fd) : NULL;
  if (entries == NULL) {
    int reason = errno;
    if (fd >= 0) close(fd);
    return pi_file_error(error, PI_E_LOG_FOLDER, name, reason);
  }
  size_t room = 0;
  bool done = true;
  const struct dirent *entry;
  while (done && (entry = readdir(entries)) != NULL) {
    uint64_t first = first_of(entry->d_name);
    if (first > 0) done = add_segment(out, &room, first);
  }
  closedir(entries);
  if (!done) return pi_error_set(error, PI_E_NO_MEMORY);
  if (out->count > 0) qsort(out->firsts, out->count, sizeof *out->firsts, by_number);
  return PUBINT_OK;
}

void pi_log_segments_dispose(pi_log_segments *segments) {
  free(segments->firsts);
  *segments = (pi_log_segments){0};
}

/* ---- lines ---- */

pubint_status pi_log_reader_open(pi_log_reader *self, const char *folder, pubint_error *error) {
  *self = (pi_log_reader){.name = folder, .fd = -1};
  pi_buffer_init(&self->text, PI_LOG_LINE_MAX + READ_BYTES);
  self->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (self->folder < 0) return pi_file_error(error, PI_E_NO_LOG, folder, errno);
  pubint_status status = pi_log_segments_read(&self->segments, self->folder, folder, error);
  if (status == PUBINT_OK && self->segments.count == 0 &&
      faccessat(self->folder, PI_LOG_LOCK, F_OK, 0) != 0) {
    pi_error_set(error, PI_E_NO_LOG);
    pi_error_field(error->file, sizeof error->file, folder, strlen(folder));
    status = error->status;
  }
  return status;
}

void pi_log_reader_close(pi_log_reader *self) {
  if (self->fd >= 0) close(self->fd);
  if (self->folder >= 0) close(self->folder);
  pi_log_segments_dispose(&self->segments);
  pi_buffer_dispose(&self->text);
}

void pi_log_reader_skip(pi_log_reader *self, size_t segments_left) {
  if (self->segments.count > segments_left) self->next = self->segments.count - segments_left;
}

static pubint_status fails(const pi_log_reader *self, int reason, pubint_error *error) {
  char place[sizeof error->file];
  snprintf(place, sizeof place, "%s/%s", self->name, self->segment);
  return pi_file_error(error, PI_E_LOG_FOLDER, place, reason);
}

static pubint_status open_next(pi_log_reader *self, pubint_error *error) {
  if (self->fd >= 0) close(self->fd);
  pi_log_segment_name(self->segments.firsts[self->next++], self->segment);
  self->fd = openat(self->folder, self->segment, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  self->ended = false;
  self->offset = 0;
  self->at = 0;
  pi_buffer_reset(&self->text);
  return self->fd >= 0 ? PUBINT_OK : fails(self, errno, error);
}

/* Moves what is left to the front and reads on behind it. */
static pubint_status read_more(pi_log_reader *self, pubint_error *error) {
  pi_buffer *text = &self->text;
  if (self->at > 0) {
    memmove(text->data, text->data + self->at, text->len - self->at);
    text->len -= self->at;
    self->offset += self->at;
    self->at = 0;
  }
  if (!pi_buffer_reserve(text, READ_BYTES))
    return pi_error_set(error, text->full ? PI_E_LOG_LINE : PI_E_NO_MEMORY);
  ssize_t got;
  do got = read(self->fd, text->data + text->len, READ_BYTES);
  while (got < 0 && errno == EINTR);
  if (got < 0) return fails(self, errno, error);
  text->len += (size_t)got;
  self->ended = got == 0;
  return PUBINT_OK;
}

pubint_status pi_log_reader_next(pi_log_reader *self, pi_log_text *line, bool *there, pubint_error *error) {
  pi_buffer *text = &self->text;
  size_t looked = 0;
  *there = false;
  for (;;) {
    if (self->fd < 0 || (self->ended && self->at == text->len)) {
      if (self->next == self->segments.count) return PUBINT_OK;
      pubint_status status = open_next(self, error);
      if (status != PUBINT_OK) return status;
      line->number = 0;
      looked = 0;
    }
    size_t left = text->len - self->at;
    const char *begin = text->data + self->at;
    const char *newline = left > looked ? memchr(begin + looked, '\n', left - looked) : NULL;
    if (newline != NULL || (self->ended && left > 0)) {
      line->text = (pi_slice){begin, newline != NULL ? (size_t)(newline - begin) : left};
      line->whole = newline != NULL;
      line->offset = self->offset + self->at;
      line->number++;
      line->segment = self->segments.firsts[self->next - 1];
      line->last = self->next == self->segments.count;
      self->at += line->text.len + (newline != NULL);
      *there = true;
      return PUBINT_OK;
    }
    if (self->ended) continue;
    looked = left;
    pubint_status status = read_more(self, error);
    if (status != PUBINT_OK) return status;
  }
}

bool pi_log_text_torn(const pi_log_text *line) {
  return line->last && (!line->whole || memchr(line->text.ptr, '\0', line->text.len) != NULL);
}

void pi_log_reader_blame(const pi_log_reader *self, const pi_log_text *line, pubint_error *error) {
  snprintf(error->file, sizeof error->file, "%s/%s", self->name, self->segment);
  error->line = line->number;
}

/* ---- the chain ---- */

static void found_number(pubint_error *error, uint64_t found, uint64_t expected) {
  snprintf(error->found, sizeof error->found, "n %llu", (unsigned long long)found);
  snprintf(error->expected, sizeof error->expected, "n %llu", (unsigned long long)expected);
}

static pubint_status wrong_number(const pi_log_chain *self, uint64_t n, pubint_error *error) {
  unsigned long long now = n, next = self->n + 1;
  if (n > self->n + 1)
    pi_error_setf(error, PI_E_LOG_CHAIN, "lines are missing before line n %llu", now);
  else
    pi_error_setf(error, PI_E_LOG_CHAIN, "line n %llu stands where n %llu belongs: twice, or out of order",
                  now, next);
  found_number(error, n, self->n + 1);
  return error->status;
}

pubint_status pi_log_chain_take(pi_log_chain *self, const pi_log_text *text, pi_arena *arena,
                                pi_log_line *line, pubint_error *error) {
  char link[PI_SHA256_HEX + 1];
  if (!text->whole) return pi_error_setf(error, PI_E_LOG_CHAIN, "the segment ends within a line");
  pubint_status status = pi_log_line_read(line, text->text, arena, error);
  if (status != PUBINT_OK) return status;
  if (!self->begun && line->n == 1) {
    *self = (pi_log_chain){.begun = true, .n = 0};
    memcpy(self->link, PI_LOG_NO_LINK, sizeof self->link);
  }
  if (self->begun && line->n != self->n + 1) return wrong_number(self, line->n, error);
  if (text->number == 1 && line->n != text->segment) {
    pi_error_setf(error, PI_E_LOG_CHAIN, "the segment's name says another number than its first line");
    found_number(error, line->n, text->segment);
    return error->status;
  }
  if (self->begun) {
    pi_log_line_link(line, self->link, link);
    if (!pi_slice_equal(line->link, pi_slice_of(link))) {
      pi_error_setf(error, PI_E_LOG_CHAIN, "line n %llu, or the link before it, was changed",
                    (unsigned long long)line->n);
      pi_error_found(error, line->link.ptr, line->link.len);
      snprintf(error->expected, sizeof error->expected, "%s", link);
      return error->status;
    }
  }
  self->begun = true;
  self->n = line->n;
  memcpy(self->link, line->link.ptr, PI_SHA256_HEX);
  self->link[PI_SHA256_HEX] = '\0';
  return PUBINT_OK;
}
