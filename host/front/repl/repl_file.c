#include "repl_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"
#include "buffer.h"
#include "case.h"
#include "errors.h"
#include "file_error.h"
#include "input.h"
#include "packing.h"

enum { MARKS_MAX = 4096, STRIDE_FIRST = 256, LINES_PER_LOOK = 1024 };
#define CHUNK_BYTES ((size_t)64 * 1024)
/* One byte more than a case may have, so that one too long is seen to be. */
#define KEPT_BYTES (PUBINT_CASE_BYTES_MAX + 1)

struct pi_repl_file {
  int fd;
  char *name;
  const pi_stop *stop;
  bool single;
  uint64_t stride; /* marks[i] is where line i × stride + 1 begins */
  uint64_t marks[MARKS_MAX];
  uint32_t marks_count;
  uint64_t ends;    /* lines whose end was seen */
  bool complete;    /* `ends` is all of them */
  pi_buffer line;   /* the text handed out last, at most KEPT_BYTES */
  uint64_t at_line; /* where the line after `line` begins: for going on to it at once */
  uint64_t at_offset;
  uint64_t chunk_offset; /* of the file, where the chunk begins */
  size_t chunk_len;
  char chunk[CHUNK_BYTES];
};

/* Makes the chunk hold the byte at `offset`; at the end of the file it holds nothing. */
static pubint_status load(pi_repl_file *self, uint64_t offset, pubint_error *error) {
  if (offset >= self->chunk_offset && offset - self->chunk_offset < self->chunk_len) return PUBINT_OK;
  ssize_t got;
  do {
    got = pread(self->fd, self->chunk, sizeof self->chunk, (off_t)offset);
  } while (got < 0 && errno == EINTR);
  self->chunk_offset = offset;
  self->chunk_len = got > 0 ? (size_t)got : 0;
  return got < 0 ? pi_file_error(error, PI_E_CANNOT_READ, self->name, errno) : PUBINT_OK;
}

/* --- marks --- */

static void add_mark(pi_repl_file *self, uint64_t line, uint64_t offset) {
  if ((line - 1) % self->stride != 0 || (line - 1) / self->stride != self->marks_count) return;
  if (self->marks_count == MARKS_MAX) {
    for (uint32_t i = 0; i < MARKS_MAX / 2; i++) self->marks[i] = self->marks[2 * i];
    self->marks_count = MARKS_MAX / 2;
    self->stride *= 2;
    if ((line - 1) % self->stride != 0) return;
  }
  self->marks[self->marks_count++] = offset;
}

/* The nearest place before `line` that is known. */
static void nearest(const pi_repl_file *self, uint64_t line, uint64_t *from_line, uint64_t *offset) {
  uint64_t mark = (line - 1) / self->stride;
  if (mark >= self->marks_count) mark = self->marks_count - 1;
  *from_line = mark * self->stride + 1;
  *offset = self->marks[mark];
  if (self->at_line <= line && self->at_line > *from_line) {
    *from_line = self->at_line;
    *offset = self->at_offset;
  }
}

/* --- lines --- */

/* Reads the line that begins at *offset, or passes over it, and puts *offset behind it. False at the end of
 * the file. */
static pubint_status read_line(pi_repl_file *self, uint64_t *offset, bool keep, bool *found,
                               pubint_error *error) {
  pi_buffer_reset(&self->line);
  *found = false;
  for (;;) {
    pubint_status status = load(self, *offset, error);
    if (status != PUBINT_OK) return status;
    if (self->chunk_len == 0) return PUBINT_OK;
    *found = true;
    const char *at = self->chunk + (*offset - self->chunk_offset);
    size_t left = self->chunk_len - (size_t)(*offset - self->chunk_offset);
    const char *newline = self->single ? NULL : memchr(at, '\n', left);
    size_t length = newline != NULL ? (size_t)(newline - at) : left;
    size_t room = KEPT_BYTES - self->line.len;
    if (keep) pi_buffer_append(&self->line, at, length < room ? length : room);
    *offset += length + (newline != NULL ? 1 : 0);
    if (self->line.failed) return pi_error_set(error, PI_E_NO_MEMORY);
    if (newline != NULL) return PUBINT_OK;
  }
}

pubint_status pi_repl_file_line(pi_repl_file *self, uint64_t number, pi_slice *out, bool *found,
                                pubint_error *error) {
  uint64_t line, offset;
  *found = false;
  *out = (pi_slice){"", 0};
  if (number == 0 || (self->single && number > 1) || (self->complete && number > self->ends)) {
    return PUBINT_OK;
  }
  nearest(self, number, &line, &offset);
  for (;; line++) {
    if (line % LINES_PER_LOOK == 0 && pi_stop_asked(self->stop)) return PUBINT_OK;
    add_mark(self, line, offset);
    bool there;
    pubint_status status = read_line(self, &offset, line == number, &there, error);
    if (status != PUBINT_OK) return status;
    if (!there) {
      self->complete = true;
      self->ends = line - 1;
      return PUBINT_OK;
    }
    if (line > self->ends) self->ends = line;
    if (line == number) break;
  }
  self->at_line = number + 1;
  self->at_offset = offset;
  *found = true;
  *out = (pi_slice){self->line.len > 0 ? self->line.data : "", self->line.len};
  return PUBINT_OK;
}

uint64_t pi_repl_file_lines(const pi_repl_file *self, bool *complete) {
  *complete = self->complete;
  return self->ends;
}

/* --- ids --- */

pubint_status pi_repl_file_find_id(pi_repl_file *self, pi_slice id, uint64_t *out, pubint_error *error) {
  pi_arena arena;
  pi_arena_init(&arena, CHUNK_BYTES, 16 * PUBINT_CASE_BYTES_MAX);
  pubint_status status = PUBINT_OK;
  *out = 0;
  for (uint64_t line = 1; *out == 0; line++) {
    pi_slice text;
    bool found;
    status = pi_repl_file_line(self, line, &text, &found, error);
    if (status != PUBINT_OK || !found) break;
    if (pi_input_has_id(text, id, &arena)) *out = line;
  }
  pi_arena_dispose(&arena);
  return status;
}

/* --- opening --- */

/* Whether the first line is the beginning of a case that ends on a later one: then the file is that case, if
 * it is no longer than a case may be. */
static pubint_status look(pi_repl_file *self, pubint_error *error) {
  pi_slice text;
  bool found;
  pubint_status status = pi_repl_file_line(self, 1, &text, &found, error);
  if (status != PUBINT_OK || !found || text.len > PUBINT_CASE_BYTES_MAX) return status;
  pubint_case *input;
  pubint_error why;
  if (pubint_case_parse(&input, text.ptr, text.len, &why) == PUBINT_OK) {
    pubint_case_free(input);
    return PUBINT_OK;
  }
  struct stat about;
  bool whole = why.code == PI_E_UNFINISHED && fstat(self->fd, &about) == 0;
  self->single = whole && about.st_size <= (off_t)PUBINT_CASE_BYTES_MAX;
  return PUBINT_OK;
}

pubint_status pi_repl_file_open(pi_repl_file **out, const char *name, const pi_stop *stop,
                                pubint_error *error) {
  *out = NULL;
  pi_repl_file *self = calloc(1, sizeof *self);
  if (self == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  self->stop = stop;
  self->stride = STRIDE_FIRST;
  self->marks_count = 1;
  pi_buffer_init(&self->line, KEPT_BYTES + 1);
  self->name = strdup(name);
  self->fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat about;
  pubint_status status = PUBINT_OK;
  if (self->name == NULL) {
    status = pi_error_set(error, PI_E_NO_MEMORY);
  } else if (self->fd < 0 || fstat(self->fd, &about) != 0) {
    status = pi_file_error(error, PI_E_CANNOT_READ, name, errno);
  } else if (!S_ISREG(about.st_mode)) {
    status = pi_file_error(error, PI_E_CANNOT_READ, name, S_ISDIR(about.st_mode) ? EISDIR : ESPIPE);
  }
  if (status == PUBINT_OK)
    status = pi_packing_refuse_file(name, "by the REPL, which goes back and forth", error);
  if (status == PUBINT_OK) status = look(self, error);
  if (status != PUBINT_OK) {
    pi_repl_file_close(self);
    return status;
  }
  *out = self;
  return PUBINT_OK;
}

void pi_repl_file_close(pi_repl_file *self) {
  if (self == NULL) return;
  if (self->fd >= 0) close(self->fd);
  pi_buffer_dispose(&self->line);
  free(self->name);
  free(self);
}

const char *pi_repl_file_name(const pi_repl_file *self) {
  return self->name;
}

bool pi_repl_file_single(const pi_repl_file *self) {
  return self->single;
}
