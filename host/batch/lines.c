#include "lines.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file_error.h"

pubint_status pi_lines_open(pi_lines *lines, const char *const *names, size_t count, bool sha256,
                            const volatile int *stop, pubint_error *error) {
  static const char *const STANDARD_INPUT[] = {"-"};
  if (count == 0) names = STANDARD_INPUT;
  *lines = (pi_lines){.fd = -1, .stop = stop, .inputs_count = count == 0 ? 1 : count};
  lines->inputs = calloc(lines->inputs_count, sizeof *lines->inputs);
  lines->carry = malloc(PI_BLOCK_BYTES);
  bool done = lines->inputs != NULL && lines->carry != NULL;
  for (size_t i = 0; done && i < lines->inputs_count; i++) {
    lines->inputs[i].name = names[i];
    done = pi_digest_open(&lines->inputs[i].digest, sha256);
  }
  if (done) return PUBINT_OK;
  pi_lines_close(lines);
  return pi_error_set(error, PI_E_NO_MEMORY);
}

void pi_lines_close(pi_lines *lines) {
  if (lines->fd > STDIN_FILENO) close(lines->fd);
  for (size_t i = 0; lines->inputs != NULL && i < lines->inputs_count; i++) {
    pi_digest_close(&lines->inputs[i].digest);
  }
  free(lines->inputs);
  free(lines->carry);
  *lines = (pi_lines){.fd = -1};
}

static pubint_status open_current(pi_lines *lines, pubint_error *error) {
  const char *name = lines->inputs[lines->current].name;
  struct stat status;
  lines->fd = strcmp(name, "-") == 0 ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
  if (lines->fd < 0 || fstat(lines->fd, &status) != 0) {
    return pi_file_error(error, PI_E_CANNOT_READ, name, errno);
  }
  if (S_ISDIR(status.st_mode)) return pi_file_error(error, PI_E_CANNOT_READ, name, EISDIR);
  return PUBINT_OK;
}

static void leave_current(pi_lines *lines) {
  if (lines->fd > STDIN_FILENO) close(lines->fd);
  lines->inputs[lines->current].done = true;
  lines->fd = -1;
  lines->line = 0;
  lines->skipping = false;
  lines->current++;
}

/* read() that goes on when a signal came that asks for nothing; 0 at the end or once it is to stop. */
static ssize_t read_some(const pi_lines *lines, char *out, size_t room) {
  for (;;) {
    if (*lines->stop != 0) return 0;
    ssize_t got = read(lines->fd, out, room);
    if (got >= 0 || errno != EINTR) return got;
  }
}

/* Counts bytes of the current file as handed out. */
static void account(pi_lines *lines, const char *bytes, size_t count) {
  pi_input *input = &lines->inputs[lines->current];
  input->bytes += count;
  pi_digest_add(&input->digest, bytes, count);
}

/* Drops the rest of a line that was too long; returns how much of `data` that is. */
static size_t skip_rest(pi_lines *lines, const char *data, size_t bytes) {
  const char *newline = memchr(data, '\n', bytes);
  size_t dropped = newline != NULL ? (size_t)(newline - data) + 1 : bytes;
  if (newline != NULL) lines->skipping = false;
  account(lines, data, dropped);
  return dropped;
}

/* The bytes of `data` that make whole lines; the rest is carried over to the next block. A line that has
 * outgrown what a case may take is handed on as it is, and the rest of it passed over. */
static size_t whole_lines(pi_lines *lines, const char *data, size_t bytes, bool at_end) {
  if (at_end) return bytes;
  size_t whole = bytes;
  while (whole > 0 && data[whole - 1] != '\n') whole--;
  if (whole == 0 && bytes >= PI_LINE_KEPT) {
    lines->skipping = true;
    return bytes;
  }
  lines->carry_bytes = bytes - whole;
  memcpy(lines->carry, data + whole, lines->carry_bytes);
  return whole;
}

static uint64_t count_lines(const char *data, size_t bytes) {
  uint64_t count = 0;
  for (const char *p = data, *end = data + bytes; p < end; count++) {
    const char *newline = memchr(p, '\n', (size_t)(end - p));
    p = newline != NULL ? newline + 1 : end;
  }
  return count;
}

/* Makes the block of data[0..whole). */
static pubint_status fill(pi_lines *lines, pi_block *block, size_t whole, pubint_error *error) {
  block->bytes = whole;
  block->sequence = lines->sequence++;
  block->first_line = lines->line + 1;
  lines->line += count_lines(block->data, whole);
  account(lines, block->data, whole);
  const pi_input *input = &lines->inputs[lines->current];
  block->end = (pi_place){.input = lines->current, .bytes = input->bytes, .lines = lines->line};
  if (!pi_digest_now(&input->digest, &block->end.digest)) return pi_error_set(error, PI_E_NO_MEMORY);
  return PUBINT_OK;
}

pubint_status pi_lines_next(pi_lines *lines, pi_block *block, bool *more, pubint_error *error) {
  *more = false;
  while (lines->current < lines->inputs_count && *lines->stop == 0) {
    if (lines->fd < 0) {
      pubint_status status = open_current(lines, error);
      if (status != PUBINT_OK) return status;
    }
    size_t bytes = lines->carry_bytes;
    memcpy(block->data, lines->carry, bytes);
    lines->carry_bytes = 0;
    ssize_t got = read_some(lines, block->data + bytes, PI_BLOCK_BYTES - bytes);
    if (got < 0) return pi_file_error(error, PI_E_CANNOT_READ, lines->inputs[lines->current].name, errno);
    if (got == 0 && *lines->stop != 0) return PUBINT_OK; /* what was carried stays unread */
    bool at_end = got == 0;
    bytes += (size_t)got;
    if (lines->skipping) {
      size_t dropped = skip_rest(lines, block->data, bytes);
      bytes -= dropped;
      memmove(block->data, block->data + dropped, bytes);
    }
    size_t whole = whole_lines(lines, block->data, bytes, at_end);
    if (whole > 0) {
      *more = true;
      pubint_status status = fill(lines, block, whole, error);
      if (at_end) leave_current(lines);
      return status;
    }
    if (at_end) leave_current(lines);
  }
  return PUBINT_OK;
}

/* ---- going on where a run was interrupted ---- */

static pubint_status changed(pubint_error *error, const char *name) {
  pi_error_set(error, PI_E_NOT_THAT_RUN);
  if (error != NULL) {
    snprintf(error->message, sizeof error->message, "the input is not what it was");
    pi_error_field(error->file, sizeof error->file, name, strlen(name));
  }
  return PUBINT_E_USAGE;
}

/* Reads `bytes` bytes of the current file, or all of it, into its digest. */
static pubint_status read_over(pi_lines *lines, char *buffer, uint64_t bytes, pubint_error *error) {
  while (bytes > 0) {
    size_t room = bytes < PI_READ_BYTES ? (size_t)bytes : PI_READ_BYTES;
    ssize_t got = read_some(lines, buffer, room);
    if (got < 0) return pi_file_error(error, PI_E_CANNOT_READ, lines->inputs[lines->current].name, errno);
    if (got == 0) return bytes == UINT64_MAX ? PUBINT_OK : changed(error, lines->inputs[lines->current].name);
    account(lines, buffer, (size_t)got);
    if (bytes != UINT64_MAX) bytes -= (uint64_t)got;
  }
  return PUBINT_OK;
}

static pubint_status check_digest(const pi_lines *lines, const pi_digest_value *wanted, pubint_error *error) {
  pi_digest_value now;
  const pi_input *input = &lines->inputs[lines->current];
  if (!pi_digest_now(&input->digest, &now)) return pi_error_set(error, PI_E_NO_MEMORY);
  return strcmp(now.xxh3, wanted->xxh3) == 0 ? PUBINT_OK : changed(error, input->name);
}

pubint_status pi_lines_seek(pi_lines *lines, const pi_place *place, const pi_digest_value *digests,
                            pubint_error *error) {
  char *buffer = malloc(PI_READ_BYTES);
  if (buffer == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  pubint_status status = PUBINT_OK;
  while (status == PUBINT_OK && lines->current < place->input) {
    status = open_current(lines, error);
    if (status == PUBINT_OK) status = read_over(lines, buffer, UINT64_MAX, error);
    if (status == PUBINT_OK) status = check_digest(lines, &digests[lines->current], error);
    if (status == PUBINT_OK) leave_current(lines);
  }
  bool within = lines->current < lines->inputs_count; /* else everything was done */
  if (status == PUBINT_OK && within) status = open_current(lines, error);
  if (status == PUBINT_OK && within) status = read_over(lines, buffer, place->bytes, error);
  if (status == PUBINT_OK && within) status = check_digest(lines, &place->digest, error);
  if (status == PUBINT_OK) lines->line = place->lines;
  free(buffer);
  return status;
}
